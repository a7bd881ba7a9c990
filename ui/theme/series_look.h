#pragma once

#include <QPen>
#include <QVector>

namespace winnow::ui {

enum class Marker { Disc, Ring, Square, HollowSquare, Triangle, HollowTriangle, Diamond, HollowDiamond, Down, HollowDown,
                    Plus, Cross };

/// How a run or a series is drawn everywhere: one of six hues and a dash (ui-design section 7.2).
struct SeriesLook {
    int hue = 5;
    int dash = 0;         ///< 0 solid, 1: 6 3, 2: 2 2, 3: 8 2 2 2
    bool neutral = false; ///< a baseline: text3 instead of a hue

    Marker marker() const
    {
        return static_cast<Marker>((hue % 6) * 2 + (dash % 2));
    }
    bool operator==(const SeriesLook &) const = default;
};

/// Dash pattern in pixels for a pen of `width`; empty for a solid line.
inline QVector<qreal> dashPattern(int dash, qreal width)
{
    switch (dash % 4) {
    case 1: return {6 / width, 3 / width};
    case 2: return {2 / width, 2 / width};
    case 3: return {8 / width, 2 / width, 2 / width, 2 / width};
    default: return {};
    }
}

inline QPen linePen(const QColor &color, qreal width, int dash)
{
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (const auto pattern = dashPattern(dash, width); !pattern.isEmpty())
        pen.setDashPattern(pattern);
    return pen;
}

} // namespace winnow::ui
