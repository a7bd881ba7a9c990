#pragma once

#include "core/base/options.h"
#include "core/run/run_service.h"
#include "core/store/store_writer.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace winnow::cli {

/// What `winnow demo` runs: every seed with every noise rate is a cell of one cold start and five methods.
struct DemoOptions {
    std::vector<std::int64_t> seeds{0};
    std::vector<double> noise;  ///< share of flipped rows for every subject; empty: 20 / 30 / 40 % by subject
    std::string folder;         ///< generated data; empty: "demo" beside the store
    bool quick = false;         ///< 200 rows and few iterations: every stage runs, accuracy means nothing
    std::int64_t threads = 0;   ///< 0: all cores
};

struct DemoMethodResult {
    std::string name;           ///< none | domain | table | net | none+meta
    RunId run;
    std::int64_t n = 0;
    std::vector<double> selectedRight; ///< by question, 1 or 0, at the hold-out's checkpoint
    double accuracy = 0;        ///< at the hold-out's checkpoint
    double accuracyLast = 0;
    std::int64_t ties = 0;
    std::optional<double> aurocWeight;
    std::optional<double> aurocLossEma;
    std::optional<double> meanWeightClean;
    std::optional<double> meanWeightCorrupted;
    bool collapsed = false;
    std::int64_t selectedStep = -1;
    double seconds = 0;
};

struct DemoCell {
    std::int64_t seed = 0;
    std::optional<double> noise;
    double randomAccuracy = 0;
    double oracleAccuracy = 0;
    RunId coldStart;
    double coldStartSeconds = 0;
    std::vector<DemoMethodResult> methods;

    /// Cold start and the four methods; none + meta rows not counted.
    double countedSeconds() const;
    const DemoMethodResult *method(const std::string &name) const;
};

/// Generates the data of a cell, runs what is not yet finished in the store, and reads the results back. A finished run
/// with the same settings is used as it is, an interrupted one goes on.
class DemoRunner {
public:
    DemoRunner(StoreWriter &writer, RunService &service, DemoOptions options, RunEvents *viewer, StopFlag &stop);

    Result<DemoCell> runCell(std::int64_t seed, std::optional<double> noise);

private:
    Status generate(DemoCell &cell, const std::string &folder);
    Result<RunOptions> preset(const std::string &file, const DemoCell &cell, const std::string &folder) const;
    Result<RunRecord> ensureRun(const RunOptions &options, RunId parent);
    Result<DemoMethodResult> readResult(const std::string &name, const RunRecord &run) const;

    StoreWriter &m_writer;
    RunService &m_service;
    DemoOptions m_options;
    RunEvents *m_viewer;
    StopFlag &m_stop;
};

} // namespace winnow::cli
