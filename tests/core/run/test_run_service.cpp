#include "core/run/run_service.h"

#include "core/base/options_io.h"
#include "core/data/demo/demo_base.h"
#include "core/data/demo/demo_files.h"
#include "core/run/checkpoint_manifest.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/engine_stub.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <stdexcept>

namespace winnow {
namespace {

using test::StoreFolder;
using test::writeFile;

/// Stands for the module: tells what a training run tells, checkpoints every 5 steps, and says what it was asked.
class FakeEngine : public test::EngineStub {
public:
    struct Log {
        std::vector<std::string> resumedFrom;
        std::int64_t stopAfter = -1; ///< step at which the outside asks to stop
        std::int64_t discardAfter = -1; ///< step at which it asks to stop without a checkpoint
        std::size_t trainRows = 0;
        std::vector<std::string> unitKeys;
        bool fail = false;
        std::function<void(std::int64_t step)> atStep; ///< what happens outside while the run works
    };
    explicit FakeEngine(Log &log) : m_log(log) {}

    Result<TrainOutcome> train(const TrainRequest &request, RunEvents &events, StopFlag &stop) override
    {
        m_log.resumedFrom.push_back(request.resumeFrom);
        m_log.trainRows = request.train->size();
        m_log.unitKeys = request.unitKeys;
        if (m_log.fail)
            return Error{"the engine failed"};
        TrainOutcome outcome;
        std::int64_t step = request.resumeFrom.empty() ? 0 : verifyCheckpoint(request.resumeFrom)->step;
        while (step < request.options.train.iterations) {
            ++step;
            const MetricPoint loss{"loss.train", 1.0 / static_cast<double>(step)};
            events.onMetrics(step, {&loss, 1});
            if (m_log.atStep)
                m_log.atStep(step);
            for (std::size_t row = 0; row < request.train->size(); ++row)
                (void)request.train->get(row);
            std::vector<SampleVisit> visits;
            for (std::uint32_t row = 0; row < request.train->size(); ++row)
                visits.push_back({row, 1.0f, static_cast<float>(row), 0.5f, 0.5f, 0.0f});
            events.onVisits(step, visits);
            events.onProgress("train", step, request.options.train.iterations);
            if (step == 7) {
                events.onResumed(step); // a pause that was taken back at once
                events.onPaused(step);
                events.onResumed(step);
            }
            if (step % 5 == 0) {
                report(request, events, step, outcome);
                if (m_log.stopAfter == step)
                    stop.requestStop();
            }
            if (m_log.discardAfter == step)
                stop.requestDiscard();
            if (stop.stopRequested()) {
                if (step % 5 != 0 && !stop.discardRequested())
                    report(request, events, step, outcome);
                return outcome;
            }
        }
        outcome.finished = true;
        outcome.selectedStep = 5;
        outcome.weightsSha256 = "aa";
        return outcome;
    }

private:
    void report(const TrainRequest &request, RunEvents &events, std::int64_t step, TrainOutcome &outcome)
    {
        WeightSnapshot snapshot{step, {}, {}};
        for (std::size_t i = 0; i < request.unitKeys.size(); ++i)
            snapshot.values.push_back(static_cast<float>(i));
        events.onWeights(snapshot);
        StepScores scores;
        scores.step = step;
        for (std::size_t i = 0; i < request.test->size(); ++i)
            scores.pPlusFull.push_back(std::vector<float>(request.test->get(i)->sites.size(), 0.5f));
        scores.pPlusPair = scores.pPlusFull;
        events.onScores(scores);
        events.beforeCheckpoint(step);
        const auto temporary = beginCheckpoint(request.runFolder, step);
        writeFile(*temporary + "/state.json", std::to_string(step));
        outcome.lastCheckpoint = *completeCheckpoint(*temporary, step);
        EXPECT_TRUE(pruneCheckpoints(request.runFolder, {}).ok());
        outcome.steps = step;
        events.onCheckpoint({step, outcome.lastCheckpoint, 1});
    }

