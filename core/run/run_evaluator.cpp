#include "core/run/run_evaluator.h"

#include "core/base/log.h"
#include "core/eval/aggregation.h"
#include "core/eval/best_of_n.h"
#include "core/rank/collapse.h"
#include "core/rank/metrics.h"
#include "core/run/checkpoint_manifest.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"

#include <algorithm>
#include <cmath>
#include <iterator>
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

Result<std::vector<std::pair<std::string, double>>> detectionCurves(std::span<const float> weights,
                                                                    bool weightsOfRows, const Rankers &rankers,
                                                                    std::span<const std::int8_t> noise)
{
    std::vector<std::pair<std::string, double>> curves;
    const auto add = [&](std::string_view ranker, const std::vector<double> &suspicion) -> Status {
        WINNOW_ASSIGN(const std::vector<DetectionCase> cases, detectionCases(suspicion, noise));
        const auto noisy = static_cast<std::size_t>(
            std::count_if(cases.begin(), cases.end(), [](const DetectionCase &c) { return c.noise; }));
        if (noisy == 0 || noisy == cases.size())
            return {}; // nothing to tell apart yet
        curves.emplace_back("auroc." + std::string(ranker), auroc(cases).value);
        curves.emplace_back("ap." + std::string(ranker), averagePrecision(cases));
        curves.emplace_back("precision." + std::string(ranker), precisionAt(cases, noisy));
        return {};
    };
    if (!weights.empty()) {
        WINNOW_TRY(add("weight", suspicionFromWeights(weights)));
        for (const int truth : {0, 1}) {
            double sum = 0;
            std::size_t count = 0;
            for (std::size_t i = 0; i < weights.size() && i < noise.size(); ++i) {
                if (noise[i] != truth || std::isnan(weights[i]))
                    continue;
                sum += static_cast<double>(weights[i]);
                ++count;
            }
            if (count > 0)
                curves.emplace_back(truth ? "weights.mean_corrupted" : "weights.mean_clean",
                                    sum / static_cast<double>(count));
        }
    }
    for (const RankerKind kind : rankerKinds)
        WINNOW_TRY(add(rankerName(kind), rankers.suspicion(kind)));
    WINNOW_TRY(add(combinedRankerName,
                   combinedSuspicion(rankers, weightsOfRows ? weights : std::span<const float>())));
    return curves;
}

Result<EvaluationRecord> keepEvaluation(StoreWriter &writer, RunId run, const std::string &checkpoint,
                                        const PreparedDataset &test, const EvaluatedScores &evaluated,
                                        const StepScores &scores, bool likeTheRun)
{
    EvaluationRecord record = evaluated.record;
    record.run = run;
    record.checkpoint = checkpoint;
    record.step = checkpointStepOf(checkpoint).value_or(0);
    const Status stored = writer.execute([&](Database &db) -> Status {
        RunStore runs(db);
        WINNOW_ASSIGN(const RunRecord owner, runs.get(run));
        WINNOW_ASSIGN(record.dataset, DatasetStore(db).put(test.record, test.samples));
        const auto own = owner.datasets.find("test");
        bool ofRun = likeTheRun;
        if (ofRun && own == owner.datasets.end()) {
            WINNOW_TRY(runs.setDataset(run, "test", record.dataset));
        } else if (ofRun) {
            WINNOW_ASSIGN(const DatasetRecord known, DatasetStore(db).get(own->second));
            ofRun = known.sha256 == test.record.sha256;
        }
        record.purpose = ofRun ? "test" : "manual";
        EvaluationStore evaluations(db);
        WINNOW_ASSIGN(record.id, evaluations.put(record, evaluated.picks));
        const StoredScores kept{"test", record.step, scores.meanLoss, false, scores.pPlusFull, scores.pPlusPair};
        return ofRun ? evaluations.putScores(run, kept) : evaluations.putScores(record.id, kept);
    });
    return stored.ok() ? Result<EvaluationRecord>(record) : Result<EvaluationRecord>(stored.error());
}

RunEvaluator::RunEvaluator(StoreWriter &writer, RunId run, const PreparedRun &prepared, DatasetId testDataset,
                           const VisitColumns &earlier) :
    m_writer(writer), m_run(run), m_prepared(prepared), m_testDataset(testDataset),
    m_rankers(prepared.request.train ? prepared.request.train->size() : 0, prepared.options.ranking.lossEma)
{
    bool known = false;
    if (const PreparedDataset *train = prepared.dataset("train")) {
        for (const SampleRecord &sample : train->samples) {
            known = known || sample.knownNoise.has_value();
            m_noise.push_back(sample.knownNoise ? static_cast<std::int8_t>(*sample.knownNoise) : std::int8_t{-1});
        }
    }
    if (!known)
        m_noise.clear();
    for (std::size_t i = 0; i < earlier.size(); ++i) {
        const SampleVisit visit{earlier.samples[i], earlier.weights[i],  earlier.losses[i], earlier.hypergradients[i],
                                earlier.pGiven[i],  earlier.margins[i]};
        onVisits(earlier.steps[i], {&visit, 1});
    }
}

void RunEvaluator::onVisits(std::int64_t step, std::span<const SampleVisit> visits)
{
    if (const Status status = m_rankers.add(visits); !status.ok())
        logError("Iteration " + std::to_string(step) + ": " + status.error().message);
}

void RunEvaluator::postDetection(std::int64_t step, std::span<const float> weights)
{
    const auto curves = detectionCurves(
        weights, m_prepared.options.weighting.method != Method::Domain, m_rankers, m_noise);
    if (!curves.ok())
        return logError("Detection at iteration " + std::to_string(step) + ": " + curves.error().message);
    std::vector<MetricRow> rows;
    for (const auto &[name, value] : curves.value())
        rows.push_back({name, step, value, utcMilliseconds()});
    const std::size_t count = rows.size();
    m_writer.post([run = m_run, rows = std::move(rows)](Database &db) { return MetricStore(db).append(run, rows); },
                  count);
}

void RunEvaluator::postHealth(const WeightSnapshot &snapshot)
{
    std::vector<float> known; // the net's rows that were not visited yet have no weight
    std::copy_if(snapshot.values.begin(), snapshot.values.end(), std::back_inserter(known),
                 [](float weight) { return std::isfinite(weight); });
    const WeightBounds bounds = weightBounds(m_prepared.options.weighting);
    const WeightHealth health = weightHealth(known, bounds.low, bounds.high);
    const std::int64_t now = utcMilliseconds();
    std::vector<MetricRow> rows{{"weights.ess", snapshot.step, health.effectiveSize, now},
                                {"weights.saturated", snapshot.step, health.shareAtBound, now},
                                {"weights.known", snapshot.step, static_cast<double>(known.size()), now}};
    m_writer.post([run = m_run, rows = std::move(rows)](Database &db) { return MetricStore(db).append(run, rows); }, 3);
}

void RunEvaluator::onWeights(const WeightSnapshot &snapshot)
{
    postHealth(snapshot);
    if (!m_noise.empty())
        postDetection(snapshot.step, weightsOfSamples(m_prepared.units, {snapshot.step, snapshot.values, {}}));
}

void RunEvaluator::onScores(const StepScores &scores)
{
    if (m_prepared.units.keys.empty() && !m_noise.empty() && scores.purpose == StepScores::Purpose::Test)
        postDetection(scores.step, {});
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
