// What StoreReader reads for Compare and Evaluation.
#include "ui/bridge/store_reader.h"

#include "core/eval/answer_parser.h"
#include "core/eval/statistics.h"
#include "core/report/run_figures.h"
#include "core/text/step_splitter.h"
#include "ui/models/run_looks.h"

namespace winnow::ui {

Result<RunScores> StoreReader::scoresOf(RunId id)
{
    RunScores result;
    WINNOW_ASSIGN(result.run, run(id));
    EvaluationStore store(m_database);
    WINNOW_ASSIGN(const auto evaluations, store.ofRun(id));
    const std::int64_t wanted = result.run.record.result.selectedStep;
    for (const EvaluationRecord &evaluation : evaluations) {
        if (evaluation.purpose == "test") {
            const winnow::Interval band = bootstrapInterval(evaluation.correct, evaluation.n);
            result.curveSteps.push_back(evaluation.step);
            result.curveAccuracy.push_back(evaluation.accuracy);
            result.curveLow.push_back(band.low);
            result.curveHigh.push_back(band.high);
        }
    }
    WINNOW_ASSIGN(const auto infos, store.scoresOfRun(id));
    for (const ScoresInfo &info : infos) {
        if (info.purpose != "test")
            continue;
        WINNOW_ASSIGN(auto scores, store.scores(id, info.purpose, info.step));
        if (!scores)
            continue;
        result.historySteps.push_back(info.step);
        result.history.push_back(scores->pPlusFull);
        if (info.step == wanted || result.full.empty() || wanted < 0) {
            result.step = info.step;
            result.full = std::move(scores->pPlusFull);
            result.pair = std::move(scores->pPlusPair);
        }
    }
    WINNOW_ASSIGN(auto weights, rowWeights(m_database, result.run.record));
    if (weights) {
        result.weights = std::move(weights->ofRow);
        result.weightStep = weights->step;
    }
    result.trainHash = result.run.datasetHash;
    if (const auto train = result.run.record.datasets.find("train"); train != result.run.record.datasets.end()) {
        WINNOW_ASSIGN(const auto dataset, DatasetStore(m_database).get(train->second));
        result.trainSha256 = dataset.sha256;
    }
    return result;
}

Result<std::shared_ptr<const EvaluationData>> StoreReader::evaluation(const std::vector<RunId> &runs)
{
    auto data = std::make_shared<EvaluationData>();
    DatasetId test;
    StepSplitter splitter = StepSplitter::KeepNumbers;
    for (const RunId id : runs) {
        WINNOW_ASSIGN(auto scores, scoresOf(id));
        const auto &sets = scores.run.record.datasets;
        if (const auto own = sets.find("test"); own != sets.end()) {
            WINNOW_ASSIGN(const auto dataset, DatasetStore(m_database).get(own->second));
            if (!test) {
                test = own->second;
                data->dataset = dataset;
                splitter = scores.run.options.evaluation.splitter;
            } else if (dataset.sha256 != data->dataset.sha256) { // other questions: its picks say nothing about these
                scores.full.clear();
                scores.pair.clear();
                scores.history.clear();
                scores.otherTestData = true;
            }
        }
        if (const auto own = sets.find("train"); own != sets.end() && !data->train)
            data->train = own->second;
        data->runs.push_back(std::move(scores));
    }
    std::vector<SeriesLook *> looks; // runs that are not drawn elsewhere may look like others
    for (RunScores &scores : data->runs)
        looks.push_back(&scores.run.look);
    separateLooks(looks);
    DatasetStore store(m_database);
    if (data->train) {
        WINNOW_ASSIGN(const DatasetRecord train, store.get(data->train));
        data->trainRows = train.rowsKept;
        WINNOW_ASSIGN(data->trainNoise, mask(data->train));
    }
    if (!test)
        return std::shared_ptr<const EvaluationData>(std::move(data));
    WINNOW_ASSIGN(data->questions, store.samples(test));
    for (const SampleRecord &question : data->questions) {
        std::vector<std::vector<std::string>> candidates;
        std::vector<std::optional<std::string>> answers;
        for (const std::string &candidate : question.steps) {
            candidates.push_back(candidateSteps(candidate, splitter));
            answers.push_back(finalAnswer(candidate));
        }
        data->steps.push_back(std::move(candidates));
        data->answers.push_back(std::move(answers));
    }
    return std::shared_ptr<const EvaluationData>(std::move(data));
}

} // namespace winnow::ui
