#pragma once

#include "core/base/ids.h"

#include <QObject>
#include <QStringList>

class QProcess;

namespace winnow::ui {

/// Evaluates a checkpoint of a run in a process of its own, `winnow evaluate`, so that the window keeps its memory and can
/// end it at any time; nothing is stored before the end. One at a time. Lives on the GUI thread.
class EvaluationRunner : public QObject {
    Q_OBJECT
public:
    struct Job {
        RunId run;
        QString name; ///< of the run, for messages
        QString store;
        QString test; ///< file; empty: that of the run
        qint64 candidates = 0; ///< 0: as the run
        QString aggregate;     ///< empty: as the run
    };
    /// `program`: path of `winnow`.
    explicit EvaluationRunner(const QString &program, QObject *parent = nullptr);
    ~EvaluationRunner() override;

    bool busy() const { return m_process != nullptr; }
    const Job &job() const { return m_job; }
    /// Refused with a message through ended() when one is at work or the program is not there.
    void start(const Job &job);
    void cancel();
    static QStringList argumentsOf(const Job &job);

Q_SIGNALS:
    void started();
    /// `total` 0: not known yet.
    void progressed(const QString &phase, qint64 done, qint64 total);
    void ended(bool good, const QString &message);

private:
    void readErr();
    void finish(bool good, const QString &message);
    QString resultText() const;

    QString m_program;
    Job m_job;
    QProcess *m_process = nullptr;
    QByteArray m_out;
    QByteArray m_err; ///< a line that has not ended
    QString m_lastWords; ///< the last line that was no progress
    bool m_cancelled = false;
};

} // namespace winnow::ui
