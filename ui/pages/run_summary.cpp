#include "ui/pages/run_summary.h"

#include "core/eval/statistics.h"
#include "ui/pages/lineage_card.h"
#include "ui/pages/page.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/run_badge.h"
#include "ui/widgets/text_label.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

QString whenText(std::int64_t ms)
{
    if (ms == 0)
        return QObject::tr("not started");
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(ms);
    if (when.date() == QDate::currentDate())
        return QObject::tr("today %1").arg(when.toString(QStringLiteral("hh:mm")));
    return when.toString(QObject::tr("d MMM yyyy, hh:mm"));
}

/// What a run reads the file for.
QString roleInWords(const QString &role)
{
    if (role == QLatin1String("train"))
        return QObject::tr("train");
    if (role == QLatin1String("meta"))
        return QObject::tr("meta");
    if (role == QLatin1String("test"))
        return QObject::tr("test");
    return role == QLatin1String("holdout") ? QObject::tr("holdout") : role;
}

QString valueText(const RunOptions &options, const std::string &key)
{
    const OptionValue value = optionValue(options, key);
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return QString::number(*whole);
    if (const auto *real = std::get_if<double>(&value))
        return QString::number(*real, 'g', 6);
    return QString::fromStdString(std::get<std::string>(value));
}

/// What a part of the environment is called; one of another version keeps its name, with a capital like its neighbours.
QString environmentWords(const QString &key)
{
    const std::pair<const char *, QString> known[] = {
        {"system", RunSummary::tr("System")}, {"compiler", RunSummary::tr("Compiler")}, {"build", RunSummary::tr("Build")},
        {"libtorch", QStringLiteral("LibTorch")}, {"driver", RunSummary::tr("Driver")}, {"cores", RunSummary::tr("Cores")}};
    for (const auto &[name, words] : known)
        if (key == QLatin1String(name))
            return words;
    return key.left(1).toUpper() + key.mid(1);
}

/// Of runs that answered different questions: wider than over the same ones.
Interval unpairedDifference(const RunRow &run, const RunRow &reference)
{
    const double difference = run.accuracy->value - reference.accuracy->value;
    const auto variance = [](const RunRow &r) {
        return r.accuracy->value * (1 - r.accuracy->value) / static_cast<double>(std::max<std::int64_t>(1, r.questions));
    };
    const double half = 1.96 * std::sqrt(variance(run) + variance(reference));
    return {difference, difference - half, difference + half};
}

void clear(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

RunSummary::RunSummary(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedWidth(theme.scaled(308));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    auto *scroll = new PlainScroll;
    m_content = new QWidget;
    m_content->setAutoFillBackground(false);
    m_rows = new QVBoxLayout(m_content);
    scroll->setContent(m_content);
    layout->addWidget(scroll, 1);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    auto *hint = new TextLabel(theme, tr("Space opens or closes this panel"), TextRole::Caption, "text3");
    hint->setContentsMargins(15, 12, 12, 14);
    layout->addWidget(hint);
}

void RunSummary::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Surface));
    painter.fillRect(QRect(0, 0, 1, height()), m_theme.color(Token::Border));
}

void RunSummary::addSection(const QString &title)
{
    if (m_rows->count() > 0) {
        m_rows->addSpacing(8);
        auto *rule = new Rule(m_theme, Qt::Horizontal);
        m_rows->addWidget(rule);
        m_rows->addSpacing(8);
    }
    auto *label = new TextLabel(m_theme, title, TextRole::Label, "text3");
    label->setContentsMargins(15, 0, 12, 2);
    m_rows->addWidget(label);
}

void RunSummary::addLine(const QString &name, const QString &value, const char *role, const QString &tip)
{
    m_rows->addWidget(line(name, value, role, tip));
}

QWidget *RunSummary::line(const QString &name, const QString &value, const char *role, const QString &tip)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(15, 0, 15, 0);
    row->setSpacing(8);
    auto *left = new TextLabel(m_theme, name, TextRole::Panel, "text2");
    auto *right = new TextLabel(m_theme, value, TextRole::Mono, role);
    right->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // What does not fit is taken from the longer side: a figure keeps its interval.
    const int room = m_theme.scaled(308) - 46;
    const bool longValue = right->sizeHint().width() > room * 3 / 4;
    (longValue ? right : left)->setElide(Qt::ElideMiddle);
    (longValue ? right : left)->setToolTip((longValue ? value : name).toHtmlEscaped());
    if (!tip.isEmpty())
        right->setToolTip(tip.toHtmlEscaped());
    row->addWidget(left, longValue ? 0 : 1);
    row->addWidget(right, longValue ? 1 : 0);
    auto *holder = new QWidget;
    holder->setLayout(row);
    holder->setFixedHeight(m_theme.scaled(24));
    return holder;
}

