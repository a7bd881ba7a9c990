#include "core/base/options_io.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace winnow {
namespace {

const std::filesystem::path presetFolder = std::filesystem::path(WINNOW_SOURCE_DIR) / "resources" / "presets";

RunOptions preset(const std::string &name)
{
    const auto options = readOptionsFile((presetFolder / (name + ".toml")).string());
    EXPECT_TRUE(options.ok()) << (options.ok() ? "" : options.error().message);
    return options.ok() ? *options : RunOptions();
}

TEST(Presets, everyFileIsReadAndCanStartOnceItsPathsAreSet)
{
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(presetFolder)) {
        if (entry.path().extension() != ".toml")
            continue;
        ++count;
        auto options = readOptionsFile(entry.path().string());
        ASSERT_TRUE(options.ok()) << options.error().message;
        EXPECT_FALSE(options->name.empty()) << entry.path();
        options->model.checkpoint = "base";
        options->data.train = "train.json";
        options->data.meta = "meta.json";
        options->data.holdout = "holdout.json";
        options->data.test = "test.json";
        for (const OptionProblem &problem : checkOptions(*options))
            ADD_FAILURE() << entry.path() << ": " << problem.message;
    }
    EXPECT_EQ(count, 11);
}

TEST(Presets, demoMethodsDifferOnlyInWhatIsWeighted)
{
    for (const char *name :
         {"demo-none", "demo-domain", "demo-table", "demo-net", "demo-none-meta-rows", "demo-answer-level-meta"}) {
        const RunOptions options = preset(name);
        EXPECT_EQ(options.stage, Stage::Bilevel) << name;
        EXPECT_TRUE(options.model.carryOptimizerState) << name;
        EXPECT_EQ(options.train.iterations, 600) << name;
        EXPECT_EQ(options.train.batch, 16) << name;
        EXPECT_EQ(options.train.optimizer.learningRate, 2e-4) << name;
        EXPECT_EQ(options.train.optimizer.weightDecay, 0.01) << name;
        EXPECT_EQ(options.train.optimizer.schedule, Schedule::Constant) << name;
        EXPECT_EQ(options.train.optimizer.warmupShare, 0) << name;
        EXPECT_EQ(options.train.pixelNoise, 0) << name;
        EXPECT_EQ(options.train.pictureJitter, 0) << name;
        EXPECT_EQ(options.data.metaInTrain, std::string(name) == "demo-none-meta-rows");
        if (options.weighting.method == Method::None)
            continue;
        EXPECT_EQ(options.meta.batch, 16) << name;
        // A net whose sigmoid is saturated gives no row its weight back.
        EXPECT_EQ(options.meta.optimizer.weightDecay, options.weighting.method == Method::Net ? 0.1 : 1e-3) << name;
        EXPECT_EQ(options.meta.optimizer.clipNorm, 0) << name;
        EXPECT_EQ(options.meta.hypergradient, HypergradientKind::Reference) << name;
        EXPECT_EQ(options.meta.estimator, Estimator::FiniteDifference) << name;
    }
    EXPECT_EQ(preset("demo-domain").weighting.activation, WeightActivation::LeakyReLU);
    EXPECT_EQ(preset("demo-net").weighting.activation, WeightActivation::Sigmoid);
    EXPECT_EQ(preset("demo-net").weighting.netInput, NetInput::LabelAware);
    EXPECT_EQ(preset("demo-net").meta.optimizer.learningRate, 0.05);
    EXPECT_EQ(preset("demo-net").meta.gradientEma, 0.97);
    for (const char *name : {"demo-table", "demo-answer-level-meta"}) {
        EXPECT_EQ(preset(name).weighting.activation, WeightActivation::LeakyReLU) << name;
        EXPECT_EQ(preset(name).meta.precondition, Precondition::Diagonal) << name;
        EXPECT_EQ(preset(name).meta.optimizer.learningRate, 0.1) << name;
        EXPECT_EQ(preset(name).meta.gradientEma, 0.97) << name;
    }
    EXPECT_EQ(preset("demo-cold-start").train.iterations, 500);
    EXPECT_EQ(preset("demo-cold-start").stage, Stage::ColdStart);
    EXPECT_EQ(preset("demo-cold-start").train.optimizer.schedule, Schedule::Constant);
    EXPECT_EQ(preset("demo-cold-start").train.optimizer.warmupShare, 0);
    EXPECT_EQ(preset("demo-cold-start").train.pixelNoise, 0);
    EXPECT_EQ(preset("demo-cold-start").train.pictureJitter, 0);
}

