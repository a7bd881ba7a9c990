#include "core/base/options.h"

#include "core/base/learns_weights.h"
#include "core/base/options_io.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <set>

namespace winnow {
namespace {

/// Another allowed value than the present one.
OptionValue changed(const OptionInfo &info, const OptionValue &value)
{
    if (!info.choices.empty())
        return info.choices[info.choices[0] == std::get<std::string>(value) ? 1 : 0];
    if (const bool *flag = std::get_if<bool>(&value))
        return !*flag;
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return *number + 1;
    if (const double *number = std::get_if<double>(&value))
        return *number + 0.1 <= info.maximum ? *number + 0.1 : *number / 3;
    return std::get<std::string>(value) + "/a b\\\"c\" \xC3\xA9\t\x7F";
}

RunOptions allChanged()
{
    RunOptions options;
    for (const OptionInfo &info : optionSchema()) {
        const Status set = setOption(options, info.key, changed(info, optionValue(options, info.key)));
        EXPECT_TRUE(set.ok()) << (set.ok() ? "" : set.error().message);
    }
    return options;
}

RunOptions runnable()
{
    RunOptions options;
    options.model.checkpoint = "base";
    options.data.train = "train.json";
    options.data.meta = "meta.json";
    return options;
}

std::vector<std::string> problemKeys(const RunOptions &options)
{
    std::vector<std::string> keys;
    for (const OptionProblem &problem : checkOptions(options))
        keys.push_back(problem.key);
    return keys;
}

using Keys = std::vector<std::string>;

TEST(Options, schemaNamesEveryKeyOnceAndExplainsIt)
{
    std::set<std::string> keys;
    const RunOptions defaults;
    for (const OptionInfo &info : optionSchema()) {
        EXPECT_TRUE(keys.insert(info.key).second) << info.key;
        EXPECT_FALSE(info.label.empty() || info.help.empty() || info.group.empty()) << info.key;
        RunOptions options;
        EXPECT_TRUE(setOption(options, info.key, optionValue(defaults, info.key)).ok()) << info.key;
        EXPECT_TRUE(optionDifferences(options, defaults).empty()) << info.key;
    }
    EXPECT_EQ(keys.size(), 77u);
}

TEST(Options, eachSettingReachesItsOwnField)
{
    const RunOptions defaults;
    for (const OptionInfo &info : optionSchema()) {
        RunOptions options;
        const OptionValue wanted = changed(info, optionValue(options, info.key));
        ASSERT_TRUE(setOption(options, info.key, wanted).ok()) << info.key;
        EXPECT_EQ(optionValue(options, info.key), wanted) << info.key;
        EXPECT_EQ(optionDifferences(options, defaults), Keys{info.key});
    }
    RunOptions options;
    ASSERT_TRUE(setOptionFromText(options, "meta.optimizer.beta2", "0.5").ok());
    EXPECT_EQ(options.meta.optimizer.beta2, 0.5);
    ASSERT_TRUE(setOptionFromText(options, "evaluation.aggregate", "log_mean").ok());
    EXPECT_EQ(options.evaluation.aggregate, Aggregation::LogMean);
    ASSERT_TRUE(setOptionFromText(options, "meta.loss_target", "+").ok());
    EXPECT_EQ(options.meta.lossTarget, LossTarget::Plus);
    ASSERT_TRUE(setOptionFromText(options, "train.optimizer.learning_rate", " 3 ").ok());
    EXPECT_EQ(options.train.optimizer.learningRate, 3.0);
}

TEST(Options, jsonRoundTripWithEveryFieldChanged)
{
    const RunOptions options = allChanged();
    EXPECT_EQ(optionDifferences(options, RunOptions()).size(), optionSchema().size());
    const std::string json = optionsToJson(options);
    const auto back = optionsFromJson(json);
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_TRUE(optionDifferences(options, *back).empty());
    EXPECT_EQ(optionsToJson(*back), json);
}

TEST(Options, tomlRoundTripWithEveryFieldChanged)
{
    RunOptions options = allChanged();
    options.evaluation.systemText = "two\nlines \"quoted\" \\";
    const auto back = optionsFromToml(optionsToToml(options), "x.toml", "");
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(optionDifferences(options, *back), Keys{});
    EXPECT_EQ(optionsToToml(RunOptions()), "");
}

TEST(Options, tomlHoldsOnlyWhatDiffers)
{
    RunOptions options;
    options.seed = 7;
    options.train.optimizer.learningRate = 2e-4;
    options.train.batch = 4;
    options.meta.batch = 2;
    EXPECT_EQ(optionsToToml(options),
              "seed = 7\n\n[train]\nbatch = 4\n\n[meta]\nbatch = 2\n\n[train.optimizer]\n"
              "learning_rate = 2e-04\n");
}

TEST(Options, canonicalJsonIsStable)
{
    const std::string json = optionsToJson(RunOptions());
    EXPECT_TRUE(
        json.starts_with(R"({"name":"","stage":"bilevel","seed":1,"threads":0,"checkpoint_every":100,"model":{)"))
        << json;
    EXPECT_NE(json.find(R"("learning_rate":5e-05)"), std::string::npos) << json;
}

TEST(Options, relativePathsAreResolvedAgainstTheFilesFolder)
{
    const auto options = optionsFromToml("[data]\ntrain='a/../t.json'\nmeta='/m.json'\n", "x.toml", "/some/folder");
    ASSERT_TRUE(options.ok()) << options.error().message;
    EXPECT_EQ(options->data.train, "/some/folder/t.json");
    EXPECT_EQ(options->data.meta, "/m.json");
    EXPECT_EQ(options->data.test, "");
}

struct BadText {
    const char *key;
    const char *text;
    const char *message;
};

TEST(Options, badTextsAreRefusedWithTheReason)
{
    const BadText cases[] = {
        {"train.batch", "0", "train.batch is 0; it must be 1 or more"},
        {"train.batch", "-3", "train.batch is -3; it must be 1 or more"},
        {"train.batch", "four", "train.batch is \"four\"; it must be a whole number, 1 or more"},
        {"train.batch", "1.5", "train.batch is \"1.5\"; it must be a whole number"},
        {"train.batch", "", "train.batch is \"\"; it must be a whole number"},
        {"train.batch", "99999999999999999999", "it must be a whole number"},
        {"train.iterations", "0", "train.iterations is 0; it must be 1 or more"},
        {"train.bach", "4", "there is no setting \"train.bach\"; did you mean train.batch?"},
        {"batch", "4", "did you mean train.batch or meta.batch?"},
        {"", "4", "there is no setting \"\"; settings are name, stage"},
        {"train", "4", "there is no setting \"train\""},
        {"completely.different.words", "4", "settings are name, stage"},
        {"learning_rate", "4", "did you mean train.optimizer.learning_rate or meta.optimizer.learning_rate?"},
        {"train.batch", "5000000", "train.batch is 5000000; it must be 1 or more, at most 1000000"},
        {"seed", "-1", "seed is -1; it must be 0 or more"},
        {"threads", "5000", "threads is 5000; it must be between 0 and 1024"},
        {"stage", "warm", "stage is \"warm\"; it must be one of cold-start, bilevel"},
        {"stage", "Bilevel", "it must be one of cold-start, bilevel"},
        {"weighting.method", "tabel", "weighting.method is \"tabel\"; it must be one of none, domain, table, net"},
        {"train.optimizer.beta1", "1", "train.optimizer.beta1 is 1.0; it must be at least 0 and below 1"},
        {"train.optimizer.beta2", "-0.1", "it must be at least 0 and below 1"},
        {"meta.gradient_ema", "1.0", "it must be at least 0 and below 1"},
        {"meta.finite_difference_step", "0", "meta.finite_difference_step is 0.0; it must be above 0"},
        {"train.optimizer.epsilon", "0", "it must be above 0"},
        {"train.optimizer.learning_rate", "nan", "it must be between 0 and 1000"},
        {"train.optimizer.learning_rate", "inf", "it must be between 0 and 1000"},
        {"train.optimizer.learning_rate", "-1e-4", "train.optimizer.learning_rate is -1e-04; it must be"},
        {"train.optimizer.learning_rate", "1e-4x", "it must be a number"},
        {"train.drop_path", "yes", "train.drop_path is \"yes\"; it must be true or false"},
        {"data.meta_in_train", "1", "it must be true or false"},
        {"evaluation.candidates", "0", "evaluation.candidates is 0; it must be between 1 and 4096"},
        {"data.train", "a\nb", "it must be one line"},
        {"name", "\xFF", "name is not UTF-8 text"},
        {"ranking.loss_ema", "-0.5", "ranking.loss_ema is -0.5; it must be at least 0 and below 1"},
        {"data.max_tiles", "0", "data.max_tiles is 0; it must be between 1 and 64"},
    };
    for (const BadText &bad : cases) {
        RunOptions options;
        const Status set = setOptionFromText(options, bad.key, bad.text);
        ASSERT_FALSE(set.ok()) << bad.key << " = " << bad.text;
        EXPECT_NE(set.error().message.find(bad.message), std::string::npos) << set.error().message;
        EXPECT_TRUE(optionDifferences(options, RunOptions()).empty()) << bad.key;
    }
}

TEST(Options, badFilesAreRefusedWithTheirPlace)
{
    const auto tomlError = [](std::string_view text) {
        const auto options = optionsFromToml(text, "x.toml", "");
        return options.ok() ? std::string() : options.error().message;
    };
    EXPECT_EQ(tomlError("seed = 3\n[train]\nbatch = 0\n"), "x.toml, line 3: train.batch is 0; it must be 1 or more");
    EXPECT_NE(tomlError("seed = \n").find("x.toml, line 1: not valid TOML"), std::string::npos);
    EXPECT_NE(tomlError("train = 3\n").find("it is a section"), std::string::npos);
    EXPECT_NE(tomlError("[train.batch]\nx = 1\n").find("must be a single value"), std::string::npos);
    EXPECT_NE(tomlError("seed = 1.0\n").find("whole number"), std::string::npos);
    EXPECT_NE(tomlError("seed = 1979-05-27\n").find("single value"), std::string::npos);
    EXPECT_NE(tomlError("[trian]\nbatch = 1\n").find("there is no setting"), std::string::npos);
    EXPECT_NE(tomlError("seed = 1\nseed = 2\n").find("not valid TOML"), std::string::npos);

    const auto jsonError = [](std::string_view text) {
        const auto options = optionsFromJson(text);
        return options.ok() ? std::string() : options.error().message;
    };
    EXPECT_NE(jsonError("{\"seed\":}").find("not valid JSON at line 1, column 9"), std::string::npos)
        << jsonError("{\"seed\":}");
    EXPECT_NE(jsonError("[1]").find("not a JSON object"), std::string::npos);
    EXPECT_NE(jsonError("{\"seed\":null}").find("seed is null"), std::string::npos);
    EXPECT_NE(jsonError("{\"seed\":18446744073709551615}").find("smaller"), std::string::npos);
    EXPECT_NE(jsonError("{\"sed\":1}").find("did you mean seed?"), std::string::npos);
    EXPECT_NE(jsonError("{\"train\":{\"optimizer\":5}}").find("train.optimizer is a single value"), std::string::npos);
    EXPECT_NE(jsonError(std::string(100000, '[')).find("nested deeper"), std::string::npos);
    EXPECT_NE(jsonError("{\"name\":\"\xC3\"}").find("not UTF-8"), std::string::npos);
    EXPECT_FALSE(readOptionsFile("no-such-file.toml").ok());
}

TEST(Options, namesTellAsTheOptionsDoWhetherWeightsAreLearned)
{
    RunOptions options;
    for (const Method method : {Method::Domain, Method::Table, Method::Net}) {
        options.weighting.method = method;
        EXPECT_TRUE(learnsWeights(options)) << choiceName(method);
        EXPECT_TRUE(learnsWeights("bilevel", choiceName(method))) << choiceName(method);
    }
    options.weighting.method = Method::None;
    EXPECT_FALSE(learnsWeights(options));
    EXPECT_FALSE(learnsWeights("bilevel", "none"));
    options = {};
    options.stage = Stage::ColdStart; // its method is not looked at, and the store keeps none
    EXPECT_FALSE(learnsWeights(options));
    EXPECT_FALSE(learnsWeights("cold-start", ""));
}

TEST(Options, rulesBetweenSettings)
{
    EXPECT_EQ(problemKeys(runnable()), Keys{});
    EXPECT_EQ(problemKeys(RunOptions()), (Keys{"model.checkpoint", "data.train", "data.meta"}));

    RunOptions options = runnable();
    options.data.meta.clear();
    EXPECT_EQ(problemKeys(options), Keys{"data.meta"});
    options.weighting.method = Method::None;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.data.metaInTrain = true;
    EXPECT_EQ(problemKeys(options), Keys{"data.meta"});
    options.data.meta = "meta.json";
    EXPECT_EQ(problemKeys(options), Keys{});
    options.weighting.method = Method::Table;
    EXPECT_EQ(problemKeys(options), Keys{"data.meta_in_train"});

    options = runnable();
    options.data.holdout = options.data.meta;
    EXPECT_EQ(problemKeys(options), Keys{"data.holdout"});

    options = runnable();
    options.weighting.clipLow = options.weighting.clipHigh;
    EXPECT_EQ(problemKeys(options), Keys{"weighting.clip_low"});
    options.weighting.clipLow = 1.5;
    EXPECT_EQ(problemKeys(options), Keys{"weighting.initial"});
    options.weighting.method = Method::Net;
    EXPECT_EQ(problemKeys(options), Keys{});

    options = runnable();
    options.meta.estimator = Estimator::GradientDot;
    EXPECT_EQ(problemKeys(options), Keys{"meta.estimator"});
    options.train.batch = 1;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.weighting.method = Method::Net;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.weighting.netPath = NetPath::Reference;
    EXPECT_EQ(problemKeys(options), Keys{"meta.estimator"});
    options.meta.estimator = Estimator::FiniteDifference;
    EXPECT_EQ(problemKeys(options), Keys{});

    options = runnable();
    options.meta.estimator = Estimator::Streamed;
    EXPECT_EQ(problemKeys(options), Keys{}) << "any batch";
    options.meta.hypergradient = HypergradientKind::BeforeStep;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.meta.interval = 2;
    EXPECT_EQ(problemKeys(options), Keys{"meta.interval"});
    options.meta.interval = 1;
    options.meta.estimator = Estimator::ForwardMode;
    EXPECT_EQ(problemKeys(options), Keys{"meta.estimator"});

    options = runnable();
    options.meta.estimator = Estimator::ForwardMode;
    options.model.precision = Precision::Bf16;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.model.precision = Precision::Bf16Pure;
    EXPECT_EQ(problemKeys(options), Keys{"meta.estimator"});

    options = runnable();
    options.meta.centering = Centering::Label;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.train.batch = 1;
    EXPECT_EQ(problemKeys(options), Keys{"meta.centering"});

    options = runnable();
    options.train.optimizer.form = AdamWForm::Sgd;
    options.meta.precondition = Precondition::Diagonal;
    EXPECT_EQ(problemKeys(options), Keys{"meta.precondition"});
    options.meta.precondition = Precondition::None;
    options.meta.hypergradient = HypergradientKind::OneStep;
    options.meta.unroll = 3;
    options.meta.unrollMode = UnrollMode::Exact;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.model.precision = Precision::Bf16Pure;
    EXPECT_EQ(problemKeys(options), Keys{"meta.unroll_mode"}) << "the steps themselves round";
    options.model.precision = Precision::Bf16;
    EXPECT_EQ(problemKeys(options), Keys{});
    options.train.optimizer.form = AdamWForm::Torch;
    EXPECT_EQ(problemKeys(options), Keys{"meta.unroll_mode"});
    options.meta.unrollMode = UnrollMode::Reference;
    EXPECT_EQ(problemKeys(options), Keys{});

    options = runnable();
    options.train.batch = 0;
    options.meta.optimizer.beta1 = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(problemKeys(options), (Keys{"train.batch", "meta.optimizer.beta1"}));
}

} // namespace
} // namespace winnow