void RunSummary::addHead(const RunRow &run)
{
    auto *name = new TextLabel(m_theme, run.name(), TextRole::BodyStrong);
    name->setElide(Qt::ElideMiddle);
    name->setToolTip(run.name().toHtmlEscaped());
    name->setContentsMargins(15, 14, 15, 0);
    m_rows->addWidget(name);
    auto *state = new QHBoxLayout;
    state->setContentsMargins(15, 0, 15, 0);
    state->setSpacing(10);
    auto *badge = new Badge(m_theme);
    badge->setLook(stateBadge(run.record.state));
    state->addWidget(badge);
    auto *when = new TextLabel(m_theme,
                               tr("%1 · %2 iterations").arg(whenText(run.record.startedMs), thousands(run.record.step)),
                               TextRole::Caption, "text3");
    when->setElide(Qt::ElideRight);
    state->addWidget(when, 1);
    m_rows->addLayout(state);
    m_rows->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(15, 0, 15, 0);
    buttons->setSpacing(6);
    const auto add = [&](const QString &text, const QString &icon, auto signal) {
        auto *button = new Button(m_theme, text);
        button->setSmall(true);
        button->setIconName(icon);
        connect(button, &Button::clicked, this, signal);
        buttons->addWidget(button);
    };
    add(tr("Open"), QStringLiteral("live"), &RunSummary::openRequested);
    if (run.record.resumable())
        add(tr("Resume"), QStringLiteral("resume"), &RunSummary::resumeRequested);
    else
        add(tr("Samples"), QStringLiteral("samples"), &RunSummary::samplesRequested);
    add(tr("Clone…"), QStringLiteral("clone"), &RunSummary::cloneRequested);
    buttons->addStretch();
    m_rows->addLayout(buttons);
}

void RunSummary::addResult(const RunRow &run, const RunRow *reference)
{
    addSection(tr("Result"));
    const auto candidates = run.options.evaluation.candidates;
    if (run.accuracy)
        addLine(tr("Best-of-%1, n = %2").arg(candidates).arg(thousands(run.questions)), percentInterval(*run.accuracy));
    else
        addLine(tr("Best-of-%1").arg(candidates), run.active() ? tr("after the run") : tr("not evaluated"), "text3");
    if (run.accuracy && reference && reference->accuracy && reference->id() != run.id() && run.questions > 0) {
        m_reference = reference->id();
        m_referenceName = reference->name();
        m_unpaired = unpairedDifference(run, *reference);
        auto *holder = new QWidget;
        m_againstRows = new QVBoxLayout(holder);
        m_againstRows->setContentsMargins(0, 0, 0, 0);
        m_againstRows->setSpacing(0);
        m_rows->addWidget(holder);
        fillAgainst();
    }
    for (const OtherEvaluation &other : run.otherEvaluations)
        addLine(tr("%1, best-of-%2, n = %3").arg(other.data).arg(other.candidates).arg(thousands(other.n)),
                percentInterval(other.accuracy), "text",
                tr("Asked for: the checkpoint of iteration %1 on %2. 95% Wilson interval.").arg(thousands(other.step)).arg(other.data));
    if (run.auroc)
        addLine(tr("AUROC, n = %1").arg(thousands(run.samples)), rateInterval(*run.auroc), "text",
                tr("Chance that a known flipped sample weighs less than a clean one; ties count half. 95% DeLong interval, "
                   "weights of iteration %1.").arg(thousands(run.aurocStep)));
    if (run.precisionAt) {
        const auto hits = std::llround(*run.precisionAt * static_cast<double>(run.precisionK));
        const winnow::Interval wilson = wilsonInterval(hits, run.precisionK);
        addLine(tr("Precision, lowest %1").arg(thousands(run.precisionK)), rateInterval({*run.precisionAt, wilson.low, wilson.high}),
                "text", tr("Share of known flipped samples among those with the lowest weights. 95% Wilson interval."));
    }
    if (run.effective)
        addLine(tr("Effective sample size"),
                tr("%1 of %2").arg(thousands(std::llround(*run.effective)), thousands(run.samples)), "text",
                tr("Effective sample size: (sum w)² / sum w². %1 means all weigh the same.").arg(thousands(run.samples)));
    if (!run.record.error.empty())
        addLine(tr("Error"), coreWords(run.record.error), "failed");
}

