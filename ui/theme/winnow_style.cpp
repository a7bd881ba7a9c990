#include "ui/theme/winnow_style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace winnow::ui {

namespace {

/// A box of 14 pixels in the middle of the room for it; ink with a tick when it is on.
void paintCheck(QPainter &painter, const Theme &theme, const QRect &room, QStyle::State state)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool on = state & QStyle::State_On;
    const QColor line = theme.color(enabled ? (on ? Token::Ink : Token::Control) : Token::Border2);
    const QPointF center = QRectF(room).center();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1));
    painter.setBrush(on ? line : theme.color(Token::Surface));
    painter.drawRoundedRect(QRectF(center.x() - 6.5, center.y() - 6.5, 13, 13), 3, 3);
    if (on) {
        painter.setPen(QPen(theme.color(Token::OnInk), 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(
            QPolygonF({center + QPointF(-3.25, 0.25), center + QPointF(-0.75, 2.75), center + QPointF(3.25, -2.5)}));
    }
    painter.restore();
}

} // namespace

WinnowStyle::WinnowStyle(const Theme &theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme) {}

int WinnowStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return 10;
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return 16;
    case PM_SplitterWidth: return 8;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int WinnowStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    case SH_ToolTip_WakeUpDelay: return 500;
    case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void WinnowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    if (element == PE_FrameFocusRect) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme.color(Token::Link), 2));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 5, 5);
        painter->restore();
        return;
    }
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck)
        return paintCheck(*painter, m_theme, option->rect, option->state);
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

} // namespace winnow::ui
