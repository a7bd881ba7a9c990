#include "ui/support/stall_watch.h"

#include "core/base/log.h"

#include <QCoreApplication>
#include <QEvent>
#include <QMetaEnum>

#include <algorithm>

namespace winnow::ui {

namespace {

constexpr double nsPerMs = 1e6;
constexpr std::size_t keptBeats = 40000; // ten minutes

QString eventName(int type)
{
    const char *name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return name ? QString::fromLatin1(name) : QString::number(type);
}

} // namespace

StallWatch::StallWatch(QObject *parent) : QObject(parent)
{
    m_clock.start();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(beatMs);
    connect(&m_timer, &QTimer::timeout, this, &StallWatch::beat);
    m_timer.start();
    qApp->installEventFilter(this);
}

bool StallWatch::eventFilter(QObject *watched, QEvent *event)
{
    note(m_clock.nsecsElapsed());
    m_lastClass = watched->metaObject();
    m_lastType = event->type();
    m_lastObject = watched->objectName(); // shared, not copied
    return false;
}

void StallWatch::note(qint64 now)
{
    const qint64 ms = static_cast<qint64>(static_cast<double>(now - m_lastEvent) / nsPerMs);
    if (m_lastClass && ms > stallMs) {
        ++m_stalls;
        QString where = QStringLiteral("%1 of %2").arg(eventName(m_lastType), QLatin1String(m_lastClass->className()));
        if (!m_lastObject.isEmpty())
            where += QStringLiteral(" \"%1\"").arg(m_lastObject);
        if (!m_command.isEmpty())
            where += QStringLiteral(", last command \"%1\"").arg(m_command);
        logWarning(QStringLiteral("The window was held up for %1 ms by %2.").arg(ms).arg(where).toStdString());
        Q_EMIT stalled(where, ms);
        now = m_clock.nsecsElapsed();
    }
    m_lastEvent = now;
}

void StallWatch::beat()
{
    const qint64 now = m_clock.nsecsElapsed();
    if (m_lastBeat > 0) {
        const float late = static_cast<float>(std::max(0.0, static_cast<double>(now - m_lastBeat) / nsPerMs - beatMs));
        if (m_late.size() < keptBeats)
            m_late.push_back(late);
        else
            m_late[m_next++ % keptBeats] = late;
    }
    m_lastBeat = now;
}

StallWatch::Beats StallWatch::beats() const
{
    Beats beats;
    beats.n = m_late.size();
    if (m_late.empty())
        return beats;
    std::vector<float> sorted = m_late;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
        return static_cast<double>(sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]);
    };
    beats.p50 = at(0.5);
    beats.p99 = at(0.99);
    beats.max = at(1);
    return beats;
}

} // namespace winnow::ui
