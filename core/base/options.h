#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace winnow {

// ------------------------------------------------------------------------------------------------ choices
enum class Stage { ColdStart, Bilevel };
/// Bf16: products in bf16, weights, gradients and optimiser state in float32; Bf16Pure: all of them in bf16, as the
/// reference holds them.
enum class Precision { Fp64, Fp32, Bf16, Bf16Pure };
enum class MissingPicture { Drop, TextOnly };
enum class AdamWForm { Torch, Transformers, Sgd };  ///< eps after / before the bias correction; decay before / after;
                                                    ///< sgd: a plain gradient step without moments, decay before it
/// Cosine: to 0 with linear warm-up; one-cycle rises by cosine too; stable-decay: linear warm-up, 1, linear to 0.
enum class Schedule { Constant, Cosine, OneCycle, StableDecay };
enum class Method { None, Domain, Table, Net };     ///< none: all weights 1
enum class WeightActivation { Clip, Sigmoid, LeakyReLU, ReLU, No };
enum class NetInput { Reference, LabelAware };      ///< (P(+), P(-)), or the probability of the given label too
enum class NetPath { Detached, Reference };         ///< gradient stops at the net's input, or flows through it
enum class HypergradientKind { OneStep, Reference, BeforeStep }; ///< core/bilevel/hypergradient.h
enum class Estimator { GradientDot, FiniteDifference, Streamed, ForwardMode };
enum class Precondition { None, Diagonal, Exact };  ///< diagonal: v / (sqrt(vhat) + eps); exact: AdamW::exactDiagonal
enum class Centering { No, Label, LabelScaled };    ///< of h inside a batch, among rows whose last step has one label
enum class UnrollMode { Reference, Exact };         ///< h of the last lower batch only, or of all of them
enum class NonFinite { Stop, Skip, RollBack };      ///< what follows a gradient that is no number
enum class ClipOrder { GradientThenWeight, WeightThenGradient };
enum class LossTarget { Both, Plus };
enum class Aggregation { Mean, Min, Max, LogMean, Last, SumLog };
enum class Readout { Full, Pair };                  ///< softmax over the vocabulary, or over + and - only
enum class Ties { Last, First };
enum class StepSplitter { KeepNumbers, Reference };

/// Names of an enumeration's values as they stand in files and on the command line, in order of the values.
template <typename E>
struct ChoiceNames;
#define WINNOW_CHOICES(Type, ...)                                                                                      \
    template <>                                                                                                        \
    struct ChoiceNames<Type> {                                                                                         \
        static constexpr auto names = std::to_array<std::string_view>({__VA_ARGS__});                                  \
    }
WINNOW_CHOICES(Stage, "cold-start", "bilevel");
WINNOW_CHOICES(Precision, "fp64", "fp32", "bf16", "bf16-pure");
WINNOW_CHOICES(MissingPicture, "drop", "text-only");
WINNOW_CHOICES(AdamWForm, "torch", "transformers", "sgd");
WINNOW_CHOICES(Schedule, "constant", "cosine", "one-cycle", "stable-decay");
WINNOW_CHOICES(Method, "none", "domain", "table", "net");
WINNOW_CHOICES(WeightActivation, "clip", "sigmoid", "leaky-relu", "relu", "no");
WINNOW_CHOICES(NetInput, "reference", "label-aware");
WINNOW_CHOICES(NetPath, "detached", "reference");
WINNOW_CHOICES(HypergradientKind, "one-step", "reference", "before-step");
WINNOW_CHOICES(Estimator, "dot", "fd", "streamed", "jvp");
WINNOW_CHOICES(Precondition, "none", "diagonal", "exact");
WINNOW_CHOICES(Centering, "none", "label", "label-scaled");
WINNOW_CHOICES(UnrollMode, "reference", "exact");
WINNOW_CHOICES(NonFinite, "stop", "skip", "roll-back");
WINNOW_CHOICES(ClipOrder, "gradient-then-weight", "weight-then-gradient");
WINNOW_CHOICES(LossTarget, "both", "+");
WINNOW_CHOICES(Aggregation, "mean", "min", "max", "log_mean", "last", "sum_log");
WINNOW_CHOICES(Readout, "full", "pair");
WINNOW_CHOICES(Ties, "last", "first");
WINNOW_CHOICES(StepSplitter, "keep-numbers", "reference");
#undef WINNOW_CHOICES

template <typename E>
constexpr std::string_view choiceName(E value)
{
    return ChoiceNames<E>::names[static_cast<std::size_t>(value)];
}

// ------------------------------------------------------------------------------------------------ the struct
/// One AdamW level. Learning rates are per iteration; `warmupShare` is a share of all iterations.
struct OptimizerOptions {
    AdamWForm form = AdamWForm::Torch;
    double learningRate = 5e-5;
    double weightDecay = 0.01;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-6;
    double clipNorm = 1.0; ///< 0: no clipping
    Schedule schedule = Schedule::Constant;
    double warmupShare = 0.05;
    double decayShare = 0.2; ///< of stable-decay: the share of iterations, at the end, over which the rate falls
};

/// Everything that a run depends on. One struct feeds the launch dialog, the command line, the store and the trainer;
/// its canonical JSON (options_io.h) is what the store keeps and what "same settings" means.
struct RunOptions {
    std::string name;
    Stage stage = Stage::Bilevel;
    std::int64_t seed = 1;
    std::int64_t threads = 0; ///< intra-op threads or micro-batch workers; 0: all cores but one, at least 1. Fixed at start
    std::int64_t checkpointEvery = 100; ///< iterations

