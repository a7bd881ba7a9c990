#pragma once

#include "core/store/database.h"
#include "ui/models/page_data.h"

#include <map>
#include <memory>

namespace winnow::ui {

/// Reads whole pages from the store. Lives on the reading thread with its own connection; keeps what it derived of
/// finished runs, so that a refresh reads only what changed.
class StoreReader {
public:
    explicit StoreReader(Database database) : m_database(std::move(database)) {}

    Result<RunsData> runs();
    Result<LiveData> live(RunId run);
    Result<std::shared_ptr<const SamplesData>> samples(RunId run);
    Result<std::shared_ptr<const EvaluationData>> evaluation(const std::vector<RunId> &runs);
    Result<std::vector<DatasetSummary>> datasets();
    Result<RunRow> run(RunId id);
    Database &database() { return m_database; }

private:
    struct Derived {
        std::int64_t step = -1;
        RunState state = RunState::Queued;
        RunRow row;
    };
    Status derive(RunRow &row);
    Status deriveWeights(RunRow &row);
    Status deriveAccuracy(RunRow &row);
    Result<SampleTable> sampleTable(DatasetId dataset, std::int64_t rows);
    Status readWeights(SamplesData &data);
    Status readVisits(SamplesData &data);
    static void orderVisits(SamplesData &data);
    Status readStepScores(SamplesData &data);
    Status readConsensus(SamplesData &data);
    Status readDecisions(SamplesData &data);
    static void rateRankers(SamplesData &data);
    Status readDetection(LiveData &data);
    Result<RunScores> scoresOf(RunId run);
    Result<RunRow> rowOf(const RunRecord &record);
    Result<RunRow> oldRow(const RunRecord &record);
    Status addViews(std::vector<RunRow> &rows);
    Result<std::vector<std::int8_t>> mask(DatasetId dataset);

    Database m_database;
    std::map<RunId, Derived> m_derived;
    std::map<RunId, std::optional<RunOptions>> m_options; ///< of runs that are only listed
    std::map<RunId, SeriesLook> m_looks;
    std::optional<RunsData> m_runs; ///< as of m_runsVersion
    std::int64_t m_runsVersion = -1;
    std::map<DatasetId, DatasetRecord> m_datasets;
    std::map<DatasetId, std::vector<std::int8_t>> m_masks;
    DatasetId m_tableOf; ///< the set that was looked at last
    SampleTable m_table;
    std::map<DatasetId, DatasetCounts> m_counts; ///< of complete sets, which never change
};

/// Words for a run's method and input: "Instance Net", "label-aware input".
QString groupOfRun(const RunRecord &record);
QString settingsInWords(const RunRow &row);

} // namespace winnow::ui
