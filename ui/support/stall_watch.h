#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <vector>

namespace winnow::ui {

/// Watches the GUI thread: a timer of 16 ms is its heartbeat, and every event is noted on its way. When more than 50 ms pass
/// from one event to the next, the handler in between held the window up: that is logged with the name of its object, of the
/// command that was last chosen, and how long it took. Lives on the GUI thread; one object a program.
class StallWatch : public QObject {
    Q_OBJECT
public:
    static constexpr int beatMs = 16;
    static constexpr int stallMs = 50;

    explicit StallWatch(QObject *parent = nullptr);

    /// The command that is being carried out, for the log.
    void setCommand(const QString &name) { m_command = name; }
    struct Beats {
        std::size_t n = 0;
        double p50 = 0, p99 = 0, max = 0; ///< ms by which a heartbeat came late
    };
    Beats beats() const;
    int stalls() const { return m_stalls; }

Q_SIGNALS:
    void stalled(const QString &where, qint64 ms);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void beat();
    void note(qint64 now);

    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_lastBeat = 0;  ///< ns
    qint64 m_lastEvent = 0; ///< ns
    QString m_lastObject;   ///< name of the object whose event is being handled
    const QMetaObject *m_lastClass = nullptr;
    int m_lastType = 0;
    QString m_command;
    std::vector<float> m_late; ///< ms, the newest ones in a ring
    std::size_t m_next = 0;
    int m_stalls = 0;
};

} // namespace winnow::ui
