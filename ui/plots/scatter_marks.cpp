#include "ui/plots/scatter_marks.h"

#include "ui/theme/theme_tokens.h"

#include <QPainter>

#include <algorithm>

namespace winnow::ui {

namespace {

constexpr std::size_t densityAbove = 50000;
constexpr int cellPixels = 3;
constexpr std::uint32_t fewInCell = 2; ///< outliers stay points

void drawMark(QPainter &painter, const ScatterScene &scene, std::size_t index)
{
    const bool selected = scene.points.isSelected(index);
    const QPointF at = scene.map((*scene.points.x)[index], (*scene.points.y)[index]);
    if (scene.points.isFlipped(index)) {
        painter.setPen(QPen(selected ? scene.selectedLine : scene.flipped, 1.3));
        painter.drawLine(at + QPointF(-2.6, -2.6), at + QPointF(2.6, 2.6));
        painter.drawLine(at + QPointF(-2.6, 2.6), at + QPointF(2.6, -2.6));
        return;
    }
    painter.setPen(selected ? QPen(scene.selectedLine, 1) : QPen(Qt::NoPen));
    painter.setBrush(selected ? scene.selected : scene.clean);
    painter.drawEllipse(at, 2.1, 2.1);
}

struct Cells {
    int columns = 1;
    int rows = 1;
    std::vector<std::uint32_t> counts;
    std::vector<std::uint8_t> selected;
    std::vector<std::uint32_t> first; ///< `fewInCell` points of each cell
    std::uint32_t most = 1;
};

template <typename Use>
void forVisible(const ScatterScene &scene, Use use)
{
    const std::vector<float> &x = *scene.points.x;
    const std::vector<float> &y = *scene.points.y;
    const std::size_t n = scene.points.size();
    const double left = scene.inView.left();
    const double right = scene.inView.right();
    const double low = scene.inView.top();
    const double high = scene.inView.bottom();
    for (std::size_t i = 0; i < n; ++i) // NaN fails every comparison
        if (x[i] >= left && x[i] <= right && y[i] >= low && y[i] <= high)
            use(static_cast<std::uint32_t>(i));
}

Cells countCells(const ScatterScene &scene)
{
    Cells cells;
    cells.columns = std::max(1, static_cast<int>(scene.area.width()) / cellPixels + 1);
    cells.rows = std::max(1, static_cast<int>(scene.area.height()) / cellPixels + 1);
    const auto size = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
    cells.counts.resize(size);
    cells.selected.resize(size);
    cells.first.resize(size * fewInCell);
    const std::vector<float> &x = *scene.points.x;
    const std::vector<float> &y = *scene.points.y;
    forVisible(scene, [&](std::uint32_t i) {
        const QPointF at = scene.map(x[i], y[i]) - scene.area.topLeft();
        const int c = std::clamp(static_cast<int>(at.x()) / cellPixels, 0, cells.columns - 1);
        const int r = std::clamp(static_cast<int>(at.y()) / cellPixels, 0, cells.rows - 1);
        const auto cell = static_cast<std::size_t>(r * cells.columns + c);
        if (cells.counts[cell] < fewInCell)
            cells.first[cell * fewInCell + cells.counts[cell]] = i;
        ++cells.counts[cell];
        if (scene.points.isSelected(i))
            cells.selected[cell] = 1;
    });
    cells.most = std::max(1U, *std::max_element(cells.counts.begin(), cells.counts.end()));
    return cells;
}

void paintDensity(QPainter &painter, const ScatterScene &scene)
{
    const Cells cells = countCells(scene);
    const double all = std::log1p(static_cast<double>(cells.most));
    for (std::size_t at = 0; at < cells.counts.size(); ++at) {
        if (cells.counts[at] <= fewInCell)
            continue;
        const double share = std::log1p(static_cast<double>(cells.counts[at])) / all;
        const double place = share * 4;
        const auto low = static_cast<std::size_t>(std::min(3.0, place));
        const QColor color = cells.selected[at] ? mixed(scene.selectedDense, scene.selected, share)
                                                : mixed(scene.density[low], scene.density[low + 1], place - static_cast<double>(low));
        painter.fillRect(QRectF(scene.area.left() + static_cast<double>(at % static_cast<std::size_t>(cells.columns)) * cellPixels,
                                scene.area.top() + static_cast<double>(at / static_cast<std::size_t>(cells.columns)) * cellPixels,
                                cellPixels, cellPixels),
                         color);
    }
    for (std::size_t at = 0; at < cells.counts.size(); ++at)
        for (std::uint32_t k = 0; cells.counts[at] <= fewInCell && k < cells.counts[at]; ++k)
            drawMark(painter, scene, cells.first[at * fewInCell + k]);
}

/// The edges of a polygon by the rows of pixels that they cross.
class EdgeRows {
public:
    EdgeRows(const QPolygonF &polygon, int top, int rows) : m_top(top), m_rows(static_cast<std::size_t>(rows))
    {
        for (qsizetype i = 0; i < polygon.size(); ++i) {
            QPointF a = polygon[i];
            QPointF b = polygon[(i + 1) % polygon.size()];
            if (a.y() == b.y())
                continue;
            if (b.y() < a.y())
                std::swap(a, b);
            const int from = std::clamp(static_cast<int>(std::floor(a.y())) - top, 0, rows - 1);
            const int to = std::clamp(static_cast<int>(std::floor(b.y())) - top, 0, rows - 1);
            for (int row = from; row <= to; ++row)
                m_rows[static_cast<std::size_t>(row)].push_back({a.y(), b.y(), a.x(), (b.x() - a.x()) / (b.y() - a.y())});
        }
    }

