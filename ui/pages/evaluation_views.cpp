// What the Evaluation page shows: every figure follows from stored step probabilities, without inference.
#include "ui/pages/evaluation_page.h"

#include "core/eval/baselines.h"
#include "core/eval/disciplines.h"
#include "core/eval/statistics.h"
#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/question_view.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/interval_chart.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QElapsedTimer>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

Interval wilson(std::int64_t correct, std::int64_t n)
{
    const winnow::Interval interval = wilsonInterval(correct, n);
    return {n > 0 ? static_cast<double>(correct) / static_cast<double>(n) : 0, interval.low, interval.high};
}

std::vector<SubjectAccuracy> byDiscipline(const std::vector<SubjectAccuracy> &subjects)
{
    std::vector<SubjectAccuracy> result;
    for (const SubjectAccuracy &subject : subjects) {
        const std::string_view known = disciplineOf(subject.subject);
        const std::string name = known.empty() ? "other" : std::string(known);
        auto row = std::find_if(result.begin(), result.end(), [&name](const auto &one) { return one.subject == name; });
        if (row == result.end())
            row = result.insert(result.end(), {name, 0, 0});
        row->questions += subject.questions;
        row->correct += subject.correct;
    }
    return result;
}

/// Of each step, the longest text that one of the first candidates has there.
QStringList longestTexts(const std::vector<std::vector<std::string>> &candidates, std::size_t first, std::size_t steps)
{
    QStringList longest(static_cast<qsizetype>(steps));
    for (std::size_t c = 0; c < first; ++c)
        for (std::size_t s = 0; s < std::min(steps, candidates[c].size()); ++s)
            if (const QString text = QString::fromStdString(candidates[c][s]).simplified();
                text.size() > longest[static_cast<qsizetype>(s)].size())
                longest[static_cast<qsizetype>(s)] = text;
    return longest;
}

/// Each step's column is as wide as its texts ask for; a long one leaves room for the others.
QVector<DataTable::Column> stepColumns(const std::vector<std::vector<std::string>> &candidates, std::size_t steps,
                                       const QFont &font)
{
    constexpr int beside = 70;   // bar, p(+) and the gaps
    constexpr int longest = 300; // of a text that asks for its whole width
    QVector<DataTable::Column> columns;
    for (std::size_t s = 0; s < steps; ++s) {
        int words = 18;
        for (const auto &candidate : candidates)
            if (s < candidate.size())
                words = std::max(words, textWidth(font, QString::fromStdString(candidate[s]).simplified()));
        columns.push_back({beside, static_cast<double>(std::min(words, longest)) + 2});
    }
    return columns;
}

} // namespace

