#include "app/cli/comparison.h"

#include "core/base/options_io.h"
#include "core/rank/correlation.h"

#include <algorithm>
#include <map>

namespace winnow::cli
{

namespace
{

Status readPicks(Database &database, ComparedRun &compared)
{
    const auto place = compared.run.datasets.find("test");
    if (place == compared.run.datasets.end())
        return {};
    DatasetStore datasets(database);
    WINNOW_ASSIGN(const DatasetRecord record, datasets.get(place->second));
    compared.testSha256 = record.sha256;
    if (!compared.evaluation)
        return {};
    WINNOW_ASSIGN(const std::vector<SampleRecord> questions, datasets.samples(place->second));
    std::map<std::int64_t, const SampleRecord *> byIndex;
    for (const SampleRecord &question : questions)
        byIndex[question.index] = &question;
    WINNOW_ASSIGN(const std::vector<EvaluationPick> picks, EvaluationStore(database).picks(compared.evaluation->id));
    for (const EvaluationPick &pick : picks)
        if (const auto question = byIndex.find(pick.question); question != byIndex.end())
            compared.correct[question->second->key] = pick.correct;
    return {};
}

Status readWeights(Database &database, ComparedRun &compared)
{
    if (!compared.run.datasets.contains("train"))
        return {};
    WINNOW_ASSIGN(const TrainingRows rows, trainingRows(database, compared.run));
    compared.trainSha256 = rows.sha256;
    WINNOW_ASSIGN(const std::optional<RowWeights> weights, rowWeights(database, compared.run));
    if (!weights)
        return {};
    if (weights->ofRow.size() != rows.samples.size())
        return Error{"The learned weights of run " + std::to_string(compared.run.id.value)
                     + " do not fit its rows; the store is damaged."};
    const std::vector<double> suspicion = suspicionFromWeights(weights->ofRow);
    for (std::size_t i = 0; i < rows.samples.size(); ++i)
        compared.suspicion[rows.samples[i].key] = suspicion[i];
    compared.weightStep = weights->step;
    WINNOW_ASSIGN(compared.detection, detectionOf(suspicion, rows.noise));
    return {};
}

void compareAccuracy(const ComparedRun &a, const ComparedRun &b, std::uint64_t seed, PairComparison &out)
{
    if (!a.evaluation || !b.evaluation) {
        out.notes.emplace_back("No accuracy to compare: one of the runs has no evaluation yet.");
        return;
    }
    if (!out.sameTestData) {
        out.notes.emplace_back("The test data differ (their hashes do not agree), so the accuracies are not compared.");
        return;
    }
    const EvaluationSettings &x = a.evaluation->settings;
    const EvaluationSettings &y = b.evaluation->settings;
    if (x.candidates != y.candidates || x.aggregate != y.aggregate || x.readout != y.readout || x.ties != y.ties)
        out.notes.emplace_back("The candidates were picked under different settings (candidates, aggregate, readout or"
                               " ties); the difference is not the training's alone.");
    std::vector<double> left, right;
    for (const auto &[key, correct] : a.correct) {
        const auto other = b.correct.find(key);
        if (other == b.correct.end())
            continue;
        left.push_back(correct ? 1 : 0);
        right.push_back(other->second ? 1 : 0);
    }
    if (left.empty())
        return;
    out.accuracy = AccuracyComparison{left.size(), pairedBootstrap(right, left, seed), mcNemarExact(left, right)};
}

void compareWeights(const ComparedRun &a, const ComparedRun &b, std::size_t top, PairComparison &out)
{
    if (a.suspicion.empty() || b.suspicion.empty())
        return;
    if (!out.sameTrainData) {
        out.notes.emplace_back("The training data differ (their hashes do not agree), so the learned weights are not"
                               " compared.");
        return;
    }
    std::vector<double> left, right;
    for (const auto &[key, suspicion] : a.suspicion) {
        const auto other = b.suspicion.find(key);
        if (other == b.suspicion.end())
            continue;
        left.push_back(suspicion);
        right.push_back(other->second);
    }
    if (left.empty())
        return;
    const std::size_t k = std::min(top, left.size());
    out.weights = WeightComparison{left.size(), spearman(left, right), k, topOverlap(left, right, k)};
}

} // namespace

Result<ComparedRun> readForComparison(Database &database, const std::string &text)
{
    ComparedRun compared;
    WINNOW_ASSIGN(compared.run, RunStore(database).find(text));
    WINNOW_ASSIGN(compared.evaluation, evaluationAt(database, compared.run, Moment::Selected));
    WINNOW_ASSIGN(compared.last, evaluationAt(database, compared.run, Moment::Last));
    WINNOW_TRY(readPicks(database, compared));
    WINNOW_TRY(readWeights(database, compared));
    return compared;
}

Result<PairComparison> compareRuns(const ComparedRun &a, const ComparedRun &b, std::size_t top, std::uint64_t seed)
{
    PairComparison out;
    WINNOW_ASSIGN(const RunOptions optionsOfA, optionsFromJson(a.run.configJson));
    WINNOW_ASSIGN(const RunOptions optionsOfB, optionsFromJson(b.run.configJson));
    out.settings = optionDifferences(optionsOfA, optionsOfB);
    out.sameTestData = !a.testSha256.empty() && a.testSha256 == b.testSha256;
    out.sameTrainData = !a.trainSha256.empty() && a.trainSha256 == b.trainSha256;
    if (!out.sameTrainData && (a.suspicion.empty() || b.suspicion.empty()))
        out.notes.emplace_back("The training data differ (their hashes do not agree).");
    compareAccuracy(a, b, seed, out);
    compareWeights(a, b, top, out);
    return out;
}

} // namespace winnow::cli
