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
    const Json steps = Json::parse(row.getColumn(8).getString(), nullptr, false);
    const Json labels = Json::parse(row.getColumn(9).getString(), nullptr, false);
    const auto all = [](const Json &list, bool (Json::*is)() const noexcept) {
        return list.is_array() && std::all_of(list.begin(), list.end(), [&](const Json &j) { return (j.*is)(); });
    };
    if (!all(steps, &Json::is_string) || !all(labels, &Json::is_number_integer))
        return damagedRow(path, sample.index);
    for (const Json &step : steps)
        sample.steps.push_back(step.get<std::string>());
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
