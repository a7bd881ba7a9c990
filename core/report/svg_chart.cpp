#include "core/report/svg_chart.h"

#include "core/base/decimal_text.h"
#include "core/report/html.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow
{

namespace
{

constexpr double width = 680;
constexpr double height = 320;
constexpr double left = 48;
constexpr double top = 14;
constexpr double bottom = 40;
constexpr double labelGap = 13;

std::string digits(double value)
{
    return decimalText(value, 1);
}

std::string tickText(double value, double step, bool percent)
{
    if (percent)
        return html::number(value * 100, step < 0.01 ? 1 : 0) + "%";
    if (std::abs(value) >= 1000 && value == std::floor(value))
        return html::count(static_cast<std::int64_t>(value));
    int decimals = 0; // as many as the step has: 0.25 needs two
    for (double scaled = step; decimals < 6 && std::abs(scaled - std::round(scaled)) > 1e-6; scaled *= 10)
        ++decimals;
    return html::number(value, decimals);
}

std::string textAt(double x, double y, const char *anchor, const std::string &text, const char *kind = "t")
{
    return "<text class=\"" + std::string(kind) + "\" x=\"" + digits(x) + "\" y=\"" + digits(y) + "\" text-anchor=\""
        + anchor + "\">" + html::escaped(text) + "</text>";
}

std::string lineAt(double x1, double y1, double x2, double y2, const char *kind)
{
    return "<line class=\"" + std::string(kind) + "\" x1=\"" + digits(x1) + "\" y1=\"" + digits(y1) + "\" x2=\""
        + digits(x2) + "\" y2=\"" + digits(y2) + "\"/>";
}

std::string header(const std::string &title)
{
    return "<svg viewBox=\"0 0 " + digits(width) + " " + digits(height) + "\" role=\"img\" aria-label=\""
        + html::escaped(title) + "\">\n";
}

/// Each hue has its own marker, so that lines are told apart in grey-scale print.
std::string marker(int look, double x, double y)
{
    const std::string at = digits(x) + " " + digits(y);
    const auto path = [&](const char *shape) { return "<path d=\"M" + at + shape + "\"/>"; };
    switch (look % 6) {
    case 0: return "<circle cx=\"" + digits(x) + "\" cy=\"" + digits(y) + "\" r=\"3.2\"/>";
    case 1: return path("m-3 -3h6v6h-6z");
    case 2: return path("m0 -4l4 7h-8z");
    case 3: return path("m0 -4l4 4l-4 4l-4 -4z");
    case 4: return path("m0 4l4 -7h-8z");
    default: return path("m-1 -4h2v3h3v2h-3v3h-2v-3h-3v-2h3z");
    }
}

/// The place of values on the paper.
struct Frame {
    double right = 120; ///< room for labels
    double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;
    bool log = false;

    double x(double value) const
    {
        const auto at = [this](double v) { return log ? std::log(v) : v; };
        const double size = at(xHigh) - at(xLow);
        return left + (size > 0 ? (at(value) - at(xLow)) / size : 0.5) * (width - left - right);
    }
    double y(double value) const { return top + (yHigh - value) / (yHigh - yLow) * (height - top - bottom); }
};

Frame frameOf(const LineChart &chart)
{
    Frame frame;
    double low = std::numeric_limits<double>::infinity(), high = -low, first = low, last = -low;
    for (const ChartSeries &series : chart.series) {
        for (const auto *values : {&series.y, &series.low, &series.high})
            for (const double v : *values)
                if (std::isfinite(v)) {
                    low = std::min(low, v);
                    high = std::max(high, v);
                }
        for (const double x : series.x) {
            first = std::min(first, x);
            last = std::max(last, x);
        }
    }
    if (!(high >= low))
        low = 0, high = 1;
    frame.yLow = chart.yLow.value_or(low >= 0 && low < 0.4 * high ? 0 : low - 0.05 * (high - low));
    frame.yHigh = chart.yHigh.value_or(high + 0.06 * (high - frame.yLow));
    if (!(frame.yHigh > frame.yLow))
        frame.yHigh = frame.yLow + 1;
    frame.xLow = last >= first ? first : 0;
    frame.xHigh = last > first ? last : frame.xLow + 1;
    frame.log = chart.logX && frame.xLow > 0;
    return frame;
}

std::string axes(const LineChart &chart, const Frame &frame)
{
    std::string out;
    const std::vector<double> yTicks = roundTicks(frame.yLow, frame.yHigh);
    const double yStep = yTicks.size() > 1 ? yTicks[1] - yTicks[0] : 1;
    for (const double tick : yTicks) {
        out += lineAt(left, frame.y(tick), width - frame.right, frame.y(tick), "g");
        out += textAt(left - 6, frame.y(tick) + 3.5, "end", tickText(tick, yStep, chart.percentY), "m");
    }
    out += lineAt(left, height - bottom, width - frame.right, height - bottom, "a");
    const std::vector<double> xTicks = chart.xTicks.empty() ? roundTicks(frame.xLow, frame.xHigh) : chart.xTicks;
    const double xStep = xTicks.size() > 1 ? xTicks[1] - xTicks[0] : 1;
    for (const double tick : xTicks) {
        if (tick < frame.xLow || tick > frame.xHigh)
            continue;
        out += lineAt(frame.x(tick), height - bottom, frame.x(tick), height - bottom + 4, "a");
        out += textAt(frame.x(tick), height - bottom + 16, "middle", tickText(tick, xStep, false), "m");
    }
    return out + textAt(width - frame.right, height - 6, "end", chart.xName) + "\n";
}

std::string bandOf(const ChartSeries &series, const Frame &frame)
{
    if (series.low.empty())
        return {};
    std::string there, back;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
        if (!std::isfinite(series.low[i]) || !std::isfinite(series.high[i]))
            continue;
        const std::string x = digits(frame.x(series.x[i])) + " ";
        there += (there.empty() ? "M" : "L") + x + digits(frame.y(series.high[i]));
        back = "L" + x + digits(frame.y(series.low[i])) + back;
    }
    return "<path class=\"band\" d=\"" + there + back + "Z\"/>";
}

std::string lineOf(const ChartSeries &series, const Frame &frame)
{
    std::string path, marks;
    bool joined = false;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
        if (!std::isfinite(series.y[i])) {
            joined = false;
            continue;
        }
        const double x = frame.x(series.x[i]);
        const double y = frame.y(series.y[i]);
        path += (joined ? "L" : "M") + digits(x) + " " + digits(y);
        joined = true;
        if (series.markers && !series.baseline)
            marks += marker(series.look, x, y);
    }
    return "<path class=\"line\" d=\"" + path + "\"/>" + marks;
}

