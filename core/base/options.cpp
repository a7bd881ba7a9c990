#include "core/base/options.h"

#include "core/base/learns_weights.h"
#include "core/base/options_schema.h"

#include <cassert>

namespace winnow {

namespace {

using Problems = std::vector<OptionProblem>;

void checkRanges(const RunOptions &options, Problems &problems)
{
    for (const OptionEntry &entry : optionTable()) {
        const auto checked = checkOptionValue(entry, entry.get(options));
        if (!checked.ok())
            problems.push_back({entry.info.key, checked.error().message});
    }
}

void checkFiles(const RunOptions &options, Problems &problems)
{
    const auto &data = options.data;
    const bool weighted = learnsWeights(options);
    if (options.model.checkpoint.empty())
        problems.push_back({"model.checkpoint",
                            "model.checkpoint is empty; it must name the checkpoint folder that the run starts from"});
    if (data.train.empty())
        problems.push_back({"data.train", "data.train is empty; it must name the file of training rows"});
    if (data.meta.empty() && weighted)
        problems.push_back({"data.meta",
                            "data.meta is empty; weighting.method " + std::string(choiceName(options.weighting.method))
                                + " must have a file of meta rows (only none needs no such file)"});
    if (data.meta.empty() && data.metaInTrain)
        problems.push_back({"data.meta", "data.meta is empty; data.meta_in_train true must have a file of meta rows"});
    if (data.metaInTrain && weighted)
        problems.push_back({"data.meta_in_train",
                            "data.meta_in_train is true; it must be false when weights are learned, because the same "
                            "rows would be trained on and judge the weights (use weighting.method none)"});
    if (!data.holdout.empty() && data.holdout == data.meta && (weighted || data.metaInTrain))
        problems.push_back({"data.holdout",
                            "data.holdout is \"" + data.holdout
                                + "\", the same file as data.meta; it must hold rows that the run "
                                  "does not learn from"});
}

void checkWeighting(const RunOptions &options, Problems &problems)
{
    if (!learnsWeights(options))
        return;
    const auto &weighting = options.weighting;
    const bool clip = weighting.activation == WeightActivation::Clip;
    if (clip && !(weighting.clipLow < weighting.clipHigh))
        problems.push_back({"weighting.clip_low",
                            "weighting.clip_low is " + realText(weighting.clipLow)
                                + "; it must be below weighting.clip_high, which is " + realText(weighting.clipHigh)});
    if (weighting.method == Method::Net)
        return;
    // Outside the interval the slope is 0: no weight would ever get a gradient.
    if (clip && weighting.clipLow < weighting.clipHigh
        && !(weighting.initial >= weighting.clipLow && weighting.initial <= weighting.clipHigh))
        problems.push_back({"weighting.initial",
                            "weighting.initial is " + realText(weighting.initial)
                                + "; it must lie between weighting.clip_low " + realText(weighting.clipLow)
                                + " and weighting.clip_high " + realText(weighting.clipHigh)});
    if (weighting.activation == WeightActivation::ReLU && !(weighting.initial > 0))
        problems.push_back({"weighting.initial",
                            "weighting.initial is " + realText(weighting.initial)
                                + "; it must be above 0 with weighting.activation relu, whose "
                                  "slope is 0 there"});
}

void checkEstimator(const RunOptions &options, Problems &problems)
{
    if (!learnsWeights(options))
        return;
    const auto &weighting = options.weighting;
    const Estimator estimator = options.meta.estimator;
    const std::string name = "meta.estimator is \"" + std::string(choiceName(estimator)) + "\"";
    if (estimator != Estimator::FiniteDifference && weighting.method == Method::Net
        && weighting.netPath == NetPath::Reference)
        problems.push_back({"meta.estimator",
                            name + "; it must be fd with weighting.net_path reference, because products of gradients "
                                   "hold for a detached input only"});
    if (estimator == Estimator::GradientDot && options.train.batch > 1)
        problems.push_back({"meta.estimator",
                            name + " and train.batch is " + std::to_string(options.train.batch)
                                + "; it must be streamed or fd, or train.batch must be 1"});
    if (options.meta.hypergradient == HypergradientKind::BeforeStep && estimator != Estimator::Streamed)
        problems.push_back({"meta.estimator",
                            name + "; it must be streamed with meta.hypergradient before-step, which takes both "
                                   "gradients in one pass"});
    if (options.model.precision == Precision::Bf16Pure && estimator == Estimator::ForwardMode)
        problems.push_back({"meta.estimator",
                            name + "; it must be another with model.precision bf16-pure, because the forward-mode check "
                                   "holds other estimators against exact derivatives, which bf16 has not"});
}

void checkMetaLevel(const RunOptions &options, Problems &problems)
{
    if (!learnsWeights(options))
        return;
    const auto &meta = options.meta;
    if (meta.centering != Centering::No && options.train.batch == 1)
        problems.push_back({"meta.centering",
                            "meta.centering is " + std::string(choiceName(meta.centering))
                                + "; it must be none with train.batch 1, because a row alone is its own mean"});
    if (options.train.optimizer.form == AdamWForm::Sgd && meta.precondition == Precondition::Diagonal)
        problems.push_back({"meta.precondition",
                            "meta.precondition is diagonal; it must be none or exact with train.optimizer.form sgd, "
                            "which has no second moment"});
    if (meta.interval > 1 && (meta.unroll > 1 || meta.hypergradient == HypergradientKind::BeforeStep))
        problems.push_back({"meta.interval",
                            "meta.interval is " + std::to_string(meta.interval)
                                + "; it must be 1 with meta.unroll above 1 or meta.hypergradient before-step"});
    if (meta.unroll == 1 || meta.unrollMode == UnrollMode::Reference)
        return;
    if (options.model.precision == Precision::Bf16Pure)
        problems.push_back({"meta.unroll_mode",
                            "meta.unroll_mode is exact; it must be reference with model.precision bf16-pure, whose steps "
                            "round what the exact mode differentiates"});
    const bool plain = options.train.optimizer.form == AdamWForm::Sgd && meta.precondition == Precondition::None
        && meta.gradientEma == 0 && meta.hypergradient == HypergradientKind::OneStep
        && !(options.weighting.method == Method::Net && options.weighting.netPath == NetPath::Reference);
    if (!plain)
        problems.push_back({"meta.unroll_mode",
                            "meta.unroll_mode is exact; it must go with train.optimizer.form sgd, "
                            "meta.hypergradient one-step, meta.precondition none, meta.gradient_ema 0 and a net whose "
                            "input is detached (or be reference)"});
}

} // namespace

OptionValue optionValue(const RunOptions &options, std::string_view key)
{
    const OptionEntry *entry = findOption(key);
    assert(entry != nullptr && "optionValue takes keys of optionSchema() only");
    if (entry == nullptr)
        return std::string();
    return entry->get(options);
}

std::vector<OptionProblem> checkOptions(const RunOptions &options)
{
    Problems problems;
    checkRanges(options, problems);
    checkFiles(options, problems);
    checkWeighting(options, problems);
    checkEstimator(options, problems);
    checkMetaLevel(options, problems);
    return problems;
}

} // namespace winnow
