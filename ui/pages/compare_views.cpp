// What the Compare page shows of its runs.
#include "ui/pages/compare_page.h"

#include "core/eval/baselines.h"
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

namespace {

constexpr float rejectBelow = 0.5F;

CandidateTruth truthOf(const EvaluationData &data)
{
    CandidateTruth truth;
    for (const SampleRecord &question : data.questions)
        truth.push_back(question.labels);
    return truth;
}

} // namespace

bool ComparePage::sameData() const
{
    return m_data && m_data->runs[0].trainHash == m_data->runs[1].trainHash;
}

QString ComparePage::dataText() const
{
    if (!sameData())
        return tr("A and B: different data");
    const QString hash = m_data->runs.front().trainHash;
    const auto others = std::count_if(m_data->runs.begin(), m_data->runs.end(),
                                      [&hash](const RunScores &run) { return run.trainHash != hash; });
    return others == 0 ? tr("Same data %1 ✓").arg(hash) : tr("A and B: same data %1 ✓, others differ: %2").arg(hash).arg(others);
}

void ComparePage::apply(std::shared_ptr<const EvaluationData> loaded)
{
    m_data = std::move(loaded);
    m_choice.candidates = std::min<std::size_t>(8, std::max<std::size_t>(1, commonCandidates(*m_data)));
    showHead();
    showAccuracy();
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
        auto *chip = new Button(theme(), QStringLiteral("%1  %2").arg(letterOf(i), run.name()));
        chip->setSwatch(run.look);
        chip->setSmall(true);
        chip->setMaximumWidth(theme().scaled(190));
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
    m_same->setText(dataText());
    m_same->setColorRole(sameData() ? "text2" : "failed");
    const RunRow &a = m_data->runs[0].run;
    const RunRow &b = m_data->runs[1].run;
    m_differMenu->clear();
    int count = 0;
    for (const std::string &key : optionDifferences(a.options, b.options)) {
        if (key == "name")
            continue;
        ++count;
        const auto text = [&key](const RunOptions &options) {
            const OptionValue value = optionValue(options, key);
            if (const auto *words = std::get_if<std::string>(&value))
                return QString::fromStdString(*words);
            if (const auto *flag = std::get_if<bool>(&value))
                return *flag ? QStringLiteral("true") : QStringLiteral("false");
            if (const auto *whole = std::get_if<std::int64_t>(&value))
                return QString::number(*whole);
            return QString::number(std::get<double>(value));
        };
        m_differMenu->addAction(QStringLiteral("%1:  A %2,  B %3").arg(QString::fromStdString(key), text(a.options), text(b.options)))
            ->setEnabled(false);
    }
    m_differ->setText(tr("%n setting(s) differ", nullptr, count));
    m_differ->setText(count == 1 ? tr("1 setting differs") : tr("%1 settings differ").arg(count));
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
    double lowest = 1;
    for (std::size_t r = 0; r < m_data->runs.size(); ++r) {
        const RunScores &run = m_data->runs[r];
        const auto questions = scoredQuestions(*m_data, run, m_choice);
        if (questions.empty()) {
            missing << tr("%1 not evaluated").arg(letterOf(r));
            continue;
        }
        Curve curve;
        curve.name = QStringLiteral("%1 %2").arg(letterOf(r), QString::fromStdString(run.run.record.method));
        curve.look = run.run.look;
        curve.markers = true;
        for (const double n : ticks) {
            const BestOfN result = bestOfN(questions, static_cast<std::size_t>(n), m_choice.ties);
            const winnow::Interval wilson = wilsonInterval(result.correct, result.questions);
            curve.x.push_back(n);
            curve.y.push_back(result.accuracy);
            curve.low.push_back(wilson.low);
            curve.high.push_back(wilson.high);
            lowest = std::min(lowest, wilson.low);
        }
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(curve.name, percentText(curve.y.back())), curve.y.back(),
                                    curve.look, true};
        curves.push_back(std::move(curve));
    }
    const CandidateTruth truth = truthOf(*m_data);
    const auto baseline = [&](const QString &name, int dash, const auto &value) {
        Curve curve;
        curve.name = name;
        curve.look = {0, dash, true};
        curve.width = 1.25;
        for (const double n : ticks) {
            curve.x.push_back(n);
            curve.y.push_back(value(static_cast<std::size_t>(n)));
        }
        if (curve.y.empty())
            return;
        lowest = std::min(lowest, curve.y.front());
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(name, percentText(curve.y.back())), curve.y.back(), curve.look, true};
        curves.push_back(std::move(curve));
    };
    if (!truth.empty()) {
        baseline(tr("Oracle"), 2, [&](std::size_t n) {
            return static_cast<double>(oracleCorrect(truth, n)) / static_cast<double>(truth.size());
        });
        baseline(tr("Random"), 2, [&](std::size_t n) { return randomBaseline(truth, n).accuracy; });
    }
    m_accuracyPanel->setUnit(tr("%1, n = %2, 95% Wilson band").arg(QString::fromStdString(m_data->dataset.name),
                                                                  thousands(static_cast<std::int64_t>(m_data->questions.size()))));
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
        last = std::max(last, curve.x.back());
        lowest = std::min(lowest, *std::min_element(curve.y.begin(), curve.y.end()));
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(curve.name, percentText(curve.y.back())), curve.y.back(),
                                    curve.look, true};
        curves.push_back(std::move(curve));
    }
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
    const auto a = scoredQuestions(*m_data, m_data->runs[0], m_choice);
    const auto b = scoredQuestions(*m_data, m_data->runs[1], m_choice);
    if (a.empty() || b.empty()) {
        content.absent = tr("Not evaluated on a common test set. Evaluate both runs to test them against each other.");
        m_verdict->setContent(content);
        return;
    }
    const BestOfN first = bestOfN(a, m_choice.candidates, m_choice.ties);
    const BestOfN second = bestOfN(b, m_choice.candidates, m_choice.ties);
    const std::vector<double> x = correctness(first);
    const std::vector<double> y = correctness(second);
    const BootstrapDifference difference = pairedBootstrap(y, x, 1);
    const McNemar test = mcNemarExact(x, y);
    content.there = true;
    content.difference = difference.difference;
    content.low = difference.interval.low;
    content.high = difference.interval.high;
    content.sentence = tr("B minus A, best-of-%1, %2 paired questions.")
                           .arg(m_choice.candidates).arg(thousands(static_cast<std::int64_t>(x.size())));
    content.verdict = content.low > 0 ? tr("B is better by %1 points.").arg(fixedText(content.difference * 100, 1))
                      : content.high < 0 ? tr("A is better by %1 points.").arg(fixedText(-content.difference * 100, 1))
                                         : tr("No difference can be shown.");
    content.lost = test.onlyA;
    content.gained = test.onlyB;
    for (std::size_t i = 0; i < x.size(); ++i) {
        content.both += x[i] > 0 && y[i] > 0 ? 1 : 0;
        content.neither += x[i] == 0 && y[i] == 0 ? 1 : 0;
    }
    content.p = test.pValue;
    content.tiesA = first.ties;
    content.tiesB = second.ties;
    content.unusable = first.notTaken + second.notTaken;
    m_verdict->setContent(content);
}

