#include "ui/widgets/kpi_strip.h"

#include "ui/widgets/painting.h"

#include <QHelpEvent>
#include <QToolTip>

namespace winnow::ui {

KpiStrip::KpiStrip(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(theme.scaled(56));
}

void KpiStrip::setFigures(const QVector<Figure> &figures)
{
    m_figures = figures;
    QStringList words;
    for (const Figure &figure : figures)
        words << QStringLiteral("%1 %2 %3").arg(figure.label, figure.value, figure.note);
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

void KpiStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), 8, m_theme.color(Token::Surface), m_theme.color(Token::Border));
    if (m_figures.isEmpty())
        return;
    const auto put = [this, &painter](double x, int top, int high, double wide, const QString &text, const QFont &font,
                                      Token token) {
        const QRectF room(x, m_theme.scaled(top), wide, m_theme.scaled(high));
        paintText(painter, room, text, font, m_theme.color(token));
    };
    const double cell = static_cast<double>(width()) / static_cast<double>(m_figures.size());
    for (qsizetype i = 0; i < m_figures.size(); ++i) {
        const Figure &figure = m_figures[i];
        const double x = std::round(static_cast<double>(i) * cell);
        if (i > 0)
            painter.fillRect(QRectF(x, 1, 1, height() - 2), m_theme.color(Token::Border));
        put(x + 14, 8, 18, cell - 20, figure.label, m_theme.font(TextRole::Caption), Token::Text3);
        const QFont big = m_theme.font(TextRole::Figure);
        const int words = textWidth(big, figure.value);
        put(x + 14, 25, 24, cell - 20, figure.value, big, Token::Text);
        if (cell - 24 - words > 12)
            put(x + 14 + words + 5, 29, 18, cell - 24 - words, figure.note, m_theme.font(TextRole::Caption), Token::Text3);
    }
}

bool KpiStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !m_figures.isEmpty()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto index = std::min<qsizetype>(m_figures.size() - 1,
                                               help->x() * m_figures.size() / std::max(1, width()));
        QToolTip::showText(help->globalPos(), m_figures[index].help.toHtmlEscaped(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace winnow::ui
