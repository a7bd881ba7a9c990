#include "core/run/run_evaluator.h"

#include "core/eval/aggregation.h"
#include "core/eval/best_of_n.h"
#include "core/store/metric_store.h"

#include <cmath>
#include <limits>

namespace winnow {

namespace {

std::vector<ScoredQuestion> scoredQuestions(const RowDataset &test, const RunOptions::Evaluation &settings,
                                            const StepScores &scores)
{
    std::vector<ScoredQuestion> questions;
    for (const QuestionRow &row : test.questions()) {
        ScoredQuestion question;
        question.subject = row.subject;
        question.trueFalse = row.trueFalse;
        // A candidate without a sample (left out when the file was opened) has no score and never wins.
        question.scores.assign(row.candidates.size(), std::numeric_limits<double>::quiet_NaN());
        questions.push_back(std::move(question));
    }
    const auto &values = settings.readout == Readout::Full ? scores.pPlusFull : scores.pPlusPair;
    for (std::size_t i = 0; i < values.size() && i < test.size(); ++i) {
        const CandidateIndex place = test.candidateOf(i);
        questions[place.question].scores[place.candidate] = aggregate(values[i], settings.aggregate);
    }
    return questions;
}

} // namespace

EvaluatedScores evaluateScores(const RowDataset &test, const RunOptions::Evaluation &settings, const StepScores &scores)
{
    const BestOfN best = bestOfN(scoredQuestions(test, settings, scores), static_cast<std::size_t>(settings.candidates),
                                 settings.ties);
    EvaluatedScores out;
    EvaluationRecord &record = out.record;
    record.step = scores.step;
    record.purpose = "test";
    record.settings = {settings.candidates, std::string(choiceName(settings.aggregate)),
                       std::string(choiceName(settings.readout)), std::string(choiceName(settings.ties))};
    record.n = best.questions;
    record.correct = best.correct;
    record.ties = best.ties;
    record.unparsable = best.notTaken;
    record.accuracy = best.accuracy;
    record.meanLoss = scores.meanLoss;
    for (const SubjectAccuracy &s : best.subjects)
        record.subjects.push_back({s.subject, s.questions, s.correct});
    for (std::size_t q = 0; q < best.picks.size(); ++q) {
        const Pick &pick = best.picks[q];
        out.picks.push_back({static_cast<std::int64_t>(q), static_cast<std::int64_t>(pick.candidate), pick.score,
                             pick.correct, pick.tie});
    }
    return out;
}

RunEvaluator::RunEvaluator(StoreWriter &writer, RunId run, const PreparedRun &prepared, DatasetId testDataset,
                           DetectionHook detection, const VisitColumns &earlier) :
    m_writer(writer), m_run(run), m_prepared(prepared), m_testDataset(testDataset), m_detection(std::move(detection))
{
    const PreparedDataset *train = prepared.dataset("train");
    if (!train)
        return;
    bool known = false;
    for (const SampleRecord &sample : train->samples) {
        known = known || sample.knownNoise.has_value();
        m_input.noise.push_back(sample.knownNoise ? static_cast<std::int8_t>(*sample.knownNoise) : std::int8_t{-1});
    }
    if (!known)
        m_input.noise.clear();
    m_input.lossEma.assign(train->samples.size(), std::numeric_limits<double>::quiet_NaN());
    m_input.hypergradientSum.assign(train->samples.size(), 0);
    for (std::size_t i = 0; i < earlier.size(); ++i)
        visit(earlier.samples[i], earlier.losses[i], earlier.hypergradients[i]);
}

void RunEvaluator::visit(std::uint32_t sample, double loss, double hypergradient)
{
    if (sample >= m_input.lossEma.size())
        return; // not a row of the training set: nothing that could be ranked
    double &ema = m_input.lossEma[sample];
    const double keep = m_prepared.options.ranking.lossEma;
    ema = std::isnan(ema) ? loss : keep * ema + (1 - keep) * loss;
    if (!std::isnan(hypergradient))
        m_input.hypergradientSum[sample] += hypergradient;
}

void RunEvaluator::onVisits(std::int64_t, std::span<const SampleVisit> visits)
{
    for (const SampleVisit &v : visits)
        visit(v.sample, v.loss, v.hypergradient);
}

void RunEvaluator::onWeights(const WeightSnapshot &snapshot)
{
    if (!m_detection || m_input.noise.empty())
        return;
    m_input.step = snapshot.step;
    m_input.weights = weightsOfSamples(m_prepared.units, {snapshot.step, snapshot.values, {}});
    std::vector<MetricRow> rows;
    for (const auto &[name, value] : m_detection(m_input))
        rows.push_back({name, snapshot.step, value, utcMilliseconds()});
    m_writer.post([run = m_run, rows](Database &db) { return MetricStore(db).append(run, rows); }, rows.size());
}

void RunEvaluator::onScores(const StepScores &scores)
{
    if (scores.purpose != StepScores::Purpose::Test || !m_prepared.test)
        return;
    EvaluatedScores evaluated = evaluateScores(*m_prepared.test, m_prepared.options.evaluation, scores);
    evaluated.record.run = m_run;
    evaluated.record.dataset = m_testDataset;
    const std::int64_t now = utcMilliseconds();
    std::vector<MetricRow> rows{{"accuracy", scores.step, evaluated.record.accuracy, now}};
    for (const SubjectCount &s : evaluated.record.subjects)
        if (!s.subject.empty() && s.n > 0)
            rows.push_back({"accuracy." + s.subject, scores.step,
                            static_cast<double>(s.correct) / static_cast<double>(s.n), now});
    const std::size_t count = rows.size() + evaluated.picks.size();
    m_writer.post(
        [run = m_run, rows = std::move(rows), evaluated = std::move(evaluated)](Database &db) -> Status {
            const auto id = EvaluationStore(db).put(evaluated.record, evaluated.picks);
            if (!id.ok())
                return id.error();
            return MetricStore(db).append(run, rows);
        },
        count);
}

} // namespace winnow
