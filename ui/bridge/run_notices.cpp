#include "ui/bridge/run_notices.h"

#include "core/store/run_store.h"
#include "ui/bridge/store_session.h"
#include "ui/support/words.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>

namespace winnow::ui {

namespace {

struct Notice {
    EventRecord event;
    std::string runName;
};

struct News {
    std::int64_t last = 0;
    std::vector<Notice> notices;
};

Result<News> newsAfter(StoreReader &reader, std::int64_t after)
{
    EventStore events(reader.database());
    News news;
    if (after < 0) {
        WINNOW_ASSIGN(news.last, events.lastId());
        return news;
    }
    news.last = after;
    const auto found = events.noticesAfter(after);
    if (!found.ok())
        return found.error();
    for (const EventRecord &event : *found) {
        const auto run = RunStore(reader.database()).get(event.run);
        if (!run.ok())
            return run.error();
        news.notices.push_back({event, run->name});
        news.last = event.id;
    }
    return news;
}

} // namespace

RunNotices::RunNotices(StoreSession &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &StoreSession::opened, this, &RunNotices::begin);
    connect(&session, &StoreSession::changed, this, &RunNotices::look);
    if (session.isOpen())
        begin();
}

void RunNotices::begin()
{
    m_last = -1;
    look();
}

void RunNotices::look()
{
    if (m_looking)
        return;
    m_looking = true;
    m_session.request<News>(
        this, [after = m_last](StoreReader &reader) { return newsAfter(reader, after); },
        [this](const Result<News> &news) {
            m_looking = false;
            if (!news.ok())
                return; // asked again at the next change
            m_last = news->last;
            for (const Notice &notice : news->notices)
                Q_EMIT noticed(notice.event.run, QString::fromStdString(notice.runName),
                               coreWords(notice.event.text), notice.event.level == "info");
        });
}

void showDesktopNotice(const QString &summary, const QString &text, bool urgent)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    const QString service = QStringLiteral("org.freedesktop.Notifications");
    QDBusMessage message = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"), service,
                                                          QStringLiteral("Notify"));
    QVariantMap hints;
    hints.insert(QStringLiteral("urgency"), QVariant::fromValue<uchar>(urgent ? 2 : 1));
    hints.insert(QStringLiteral("desktop-entry"), QStringLiteral("org.winnow.Winnow"));
    constexpr int serversChoice = -1;
    // Servers read markup in the body, not in the summary.
    message << QStringLiteral("Winnow") << uint(0) << QStringLiteral("org.winnow.Winnow") << summary << text.toHtmlEscaped()
            << QStringList() << hints << serversChoice;
    bus.asyncCall(message);
}

} // namespace winnow::ui
