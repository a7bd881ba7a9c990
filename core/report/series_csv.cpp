#include "core/report/series_csv.h"

#include "core/report/whole_file.h"
#include "core/store/metric_store.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace winnow {

namespace {

std::string field(const std::string &text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::string numberText(double value)
{
    if (std::isnan(value))
        return "nan";
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value).ptr}; // shortest that reads back the same
}

} // namespace

Status writeSeriesCsv(Database &database, const std::vector<RunRecord> &runs, const std::string &path,
                      const std::vector<std::string> &series)
{
    std::string out = "run,name,series,iteration,value,utc_ms\n";
    MetricStore store(database);
    for (const RunRecord &run : runs) {
        WINNOW_ASSIGN(const auto all, store.allSeries(run.id));
        const std::string head = std::to_string(run.id.value) + ',' + field(run.name) + ',';
        for (const auto &[name, points] : all) {
            if (!series.empty() && std::find(series.begin(), series.end(), name) == series.end())
                continue;
            for (std::size_t i = 0; i < points.steps.size(); ++i)
                out += head + field(name) + ',' + std::to_string(points.steps[i]) + ',' + numberText(points.values[i]) + ','
                    + std::to_string(points.wallMs[i]) + '\n';
        }
    }
    return writeWholeFile(path, out, "The curves");
}

} // namespace winnow
