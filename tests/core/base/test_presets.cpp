#include "core/base/options_io.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

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
        EXPECT_EQ(options.train.optimizer.schedule, Schedule::Cosine) << name;
        EXPECT_EQ(options.train.optimizer.warmupShare, 0) << name;
        EXPECT_EQ(options.data.metaInTrain, std::string(name) == "demo-none-meta-rows");
        if (options.weighting.method == Method::None)
            continue;
        EXPECT_EQ(options.meta.batch, 16) << name;
        EXPECT_EQ(options.meta.optimizer.weightDecay, 1e-3) << name;
        EXPECT_EQ(options.meta.optimizer.clipNorm, 0) << name;
        EXPECT_EQ(options.meta.hypergradient, HypergradientKind::Reference) << name;
        EXPECT_EQ(options.meta.estimator, Estimator::FiniteDifference) << name;
    }
    EXPECT_EQ(preset("demo-net").weighting.activation, WeightActivation::Sigmoid);
    EXPECT_EQ(preset("demo-net").weighting.netInput, NetInput::LabelAware);
    EXPECT_EQ(preset("demo-net").meta.optimizer.learningRate, 0.05);
    EXPECT_EQ(preset("demo-net").meta.gradientEma, 0.9);
    for (const char *name : {"demo-table", "demo-answer-level-meta"}) {
        EXPECT_EQ(preset(name).weighting.activation, WeightActivation::LeakyReLU) << name;
        EXPECT_EQ(preset(name).meta.precondition, Precondition::Diagonal) << name;
        EXPECT_EQ(preset(name).meta.optimizer.learningRate, 0.1) << name;
        EXPECT_EQ(preset(name).meta.gradientEma, 0.97) << name;
    }
    EXPECT_EQ(preset("demo-cold-start").train.iterations, 500);
    EXPECT_EQ(preset("demo-cold-start").stage, Stage::ColdStart);
}

TEST(Presets, dreamPrmValuesAreThoseOfItsScripts)
{
    const RunOptions table = preset("dreamprm15-table");
    EXPECT_EQ(table.train.iterations, 100000);
    EXPECT_EQ(table.train.batch, 1);
    EXPECT_EQ(table.train.optimizer.form, AdamWForm::Transformers);
    EXPECT_EQ(table.train.optimizer.weightDecay, 1e-2);
    EXPECT_EQ(table.train.optimizer.schedule, Schedule::Cosine);
    EXPECT_EQ(table.meta.optimizer.learningRate, 5e-3);
    EXPECT_EQ(table.meta.optimizer.clipNorm, 1);
    EXPECT_EQ(table.data.maxTiles, 6);
    const RunOptions net = preset("dreamprm15-net");
    EXPECT_EQ(net.train.optimizer.weightDecay, 5e-2);
    EXPECT_EQ(net.meta.optimizer.learningRate, 1e-4);
    EXPECT_EQ(net.weighting.netPath, NetPath::Reference);
    EXPECT_EQ(net.weighting.netInput, NetInput::Reference);
    EXPECT_EQ(net.data.maxTiles, 5);
    const RunOptions cold = preset("dreamprm15-cold-start");
    EXPECT_EQ(cold.train.iterations, 20000);
    EXPECT_EQ(cold.train.optimizer.weightDecay, 5e-2);
    const RunOptions readout = preset("visualprm-readout");
    EXPECT_EQ(readout.evaluation.readout, Readout::Pair);
    EXPECT_EQ(readout.evaluation.ties, Ties::First);
}

} // namespace
} // namespace winnow