void ComparePage::showWeights()
{
    const auto &a = m_data->runs[0];
    const auto &b = m_data->runs[1];
    const bool usable = sameData() && !a.weights.empty() && a.weights.size() == b.weights.size();
    if (!usable) {
        m_weights->setPoints({}, {}, {});
        m_weights->setCorners({{sameData() ? tr("A run without learned weights has none to compare.")
                                           : tr("These runs used different data (%1, %2). Weights cannot be matched.")
                                                 .arg(a.trainHash, b.trainHash),
                                Qt::AlignLeft | Qt::AlignTop, true}});
        m_weightsPanel->setUnit({});
        return;
    }
    std::int64_t counts[4] = {};
    for (std::size_t i = 0; i < a.weights.size(); ++i) {
        const bool lowA = a.weights[i] < rejectBelow;
        const bool lowB = b.weights[i] < rejectBelow;
        ++counts[lowA ? (lowB ? BothReject : OnlyA) : (lowB ? OnlyB : BothKeep)];
    }
    if (counts[m_quadrant] == 0)
        m_quadrant = counts[OnlyA] > 0 ? OnlyA : counts[OnlyB] > 0 ? OnlyB : BothReject;
    m_weights->setXName(tr("weight in A"));
    m_weights->setYName({});
    m_weights->setGuides({rejectBelow}, {rejectBelow});
    m_weights->setCorners({{tr("only A rejects %1").arg(thousands(counts[OnlyA])), Qt::AlignLeft | Qt::AlignTop, true},
                           {tr("both keep %1").arg(thousands(counts[BothKeep])), Qt::AlignRight | Qt::AlignTop, false},
                           {tr("both reject %1").arg(thousands(counts[BothReject])), Qt::AlignLeft | Qt::AlignBottom, false},
                           {tr("only B rejects %1").arg(thousands(counts[OnlyB])), Qt::AlignRight | Qt::AlignBottom, false}});
    m_weights->setPoints(a.weights, b.weights, m_data->trainNoise);
    const auto rho = spearmanOf(a.weights, b.weights);
    m_weightsPanel->setUnit(tr("ρ = %1, n = %2").arg(rho ? rateText(*rho, 2) : QStringLiteral("–"),
                                                     thousands(static_cast<std::int64_t>(a.weights.size()))));
    if (!m_data->trainNoise.empty())
        m_weightsPanel->setLegend({{tr("known flipped"), {}, LegendItem::Kind::Cross}});
}

