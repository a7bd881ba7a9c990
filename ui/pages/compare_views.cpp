// What the Compare page shows of its runs.
#include "ui/pages/compare_page.h"

#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/compare_parts.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/ranking.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

RunScores const *ComparePage::other() const
{
    return m_data && m_pair < m_data->runs.size() ? &m_data->runs[m_pair] : nullptr;
}

bool ComparePage::sameData() const
{
    return m_data && other() && m_data->runs.front().trainSha256 == other()->trainSha256;
}

QString ComparePage::dataText() const
{
    if (!sameData())
        return tr("A and %1: different data").arg(letterOf(m_pair));
    const RunScores &a = m_data->runs.front();
    const auto others = std::count_if(m_data->runs.begin(), m_data->runs.end(), [&a](const RunScores &run) {
        return run.trainSha256 != a.trainSha256;
    });
    return others == 0 ? tr("Same data %1 ✓").arg(a.trainHash)
                       : tr("A and %1: same data %2 ✓, others differ: %3").arg(letterOf(m_pair), a.trainHash).arg(others);
}

void ComparePage::apply(std::shared_ptr<const EvaluationData> loaded)
{
    const bool fresh = m_data != loaded;
    m_data = std::move(loaded);
    m_pair = std::min(m_pair, m_data->runs.size() - 1);
    m_choice.candidates = std::min<std::size_t>(8, std::max<std::size_t>(1, commonCandidates(*m_data)));
    if (fresh) {
        m_baselines = baselinesOf(truthOf(m_data->questions), m_data->answers);
        showHead();
        showPairs();
    }
    showAccuracy();
    showVerdict();
    if (fresh)
        showPair();
}

void ComparePage::showPairs()
{
    QStringList letters;
    for (std::size_t r = 1; r < m_data->runs.size(); ++r)
        letters << letterOf(r);
    const QSignalBlocker blocker(m_pairs);
    m_pairs->setNames(letters);
    m_pairs->setCurrent(static_cast<int>(m_pair) - 1);
    m_pairs->setVisible(letters.size() > 1);
}

void ComparePage::showPair()
{
    const QString b = letterOf(m_pair);
    m_verdictPanel->setTitle(tr("Paired test, %1 against A").arg(b));
    m_weightsPanel->setTitle(tr("Weights, %1 against A").arg(b));
    m_same->setFullText(dataText());
    m_same->setColorRole(sameData() ? "text2" : "failed");
    m_agreement.reset();
    const RunScores &a = m_data->runs.front();
    const RunScores *second = other();
    if (sameData() && !a.weights.empty() && a.weights.size() == second->weights.size())
        m_agreement = weightAgreement(a.weights, second->weights);
    showVerdict();
    showWeights();
    showOverlap();
    showQuadrant();
}

void ComparePage::showHead()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < m_data->runs.size(); ++i) {
        const RunRow &run = m_data->runs[i].run;
        // Many runs stand by their letters; what they are called says the tooltip.
        const bool named = m_data->runs.size() <= 5;
        auto *chip = new Button(theme(), named ? QStringLiteral("%1  %2").arg(letterOf(i), run.name()) : letterOf(i));
        chip->setAccessibleName(QStringLiteral("%1, %2").arg(letterOf(i), run.name()));
        chip->setSwatch(run.look);
        chip->setSmall(true);
        chip->setMaximumWidth(theme().scaled(260));
        chip->setToolTip((run.name() + QLatin1Char('\n') + tr("Click: make it the reference A, or take it away")).toHtmlEscaped());
        connect(chip, &Button::clicked, this, [this, i, chip] {
            auto *menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addAction(tr("Make it the reference A"), this, [this, i] {
                auto ids = m_ids;
                std::rotate(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i),
                            ids.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                compare(ids);
            })->setEnabled(i > 0);
            menu->addAction(tr("Take it away"), this, [this, i] {
                auto ids = m_ids;
                ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(i));
                compare(ids);
            })->setEnabled(m_ids.size() > 2);
            menu->popup(chip->mapToGlobal(QPoint(0, chip->height() + 4)));
        });
        m_chips->addWidget(chip);
    }
    addRunMenu();
    showSettings();
}