/// Labels at the line ends, moved apart.
std::string endLabels(const LineChart &chart, const Frame &frame)
{
    struct Label {
        double y;
        std::size_t series;
    };
    std::vector<Label> labels;
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const ChartSeries &series = chart.series[s];
        for (std::size_t i = series.y.size(); i-- > 0 && !series.endLabel.empty();)
            if (std::isfinite(series.y[i])) {
                labels.push_back({frame.y(series.y[i]), s});
                break;
            }
    }
    std::sort(labels.begin(), labels.end(), [](const Label &a, const Label &b) { return a.y < b.y; });
    for (std::size_t i = 1; i < labels.size(); ++i)
        labels[i].y = std::max(labels[i].y, labels[i - 1].y + labelGap);
    double limit = height - bottom;
    for (std::size_t i = labels.size(); i-- > 0; limit = labels[i].y - labelGap)
        labels[i].y = std::min(labels[i].y, limit);
    std::string out;
    for (const Label &label : labels) {
        const ChartSeries &series = chart.series[label.series];
        const std::string kind = series.baseline ? "t" : "t s" + std::to_string(series.look % 6);
        out += textAt(width - frame.right + 8, label.y + 3.5, "start", series.endLabel, kind.c_str());
    }
    return out;
}

} // namespace

std::vector<double> roundTicks(double low, double high, int wanted)
{
    if (!(high > low))
        return {low};
    const double raw = (high - low) / wanted;
    const double scale = std::pow(10, std::floor(std::log10(raw)));
    double step = 10 * scale;
    for (const double nice : {1.0, 2.0, 2.5, 5.0})
        if (nice * scale >= raw * (1 - 1e-9)) {
            step = nice * scale;
            break;
        }
    std::vector<double> ticks;
    const double first = std::ceil(low / step - 1e-9);
    for (double i = first; i * step <= high + step * 1e-9; ++i)
        ticks.push_back(i == 0 ? 0 : i * step);
    return ticks;
}

