#include "core/base/options_schema.h"

#include <type_traits>
#include <utility>

namespace winnow {

namespace {

constexpr double many = 1e9;
constexpr double largestExact = 9007199254740992.0; // 2^53: exact in JSON readers that use doubles
constexpr double unbounded = 1e12;

/// Collects the entries of one section of the form. `Access` is a generic lambda from a (const) RunOptions reference to
/// a reference to the field.
class Section {
public:
    Section(std::vector<OptionEntry> &entries, std::string group) : m_entries(entries), m_group(std::move(group)) { }

    template <typename Access>
    void flag(std::string key, std::string label, std::string help, Access access)
    {
        add<bool>(OptionKind::Bool, std::move(key), std::move(label), std::move(help), access);
    }

    template <typename Access>
    void integer(std::string key, double minimum, double maximum, std::string label, std::string help, Access access)
    {
        OptionInfo &info =
            add<std::int64_t>(OptionKind::Integer, std::move(key), std::move(label), std::move(help), access);
        info.minimum = minimum;
        info.maximum = maximum;
    }

    template <typename Access>
    void real(std::string key, double minimum, double maximum, std::string label, std::string help, Access access)
    {
        OptionInfo &info = add<double>(OptionKind::Real, std::move(key), std::move(label), std::move(help), access);
        info.minimum = minimum;
        info.maximum = maximum;
    }

    template <typename Access>
    void text(std::string key, std::string label, std::string help, Access access)
    {
        add<std::string>(OptionKind::Text, std::move(key), std::move(label), std::move(help), access);
    }

    template <typename Access>
    void path(std::string key, std::string label, std::string help, Access access)
    {
        add<std::string>(OptionKind::Text, std::move(key), std::move(label), std::move(help), access).isPath = true;
    }

    template <typename Access>
    void choice(std::string key, std::string label, std::string help, Access access)
    {
        using E = std::remove_cvref_t<decltype(access(std::declval<RunOptions &>()))>;
        OptionEntry entry = named(OptionKind::Choice, std::move(key), std::move(label), std::move(help));
        for (std::string_view name : ChoiceNames<E>::names)
            entry.info.choices.emplace_back(name);
        entry.get = [access](const RunOptions &options) -> OptionValue {
            return std::string(choiceName(access(options)));
        };
        entry.set = [access](RunOptions &options, const OptionValue &value) {
            const auto &names = ChoiceNames<E>::names;
            for (std::size_t i = 0; i < names.size(); ++i) {
                if (names[i] == std::get<std::string>(value))
                    access(options) = static_cast<E>(i);
            }
        };
        m_entries.push_back(std::move(entry));
    }

private:
    OptionEntry named(OptionKind kind, std::string key, std::string label, std::string help) const
    {
        OptionEntry entry;
        entry.kind = kind;
        entry.info.key = std::move(key);
        entry.info.group = m_group;
        entry.info.label = std::move(label);
        entry.info.help = std::move(help);
        return entry;
    }

    template <typename T, typename Access>
    OptionInfo &add(OptionKind kind, std::string key, std::string label, std::string help, Access access)
    {
        OptionEntry entry = named(kind, std::move(key), std::move(label), std::move(help));
        entry.get = [access](const RunOptions &options) -> OptionValue { return access(options); };
        entry.set = [access](RunOptions &options, const OptionValue &value) { access(options) = std::get<T>(value); };
        m_entries.push_back(std::move(entry));
        return m_entries.back().info;
    }

