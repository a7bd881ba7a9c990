#pragma once

#include "core/base/export.h"
#include "core/base/records.h"
#include "core/base/result.h"
#include "core/base/stop_flag.h"
#include "core/data/conversation_reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow
{

/// Where each row of a file of rows (JSON array or JSONL) lies, so that one of them can be read without the others: 12
/// bytes of memory a row, whatever the rows hold. Immutable; any thread.
class WINNOW_CORE_API RowIndex
{
public:
    /// One pass over the file. Error: it cannot be read, or `stop` ended the pass.
    static Result<RowIndex> build(const std::string &path, const StopFlag *stop = nullptr);

    const std::string &path() const { return m_path; }
    std::int64_t size() const { return static_cast<std::int64_t>(m_begin.size()); }
    /// Whether the file is still of the size and age that it was indexed with.
    bool isCurrent() const;

    /// The row as a run reads it, but that key and unitKey are the id as it stands in the file. Error: no such row, or
    /// it cannot be used; says why.
    Result<ConversationRow> conversation(std::int64_t row, RowKind kind) const;
    /// A row of a test file, or a question that has no candidates yet.
    Result<QuestionRow> question(std::int64_t row) const;

private:
    explicit RowIndex(std::string path) : m_path(std::move(path)) { }
    Result<std::string> text(std::int64_t row) const;
    template <typename Row, typename Read>
    Result<Row> parsed(std::int64_t row, Read read) const;

    std::string m_path;
    std::uint64_t m_fileBytes = 0;
    std::int64_t m_writtenAt = 0; ///< in the file system's clock
    std::vector<std::uint64_t> m_begin;
    std::vector<std::uint32_t> m_length;
};

} // namespace winnow
