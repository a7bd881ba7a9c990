#pragma once

// Private to core/data/import: what the importers share while they make one row file.

#include "core/base/records.h"
#include "core/data/import/import_counts.h"
#include "core/data/import/import_data.h"
#include "core/data/import/import_sample.h"
#include "core/data/import/row_writer.h"
#include "core/data/row_fields.h"
#include "core/image/picture_size.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow
{

/// Source files that become one row file.
struct ImportGroup {
    std::string name; ///< of the row file, without extension
    std::vector<std::string> files;
};

struct ImportedPicture {
    std::string path; ///< resolved; empty: the row names none
    std::optional<PictureSize> size; ///< absent: it cannot be opened
};

/// What a question has beside its QuestionRow.
struct QuestionExtras {
    std::vector<std::string> options;
    std::vector<std::string> answers;
    std::vector<std::string> pictures;
    std::vector<std::pair<std::string, std::string>> texts; ///< further fields, by name
};

/// One row file in the making: applies the rules, counts into the report, writes kept rows.
class ImportBuilder
{
public:
    static Result<std::unique_ptr<ImportBuilder>> create(const ImportOptions &options, const ImportHooks &hooks,
                                                         const ImportGroup &group, std::string rowKind);

    const ImportOptions &options() const { return m_options; }
    ImportReport &report() { return m_report; }
    bool dropsSeveral() const { return m_options.severalPictures == SeveralPictures::Drop; }
    bool keepsAll() const { return m_options.severalPictures == SeveralPictures::All; }
    bool dropsMissing() const { return m_options.missingPictures == RowRule::Drop; }

    /// Tells the outside where the import is; Error when it was stopped.
    Status tick(const std::string &file, std::int64_t row, std::int64_t rows);
    void drop(const std::string &reason, const std::string &file, std::int64_t row, std::string text);

    /// Looks a picture up; each distinct one is opened once.
    const ImportedPicture &picture(const std::string &written, const std::string &file, bool metaFile);
    /// Finds the pictures that a row names and counts what is missing, once a row. Absent: the row was dropped.
    std::optional<RowPictures> usePictures(const std::vector<std::string> &written, const std::string &file,
                                           std::int64_t row, bool metaFile);
    /// Applies the rule for several pictures to what a row names: false, the row is dropped for them.
    bool chooseOfSeveral(std::vector<std::string> &written, const std::string &file, std::int64_t row,
                         const std::string &text);
    /// A key that no other row of this file has; counts missing and repeated ids.
    std::string uniqueKey(const std::string &id, const std::string &file, std::int64_t row);

    Status keep(const ConversationRow &row, const std::string &sourceId, std::optional<double> meanScore,
                std::optional<double> minScore);
    Status keep(const QuestionRow &row, const QuestionExtras &extras);
    Result<ImportReport> finish();

private:
    ImportBuilder(const ImportOptions &options, const ImportHooks &hooks)
        : m_options(options), m_hooks(hooks), m_sample(options.sampleRows, options.seed), m_tiles(options)
    {
    }
    void countRow(const std::string &subject, std::size_t textHash, const std::vector<Turn> &turns,
                  const std::vector<std::string> &pictures);
    std::string written(const std::string &picture) const;
    void writePictures(const std::vector<std::string> &pictures, bool all);

    const ImportOptions &m_options;
    const ImportHooks &m_hooks;
    ImportReport m_report;
    std::unique_ptr<RowWriter> m_writer;
    ImportSample m_sample;
    JsonLine m_line;
    std::unordered_map<std::string, ImportedPicture> m_pictures;
    PictureTiles m_tiles;
    std::unordered_set<std::string> m_keys;
    std::unordered_set<std::size_t> m_hashes;
    bool m_minus = false;
    bool m_wrong = false;
};

/// Name of a file in messages and keys.
std::string shortName(const std::string &path);

/// The importers: read the files of one group. Error: stopped, or the row file cannot be written.
Result<ImportReport> importVisualPrm(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group);
Result<ImportReport> importDreamPrm(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group);
Result<ImportReport> importMmmu(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group);

} // namespace winnow
