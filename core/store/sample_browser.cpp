#include "core/store/sample_browser.h"

#include "core/store/dataset_row.h"

#include <nlohmann/json.hpp>

namespace winnow
{

namespace
{

using Json = nlohmann::json;

/// `text` anywhere, as a pattern of LIKE ... ESCAPE '!'.
std::string likePattern(const std::string &text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!')
            pattern += '!';
        pattern += c;
    }
    return pattern + "%";
}

/// As it stands inside a string of JSON, which is what steps are kept as.
std::string asInJson(const std::string &text)
{
    const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

} // namespace

Result<std::vector<SampleRecord>> SampleBrowser::samples(DatasetId dataset, const std::vector<std::int64_t> &indices)
{
    DatasetStore store(m_database);
    std::vector<SampleRecord> samples;
    for (const std::int64_t index : indices) {
        WINNOW_ASSIGN(SampleRecord sample, store.sample(dataset, index));
        samples.push_back(std::move(sample));
    }
    return samples;
}

Result<std::vector<std::int64_t>> SampleBrowser::find(DatasetId dataset, const std::string &text, std::int64_t first,
                                                      std::int64_t end)
{
    return sql::guard(m_database, "search samples of", [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT idx FROM samples WHERE dataset_id = ? AND idx >= ? AND idx < ? AND "
                                 "(key LIKE ?4 ESCAPE '!' OR subject LIKE ?4 ESCAPE '!' OR question LIKE ?4 ESCAPE '!' "
                                 "OR steps LIKE ?5 ESCAPE '!') ORDER BY idx");
        select.bind(1, dataset.value);
        select.bind(2, first);
        select.bind(3, end);
        select.bind(4, likePattern(text));
        select.bind(5, likePattern(asInJson(text)));
        std::vector<std::int64_t> found;
        while (select.executeStep())
            found.push_back(select.getColumn(0).getInt64());
        return found;
    });
}

Result<std::vector<std::vector<std::string>>> SampleBrowser::pictures(DatasetId dataset, std::int64_t first,
                                                                      std::int64_t count)
{
    using Pictures = std::vector<std::vector<std::string>>;
    return sql::guard(m_database, "read samples of", [&]() -> Result<Pictures> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT idx, picture_path, further_pictures FROM samples WHERE dataset_id = ? AND "
                                 "idx >= ? AND idx < ? ORDER BY idx");
        select.bind(1, dataset.value);
        select.bind(2, first);
        select.bind(3, first + count);
        Pictures pictures;
        while (select.executeStep()) {
            auto further = readTexts(select.getColumn(2).getString());
            if (!further)
                return damagedRow(m_database.path(), select.getColumn(0).getInt64());
            SampleRecord sample;
            sample.picturePath = select.getColumn(1).getString();
            sample.furtherPictures = std::move(*further);
            pictures.push_back(sample.pictures());
        }
        return pictures;
    });
}

Result<std::vector<std::int64_t>> SampleBrowser::fileRows(DatasetId dataset)
{
    return sql::guard(m_database, "read samples of", [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT file_row FROM samples WHERE dataset_id = ? ORDER BY file_row");
        select.bind(1, dataset.value);
        std::vector<std::int64_t> rows;
        while (select.executeStep())
            rows.push_back(select.getColumn(0).getInt64());
        return rows;
    });
}

} // namespace winnow
