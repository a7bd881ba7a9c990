#include "core/store/weight_store.h"

#include "core/store/blob.h"
#include "core/store/sql.h"

#include <array>
#include <cassert>
#include <limits>

namespace winnow {

namespace {

constexpr std::array<const char *, 3> kindNames{"row", "id", "domain"};
constexpr const char *snapshotColumns = "step, count, unit_values, computed_at";

Result<StoredSnapshot> readSnapshot(SQLite::Statement &row)
{
    StoredSnapshot snapshot;
    snapshot.step = row.getColumn(0).getInt64();
    const auto count = static_cast<std::size_t>(row.getColumn(1).getInt64());
    const SQLite::Column values = row.getColumn(2);
    WINNOW_ASSIGN(snapshot.values, unpackFloats(values.getBlob(), static_cast<std::size_t>(values.getBytes()), count));
    const SQLite::Column computed = row.getColumn(3);
    if (!computed.isNull()) {
        WINNOW_ASSIGN(snapshot.computedAt,
                      unpackInts(computed.getBlob(), static_cast<std::size_t>(computed.getBytes()), count));
    }
    return snapshot;
}

Result<std::optional<StoredSnapshot>> readOne(SQLite::Statement &select)
{
    if (!select.executeStep())
        return std::optional<StoredSnapshot>();
    WINNOW_ASSIGN(StoredSnapshot snapshot, readSnapshot(select));
    return std::optional<StoredSnapshot>(std::move(snapshot));
}

} // namespace

Status WeightStore::setUnits(RunId run, const WeightUnits &units)
{
    return sql::write(m_database, "add weight units to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        for (const char *text : {"DELETE FROM weight_units WHERE run_id = ?",
                                 "DELETE FROM weight_unit_of_sample WHERE run_id = ?"}) {
            SQLite::Statement remove(db, text);
            remove.bind(1, run.value);
            remove.exec();
        }
        SQLite::Statement unit(db, "INSERT INTO weight_units (run_id, idx, kind, key) VALUES (?, ?, ?, ?)");
        for (std::size_t i = 0; i < units.keys.size(); ++i) {
            unit.bind(1, run.value);
            unit.bind(2, static_cast<std::int64_t>(i));
            unit.bind(3, kindNames[static_cast<std::size_t>(units.kind)]);
            unit.bind(4, units.keys[i]);
            sql::step(unit);
        }
        SQLite::Statement sample(db, "INSERT INTO weight_unit_of_sample (run_id, sample, unit) VALUES (?, ?, ?)");
        for (std::size_t i = 0; i < units.unitOfSample.size(); ++i) {
            sample.bind(1, run.value);
            sample.bind(2, static_cast<std::int64_t>(i));
            sample.bind(3, static_cast<std::int64_t>(units.unitOfSample[i]));
            sql::step(sample);
        }
        return {};
    });
}

Result<WeightUnits> WeightStore::units(RunId run)
{
    return sql::guard(m_database, "read weight units of", [&]() -> Result<WeightUnits> {
        SQLite::Database &db = m_database.connection();
        WeightUnits units;
        SQLite::Statement unit(db, "SELECT kind, key FROM weight_units WHERE run_id = ? ORDER BY idx");
        unit.bind(1, run.value);
        while (unit.executeStep()) {
            const std::string kind = unit.getColumn(0).getString();
            for (std::size_t k = 0; k < kindNames.size(); ++k)
                if (kind == kindNames[k])
                    units.kind = static_cast<UnitKind>(k);
            units.keys.push_back(unit.getColumn(1).getString());
        }
        WINNOW_ASSIGN(units.unitOfSample, unitOfSamples(run));
        return units;
    });
}

Result<std::vector<std::uint32_t>> WeightStore::unitOfSamples(RunId run)
{
    return sql::guard(m_database, "read weight units of", [&]() -> Result<std::vector<std::uint32_t>> {
        SQLite::Database &db = m_database.connection();
        SQLite::Statement count(db, "SELECT count(*) FROM weight_units WHERE run_id = ?");
        count.bind(1, run.value);
        const std::int64_t units = count.executeStep() ? count.getColumn(0).getInt64() : 0;
        SQLite::Statement sample(db, "SELECT unit FROM weight_unit_of_sample WHERE run_id = ? ORDER BY sample");
        sample.bind(1, run.value);
        std::vector<std::uint32_t> unitOfSample;
        while (sample.executeStep()) {
            const std::int64_t index = sample.getColumn(0).getInt64();
            if (index < 0 || index >= units)
                return Error{"Run " + std::to_string(run.value) + " of the store \"" + m_database.path()
                             + "\" names weight unit " + std::to_string(index)
                             + " that it does not have: the store is damaged. Restore it from a backup."};
            unitOfSample.push_back(static_cast<std::uint32_t>(index));
        }
        return unitOfSample;
    });
}