    Log &m_log;
};

class Service : public ::testing::Test {
protected:
    void SetUp() override
    {
        const auto sheet = DigitSheet::load(WINNOW_SOURCE_DIR "/resources/demo");
        ASSERT_TRUE(sheet.ok()) << sheet.error().message;
        DemoTaskOptions small;
        small.seed = 10;
        small.trainRows = 12;
        small.metaRows = 6;
        small.holdoutRows = 4;
        small.questions = 5;
        const auto task = generateDemoTask(*sheet, small);
        ASSERT_TRUE(task.ok()) << task.error().message;
        ASSERT_TRUE(writeDemoTask(*task, *sheet, folder.file("data")).ok());
        ASSERT_TRUE(writeDemoBaseFiles(*makeDemoTokenizer(), folder.file("base")).ok());
        writer = std::move(StoreWriter::open(folder.file("a.db")).value());
        options.model.checkpoint = folder.file("base");
        options.data.train = folder.file("data/train.json");
        options.data.meta = folder.file("data/meta.json");
        options.data.holdout = folder.file("data/holdout.json");
        options.data.test = folder.file("data/test.json");
        options.train.iterations = 20;
        options.checkpointEvery = 5;
        options.evaluation.every = 5;
        RunServiceSettings settings;
        settings.openEngine = [this]() -> Result<std::unique_ptr<Engine>> {
            return std::unique_ptr<Engine>(new FakeEngine(log));
        };
        service = std::make_unique<RunService>(*writer, settings);
    }

    RunRecord stored(RunId run)
    {
        auto db = Database::open(folder.file("a.db"));
        return RunStore(*db).get(run).value();
    }