    bool contains(const QPointF &at, int row) const
    {
        bool inside = false;
        for (const Edge &edge : m_rows[static_cast<std::size_t>(row)])
            if (at.y() >= edge.top && at.y() < edge.bottom && edge.x + edge.slope * (at.y() - edge.top) <= at.x())
                inside = !inside;
        return inside;
    }

private:
    struct Edge {
        double top;
        double bottom;
        double x; ///< at the top
        double slope;
    };
    int m_top;
    std::vector<std::vector<Edge>> m_rows;
};

} // namespace

QImage paintScatter(const ScatterScene &scene)
{
    QImage image(scene.size * scene.ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scene.ratio);
    image.fill(Qt::transparent);
    if (scene.points.size() == 0)
        return image;
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(scene.area.adjusted(-3, -3, 3, 3));
    std::size_t visible = 0;
    forVisible(scene, [&visible](std::uint32_t) { ++visible; });
    if (visible > densityAbove) {
        paintDensity(painter, scene);
        return image;
    }
    for (const bool selectedTurn : {false, true})
        forVisible(scene, [&](std::uint32_t i) {
            if (scene.points.isSelected(i) == selectedTurn)
                drawMark(painter, scene, i);
        });
    return image;
}

/// The polygon is painted into a mask first: inside and outside are then one look-up, only the points on its edge are
/// tested, against the edges that cross their row of pixels.
std::vector<std::uint32_t> pointsIn(const ScatterPoints &points, const ScatterMap &map, const QPolygonF &polygon)
{
    std::vector<std::uint32_t> inside;
    const QRect bounds = polygon.boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1);
    QImage mask(bounds.size(), QImage::Format_Grayscale8);
    mask.fill(0);
    QPainter painter(&mask);
    painter.translate(-bounds.topLeft());
    painter.setBrush(Qt::white);
    painter.setPen(QPen(QColor(128, 128, 128), 3));
    painter.drawPolygon(polygon);
    painter.end();
    const EdgeRows edges(polygon, bounds.top(), bounds.height());
    const uchar *pixels = mask.constBits();
    const qsizetype line = mask.bytesPerLine();
    const double width = bounds.width();
    const double height = bounds.height();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF at = map((*points.x)[i], (*points.y)[i]);
        const double x = at.x() - bounds.left();
        const double y = at.y() - bounds.top();
        if (!(x >= 0 && y >= 0 && x < width && y < height)) // NaN too
            continue;
        const int row = static_cast<int>(y);
        const uchar value = pixels[row * line + static_cast<int>(x)];
        if (value == 255 || (value > 0 && edges.contains(at, row)))
            inside.push_back(static_cast<std::uint32_t>(i));
    }
    return inside;
}

} // namespace winnow::ui