void ComparePage::showOverlap()
{
    const auto &a = m_data->runs[0];
    const auto &b = m_data->runs[1];
    std::vector<Curve> curves;
    if (!sameData() || a.weights.empty() || a.weights.size() != b.weights.size()) {
        m_overlap->setCorners({{tr("No common weights."), Qt::AlignLeft | Qt::AlignTop, true}});
        m_overlap->setCurves({});
        return;
    }
    m_overlap->setCorners({});
    const std::size_t n = a.weights.size();
    const auto order = [n](const std::vector<float> &weights) {
        std::vector<std::uint32_t> index(n);
        for (std::size_t i = 0; i < n; ++i)
            index[i] = static_cast<std::uint32_t>(i);
        std::stable_sort(index.begin(), index.end(), [&](auto x, auto y) { return weights[x] < weights[y]; });
        return index;
    };
    const auto lowA = order(a.weights);
    const auto lowB = order(b.weights);
    Curve both{.name = tr("A and B"), .look = {3, 0, false}, .x = {}, .y = {}, .low = {}, .high = {}};
    Curve chance{.name = tr("chance"), .look = {0, 2, true}, .x = {}, .y = {}, .low = {}, .high = {}};
    QVector<double> ticks;
    const double last = std::max(20.0, static_cast<double>(n) / 2);
    for (double k = 10; k <= last; k *= 1.25) {
        const auto count = static_cast<std::size_t>(k);
        std::vector<std::uint8_t> in(n);
        for (std::size_t i = 0; i < count; ++i)
            in[lowA[i]] = 1;
        std::int64_t common = 0;
        for (std::size_t i = 0; i < count; ++i)
            common += in[lowB[i]];
        const winnow::Interval wilson = wilsonInterval(common, static_cast<std::int64_t>(count));
        both.x.push_back(static_cast<double>(count));
        both.y.push_back(static_cast<double>(common) / static_cast<double>(count));
        both.low.push_back(wilson.low);
        both.high.push_back(wilson.high);
        chance.x.push_back(static_cast<double>(count));
        chance.y.push_back(static_cast<double>(count) / static_cast<double>(n));
    }
    for (const double tick : {10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10000.0})
        if (tick <= last)
            ticks << tick;
    const double end = both.x.back();
    curves.push_back(std::move(both));
    curves.push_back(std::move(chance));
    m_overlapPanel->setLegend({{tr("A and B, 95% band"), {3, 0, false}, LegendItem::Kind::Line},
                               {tr("chance"), {0, 2, true}, LegendItem::Kind::Line}});
    m_overlap->setLogX(ticks);
    m_overlap->setXName(tr("k lowest, log scale"));
    m_overlap->setYRange(0, 1);
    m_overlap->setCurves(std::move(curves));
    m_overlap->setXRange(10, end);
}

