#pragma once

#include "core/base/options.h"
#include "core/rank/consensus.h"
#include "core/store/dataset_store.h"
#include "core/store/decision_store.h"
#include "core/store/evaluation_store.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/run_view_store.h"
#include "core/store/visit_store.h"
#include "ui/models/sample_table.h"
#include "ui/models/weight_history.h"
#include "ui/support/film_data.h"
#include "ui/support/number_format.h"
#include "ui/theme/series_look.h"
#include "ui/widgets/cells.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace winnow::ui {

// Plain structs that the store's reading thread fills and the pages paint. They cross threads by value or as
// shared_ptr to const.

/// A data set that a run was made with.
struct RunData {
    QString role; ///< "train", "meta", "holdout", "test"
    QString name;
    QString path;
    QString sha256;
};

/// A checkpoint on a test file that is not the run's own, or judged in another way.
struct OtherEvaluation {
    QString data;
    std::int64_t step = 0;
    std::int64_t candidates = 0;
    std::int64_t n = 0;
    Interval accuracy;
};

/// A run as the tables and pickers show it.
struct RunRow {
    RunRecord record;
    RunOptions options;
    bool optionsValid = false;
    QString group; ///< "Instance Table", ...
    SeriesLook look;
    bool visible = true; ///< drawn in plots
    bool pinned = false;
    bool deleted = false; ///< waits to be purged
    RunLookRecord stored; ///< what a person chose of the look
    std::optional<Interval> accuracy; ///< best-of-N at the selected checkpoint, else the last one
    std::int64_t questions = 0;
    std::vector<OtherEvaluation> otherEvaluations;
    std::optional<Interval> auroc; ///< low weight against the known-noise mask
    std::int64_t aurocStep = -1;
    std::int64_t samples = 0;
    std::optional<double> effective; ///< effective sample size
    std::optional<double> precisionAt;
    std::int64_t precisionK = 0;
    Floats weightBins;
    Floats lossSpark;
    QString parentName;
    QString datasetName;
    QString datasetHash; ///< first six characters
    std::vector<RunData> data;

    QString name() const { return QString::fromStdString(record.name); }
    RunId id() const { return record.id; }
    bool active() const { return record.held(); }
};

/// Runs that several pages hold without a copy each. Only the one who fills it changes it.
class RunRows {
public:
    RunRows() : m_rows(std::make_shared<std::vector<RunRow>>()) {}
    RunRows(std::vector<RunRow> rows) : m_rows(std::make_shared<std::vector<RunRow>>(std::move(rows))) {}

    auto begin() const { return m_rows->cbegin(); }
    auto end() const { return m_rows->cend(); }
    std::size_t size() const { return m_rows->size(); }
    bool empty() const { return m_rows->empty(); }
    const RunRow &operator[](std::size_t i) const { return (*m_rows)[i]; }
    const RunRow &front() const { return m_rows->front(); }
    const std::vector<RunRow> &all() const { return *m_rows; }
    void push_back(RunRow row)
    {
        if (m_rows.use_count() > 1)
            m_rows = std::make_shared<std::vector<RunRow>>(*m_rows);
        m_rows->push_back(std::move(row));
    }

private:
    std::shared_ptr<std::vector<RunRow>> m_rows;
};

/// Keys of settings, those whose values differ between the runs first, each part in the order of the schema.
struct VaryingSettings {
    QStringList differ;
    QStringList same;
};

struct RunsData {
    RunRows rows;
    VaryingSettings varying;
    std::int64_t total = 0;
    bool emptyStore = false; ///< neither runs nor data sets
    std::vector<SavedQuery> queries;
    std::map<std::string, std::string> settings; ///< of the view
};

/// Where the Live page is in its run: what it has read.
struct LivePlace {
    RunId run;
    std::uint64_t reading = 0; ///< LiveData::reading
    std::map<std::string, SeriesPlace> series;
};

/// Everything the Live page shows of one run. Only the curves' points are many: they come in parts.
struct LiveData {
    RunRow run;
    std::uint64_t reading = 0; ///< stays the same as long as new points go behind the old ones
    bool whole = true; ///< `series` are whole; else they hold what came after the place that was asked from
    std::map<std::string, MetricSeries> series;
    FilmData film; ///< of the snapshots
    std::vector<double> effective; ///< effective sample size at each snapshot
    std::vector<double> saturated; ///< share of the weights at a bound at each snapshot
    std::int64_t weights = 0;      ///< of the newest snapshot: how many,
    std::int64_t weightsBelowHalf = 0; ///< how many of them below 0.5,
    std::int64_t weightsFromHalf = 0;  ///< and from it on
    std::vector<EventRecord> events;
    std::vector<double> detectionSteps;
    std::vector<double> detectionWeight; ///< AUROC of low weight; empty without a mask
    std::vector<double> detectionLow;
    std::vector<double> detectionHigh;
    std::vector<double> detectionLoss;
    std::vector<double> detectionConfidence;
    std::vector<double> agreement; ///< rank correlation of weight and loss, without a mask
    std::vector<std::int64_t> accuracySteps; ///< best-of-N on the test set
    std::vector<double> accuracy;
    std::vector<double> accuracyLow; ///< 95% bootstrap band
    std::vector<double> accuracyHigh;
    std::int64_t accuracyN = 0;
    std::int64_t metaSamples = 0;
};