void ComparePage::addRunMenu()
{
    auto *add = new Button(theme(), tr("Add run"), Button::Kind::Flat);
    add->setIconName(QStringLiteral("plus"));
    add->setSmall(true);
    auto *menu = new QMenu(add);
    int shown = 0;
    for (const RunRow &row : m_rows) {
        if (row.record.stage == "cold-start" || row.record.archived || ++shown > 40 ||
            std::find(m_ids.begin(), m_ids.end(), row.id()) != m_ids.end())
            continue;
        QString name = row.name();
        connect(menu->addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&"))), &QAction::triggered, this,
                [this, id = row.id()] {
                    auto ids = m_ids;
                    ids.push_back(id);
                    compare(ids);
                });
    }
    add->setMenu(menu);
    add->setMenuArrow(false);
    m_chips->addWidget(add);
}

void ComparePage::showSettings()
{
    m_differMenu->clear();
    int count = 0;
    const auto add = [&](const QString &name, const auto &textOf) {
        QStringList values;
        for (const RunScores &run : m_data->runs)
            values << textOf(run.run);
        if (values.count(values.front()) == values.size())
            return;
        ++count;
        QStringList words;
        for (qsizetype i = 0; i < values.size(); ++i)
            words << QStringLiteral("%1 %2").arg(letterOf(static_cast<std::size_t>(i)), values[i].simplified());
        QString line = QStringLiteral("%1:  %2").arg(name, words.join(QStringLiteral(",  ")));
        m_differMenu->addAction(line.replace(QLatin1Char('&'), QStringLiteral("&&")))->setEnabled(false);
    };
    for (const OptionInfo &info : optionSchema())
        if (info.key != "name")
            add(QString::fromStdString(info.key), [&info](const RunRow &run) {
                return QString::fromStdString(settingText(run.options, info.key));
            });
    add(tr("code version"), [](const RunRow &run) { return QString::fromStdString(run.record.codeVersion); });
    add(tr("device"), [](const RunRow &run) { return QString::fromStdString(run.record.device); });
    add(tr("data"), [](const RunRow &run) { return run.datasetHash; });
    m_differ->setText(count == 1 ? tr("1 setting differs") : tr("%1 settings differ").arg(count));
    m_differ->setEnabled(count > 0);
}

void ComparePage::showAccuracy()
{
    if (!m_data)
        return;
    if (m_against->current() == 1) {
        showAgainstIteration();
        return;
    }
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    const std::size_t most = commonCandidates(*m_data);
    QVector<double> ticks;
    for (std::size_t n = 1; n <= most; n *= 2)
        ticks << static_cast<double>(n);
    if (!ticks.isEmpty() && ticks.last() < static_cast<double>(most))
        ticks << static_cast<double>(most);
    QStringList missing;
    m_unevaluated = {};
    double lowest = 1;
    for (std::size_t r = 0; r < m_data->runs.size(); ++r) {
        const RunScores &run = m_data->runs[r];
        const auto questions = scoredQuestions(*m_data, run, m_choice);
        if (questions.empty()) {
            missing << (run.otherTestData ? tr("%1 has other test data") : tr("%1 not evaluated")).arg(letterOf(r));
            if (!m_unevaluated)
                m_unevaluated = run.run.id();
            continue;
        }
        Curve curve;
        curve.name = QStringLiteral("%1 %2").arg(letterOf(r), QString::fromStdString(run.run.record.method));
        curve.look = run.run.look;
        curve.markers = true;
        for (const double n : ticks) {
            const BestOfN result = bestOfN(questions, static_cast<std::size_t>(n), m_choice.ties);
            const winnow::Interval band = bootstrapInterval(result.correct, result.questions);
            curve.x.push_back(n);
            curve.y.push_back(result.accuracy);
            curve.low.push_back(band.low);
            curve.high.push_back(band.high);
            lowest = std::min(lowest, band.low);
        }
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(curve.name, percentText(curve.y.back())), curve.y.back(),
                                    curve.look, true};
        curves.push_back(std::move(curve));
    }
    m_evaluate->setVisible(static_cast<bool>(m_unevaluated));
    addBaselines(curves, labels, lowest);
    m_accuracyPanel->setUnit(tr("n = %1, 95% bootstrap band").arg(thousands(static_cast<std::int64_t>(m_data->questions.size()))));
    QVector<Plot::Corner> corners;
    if (!missing.isEmpty())
        corners << Plot::Corner{missing.join(QStringLiteral(", ")), Qt::AlignLeft | Qt::AlignTop, false};
    m_accuracy->setCorners(corners);
    m_accuracy->setLogX(ticks);
    m_accuracy->setXName(tr("candidates N, log scale"));
    m_accuracy->setXUnit({});
    m_accuracy->setYRange(std::max(0.0, std::floor(lowest * 10 - 0.2) / 10), 1.0);
    m_accuracy->setTitleFormatter([this](double x) {
        return tr("N = %1, n = %2").arg(std::lround(x)).arg(thousands(static_cast<std::int64_t>(m_data->questions.size())));
    });
    m_accuracy->setDirectLabels(labels);
    m_accuracy->setCurves(std::move(curves));
    if (!ticks.isEmpty())
        m_accuracy->setXRange(ticks.first(), std::max(ticks.last(), ticks.first() + 1));
}

