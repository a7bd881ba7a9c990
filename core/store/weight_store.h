#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"
#include "core/store/metric_store.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// What one learned weight belongs to.
enum class UnitKind { Row, Id, Domain }; ///< net | table | domain table

struct WeightUnits {
    UnitKind kind = UnitKind::Id;
    std::vector<std::string> keys;            ///< by unit index
    std::vector<std::uint32_t> unitOfSample;  ///< by row of the training set
};

/// Weights of all units after the activation, at one iteration.
struct StoredSnapshot {
    std::int64_t step = 0;
    std::vector<float> values;
    std::vector<std::int32_t> computedAt; ///< net: iteration at which each value was computed; else empty
};

/// Learned weights: units, snapshots (one zlib-compressed float32 BLOB each) and histories.
class WINNOW_CORE_API WeightStore {
public:
    explicit WeightStore(Database &database) : m_database(database) {}

    Status setUnits(RunId run, const WeightUnits &units); ///< replaces
    Result<WeightUnits> units(RunId run);                 ///< empty for a run without weighting
    /// WeightUnits::unitOfSample alone, which costs a tenth of the memory.
    Result<std::vector<std::uint32_t>> unitOfSamples(RunId run);

    Status appendSnapshot(RunId run, const StoredSnapshot &snapshot); ///< replaces that of the same step
    Result<std::vector<std::int64_t>> steps(RunId run);               ///< ascending
    /// The snapshot at `step`, or the latest earlier one; nothing when there is none.
    Result<std::optional<StoredSnapshot>> at(RunId run, std::int64_t step);
    Result<std::optional<StoredSnapshot>> latest(RunId run);
    Result<std::vector<StoredSnapshot>> all(RunId run, std::int64_t afterStep = -1);
    /// The same one after the other, for runs whose snapshots are not held in memory.
    Status each(RunId run, std::int64_t afterStep, const std::function<void(StoredSnapshot)> &take);
    /// Weight of one unit over the snapshots.
    Result<MetricSeries> history(RunId run, std::uint32_t unit);

private:
    Database &m_database;
};

/// Weight of every training row: values[unitOfSample[row]].
WINNOW_CORE_API std::vector<float> weightsOfSamples(const WeightUnits &units, const StoredSnapshot &snapshot);
WINNOW_CORE_API std::vector<float> weightsOfSamples(std::span<const std::uint32_t> unitOfSample, const StoredSnapshot &snapshot);

} // namespace winnow