/// A level's optimiser as reference-hyperparameters names it: everything but the rate and the decay is shared.
void expectReferenceOptimizer(const OptimizerOptions &optimizer, double rate, double decay, const std::string &where)
{
    EXPECT_EQ(optimizer.form, AdamWForm::Transformers) << where;
    EXPECT_EQ(optimizer.learningRate, rate) << where;
    EXPECT_EQ(optimizer.weightDecay, decay) << where;
    EXPECT_EQ(optimizer.beta1, 0.9) << where;
    EXPECT_EQ(optimizer.beta2, 0.999) << where;
    EXPECT_EQ(optimizer.epsilon, 1e-6) << where;
    EXPECT_EQ(optimizer.clipNorm, 1.0) << where;
    EXPECT_EQ(optimizer.schedule, Schedule::Cosine) << where;
    EXPECT_EQ(optimizer.warmupShare, 0.05) << where;
}

/// What all three programs of the reference share.
void expectReferenceRun(const RunOptions &options, std::int64_t iterations, std::int64_t saveEvery, std::int64_t maxTiles)
{
    EXPECT_EQ(options.seed, 1) << options.name;
    EXPECT_EQ(options.train.iterations, iterations) << options.name;
    EXPECT_EQ(options.checkpointEvery, saveEvery) << options.name;
    EXPECT_EQ(options.train.batch, 1) << options.name;
    EXPECT_EQ(options.train.clipOrder, ClipOrder::WeightThenGradient) << options.name;
    EXPECT_TRUE(options.train.dropPath) << options.name;
    EXPECT_EQ(options.train.pixelNoise, 0) << options.name;
    EXPECT_EQ(options.train.pictureJitter, 0) << options.name;
    EXPECT_FALSE(options.model.carryOptimizerState) << options.name;
    EXPECT_EQ(options.model.precision, Precision::Bf16Pure) << options.name;
    EXPECT_EQ(options.data.maxTiles, maxTiles) << options.name;
    EXPECT_EQ(options.data.maxTilesTest, 12) << options.name;
    EXPECT_FALSE(options.data.metaInTrain) << options.name;
    EXPECT_EQ(options.evaluation.candidates, 8) << options.name;
    EXPECT_EQ(options.evaluation.aggregate, Aggregation::Mean) << options.name;
    EXPECT_EQ(options.evaluation.readout, Readout::Full) << options.name;
    EXPECT_EQ(options.evaluation.ties, Ties::Last) << options.name;
    EXPECT_EQ(options.evaluation.splitter, StepSplitter::Reference) << options.name;
}

void expectReferenceUpperLevel(const RunOptions &options)
{
    EXPECT_EQ(options.stage, Stage::Bilevel) << options.name;
    EXPECT_EQ(options.meta.batch, 1) << options.name;
    EXPECT_EQ(options.meta.lossTarget, LossTarget::Both) << options.name;
    EXPECT_EQ(options.meta.hypergradient, HypergradientKind::Reference) << options.name;
    EXPECT_EQ(options.meta.estimator, Estimator::FiniteDifference) << options.name;
    EXPECT_EQ(options.meta.finiteDifferenceStep, 0.01) << options.name;
    EXPECT_EQ(options.meta.precondition, Precondition::None) << options.name;
    EXPECT_EQ(options.meta.gradientEma, 0) << options.name;
}

TEST(Presets, coldStartIsTheReferences)
{
    const RunOptions options = preset("dreamprm15-cold-start");
    EXPECT_EQ(options.name, "DreamPRM-1.5 cold start");
    EXPECT_EQ(options.stage, Stage::ColdStart);
    expectReferenceRun(options, 20000, 5000, 6);
    expectReferenceOptimizer(options.train.optimizer, 5e-5, 5e-2, "lower");
}