void ComparePage::addBaselines(std::vector<Curve> &curves, QVector<Plot::DirectLabel> &labels, double &lowest) const
{
    const auto add = [&](QAction *wanted, const QString &name, int dash, const auto &value) {
        if (!wanted->isChecked() || m_baselines.counts.empty())
            return;
        Curve curve;
        curve.name = name;
        curve.look = {0, dash, true};
        curve.width = 1.25;
        for (std::size_t i = 0; i < m_baselines.counts.size(); ++i) {
            curve.x.push_back(static_cast<double>(m_baselines.counts[i]));
            curve.y.push_back(value(i));
        }
        lowest = std::min(lowest, *std::min_element(curve.y.begin(), curve.y.end()));
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(name, percentText(curve.y.back())), curve.y.back(), curve.look, true};
        curves.push_back(std::move(curve));
    };
    add(m_lines[0], tr("Oracle"), 2, [&](std::size_t i) { return m_baselines.oracle[i].accuracy(); });
    add(m_lines[1], tr("Self-cons."), 3, [&](std::size_t i) { return m_baselines.selfConsistency[i].accuracy(); });
    add(m_lines[2], tr("Random"), 2, [&](std::size_t i) { return m_baselines.random[i]; });
}

void ComparePage::showAgainstIteration()
{
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    double last = 1;
    double lowest = 1;
    for (std::size_t r = 0; r < m_data->runs.size(); ++r) {
        const RunScores &run = m_data->runs[r];
        if (run.curveSteps.empty())
            continue;
        Curve curve;
        curve.name = QStringLiteral("%1 %2").arg(letterOf(r), QString::fromStdString(run.run.record.method));
        curve.look = run.run.look;
        curve.markers = true;
        curve.x.assign(run.curveSteps.begin(), run.curveSteps.end());
        curve.y = run.curveAccuracy;
        curve.low = run.curveLow;
        curve.high = run.curveHigh;
        last = std::max(last, curve.x.back());
        lowest = std::min(lowest, *std::min_element(curve.low.begin(), curve.low.end()));
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(curve.name, percentText(curve.y.back())), curve.y.back(),
                                    curve.look, true};
        curves.push_back(std::move(curve));
    }
    m_accuracyPanel->setUnit(tr("n = %1, 95% bootstrap band").arg(thousands(static_cast<std::int64_t>(m_data->questions.size()))));
    m_accuracy->setCorners(curves.empty() ? QVector<Plot::Corner>{{tr("No run was evaluated while it trained."), Qt::AlignLeft | Qt::AlignTop, false}}
                                          : QVector<Plot::Corner>());
    m_accuracy->setLinearX();
    m_accuracy->setXName({});
    m_accuracy->setXUnit(tr("iterations"));
    m_accuracy->setTitleFormatter({});
    m_accuracy->setYRange(std::max(0.0, std::floor(lowest * 10 - 0.2) / 10), 1.0);
    m_accuracy->setDirectLabels(labels);
    m_accuracy->setCurves(std::move(curves));
    m_accuracy->setXRange(0, last);
}

