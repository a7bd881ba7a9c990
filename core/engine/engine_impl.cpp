#include "core/engine/engine_impl.h"

#include "core/base/sha256.h"
#include "core/bilevel/bilevel_trainer.h"
#include "core/engine/bench_parts.h"
#include "core/engine/bench_step.h"
#include "core/engine/precision_types.h"
#include "core/model/model_loader.h"
#include "core/rank/health_watch.h"
#include "core/train/process_group.h"
#include "core/train/scoring.h"
#include "core/train/sft_trainer.h"
#include "core/train/training_loop.h"
#include "core/weights/tensor_io.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>

namespace winnow {
namespace {

/// Runs `work` and turns what LibTorch throws into an Error.
template <typename Work>
auto guarded(const char *what, Work &&work) -> decltype(work())
{
    try {
        return work();
    } catch (const c10::Error &error) {
        return Error{std::string(what) + " failed: " + error.what_without_backtrace()};
    } catch (const std::bad_alloc &) {
        return Error{std::string(what) + " needs more memory than is free; lower the batch size or the tiles."};
    } catch (const std::exception &error) {
        return Error{std::string(what) + " failed: " + error.what()};
    }
}

int threadsOf(std::int64_t wanted)
{
    if (wanted > 0)
        return static_cast<int>(wanted);
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
}

/// As many micro-batches as threads, and the threads that are left over inside the operators.
struct Parallelism {
    int workers, intraOp;
    Parallelism(std::int64_t threads, std::int64_t batch)
        : workers(static_cast<int>(std::min<std::int64_t>(threadsOf(threads), std::max<std::int64_t>(1, batch)))),
          intraOp(std::max(1, threadsOf(threads) / workers))
    {
    }
};

Result<LoadedModel> startModel(const TrainRequest &request)
{
    const at::ScalarType type = typesOf(request.options.model.precision).held;
    if (!request.resumeFrom.empty())
        return loadModel(request.resumeFrom, type);
    if (!request.initialConfigJson.empty())
        return initializeModel(request.initialConfigJson, static_cast<std::uint64_t>(request.options.seed), type);
    return loadModel(request.options.model.checkpoint, type);
}

/// The tokenizer decides where the config is silent (original layout).
void setImageToken(LoadedModel &loaded, std::int32_t imageContext)
{
    InternVLConfig config = loaded.model->config();
    if (config.imageToken == imageContext)
        return;
    config.imageToken = imageContext;
    loaded.model = std::make_unique<InternVL>(config, loaded.model->layout()->tied());
    loaded.parameters = ParameterSet::fromFlat(loaded.model->layout(), loaded.parameters.flat);
}

std::unique_ptr<Trainer> makeTrainer(const TrainRequest &request, BatchPasses &passes, const ParameterSet &parameters)
{
    if (request.options.stage == Stage::ColdStart)
        return std::make_unique<SftTrainer>(request, passes, parameters);
    return std::make_unique<BilevelTrainer>(request, passes, parameters);
}

void setDropPath(BatchPasses &passes, const RunOptions &options, RunEvents &events)
{
    const double rate = passes.model().config().vision.dropPathRate;
    passes.setDropPath({rate, static_cast<std::uint64_t>(options.seed)});
    if (rate == 0)
        events.onEvent(EventLevel::Info, 0,
                       "train.drop_path is on, but the drop_path_rate of the checkpoint's config.json is 0 or not "
                       "named: no layer is dropped.");
}

/// SHA-256 over (key, float32), sorted by key.
std::string instanceWeightsSha256(const std::vector<std::string> &keys, const std::vector<float> &values)
{
    std::vector<std::size_t> order(std::min(keys.size(), values.size()));
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    Sha256 hash;
    for (const std::size_t i : order) {
        hash.update(keys[i]);
        hash.update(std::as_bytes(std::span(&values[i], 1)));
    }
    return hash.hex();
}

Result<TrainingProgress> startingPoint(const TrainRequest &request, Trainer &trainer)
{
    if (!request.resumeFrom.empty()) {
        WINNOW_ASSIGN(const RestoredState state, readCheckpointState(request.resumeFrom));
        trainer.restore(state.optimizer, state.instance);
        return state.progress;
    }
    if (request.options.model.carryOptimizerState) {
        WINNOW_ASSIGN(const StateTensors state, readOptimizerState(request.options.model.checkpoint));
        trainer.carryOver(state);
    }
    return TrainingProgress{};
}

/// All ranks computed the same; where their processors round differently, it is said.
void compareRanks(ProcessGroup &group, const TrainOutcome &outcome, RunEvents &events)
{
    const std::string own = outcome.weightsSha256 + outcome.instanceWeightsSha256;
    if (group.largest(group.fromRoot(own) == own ? 0 : 1) > 0)
        events.onEvent(
            EventLevel::Warning, outcome.steps,
            "The processes ended with weights that differ in rounding; those of rank 0 count. Processors of one "
            "kind give the same bits.");
}

Result<TrainOutcome> trainInside(const TrainRequest &request, RunEvents &events, StopFlag &stop, ProcessGroup *group)
{
    WINNOW_ASSIGN(LoadedModel loaded, startModel(request));
    setImageToken(loaded, request.tokens.imageContext);
    const RunOptions &options = request.options;
    const std::int64_t ranks = group ? group->size() : 1;
    const Parallelism parallel(options.threads, (options.train.batch + ranks - 1) / ranks);
    WorkerPool pool(parallel.workers, parallel.intraOp);
    BatchPasses passes(*loaded.model, request.tokens, pool, typesOf(options.model.precision).compute);
    passes.setGroup(group);
    passes.setAugmentation(
        {options.train.pixelNoise, options.train.pictureJitter, static_cast<std::uint64_t>(options.seed)});
    if (options.train.dropPath)
        setDropPath(passes, options, events);
    const std::unique_ptr<Trainer> trainer = makeTrainer(request, passes, loaded.parameters);
    WINNOW_ASSIGN(const TrainingProgress progress, startingPoint(request, *trainer));
    HealthWatch watched(events, options);
    TrainingLoop loop(request, *trainer, passes, watched, stop);
    WINNOW_ASSIGN(TrainOutcome outcome, loop.run(progress));
    if (!outcome.finished && stop.discardRequested())
        return outcome; // what the trainer holds was given up
    outcome.weightsSha256 = weightsSha256(*loaded.model, trainer->parameters());
    if (const WeightSnapshot weights = trainer->snapshot(outcome.steps); !weights.values.empty())
        outcome.instanceWeightsSha256 = instanceWeightsSha256(request.unitKeys, weights.values);
    if (group)
        compareRanks(*group, outcome, events);
    return outcome;
}

Result<LogitsReport> logitsInside(const LogitsRequest &request)
{
    const c10::NoGradGuard noGrad;
    const PrecisionTypes types = typesOf(request.precision);
    at::set_num_threads(threadsOf(request.threads));
    LogitsReport report;
    const auto start = std::chrono::steady_clock::now();
    WINNOW_ASSIGN(LoadedModel loaded, loadModel(request.checkpoint, types.held));
    const auto ready = std::chrono::steady_clock::now();
    report.loadSeconds = std::chrono::duration<double>(ready - start).count();
    if (request.imageContext >= 0)
        setImageToken(loaded, request.imageContext);
    WINNOW_ASSIGN(const StateTensors input, readTensors(request.input));
    if (!input.contains("input_ids"))
        return Error{request.input + " has no tensor input_ids; write the token ids as a 1-D I64 tensor of that name."};
    const at::Tensor ids = input.at("input_ids").reshape({-1}).to(at::kLong).contiguous();
    EncodedSample sample;
    for (std::int64_t i = 0; i < ids.numel(); ++i) {
        const std::int64_t id = ids.const_data_ptr<std::int64_t>()[i];
        if (id < 0 || id >= loaded.model->config().language.vocab)
            return Error{request.input + ": input_ids[" + std::to_string(i) + "] is " + std::to_string(id)
                         + ", outside the model's vocabulary."};
        sample.ids.push_back(static_cast<std::int32_t>(id));
        sample.sites.push_back({static_cast<std::int32_t>(i), 0});
    }
    if (sample.ids.empty())
        return Error{request.input + ": input_ids is empty."};
    at::Tensor pixels;
    if (input.contains("pixel_values")) {
        pixels = input.at("pixel_values").to(types.compute);
        if (pixels.dim() != 4 || pixels.size(1) != 3)
            return Error{request.input + ": pixel_values must have the shape [tiles, 3, height, width]."};
        sample.tiles.count = static_cast<int>(pixels.size(0));
        if (!loaded.model->config().imageToken)
            return Error{request.checkpoint + " names no image token; give the tokenizer's folder."};
    }
    PackedBatch batch = packBatch(SamplePointers{std::make_shared<EncodedSample>([&] {
                                      EncodedSample text = sample;
                                      text.tiles = {};
                                      return text;
                                  }())},
                                  -1, types.compute);
    if (pixels.defined()) {
        batch.pixels = pixels;
        batch.imageRows = (batch.ids == *loaded.model->config().imageToken).nonzero().reshape({-1});
    }
    at::Tensor leaves;
    const at::Tensor logits
        = loaded.model->siteLogits(inType(loaded.parameters, types.compute, leaves), batch).to(at::kFloat);
    report.forwardSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - ready).count();
    WINNOW_TRY(writeTensors(request.output, {{"logits", logits}}));
    return report;
}

void setUpProcess()
{
    at::set_num_interop_threads(1); // nothing here runs operators side by side except our own workers
    // A step allocates and frees the same activations again and again. By default glibc maps and unmaps each of them,
    // and the kernel clears every page: a tenth of a step at demo size.
    constexpr int largestMapThreshold = 32 << 20;
    mallopt(M_MMAP_THRESHOLD, largestMapThreshold);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
}

} // namespace

