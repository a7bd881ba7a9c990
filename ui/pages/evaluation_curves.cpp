// What the Evaluation page shows besides the dots: the choice, curves, counts and answers in words.
#include "ui/pages/evaluation_page.h"

#include "core/eval/statistics.h"
#include "ui/models/simple_table.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QPlainTextEdit>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace winnow::ui {

namespace {

constexpr std::array scoreOrder = {Aggregation::Mean, Aggregation::Min, Aggregation::Max, Aggregation::LogMean, Aggregation::Last};

} // namespace

void EvaluationPage::applyChoice()
{
    if (!m_data || m_counts.empty())
        return;
    m_choice.candidates = m_counts[static_cast<std::size_t>(m_candidates->current())];
    m_choice.aggregate = m_sumLog->isChecked() ? Aggregation::SumLog : scoreOrder[static_cast<std::size_t>(m_score->current())];
    m_choice.ties = m_ties->current() == 0 ? Ties::Last : Ties::First;
    m_choice.readout = m_readout->current() == 0 ? Readout::Full : Readout::Pair;
    judge();
}

void EvaluationPage::setChoice(const ScoringChoice &choice)
{
    const QSignalBlocker blockers[] = {QSignalBlocker(m_candidates), QSignalBlocker(m_score), QSignalBlocker(m_ties),
                                       QSignalBlocker(m_readout), QSignalBlocker(m_sumLog)};
    m_choice = choice;
    m_sumLog->setChecked(choice.aggregate == Aggregation::SumLog);
    const auto score = std::find(scoreOrder.begin(), scoreOrder.end(), choice.aggregate);
    if (score != scoreOrder.end())
        m_score->setCurrent(static_cast<int>(score - scoreOrder.begin()));
    m_ties->setCurrent(choice.ties == Ties::Last ? 0 : 1);
    m_readout->setCurrent(choice.readout == Readout::Full ? 0 : 1);
    const auto count = std::find(m_counts.begin(), m_counts.end(), choice.candidates);
    if (count != m_counts.end())
        m_candidates->setCurrent(static_cast<int>(count - m_counts.begin()));
    if (m_data)
        judge();
}

std::vector<std::int64_t> EvaluationPage::correctPicks() const
{
    std::vector<std::int64_t> correct;
    for (const Judged &judged : m_judged)
        correct.push_back(judged.result.questions > 0 ? judged.result.correct : -1);
    return correct;
}

std::size_t EvaluationPage::reference() const
{
    // The run without selection where there is one, else the last.
    std::size_t found = m_judged.empty() ? 0 : m_judged.size() - 1;
    for (std::size_t r = 1; r < m_judged.size(); ++r)
        if (m_data->runs[r].run.record.method == "none")
            found = r;
    return found;
}

Curve EvaluationPage::curveOf(std::size_t run, bool againstN) const
{
    const RunScores &scores = m_data->runs[run];
    Curve curve;
    curve.name = QStringLiteral("%1 %2").arg(letterOf(run), QString::fromStdString(scores.run.record.method));
    curve.look = scores.run.look;
    curve.markers = true;
    if (!againstN) {
        curve.x.assign(scores.curveSteps.begin(), scores.curveSteps.end());
        curve.y = scores.curveAccuracy;
        curve.low = scores.curveLow;
        curve.high = scores.curveHigh;
        return curve;
    }
    for (const std::size_t n : m_counts) {
        if (m_judged[run].questions.empty())
            break;
        const BestOfN result = bestOfN(m_judged[run].questions, n, m_choice.ties);
        const winnow::Interval band = bootstrapInterval(result.correct, result.questions);
        curve.x.push_back(static_cast<double>(n));
        curve.y.push_back(result.accuracy);
        curve.low.push_back(band.low);
        curve.high.push_back(band.high);
    }
    return curve;
}

