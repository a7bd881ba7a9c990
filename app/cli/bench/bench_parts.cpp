#include "app/cli/bench/bench_parts.h"

#include "app/cli/text_table.h"

#include <algorithm>
#include <fstream>
#include <iostream>

namespace winnow::cli
{

namespace
{

std::string cellText(const Json &value)
{
    if (value.is_number_float())
        return exactText(value.get<double>());
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

int printFigures(const GlobalOptions &global, const Json &figures)
{
    if (global.json) {
        printJson(figures);
        return 0;
    }
    TextTable table({"figure", "value"});
    for (const auto &[key, value] : figures.items()) {
        if (!value.is_object()) {
            table.add({key, cellText(value)});
            continue;
        }
        for (const auto &[part, partValue] : value.items())
            table.add({key + "." + part, cellText(partValue)});
    }
    std::cout << table.text();
    return 0;
}

int printFigures(const GlobalOptions &global, const Result<std::string> &figures)
{
    if (!figures.ok())
        return fail(global, figures.error().message);
    const Json result = Json::parse(*figures, nullptr, false);
    if (!result.is_object())
        return fail(global, "the engine's benchmark gave no JSON object: " + *figures);
    return printFigures(global, result);
}

double quantile(std::vector<double> values, double at)
{
    std::sort(values.begin(), values.end());
    const auto place = static_cast<std::size_t>(at * static_cast<double>(values.size()));
    return values[std::min(place, values.size() - 1)];
}

std::string processorName()
{
    std::ifstream info("/proc/cpuinfo");
    std::string line;
    while (std::getline(info, line)) {
        if (line.starts_with("model name")) {
            const std::size_t colon = line.find(": ");
            return colon == std::string::npos ? line : line.substr(colon + 2);
        }
    }
    return "unknown processor";
}

} // namespace winnow::cli