std::string svgOf(const LineChart &chart)
{
    const Frame frame = frameOf(chart);
    std::string out = header(chart.title) + axes(chart, frame);
    const auto group = [](const ChartSeries &series, const std::string &body) {
        const std::string kind = series.baseline ? "base" : "s" + std::to_string(series.look % 6);
        return "<g class=\"" + kind + (series.look >= 6 && !series.baseline ? " dashed" : "") + "\">" + body + "</g>\n";
    };
    for (const ChartSeries &series : chart.series)
        out += group(series, bandOf(series, frame));
    for (const ChartSeries &series : chart.series)
        out += group(series, lineOf(series, frame));
    return out + endLabels(chart, frame) + "</svg>\n";
}

std::string svgOf(const ScatterChart &chart)
{
    LineChart axesOnly{.title = chart.title, .xName = chart.xName};
    Frame frame;
    frame.right = 20;
    float low[2] = {0, 0}, high[2] = {1, 1};
    for (const ScatterPoint &point : chart.points) {
        low[0] = std::min(low[0], point.x), high[0] = std::max(high[0], point.x);
        low[1] = std::min(low[1], point.y), high[1] = std::max(high[1], point.y);
    }
    const double roomX = 0.04 * static_cast<double>(high[0] - low[0]);
    const double roomY = 0.08 * static_cast<double>(high[1] - low[1]);
    frame.xLow = static_cast<double>(low[0]) - roomX, frame.xHigh = static_cast<double>(high[0]) + roomX;
    frame.yLow = static_cast<double>(low[1]) - roomY, frame.yHigh = static_cast<double>(high[1]) + roomY;
    std::string out = header(chart.title) + axes(axesOnly, frame);
    const double limit = static_cast<double>(chart.limit);
    out += lineAt(frame.x(limit), top, frame.x(limit), height - bottom, "d");
    out += lineAt(left, frame.y(limit), width - frame.right, frame.y(limit), "d");
    std::string dots, crosses;
    for (const ScatterPoint &point : chart.points) {
        const std::string at =
            digits(frame.x(static_cast<double>(point.x))) + " " + digits(frame.y(static_cast<double>(point.y)));
        if (point.cross)
            crosses += "M" + at + "m-2.5 -2.5l5 5m0 -5l-5 5";
        else
            dots += "M" + at + "h0";
    }
    out += "<path class=\"dots\" d=\"" + dots + "\"/><path class=\"crosses\" d=\"" + crosses + "\"/>\n";
    out += textAt(left + 6, top + 12, "start", chart.topLeft)
        + textAt(width - frame.right - 6, top + 12, "end", chart.topRight);
    out += textAt(left + 6, height - bottom - 6, "start", chart.bottomLeft)
        + textAt(width - frame.right - 6, height - bottom - 6, "end", chart.bottomRight);
    return out + textAt(left - 40, top - 2, "start", chart.yName) + "</svg>\n";
}

} // namespace winnow
