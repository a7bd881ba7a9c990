#include "core/engine/bench_step.h"

#include "core/base/random.h"
#include "core/bilevel/bilevel_trainer.h"
#include "core/engine/bench_shapes.h"
#include "core/engine/precision_types.h"
#include "core/engine/step_counts.h"
#include "core/model/model_loader.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <optional>
#include <thread>

namespace winnow {
namespace {

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wallSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::int64_t peakBytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

/// What lies in memory now: before the model, that is the libraries.
std::int64_t residentBytes()
{
    std::int64_t size = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

template <typename E>
Result<E> choice(const std::string &name, const char *option)
{
    for (std::size_t i = 0; i < ChoiceNames<E>::names.size(); ++i) {
        if (ChoiceNames<E>::names[i] == name)
            return static_cast<E>(i);
    }
    std::string known;
    for (const std::string_view value : ChoiceNames<E>::names)
        known += (known.empty() ? "" : ", ") + std::string(value);
    return Error{"--" + std::string(option) + " is \"" + name + "\"; it must be one of " + known + "."};
}

/// The reference's settings; the dot becomes the streamed estimator where it has no meaning of its own.
Result<RunOptions> optionsOf(const BenchStepRequest &request)
{
    RunOptions options;
    WINNOW_ASSIGN(options.meta.hypergradient,
                  choice<HypergradientKind>(request.hypergradient, "hypergradient"));
    WINNOW_ASSIGN(options.meta.estimator, choice<Estimator>(request.estimator, "estimator"));
    WINNOW_ASSIGN(options.model.precision, choice<Precision>(request.precision, "precision"));
    if (options.meta.estimator == Estimator::GradientDot
        && (request.batch != 1 || options.meta.hypergradient == HypergradientKind::BeforeStep))
        options.meta.estimator = Estimator::Streamed;
    if (options.meta.hypergradient == HypergradientKind::BeforeStep && options.meta.estimator != Estimator::Streamed)
        return Error{"--hypergradient before-step needs --estimator streamed."};
    if (options.meta.estimator == Estimator::ForwardMode && options.model.precision == Precision::Bf16Pure)
        return Error{"--estimator jvp needs --precision fp64, fp32 or bf16."};
    options.train.batch = request.batch;
    options.meta.batch = request.metaBatch;
    options.train.iterations = 1 << 30;
    return options;
}

/// Iterations after the timed ones, with listeners that the timed ones do without.
class Anatomy {
public:
    Anatomy(BilevelTrainer &trainer, std::int64_t next, int workers)
        : m_trainer(trainer), m_next(next), m_workers(workers)
    {
    }

    /// Mean seconds of each part over some iterations; `other` is what no part holds.
    nlohmann::json parts(std::int64_t iterations)
    {
        const PartTimes times(m_workers);
        const double start = wallSeconds();
        for (std::int64_t i = 0; i < iterations; ++i)
            step();
        double other = wallSeconds() - start;
        nlohmann::json out = nlohmann::json::object();
        for (std::size_t part = 0; part < PartTimes::PartCount; ++part) {
            const double seconds = times.seconds(static_cast<PartTimes::Part>(part));
            out[PartTimes::names[part]] = seconds / static_cast<double>(iterations);
            other -= seconds;
        }
        out["other"] = other / static_cast<double>(iterations);
        return out;
    }

    /// What one iteration computes: its matrix products, and its operators.
    void count(std::int64_t &flops, std::int64_t &operators)
    {
        const OperatorCount counted;
        step();
        flops = counted.flops();
        operators = counted.operators();
    }

private:
    void step()
    {
        StepReport report;
        m_trainer.step(m_next++, report);
    }

    BilevelTrainer &m_trainer;
    std::int64_t m_next;
    int m_workers;
};

/// Speed against what is computed. Null where there is nothing to say: a CPU launches no kernels, and its peak is not
/// stated by anybody.
void addSpeed(nlohmann::json &result, const BenchStepRequest &request, std::int64_t flops, std::int64_t operators,
              double seconds)
{
    const double speed = static_cast<double>(flops) / seconds;
    const std::optional<double> peak = peakFlops(request.device, request.precision);
    result["flops_per_iteration"] = flops;
    result["tflops_per_second"] = speed / 1e12;
    result["peak_tflops_per_second"] = peak ? nlohmann::json(*peak / 1e12) : nlohmann::json(nullptr);
    result["share_of_peak"] = peak ? nlohmann::json(speed / *peak) : nlohmann::json(nullptr);
    result["operators"] = operators;
    result["launches"] = nullptr;
}

TrainRequest trainRequestOf(const RunOptions &options, const BenchShape &shape, const BenchRows &train,
                            const BenchRows &meta)
{
    TrainRequest request;
    request.options = options;
    request.tokens = shape.tokens;
    request.train = &train;
    request.meta = &meta;
    for (std::uint32_t i = 0; i < train.size(); ++i) {
        request.unitOfSample.push_back(i);
        request.unitKeys.push_back(std::to_string(i));
    }
    return request;
}

/// Seconds of each iteration after the first ones, which warm up.
struct StepTimes {
    std::vector<double> wall, cpu;
};

StepTimes timeSteps(BilevelTrainer &trainer, std::int64_t warmup, std::int64_t iterations)
{
    StepTimes times;
    for (std::int64_t t = 0; t < warmup + iterations; ++t) {
        StepReport report;
        const double wallStart = wallSeconds(), cpuStart = cpuSeconds();
        trainer.step(t, report);
        if (t >= warmup) {
            times.wall.push_back(wallSeconds() - wallStart);
            times.cpu.push_back(cpuSeconds() - cpuStart);
        }
    }
    return times;
}

} // namespace

Result<std::string> benchStep(const BenchStepRequest &request)
{
    if (request.device != "cpu")
        return Error{"--device is \"" + request.device + "\"; this build computes on cpu only."};
    if (request.batch < 1 || request.metaBatch < 1 || request.iterations < 1)
        return Error{"--batch, --meta and --iterations must be 1 or more."};
    WINNOW_ASSIGN(RunOptions options, optionsOf(request));
    WINNOW_ASSIGN(const BenchShape shape, benchShape(request.shape));
    const std::int64_t libraryBytes = residentBytes();
    const PrecisionTypes types = typesOf(options.model.precision);
    WINNOW_ASSIGN(LoadedModel loaded, initializeModel(shape.config.toHfJson(), 1, types.held));
    const BenchRows train(shape, 64, 1), meta(shape, 16, 2);
    const TrainRequest trainRequest = trainRequestOf(options, shape, train, meta);
    const auto threads = request.threads > 0 ? request.threads
                                             : std::max<std::int64_t>(1, std::thread::hardware_concurrency() - 1);
    const auto workers = std::min<std::int64_t>(threads, request.batch);
    WorkerPool pool(static_cast<int>(workers), static_cast<int>(std::max<std::int64_t>(1, threads / workers)));
    BatchPasses passes(*loaded.model, shape.tokens, pool, types.compute);
    BilevelTrainer trainer(trainRequest, passes, loaded.parameters);

    const std::int64_t warmup = std::min<std::int64_t>(3, request.iterations); // a large shape's iterations are long
    const StepTimes times = timeSteps(trainer, warmup, request.iterations);
    const double seconds = median(times.wall);
    const std::int64_t peak = peakBytes();
    Anatomy anatomy(trainer, warmup + request.iterations, static_cast<int>(workers));
    const nlohmann::json parts = anatomy.parts(std::min<std::int64_t>(3, request.iterations));
    std::int64_t flops = 0, operators = 0;
    anatomy.count(flops, operators);
    nlohmann::json result{
        {"device", "cpu"},
        {"shape", request.shape},
        {"precision", request.precision},
        {"hypergradient", request.hypergradient},
        {"estimator", choiceName(options.meta.estimator)},
        {"batch", request.batch},
        {"meta_batch", request.metaBatch},
        {"threads", threads},
        {"tiles", shape.tiles},
        {"tokens", shape.tokensPerRow()},
        {"sites", shape.sites},
        {"parameters", loaded.model->layout()->size()},
        {"iterations", request.iterations},
        {"seconds_per_iteration", seconds},
        {"cpu_seconds_per_iteration", median(times.cpu)},
        {"samples_per_second", static_cast<double>(request.batch) / seconds},
        {"peak_bytes", peak},
        {"loaded_bytes", libraryBytes},
        {"parts", parts},
        {"libtorch", TORCH_VERSION}};
    addSpeed(result, request, flops, operators, seconds);
    return result.dump();
}

} // namespace winnow