void ComparePage::showQuadrant()
{
    static const QStringList names{tr("Only A rejects"), tr("Both keep"), tr("Both reject"), tr("Only B rejects")};
    const auto &a = m_data->runs[0];
    const auto &b = m_data->runs[1];
    m_listPanel->setTitle(names[m_quadrant]);
    m_quadrantKeys.clear();
    std::vector<SimpleTable::Row> rows;
    const bool usable = sameData() && !a.weights.empty() && a.weights.size() == b.weights.size() &&
                        a.weights.size() <= m_data->trainSamples.size();
    if (usable) {
        std::vector<float> negativeA(a.weights.size());
        std::vector<float> negativeB(a.weights.size());
        std::vector<std::uint32_t> inside;
        std::vector<std::uint8_t> mask(a.weights.size());
        for (std::size_t i = 0; i < a.weights.size(); ++i) {
            negativeA[i] = -a.weights[i];
            negativeB[i] = -b.weights[i];
            const bool lowA = a.weights[i] < rejectBelow;
            const bool lowB = b.weights[i] < rejectBelow;
            if ((lowA ? (lowB ? BothReject : OnlyA) : (lowB ? OnlyB : BothKeep)) == m_quadrant) {
                inside.push_back(static_cast<std::uint32_t>(i));
                mask[i] = 1;
            }
        }
        const auto rankA = ranksDescending(negativeA);
        const auto rankB = ranksDescending(negativeB);
        std::stable_sort(inside.begin(), inside.end(), [&](auto x, auto y) {
            return std::abs(rankA[x] - rankB[x]) > std::abs(rankA[y] - rankB[y]);
        });
        m_weights->setSelected(m_quadrant == BothKeep ? std::vector<std::uint8_t>(mask.size()) : mask);
        constexpr std::size_t shownRows = 500;
        for (const std::uint32_t i : inside) {
            m_quadrantKeys.push_back(m_data->trainSamples[i].key);
            if (rows.size() >= shownRows)
                continue;
            const SampleRecord &sample = m_data->trainSamples[i];
            const auto number = [](const QString &text) {
                return TextCell{.text = text, .mono = true, .alignment = Qt::AlignRight};
            };
            StepsCell steps;
            for (const bool label : sample.labels)
                steps.steps.push_back({label, false});
            const bool known = i < m_data->trainNoise.size() && m_data->trainNoise[i] >= 0;
            const bool flipped = known && m_data->trainNoise[i] == 1;
            rows.push_back({ThumbnailCell{Thumbnails::load(QString::fromStdString(sample.picturePath), 96)},
                            TextCell{.text = QString::fromStdString(sample.key)}, steps, number(weightText(a.weights[i])),
                            number(weightText(b.weights[i])), number(thousands(std::llround(rankA[i]))),
                            number(thousands(std::llround(rankB[i]))),
                            !known ? TextCell{.text = QStringLiteral("–"), .token = Token::Text3}
                            : flipped ? TextCell{.text = tr("flipped"), .token = Token::Flip, .icon = QStringLiteral("flip")}
                                      : TextCell{.text = tr("clean"), .token = Token::Text2, .icon = QStringLiteral("check")}});
        }
        const bool left = m_quadrant == OnlyA || m_quadrant == BothReject;
        const bool top = m_quadrant == OnlyA || m_quadrant == BothKeep;
        m_weights->setShade(QRectF(QPointF(left ? -1e6 : rejectBelow, top ? rejectBelow : -1e6),
                                   QPointF(left ? rejectBelow : 1e6, top ? 1e6 : rejectBelow)),
                            false);
    }
    QString unit = tr("%1 samples, largest rank gap first").arg(thousands(static_cast<std::int64_t>(m_quadrantKeys.size())));
    if (m_quadrantKeys.size() > rows.size())
        unit = tr("%1 of %2 samples, largest rank gap first").arg(thousands(static_cast<std::int64_t>(rows.size())),
                                                                  thousands(static_cast<std::int64_t>(m_quadrantKeys.size())));
    m_listPanel->setUnit(unit);
    m_list->set({{tr("Picture")}, {tr("Sample")}, {tr("Given labels")}, {tr("w in A"), Qt::AlignRight},
                 {tr("w in B"), Qt::AlignRight}, {tr("Rank A"), Qt::AlignRight}, {tr("Rank B"), Qt::AlignRight}, {tr("Known")}},
                std::move(rows));
    m_table->setColumns({{70}, {80, 1}, {104}, {62}, {62}, {62, 0, 480}, {62, 0, 520}, {84}});
    Q_EMIT selectionChanged();
}

} // namespace winnow::ui
