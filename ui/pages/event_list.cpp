#include "ui/pages/event_list.h"

#include "ui/support/words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QDateTime>
#include <QMouseEvent>

namespace winnow::ui {

namespace {
constexpr int rowHeight = 23;
}

EventList::EventList(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setMinimumHeight(40);
    setAccessibleName(tr("Events"));
}

void EventList::setEvents(const std::vector<EventRecord> &events)
{
    m_events.assign(events.rbegin(), events.rend());
    update();
}

void EventList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int y = 2;
    if (m_events.empty())
        paintText(painter, QRectF(12, y, width() - 24, rowHeight), tr("No events yet."), m_theme.font(TextRole::Panel),
                  m_theme.color(Token::Text3));
    for (const EventRecord &event : m_events) {
        if (y + rowHeight > height())
            return;
        const bool bad = event.level != "info";
        const Token token = event.level == "error" ? Token::Failed : bad ? Token::Paused : Token::Text;
        const QString time = QDateTime::fromMSecsSinceEpoch(event.atMs).toString(QStringLiteral("hh:mm:ss"));
        paintText(painter, QRectF(12, y, 60, rowHeight), time, m_theme.font(TextRole::Mono), m_theme.color(Token::Text3));
        if (bad)
            paintIcon(painter, QStringLiteral("warning"), QRectF(77, y + 5, 13, 13), m_theme.color(token));
        else
            paintText(painter, QRectF(81, y, 10, rowHeight), QStringLiteral("·"), m_theme.font(TextRole::Panel),
                      m_theme.color(Token::Text3));
        paintText(painter, QRectF(101, y, width() - 113, rowHeight), coreWords(event.text),
                  m_theme.font(TextRole::Panel), m_theme.color(token));
        y += rowHeight;
    }
}

void EventList::mousePressEvent(QMouseEvent *event)
{
    const auto row = static_cast<std::size_t>(std::max(0.0, (event->position().y() - 2) / rowHeight));
    if (row < m_events.size() && m_events[row].step >= 0)
        Q_EMIT stepChosen(static_cast<double>(m_events[row].step));
}

} // namespace winnow::ui
