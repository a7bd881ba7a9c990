#include "core/run/confident_learning_job.h"

#include "core/base/options_io.h"
#include "core/data/demo/demo_base.h"
#include "core/run/checkpoint_manifest.h"
#include "core/run/run_events_fanout.h"
#include "core/run/run_service.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/engine_stub.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

namespace winnow
{
namespace
{

using nlohmann::json;
using test::StoreFolder;
using test::writeFile;

/// Stands for the module: its "model" believes the first word of a step, and it notes which rows it was given.
class FoldEngine : public test::EngineStub
{
public:
    struct Fold {
        std::set<std::string> trained, scored; ///< questions
        std::string resumedFrom, checkpoint;
        RunOptions options;
    };
    struct Log {
        std::vector<Fold> folds; ///< by call of train()
        std::size_t stopIn = 99; ///< call in which the outside asks to stop
        bool failScoring = false;
    };
    FoldEngine(Log &log, const Tokenizer &tokenizer) : m_log(log), m_tokenizer(tokenizer) { }

    Result<TrainOutcome> train(const TrainRequest &request, RunEvents &events, StopFlag &stop) override
    {
        Fold fold;
        fold.trained = questions(*request.train);
        fold.resumedFrom = request.resumeFrom;
        fold.options = request.options;
        TrainOutcome outcome;
        outcome.seconds = 1.5;
        const std::string temporary = beginCheckpoint(request.runFolder, 5).value();
        writeFile(temporary + "/state.json", "5");
        outcome.lastCheckpoint = completeCheckpoint(temporary, 5).value();
        fold.checkpoint = outcome.lastCheckpoint;
        events.onProgress("training", 5, request.options.train.iterations);
        m_log.folds.push_back(fold);
        if (m_log.folds.size() == m_log.stopIn)
            stop.requestStop();
        outcome.finished = !stop.stopRequested();
        return outcome;
    }
    Result<StepScores> score(const ScoreRequest &request, RunEvents &, StopFlag &) override
    {
        EXPECT_EQ(request.checkpoint, m_log.folds.back().checkpoint);
        if (m_log.failScoring)
            return Error{"the engine failed"};
        m_log.folds.back().scored = questions(*request.samples);
        StepScores scores;
        for (std::size_t i = 0; i < request.samples->size(); ++i) {
            const auto sample = request.samples->get(i);
            const std::string text = m_tokenizer.decode(sample->ids);
            scores.pPlusPair.emplace_back(sample->sites.size(), text.find("right") != std::string::npos ? 0.9f : 0.2f);
        }
        scores.pPlusFull = scores.pPlusPair;
        return scores;
    }

private:
    std::set<std::string> questions(const EncodedDataset &rows) const
    {
        std::set<std::string> all;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string text = m_tokenizer.decode(rows.get(i)->ids);
            const std::size_t at = text.find("Case ");
            all.insert(text.substr(at, text.find('.', at) - at));
        }
        return all;
    }

    Log &m_log;
    const Tokenizer &m_tokenizer;
};

class Job : public ::testing::Test
{
protected:
    static constexpr int questions = 9;

    void SetUp() override
    {
        ASSERT_TRUE(writeDemoBaseFiles(*makeDemoTokenizer(), folder.file("base")).ok());
        tokenizer = std::make_unique<Tokenizer>(makeDemoTokenizer().value());
        writeRows(true);
        writer = std::move(StoreWriter::open(folder.file("a.db")).value());
        run = addRun(coldStart());
    }

    /// Two rows a question; of every third question the labels are flipped.
    void writeRows(bool marked)
    {
        json rows = json::array();
        for (int row = 0; row < 2 * questions; ++row) {
            const bool right = row % 2 == 0, noise = row / 2 % 3 == 0;
            json turns = json::array({{{"from", "system"}, {"value", "Judge."}},
                                      {{"from", "human"}, {"value", "Case " + std::to_string(row / 2) + "."}}});
            turns.push_back({{"from", "human"}, {"value", right ? "right" : "wrong"}});
            turns.push_back({{"from", "gpt"}, {"value", right != noise ? "+" : "-"}});
            rows.push_back({{"id", "r" + std::to_string(row)}, {"conversations", turns}});
            if (marked)
                rows.back()["noise"] = noise;
        }
        writeFile(folder.file("train.json"), rows.dump());
    }