/// One column over all samples of a training set, with what it is called.
struct RankerColumn {
    QString name;
    std::vector<float> suspicion; ///< larger: more suspicious; NaN: never visited
    std::optional<Interval> auroc;
    std::optional<double> averagePrecision;
    std::optional<double> correlation; ///< with the learned weight, without a mask
};

/// p(+) of the steps of all samples at one scoring.
struct StepScoring {
    std::int64_t step = 0;
    std::shared_ptr<const std::vector<std::uint32_t>> begin; ///< of each sample in pPlus; shared by scorings of equal shape
    std::vector<float> pPlus;

    std::span<const float> of(std::size_t sample) const
    {
        if (sample + 1 >= begin->size())
            return {};
        return std::span(pPlus).subspan((*begin)[sample], (*begin)[sample + 1] - (*begin)[sample]);
    }
};

/// Everything the Samples page shows of one run.
struct SamplesData {
    RunRow run;
    DatasetRecord dataset;
    std::string store; ///< path: where the rest of a sample is read from
    SampleTable samples;
    std::vector<std::int8_t> noise; ///< empty: no mask
    std::vector<double> snapshotSteps;
    WeightHistory snapshots;
    FilmData film;
    std::vector<std::string> subjects; ///< distinct, sorted
    std::optional<int> tileSize;       ///< of the run's model; nothing when its config cannot be read
    std::vector<float> lossEma;
    std::vector<float> minPGiven;
    std::vector<float> confidence;
    std::vector<float> margin;
    std::vector<std::int32_t> visitCount;
    std::vector<std::int32_t> lastVisit; ///< -1: never
    VisitColumns visits;                   ///< of sets whose texts are held; else SampleRows reads those of a sample
    std::vector<std::uint32_t> visitOrder; ///< indices into visits, by sample then step
    std::vector<std::uint32_t> visitBegin; ///< first of each sample in visitOrder; size samples + 1
    std::vector<RankerColumn> rankers;
    std::vector<StepScoring> stepScores; ///< p(+) per step, by iteration; may be empty
    std::vector<std::uint8_t> decisions;   ///< a Decision a sample
    std::map<std::size_t, QString> notes;
    Consensus consensus; ///< over finished runs of the same data and settings but the seed; runs < 2: none
    std::vector<std::string> consensusRuns;
};

/// Scores of one run on the test set, with what Compare and Evaluation derive from them.
struct RunScores {
    RunRow run;
    std::int64_t step = 0;
    std::vector<std::vector<float>> full; ///< [candidate, flat][step]
    std::vector<std::vector<float>> pair;
    std::vector<std::int64_t> curveSteps; ///< as the run was evaluated while it trained
    std::vector<double> curveAccuracy;
    std::vector<double> curveLow; ///< 95% bootstrap band
    std::vector<double> curveHigh;
    std::vector<std::int64_t> historySteps;
    std::vector<std::vector<std::vector<float>>> history; ///< [scoring][candidate, flat][step]
    std::vector<float> weights; ///< of the training samples at the selected checkpoint, else the newest snapshot
    std::int64_t weightStep = -1;
    bool otherTestData = false; ///< evaluated on other questions than the first run
    std::string trainSha256;
    QString trainHash; ///< first six characters
};

struct EvaluationData {
    DatasetRecord dataset;
    std::vector<SampleRecord> questions;
    std::vector<std::vector<std::vector<std::string>>> steps; ///< [question][candidate][step]
    std::vector<std::vector<std::optional<std::string>>> answers;
    std::vector<RunScores> runs;
    DatasetId train; ///< of the first run, which the weights are of; its rows are read when they are looked at
    std::int64_t trainRows = 0;
    std::vector<std::int8_t> trainNoise;
    std::string problem; ///< why nothing can be shown
};

struct DatasetSummary {
    DatasetRecord record;
    DatasetCounts counts;
    std::int64_t decisions[5] = {};
};

} // namespace winnow::ui
