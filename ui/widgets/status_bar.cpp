#include "ui/widgets/status_bar.h"

#include "ui/support/number_format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QMouseEvent>

namespace winnow::ui {

namespace {

QString runText(const StatusBar::ActiveRun &run)
{
    return QStringLiteral("%1 · %2 / %3").arg(run.name, thousands(run.step), thousands(run.total));
}

} // namespace

StatusBar::StatusBar(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(theme.scaled(24));
    setAccessibleName(tr("Status"));
}

void StatusBar::setStore(const QString &text)
{
    m_store = text;
    told();
}

void StatusBar::setActiveRun(const std::optional<ActiveRun> &run)
{
    m_run = run;
    told();
}

void StatusBar::setSelection(const QString &text)
{
    m_selection = text;
    told();
}

void StatusBar::setDevice(const QString &text)
{
    m_device = text;
    told();
}

void StatusBar::setSaved(const QString &text, bool trouble)
{
    m_saved = text;
    m_trouble = trouble;
    told();
}

/// What is painted, for a screen reader.
void StatusBar::told()
{
    QStringList parts{m_store};
    if (m_run)
        parts << runText(*m_run);
    parts << m_selection << m_device << m_saved;
    parts.removeAll(QString());
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    update();
}

void StatusBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Sunken));
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.color(Token::Border));
    const QFont font = m_theme.font(TextRole::Caption);
    const double iconY = (height() - 12) / 2.0 + 0.5;
    const auto divider = [&](int x) { painter.fillRect(QRect(x, 6, 1, height() - 12), m_theme.color(Token::Border2)); };
    int x = 12;
    paintIcon(painter, QStringLiteral("data"), QRectF(x, iconY, 12, 12), m_theme.color(Token::Text2));
    const int storeWidth = textWidth(font, m_store);
    paintText(painter, QRectF(x + 15, 0, storeWidth + 2, height()), m_store, font, m_theme.color(Token::Text2));
    x += 15 + storeWidth + 10;
    m_runRect = {};
    if (m_run) {
        divider(x);
        x += 10;
        const QString text = runText(*m_run);
        const int words = std::min(textWidth(font, text), width() / 3);
        paintIcon(painter, QStringLiteral("play"), QRectF(x, iconY, 12, 12), m_theme.color(Token::Running));
        paintText(painter, QRectF(x + 15, 0, words + 2, height()), text, font, m_theme.color(Token::Running),
                  Qt::AlignLeft, Qt::ElideMiddle);
        const QRectF bar(x + 15 + words + 9, height() / 2.0 - 2, 90, 4);
        const double share = m_run->total > 0 ? static_cast<double>(m_run->step) / static_cast<double>(m_run->total) : 0;
        painter.fillRect(bar, m_theme.color(Token::Border2));
        painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * std::min(1.0, share), 4)),
                         m_theme.color(Token::Running));
        m_runRect = QRect(x, 0, static_cast<int>(bar.right()) - x, height());
    }
    int right = width() - 12;
    const auto fromRight = [&](const QString &text, const QString &icon, Token token, bool dot) {
        if (text.isEmpty())
            return;
        if (right < width() - 12) {
            divider(right - 2);
            right -= 11;
        }
        const int words = textWidth(font, text);
        paintText(painter, QRectF(right - words - 1, 0, words + 2, height()), text, font, m_theme.color(token));
        right -= words;
        if (!icon.isEmpty()) {
            paintIcon(painter, icon, QRectF(right - 15, iconY, 12, 12), m_theme.color(token));
            right -= 15;
        }
        if (dot) {
            paintMarker(painter, Marker::Disc, QPointF(right - 9, height() / 2.0 + 0.5), 8, m_theme.color(Token::Sel),
                        {});
            right -= 15;
        }
        right -= 9;
    };
    fromRight(m_saved, m_trouble ? QStringLiteral("warning") : QString(), m_trouble ? Token::Failed : Token::Text2,
              false);
    fromRight(m_device, QStringLiteral("gpu"), Token::Text2, false);
    fromRight(m_selection, {}, Token::Text, true);
}

void StatusBar::mousePressEvent(QMouseEvent *event)
{
    if (m_runRect.contains(event->position().toPoint()))
        Q_EMIT activeRunClicked();
}

} // namespace winnow::ui
