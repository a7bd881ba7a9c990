#pragma once

#include "core/store/database.h"
#include "ui/models/lineage.h"

#include <map>
#include <memory>

namespace winnow {
struct DerivationRecord;
}

namespace winnow::ui {

/// Reads whole pages from the store. Lives on the reading thread with its own connection; keeps what it derived of
/// finished runs, so that a refresh reads only what changed.
class StoreReader {
public:
    explicit StoreReader(Database database) : m_database(std::move(database)) {}

    Result<RunsData> runs();
    /// With the points of the curves that came after `seen`; with all of them when it is of another reading.
    Result<LiveData> live(RunId run, const LivePlace &seen = {});
    Result<std::shared_ptr<const SamplesData>> samples(RunId run);
    Result<std::shared_ptr<const EvaluationData>> evaluation(const std::vector<RunId> &runs);
    Result<std::vector<DatasetSummary>> datasets();
    Result<RunRow> run(RunId id);
    /// Corrections of data that this run stands before or after.
    Result<std::vector<LineagePair>> lineage(RunId run);
    Database &database() { return m_database; }

private:
    struct Derived {
        std::int64_t step = -1;
        RunState state = RunState::Queued;
        EvaluationId evaluation; ///< newest
        RunRow row;
        std::vector<double> losses; ///< finite ones, of a run that goes on
        std::int64_t lossStep = -1;
        std::int64_t weightStep = -1;
    };
    /// What was read of the run that the Live page shows. `data` without its curves.
    struct LiveState {
        LiveData data;
        std::string holder;
        std::vector<std::int8_t> noise;
        std::vector<std::uint32_t> units;
        std::vector<float> lossEma;
        std::vector<float> doubt;
        FilmRange range;
        std::int64_t visitStep = -1;
        std::int64_t snapshotStep = -1;
    };
    Status derive(RunRow &row, Derived &known);
    Status deriveLoss(RunRow &row, Derived &known);
    Status deriveWeights(RunRow &row, Derived &known);
    Status deriveAccuracy(RunRow &row);
    Result<SampleTable> sampleTable(DatasetId dataset, std::int64_t rows);
    Status readWeights(SamplesData &data);
    Result<LineageSide> lineageSide(const RunRow &row);
    Status addLineagePair(const DerivationRecord &derivation, RunId beforeId, RunId afterId, std::vector<LineagePair> &pairs);
    Status addManual(RunRow &row, const EvaluationRecord &evaluation);
    Status readVisits(SamplesData &data);
    Status readConfidentLearning(SamplesData &data);
    static void orderVisits(SamplesData &data);
    Status readStepScores(SamplesData &data);
    Status readConsensus(SamplesData &data);
    Status readDecisions(SamplesData &data);
    static void rateRankers(SamplesData &data);
    Status beginLive(RunRow row);
    Status followSnapshots(LiveState &state);
    Status followVisits(LiveState &state, std::int64_t through);
    Status followFilm(LiveState &state, double step, const std::vector<float> &weights);
    static void addDetection(LiveState &state, double step, const std::vector<float> &weights);
    static void addHealth(LiveData &data, const std::vector<float> &weights);
    Status readAccuracy(LiveData &data);
    Result<RunScores> scoresOf(RunId run);
    Result<RunRow> rowOf(const RunRecord &record);
    /// A run that is only listed.
    Result<RunRow> oldRow(const RunRecord &record, const std::map<RunId, EvaluationStore::Counts> &counts);
    Status addViews(std::vector<RunRow> &rows);
    Result<std::vector<std::int8_t>> mask(DatasetId dataset);

    Database m_database;
    std::map<RunId, Derived> m_derived;
    std::unique_ptr<LiveState> m_live;
    std::uint64_t m_readings = 0;
    std::map<RunId, std::optional<RunOptions>> m_options; ///< of runs that are only listed
    std::map<RunId, SeriesLook> m_looks;
    std::map<RunId, EvaluationId> m_evaluations; ///< newest of each run
    std::map<std::string, LineagePair> m_lineagePairs; ///< by everything that they were derived from
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
