#include "ui/widgets/cells.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/painting.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

struct CellPainter {
    QPainter &painter;
    const Theme &theme;
    QRectF rect;

    void operator()(std::monostate) const {}

    void operator()(const TextCell &cell) const
    {
        QFont font = theme.font(cell.mono ? (cell.strong ? TextRole::MonoStrong : TextRole::Mono) : TextRole::Panel);
        if (cell.strong)
            font.setWeight(QFont::DemiBold);
        QRectF area = rect;
        if (!cell.icon.isEmpty()) {
            const bool centred = cell.text.isEmpty() && (cell.alignment & Qt::AlignHCenter);
            const double x = centred ? rect.center().x() - 6.5 : rect.left();
            paintIcon(painter, cell.icon, QRectF(x, rect.center().y() - 6.5, 13, 13), theme.color(cell.token));
            area.setLeft(rect.left() + 17);
        }
        if (cell.text.isEmpty())
            return;
        paintText(painter, area, cell.text, font, theme.color(cell.token), cell.alignment, Qt::ElideRight);
        if (!cell.note.isEmpty()) {
            area.setLeft(area.left() + textWidth(font, cell.text) + 8);
            paintText(painter, area, cell.note, theme.font(TextRole::Caption), theme.color(Token::Text3));
        }
    }

    void operator()(const BadgeLook &look) const { paintBadge(painter, theme, look, rect); }

    void operator()(const NameCell &cell) const
    {
        paintSwatch(painter, theme, cell.look, QRectF(rect.left(), rect.top(), 22, rect.height()));
        const double pin = cell.pinned ? 18 : 0;
        if (cell.pinned)
            paintIcon(painter, QStringLiteral("pin"), QRectF(rect.right() - 16, rect.center().y() - 7, 14, 14), theme.color(Token::Text2));
        paintText(painter, rect.adjusted(30, 0, -pin, 0), cell.name, theme.font(TextRole::Panel), theme.color(Token::Text),
                  Qt::AlignLeft, Qt::ElideMiddle);
    }

    void operator()(const GroupCell &cell) const
    {
        paintIcon(painter, cell.open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                  QRectF(rect.left(), rect.center().y() - 6, 12, 12), theme.color(Token::Text2));
        QFont font = theme.font(TextRole::Panel);
        font.setWeight(QFont::DemiBold);
        paintText(painter, rect.adjusted(17, 0, 0, 0), cell.name, font, theme.color(Token::Text));
    }

    void operator()(const EyeCell &cell) const
    {
        paintIcon(painter, cell.visible ? QStringLiteral("eye") : QStringLiteral("eye-off"),
                  QRectF(rect.center().x() - 7, rect.center().y() - 7, 14, 14),
                  theme.color(cell.visible ? Token::Text2 : Token::Text3));
    }

