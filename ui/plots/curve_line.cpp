#include "ui/plots/curve_line.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

CurveLine::CurveLine(QCPAxis *x, QCPAxis *y, std::function<void()> beforeDraw)
    : QCPGraph(x, y), m_beforeDraw(std::move(beforeDraw))
{
    setAdaptiveSampling(false); // it would leave points out
}

/// The line on the device, apart where a value is missing.
CurveLine::Pieces CurveLine::pieces(const PixelColumns &columns) const
{
    Pieces result(1);
    result.back().reserve(static_cast<std::size_t>(mDataContainer->size()));
    for (const QCPGraphData &point : *mDataContainer) {
        if (!std::isfinite(point.value)) {
            if (!result.back().empty())
                result.emplace_back();
            continue;
        }
        std::vector<QPointF> &piece = result.back();
        const QPointF place = columns.place({mKeyAxis->coordToPixel(point.key), mValueAxis->coordToPixel(point.value)});
        if (mLineStyle == lsStepLeft && !piece.empty())
            piece.emplace_back(place.x(), piece.back().y());
        piece.push_back(place);
    }
    return result;
}

/// Whether a painter takes long for it: by the pixels that it passes, more where they are dashed, and by its corners.
bool CurveLine::isLong(const Pieces &lines, const PixelColumns &columns) const
{
    constexpr double corner = 4;
    constexpr double dashed = 4;
    const double high = columns.area.height();
    double length = 0;
    for (const std::vector<QPointF> &piece : lines)
        for (std::size_t i = 1; i < piece.size(); ++i) {
            const double up = std::clamp(piece[i].y(), 0.0, high) - std::clamp(piece[i - 1].y(), 0.0, high);
            length += std::abs(up) + columns.step * (piece[i].x() - piece[i - 1].x()) + corner;
        }
    return length / columns.step * (mPen.style() == Qt::SolidLine ? 1 : dashed) > m_longest;
}

void CurveLine::draw(QCPPainter *painter)
{
    m_beforeDraw();
    const auto columns = PixelColumns::of(*painter, clipRect());
    if (!columns) {
        const QPen own = mPen;
        if (m_dense)
            mPen.setStyle(Qt::SolidLine);
        QCPGraph::draw(painter);
        mPen = own;
        return;
    }
    const Pieces lines = pieces(*columns);
    if (!m_dense && !isLong(lines, *columns)) {
        QCPGraph::draw(painter);
        return;
    }
    const double half = std::max(1.0, mPen.widthF() * columns->toDevice.m22()) / 2;
    ColumnLine covered(columns->count());
    std::vector<ColumnSpan> spans;
    for (const std::vector<QPointF> &line : lines) {
        covered.set(line);
        covered.close();
        for (int c = covered.from(); c < covered.to(); ++c)
            spans.push_back({c, covered.top(c) - half, covered.bottom(c) + half});
    }
    paintSpans(*painter, *columns, spans, mPen.color());
}

CurveBand::CurveBand(QCPAxis *x, QCPAxis *y, QCPGraph *low, std::function<void()> beforeDraw)
    : QCPGraph(x, y), m_beforeDraw(std::move(beforeDraw)), m_low(low)
{
    setChannelFillGraph(low);
}

void CurveBand::draw(QCPPainter *painter)
{
    m_beforeDraw();
    const auto columns = PixelColumns::of(*painter, clipRect());
    const auto finite = [](const QCPGraphData &point) { return std::isfinite(point.value); };
    const auto low = m_low->data();
    const bool whole = std::all_of(low->constBegin(), low->constEnd(), finite)
                       && std::all_of(mDataContainer->constBegin(), mDataContainer->constEnd(), finite);
    if (!columns || !whole || mDataContainer->size() * 4 < columns->count()) { // few corners: a polygon is smoother
        QCPGraph::draw(painter);
        return;
    }
    const auto edge = [&](QCPGraphDataContainer &data) {
        std::vector<QPointF> places;
        places.reserve(static_cast<std::size_t>(data.size()));
        for (const QCPGraphData &point : data) {
            const QPointF pixel(mKeyAxis->coordToPixel(point.key), mValueAxis->coordToPixel(point.value));
            places.push_back(columns->place(pixel));
        }
        ColumnLine line(columns->count());
        line.set(places);
        return line;
    };
    const ColumnLine upper = edge(*mDataContainer);
    const ColumnLine lower = edge(*low);
    std::vector<ColumnSpan> spans;
    for (int c = upper.from(); c < upper.to(); ++c)
        spans.push_back({c, upper.top(c), lower.bottom(c)});
    paintSpans(*painter, *columns, spans, mBrush.color());
}

} // namespace winnow::ui