void RunSummary::addDifferences(const RunRow &run, const RunRow *parent)
{
    if (!run.optionsValid)
        return;
    addSection(parent ? tr("Settings that differ from parent") : tr("Settings that differ from the defaults"));
    const RunOptions base = parent && parent->optionsValid ? parent->options : RunOptions();
    const std::vector<std::string> keys = optionDifferences(base, run.options);
    int shown = 0;
    for (const std::string &key : keys) {
        if (key == "name" || key == "seed")
            continue;
        ++shown;
        addLine(QString::fromStdString(key), valueText(run.options, key), "selline");
    }
    if (shown == 0)
        addLine(tr("None"), {});
    if (m_showAll)
        for (const OptionInfo &option : optionSchema())
            if (std::find(keys.begin(), keys.end(), option.key) == keys.end())
                addLine(QString::fromStdString(option.key), valueText(run.options, option.key), "text2");
    auto *all = new Button(m_theme, m_showAll ? tr("Show only these") : tr("Show all %1").arg(optionSchema().size()), Button::Kind::Link);
    connect(all, &Button::clicked, this, [this] {
        m_showAll = !m_showAll;
        Q_EMIT showAllToggled();
    });
    auto *row = new QHBoxLayout;
    row->setContentsMargins(15, 0, 15, 0);
    row->addWidget(all);
    row->addStretch();
    m_rows->addLayout(row);
}

void RunSummary::addProvenance(const RunRow &run)
{
    addSection(tr("Provenance"));
    addLine(tr("Parent"), run.parentName.isEmpty() ? QStringLiteral("–") : run.parentName);
    if (run.data.empty())
        addLine(tr("Data"), tr("read when the run starts"), "text3");
    for (const RunData &file : run.data)
        addLine(tr("Data, %1").arg(roleInWords(file.role)),
                QStringLiteral("%1 · %2").arg(file.name, file.sha256.left(6)), "text", QStringLiteral("%1\nSHA-256 %2").arg(file.path, file.sha256));
    const CodeVersion code = codeVersionOf(QString::fromStdString(run.record.codeVersion));
    addLine(tr("Code"), code.commit.isEmpty() ? code.version : QStringLiteral("%1 · %2").arg(code.version, code.commit), "text",
            QString::fromStdString(run.record.codeVersion));
    addLine(tr("Changes not committed"), code.commit.isEmpty() ? tr("unknown, no Git") : code.dirty ? tr("patch %1").arg(code.patch) : tr("none"),
            code.dirty ? "selline" : "text");
    addLine(tr("Device"), run.record.device.empty() ? tr("not started") : coreWords(run.record.device));
    addLine(tr("Seed, threads"), QStringLiteral("%1, %2").arg(run.record.seed).arg(run.record.threads));
    const QJsonObject environment = QJsonDocument::fromJson(QByteArray::fromStdString(run.record.environment)).object();
    for (auto entry = environment.begin(); entry != environment.end(); ++entry)
        addLine(environmentWords(entry.key()), entry.value().toVariant().toString());
    if (!environment.contains(QStringLiteral("driver")))
        addLine(environmentWords(QStringLiteral("driver")), tr("no GPU driver"), "text3");
    if (run.optionsValid) {
        auto *copy = new Button(m_theme, tr("Copy command"), Button::Kind::Link);
        copy->setToolTip(tr("A command that repeats this run without the window"));
        connect(copy, &Button::clicked, this, &RunSummary::copyCommandRequested);
        auto *row = new QHBoxLayout;
        row->setContentsMargins(15, 2, 15, 0);
        row->addWidget(copy);
        row->addStretch();
        m_rows->addLayout(row);
    }
}

CodeVersion codeVersionOf(const QString &text)
{
    CodeVersion code;
    code.version = text.section(QLatin1Char('+'), 0, 0);
    QString commit = text.section(QLatin1Char('+'), 1);
    if (const auto dirty = commit.indexOf(QLatin1String("-dirty")); dirty >= 0) {
        code.dirty = true;
        code.patch = commit.mid(dirty + 7);
        if (code.patch.isEmpty())
            code.patch = QObject::tr("of unknown content");
        commit.truncate(dirty);
    }
    code.commit = commit;
    return code;
}

void RunSummary::setLineage(RunId run, const std::vector<LineagePair> &pairs)
{
    m_lineageOf = run;
    m_lineage = pairs;
    fillLineage();
}