    void operator()(const SparkCell &cell) const
    {
        if (!cell.values || cell.values->size() < 2) {
            paintText(painter, rect, QStringLiteral("–"), theme.font(TextRole::Panel), theme.color(Token::Text3));
            return;
        }
        const auto [low, high] = std::minmax_element(cell.values->begin(), cell.values->end());
        const QRectF area = rect.adjusted(0, 8, -4, -8);
        const double span = std::max(1e-9F, *high - *low);
        QPolygonF line;
        for (std::size_t i = 0; i < cell.values->size(); ++i)
            line << QPointF(area.left() + area.width() * static_cast<double>(i) /
                                              static_cast<double>(cell.values->size() - 1),
                            area.bottom() - area.height() * ((*cell.values)[i] - *low) / span);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(Token::Text2), 1.25));
        painter.drawPolyline(line);
        if (cell.live)
            paintMarker(painter, Marker::Disc, line.last(), 3, theme.color(Token::Text2), {});
    }

    void operator()(const HistogramCell &cell) const
    {
        if (!cell.bins || cell.bins->empty()) {
            paintText(painter, rect, QStringLiteral("–"), theme.font(TextRole::Panel), theme.color(Token::Text3));
            return;
        }
        const float top = std::max(1e-9F, *std::max_element(cell.bins->begin(), cell.bins->end()));
        const double step = std::min(4.0, (rect.width() - 2) / static_cast<double>(cell.bins->size()));
        const double ground = rect.bottom() - 7;
        painter.setRenderHint(QPainter::Antialiasing, false);
        for (std::size_t i = 0; i < cell.bins->size(); ++i) {
            const double high = std::ceil(18.0 * (*cell.bins)[i] / top);
            painter.fillRect(QRectF(rect.left() + static_cast<double>(i) * step, ground - high,
                                    std::max(1.0, step - 1), high),
                             theme.color(Token::Control));
        }
    }

    void operator()(const IntervalCell &cell) const
    {
        const QFont font = theme.font(TextRole::Mono);
        paintText(painter, rect, percentText(cell.value.value), font, theme.color(Token::Text));
        const int words = textWidth(font, QStringLiteral("100.0%")) + 4;
        const QFont small = theme.font(TextRole::Caption);
        const int note = cell.note.isEmpty() ? 0 : textWidth(small, cell.note) + 8;
        paintText(painter, rect.adjusted(words, 0, 0, 0), cell.note, small, theme.color(Token::Text3));
        const QRectF scale = rect.adjusted(words + note, 0, -14, 0);
        if (scale.width() < 30)
            return;
        const double span = std::max(1e-9, cell.high - cell.low);
        const auto x = [&](double v) { return scale.left() + std::clamp((v - cell.low) / span, 0.0, 1.0) * scale.width(); };
        const double y = std::round(rect.center().y());
        painter.fillRect(QRectF(scale.left(), y, scale.width(), 1), theme.color(Token::Border));
        painter.fillRect(QRectF(x(cell.value.low), y - 0.5, x(cell.value.high) - x(cell.value.low), 2),
                         theme.seriesColor(cell.look));
        paintMarker(painter, Marker::Disc, QPointF(x(cell.value.value), y + 0.5), 5, theme.seriesColor(cell.look), {});
    }

    void operator()(const StepsCell &cell) const
    {
        double x = rect.left() + 2;
        const auto room = static_cast<std::size_t>(std::max(1.0, (rect.width() + 2) / 18));
        const std::size_t fit = cell.steps.size() <= room ? room : std::max<std::size_t>(2, room) - 1; // "+3" needs one
        for (std::size_t i = 0; i < cell.steps.size() && i < fit; ++i, x += 18)
            paintStepMark(painter, theme, cell.steps[i], QRectF(x, rect.center().y() - 7, 14, 14));
        if (cell.steps.size() > fit)
            paintText(painter, QRectF(x, rect.top(), 30, rect.height()),
                      QStringLiteral("+%1").arg(cell.steps.size() - fit), theme.font(TextRole::Caption),
                      theme.color(Token::Text3), Qt::AlignLeft, Qt::ElideNone);
    }

    void operator()(const ThumbnailCell &cell) const
    {
        if (cell.image.isNull()) {
            paintText(painter, rect, QCoreApplication::translate("Cells", "no picture"), theme.font(TextRole::Caption),
                      theme.color(Token::Text3));
            return;
        }
        const QSizeF size = QSizeF(cell.image.size()).scaled(rect.width() - 6, rect.height() - 12, Qt::KeepAspectRatio);
        const QRectF box(rect.left() + 1, std::round(rect.center().y() - size.height() / 2) - 1, size.width() + 4,
                         size.height() + 2);
        paintBox(painter, box, 3, Qt::white, theme.color(Token::Border2));
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(box.adjusted(2, 1, -2, -1), cell.image);
    }

    void operator()(const StepScoreCell &cell) const
    {
        const bool good = cell.p >= 0.5;
        const QColor color = theme.color(good ? Token::Plus : Token::Minus);
        const QRectF bar(rect.left(), rect.center().y() - 12, 6, 24);
        paintBox(painter, bar, 2, theme.color(Token::Border), Qt::transparent);
        const double high = std::max(1.0, 24 * cell.p);
        paintBox(painter, QRectF(bar.left(), bar.bottom() - high, 6, high), 1.5, color, Qt::transparent);
        const QFont mono = theme.font(TextRole::Mono);
        const QString value = rateText(cell.p, 2);
        const QColor ink = good ? theme.color(Token::Text3) : color;
        const QRectF words = rect.adjusted(12, 0, -textWidth(mono, QStringLiteral("1.00")) - 14, 0);
        constexpr double twoLines = 36;
        if (cell.widest > words.width() && rect.height() >= twoLines) {
            const QRectF upper(rect.left() + 12, rect.center().y() - 18, rect.width() - 12, 18);
            paintText(painter, upper, cell.text, mono, theme.color(Token::Text));
            paintText(painter, upper.translated(0, 18), value, mono, ink);
            return;
        }
        paintText(painter, words, cell.text, mono, theme.color(Token::Text));
        paintText(painter, rect.adjusted(0, 0, -8, 0), value, mono, ink, Qt::AlignRight);
    }

    void operator()(const PickCell &cell) const
    {
        double x = rect.left();
        QFont font = theme.font(TextRole::Panel);
        font.setWeight(QFont::DemiBold);
        for (const auto &[letter, look] : cell.runs) {
            paintText(painter, QRectF(x, rect.top(), 20, rect.height()), letter, font, theme.seriesText(look));
            x += textWidth(font, letter) + 7;
        }
    }
};

} // namespace

