#include "ui/dialogs/preflight_dialog.h"

#include "core/base/options.h"
#include "ui/support/number_format.h"
#include "ui/support/words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/text_label.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <atomic>

namespace winnow::ui
{

namespace
{

using Severity = PreflightFinding::Severity;

constexpr int aMoment = 150; // milliseconds before the dialog shows that something is done

/// Icon of a finding, in its colour.
class FindingIcon : public QWidget
{
public:
    FindingIcon(const Theme &theme, Severity severity) : m_theme(theme), m_severity(severity) { setFixedSize(16, 18); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Token token = m_severity == Severity::Problem ? Token::Failed
            : m_severity == Severity::Warning               ? Token::Interrupted
                                                            : Token::Text3;
        paintIcon(painter,
                  m_severity == Severity::Problem       ? QStringLiteral("cross")
                      : m_severity == Severity::Warning ? QStringLiteral("warning")
                                                        : QStringLiteral("check"),
                  QRectF(0, 2, 14, 14), m_theme.color(token));
    }

private:
    const Theme &m_theme;
    Severity m_severity;
};

QString labelOf(const std::string &key)
{
    for (const OptionInfo &info : optionSchema()) {
        if (info.key == key)
            return QString::fromStdString(info.label);
    }
    return QString::fromStdString(key);
}

} // namespace

PreflightDialog::PreflightDialog(const Theme &theme, const Question &question, QWidget *parent)
    : QDialog(parent),
      m_theme(theme),
      m_question(question),
      m_stop(std::make_shared<StopFlag>()),
      m_head(new TextLabel(theme, tr("Looking at the files of the run"), TextRole::PageTitle)),
      m_detail(new TextLabel(theme, {}, TextRole::Panel, "text2")),
      m_list(new QWidget),
      m_findings(new QVBoxLayout(m_list)),
      m_back(new Button(theme, tr("Cancel"))),
      m_start(new Button(theme, tr("Start anyway"), Button::Kind::Filled))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Check before the start"));
    setObjectName(QStringLiteral("preflight"));
    setModal(true);
    setFixedWidth(theme.scaled(640));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(8);
    m_head->setWordWrap(true);
    m_head->setObjectName(QStringLiteral("preflight-head"));
    layout->addWidget(m_head);
    m_detail->setWordWrap(true);
    m_detail->setObjectName(QStringLiteral("preflight-detail"));
    layout->addWidget(m_detail);
    m_findings->setContentsMargins(0, 4, 8, 4);
    m_findings->setSpacing(10);
    auto *scroll = new PlainScroll;
    scroll->setContent(m_list);
    scroll->setMinimumHeight(theme.scaled(60));
    layout->addWidget(scroll, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch();
    m_back->setObjectName(QStringLiteral("preflight-back"));
    connect(m_back, &Button::clicked, this, &QDialog::reject);
    row->addWidget(m_back);
    m_start->setObjectName(QStringLiteral("preflight-start"));
    m_start->setKeyHint(QStringLiteral("Ctrl ↵"));
    m_start->setShortcut(QKeySequence(QStringLiteral("Ctrl+Return")));
    m_start->hide();
    connect(m_start, &Button::clicked, this, [this] {
        accept();
        Q_EMIT passed();
    });
    row->addWidget(m_start);
    layout->addLayout(row);
    connect(this, &QDialog::rejected, this, [this] { m_stop->requestStop(); });
}

PreflightDialog::~PreflightDialog()
{
    m_stop->requestStop();
}

void PreflightDialog::begin()
{
    m_looking = true;
    QTimer::singleShot(aMoment, this, [this] {
        if (m_looking)
            open();
    });
    PreflightContext context;
    context.earlier = m_question.earlier;
    context.runsFolder = m_question.runsFolder.toStdString();
    QCoreApplication *application = QCoreApplication::instance();
    const QPointer<PreflightDialog> guard(this);
    const auto busy = std::make_shared<std::atomic<bool>>(false);
    context.progress = [guard, application, busy](const std::string &key, std::int64_t at) {
        if (busy->exchange(true)) // the window has not shown the last one yet
            return;
        QMetaObject::invokeMethod(
            application,
            [guard, key, at, busy] {
                *busy = false;
                if (guard && guard->m_looking)
                    guard->m_detail->setText(key == "data" ? tr("Looking for rows that the files share")
                                                           : tr("%1, row %2").arg(labelOf(key), thousands(at)));
            },
            Qt::QueuedConnection);
    };
    QThreadPool::globalInstance()->start(
        [guard, application, context, options = m_question.options, stop = m_stop]() mutable {
            context.stop = stop.get();
            auto result = std::make_shared<Result<Preflight>>(preflight(options, context));
            QMetaObject::invokeMethod(
                application,
                [guard, result] {
                    if (guard)
                        guard->finish(*result);
                },
                Qt::QueuedConnection);
        });
}

void PreflightDialog::finish(const Result<Preflight> &result)
{
    m_looking = false;
    if (m_stop->stopRequested())
        return; // it is being closed
    if (!result.ok()) {
        m_head->setText(tr("The files could not be looked at"));
        m_detail->setText(coreWords(result.error().message));
        open();
        return;
    }
    const Preflight &found = *result;
    const bool clean = std::none_of(found.findings.begin(), found.findings.end(),
                                    [](const PreflightFinding &f) { return f.severity != Severity::Info; });
    if (m_question.starting && found.canStart() && (clean || found.overlaps.empty())) {
        Q_EMIT passed(); // warnings are kept with the run, among its events
        accept();
        deleteLater(); // it may never have been open
        return;
    }
    showFindings(found);
    open();
}

QString PreflightDialog::verdict(const Preflight &found) const
{
    const auto problems = std::count_if(found.findings.begin(), found.findings.end(),
                                        [](const PreflightFinding &f) { return f.severity == Severity::Problem; });
    if (problems > 0)
        return problems == 1 ? tr("The run cannot start: 1 problem")
                             : tr("The run cannot start: %1 problems").arg(problems);
    if (!found.overlaps.empty())
        return tr("The files share rows");
    return tr("The run can start");
}

void PreflightDialog::showFindings(const Preflight &found)
{
    m_head->setText(verdict(found));
    QStringList files;
    for (const PreflightFile &file : found.files)
        files << tr("%1: %2 of %3 rows")
                     .arg(labelOf("data." + file.role), thousands(file.rowsKept), thousands(file.rowsRead));
    m_detail->setText(files.join(QStringLiteral(" · ")));
    m_detail->setVisible(!files.isEmpty());
    for (const PreflightFinding &finding : found.findings)
        addFinding(finding.severity, labelOf(finding.key), coreWords(finding.text));
    const RunEstimate &needs = found.estimate;
    QStringList estimate;
    if (needs.seconds)
        estimate << tr("about %1").arg(estimateText(*needs.seconds));
    if (needs.memory > 0)
        estimate << tr("%1 of memory").arg(megabytes(needs.memory));
    if (needs.checkpoint > 0)
        estimate << tr("%1 each checkpoint, disk free %2").arg(megabytes(needs.checkpoint), gigabytes(needs.diskFree));
    if (!estimate.isEmpty())
        addFinding(Severity::Info, tr("Needs"), estimate.join(QStringLiteral(", ")));
    m_findings->addStretch();
    const bool mayStart = m_question.starting && found.canStart();
    m_start->setVisible(mayStart);
    m_start->setText(tr("%1 anyway").arg(m_question.action));
    m_back->setText(mayStart ? tr("Back") : tr("Close"));
    m_back->setFocus(); // nobody confirms by a stray Enter
    setMinimumHeight(std::min(m_theme.scaled(520), m_theme.scaled(150) + m_list->sizeHint().height()));
}

void PreflightDialog::addFinding(Severity severity, const QString &key, const QString &text)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new FindingIcon(m_theme, severity), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    if (!key.isEmpty())
        words->addWidget(new TextLabel(m_theme, key, TextRole::Label, "text3"));
    auto *label = new TextLabel(m_theme, text, TextRole::Panel, severity == Severity::Problem ? "failed" : "text");
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(label);
    row->addLayout(words, 1);
    m_findings->addLayout(row);
}

void PreflightDialog::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Token::Surface));
}

} // namespace winnow::ui
