#include "ui/bridge/evaluation_runner.h"

#include "ui/support/number_format.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>

namespace winnow::ui {

namespace {
constexpr int patienceMs = 5000; ///< after being asked to end
}

EvaluationRunner::EvaluationRunner(const QString &program, QObject *parent) : QObject(parent), m_program(program) {}

EvaluationRunner::~EvaluationRunner()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->terminate();
    if (!m_process->waitForFinished(patienceMs))
        m_process->kill();
}

QStringList EvaluationRunner::argumentsOf(const Job &job)
{
    QStringList arguments{QStringLiteral("evaluate"), QString::number(job.run.value), QStringLiteral("--store"), job.store,
                          QStringLiteral("--json"), QStringLiteral("--keep"), QStringLiteral("--progress-lines")};
    if (!job.test.isEmpty())
        arguments << QStringLiteral("--test") << job.test;
    if (job.candidates > 0)
        arguments << QStringLiteral("--n") << QString::number(job.candidates);
    if (!job.aggregate.isEmpty())
        arguments << QStringLiteral("--aggregate") << job.aggregate;
    return arguments;
}

void EvaluationRunner::start(const Job &job)
{
    if (m_process) {
        Q_EMIT ended(false, tr("%1 is being evaluated. Wait for it, or cancel it first.").arg(m_job.name));
        return;
    }
    m_job = job;
    if (!QFileInfo(m_program).isExecutable()) {
        Q_EMIT ended(false, tr("The program 'winnow' is not beside this one (%1). Install it, then evaluate.").arg(m_program));
        return;
    }
    m_out.clear();
    m_err.clear();
    m_lastWords.clear();
    m_cancelled = false;
    m_process = new QProcess(this);
    m_process->setProgram(m_program);
    m_process->setArguments(argumentsOf(job));
    m_process->setProcessChannelMode(QProcess::SeparateChannels);
    connect(m_process, &QProcess::readyReadStandardOutput, this, [this] { m_out += m_process->readAllStandardOutput(); });
    connect(m_process, &QProcess::readyReadStandardError, this, &EvaluationRunner::readErr);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(false, tr("The evaluation did not start: %1").arg(m_process->errorString()));
    });
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_out += m_process->readAllStandardOutput();
        readErr();
        if (m_cancelled)
            finish(false, tr("The evaluation of %1 was cancelled; nothing was stored.").arg(m_job.name));
        else if (code == 0 && status == QProcess::NormalExit)
            finish(true, resultText());
        else
            finish(false, tr("The evaluation of %1 failed: %2")
                              .arg(m_job.name, m_lastWords.isEmpty() ? tr("the program ended with status %1.").arg(code) : m_lastWords));
    });
    m_process->start();
    Q_EMIT started();
    Q_EMIT progressed(tr("Reading the test file"), 0, 0);
}

void EvaluationRunner::cancel()
{
    if (!m_process)
        return;
    m_cancelled = true;
    m_process->terminate();
}

void EvaluationRunner::readErr()
{
    static const QRegularExpression progress(QStringLiteral("^progress (\\d+)/(\\d+) "));
    m_err += m_process->readAllStandardError();
    for (qsizetype end = m_err.indexOf('\n'); end >= 0; end = m_err.indexOf('\n')) {
        const QString line = QString::fromUtf8(m_err.left(end)).trimmed();
        m_err.remove(0, end + 1);
        if (const auto match = progress.match(line); match.hasMatch())
            Q_EMIT progressed(tr("Scoring candidates"), match.captured(1).toLongLong(), match.captured(2).toLongLong());
        else if (!line.isEmpty())
            m_lastWords = line;
    }
}

QString EvaluationRunner::resultText() const
{
    const QByteArray last = m_out.trimmed().split('\n').last();
    const QJsonObject result = QJsonDocument::fromJson(last).object();
    const Interval accuracy{result.value(QLatin1String("accuracy")).toDouble(), result.value(QLatin1String("low")).toDouble(),
                            result.value(QLatin1String("high")).toDouble()};
    return tr("%1, best-of-%2: %3, n = %4")
        .arg(m_job.name)
        .arg(result.value(QLatin1String("candidates")).toInteger())
        .arg(percentInterval(accuracy), thousands(result.value(QLatin1String("n")).toInteger()));
}

void EvaluationRunner::finish(bool good, const QString &message)
{
    m_process->disconnect(this);
    m_process->deleteLater();
    m_process = nullptr;
    Q_EMIT ended(good, message);
}

} // namespace winnow::ui
