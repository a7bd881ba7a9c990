#include "core/report/comparison.h"

#include "core/eval/answer_parser.h"
#include "core/rank/correlation.h"
#include "core/report/comparison_reader.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace winnow
{

namespace
{

struct Matched {
    std::vector<std::uint32_t> a;
    std::vector<std::uint32_t> b;
};

/// Places of the samples that both data sets hold; sets of one hash may have dropped different rows.
Matched matchByKey(const std::vector<SampleRecord> &a, const std::vector<SampleRecord> &b)
{
    std::unordered_map<std::string, std::uint32_t> places;
    for (std::size_t i = 0; i < b.size(); ++i)
        places.emplace(b[i].key, static_cast<std::uint32_t>(i));
    Matched matched;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (const auto found = places.find(a[i].key); found != places.end()) {
            matched.a.push_back(static_cast<std::uint32_t>(i));
            matched.b.push_back(found->second);
        }
    return matched;
}

BestOfN restricted(const BestOfN &all, const std::vector<std::uint32_t> &questions)
{
    BestOfN some;
    for (const std::uint32_t q : questions) {
        const Pick &pick = all.picks[q];
        ++some.questions;
        some.correct += pick.correct ? 1 : 0;
        some.ties += pick.tie ? 1 : 0;
        some.notTaken += pick.taken ? 0 : 1;
        some.picks.push_back(pick);
    }
    return some;
}

bool sameSettings(const EvaluationSettings &x, const EvaluationSettings &y)
{
    return x.candidates == y.candidates && x.aggregate == y.aggregate && x.readout == y.readout && x.ties == y.ties;
}

void comparePicks(const ComparedRun &a, const ComparedRun &b, const ComparisonOptions &options, PairComparison &out)
{
    if (a.picked.questions == 0 || b.picked.questions == 0) {
        out.notes.emplace_back("No accuracy to compare: one of the runs has no evaluation yet.");
        return;
    }
    if (!out.sameTestData) {
        out.notes.emplace_back("The test data differ (their hashes do not agree), so the accuracies are not compared.");
        return;
    }
    if (!options.scoring && a.evaluation && b.evaluation
        && !sameSettings(a.evaluation->settings, b.evaluation->settings))
        out.notes.emplace_back("The candidates were picked under different settings (candidates, aggregate, readout or"
                               " ties); the difference is not the training's alone.");
    const Matched matched = matchByKey(*a.questions, *b.questions);
    if (matched.a.empty())
        return;
    out.accuracy = pairedTest(restricted(a.picked, matched.a), restricted(b.picked, matched.b), options.seed);
    out.questionOfA = matched.a;
}

void compareWeights(const ComparedRun &a, const ComparedRun &b, const ComparisonOptions &options, PairComparison &out)
{
    if (a.weights.empty() || b.weights.empty())
        return;
    if (!out.sameTrainData) {
        out.notes.emplace_back("The training data differ (their hashes do not agree), so the learned weights are not"
                               " compared.");
        return;
    }
    const Matched matched = matchByKey(*a.rows, *b.rows);
    if (matched.a.empty())
        return;
    WeightComparison weights;
    weights.rowOfA = matched.a;
    for (std::size_t i = 0; i < matched.a.size(); ++i) {
        weights.a.push_back(a.weights[matched.a[i]]);
        weights.b.push_back(b.weights[matched.b[i]]);
    }
    weights.agreement = weightAgreement(weights.a, weights.b);
    weights.top = std::min(options.top, weights.agreement.samples);
    weights.topOverlap = topOverlap(suspicionFromWeights(weights.a), suspicionFromWeights(weights.b), weights.top);
    out.weights = std::move(weights);
}

PairComparison comparePair(const ComparedRun &a, const ComparedRun &b, const ComparisonOptions &options)
{
    PairComparison out;
    out.settings = optionDifferences(a.options, b.options);
    out.sameTestData = !a.hash("test").empty() && a.hash("test") == b.hash("test");
    out.sameTrainData = !a.hash("train").empty() && a.hash("train") == b.hash("train");
    if (!out.sameTrainData && (a.weights.empty() || b.weights.empty()))
        out.notes.emplace_back("The training data differ (their hashes do not agree).");
    comparePicks(a, b, options, out);
    compareWeights(a, b, options, out);
    return out;
}

} // namespace

std::string ComparedRun::hash(const std::string &role) const
{
    const auto found = datasets.find(role);
    return found == datasets.end() ? std::string() : found->second.sha256;
}

CandidateTruth truthOf(const std::vector<SampleRecord> &questions)
{
    CandidateTruth truth;
    for (const SampleRecord &question : questions)
        truth.push_back(question.labels);
    return truth;
}

Baselines baselinesOf(const std::vector<SampleRecord> &questions)
{
    std::vector<std::vector<std::optional<std::string>>> answers;
    for (const SampleRecord &question : questions) {
        answers.emplace_back();
        for (std::size_t c = 0; c < question.labels.size(); ++c)
            answers.back().push_back(c < question.steps.size() ? finalAnswer(question.steps[c]) : std::nullopt);
    }
    return baselinesOf(truthOf(questions), answers);
}

Baselines baselinesOf(const CandidateTruth &truth, const std::vector<std::vector<std::optional<std::string>>> &answers)
{
    Baselines result;
    for (const auto &question : answers)
        for (const auto &answer : question) {
            ++result.answers;
            result.unparsable += answer ? 0 : 1;
        }
    result.counts = curveCounts(commonCandidates(truth));
    for (const std::size_t n : result.counts) {
        const auto all = static_cast<std::int64_t>(truth.size());
        const auto at = static_cast<std::int64_t>(n);
        result.random.push_back(randomBaseline(truth, n).accuracy);
        const SelfConsistency majority = selfConsistency(answers, truth, n);
        result.selfConsistency.push_back({at, majority.correct, all});
        result.votesTied = majority.ties;
        result.oracle.push_back({at, oracleCorrect(truth, n), all});
    }
    return result;
}

std::string runLetter(std::size_t run)
{
    const std::string letter(1, static_cast<char>('A' + run % 26));
    return run < 26 ? letter : letter + std::to_string(run / 26 + 1);
}

std::string settingText(const RunOptions &options, const std::string &key)
{
    struct Text {
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const
        {
            char text[64];
            const auto end = std::to_chars(text, text + sizeof text, value).ptr; // shortest that reads back the same
            return {text, end};
        }
        std::string operator()(const std::string &value) const { return value.empty() ? "(empty)" : value; }
    };
    return std::visit(Text{}, optionValue(options, key));
}

Result<Comparison> compareRuns(Database &database, const std::vector<RunRecord> &runs, const ComparisonOptions &options)
{
    Comparison out;
    out.asStored = !options.scoring;
    ComparisonReader reader(database, options.scoring);
    for (const RunRecord &run : runs) {
        WINNOW_ASSIGN(ComparedRun read, reader.read(run));
        out.runs.push_back(std::move(read));
    }
    if (out.runs.empty())
        return out;
    const RunOptions::Evaluation &own = out.runs.front().options.evaluation;
    out.choice = options.scoring.value_or(
        ScoringChoice{static_cast<std::size_t>(own.candidates), own.aggregate, own.readout, own.ties});
    for (std::size_t i = 1; i < out.runs.size(); ++i)
        out.pairs.push_back(comparePair(out.runs.front(), out.runs[i], options));
    if (out.runs.front().questions)
        out.baselines = baselinesOf(*out.runs.front().questions);
    for (const OptionInfo &info : optionSchema()) {
        const OptionValue first = optionValue(out.runs.front().options, info.key);
        const bool differs = std::any_of(out.runs.begin(), out.runs.end(), [&](const ComparedRun &run) {
            return optionValue(run.options, info.key) != first;
        });
        if (differs && info.key != "name")
            out.differingSettings.push_back(info.key);
    }
    return out;
}

} // namespace winnow