void ComparePage::showVerdict()
{
    VerdictView::Content content;
    content.b = letterOf(m_pair);
    const RunScores *second = other();
    const auto a = scoredQuestions(*m_data, m_data->runs.front(), m_choice);
    const auto b = second ? scoredQuestions(*m_data, *second, m_choice) : std::vector<ScoredQuestion>();
    if (a.empty() || b.empty()) {
        content.absent = tr("Not evaluated on a common test set. Evaluate both runs to test them against each other.");
        m_verdict->setContent(content);
        return;
    }
    content.test = pairedTest(bestOfN(a, m_choice.candidates, m_choice.ties), bestOfN(b, m_choice.candidates, m_choice.ties));
    content.sentence = tr("%1 minus A, best-of-%2, %3 paired questions.")
                           .arg(content.b).arg(m_choice.candidates).arg(thousands(content.test->questions));
    switch (content.test->verdict()) {
    case PairedTest::Verdict::NoQuestions: content.verdict = tr("No question was answered by both."); break;
    case PairedTest::Verdict::NoDifference: content.verdict = tr("No difference can be shown."); break;
    case PairedTest::Verdict::BIsBetter:
        content.verdict = tr("%1 is better by %2 points.").arg(content.b, fixedText(content.test->bootstrap.difference * 100, 1));
        break;
    case PairedTest::Verdict::AIsBetter:
        content.verdict = tr("A is better by %1 points.").arg(fixedText(-content.test->bootstrap.difference * 100, 1));
        break;
    }
    for (std::size_t q = 0; q < m_data->answers.size(); ++q)
        for (std::size_t c = 0; c < std::min(m_choice.candidates, m_data->answers[q].size()); ++c)
            content.unparsable += m_data->answers[q][c] ? 0 : 1;
    m_verdict->setContent(content);
}

TableText ComparePage::accuracyTable(TableForm form) const
{
    TableText table;
    if (!m_data)
        return table;
    const std::size_t most = commonCandidates(*m_data);
    std::vector<std::size_t> counts;
    for (std::size_t n = 1; n <= most; n *= 2)
        counts.push_back(n);
    if (!counts.empty() && counts.back() < most)
        counts.push_back(most);
    const bool csv = form == TableForm::Csv;
    table.header = {tr("Run"), tr("Questions")};
    table.numbers = {false, true};
    for (const std::size_t n : counts) {
        const QString name = tr("Best of %1").arg(n);
        table.header << name;
        if (csv)
            table.header << name + QStringLiteral(" low") << name + QStringLiteral(" high");
    }
    while (table.numbers.size() < table.header.size())
        table.numbers << true;
    for (const RunScores &run : m_data->runs) {
        const auto questions = scoredQuestions(*m_data, run, m_choice);
        if (questions.empty())
            continue;
        QStringList fields{run.run.name(), QString::number(questions.size())};
        for (const std::size_t n : counts) {
            const BestOfN result = bestOfN(questions, n, m_choice.ties);
            const winnow::Interval band = bootstrapInterval(result.correct, result.questions);
            if (csv)
                for (const double v : {result.accuracy, band.low, band.high})
                    fields << QString::number(v, 'g', 17);
            else
                fields << percentInterval({result.accuracy, band.low, band.high});
        }
        table.rows << fields;
    }
    return table;
}

TableText ComparePage::pairTable(TableForm form) const
{
    TableText table;
    table.header = {tr("Run"), tr("against"), tr("Questions"), tr("Difference, points"), tr("low"), tr("high"),
                    tr("Gained"), tr("Lost"), tr("McNemar p")};
    table.numbers = {false, false, true, true, true, true, true, true, true};
    if (!m_data)
        return table;
    const RunScores &first = m_data->runs.front();
    const auto a = scoredQuestions(*m_data, first, m_choice);
    const bool csv = form == TableForm::Csv;
    const auto number = [csv](double v) { return csv ? QString::number(v * 100, 'g', 17) : fixedText(v * 100, 1); };
    for (std::size_t r = 1; r < m_data->runs.size() && !a.empty(); ++r) {
        const auto b = scoredQuestions(*m_data, m_data->runs[r], m_choice);
        if (b.empty())
            continue;
        const PairedTest test =
            pairedTest(bestOfN(a, m_choice.candidates, m_choice.ties), bestOfN(b, m_choice.candidates, m_choice.ties));
        table.rows << QStringList{m_data->runs[r].run.name(), first.run.name(), QString::number(test.questions),
                                  number(test.bootstrap.difference), number(test.bootstrap.interval.low),
                                  number(test.bootstrap.interval.high), QString::number(test.gained()), QString::number(test.lost()),
                                  csv ? QString::number(test.mcNemar.pValue, 'g', 17) : pValueText(test.mcNemar.pValue)};
    }
    return table;
}

} // namespace winnow::ui
