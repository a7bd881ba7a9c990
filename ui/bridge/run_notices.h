#pragma once

#include "core/store/event_store.h"

#include <QObject>
#include <QString>

namespace winnow::ui {

class StoreSession;

/// Tells of alerts and ends of runs, of whatever program, once each: reads the store's events after the last one it told.
/// What was there when the store was opened is not told again. Lives on the GUI thread.
class RunNotices : public QObject {
    Q_OBJECT
public:
    explicit RunNotices(StoreSession &session, QObject *parent = nullptr);

Q_SIGNALS:
    void noticed(winnow::RunId run, const QString &runName, const QString &text, bool good);

private:
    void begin();
    void look();

    StoreSession &m_session;
    std::int64_t m_last = -1; ///< id of the last event told; -1: not known yet
    bool m_looking = false;
};

/// Shows a notice of the desktop (org.freedesktop.Notifications). Does not wait; without a notification server nothing is
/// shown. Text is plain: what looks like markup is shown as it is written.
void showDesktopNotice(const QString &summary, const QString &text, bool urgent);

} // namespace winnow::ui