void paintStepMark(QPainter &painter, const Theme &theme, const StepMark &mark, const QRectF &box)
{
    const QColor color = theme.color(mark.plus ? Token::Plus : Token::Minus);
    if (mark.disagrees)
        paintBox(painter, box.adjusted(-2, -2, 2, 2), 4.5, Qt::transparent, theme.color(Token::Sel), 1.5);
    paintBox(painter, box, 3, mark.plus ? theme.color(Token::Surface) : color, color, 1.25);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mark.plus ? color : theme.color(Token::Surface), 1.5));
    painter.drawLine(box.center() + QPointF(-3, 0), box.center() + QPointF(3, 0));
    if (mark.plus)
        painter.drawLine(box.center() + QPointF(0, -3), box.center() + QPointF(0, 3));
}

void paintCell(QPainter &painter, const Theme &theme, const Cell &cell, const QRectF &rect)
{
    std::visit(CellPainter{painter, theme, rect}, cell);
}

CellDelegate::CellDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

void CellDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *table = qobject_cast<const DataTable *>(option.widget);
    const int state = index.siblingAtColumn(0).data(RowStateRole).toInt();
    const bool current = table && table->currentIndex().row() == index.row() && !(state & RowGroup);
    QColor ground = m_theme.color(Token::Surface);
    if (state & RowGroup)
        ground = m_theme.color(m_theme.dark() ? Token::Window : Token::Window);
    else if ((state & RowTinted) || current)
        ground = m_theme.color(Token::SelRow);
    else if (table && table->hoverRow() == index.row())
        ground = m_theme.color(Token::Hover);
    painter.fillRect(option.rect, ground);
    const QRect r = option.rect;
    painter.fillRect(QRect(r.left(), r.bottom(), r.width(), 1), m_theme.color(Token::Border));
    if (current) {
        painter.fillRect(QRect(r.left(), r.top(), r.width(), 1), m_theme.color(Token::SelLine));
        painter.fillRect(QRect(r.left(), r.bottom(), r.width(), 1), m_theme.color(Token::SelLine));
    }
    if (index.column() == 0 && (state & RowSelected))
        painter.fillRect(QRect(r.left(), r.top(), 3, r.height() - 1), m_theme.color(Token::Sel));
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintGround(*painter, option, index);
    const auto cell = index.data(CellRole).value<Cell>();
    if (index.siblingAtColumn(0).data(RowStateRole).toInt() & RowDimmed)
        painter->setOpacity(0.6);
    painter->setClipRect(option.rect.adjusted(0, 1, 0, -1));
    paintCell(*painter, m_theme, cell, QRectF(option.rect).adjusted(8, 0, -6, -1));
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {60, m_theme.rowHeight()};
}

} // namespace winnow::ui
