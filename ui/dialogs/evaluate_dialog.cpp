#include "ui/dialogs/evaluate_dialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <map>
#include <string_view>

namespace winnow::ui {

namespace {

/// A run that has something to score: it was begun, and its folder is still there.
bool hasCheckpoint(const RunRow &row)
{
    return !row.deleted && (!row.record.result.selectedCheckpoint.empty() || !row.record.result.lastCheckpoint.empty() ||
                            (!row.record.folder.empty() && row.record.step > 0));
}

QString checkpointText(const RunRow &row)
{
    const RunResult &result = row.record.result;
    if (!result.selectedCheckpoint.empty())
        return EvaluateDialog::tr("iteration %1, chosen by the hold-out").arg(thousands(result.selectedStep));
    if (!result.lastCheckpoint.empty())
        return EvaluateDialog::tr("iteration %1, the last").arg(thousands(result.steps));
    return EvaluateDialog::tr("the newest of the run");
}

/// As the Evaluation page names it; the names themselves are those of the command line.
QString scoreInWords(std::string_view name)
{
    static const std::map<std::string_view, QString> words{
        {"mean", EvaluateDialog::tr("Mean")},         {"min", EvaluateDialog::tr("Min")},
        {"max", EvaluateDialog::tr("Max")},           {"log_mean", EvaluateDialog::tr("Log-mean")},
        {"last", EvaluateDialog::tr("Last", "step")}, {"sum_log", EvaluateDialog::tr("Sum of logs")}};
    const auto found = words.find(name);
    return found == words.end() ? QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())) : found->second;
}

} // namespace