    RunOptions coldStart() const
    {
        RunOptions options;
        options.stage = Stage::ColdStart;
        options.seed = 7;
        options.threads = 1;
        options.model.checkpoint = folder.file("base");
        options.data.train = folder.file("train.json");
        options.train.iterations = 5;
        return options;
    }

    /// A run as the service leaves it, with its rows in the store.
    RunId addRun(const RunOptions &options)
    {
        RunServiceSettings settings;
        RunId id = RunService(*writer, settings).create(options).value();
        const auto prepared = prepareRun(options);
        EXPECT_TRUE(prepared->report.canStart()) << prepared->report.firstProblem();
        EXPECT_TRUE(writer
                        ->execute([&](Database &db) -> Status {
                            const PreparedDataset *train = prepared->dataset("train");
                            WINNOW_ASSIGN(const DatasetId data, DatasetStore(db).put(train->record, train->samples));
                            WINNOW_TRY(RunStore(db).setDataset(id, "train", data));
                            const std::string own = folder.file("runs/" + std::to_string(id.value));
                            WINNOW_TRY(RunStore(db).claim(id, own, "fake", 1));
                            return RunStore(db).setState(id, RunState::Finished);
                        })
                        .ok());
        return id;
    }

    Result<FoldRecipe> recipeOf(RunId id)
    {
        auto db = Database::open(folder.file("a.db"));
        return foldRecipe(*db, RunStore(*db).get(id).value());
    }

    Result<ConfidentLearningResult> compute(RowScore score = RowScore::Mean)
    {
        ConfidentLearningSettings settings;
        settings.folds = 3;
        settings.rowScore = score;
        settings.openEngine = [this]() -> Result<std::unique_ptr<Engine>> {
            return std::unique_ptr<Engine>(new FoldEngine(log, *tokenizer));
        };
        StopFlag stop;
        RunEventsAdapter events;
        return ConfidentLearningJob(*writer, settings, events, stop).compute(run, recipeOf(run)->options);
    }

    std::optional<RankerScores> stored()
    {
        auto db = Database::open(folder.file("a.db"));
        return RankerScoreStore(*db).get(run, confidentLearningName).value();
    }

