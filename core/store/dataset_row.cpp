#include "core/store/dataset_row.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace winnow
{

using Json = nlohmann::json;

std::optional<bool> readFlag(const SQLite::Column &column)
{
    return column.isNull() ? std::nullopt : std::optional<bool>(column.getInt() != 0);
}

Error damagedRow(const std::string &path, std::int64_t index)
{
    return Error{"Sample " + std::to_string(index) + " in the store \"" + path
                 + "\" cannot be read: the row is damaged. Restore the store from a backup."};
}

std::optional<std::vector<bool>> readLabels(std::string_view json)
{
    std::vector<bool> labels;
    if (json.size() < 2 || json.front() != '[' || json.back() != ']')
        return std::nullopt;
    json = json.substr(1, json.size() - 2);
    for (std::size_t i = 0; i < json.size(); ++i) {
        const bool comma = i % 2 == 1;
        if (comma ? json[i] != ',' : json[i] != '0' && json[i] != '1')
            return std::nullopt;
        if (!comma)
            labels.push_back(json[i] == '1');
    }
    return json.empty() || json.size() % 2 == 1 ? std::optional(std::move(labels)) : std::nullopt;
}

std::optional<std::vector<std::string>> readTexts(const std::string &json)
{
    if (json == "[]")
        return std::vector<std::string>{};
    const Json list = Json::parse(json, nullptr, false);
    if (!list.is_array() || !std::all_of(list.begin(), list.end(), [](const Json &j) { return j.is_string(); }))
        return std::nullopt;
    return list.get<std::vector<std::string>>();
}

std::vector<std::string> SampleRecord::pictures() const
{
    std::vector<std::string> all;
    if (!picturePath.empty())
        all.push_back(picturePath);
    all.insert(all.end(), furtherPictures.begin(), furtherPictures.end());
    return all;
}

Result<SampleRecord> readSample(const std::string &path, SQLite::Statement &row)
{
    SampleRecord sample;
    sample.index = row.getColumn(0).getInt64();
    sample.fileRow = row.getColumn(1).getInt64();
    sample.key = row.getColumn(2).getString();
    sample.unitKey = row.getColumn(3).getString();
    sample.subject = row.getColumn(4).getString();
    sample.knownNoise = readFlag(row.getColumn(5));
    sample.picturePath = row.getColumn(6).getString();
    sample.question = row.getColumn(7).getString();
    sample.answerIsRight = readFlag(row.getColumn(10));
    auto steps = readTexts(row.getColumn(8).getString());
    auto further = readTexts(row.getColumn(11).getString());
    const Json labels = Json::parse(row.getColumn(9).getString(), nullptr, false);
    const bool numbers = labels.is_array()
        && std::all_of(labels.begin(), labels.end(), [](const Json &j) { return j.is_number_integer(); });
    if (!steps || !further || !numbers)
        return damagedRow(path, sample.index);
    sample.steps = std::move(*steps);
    sample.furtherPictures = std::move(*further);
    for (const Json &label : labels)
        sample.labels.push_back(label.get<int>() != 0);
    return sample;
}

Error noSample(const Database &database, DatasetId dataset, std::int64_t index)
{
    return Error{"Data set " + std::to_string(dataset.value) + " of the store \"" + database.path() + "\" has no sample "
                 + std::to_string(index) + "."};
}

} // namespace winnow