void EvaluationPage::apply(std::shared_ptr<const EvaluationData> loaded)
{
    m_data = std::move(loaded);
    const bool any = std::any_of(m_data->runs.begin(), m_data->runs.end(), [](const RunScores &run) { return !run.full.empty(); });
    m_runs->setVisible(any && !m_data->questions.empty());
    if (m_data->questions.empty() || !any) {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    m_set->setText(tr("%1, %2 questions").arg(QString::fromStdString(m_data->dataset.name),
                                              thousands(static_cast<std::int64_t>(m_data->questions.size()))));
    m_counts.clear();
    QStringList names;
    const std::size_t most = commonCandidates(*m_data);
    for (std::size_t n = 1; n < most; n *= 2)
        m_counts.push_back(n);
    m_counts.push_back(most);
    for (const std::size_t n : m_counts)
        names << QString::number(n);
    m_baselines = baselinesOf(truthOf(m_data->questions), m_data->answers);
    const std::size_t wanted = std::min(m_choice.candidates, most);
    const auto found = std::find(m_counts.begin(), m_counts.end(), wanted);
    const QSignalBlocker blocker(m_candidates);
    m_candidates->setNames(names);
    m_candidates->setCurrent(static_cast<int>(found == m_counts.end() ? m_counts.size() - 1
                                                                      : static_cast<std::size_t>(found - m_counts.begin())));
    applyChoice();
}

void EvaluationPage::judge()
{
    QElapsedTimer time;
    time.start();
    m_judged.clear();
    for (const RunScores &run : m_data->runs) {
        Judged judged;
        judged.questions = scoredQuestions(*m_data, run, m_choice);
        judged.result = bestOfN(judged.questions, m_choice.candidates, m_choice.ties);
        m_judged.push_back(std::move(judged));
    }
    showAccuracy();
    showSubjects();
    showChanged();
    m_judgeMs = static_cast<double>(time.nsecsElapsed()) / 1e6;
}

void EvaluationPage::showAccuracy()
{
    m_accuracyStack->setCurrentIndex(m_accuracyTabs->current() == 0 ? 0 : 1);
    if (!m_data || m_judged.empty())
        return;
    showCurve();
    CandidateTruth truth;
    for (const SampleRecord &question : m_data->questions)
        truth.push_back(question.labels);
    const auto n = static_cast<std::int64_t>(truth.size());
    std::vector<IntervalChart::Row> rows;
    const Interval oracle = wilson(oracleCorrect(truth, m_choice.candidates), n);
    rows.push_back({tr("Oracle"), {{oracle, {0, 0, true}, Marker::HollowDiamond}}, percentText(oracle.value), true});
    std::vector<std::size_t> runs(m_data->runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i)
        runs[i] = i;
    std::stable_sort(runs.begin(), runs.end(), [this](auto a, auto b) {
        return m_judged[a].result.correct > m_judged[b].result.correct;
    });
    double low = oracle.low;
    for (const std::size_t i : runs) {
        const BestOfN &result = m_judged[i].result;
        const QString name = QStringLiteral("%1  %2").arg(letterOf(i), m_data->runs[i].run.name());
        if (result.questions == 0) {
            rows.push_back({name, {}, tr("not evaluated"), true});
            continue;
        }
        const Interval value = wilson(result.correct, result.questions);
        low = std::min(low, value.low);
        rows.push_back({name, {{value, m_data->runs[i].run.look, m_data->runs[i].run.look.marker()}}, percentText(value.value), false});
    }
    for (std::size_t i = 0; i < m_baselines.counts.size(); ++i)
        if (m_baselines.counts[i] == m_choice.candidates) {
            const Interval majority = wilson(m_baselines.selfConsistency[i].correct, n);
            rows.push_back({tr("Self-consistency"), {{majority, {0, 0, true}, Marker::HollowDiamond}}, percentText(majority.value), true});
            low = std::min(low, majority.low);
        }
    const double random = randomBaseline(truth, m_choice.candidates).accuracy;
    rows.push_back({tr("Random"), {{{random, random, random}, {0, 0, true}, Marker::HollowDiamond}}, percentText(random), true});
    low = std::min(low, random);
    m_accuracy->setRows(std::move(rows), std::max(0.0, std::floor(low * 5 + 1e-9) / 5), 1.0, 0.2);
    if (m_accuracyTabs->current() == 0)
        m_accuracyPanel->setTitle(tr("Best-of-%1 accuracy").arg(m_choice.candidates));
    showCounts();
}

void EvaluationPage::showSubjects()
{
    std::vector<IntervalChart::Row> rows;
    QVector<LegendItem> legend;
    double low = 1;
    double high = 0;
    const auto disciplines = [](const SubjectAccuracy &subject) { return !disciplineOf(subject.subject).empty(); };
    const auto &subjects = m_judged.front().result.subjects;
    m_subjectTabs->setVisible(std::any_of(subjects.begin(), subjects.end(), disciplines));
    const bool grouped = m_subjectTabs->current() == 1 && std::any_of(subjects.begin(), subjects.end(), disciplines);
    m_subjectPanel->setTitle(grouped ? tr("By discipline") : tr("By subject"));
    for (std::size_t r = 0; r < m_judged.size() && r < 3; ++r) {
        const SeriesLook look = m_data->runs[r].run.look;
        if (m_judged[r].result.questions == 0)
            continue;
        legend << LegendItem{letterOf(r), look, LegendItem::Kind::Line};
        for (const SubjectAccuracy &subject : grouped ? byDiscipline(m_judged[r].result.subjects) : m_judged[r].result.subjects) {
            const QString name = subject.subject.empty() ? tr("no subject") : QString::fromStdString(subject.subject);
            auto row = std::find_if(rows.begin(), rows.end(), [&name](const auto &known) { return known.name == name; });
            if (row == rows.end()) {
                rows.push_back({name, {}, tr("n %1").arg(thousands(subject.questions)), false});
                row = rows.end() - 1;
            }
            const Interval value = wilson(subject.correct, subject.questions);
            low = std::min(low, value.low);
            high = std::max(high, value.high);
            row->marks.push_back({value, look, look.marker()});
        }
    }
    m_subjectPanel->setLegend(legend);
    m_subjects->setMinimumHeight(static_cast<int>(rows.size()) * 26 + 26);
    m_subjects->setRows(std::move(rows), std::max(0.0, std::floor(low * 10) / 10), std::min(1.0, std::ceil(high * 10) / 10),
                        high - low > 0.4 ? 0.2 : 0.1);
}

void EvaluationPage::showChanged()
{
    m_changed.clear();
    const std::size_t against = reference();
    std::vector<SimpleTable::Row> rows;
    std::int64_t gained = 0;
    std::int64_t lost = 0;
    const BestOfN &a = m_judged[0].result;
    const BestOfN &c = m_judged[against].result;
    const bool both = against != 0 && a.questions > 0 && c.questions == a.questions;
    for (std::size_t q = 0; both && q < a.picks.size(); ++q) {
        if (a.picks[q].correct == c.picks[q].correct)
            continue;
        const bool up = a.picks[q].correct;
        (up ? gained : lost) += 1;
        m_changed.push_back(q);
        const SampleRecord &question = m_data->questions[q];
        const auto answer = [&](const Pick &pick) { return TextCell{.text = answerOf(q, pick), .mono = true}; };
        rows.push_back({ThumbnailCell{Thumbnails::load(QString::fromStdString(question.picturePath), 96)},
                        TextCell{.text = QString::fromStdString(question.key)},
                        TextCell{.text = QString::fromStdString(question.subject), .token = Token::Text2},
                        TextCell{.text = up ? tr("Gained") : tr("Lost"), .token = up ? Token::Link : Token::Minus,
                                 .icon = up ? QStringLiteral("plus") : QStringLiteral("cross")},
                        answer(a.picks[q]), answer(c.picks[q])});
    }
    const QString other = letterOf(against);
    if (both) {
        const McNemar test = mcNemarExact(correctness(a), correctness(c));
        m_changedPanel->setUnit(tr("A against %1: %2 gained, %3 lost, p = %4")
                                    .arg(other, thousands(gained), thousands(lost),
                                         test.pValue >= 0.9995 ? QStringLiteral("1.000") : pValueText(test.pValue)));
    } else {
        m_changedPanel->setUnit(tr("needs two evaluated runs"));
    }
    m_changedModel->set({{tr("Picture")}, {tr("Question")}, {tr("Subject")}, {tr("Pick of A")}, {tr("A answers")},
                         {tr("%1 answers").arg(other)}},
                        std::move(rows));
    m_changedTable->setColumns({{68}, {70, 0.6}, {74, 0.3, 440}, {76}, {84, 0.4}, {84, 0.4}});
    if (m_changed.empty()) {
        showQuestion(std::min(m_question, m_data->questions.size() - 1));
        return;
    }
    // The question stays where the change of the controls left it in the list.
    const auto kept = std::find(m_changed.begin(), m_changed.end(), m_question);
    const auto row = kept == m_changed.end() ? 0 : kept - m_changed.begin();
    m_changedTable->setCurrentIndex(m_changedModel->index(static_cast<int>(row), 0));
    showQuestion(m_changed[static_cast<std::size_t>(row)]);
}

/// Runs with the same pick stand together.
QString EvaluationPage::picksInWords(std::size_t question) const
{
    std::vector<std::pair<Pick, QStringList>> picks;
    for (std::size_t r = 0; r < m_judged.size(); ++r) {
        if (question >= m_judged[r].result.picks.size())
            continue;
        const Pick &pick = m_judged[r].result.picks[question];
        const auto same = std::find_if(picks.begin(), picks.end(), [&pick](const auto &known) {
            return known.first.candidate == pick.candidate && known.first.tie == pick.tie;
        });
        if (same == picks.end())
            picks.emplace_back(pick, QStringList{letterOf(r)});
        else
            same->second << letterOf(r);
    }
    QStringList words;
    for (const auto &[pick, letters] : picks)
        words << tr("%1: candidate %2, %3").arg(letters.join(QStringLiteral(", "))).arg(pick.candidate + 1)
                     .arg(pick.correct ? tr("right") : tr("wrong")) + (pick.tie ? tr(" (tie)") : QString());
    return words.join(tr("; "));
}

void EvaluationPage::showQuestion(std::size_t question)
{
    m_question = question;
    const SampleRecord &record = m_data->questions[question];
    m_questionPanel->setTitle(QString::fromStdString(record.key));
    m_questionPanel->setUnit(tr("p(+) of every step, model A"));
    m_questionView->setQuestion(Thumbnails::load(QString::fromStdString(record.picturePath), 288),
                                QString::fromStdString(record.question).simplified(),
                                answersInWords(question),
                                picksInWords(question));
    std::size_t stepCount = 1;
    for (const auto &steps : m_data->steps[question])
        stepCount = std::max(stepCount, steps.size());
    stepCount = std::min<std::size_t>(stepCount, 6);
    std::vector<SimpleTable::Column> columns{{QString()}};
    QVector<DataTable::Column> widths{{26}};
    for (std::size_t s = 0; s < stepCount; ++s)
        columns.push_back({tr("Step %1").arg(s + 1)});
    widths += stepColumns(m_data->steps[question], stepCount, theme().font(TextRole::Mono));
    const std::size_t scoreRuns = std::min<std::size_t>(2, m_judged.size());
    for (std::size_t r = 0; r < scoreRuns; ++r) {
        columns.push_back({tr("Score %1").arg(letterOf(r)), Qt::AlignRight});
        widths.push_back({62});
    }
    columns.push_back({tr("Right"), Qt::AlignHCenter});
    columns.push_back({tr("Picked by")});
    widths.push_back({44});
    widths.push_back({70});
    const std::size_t candidates = std::min(record.steps.size(), m_choice.candidates);
    const QStringList longest = longestTexts(m_data->steps[question], candidates, stepCount);
    std::vector<SimpleTable::Row> rows;
    for (std::size_t c = 0; c < candidates; ++c) {
        SimpleTable::Row row{TextCell{.text = QString::number(c + 1), .token = Token::Text2, .mono = true}};
        const auto &steps = m_data->steps[question][c];
        const auto *p = stepProbabilities(*m_data, m_data->runs[0], question, c, m_choice.readout);
        for (std::size_t s = 0; s < stepCount; ++s)
            row.push_back(s < steps.size() && p && s < p->size()
                              ? Cell(StepScoreCell{QString::fromStdString(steps[s]).simplified(), (*p)[s],
                                                 longest[static_cast<qsizetype>(s)]})
                              : Cell());
        for (std::size_t r = 0; r < scoreRuns; ++r)
            row.push_back(question < m_judged[r].questions.size()
                              ? Cell(TextCell{.text = rateText(m_judged[r].questions[question].scores[c]), .mono = true,
                                              .alignment = Qt::AlignRight})
                              : Cell());
        const bool right = c < record.labels.size() && record.labels[c];
        row.push_back(TextCell{.token = right ? Token::Keep : Token::Text3, .alignment = Qt::AlignHCenter,
                               .icon = right ? QStringLiteral("check") : QStringLiteral("cross")});
        PickCell picked;
        for (std::size_t r = 0; r < m_judged.size(); ++r)
            if (question < m_judged[r].result.picks.size() && m_judged[r].result.picks[question].candidate == c)
                picked.runs.emplace_back(letterOf(r), m_data->runs[r].run.look);
        row.push_back(std::move(picked));
        rows.push_back(std::move(row));
    }
    m_candidateModel->set(std::move(columns), std::move(rows));
    m_candidateTable->setColumns(widths);
    if (question < m_judged[0].result.picks.size())
        m_candidateTable->setCurrentIndex(m_candidateModel->index(static_cast<int>(m_judged[0].result.picks[question].candidate), 0));
    showHistory(question);
}

void EvaluationPage::showHistory(std::size_t question)
{
    const RunScores &run = m_data->runs[0];
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    const std::size_t begin = flatBegin(*m_data, question);
    // What the runs picked first, then the others in order.
    std::vector<std::size_t> order;
    const auto add = [&order](std::size_t candidate) {
        if (std::find(order.begin(), order.end(), candidate) == order.end())
            order.push_back(candidate);
    };
    for (const Judged &judged : m_judged)
        if (question < judged.result.picks.size() && judged.result.picks[question].taken)
            add(judged.result.picks[question].candidate);
    for (std::size_t c = 0; c < m_data->questions[question].steps.size(); ++c)
        add(c);
    const std::size_t shown = std::min<std::size_t>(3, order.size());
    double last = 1;
    for (std::size_t place = 0; place < shown; ++place) {
        const std::size_t c = order[place];
        Curve curve;
        curve.look = {place == 0 ? 0 : place == 1 ? 2 : 4, static_cast<int>(place), false};
        const auto &steps = m_data->steps[question][c];
        curve.name = QStringLiteral("%1: %2").arg(c + 1).arg(steps.empty() ? QString() : QString::fromStdString(steps.back()).simplified());
        curve.markers = run.history.size() < 12;
        for (std::size_t h = 0; h < run.history.size(); ++h)
            if (begin + c < run.history[h].size() && !run.history[h][begin + c].empty()) {
                curve.x.push_back(static_cast<double>(run.historySteps[h]));
                curve.y.push_back(run.history[h][begin + c].back());
            }
        if (curve.y.empty())
            continue;
        last = std::max(last, curve.x.back());
        labels << Plot::DirectLabel{curve.name, curve.y.back(), curve.look, true};
        curves.push_back(std::move(curve));
    }
    m_historyPanel->setUnit(tr("model A, %1 of %2 candidates").arg(shown).arg(m_data->questions[question].steps.size()));
    m_history->setCorners(run.history.size() < 2
                              ? QVector<Plot::Corner>{{tr("One scoring only."), Qt::AlignLeft | Qt::AlignTop, false}}
                              : QVector<Plot::Corner>());
    m_history->setDirectLabels(labels);
    m_history->setCurves(std::move(curves));
    m_history->setXRange(0, last);
}

} // namespace winnow::ui
