#include "core/base/options.h"

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
    const bool weighted = options.stage == Stage::Bilevel && options.weighting.method != Method::None;
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
    const auto &weighting = options.weighting;
    if (options.stage != Stage::Bilevel || weighting.method == Method::None)
        return;
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
    const auto &weighting = options.weighting;
    if (options.stage != Stage::Bilevel || weighting.method == Method::None)
        return;
    if (options.meta.estimator != Estimator::GradientDot)
        return;
    if (weighting.method == Method::Net && weighting.netPath == NetPath::Reference)
        problems.push_back({"meta.estimator",
                            "meta.estimator is \"dot\"; it must be fd with weighting.net_path "
                            "reference, because the dot product holds for a detached input only"});
    // One gradient per sample would be needed; the streamed estimator that gives them is not part of this version.
    if (options.train.batch > 1)
        problems.push_back({"meta.estimator",
                            "meta.estimator is \"dot\" and train.batch is " + std::to_string(options.train.batch)
                                + "; it must be fd, or train.batch must be 1"});
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
    return problems;
}

} // namespace winnow
