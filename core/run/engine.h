#pragma once

#include "core/base/options.h"
#include "core/base/result.h"
#include "core/base/stop_flag.h"
#include "core/data/encoded_dataset.h"
#include "core/run/rank_place.h"
#include "core/run/run_events.h"
#include "core/run/train_request.h"

#include <memory>
#include <string>
#include <vector>

namespace winnow {

struct ScoreRequest {
    std::string checkpoint;
    TokenIds tokens;
    Precision precision = Precision::Fp32;
    std::int64_t threads = 0;
    const EncodedDataset *samples = nullptr;
};

struct LogitsRequest {
    std::string checkpoint;
    std::int32_t imageContext = -1; ///< -1: from the checkpoint's config
    std::string input;  ///< safetensors: input_ids [N] i64, pixel_values [T,3,H,W] f32 (absent for text only)
    std::string output; ///< safetensors: logits [N,V] f32
    Precision precision = Precision::Fp32;
    std::int64_t threads = 0;
};

struct LogitsReport {
    double loadSeconds = 0.0;    ///< until every weight lay in memory
    double forwardSeconds = 0.0; ///< from there to the logits
};

struct BenchLoadRequest {
    std::string checkpoint;
    std::string precision = "fp32"; ///< fp64 | fp32 | fp16 | bf16
    std::int64_t threads = 0;
    std::int64_t repeats = 1;
};

struct BenchScoreRequest {
    std::string shape = "demo"; ///< demo | quarter | 1b
    std::int64_t rows = 64;
    std::int64_t threads = 0;
    std::int64_t repeats = 5;
};

struct BenchStepRequest {
    std::string shape = "demo"; ///< demo | quarter | 1b
    std::int64_t batch = 1;
    std::int64_t metaBatch = 1;
    std::string device = "cpu";
    std::string precision = "fp32"; ///< as model.precision
    std::string hypergradient = "one-step";
    std::string estimator = "dot";
    std::int64_t threads = 0;
    std::int64_t iterations = 20;
};

/// The boundary to libwinnow_engine.so. Exceptions do not cross it: LibTorch's are caught inside and become Error.
/// One object may be used by one thread at a time.
class Engine {
public:
    virtual ~Engine() = default;
    virtual Result<TrainOutcome> train(const TrainRequest &request, RunEvents &events, StopFlag &stop) = 0;
    /// Makes this process one of several that train together: the next train() is done with the others, each of which
    /// must be given the same request. Returns when all have joined.
    virtual Status join(const RankPlace &) { return Error{"This engine trains in one process only."}; }
    /// After join(): rank 0's text on every rank; called by all in the same order.
    virtual Result<std::string> shareText(const std::string &text) { return text; }
    /// After join(): tells the other processes why this one does not go on.
    virtual void leave(const std::string &) { }
    /// p(+) per site, in sample order. `events` gets progress only.
    virtual Result<StepScores> score(const ScoreRequest &request, RunEvents &events, StopFlag &stop) = 0;
    virtual Result<LogitsReport> logits(const LogitsRequest &request) = 0;
    /// The benchmarks give one JSON object each.
    virtual Result<std::string> benchStep(const BenchStepRequest &request) = 0;
    virtual Result<std::string> benchLoad(const BenchLoadRequest &request) = 0;
    virtual Result<std::string> benchScore(const BenchScoreRequest &request) = 0;
    /// "LibTorch 2.11.0, CPU, 2 threads" or the GPU's name; stored with every run.
    virtual std::string deviceDescription() const = 0;
};

/// Opens libwinnow_engine.so beside the program (or $WINNOW_ENGINE). One of another build (core/base/build_stamp.h) is
/// refused before anything of it is called.
/// The module stays open until the process ends.
WINNOW_CORE_API Result<std::unique_ptr<Engine>> openEngine();

} // namespace winnow

extern "C" {
/// Exported by the module, beside its build stamp, the text `winnow_engine_build`.
using WinnowEngineCreate = winnow::Engine *(*)();
}