TEST(Presets, tableIsTheReferences)
{
    const RunOptions options = preset("dreamprm15-table");
    EXPECT_EQ(options.name, "DreamPRM-1.5 table");
    expectReferenceRun(options, 100000, 3000, 6);
    expectReferenceUpperLevel(options);
    expectReferenceOptimizer(options.train.optimizer, 5e-5, 1e-2, "lower");
    expectReferenceOptimizer(options.meta.optimizer, 5e-3, 1e-3, "upper");
    EXPECT_EQ(options.weighting.method, Method::Table);
    EXPECT_EQ(options.weighting.activation, WeightActivation::Clip);
    EXPECT_EQ(options.weighting.clipLow, -1.0);
    EXPECT_EQ(options.weighting.clipHigh, 3.0);
    EXPECT_EQ(options.weighting.initial, 1.0);
}

TEST(Presets, netIsTheReferences)
{
    const RunOptions options = preset("dreamprm15-net");
    EXPECT_EQ(options.name, "DreamPRM-1.5 net");
    expectReferenceRun(options, 100000, 3000, 5);
    expectReferenceUpperLevel(options);
    expectReferenceOptimizer(options.train.optimizer, 5e-5, 5e-2, "lower");
    expectReferenceOptimizer(options.meta.optimizer, 1e-4, 1e-3, "upper");
    EXPECT_EQ(options.weighting.method, Method::Net);
    EXPECT_EQ(options.weighting.activation, WeightActivation::Sigmoid);
    EXPECT_EQ(options.weighting.netHidden, 10);
    EXPECT_EQ(options.weighting.netInput, NetInput::Reference);
    EXPECT_EQ(options.weighting.netPath, NetPath::Reference);
}

TEST(Presets, visualPrmReadOutDiffersFromTheDefaultInTheReadOutOnly)
{
    const RunOptions options = preset("visualprm-readout");
    EXPECT_EQ(options.evaluation.readout, Readout::Pair);
    EXPECT_EQ(options.evaluation.ties, Ties::First);
    EXPECT_EQ(options.evaluation.aggregate, Aggregation::Mean);
    std::vector<std::string> differences = optionDifferences(options, RunOptions());
    std::sort(differences.begin(), differences.end());
    EXPECT_EQ(differences, (std::vector<std::string>{"evaluation.readout", "evaluation.splitter", "evaluation.ties", "name"}));
}

/// Each effect of the reference, and each place where paper and scripts part, is one setting that can be changed alone.
TEST(Presets, everyEffectOfTheReferenceIsASwitchOfItsOwn)
{
    for (const auto &[key, value] : std::vector<std::pair<std::string, std::string>>{
             {"train.optimizer.form", "transformers"}, // AdamW as transformers 4.49 has it
             {"meta.optimizer.form", "transformers"},
             {"model.precision", "bf16-pure"},            // weights and optimiser state in bf16
             {"train.drop_path", "true"},                 // stochastic depth at the checkpoint's rate
             {"meta.estimator", "dot"},                   // instead of the finite difference
             {"meta.hypergradient", "one-step"},          // instead of the reference's quantity
             {"train.clip_order", "weight-then-gradient"}, // clipping of w * g
             {"train.optimizer.schedule", "cosine"},
             {"meta.loss_target", "+"},
             {"weighting.activation", "sigmoid"},
             {"weighting.clip_low", "0"}, // no negative weights
             {"evaluation.ties", "first"},
             {"evaluation.splitter", "reference"},
             {"evaluation.readout", "pair"}}) {
        RunOptions plain;
        plain.model.checkpoint = plain.data.train = plain.data.meta = plain.data.test = "x";
        plain.data.holdout = "y";
        plain.train.batch = 1; // the gradient dot needs it
        RunOptions changed = plain;
        const Status set = setOptionFromText(changed, key, value);
        ASSERT_TRUE(set.ok()) << set.error().message;
        EXPECT_EQ(optionDifferences(plain, changed), std::vector<std::string>{key});
        for (const OptionProblem &problem : checkOptions(changed))
            ADD_FAILURE() << key << " alone: " << problem.message;
    }
}

} // namespace
} // namespace winnow