    struct Model {
        std::string checkpoint; ///< checkpoint folder the run starts from
        std::string tokenizer;  ///< folder; empty: the checkpoint's own
        Precision precision = Precision::Fp32;
        bool carryOptimizerState = false; ///< start from the lower optimiser's state stored in `checkpoint`
    } model;

    struct Data {
        std::string train;
        std::string meta;
        std::string holdout; ///< clean rows unused by the upper level; choose the selected checkpoint
        std::string test;
        MissingPicture missingPicture = MissingPicture::Drop;
        std::int64_t maxTiles = 6;
        std::int64_t maxTilesTest = 12;
        std::int64_t tokenLimit = 12288; ///< a longer row is reported and skipped, never cut
        bool metaInTrain = false;        ///< the meta rows join the training set ("none + meta rows")
    } data;

    struct Train {
        std::int64_t iterations = 600;
        std::int64_t batch = 16;
        OptimizerOptions optimizer;
        ClipOrder clipOrder = ClipOrder::GradientThenWeight;
        std::int64_t headIterations = 0; ///< cold start: so many first iterations move the output head alone
        double headLearningRate = 5e-3;  ///< of those
        bool dropPath = false;   ///< stochastic depth at the checkpoint's rate, as the reference
        double pixelNoise = 0.0; ///< standard deviation of noise on the 0..1 picture
        double pictureJitter = 0.0; ///< largest random shift, zoom and turn of a tile (model/picture_augmentation.h)
    } train;

    struct Weighting {
        Method method = Method::Table;
        WeightActivation activation = WeightActivation::Clip;
        double clipLow = -1.0;
        double clipHigh = 3.0;
        double initial = 1.0; ///< raw weight of each unit (table, domain)
        NetInput netInput = NetInput::LabelAware;
        NetPath netPath = NetPath::Detached;
        std::int64_t netHidden = 10;
    } weighting;

    struct Meta {
        std::int64_t batch = 16;
        OptimizerOptions optimizer{.learningRate = 0.05, .weightDecay = 1e-3, .clipNorm = 0.0};
        LossTarget lossTarget = LossTarget::Both;
        HypergradientKind hypergradient = HypergradientKind::Reference;
        Estimator estimator = Estimator::FiniteDifference;
        double finiteDifferenceStep = 0.01; ///< eps = step / ||v||
        Precondition precondition = Precondition::None;
        double gradientEma = 0.0; ///< share of the old meta gradient kept; 0: off
        Centering centering = Centering::No;
        std::int64_t interval = 1; ///< iterations between two meta gradients; in between the last one is used
        std::int64_t unroll = 1;   ///< lower steps to one upper step
        UnrollMode unrollMode = UnrollMode::Reference;
    } meta;

    struct Evaluation {
        std::int64_t every = 100; ///< iterations between points of the accuracy curve; 0: at the end only
        std::int64_t candidates = 8;
        Aggregation aggregate = Aggregation::Mean;
        Readout readout = Readout::Full;
        Ties ties = Ties::Last;
        StepSplitter splitter = StepSplitter::KeepNumbers;
        std::string systemText; ///< of test rows without their own; empty: the VisualPRM prompt
    } evaluation;

    struct Health {
        NonFinite nonFinite = NonFinite::Stop;
        std::int64_t mostSkips = 10;    ///< skipped iterations in a row after which the run stops; roll-backs in all
        double effectiveShare = 0.1;    ///< alert when the effective sample size falls below this share of the weights
        double divergence = 3.0;        ///< alert when the average training loss exceeds its lowest by this factor
    } health;

    struct Ranking {
        double lossEma = 0.7; ///< share of the old value kept
    } ranking;
};

// ------------------------------------------------------------------------------------------------ the schema
/// What a form, a file reader or a help text must know of one setting.
struct OptionInfo {
    std::string key;   ///< as in files and --set: "train.batch"
    std::string group; ///< section of the form
    std::string label; ///< words of the form
    std::string help;  ///< one sentence
    double minimum = 0;
    double maximum = 0;
    std::vector<std::string> choices; ///< names, for a choice
    bool isPath = false;
};

using OptionValue = std::variant<bool, std::int64_t, double, std::string>; ///< a choice is its name

/// All settings in the order of the form.
WINNOW_CORE_API const std::vector<OptionInfo> &optionSchema();
WINNOW_CORE_API OptionValue optionValue(const RunOptions &options, std::string_view key);
/// Sets one setting; says what is wrong with the key or the value and what would be right.
WINNOW_CORE_API Status setOption(RunOptions &options, std::string_view key, const OptionValue &value);
/// The same from text (`--set key=value`, an edit field).
WINNOW_CORE_API Status setOptionFromText(RunOptions &options, std::string_view key, std::string_view text);

struct OptionProblem {
    std::string key;
    std::string message;
};
/// Rules between settings and ranges; empty when the run can start. Does not touch the disk.
WINNOW_CORE_API std::vector<OptionProblem> checkOptions(const RunOptions &options);

/// Keys whose values differ.
WINNOW_CORE_API std::vector<std::string> optionDifferences(const RunOptions &a, const RunOptions &b);

} // namespace winnow