    StoreFolder folder;
    RunOptions options;
    FakeEngine::Log log;
    std::unique_ptr<StoreWriter> writer;
    std::unique_ptr<RunService> service;
};

TEST_F(Service, CarriesOutStopsAndResumes)
{
    const auto run = service->create(options);
    ASSERT_TRUE(run.ok()) << run.error().message;
    log.stopAfter = 10;
    StopFlag stop;
    const auto stopped = service->execute(*run, stop);
    ASSERT_TRUE(stopped.ok()) << stopped.error().message;
    EXPECT_EQ(stored(*run).state, RunState::Stopped);

    ASSERT_TRUE(service->requeue(*run).ok());
    StopFlag again;
    log.stopAfter = -1;
    // A row after the checkpoint, as a killed run leaves it: computed again, not doubled.
    ASSERT_TRUE(writer->execute([&](Database &db) {
        return MetricStore(db).append(*run, {{"loss.train", 11, 77, 0}});
    }).ok());
    const auto finished = service->execute(*run, again);
    ASSERT_TRUE(finished.ok()) << finished.error().message;
    EXPECT_EQ(finished->state, RunState::Finished);
    ASSERT_EQ(log.resumedFrom.size(), 2u);
    EXPECT_EQ(log.resumedFrom[0], "");
    EXPECT_EQ(checkpointStepOf(log.resumedFrom[1]), 10);

    auto db = Database::open(folder.file("a.db"));
    const RunRecord record = stored(*run);
    EXPECT_EQ(record.state, RunState::Finished);
    EXPECT_EQ(record.result.weightsSha256, "aa");
    EXPECT_EQ(record.device, "fake");
    EXPECT_GE(record.threads, 1);
    EXPECT_EQ(record.datasets.size(), 4u);
    EXPECT_TRUE(record.result.accuracy.has_value());
    EXPECT_TRUE(record.result.accuracyLast.has_value());
    MetricStore metrics(*db);
    const auto loss = metrics.series(*run, "loss.train");
    ASSERT_EQ(loss->steps.size(), 20u);
    EXPECT_DOUBLE_EQ(loss->values[10], 1.0 / 11);
    EXPECT_EQ(metrics.series(*run, "accuracy")->steps, (std::vector<std::int64_t>{5, 10, 15, 20}));
    EXPECT_EQ(metrics.series(*run, "accuracy.sum")->steps.size(), 4u);
    EXPECT_EQ(*VisitStore(*db).count(*run), 20 * 12);
    EXPECT_EQ(WeightStore(*db).units(*run)->keys.size(), 12u);
    EXPECT_EQ(EvaluationStore(*db).ofRun(*run)->size(), 4u);
    EXPECT_EQ(RunStore(*db).artifacts(*run)->size(), 2u);
    EXPECT_EQ(DatasetStore(*db).samples(record.datasets.at("test"))->at(0).labels.size(), 8u);
    EXPECT_EQ(metrics.series(*run, "auroc.loss_ema")->steps.size(), 4u);
    EXPECT_EQ(metrics.series(*run, "auroc.weight")->steps.size(), 4u);
    const auto events = EventStore(*db).ofRun(*run);
    const auto resumed = std::count_if(events->begin(), events->end(),
                                       [](const EventRecord &e) { return e.kind == "resumed" && e.step == 10; });
    EXPECT_EQ(resumed, 1) << "the mark on the curves";
    EXPECT_EQ(std::count_if(events->begin(), events->end(), [](const EventRecord &e) { return e.kind == "paused"; }), 1);
    // All scores are equal: every question is a tie.
    EXPECT_EQ(EvaluationStore(*db).ofRun(*run)->at(0).ties, 5);
}

TEST_F(Service, ADiscardingStopLeavesTheRunAsItsLastCheckpointWas)
{
    const auto run = service->create(options);
    log.discardAfter = 13;
    StopFlag stop;
    const auto stopped = service->execute(*run, stop);
    ASSERT_TRUE(stopped.ok()) << stopped.error().message;
    EXPECT_EQ(stored(*run).state, RunState::Stopped);
    EXPECT_EQ(stored(*run).step, 10);
    EXPECT_EQ(stored(*run).result.steps, 10);
    auto db = Database::open(folder.file("a.db"));
    EXPECT_EQ(MetricStore(*db).series(*run, "loss.train")->steps.size(), 10u);
    EXPECT_EQ(*VisitStore(*db).count(*run), 10 * 12);
    EXPECT_EQ(WeightStore(*db).steps(*run)->back(), 10);
    const auto events = EventStore(*db).ofRun(*run);
    EXPECT_TRUE(std::any_of(events->begin(), events->end(), [](const EventRecord &e) {
        return e.kind == "discarded" && e.text.starts_with("Gave up iterations 11 to 13");
    }));

    log.discardAfter = -1; // goes on as if the given up iterations had never been
    ASSERT_TRUE(service->requeue(*run).ok());
    StopFlag again;
    const auto finished = service->execute(*run, again);
    ASSERT_TRUE(finished.ok()) << finished.error().message;
    EXPECT_EQ(finished->state, RunState::Finished);
    EXPECT_EQ(MetricStore(*db).series(*run, "loss.train")->steps.size(), 20u);
}

TEST_F(Service, ADiscardingStopBeforeTheFirstCheckpointKeepsNothing)
{
    const auto run = service->create(options);
    log.discardAfter = 3;
    StopFlag stop;
    ASSERT_TRUE(service->execute(*run, stop).ok());
    EXPECT_EQ(stored(*run).state, RunState::Stopped);
    EXPECT_EQ(stored(*run).step, 0);
    auto db = Database::open(folder.file("a.db"));
    EXPECT_TRUE(MetricStore(*db).series(*run, "loss.train")->steps.empty());
}

TEST_F(Service, EndsAreTold)
{
    const auto run = service->create(options);
    StopFlag stop;
    log.stopAfter = 10;
    ASSERT_TRUE(service->execute(*run, stop).ok());
    ASSERT_TRUE(service->requeue(*run).ok());
    StopFlag again;
    log.stopAfter = -1;
    ASSERT_TRUE(service->execute(*run, again).ok());
    auto db = Database::open(folder.file("a.db"));
    std::vector<std::string> texts;
    const auto notices = EventStore(*db).noticesAfter(0);
    for (const EventRecord &event : notices.value())
        texts.push_back(event.text.substr(0, event.text.find(' ')));
    EXPECT_EQ(texts, (std::vector<std::string>{"Stopped", "Finished"}));
}

TEST_F(Service, AWindowThatClosesLeavesItsRunPaused)
{
    const auto run = service->create(options);
    StopFlag stop;
    log.stopAfter = 10;
    service->leaveStoppedRunsPaused();
    ASSERT_TRUE(service->execute(*run, stop).ok());
    EXPECT_EQ(stored(*run).state, RunState::Paused);
    EXPECT_TRUE(stored(*run).resumable());
    StopFlag again; // the next window takes it up as it is
    log.stopAfter = -1;
    const auto finished = service->execute(*run, again);
    ASSERT_TRUE(finished.ok()) << finished.error().message;
    EXPECT_EQ(finished->state, RunState::Finished);
}

TEST_F(Service, AStopWhileTheDataIsReadIsNoFailure)
{
    const auto run = service->create(options);
    StopFlag stop;
    stop.requestStop();
    const auto stopped = service->execute(*run, stop);
    ASSERT_TRUE(stopped.ok()) << stopped.error().message;
    EXPECT_EQ(stored(*run).state, RunState::Stopped);
    EXPECT_TRUE(log.resumedFrom.empty()) << "it never came to training";
}

TEST_F(Service, ARunOfAnotherProgramIsLeftAlone)
{
    const auto run = service->create(options);
    ASSERT_TRUE(writer->execute([&](Database &db) { return RunStore(db).claim(*run, "", "cpu", 1); }).ok());
    StopFlag stop;
    const auto refused = service->execute(*run, stop);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find("stop it there"), std::string::npos) << refused.error().message;
}

TEST_F(Service, PicturesThatVanishFailTheRun)
{
    RunServiceSettings settings;
    settings.tileBytes = 1; // nothing stays in memory
    settings.openEngine = [this]() -> Result<std::unique_ptr<Engine>> {
        return std::unique_ptr<Engine>(new FakeEngine(log));
    };
    RunService careful(*writer, settings);
    const auto run = careful.create(options);
    const std::string pictures = folder.file("data/pictures"), away = folder.file("data/away");
    log.atStep = [&](std::int64_t step) {
        if (step == 12)
            std::filesystem::rename(pictures, away);
    };
    StopFlag stop;
    const auto failed = careful.execute(*run, stop);
    ASSERT_FALSE(failed.ok());
    EXPECT_NE(failed.error().message.find(pictures), std::string::npos) << failed.error().message;
    EXPECT_EQ(stored(*run).state, RunState::Failed);
    auto db = Database::open(folder.file("a.db"));
    EXPECT_EQ(EventStore(*db).noticesAfter(0)->size(), 1u);

    std::filesystem::rename(away, pictures);
    log.atStep = {};
    ASSERT_TRUE(careful.requeue(*run).ok());
    StopFlag again;
    const auto finished = careful.execute(*run, again);
    ASSERT_TRUE(finished.ok()) << finished.error().message;
    EXPECT_EQ(checkpointStepOf(log.resumedFrom.back()), 10)
        << "the checkpoint that was written without pictures is not taken";
}

TEST_F(Service, AFailureIsKeptWithTheRun)
{
    log.fail = true;
    const auto run = service->create(options);
    StopFlag stop;
    EXPECT_EQ(service->execute(*run, stop).error().message, "the engine failed");
    EXPECT_EQ(stored(*run).state, RunState::Failed);
    EXPECT_EQ(stored(*run).error, "the engine failed");

    options.data.train = folder.file("data/nothing.json");
    const auto bad = service->create(options);
    ASSERT_TRUE(bad.ok());
    const auto result = service->execute(*bad, stop);
    ASSERT_FALSE(result.ok());
    EXPECT_NE(result.error().message.find("nothing.json"), std::string::npos);
    EXPECT_EQ(stored(*bad).state, RunState::Failed);

    options.train.iterations = -1;
    EXPECT_FALSE(service->create(options).ok());
}

TEST_F(Service, PreparationNamesUnitsAndProblems)
{
    options.weighting.method = Method::Domain;
    auto prepared = prepareRun(options);
    ASSERT_TRUE(prepared->report.canStart()) << prepared->report.firstProblem();
    EXPECT_TRUE(std::is_sorted(prepared->units.keys.begin(), prepared->units.keys.end()));
    EXPECT_EQ(prepared->units.keys.size(), 3u);
    EXPECT_EQ(prepared->report.metaForm, "step-level");
    EXPECT_GT(prepared->report.meanTokens, 50);
    EXPECT_GT(prepared->report.checkpointBytes, 1000000u);

    options.weighting.method = Method::None;
    options.data.metaInTrain = true;
    prepared = prepareRun(options);
    ASSERT_TRUE(prepared->report.canStart()) << prepared->report.firstProblem();
    EXPECT_EQ(prepared->request.train->size(), 18u);
    EXPECT_EQ(prepared->dataset("train")->samples.size(), 18u);
    EXPECT_TRUE(prepared->units.keys.empty());

    options.data.metaInTrain = false;
    options.data.holdout = options.data.train; // the training rows are looked at as if they were unseen
    options.model.tokenizer = folder.file("nowhere");
    prepared = prepareRun(options);
    EXPECT_FALSE(prepared->report.canStart());
    options.model.tokenizer.clear();
    options.data.holdout = options.data.meta;
    prepared = prepareRun(options);
    const auto &findings = prepared->report.findings;
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const PreflightFinding &f) {
        return f.key == "data.holdout" && f.severity == PreflightFinding::Severity::Warning
            && f.text.find("not unseen") != std::string::npos;
    }));
}

TEST(WeightUnits, KeysAreSortedAsStrings)
{
    std::vector<ConversationRow> rows(4);
    const char *ids[] = {"10", "1", "100", "1"};
    std::vector<const ConversationRow *> pointers;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].key = "row" + std::to_string(i);
        rows[i].unitKey = ids[i];
        pointers.push_back(&rows[i]);
    }
    const WeightUnits table = weightUnits(pointers, Stage::Bilevel, Method::Table);
    EXPECT_EQ(table.keys, (std::vector<std::string>{"1", "10", "100"}));
    EXPECT_EQ(table.unitOfSample, (std::vector<std::uint32_t>{1, 0, 2, 0}));
    const WeightUnits net = weightUnits(pointers, Stage::Bilevel, Method::Net);
    EXPECT_EQ(net.keys[3], "row3");
    EXPECT_EQ(net.unitOfSample[3], 3u);
    EXPECT_TRUE(weightUnits(pointers, Stage::ColdStart, Method::Table).keys.empty());
}

} // namespace
} // namespace winnow
