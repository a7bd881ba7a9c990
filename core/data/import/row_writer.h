#pragma once

// Private to core/data/import: the row file that an import writes.

#include "core/base/records.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/data/dataset_identity.h"

#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// One JSON object on a line, built member by member. Text must be UTF-8.
class JsonLine
{
public:
    void begin() { m_text = '{'; }
    void text(std::string_view name, std::string_view value);
    void flag(std::string_view name, bool value);
    void texts(std::string_view name, const std::vector<std::string> &values);
    void flags(std::string_view name, const std::vector<bool> &values);
    void turns(std::string_view name, const std::vector<Turn> &turns);
    void number(std::string_view name, double value);
    const std::string &end();

private:
    void key(std::string_view name);
    std::string m_text;
};

/// Appends a JSON string with its quotes.
void appendJsonText(std::string &out, std::string_view text);

/// Writes lines to `<path>.part`, which becomes `path` in finish(): an earlier file is never half overwritten. Hashes
/// what it writes, so that the identity of the data set (dataset_identity.h) needs no second reading.
class RowWriter
{
public:
    static Result<std::unique_ptr<RowWriter>> create(const std::string &path);
    ~RowWriter();
    RowWriter(const RowWriter &) = delete;
    RowWriter &operator=(const RowWriter &) = delete;

    /// `pictures`: resolved paths of those that the row shows.
    Status write(std::string_view line, std::span<const std::string> pictures);
    /// The identity; the file is complete and durable.
    Result<std::string> finish();

private:
    explicit RowWriter(std::string path) : m_path(std::move(path)), m_partPath(m_path + ".part") { }
    Error problem(const std::string &why) const;

    std::string m_path;
    std::string m_partPath;
    std::FILE *m_file = nullptr;
    Sha256 m_hash;
    PictureDigests m_pictures;
};

} // namespace winnow
