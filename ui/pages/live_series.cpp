// The curves of the Live page: where they are on the axis, and how new points come to them.
#include "ui/pages/live_page.h"

#include "ui/plots/curve_plot.h"
#include "ui/widgets/segmented_control.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

const MetricSeries *LivePage::series(const char *name) const
{
    const auto found = m_data.series.find(name);
    return found == m_data.series.end() || found->second.steps.empty() ? nullptr : &found->second;
}

std::optional<double> LivePage::lastOf(const char *name) const
{
    const MetricSeries *values = series(name);
    if (!values)
        return std::nullopt;
    for (std::size_t i = values->values.size(); i-- > 0;)
        if (std::isfinite(values->values[i]))
            return values->values[i];
    return std::nullopt;
}

double LivePage::axisOf(std::int64_t step) const
{
    const auto &options = m_data.run.options;
    switch (static_cast<Axis>(m_axis->current())) {
    case Axis::Iteration: return static_cast<double>(step);
    case Axis::Samples: return static_cast<double>(step * options.train.batch);
    case Axis::Epoch:
        return static_cast<double>(step * options.train.batch) /
               static_cast<double>(std::max<std::int64_t>(1, m_data.run.samples));
    case Axis::Relative:
    case Axis::WallTime: {
        const MetricSeries *loss = series("loss.train");
        if (!loss)
            return 0;
        const auto at = std::lower_bound(loss->steps.begin(), loss->steps.end(), step);
        const auto i = static_cast<std::size_t>(
            std::min<std::ptrdiff_t>(at - loss->steps.begin(), static_cast<std::ptrdiff_t>(loss->steps.size()) - 1));
        const bool relative = static_cast<Axis>(m_axis->current()) == Axis::Relative;
        return static_cast<double>(loss->wallMs[i] - (relative ? loss->wallMs.front() : 0)) / 1000.0;
    }
    }
    return static_cast<double>(step);
}

std::vector<double> LivePage::axisOf(const std::vector<std::int64_t> &steps) const
{
    std::vector<double> x;
    x.reserve(steps.size());
    for (const std::int64_t step : steps)
        x.push_back(axisOf(step));
    return x;
}

/// Points of a series from `first` on, in the order of the axis.
CurveTail LivePage::pointsOf(const MetricSeries &series, std::size_t first) const
{
    const auto axis = static_cast<Axis>(m_axis->current());
    const MetricSeries *loss = this->series("loss.train");
    const std::int64_t begin = axis == Axis::Relative && loss ? loss->wallMs.front() : 0;
    std::vector<std::pair<double, double>> points;
    points.reserve(series.steps.size() - first);
    for (std::size_t i = first; i < series.steps.size(); ++i)
        points.emplace_back(axis == Axis::Relative || axis == Axis::WallTime ? static_cast<double>(series.wallMs[i] - begin) / 1000.0
                                                                             : axisOf(series.steps[i]),
                            series.values[i]);
    const auto before = [](const auto &a, const auto &b) { return a.first < b.first; };
    if (!std::is_sorted(points.begin(), points.end(), before)) // sensors of a resumed run: read again at the same iterations
        std::stable_sort(points.begin(), points.end(), before);
    CurveTail tail;
    for (const auto &[x, y] : points) {
        tail.x.push_back(x);
        tail.y.push_back(y);
    }
    return tail;
}

/// The curves' points are those of the series; the plot is given all of them only when it showed others before.
void LivePage::showSeries(CurvePlot *plot, std::vector<std::string> names, std::vector<Curve> curves)
{
    ShownSeries &shown = m_shown[plot];
    std::vector<CurveTail> tails;
    bool goesOn = shown.reading == m_data.reading && shown.axis == m_axis->current() && shown.series == names && !names.empty()
        && plot->curves().size() == names.size();
    for (std::size_t c = 0; goesOn && c < names.size(); ++c) {
        tails.push_back(pointsOf(m_data.series.at(names[c]), shown.points[c]));
        const std::vector<double> &x = plot->curves()[c].x;
        goesOn = tails.back().x.empty() || x.empty() || tails.back().x.front() >= x.back();
    }
    shown = {m_data.reading, m_axis->current(), std::move(names), {}};
    for (const std::string &name : shown.series)
        shown.points.push_back(m_data.series.at(name).steps.size());
    if (goesOn)
        return plot->append(tails);
    for (std::size_t c = 0; c < shown.series.size(); ++c) {
        CurveTail all = pointsOf(m_data.series.at(shown.series[c]), 0);
        curves[c].x = std::move(all.x);
        curves[c].y = std::move(all.y);
    }
    plot->setCurves(std::move(curves));
}

LivePlace LivePage::place() const
{
    LivePlace place{m_data.run.id(), m_data.reading, {}};
    for (const auto &[name, points] : m_data.series) {
        // Sensors are told by their time; those of a resumed run stand by iteration, so the newest is not always the last.
        const bool sensor = name.starts_with("hw.");
        place.series[name] = {points.steps.back(), sensor ? *std::max_element(points.wallMs.begin(), points.wallMs.end()) : 0};
    }
    return place;
}

/// Puts new points behind the curves that are here already.
void LivePage::take(LiveData loaded)
{
    if (!loaded.whole) {
        std::map<std::string, MetricSeries> all = std::move(m_data.series);
        for (auto &[name, fresh] : loaded.series) {
            MetricSeries &known = all[name];
            known.steps.insert(known.steps.end(), fresh.steps.begin(), fresh.steps.end());
            known.values.insert(known.values.end(), fresh.values.begin(), fresh.values.end());
            known.wallMs.insert(known.wallMs.end(), fresh.wallMs.begin(), fresh.wallMs.end());
        }
        loaded.series = std::move(all);
    }
    m_data = std::move(loaded);
    showAll();
}

} // namespace winnow::ui
