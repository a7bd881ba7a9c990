#pragma once

#include "core/base/export.h"

#include <optional>
#include <string>
#include <vector>

namespace winnow
{

/// One line of a chart. Points with a value that is not finite break the line.
struct ChartSeries {
    std::string name;
    int look = 0; ///< hue and marker 0 .. 5, with a dash from 6 on, as runs look in the window
    bool baseline = false; ///< thin, grey, dotted
    bool markers = true;
    std::vector<double> x = {};
    std::vector<double> y = {};
    std::vector<double> low = {}; ///< band; empty: none
    std::vector<double> high = {};
    std::string endLabel = {}; ///< at the line's end
};

/// Lines over a common x as inline SVG: no script, no font or picture from elsewhere; colours come from the page's
/// style, so that it follows light and dark.
struct LineChart {
    std::string title; ///< for screen readers
    std::string xName;
    bool logX = false;
    bool percentY = false;
    std::vector<double> xTicks = {}; ///< empty: round numbers
    std::optional<double> yLow = {};
    std::optional<double> yHigh = {};
    std::vector<ChartSeries> series = {};
};
WINNOW_CORE_API std::string svgOf(const LineChart &chart);

struct ScatterPoint {
    float x = 0;
    float y = 0;
    bool cross = false; ///< known noise
};
/// Points with dashed limits and a word in each corner.
struct ScatterChart {
    std::string title;
    std::string xName;
    std::string yName;
    float limit = 0.5F;
    std::vector<ScatterPoint> points = {};
    std::string topLeft = {};
    std::string topRight = {};
    std::string bottomLeft = {};
    std::string bottomRight = {};
};
WINNOW_CORE_API std::string svgOf(const ScatterChart &chart);

/// 4 to 6 round numbers over a range.
WINNOW_CORE_API std::vector<double> roundTicks(double low, double high, int wanted = 5);

} // namespace winnow
