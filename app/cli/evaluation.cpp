#include "app/cli/evaluation.h"

#include "app/cli/text_table.h"
#include "core/data/test_reader.h"
#include "core/eval/answer_parser.h"
#include "core/eval/statistics.h"

#include <cmath>
#include <set>

namespace winnow::cli
{

namespace
{

void addBaselines(const RowDataset &test, std::size_t n, EvaluationReport &report)
{
    CandidateTruth truth;
    std::vector<std::vector<std::optional<std::string>>> answers;
    for (const QuestionRow &question : test.questions()) {
        truth.push_back(question.trueFalse);
        answers.emplace_back();
        for (std::size_t i = 0; i < question.candidates.size(); ++i) {
            answers.back().push_back(finalAnswer(question.candidates[i]));
            if (i >= n)
                continue;
            ++report.looked;
            report.unparsable += answers.back().back() ? 0 : 1;
        }
    }
    report.random = randomBaseline(truth, n);
    report.oracle = oracleCorrect(truth, n);
    report.selfConsistency = selfConsistency(answers, truth, n);
}

std::int64_t questionsWithoutPicture(const RowDataset &test)
{
    if (test.picturesMissing() == 0)
        return 0;
    std::set<std::uint32_t> questions;
    for (std::size_t i = 0; i < test.size(); ++i)
        if (test.get(i)->pictureMissing)
            questions.insert(test.candidateOf(i).question);
    return static_cast<std::int64_t>(questions.size());
}

double share(std::int64_t part, std::int64_t all)
{
    return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : std::nan("");
}

std::string shareText(std::int64_t correct, std::int64_t n)
{
    const Interval interval = wilsonInterval(correct, n);
    return fixedText(share(correct, n)) + " " + intervalText(interval.low, interval.high) + " ("
        + std::to_string(correct) + " of " + std::to_string(n) + ")";
}

Json shareJson(std::int64_t correct, std::int64_t n)
{
    const Interval interval = wilsonInterval(correct, n);
    return {{"accuracy", jsonNumber(share(correct, n))},
            {"low", interval.low},
            {"high", interval.high},
            {"n", n},
            {"correct", correct}};
}

} // namespace

Result<EvaluationReport> evaluateFile(const EvaluationJob &job)
{
    EvaluationReport report;
    SampleEncoderOptions encoding;
    encoding.maxTiles = static_cast<int>(job.maxTiles);
    encoding.tokenLimit = job.tokenLimit;
    encoding.splitter = job.settings.splitter;
    encoding.systemText = job.settings.systemText;
    WINNOW_ASSIGN(SampleEncoder encoder, openEncoder(job.model, encoding));
    WINNOW_ASSIGN(QuestionFile file, readQuestions(job.test));
    report.dropped = printDropped(job.test, file.report);
    WINNOW_ASSIGN(const std::unique_ptr<RowDataset> test,
                  RowDataset::open(std::move(file.questions), std::move(encoder), datasetOptions(job.model)));
    // Such questions stay in the count; their unusable candidates have no score and are never picked.
    printDropped(job.test, test->report());
    report.picturesMissing = questionsWithoutPicture(*test);
    WINNOW_ASSIGN(report.test, preparedTestFile(job.test, file.report, *test));
    WINNOW_ASSIGN(report.scores, scoreSamples(job.model, *test));
    report.evaluated = evaluateScores(*test, job.settings, report.scores);
    report.record = report.evaluated.record;
    addBaselines(*test, static_cast<std::size_t>(job.settings.candidates), report);
    return report;
}

std::string evaluationText(const EvaluationJob &job, const EvaluationReport &report)
{
    const EvaluationRecord &record = report.record;
    const std::string n = std::to_string(job.settings.candidates);
    TextTable table({"best of " + n, "accuracy [95 %] (right of n)"});
    table.add({"this model", shareText(record.correct, record.n)});
    for (const SubjectCount &subject : record.subjects)
        if (!subject.subject.empty())
            table.add({"  " + subject.subject, shareText(subject.correct, subject.n)});
    table.add({"random",
               fixedText(report.random.accuracy) + " +- " + fixedText(report.random.standardDeviation)
                   + " (expected, standard deviation)"});
    table.add({"self-consistency", shareText(report.selfConsistency.correct, report.selfConsistency.questions)});
    table.add({"oracle", shareText(report.oracle, record.n)});
    std::string out = table.text();
    out += "aggregate " + record.settings.aggregate + ", readout " + record.settings.readout + ", ties to the "
        + record.settings.ties + ", splitter " + std::string(choiceName(job.settings.splitter)) + ", precision "
        + std::string(choiceName(job.model.precision)) + "\n";
    out += std::to_string(record.ties) + " questions decided by the tie rule, " + std::to_string(record.unparsable)
        + " without a usable score, " + std::to_string(report.picturesMissing)
        + " scored without their missing picture, " + std::to_string(report.dropped) + " rows left out\n";
    out += std::to_string(report.unparsable) + " of " + std::to_string(report.looked)
        + " candidates have no \"Answer:\" and do not vote; " + std::to_string(report.selfConsistency.ties)
        + " votes were ties\n";
    return out;
}

Json evaluationJson(const EvaluationJob &job, const EvaluationReport &report)
{
    const EvaluationRecord &record = report.record;
    Json out{{"checkpoint", job.model.checkpoint}, {"test", job.test}};
    out.update(shareJson(record.correct, record.n));
    out["candidates"] = job.settings.candidates;
    out["aggregate"] = record.settings.aggregate;
    out["readout"] = record.settings.readout;
    out["ties_rule"] = record.settings.ties;
    out["splitter"] = choiceName(job.settings.splitter);
    out["precision"] = choiceName(job.model.precision);
    out["ties"] = record.ties;
    out["unscored"] = record.unparsable;
    out["unparsable_candidates"] = report.unparsable;
    out["pictures_missing"] = report.picturesMissing;
    out["rows_left_out"] = report.dropped;
    out["subjects"] = Json::object();
    for (const SubjectCount &subject : record.subjects)
        if (!subject.subject.empty())
            out["subjects"][subject.subject] = shareJson(subject.correct, subject.n);
    out["random"] = {{"accuracy", jsonNumber(report.random.accuracy)},
                     {"standard_deviation", jsonNumber(report.random.standardDeviation)}};
    out["self_consistency"] = shareJson(report.selfConsistency.correct, report.selfConsistency.questions);
    out["oracle"] = shareJson(report.oracle, record.n);
    return out;
}

} // namespace winnow::cli
