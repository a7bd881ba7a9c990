#include "core/engine/bench_parts.h"

#include "core/engine/bench_shapes.h"
#include "core/model/model_loader.h"
#include "core/train/scoring.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <thread>
#include <vector>

namespace winnow
{
namespace
{

class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// A field of /proc/self/status in bytes: "RssAnon", "VmHWM".
std::int64_t statusBytes(const std::string &field)
{
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(field + ":"))
            return std::stoll(line.substr(field.size() + 1)) * 1024;
    }
    return 0;
}

int threadsOf(std::int64_t wanted)
{
    if (wanted > 0)
        return static_cast<int>(wanted);
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
}

class NoEvents : public RunEvents
{
public:
    void onProgress(std::string_view, std::int64_t, std::int64_t) override { }
    void onMetrics(std::int64_t, std::span<const MetricPoint>) override { }
    void onVisits(std::int64_t, std::span<const SampleVisit>) override { }
    void onWeights(const WeightSnapshot &) override { }
    void onScores(const StepScores &) override { }
    void beforeCheckpoint(std::int64_t) override { }
    void onCheckpoint(const CheckpointInfo &) override { }
    void onEvent(EventLevel, std::int64_t, std::string_view) override { }
    void onPaused(std::int64_t) override { }
    void onResumed(std::int64_t) override { }
};

} // namespace

Result<std::string> benchLoad(const BenchLoadRequest &request)
{
    static const std::map<std::string, at::ScalarType> types{
        {"fp64", at::kDouble}, {"fp32", at::kFloat}, {"fp16", at::kHalf}, {"bf16", at::kBFloat16}};
    const auto type = types.find(request.precision);
    if (type == types.end())
        return Error{"--precision is \"" + request.precision + "\"; it must be fp64, fp32, fp16 or bf16."};
    at::set_num_threads(threadsOf(request.threads));
    const std::int64_t before = statusBytes("RssAnon");
    std::vector<double> seconds;
    std::int64_t anonymous = 0, parameters = 0;
    for (std::int64_t i = 0; i < request.repeats; ++i) {
        const Stopwatch watch;
        WINNOW_ASSIGN(const LoadedModel loaded, loadModel(request.checkpoint, type->second));
        seconds.push_back(watch.seconds());
        anonymous = std::max(anonymous, statusBytes("RssAnon") - before);
        parameters = loaded.parameters.flat.numel();
    }
    const nlohmann::json result{{"device", "cpu"},
                                {"checkpoint", request.checkpoint},
                                {"precision", request.precision},
                                {"threads", threadsOf(request.threads)},
                                {"parameters", parameters},
                                {"weight_bytes", parameters * static_cast<std::int64_t>(at::elementSize(type->second))},
                                {"seconds", median(seconds)},
                                {"seconds_each", seconds},
                                {"anonymous_bytes", anonymous},
                                {"libtorch", TORCH_VERSION}};
    return result.dump();
}

Result<std::string> benchScore(const BenchScoreRequest &request)
{
    WINNOW_ASSIGN(const BenchShape shape, benchShape(request.shape));
    WINNOW_ASSIGN(LoadedModel loaded, initializeModel(shape.config.toHfJson(), 1, at::kFloat));
    const BenchRows rows(shape, static_cast<std::size_t>(request.rows), 1);
    const int threads = threadsOf(request.threads);
    const int workers = static_cast<int>(std::min<std::int64_t>(threads, request.rows));
    WorkerPool pool(workers, std::max(1, threads / workers));
    BatchPasses passes(*loaded.model, shape.tokens, pool, at::kFloat);
    StopFlag stop;
    NoEvents events;
    std::vector<double> seconds;
    for (std::int64_t i = 0; i <= request.repeats; ++i) { // the first warms up
        const Stopwatch watch;
        const Scoring scoring =
            scoreSamples(passes, loaded.parameters, rows, StepScores::Purpose::Test, 0, events, stop);
        if (i > 0 && scoring.complete)
            seconds.push_back(watch.seconds());
    }
    const double each = median(seconds) / static_cast<double>(request.rows);
    const nlohmann::json result{{"device", "cpu"},
                                {"shape", request.shape},
                                {"precision", "fp32"},
                                {"threads", threads},
                                {"rows", request.rows},
                                {"tokens", shape.tokensPerRow()},
                                {"sites", shape.sites},
                                {"parameters", loaded.model->layout()->size()},
                                {"seconds_per_row", each},
                                {"rows_per_second", 1.0 / each},
                                {"peak_bytes", statusBytes("VmHWM")},
                                {"libtorch", TORCH_VERSION}};
    return result.dump();
}

} // namespace winnow