Status WeightStore::appendSnapshot(RunId run, const StoredSnapshot &snapshot)
{
    assert(snapshot.computedAt.empty() || snapshot.computedAt.size() == snapshot.values.size());
    return sql::write(m_database, "add a weight snapshot to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT INTO weight_snapshots (run_id, step, count, unit_values, computed_at) "
                                 "VALUES (?, ?, ?, ?, ?) ON CONFLICT (run_id, step) DO UPDATE SET count = excluded.count, "
                                 "unit_values = excluded.unit_values, computed_at = excluded.computed_at");
        const std::string values = packFloats(snapshot.values);
        insert.bind(1, run.value);
        insert.bind(2, snapshot.step);
        insert.bind(3, static_cast<std::int64_t>(snapshot.values.size()));
        insert.bind(4, values.data(), static_cast<int>(values.size()));
        if (!snapshot.computedAt.empty()) {
            const std::string computed = packInts(snapshot.computedAt);
            insert.bind(5, computed.data(), static_cast<int>(computed.size()));
        }
        insert.exec();
        return {};
    });
}

Result<std::vector<std::int64_t>> WeightStore::steps(RunId run)
{
    return sql::guard(m_database, "read weights of", [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT step FROM weight_snapshots WHERE run_id = ? ORDER BY step");
        select.bind(1, run.value);
        std::vector<std::int64_t> steps;
        while (select.executeStep())
            steps.push_back(select.getColumn(0).getInt64());
        return steps;
    });
}

Result<std::optional<StoredSnapshot>> WeightStore::at(RunId run, std::int64_t step)
{
    return sql::guard(m_database, "read weights of", [&]() -> Result<std::optional<StoredSnapshot>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + snapshotColumns + " FROM weight_snapshots WHERE run_id = ? "
                                 "AND step <= ? ORDER BY step DESC LIMIT 1");
        select.bind(1, run.value);
        select.bind(2, step);
        return readOne(select);
    });
}

Result<std::optional<StoredSnapshot>> WeightStore::latest(RunId run)
{
    return at(run, std::numeric_limits<std::int64_t>::max());
}

Result<std::vector<StoredSnapshot>> WeightStore::all(RunId run, std::int64_t afterStep)
{
    std::vector<StoredSnapshot> all;
    WINNOW_TRY(each(run, afterStep, [&all](StoredSnapshot snapshot) { all.push_back(std::move(snapshot)); }));
    return all;
}

Status WeightStore::each(RunId run, std::int64_t afterStep, const std::function<void(StoredSnapshot)> &take)
{
    return sql::guard(m_database, "read weights of", [&]() -> Status {
        SQLite::Statement select(m_database.connection(), std::string("SELECT ") + snapshotColumns
                                     + " FROM weight_snapshots WHERE run_id = ? AND step > ? ORDER BY step");
        select.bind(1, run.value);
        select.bind(2, afterStep);
        while (select.executeStep()) {
            WINNOW_ASSIGN(StoredSnapshot snapshot, readSnapshot(select));
            take(std::move(snapshot));
        }
        return {};
    });
}

Result<MetricSeries> WeightStore::history(RunId run, std::uint32_t unit)
{
    return sql::guard(m_database, "read weights of", [&]() -> Result<MetricSeries> {
        SQLite::Statement select(m_database.connection(), std::string("SELECT ") + snapshotColumns
                                     + " FROM weight_snapshots WHERE run_id = ? ORDER BY step");
        select.bind(1, run.value);
        MetricSeries history;
        while (select.executeStep()) {
            WINNOW_ASSIGN(const StoredSnapshot snapshot, readSnapshot(select));
            if (unit >= snapshot.values.size())
                return Error{"Run " + std::to_string(run.value) + " has no weight unit " + std::to_string(unit)
                             + " (it has " + std::to_string(snapshot.values.size()) + ")."};
            history.steps.push_back(snapshot.step);
            history.values.push_back(snapshot.values[unit]);
            history.wallMs.push_back(0);
        }
        return history;
    });
}

std::vector<float> weightsOfSamples(const WeightUnits &units, const StoredSnapshot &snapshot)
{
    return weightsOfSamples(units.unitOfSample, snapshot);
}

std::vector<float> weightsOfSamples(std::span<const std::uint32_t> unitOfSample, const StoredSnapshot &snapshot)
{
    std::vector<float> weights;
    weights.reserve(unitOfSample.size());
    for (std::uint32_t unit : unitOfSample)
        weights.push_back(unit < snapshot.values.size() ? snapshot.values[unit]
                                                        : std::numeric_limits<float>::quiet_NaN());
    return weights;
}

} // namespace winnow