void RunSummary::setDifference(RunId run, RunId reference, const Result<std::optional<PairedDifference>> &difference)
{
    m_difference = KnownDifference{run, reference, difference};
    fillAgainst();
}

void RunSummary::fillAgainst()
{
    if (!m_againstRows)
        return;
    clear(m_againstRows);
    const QString name = tr("Against %1").arg(m_referenceName);
    if (!m_difference || m_difference->run != m_run || m_difference->reference != m_reference) {
        m_againstRows->addWidget(line(name, QStringLiteral("…"), "text3", tr("Comparing question by question…")));
    } else if (const auto &known = m_difference->value; !known.ok()) {
        m_againstRows->addWidget(line(name, QStringLiteral("–"), "text3", coreWords(known.error().message)));
    } else if (const auto &paired = known.value()) {
        m_againstRows->addWidget(line(name, differenceText(paired->interval), "text",
                                      tr("This run minus %1 over the same %2 questions, best-of-%3. 95% interval by paired bootstrap: "
                                         "both runs on the same draws of questions, as on Compare.")
                                          .arg(m_referenceName, thousands(paired->questions), QString::number(paired->candidates))));
    } else {
        m_againstRows->addWidget(line(name, differenceText(m_unpaired), "text",
                                      tr("This run minus %1. 95% interval from the two accuracies alone, which is wider than over the "
                                         "same questions: the runs were evaluated on different ones, or their scores are not kept.")
                                          .arg(m_referenceName)));
        auto *note = new TextLabel(m_theme, tr("unpaired: not the same questions"), TextRole::Caption, "text3");
        note->setContentsMargins(15, 0, 15, 2);
        note->setAlignment(Qt::AlignRight);
        m_againstRows->addWidget(note);
    }
}

void RunSummary::fillLineage()
{
    if (!m_lineageRows || m_lineageOf != m_run)
        return;
    clear(m_lineageRows);
    if (m_lineage.empty())
        return;
    m_lineageRows->addSpacing(8);
    m_lineageRows->addWidget(new Rule(m_theme, Qt::Horizontal));
    auto *title = new TextLabel(m_theme, tr("Corrected data, before and after"), TextRole::Label, "text3");
    title->setContentsMargins(15, 8, 12, 2);
    m_lineageRows->addWidget(title);
    for (const LineagePair &pair : m_lineage) {
        auto *card = new LineageCard(m_theme, pair, m_run);
        connect(card, &LineageCard::runRequested, this, &RunSummary::runRequested, Qt::QueuedConnection); // it replaces the card
        connect(card, &LineageCard::compareRequested, this, [this](RunId before, RunId after) { Q_EMIT pairRequested({before, after}); });
        m_lineageRows->addWidget(card);
    }
}

void RunSummary::setRun(const RunRow *run, const RunRow *parent, const RunRow *reference)
{
    delete m_rows;
    qDeleteAll(m_content->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    m_rows = new QVBoxLayout(m_content);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_lineageRows = nullptr;
    m_againstRows = nullptr;
    m_reference = {};
    m_run = run ? run->id() : RunId{};
    if (!run) {
        auto *hint = new TextLabel(m_theme, tr("Choose a run to see its result."), TextRole::Panel, "text3");
        hint->setContentsMargins(15, 15, 15, 0);
        m_rows->addWidget(hint);
        m_rows->addStretch();
        return;
    }
    addHead(*run);
    m_rows->addSpacing(4);
    addResult(*run, reference);
    auto *holder = new QWidget;
    m_lineageRows = new QVBoxLayout(holder);
    m_lineageRows->setContentsMargins(0, 0, 0, 0);
    m_lineageRows->setSpacing(0);
    m_rows->addWidget(holder);
    fillLineage();
    addDifferences(*run, parent);
    addProvenance(*run);
    addSection(tr("Note"));
    auto *note = new TextLabel(m_theme,
                               run->record.note.empty() ? tr("No note. Click to write one.")
                                                        : QString::fromStdString(run->record.note),
                               TextRole::Panel, run->record.note.empty() ? "text3" : "text2");
    note->setWordWrap(true);
    note->setContentsMargins(15, 0, 15, 0);
    note->setCursor(Qt::IBeamCursor);
    connect(note, &TextLabel::clicked, this, &RunSummary::noteRequested);
    m_rows->addWidget(note);
    m_rows->addStretch();
}

} // namespace winnow::ui
