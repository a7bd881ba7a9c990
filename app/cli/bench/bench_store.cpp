#include "app/cli/bench/bench_parts.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/store_writer.h"
#include "core/store/weight_store.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>

namespace winnow::cli
{

namespace
{

namespace fs = std::filesystem;

struct StoreBench {
    std::string folder;
    std::int64_t rows = 100000;
    std::int64_t commits = 200;
    std::int64_t units = 1000000;
};

/// A folder of its own under `parent`, removed at the end.
class BenchFolder
{
public:
    explicit BenchFolder(const std::string &parent)
    {
        std::error_code error;
        const fs::path base = parent.empty() ? fs::temp_directory_path(error) : fs::path(parent);
        std::string name = (base / "winnow-bench-XXXXXX").string();
        if (::mkdtemp(name.data()))
            m_path = name;
    }
    ~BenchFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            fs::remove_all(m_path, ignored);
    }
    BenchFolder(const BenchFolder &) = delete;
    BenchFolder &operator=(const BenchFolder &) = delete;

    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

/// Metric rows posted in blocks as a trainer does, until all are on the disk.
Result<double> batchedSeconds(StoreWriter &writer, RunId run, std::int64_t rows)
{
    constexpr std::int64_t block = 100;
    const Stopwatch watch;
    for (std::int64_t step = 0; step < rows; step += block) {
        std::vector<MetricRow> metrics;
        for (std::int64_t i = step; i < std::min(rows, step + block); ++i)
            metrics.push_back({"loss.train", i, 1.0 / static_cast<double>(i + 1), i});
        const std::size_t count = metrics.size();
        writer.post([run, metrics = std::move(metrics)](Database &db) { return MetricStore(db).append(run, metrics); },
                    count);
    }
    WINNOW_TRY(writer.flush());
    return watch.seconds();
}

/// One row, and the wait until it is on the disk.
Result<std::vector<double>> commitSeconds(StoreWriter &writer, RunId run, std::int64_t commits)
{
    std::vector<double> seconds;
    for (std::int64_t i = 0; i < commits; ++i) {
        const Stopwatch watch;
        WINNOW_TRY(writer.execute([run, i](Database &db) {
            return MetricStore(db).append(run, {{"loss.meta", i, 0.5, i}});
        }));
        seconds.push_back(watch.seconds());
    }
    return seconds;
}

Result<Json> measure(const StoreBench &options)
{
    const BenchFolder folder(options.folder);
    if (folder.path().empty())
        return Error{"No folder for the store could be made" + (options.folder.empty() ? "" : " in " + options.folder)
                     + "; name one with --folder."};
    const std::string path = folder.path() + "/store.db";
    WINNOW_ASSIGN(Database database, Database::open(path));
    NewRun fresh;
    fresh.name = "bench";
    fresh.configJson = "{}";
    fresh.stage = "bilevel";
    WINNOW_ASSIGN(const RunId run, RunStore(database).create(fresh));
    WINNOW_ASSIGN(const std::unique_ptr<StoreWriter> writer, StoreWriter::open(path));
    WINNOW_ASSIGN(const double batched, batchedSeconds(*writer, run, options.rows));
    WINNOW_ASSIGN(const std::vector<double> commits, commitSeconds(*writer, run, options.commits));

    StoredSnapshot snapshot{1, {}, {}};
    for (std::int64_t i = 0; i < options.units; ++i)
        snapshot.values.push_back(1.0F + 1e-3F * static_cast<float>(i % 997));
    const Stopwatch writing;
    WINNOW_TRY(writer->execute([&](Database &db) { return WeightStore(db).appendSnapshot(run, snapshot); }));
    const double snapshotWrite = writing.seconds();
    const Stopwatch reading;
    WINNOW_ASSIGN(const auto stored, WeightStore(database).latest(run));
    const double snapshotRead = reading.seconds();
    if (!stored || stored->values != snapshot.values)
        return Error{"The store gave back other weights than were written; the disk or the build is broken."};
    return Json{{"device", processorName()},
                {"metric_rows", options.rows},
                {"metric_rows_per_second", static_cast<double>(options.rows) / batched},
                {"commits", options.commits},
                {"commit_seconds_median", quantile(commits, 0.5)},
                {"commit_seconds_p99", quantile(commits, 0.99)},
                {"snapshot_units", options.units},
                {"snapshot_write_seconds", snapshotWrite},
                {"snapshot_read_seconds", snapshotRead},
                {"schema", currentStoreVersion()},
                {"winnow", WINNOW_VERSION}};
}

int benchStore(const GlobalOptions &global, const StoreBench &options)
{
    const Result<Json> figures = measure(options);
    return figures.ok() ? printFigures(global, *figures) : fail(global, figures.error().message);
}

} // namespace

Command addBenchStore(CLI::App &bench, GlobalOptions &global)
{
    auto options = std::make_shared<StoreBench>();
    CLI::App *command = bench.add_subcommand("store", "Speed of writing to a store, in a folder of its own");
    command->add_option("--folder", options->folder, "Where that folder is made (default: the temporary folder)");
    command->add_option("--rows", options->rows, "Metric rows written in batches")
        ->check(CLI::Range(1, 100000000))
        ->capture_default_str();
    command->add_option("--commits", options->commits, "Single commits")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    command->add_option("--units", options->units, "Weights of the snapshot")
        ->check(CLI::Range(1, 100000000))
        ->capture_default_str();
    return {command, [options, &global] { return benchStore(global, *options); }};
}

} // namespace winnow::cli
