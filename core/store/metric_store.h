#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <map>
#include <string>
#include <vector>

namespace winnow {

struct MetricRow {
    std::string series;
    std::int64_t step = 0;
    double value = 0; ///< NaN is kept (as NULL)
    std::int64_t wallMs = 0;
};

/// One curve, ready for a plot: columns of equal length, steps ascending.
struct MetricSeries {
    std::vector<std::int64_t> steps;
    std::vector<double> values;
    std::vector<std::int64_t> wallMs;
};

/// Where one who follows a growing curve is: the newest point that he has.
struct SeriesPlace {
    std::int64_t step = -1;
    std::int64_t wallMs = -1; ///< of "hw." series, which have several points an iteration
};

/// Curves of runs. Series that begin with "time." or "hw." do not count when runs are compared for equality.
class WINNOW_CORE_API MetricStore {
public:
    explicit MetricStore(Database &database) : m_database(database) {}

    /// A row of the same (run, series, step) is replaced: a resumed run computes steps again. Of "hw." series only one of the
    /// same time is: every reading of a sensor is kept.
    Status append(RunId run, const std::vector<MetricRow> &rows);

    Result<std::vector<std::string>> seriesNames(RunId run);
    /// Points with step > `afterStep`; pass the last step already read to follow a growing curve.
    Result<MetricSeries> series(RunId run, const std::string &name, std::int64_t afterStep = -1);
    /// Every series at once, for a page that follows a run.
    Result<std::map<std::string, MetricSeries>> allSeries(RunId run, std::int64_t afterStep = -1);
    /// Of every series what came after `seen`; series that are not in it from their beginning.
    Result<std::map<std::string, MetricSeries>> newPoints(RunId run, const std::map<std::string, SeriesPlace> &seen);
    /// Latest value of a series for each of the runs that has it (tables).
    Result<std::map<RunId, double>> latest(const std::vector<RunId> &runs, const std::string &name);

private:
    Result<MetricSeries> points(RunId run, const std::string &name, const std::string &after, std::int64_t place);

    Database &m_database;
};

} // namespace winnow
