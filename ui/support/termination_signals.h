#pragma once

#include <QObject>

class QSocketNotifier;

namespace winnow::ui {

/// Tells the window of SIGTERM, SIGINT and SIGHUP, on the GUI thread. The signals keep their meaning for programs that the
/// window starts. One object a process; lives on the GUI thread.
class TerminationSignals : public QObject {
    Q_OBJECT
public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void asked();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace winnow::ui
