#include "core/report/comparison_reader.h"

#include "core/base/options_io.h"

#include <algorithm>

namespace winnow
{

namespace
{

ScoringChoice choiceOf(const RunOptions::Evaluation &settings)
{
    return {static_cast<std::size_t>(std::max<std::int64_t>(1, settings.candidates)), settings.aggregate,
            settings.readout, settings.ties};
}

std::vector<std::string> subjectsOf(const std::vector<SampleRecord> &questions)
{
    std::vector<std::string> subjects;
    for (const SampleRecord &question : questions)
        subjects.push_back(question.subject);
    return subjects;
}

} // namespace

Result<SharedSamples> ComparisonReader::samples(DatasetId dataset)
{
    if (const auto known = m_samples.find(dataset); known != m_samples.end())
        return known->second;
    WINNOW_ASSIGN(auto read, DatasetStore(m_database).samples(dataset));
    return m_samples.emplace(dataset, std::make_shared<const std::vector<SampleRecord>>(std::move(read))).first->second;
}

Status ComparisonReader::readDatasets(ComparedRun &run)
{
    DatasetStore store(m_database);
    for (const auto &[role, id] : run.run.datasets) {
        WINNOW_ASSIGN(run.datasets[role], store.get(id));
        if (role == "test") {
            WINNOW_ASSIGN(run.questions, samples(id));
        } else if (role == "train") {
            WINNOW_ASSIGN(run.rows, samples(id));
            WINNOW_ASSIGN(run.noise, store.noiseMask(id));
        }
    }
    return {};
}

Status ComparisonReader::readEvaluations(ComparedRun &run)
{
    WINNOW_ASSIGN(run.evaluation, evaluationAt(m_database, run.run, Moment::Selected));
    WINNOW_ASSIGN(run.last, evaluationAt(m_database, run.run, Moment::Last));
    EvaluationStore store(m_database);
    WINNOW_ASSIGN(const auto all, store.ofRun(run.run.id));
    for (const EvaluationRecord &evaluation : all)
        if (evaluation.purpose == "test" && evaluation.n > 0)
            run.againstIteration.push_back({evaluation.step, evaluation.correct, evaluation.n});
    const std::int64_t wanted = stepOf(run.run, Moment::Selected);
    WINNOW_ASSIGN(const auto infos, store.scoresOfRun(run.run.id));
    std::int64_t found = -1;
    for (const ScoresInfo &info : infos)
        if (info.purpose == "test" && (wanted < 0 || info.step == wanted))
            found = std::max(found, info.step);
    if (found < 0)
        return {};
    WINNOW_ASSIGN(run.scores, store.scores(run.run.id, "test", found));
    return {};
}

bool ComparisonReader::pickFromScores(ComparedRun &run, const ScoringChoice &choice)
{
    if (!run.scores || !run.questions)
        return false;
    const bool pair = choice.readout == Readout::Pair && !run.scores->pPlusPair.empty();
    const auto questions = scoredQuestions(truthOf(*run.questions), subjectsOf(*run.questions),
                                           pair ? run.scores->pPlusPair : run.scores->pPlusFull, choice.aggregate);
    if (questions.empty())
        return false;
    if (choice.readout == Readout::Pair && !pair)
        run.pickedNote = "Only the probability of + among all tokens was kept; it stands for that of + against -.";
    run.picked = bestOfN(questions, choice.candidates, choice.ties);
    for (const std::size_t n : curveCounts(commonCandidates(truthOf(*run.questions)))) {
        const BestOfN point = bestOfN(questions, n, choice.ties);
        run.againstN.push_back({static_cast<std::int64_t>(n), point.correct, point.questions});
    }
    return true;
}

Status ComparisonReader::pickAsStored(ComparedRun &run)
{
    if (!run.evaluation || !run.questions)
        return {};
    WINNOW_ASSIGN(const auto picks, EvaluationStore(m_database).picks(run.evaluation->id));
    if (picks.size() != run.questions->size())
        return {}; // the picks of this evaluation were not kept
    BestOfN result;
    result.picks.resize(picks.size());
    for (const EvaluationPick &pick : picks) {
        const auto question = static_cast<std::size_t>(pick.question);
        if (question >= result.picks.size())
            return Error{"An evaluation of run " + std::to_string(run.run.id.value)
                         + " does not fit its test data; the store is damaged."};
        result.picks[question] = {static_cast<std::size_t>(pick.candidate), pick.score, true, pick.tie, pick.correct};
        ++result.questions;
        result.correct += pick.correct ? 1 : 0;
    }
    result.ties = run.evaluation->ties;
    result.notTaken = run.evaluation->unparsable;
    result.accuracy = run.evaluation->accuracy;
    for (const SubjectCount &subject : run.evaluation->subjects)
        result.subjects.push_back({subject.subject, subject.n, subject.correct});
    run.picked = std::move(result);
    return {};
}

Status ComparisonReader::pick(ComparedRun &run)
{
    const bool fromScores = pickFromScores(run, m_scoring.value_or(choiceOf(run.options.evaluation)));
    if (!fromScores || !m_scoring) {
        WINNOW_TRY(pickAsStored(run));
        if (m_scoring && run.picked.questions > 0)
            run.pickedNote =
                "No step scores were kept that fit the test data, so its picks are those of its own evaluation.";
    }
    if (run.picked.questions == 0)
        run.pickedNote = run.questions ? "Not evaluated." : "No test data.";
    return {};
}

Status ComparisonReader::readWeights(ComparedRun &run)
{
    if (!run.rows)
        return {};
    WINNOW_ASSIGN(auto weights, rowWeights(m_database, run.run));
    if (!weights)
        return {};
    if (weights->ofRow.size() != run.rows->size())
        return Error{"The learned weights of run " + std::to_string(run.run.id.value)
                     + " do not fit its rows; the store is damaged."};
    run.weights = std::move(weights->ofRow);
    run.weightStep = weights->step;
    WINNOW_ASSIGN(run.detection, detectionOf(suspicionFromWeights(run.weights), run.noise));
    return {};
}

Result<ComparedRun> ComparisonReader::read(const RunRecord &record)
{
    ComparedRun run;
    run.run = record;
    WINNOW_ASSIGN(run.options, optionsFromJson(record.configJson));
    WINNOW_TRY(readDatasets(run));
    WINNOW_TRY(readEvaluations(run));
    WINNOW_TRY(pick(run));
    WINNOW_TRY(readWeights(run));
    WINNOW_ASSIGN(run.loss, MetricStore(m_database).series(record.id, "loss.train"));
    return run;
}

} // namespace winnow