void EvaluationPage::showCurve()
{
    const int tab = m_accuracyTabs->current();
    if (tab == 0)
        return;
    const bool againstN = tab == 1;
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    double last = 1;
    for (std::size_t r = 0; r < m_data->runs.size(); ++r) {
        Curve curve = curveOf(r, againstN);
        if (curve.y.empty())
            continue;
        last = std::max(last, curve.x.back());
        labels << Plot::DirectLabel{QStringLiteral("%1 %2").arg(letterOf(r), percentText(curve.y.back())), curve.y.back(), curve.look, true};
        curves.push_back(std::move(curve));
    }
    m_accuracyPanel->setTitle(againstN ? tr("Accuracy against N") : tr("Accuracy against iteration"));
    m_curve->setCorners(curves.empty() ? QVector<Plot::Corner>{{tr("No run was evaluated while it trained."), Qt::AlignLeft | Qt::AlignTop, false}}
                                       : QVector<Plot::Corner>());
    if (againstN) {
        QVector<double> ticks;
        for (const std::size_t n : m_counts)
            ticks << static_cast<double>(n);
        m_curve->setLogX(ticks);
        m_curve->setXName(tr("candidates N, log scale"));
        m_curve->setTitleFormatter([](double x) { return tr("N = %1").arg(std::lround(x)); });
    } else {
        m_curve->setLinearX();
        m_curve->setXName(tr("iterations, as evaluated in training"));
        m_curve->setTitleFormatter({});
    }
    m_curve->setDirectLabels(labels);
    m_curve->setCurves(std::move(curves));
    m_curve->setXRange(againstN ? 1 : 0, std::max(last, 2.0));
}

void EvaluationPage::showCounts()
{
    QStringList ties;
    std::int64_t unusable = 0;
    for (std::size_t r = 0; r < m_judged.size(); ++r) {
        if (m_judged[r].result.questions == 0)
            continue;
        ties << QStringLiteral("%1 %2").arg(letterOf(r), thousands(m_judged[r].result.ties));
        unusable += m_judged[r].result.notTaken;
    }
    std::int64_t looked = 0;
    std::int64_t unparsable = 0;
    for (const auto &answers : m_data->answers)
        for (std::size_t c = 0; c < std::min(m_choice.candidates, answers.size()); ++c) {
            ++looked;
            unparsable += answers[c] ? 0 : 1;
        }
    // Below the figure, for the head of the panel has no room beside its tabs.
    const QString spread = m_accuracyTabs->current() == 0 ? tr("95% interval") : tr("95% bootstrap band");
    const QString text = tr("n = %5, %6 · ties %1 · no usable score %2 · unparsable %3 of %4 candidates")
                             .arg(ties.isEmpty() ? QStringLiteral("–") : ties.join(QStringLiteral(", ")), thousands(unusable),
                                  thousands(unparsable), thousands(looked),
                                  thousands(static_cast<std::int64_t>(m_data->questions.size())), spread);
    m_countsText->setText(text);
    m_countsText->setToolTip(text.toHtmlEscaped());
}

QString EvaluationPage::answerOf(std::size_t question, const Pick &pick) const
{
    const auto &answers = m_data->answers[question];
    if (!pick.taken || pick.candidate >= answers.size())
        return tr("no score");
    const QString answer = answers[pick.candidate] ? QString::fromStdString(*answers[pick.candidate]).simplified() : tr("none");
    return QStringLiteral("%1 (%2)").arg(answer, rateText(pick.score, 2));
}

QString EvaluationPage::answersInWords(std::size_t question) const
{
    const SampleRecord &record = m_data->questions[question];
    const auto right = std::count(record.labels.begin(), record.labels.end(), true);
    QString words = tr("%1 of %2 candidates are right.").arg(right).arg(record.labels.size());
    std::map<std::string, int> votes;
    int most = 0;
    const auto &answers = m_data->answers[question];
    for (std::size_t c = 0; c < answers.size(); ++c) {
        if (answers[c])
            most = std::max(most, ++votes[*answers[c]]);
        if (answers[c] && c < record.labels.size() && record.labels[c] && words.indexOf(QLatin1Char(':')) < 0)
            words = tr("Right answer: %1, in %2 of %3 candidates.")
                        .arg(QString::fromStdString(*answers[c]).simplified(), QString::number(right),
                             QString::number(record.labels.size()));
    }
    QStringList leading;
    for (const auto &[answer, count] : votes)
        if (count == most)
            leading << QString::fromStdString(answer).simplified();
    if (!leading.isEmpty())
        words += QLatin1Char(' ') + (leading.size() == 1 ? tr("Most frequent: %1 (%2 times).").arg(leading.front(), QString::number(most))
                                                         : tr("Most frequent: %1, tie (%2 times each).").arg(leading.join(tr(" and ")), QString::number(most)));
    return words;
}

void EvaluationPage::toggleWhole()
{
    const int row = m_candidateTable->currentIndex().row();
    if (m_whole->isVisible() || !m_data || row < 0 || m_question >= m_data->questions.size()) {
        m_whole->hide();
        return;
    }
    const auto &steps = m_data->questions[m_question].steps;
    if (static_cast<std::size_t>(row) < steps.size())
        m_whole->setPlainText(QString::fromStdString(steps[static_cast<std::size_t>(row)]));
    m_whole->show();
}

} // namespace winnow::ui