EngineImpl::EngineImpl()
{
    static std::once_flag done; // settings of the process: LibTorch accepts the first only before any work
    std::call_once(done, setUpProcess);
}

EngineImpl::~EngineImpl() = default;

Result<TrainOutcome> EngineImpl::train(const TrainRequest &request, RunEvents &events, StopFlag &stop)
{
    auto outcome = guarded("Training", [&]() -> Result<TrainOutcome> {
        auto trained = trainInside(request, events, stop, m_group.get());
        if (trained.ok() && m_group)
            m_group->leave();
        return trained;
    });
    if (!outcome.ok())
        leave(outcome.error().message);
    m_group.reset();
    return outcome;
}

Status EngineImpl::join(const RankPlace &place)
{
    return guarded("Joining the other processes", [&]() -> Status {
        WINNOW_ASSIGN(m_group, ProcessGroup::join(place));
        return {};
    });
}

Result<std::string> EngineImpl::shareText(const std::string &text)
{
    return guarded("Sharing with the other processes",
                   [&]() -> Result<std::string> { return m_group ? m_group->fromRoot(text) : text; });
}

void EngineImpl::leave(const std::string &reason)
{
    if (m_group)
        m_group->fail(reason);
}

Result<StepScores> EngineImpl::score(const ScoreRequest &request, RunEvents &events, StopFlag &stop)
{
    return guarded("Scoring", [&]() -> Result<StepScores> {
        const PrecisionTypes types = typesOf(request.precision);
        WINNOW_ASSIGN(LoadedModel loaded, loadModel(request.checkpoint, types.held));
        setImageToken(loaded, request.tokens.imageContext);
        const Parallelism parallel(request.threads, static_cast<std::int64_t>(request.samples->size()));
        WorkerPool pool(parallel.workers, parallel.intraOp);
        BatchPasses passes(*loaded.model, request.tokens, pool, types.compute);
        Scoring scoring = scoreSamples(passes, loaded.parameters, *request.samples, StepScores::Purpose::Test, 0,
                                       events, stop);
        if (!scoring.complete)
            return Error{"Scoring was stopped."};
        return std::move(scoring.scores);
    });
}

Result<LogitsReport> EngineImpl::logits(const LogitsRequest &request)
{
    return guarded("Computing logits", [&] { return logitsInside(request); });
}

Result<std::string> EngineImpl::benchStep(const BenchStepRequest &request)
{
    return guarded("The benchmark", [&] { return winnow::benchStep(request); });
}

Result<std::string> EngineImpl::benchLoad(const BenchLoadRequest &request)
{
    return guarded("The benchmark", [&] { return winnow::benchLoad(request); });
}

Result<std::string> EngineImpl::benchScore(const BenchScoreRequest &request)
{
    return guarded("The benchmark", [&] { return winnow::benchScore(request); });
}

std::string EngineImpl::deviceDescription() const
{
    return "CPU, " + std::to_string(std::thread::hardware_concurrency()) + " cores, LibTorch " TORCH_VERSION;
}

} // namespace winnow
