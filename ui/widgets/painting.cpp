#include "ui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <cmath>

namespace winnow::ui {

void paintSwatch(QPainter &painter, const Theme &theme, const SeriesLook &look, const QRectF &rect)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(linePen(theme.seriesColor(look), 2, look.dash));
    const double y = std::round(rect.center().y());
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
    painter.restore();
}

void paintMarker(QPainter &painter, Marker marker, QPointF c, double size, const QColor &color, const QColor &ground)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hollow = static_cast<int>(marker) % 2 == 1;
    const double r = size / 2;
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(hollow ? ground : color);
    switch (marker) {
    case Marker::Disc:
    case Marker::Ring: painter.drawEllipse(c, r, r); break;
    case Marker::Square:
    case Marker::HollowSquare: painter.drawRect(QRectF(c.x() - r, c.y() - r, size, size)); break;
    case Marker::Triangle:
    case Marker::HollowTriangle:
        painter.drawPolygon(QPolygonF({c + QPointF(0, -r), c + QPointF(r, r), c + QPointF(-r, r)}));
        break;
    case Marker::Down:
    case Marker::HollowDown:
        painter.drawPolygon(QPolygonF({c + QPointF(0, r), c + QPointF(r, -r), c + QPointF(-r, -r)}));
        break;
    case Marker::Diamond:
    case Marker::HollowDiamond:
        painter.drawPolygon(
            QPolygonF({c + QPointF(0, -r - 1), c + QPointF(r + 1, 0), c + QPointF(0, r + 1), c + QPointF(-r - 1, 0)}));
        break;
    case Marker::Plus:
        painter.drawLine(c + QPointF(-r, 0), c + QPointF(r, 0));
        painter.drawLine(c + QPointF(0, -r), c + QPointF(0, r));
        break;
    case Marker::Cross:
        painter.drawLine(c + QPointF(-r, -r), c + QPointF(r, r));
        painter.drawLine(c + QPointF(-r, r), c + QPointF(r, -r));
        break;
    }
    painter.restore();
}

int textWidth(const QFont &font, const QString &text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
}

int keyWidth(const Theme &theme, const QString &key)
{
    return textWidth(theme.font(TextRole::Caption), key) + 10;
}

int paintKey(QPainter &painter, const Theme &theme, const QString &key, int right, int centerY, bool onInk)
{
    const int width = keyWidth(theme, key);
    const QRectF box(right - width, centerY - 8.5, width, 17);
    const QColor line = onInk ? mixed(theme.color(Token::Ink), theme.color(Token::OnInk), 0.45)
                              : theme.color(Token::Border2);
    paintBox(painter, box, 3, onInk ? QColor(Qt::transparent) : theme.color(Token::Window), line);
    paintText(painter, box, key, theme.font(TextRole::Caption), theme.color(onInk ? Token::OnInk : Token::Text2),
              Qt::AlignHCenter);
    return width;
}

void paintFocusRing(QPainter &painter, const Theme &theme, const QRectF &rect, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Link), 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

void paintBox(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &line,
              double lineWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(line.alpha() ? QPen(line, lineWidth) : QPen(Qt::NoPen));
    const double half = line.alpha() ? lineWidth / 2 : 0;
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius);
    painter.restore();
}

void paintText(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, const QColor &color,
               Qt::Alignment alignment, Qt::TextElideMode elide)
{
    painter.setFont(font);
    painter.setPen(color);
    const QFontMetricsF metrics(font);
    const QString shown = elide == Qt::ElideNone ? text : metrics.elidedText(text, elide, rect.width() + 0.5);
    painter.drawText(rect, static_cast<int>((alignment & Qt::AlignHorizontal_Mask) |
                         ((alignment & Qt::AlignVertical_Mask) ? (alignment & Qt::AlignVertical_Mask)
                                                               : Qt::AlignVCenter)) | Qt::TextSingleLine,
                     shown);
}

} // namespace winnow::ui