    StoreFolder folder;
    std::unique_ptr<Tokenizer> tokenizer;
    std::unique_ptr<StoreWriter> writer;
    FoldEngine::Log log;
    RunId run;
};

TEST_F(Job, NoFoldIsAskedAQuestionItWasTrainedOn)
{
    const auto result = compute();
    ASSERT_TRUE(result.ok()) << result.error().message;
    ASSERT_EQ(log.folds.size(), 3u);
    std::set<std::string> all;
    for (const FoldEngine::Fold &fold : log.folds) {
        EXPECT_EQ(fold.scored.size(), 3u);
        EXPECT_EQ(fold.trained.size(), 6u);
        for (const std::string &question : fold.scored) {
            EXPECT_FALSE(fold.trained.contains(question)) << question;
            EXPECT_TRUE(all.insert(question).second) << question << " was held out twice";
        }
        EXPECT_EQ(fold.options.seed, 7) << "the run's";
        EXPECT_EQ(fold.options.stage, Stage::ColdStart);
        EXPECT_FALSE(std::filesystem::exists(fold.checkpoint)) << "a finished fold leaves no checkpoint behind";
    }
    EXPECT_EQ(all.size(), 9u);
    EXPECT_DOUBLE_EQ(result->seconds, 4.5);
}

TEST_F(Job, FlippedRowsComeFirstAndTheScoresAreARankerOfTheRun)
{
    const auto result = compute();
    ASSERT_TRUE(result.ok()) << result.error().message;
    ASSERT_EQ(result->suspicion.size(), 18u);
    double leastNoisy = 1e9, mostClean = -1e9;
    for (std::size_t row = 0; row < 18; ++row) {
        if (row / 2 % 3 == 0)
            leastNoisy = std::min(leastNoisy, result->suspicion[row]);
        else
            mostClean = std::max(mostClean, result->suspicion[row]);
    }
    EXPECT_GT(leastNoisy, mostClean);
    // 9 steps given +: 6 with p(+) 0.9, 3 with 0.2; 9 given -: 6 with p(-) 0.8, 3 with 0.1.
    EXPECT_EQ(result->joint.counts[1][1], 6);
    EXPECT_EQ(result->joint.counts[1][0], 3);
    EXPECT_EQ(result->joint.counts[0][0], 6);
    EXPECT_EQ(result->joint.counts[0][1], 3);
    EXPECT_NEAR(result->joint.wrongShare(), 1.0 / 3, 1e-12);
    const auto scores = stored();
    ASSERT_TRUE(scores.has_value());
    for (std::size_t row = 0; row < 18; ++row)
        EXPECT_EQ(scores->suspicion[row], static_cast<float>(result->suspicion[row]));
    EXPECT_NEAR(json::parse(scores->report)["wrong_share"].get<double>(), 1.0 / 3, 1e-12);
    EXPECT_EQ(json::parse(scores->report)["folds"], 3);
}

TEST_F(Job, AFinishedFoldIsNotDoneAgain)
{
    log.stopIn = 2;
    const auto stopped = compute();
    ASSERT_FALSE(stopped.ok());
    EXPECT_NE(stopped.error().message.find("Stopped in fold 2 of 3"), std::string::npos) << stopped.error().message;
    EXPECT_FALSE(stored().has_value());
    ASSERT_EQ(log.folds.size(), 2u);
    const std::string left = log.folds[1].checkpoint;
    EXPECT_TRUE(std::filesystem::exists(left));

    const auto result = compute();
    ASSERT_TRUE(result.ok()) << result.error().message;
    EXPECT_EQ(result->foldsReused, 1);
    ASSERT_EQ(log.folds.size(), 4u) << "folds 2 and 3 only";
    EXPECT_EQ(log.folds[2].resumedFrom, left) << "the fold that was stopped goes on";
    EXPECT_EQ(log.folds[3].resumedFrom, "");

    const auto lowest = compute(RowScore::Lowest);
    ASSERT_TRUE(lowest.ok()) << lowest.error().message;
    EXPECT_EQ(lowest->foldsReused, 3);
    EXPECT_EQ(log.folds.size(), 4u) << "another score of a row needs no training";
    EXPECT_EQ(json::parse(stored()->report)["row_score"], "lowest");
}

TEST_F(Job, AFoldThatCouldNotBeScoredIsNotKept)
{
    log.failScoring = true;
    EXPECT_EQ(compute().error().message, "the engine failed");
    log.failScoring = false;
    const auto result = compute();
    ASSERT_TRUE(result.ok()) << result.error().message;
    EXPECT_EQ(result->foldsReused, 0);
}

TEST_F(Job, TheMaskDoesNotTouchTheRanking)
{
    const auto marked = compute();
    ASSERT_TRUE(marked.ok()) << marked.error().message;
    writeRows(false);
    run = addRun(coldStart());
    const auto unmarked = compute();
    ASSERT_TRUE(unmarked.ok()) << unmarked.error().message;
    EXPECT_EQ(marked->suspicion, unmarked->suspicion);
}

TEST_F(Job, RowsThatChangedSinceTheRunAreRefused)
{
    writeRows(false);
    const auto result = compute();
    ASSERT_FALSE(result.ok());
    EXPECT_NE(result.error().message.find("changed since run"), std::string::npos) << result.error().message;
}

TEST_F(Job, TheRecipeGoesBackToACheckpointThatDidNotSeeTheRows)
{
    RunOptions method = coldStart();
    method.stage = Stage::Bilevel;
    method.weighting.method = Method::None;
    method.train.iterations = 77;
    method.seed = 8;
    method.model.checkpoint = folder.file("runs/" + std::to_string(run.value) + "/step-00000005");
    RunServiceSettings settings;
    const RunId later = RunService(*writer, settings).create(method).value();
    const auto recipe = recipeOf(later);
    ASSERT_TRUE(recipe.ok()) << recipe.error().message;
    EXPECT_EQ(recipe->of, run);
    EXPECT_EQ(recipe->options.model.checkpoint, folder.file("base"));
    EXPECT_EQ(recipe->options.train.iterations, 5);
    EXPECT_EQ(recipe->options.seed, 8) << "the run's own";
    EXPECT_EQ(recipe->doubt, "");

    method.model.checkpoint = folder.file("elsewhere");
    const auto unknown = recipeOf(RunService(*writer, settings).create(method).value());
    EXPECT_EQ(unknown->options.stage, Stage::ColdStart);
    EXPECT_NE(unknown->doubt.find("elsewhere"), std::string::npos);
}

} // namespace
} // namespace winnow