EvaluateDialog::EvaluateDialog(const Theme &theme, EvaluationRunner &runner, const RunRows &runs, RunId chosen,
                               const QString &store, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_runner(runner), m_store(store)
{
    setWindowTitle(tr("Evaluate a run"));
    setObjectName(QStringLiteral("evaluate"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setFixedWidth(theme.scaled(620));
    for (const RunRow &row : runs)
        if (hasCheckpoint(row))
            m_rows.push_back(row);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 18);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(theme, tr("Evaluate a run"), TextRole::PageTitle));
    auto *about = new TextLabel(theme, tr("Scores every candidate of a test file with a checkpoint and picks the best of N. "
                                          "The work is done by a process of its own and stored with the run."),
                                TextRole::Panel, "text2");
    about->setWordWrap(true);
    layout->addWidget(about);
    buildFields(layout);
    m_words = new TextLabel(theme, {}, TextRole::Panel, "text2");
    m_words->setWordWrap(true);
    m_words->setObjectName(QStringLiteral("words"));
    layout->addWidget(m_words);
    m_progress = new ProgressBar(theme, 6, Token::Running);
    layout->addWidget(m_progress);
    buildFoot(layout);
    for (const RunRow &row : m_rows) {
        m_run->addItem(row.name());
        if (row.id() == chosen)
            m_run->setCurrentIndex(m_run->count() - 1);
    }
    runChosen();
    connect(&runner, &EvaluationRunner::progressed, this, [this](const QString &phase, qint64 done, qint64 total) {
        m_words->setText(total > 0 ? tr("%1: %2 of %3").arg(phase, thousands(done), thousands(total)) : phase);
        m_progress->setShare(total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0);
    });
    connect(&runner, &EvaluationRunner::ended, this, [this](bool good, const QString &message) {
        m_words->setText(message);
        m_words->setColorRole(good ? "text" : "failed");
        m_progress->setShare(good ? 1 : 0);
        m_show->setVisible(good);
        showState();
    });
    showState();
    if (runner.busy())
        m_words->setText(tr("%1 is being evaluated").arg(runner.job().name));
}

void EvaluateDialog::addField(QGridLayout *grid, int row, const QString &name, QWidget *editor, const QString &hint)
{
    auto *label = new TextLabel(m_theme, name, TextRole::Panel, "text2");
    label->setBuddy(editor);
    editor->setAccessibleName(name);
    editor->setToolTip(hint.toHtmlEscaped());
    grid->addWidget(label, row, 0);
    grid->addWidget(editor, row, 1);
}

void EvaluateDialog::buildFields(QVBoxLayout *layout)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    m_run = new ChoiceField(m_theme);
    addField(grid, 0, tr("Run"), m_run, tr("Runs that have a checkpoint"));
    connect(m_run, &QComboBox::currentIndexChanged, this, &EvaluateDialog::runChosen);
    grid->addWidget(new TextLabel(m_theme, tr("Checkpoint"), TextRole::Panel, "text2"), 1, 0);
    m_checkpoint = new TextLabel(m_theme, {}, TextRole::Panel, "text");
    grid->addWidget(m_checkpoint, 1, 1);
    m_test = new QLineEdit;
    m_test->setObjectName(QStringLiteral("test"));
    addField(grid, 2, tr("Test file"), m_test, tr("JSON of questions with candidates (MMMU-Pro form)"));
    m_browse = new Button(m_theme, tr("Browse…"));
    connect(m_browse, &Button::clicked, this, &EvaluateDialog::browse);
    grid->addWidget(m_browse, 2, 2);
    connect(m_test, &QLineEdit::textChanged, this, &EvaluateDialog::judge);
    m_candidates = new QLineEdit;
    m_candidates->setObjectName(QStringLiteral("candidates"));
    m_candidates->setValidator(new QIntValidator(1, 100000, m_candidates));
    m_candidates->setMaximumWidth(m_theme.scaled(90));
    addField(grid, 3, tr("Candidates"), m_candidates, tr("N of best-of-N"));
    connect(m_candidates, &QLineEdit::textChanged, this, &EvaluateDialog::judge);
    m_aggregate = new ChoiceField(m_theme);
    for (const auto &name : ChoiceNames<Aggregation>::names)
        m_aggregate->addItem(scoreInWords(name), QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    addField(grid, 4, tr("Score"), m_aggregate, tr("One score of a candidate from p(+) of its steps"));
    layout->addLayout(grid);
}

void EvaluateDialog::buildFoot(QVBoxLayout *layout)
{
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch();
    auto *close = new Button(m_theme, tr("Close"), Button::Kind::Flat);
    close->setKeyHint(QStringLiteral("Esc"));
    connect(close, &Button::clicked, this, &QDialog::reject);
    foot->addWidget(close);
    m_cancel = new Button(m_theme, tr("Cancel the evaluation"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    connect(m_cancel, &Button::clicked, &m_runner, &EvaluationRunner::cancel);
    foot->addWidget(m_cancel);
    m_show = new Button(m_theme, tr("Show it"));
    m_show->hide();
    connect(m_show, &Button::clicked, this, [this] {
        Q_EMIT showRequested(m_runner.job().run);
        accept();
    });
    foot->addWidget(m_show);
    m_start = new Button(m_theme, tr("Evaluate"), Button::Kind::Filled);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setShortcut(QKeySequence(QStringLiteral("Ctrl+Return")));
    connect(m_start, &Button::clicked, this, [this] {
        m_show->hide();
        m_words->setColorRole("text2");
        m_runner.start(job());
        showState();
    });
    foot->addWidget(m_start);
    layout->addLayout(foot);
}

const RunRow *EvaluateDialog::run() const
{
    const auto index = static_cast<std::size_t>(m_run->currentIndex());
    return m_run->currentIndex() >= 0 && index < m_rows.size() ? &m_rows[index] : nullptr;
}

EvaluationRunner::Job EvaluateDialog::job() const
{
    const RunRow *row = run();
    if (!row)
        return {};
    return {row->id(), row->name(), m_store, m_test->text().trimmed(), m_candidates->text().toLongLong(),
            m_aggregate->currentData().toString()};
}

void EvaluateDialog::runChosen()
{
    const RunRow *row = run();
    if (!row)
        return judge();
    m_checkpoint->setText(checkpointText(*row));
    const auto &settings = row->options.evaluation;
    m_test->setText(QString::fromStdString(row->options.data.test));
    m_candidates->setText(QString::number(settings.candidates));
    const auto name = choiceName(settings.aggregate);
    const QString aggregate = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    m_aggregate->setCurrentIndex(m_aggregate->findData(aggregate));
    judge();
}

void EvaluateDialog::browse()
{
    auto *dialog = new QFileDialog(this, tr("Test file"), QFileInfo(m_test->text()).path(), tr("Rows (*.json *.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_test, &QLineEdit::setText);
    dialog->open();
}

QString EvaluateDialog::problem() const
{
    const QString file = m_test->text().trimmed();
    if (m_rows.empty())
        return tr("No run has a checkpoint yet.");
    if (file.isEmpty())
        return tr("Name a test file.");
    if (!QFileInfo::exists(file))
        return tr("There is no file %1.").arg(file);
    return m_candidates->text().toLongLong() < 1 ? tr("Candidates must be 1 or more.") : QString();
}

void EvaluateDialog::judge()
{
    if (m_runner.busy())
        return;
    m_words->setText(problem());
    m_words->setColorRole("text2");
    m_start->setEnabled(problem().isEmpty());
}

void EvaluateDialog::showState()
{
    const bool busy = m_runner.busy();
    m_cancel->setVisible(busy);
    m_progress->setVisible(busy);
    for (QWidget *editor : {static_cast<QWidget *>(m_run), static_cast<QWidget *>(m_test), static_cast<QWidget *>(m_browse),
                            static_cast<QWidget *>(m_candidates), static_cast<QWidget *>(m_aggregate)})
        editor->setEnabled(!busy);
    m_start->setEnabled(!busy && problem().isEmpty());
}

void EvaluateDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), 0, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
}

} // namespace winnow::ui
