#include "ui/plots/curve_line.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

QPointF placeOf(const QCPGraph &graph, const PixelColumns &columns, const QCPGraphData &point)
{
    return columns.place({graph.keyAxis()->coordToPixel(point.key), graph.valueAxis()->coordToPixel(point.value)});
}

} // namespace

CurveLine::CurveLine(QCPAxis *x, QCPAxis *y, CurveSheet &sheet, std::function<void()> beforeDraw)
    : QCPGraph(x, y), m_sheet(sheet), m_beforeDraw(std::move(beforeDraw))
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
        const QPointF place = placeOf(*this, columns, point);
        if (mLineStyle == lsStepLeft && !piece.empty())
            piece.emplace_back(place.x(), piece.back().y());
        piece.push_back(place);
    }
    return result;
}

/// Whether it takes long to be painted as a line: by the pixels that it passes.
bool CurveLine::isLong(const Pieces &lines, const PixelColumns &columns, double width) const
{
    constexpr double fade = 2;    // pixels at its sides that it covers in part
    constexpr double corner = 10; // pixels that take as long as the start of a segment
    const double high = columns.area.height();
    const double wide = columns.area.width();
    double pixels = 0;
    for (const std::vector<QPointF> &piece : lines)
        for (std::size_t i = 1; i < piece.size(); ++i) {
            const double up = std::clamp(piece[i].y(), 0.0, high) - std::clamp(piece[i - 1].y(), 0.0, high);
            const double on = std::clamp(columns.step * piece[i].x(), 0.0, wide)
                              - std::clamp(columns.step * piece[i - 1].x(), 0.0, wide);
            pixels += std::hypot(up, on) * (width + fade) + corner;
        }
    return pixels > m_mostPixels;
}

void CurveLine::drawVector(QCPPainter *painter)
{
    const QPen own = mPen;
    if (m_dense)
        mPen.setStyle(Qt::SolidLine);
    QCPGraph::draw(painter);
    mPen = own;
}

void CurveLine::draw(QCPPainter *painter)
{
    m_beforeDraw();
    const auto columns = PixelColumns::of(*painter, clipRect());
    if (!columns) {
        drawVector(painter);
        return;
    }
    const double scale = columns->toDevice.m22();
    const double width = std::max(1.0, mPen.widthF() * scale);
    Pieces lines = pieces(*columns);
    if (!m_dense && !isLong(lines, *columns, width)) {
        for (std::vector<QPointF> &line : lines)
            for (QPointF &place : line)
                place.rx() *= columns->step;
        Stroke stroke{.width = width};
        if (mPen.style() != Qt::SolidLine)
            for (const qreal dash : mPen.dashPattern())
                stroke.dashes.push_back(dash * mPen.widthF() * scale);
        m_sheet.addLines(*painter, *columns, lines, stroke, mPen.color());
        return;
    }
    ColumnLine covered(columns->count());
    std::vector<ColumnSpan> spans;
    for (const std::vector<QPointF> &line : lines) {
        covered.set(line);
        covered.close();
        for (int c = covered.from(); c < covered.to(); ++c)
            spans.push_back({c, covered.top(c) - width / 2, covered.bottom(c) + width / 2});
    }
    m_sheet.addSpans(*painter, *columns, spans, mPen.color());
}

CurveBand::CurveBand(QCPAxis *x, QCPAxis *y, QCPGraph *low, CurveSheet &sheet, std::function<void()> beforeDraw)
    : QCPGraph(x, y), m_sheet(sheet), m_beforeDraw(std::move(beforeDraw)), m_low(low)
{
    setChannelFillGraph(low);
}

void CurveBand::draw(QCPPainter *painter)
{
    m_beforeDraw();
    const auto columns = PixelColumns::of(*painter, clipRect());
    if (!columns) {
        QCPGraph::draw(painter);
        return;
    }
    // Where there are many places to a column the most is shown, else its edges are lines.
    const bool dense = mDataContainer->size() * 4 >= columns->count();
    ColumnLine upper(columns->count());
    ColumnLine lower(columns->count());
    std::vector<QPointF> tops;
    std::vector<QPointF> bottoms;
    std::vector<ColumnSpan> spans;
    const auto finish = [&] {
        upper.set(tops);
        lower.set(bottoms);
        for (int c = upper.from(); c < upper.to(); ++c) {
            const double topFade = std::max(1.0, upper.bottom(c) - upper.top(c));
            const double bottomFade = std::max(1.0, lower.bottom(c) - lower.top(c));
            if (dense)
                spans.push_back({c, upper.top(c), lower.bottom(c)});
            else
                spans.push_back({c, (upper.top(c) + upper.bottom(c)) / 2, (lower.top(c) + lower.bottom(c)) / 2, topFade, bottomFade});
        }
        tops.clear();
        bottoms.clear();
    };
    auto low = m_low->data()->constBegin();
    for (auto high = mDataContainer->constBegin(); high != mDataContainer->constEnd() && low != m_low->data()->constEnd(); ++high, ++low) {
        if (!std::isfinite(high->value) || !std::isfinite(low->value)) {
            finish();
            continue;
        }
        tops.push_back(placeOf(*this, *columns, *high));
        bottoms.push_back(placeOf(*m_low, *columns, *low));
    }
    finish();
    m_sheet.addSpans(*painter, *columns, spans, mBrush.color());
}

} // namespace winnow::ui