    std::vector<OptionEntry> &m_entries;
    std::string m_group;
};

#define WINNOW_FIELD(field)                                                                                            \
    [](auto &options) -> auto &                                                                                        \
    {                                                                                                                  \
        return options.field;                                                                                          \
    }

void addRun(Section run)
{
    run.text("name", "Name", "Name of the run as lists show it; empty: made from the method and the seed.",
             WINNOW_FIELD(name));
    run.choice("stage", "Stage", "Cold start trains without weights; bi-level learns weights too.",
               WINNOW_FIELD(stage));
    run.integer("seed", 0, largestExact, "Seed", "Every random draw of the run comes from it.", WINNOW_FIELD(seed));
    run.integer("threads", 0, 1024, "Threads", "Fixed for the life of the run; 0 uses all cores but one.",
                WINNOW_FIELD(threads));
    run.integer("checkpoint_every", 1, many, "Checkpoint every", "Iterations between two checkpoints.",
                WINNOW_FIELD(checkpointEvery));
}

void addModel(Section model)
{
    model.path("model.checkpoint", "Checkpoint", "Checkpoint folder that the run starts from.",
               WINNOW_FIELD(model.checkpoint));
    model.path("model.tokenizer", "Tokenizer", "Tokenizer folder; empty: the checkpoint's own.",
               WINNOW_FIELD(model.tokenizer));
    model.choice("model.precision", "Precision",
                 "Number format of weights and arithmetic; bf16 multiplies in bf16 and keeps weights and optimiser state in "
                 "fp32, bf16-pure keeps them in bf16 too, as the reference does.",
                 WINNOW_FIELD(model.precision));
    model.flag("model.carry_optimizer_state", "Carry optimiser state",
               "Start from the lower optimiser's state that is stored in the checkpoint.",
               WINNOW_FIELD(model.carryOptimizerState));
}

void addData(Section data)
{
    data.path("data.train", "Training rows", "JSON or JSONL file of training rows.", WINNOW_FIELD(data.train));
    data.path("data.meta", "Meta rows", "File of trusted rows that the weights are learned from.",
              WINNOW_FIELD(data.meta));
    data.path("data.holdout", "Hold-out rows", "Clean rows unused by the upper level; they choose the checkpoint.",
              WINNOW_FIELD(data.holdout));
    data.path("data.test", "Test questions", "File of questions with candidates for best-of-N.",
              WINNOW_FIELD(data.test));
    data.choice("data.missing_picture", "Missing picture", "What happens to a training row whose picture is missing.",
                WINNOW_FIELD(data.missingPicture));
    data.integer("data.max_tiles", 1, 64, "Most tiles", "Largest number of tiles a training picture is cut into.",
                 WINNOW_FIELD(data.maxTiles));
    data.integer("data.max_tiles_test", 1, 64, "Most tiles at test",
                 "Largest number of tiles a test picture is cut into.", WINNOW_FIELD(data.maxTilesTest));
    data.integer("data.token_limit", 16, 1048576, "Token limit", "A longer row is reported and skipped, never cut.",
                 WINNOW_FIELD(data.tokenLimit));
    data.flag("data.meta_in_train", "Meta rows in training set",
              "The meta rows join the training set (the comparison 'none + meta rows').",
              WINNOW_FIELD(data.metaInTrain));
}

/// `level` is a generic lambda from a (const) RunOptions reference to that level's OptimizerOptions.
template <typename Level>
void addOptimizer(Section section, const std::string &prefix, Level level)
{
#define WINNOW_LEVEL(field)                                                                                            \
    [level](auto &options) -> auto &                                                                                   \
    {                                                                                                                  \
        return level(options).field;                                                                                   \
    }
    section.choice(prefix + "form", "AdamW form",
                   "As in torch, as the reference runs it (transformers 4.49), or a plain gradient step (sgd).",
                   WINNOW_LEVEL(form));
    section.real(prefix + "learning_rate", 0, 1e3, "Learning rate", "Peak learning rate per iteration.",
                 WINNOW_LEVEL(learningRate));
    section.real(prefix + "weight_decay", 0, 1e3, "Weight decay", "Decoupled weight decay.", WINNOW_LEVEL(weightDecay));
    section.real(prefix + "beta1", 0, belowOne, "Beta 1", "Share of the old first moment kept.", WINNOW_LEVEL(beta1));
    section.real(prefix + "beta2", 0, belowOne, "Beta 2", "Share of the old second moment kept.", WINNOW_LEVEL(beta2));
    section.real(prefix + "epsilon", aboveZero, 1, "Epsilon", "Added to the root of the second moment.",
                 WINNOW_LEVEL(epsilon));
    section.real(prefix + "clip_norm", 0, unbounded, "Clip norm", "Largest norm of a gradient; 0: no clipping.",
                 WINNOW_LEVEL(clipNorm));
    section.choice(prefix + "schedule", "Schedule", "Course of the learning rate over the run.",
                   WINNOW_LEVEL(schedule));
    section.real(prefix + "warmup_share", 0, belowOne, "Warm-up share",
                 "Share of all iterations over which the learning rate rises; unused by the constant schedule.",
                 WINNOW_LEVEL(warmupShare));
    section.real(prefix + "decay_share", 0, 1, "Decay share",
                 "Share of all iterations, the last ones, over which the rate of stable-decay falls to 0.",
                 WINNOW_LEVEL(decayShare));
#undef WINNOW_LEVEL
}

void addTrain(Section train)
{
    train.integer("train.iterations", 1, many, "Iterations", "Steps of the lower level.",
                  WINNOW_FIELD(train.iterations));
    train.integer("train.batch", 1, 1e6, "Batch", "Training rows per iteration.", WINNOW_FIELD(train.batch));
    addOptimizer(train, "train.optimizer.", WINNOW_FIELD(train.optimizer));
    train.choice("train.clip_order", "Clip order",
                 "Clip the gradient and then multiply by the weight, or the other way round.",
                 WINNOW_FIELD(train.clipOrder));
    train.integer("train.head_iterations", 0, many, "Head-only iterations",
                  "Cold start: so many first iterations move the output head alone, so that the large first gradients "
                  "of new label words do not reach the features (linear probing, then fine-tuning).",
                  WINNOW_FIELD(train.headIterations));
    train.real("train.head_learning_rate", 0, 1e3, "Head learning rate",
               "Constant learning rate of the head-only iterations.", WINNOW_FIELD(train.headLearningRate));
    train.flag("train.drop_path", "Stochastic depth", "Drop layers at the checkpoint's rate, as the reference does.",
               WINNOW_FIELD(train.dropPath));
    train.real("train.pixel_noise", 0, 10, "Pixel noise",
               "Standard deviation of noise on the picture, whose values lie in 0 to 1.",
               WINNOW_FIELD(train.pixelNoise));
    train.real("train.picture_jitter", 0, 0.5, "Picture jitter",
               "Tiles are moved, zoomed and turned at random while training, by at most this share of their side, of "
               "their size and of a quarter turn.",
               WINNOW_FIELD(train.pictureJitter));
}

void addWeighting(Section weighting)
{
    weighting.choice("weighting.method", "Method", "What has a weight of its own: nothing, subjects, rows, or a net.",
                     WINNOW_FIELD(weighting.method));
    weighting.choice("weighting.activation", "Activation", "Function from the raw value to the weight.",
                     WINNOW_FIELD(weighting.activation));
    weighting.real("weighting.clip_low", -unbounded, unbounded, "Lowest weight", "Lower bound of the clip activation.",
                   WINNOW_FIELD(weighting.clipLow));
    weighting.real("weighting.clip_high", -unbounded, unbounded, "Highest weight",
                   "Upper bound of the clip activation.", WINNOW_FIELD(weighting.clipHigh));
    weighting.real("weighting.initial", -unbounded, unbounded, "Initial value",
                   "Raw value of each unit at the start (table, domain).", WINNOW_FIELD(weighting.initial));
    weighting.choice("weighting.net_input", "Net input",
                     "(P(+), P(-)) as the reference, or the probability of the given label too.",
                     WINNOW_FIELD(weighting.netInput));
    weighting.choice("weighting.net_path", "Net path",
                     "Stop the gradient at the net's input, or let it flow through as the reference.",
                     WINNOW_FIELD(weighting.netPath));
    weighting.integer("weighting.net_hidden", 1, 4096, "Hidden units", "Width of the net's hidden layer.",
                      WINNOW_FIELD(weighting.netHidden));
}

void addMeta(Section meta)
{
    meta.integer("meta.batch", 1, 1e6, "Meta batch", "Meta rows per iteration.", WINNOW_FIELD(meta.batch));
    addOptimizer(meta, "meta.optimizer.", WINNOW_FIELD(meta.optimizer));
    meta.choice("meta.loss_target", "Loss target", "Target token of a meta row's sites.",
                WINNOW_FIELD(meta.lossTarget));
    meta.choice("meta.hypergradient", "Hypergradient",
                "Exact derivative through one step, the quantity that the reference estimates, or both gradients before "
                "the step.",
                WINNOW_FIELD(meta.hypergradient));
    meta.choice("meta.estimator", "Estimator",
                "Product of two gradients (dot, batch 1), finite difference of losses (fd), product sample by sample for "
                "any batch (streamed), or forward derivative (jvp, slow, for checks).",
                WINNOW_FIELD(meta.estimator));
    meta.real("meta.finite_difference_step", aboveZero, 1e3, "Difference step",
              "Step of the finite difference, divided by the norm of the meta gradient.",
              WINNOW_FIELD(meta.finiteDifferenceStep));
    meta.choice("meta.precondition", "Preconditioner", 
                "Scaling of the meta gradient before the product: none, AdamW's divisor, or the exact derivative of the "
                "AdamW step.",
                WINNOW_FIELD(meta.precondition));
    meta.real("meta.gradient_ema", 0, belowOne, "Meta gradient average", "Share of the old meta gradient kept; 0: off.",
              WINNOW_FIELD(meta.gradientEma));
    meta.choice("meta.centering", "Centring",
                "Take the mean of the batch's rows with the same last label off each hypergradient; label-scaled also "
                "divides by the batch's deviation and cuts at 3.",
                WINNOW_FIELD(meta.centering));
    meta.integer("meta.interval", 1, 1e6, "Meta interval",
                 "Iterations between two meta gradients; in between the last one is used again.",
                 WINNOW_FIELD(meta.interval));
    meta.integer("meta.unroll", 1, 1000, "Unrolled steps", "Lower steps to one upper step.", WINNOW_FIELD(meta.unroll));
    meta.choice("meta.unroll_mode", "Unrolling",
                "Hypergradient of the last lower batch only, as the reference, or of all batches, exact.",
                WINNOW_FIELD(meta.unrollMode));
}

void addEvaluation(Section evaluation)
{
    evaluation.integer("evaluation.every", 0, many, "Evaluate every",
                       "Iterations between points of the accuracy curve; 0: at the end only.",
                       WINNOW_FIELD(evaluation.every));
    evaluation.integer("evaluation.candidates", 1, 4096, "Candidates", "Candidates of a question that are looked at.",
                       WINNOW_FIELD(evaluation.candidates));
    evaluation.choice("evaluation.aggregate", "Aggregate", "How p(+) of the steps becomes one score.",
                      WINNOW_FIELD(evaluation.aggregate));
    evaluation.choice("evaluation.readout", "Read-out", "Softmax over the whole vocabulary, or over + and - only.",
                      WINNOW_FIELD(evaluation.readout));
    evaluation.choice("evaluation.ties", "Ties", "Which of several candidates with the best score is taken.",
                      WINNOW_FIELD(evaluation.ties));
    evaluation.choice("evaluation.splitter", "Step splitter",
                      "Keep numbers that end a sentence, or delete them as the reference does.",
                      WINNOW_FIELD(evaluation.splitter));
    evaluation.text("evaluation.system_text", "System text",
                    "System text of test rows without their own; empty: the VisualPRM prompt.",
                    WINNOW_FIELD(evaluation.systemText));
}

void addHealth(Section health)
{
    health.choice("health.non_finite", "Not a number",
                  "What follows a gradient that is no number, before any weight changes: stop the run, skip the "
                  "iteration, or go back to the last checkpoint and leave the iteration out.",
                  WINNOW_FIELD(health.nonFinite));
    health.integer("health.most_skips", 1, 1e6, "Most skips",
                   "The run stops after this many skipped iterations in a row, or this many roll-backs.",
                   WINNOW_FIELD(health.mostSkips));
    health.real("health.effective_share", 0, 1, "Effective share",
                "Alert when the effective sample size of the weights falls below this share of their number; 0: off.",
                WINNOW_FIELD(health.effectiveShare));
    health.real("health.divergence", 0, unbounded, "Divergence",
                "Alert when the average training loss exceeds its lowest value by this factor; 0: off.",
                WINNOW_FIELD(health.divergence));
}

std::vector<OptionEntry> buildTable()
{
    std::vector<OptionEntry> entries;
    addRun(Section(entries, "Run"));
    addModel(Section(entries, "Model"));
    addData(Section(entries, "Data"));
    addTrain(Section(entries, "Training"));
    addWeighting(Section(entries, "Weighting"));
    addMeta(Section(entries, "Meta level"));
    addEvaluation(Section(entries, "Evaluation"));
    addHealth(Section(entries, "Health"));
    Section(entries, "Ranking")
        .real("ranking.loss_ema", 0, belowOne, "Loss average", "Share of the old value that the loss ranker keeps.",
              WINNOW_FIELD(ranking.lossEma));
    return entries;
}

#undef WINNOW_FIELD

} // namespace

const std::vector<OptionEntry> &optionTable()
{
    static const std::vector<OptionEntry> table = buildTable();
    return table;
}

} // namespace winnow
