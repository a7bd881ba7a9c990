#include "ui/plots/coverage_mask.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace winnow::ui {

namespace {

constexpr int together = 8; // bytes that are looked at and written at once

/// The part of a line from `a` to `b`, as shares of it, that is within the box; false where none is.
bool withinBox(const QPointF &a, const QPointF &b, const QRectF &box, double &from, double &to)
{
    const auto narrow = [&](double start, double by, double low, double high) {
        if (by == 0)
            return start >= low && start <= high;
        const auto [first, last] = std::minmax({(low - start) / by, (high - start) / by});
        from = std::max(from, first);
        to = std::min(to, last);
        return from <= to;
    };
    return narrow(a.x(), b.x() - a.x(), box.left(), box.right()) && narrow(a.y(), b.y() - a.y(), box.top(), box.bottom());
}

/// Where dashes lie within their pattern, so much shorter that their round ends make up for it.
std::vector<std::pair<double, double>> dashStretches(const Stroke &stroke)
{
    std::vector<std::pair<double, double>> stretches;
    double at = 0;
    for (std::size_t i = 0; i + 1 < stroke.dashes.size(); i += 2) {
        const double end = std::min(stroke.width, stroke.dashes[i]) / 2;
        stretches.emplace_back(at + end, at + stroke.dashes[i] - end);
        at += stroke.dashes[i] + stroke.dashes[i + 1];
    }
    return stretches;
}

/// `top` over `below`, both premultiplied. Two of the four parts at a time.
inline QRgb over(QRgb top, QRgb below)
{
    const quint32 share = 255 - (top >> 24);
    const auto scaled = [share](quint32 pair) { // by share / 255, rounded
        const quint32 product = pair * share + 0x800080;
        return ((product + ((product >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
    };
    return top + scaled(below & 0xff00ff) + (scaled((below >> 8) & 0xff00ff) << 8);
}

uchar shadeOf(double covered)
{
    return static_cast<uchar>(std::lround(255 * std::clamp(covered, 0.0, 1.0)));
}

/// The share of a row that a stretch covers whose edges fade over some rows.
double coveredShare(const ColumnSpan &span, int row)
{
    const double middle = row + 0.5;
    const double belowTop = std::clamp((middle - span.top) / span.topFade + 0.5, 0.0, 1.0);
    const double aboveBottom = std::clamp((span.bottom - middle) / span.bottomFade + 0.5, 0.0, 1.0);
    return belowTop + aboveBottom - 1;
}

/// The rows that a stretch covers whole.
std::pair<int, int> wholeRows(const ColumnSpan &span, int height)
{
    const int first = wholePlace(std::ceil(span.top + (span.topFade - 1) / 2));
    const int last = wholePlace(span.bottom - (span.bottomFade - 1) / 2);
    const int from = std::clamp(first, 0, height);
    return {from, std::clamp(last, from, height)};
}

} // namespace

void CoverageMask::resize(const QSize &size)
{
    if (size == m_size)
        return;
    m_size = size;
    // An odd number of cache lines a row: else a column's pixels push each other out of the cache.
    constexpr int line = 64;
    m_stride = ((size.width() + line - 1) / line | 1) * line;
    m_bits.assign(static_cast<std::size_t>(m_stride) * static_cast<std::size_t>(size.height()), 0);
    m_bits.shrink_to_fit();
    m_used = {};
}

void CoverageMask::addSpans(const std::vector<ColumnSpan> &spans, int pixelsAColumn)
{
    const auto group = static_cast<std::size_t>(together % pixelsAColumn == 0 ? together / pixelsAColumn : 1);
    const auto side = static_cast<int>(group);
    for (std::size_t i = 0; i < spans.size();) {
        const ColumnSpan *first = &spans[i];
        const int left = first->column * pixelsAColumn;
        const bool grouped = group > 1 && i + group <= spans.size() && first->column % side == 0 && first->column >= 0
                             && first[group - 1].column == first->column + side - 1 && left + together <= m_size.width();
        if (!grouped) {
            addSpan(spans[i++], pixelsAColumn, 0, 0);
            continue;
        }
        int from = 0;
        int to = m_size.height();
        for (std::size_t k = 0; k < group; ++k) { // the rows that all of them cover
            const auto [begin, end] = wholeRows(first[k], m_size.height());
            from = std::max(from, begin);
            to = std::min(to, end);
        }
        for (int y = from; y < to; ++y)
            std::memset(row(y) + left, 255, together);
        for (std::size_t k = 0; k < group; ++k, ++i)
            addSpan(spans[i], pixelsAColumn, from, std::max(from, to));
    }
}

/// Rows from `doneFrom` to before `doneTo` are covered already.
void CoverageMask::addSpan(const ColumnSpan &span, int pixelsAColumn, int doneFrom, int doneTo)
{
    const int left = span.column * pixelsAColumn;
    const int wide = std::min(pixelsAColumn, m_size.width() - left);
    const int first = std::max(0, wholePlace(span.top - (span.topFade - 1) / 2));
    const int end = std::min(m_size.height(), wholePlace(std::ceil(span.bottom + (span.bottomFade - 1) / 2)));
    if (left < 0 || wide <= 0 || first >= end || !(span.bottom > span.top))
        return;
    m_used |= QRect(left, first, wide, end - first);
    const auto [wholeFrom, wholeTo] = wholeRows(span, m_size.height());
    for (int y = first; y < end; ++y) {
        if (y == doneFrom && doneTo > doneFrom) {
            y = doneTo - 1;
            continue;
        }
        uchar *pixel = row(y) + left;
        const uchar shade = y >= wholeFrom && y < wholeTo ? 255 : shadeOf(coveredShare(span, y));
        for (int i = 0; i < wide; ++i)
            pixel[i] = std::max(pixel[i], shade); // two stretches may share a column
    }
}

void CoverageMask::addLine(const std::vector<QPointF> &points, const Stroke &stroke)
{
    const double half = stroke.width / 2;
    const QRectF seen = QRectF(QPointF(0, 0), QSizeF(m_size)).adjusted(-half - 1, -half - 1, half + 1, half + 1);
    const auto dashes = dashStretches(stroke);
    double period = 0;
    for (const double length : stroke.dashes)
        period += length;
    if (points.size() == 1)
        addSegment(points[0], points[0], half);
    double along = 0; // of the pattern, at the start of the segment
    for (std::size_t i = 1; i < points.size(); ++i) {
        const QPointF a = points[i - 1];
        const QPointF by = points[i] - a;
        const double length = std::hypot(by.x(), by.y());
        double from = 0;
        double to = 1;
        const bool any = withinBox(a, points[i], seen, from, to);
        if (any && !(period > 0)) {
            addSegment(a + from * by, a + to * by, half);
        } else if (any) {
            const double begin = along + from * length;
            const double end = along + to * length;
            for (double at = std::floor(begin / period) * period; at <= end; at += period)
                for (const auto &[on, off] : dashes) {
                    const double low = std::max(begin, at + on);
                    const double high = std::min(end, at + off);
                    if (low <= high && length > 0)
                        addSegment(a + (low - along) / length * by, a + (high - along) / length * by, half);
                }
        }
        if (period > 0)
            along = std::fmod(along + length, period);
    }
}

/// A segment with round ends. A pixel is covered by how far its centre is within the edge.
void CoverageMask::addSegment(const QPointF &a, const QPointF &b, double half)
{
    const double reach = half + 0.5;
    const auto [least, most] = std::minmax({a.x(), b.x()});
    const auto [highest, lowest] = std::minmax({a.y(), b.y()});
    const int left = std::max(0, wholePlace(least - reach));
    const int right = std::min(m_size.width() - 1, wholePlace(most + reach));
    const int top = std::max(0, wholePlace(highest - reach));
    const int bottom = std::min(m_size.height() - 1, wholePlace(lowest + reach));
    if (left > right || top > bottom)
        return;
    m_used |= QRect(QPoint(left, top), QPoint(right, bottom));
    const double dx = b.x() - a.x();
    const double dy = b.y() - a.y();
    const double length = std::hypot(dx, dy);
    const auto ahead = static_cast<float>(length > 0 ? dx / length : 1); // unit vector of the segment
    const auto down = static_cast<float>(length > 0 ? dy / length : 0);
    const auto end = static_cast<float>(length);
    const auto edge = static_cast<float>(reach);
    const bool slanted = std::abs(dy) > 1e-3 * length;
    const double lean = slanted ? dx / dy : 0;
    const double wide = slanted ? reach * length / std::abs(dy) : 0; // of the segment in a row, to each side
    for (int y = top; y <= bottom; ++y) {
        const double under = y + 0.5 - a.y();
        const double middle = a.x() + under * lean;
        const int from = slanted ? std::max(left, wholePlace(middle - wide)) : left;
        const int to = slanted ? std::min(right, wholePlace(middle + wide)) : right;
        const auto beside = static_cast<float>(from + 0.5 - a.x());
        float across = beside * down - static_cast<float>(under) * ahead; // distance from the line through it
        float along = beside * ahead + static_cast<float>(under) * down;
        uchar *pixel = row(y);
        for (int x = from; x <= to; ++x, across += down, along += ahead) {
            float distance = std::abs(across);
            if (along < 0 || along > end)
                distance = std::hypot(across, along < 0 ? along : along - end);
            const float covered = std::min(255.0F, (edge - distance) * 255.0F);
            if (covered > static_cast<float>(pixel[x]))
                pixel[x] = static_cast<uchar>(covered);
        }
    }
}

QRect CoverageMask::paint(QRgb *picture, const QColor &color)
{
    std::array<QRgb, 256> shades{};
    for (std::size_t i = 0; i < shades.size(); ++i)
        shades[i] = qPremultiply(qRgba(color.red(), color.green(), color.blue(), color.alpha() * static_cast<int>(i) / 255));
    const QRgb full = shades.back();
    const int left = m_used.left() / together * together;
    for (int y = m_used.top(); y <= m_used.bottom(); ++y) {
        uchar *mask = row(y);
        QRgb *pixels = picture + static_cast<std::ptrdiff_t>(y) * m_stride;
        for (int x = left; x <= m_used.right(); x += together) {
            quint64 eight = 0;
            std::memcpy(&eight, mask + x, sizeof eight);
            if (eight == 0)
                continue;
            if (eight != ~quint64(0)) {
                for (int i = x; i < x + together; ++i)
                    if (mask[i] > 0)
                        pixels[i] = over(shades[mask[i]], pixels[i]);
            } else if (qAlpha(full) == 255) {
                std::fill_n(pixels + x, together, full);
            } else {
                for (int i = x; i < x + together; ++i)
                    pixels[i] = over(full, pixels[i]);
            }
        }
        std::memset(mask + left, 0, static_cast<std::size_t>(m_used.right() + 1 - left));
    }
    const QRect painted = m_used;
    m_used = {};
    return painted;
}

} // namespace winnow::ui
