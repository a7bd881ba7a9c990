#include "core/store/metric_store.h"

#include "core/store/sql.h"

namespace winnow {

namespace {

/// Series names are stored once; a row holds their number.
class SeriesIds {
public:
    explicit SeriesIds(SQLite::Database &db) :
        m_find(db, "SELECT id FROM metric_series WHERE name = ?"),
        m_insert(db, "INSERT INTO metric_series (name) VALUES (?) RETURNING id")
    {
    }

    std::int64_t of(const std::string &name)
    {
        if (const auto known = m_known.find(name); known != m_known.end())
            return known->second;
        std::int64_t id = lookUp(m_find, name);
        if (id == 0)
            id = lookUp(m_insert, name);
        m_known.emplace(name, id);
        return id;
    }

private:
    static std::int64_t lookUp(SQLite::Statement &statement, const std::string &name)
    {
        statement.bind(1, name);
        const std::int64_t id = statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
        while (!statement.isDone() && statement.executeStep()) { }
        statement.reset();
        return id;
    }

    SQLite::Statement m_find;
    SQLite::Statement m_insert;
    std::map<std::string, std::int64_t> m_known;
};

bool isHardware(const std::string &series)
{
    return series.rfind("hw.", 0) == 0;
}

const char *tableOf(const std::string &series)
{
    return isHardware(series) ? "hardware" : "metrics";
}

void pushPoint(MetricSeries &series, SQLite::Statement &row)
{
    series.steps.push_back(row.getColumn(0).getInt64());
    series.values.push_back(sql::readReal(row.getColumn(1)));
    series.wallMs.push_back(row.getColumn(2).getInt64());
}

} // namespace

Status MetricStore::append(RunId run, const std::vector<MetricRow> &rows)
{
    return sql::write(m_database, "add metrics to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        SeriesIds ids(db);
        SQLite::Statement insert(db, "INSERT INTO metrics (run_id, series_id, step, value, wall_ms) "
                                     "VALUES (?, ?, ?, ?, ?) ON CONFLICT (run_id, series_id, step) "
                                     "DO UPDATE SET value = excluded.value, wall_ms = excluded.wall_ms");
        SQLite::Statement reading(db, "INSERT INTO hardware (run_id, series_id, step, value, wall_ms) "
                                      "VALUES (?, ?, ?, ?, ?) ON CONFLICT (run_id, series_id, step, wall_ms) "
                                      "DO UPDATE SET value = excluded.value");
        for (const MetricRow &row : rows) {
            SQLite::Statement &into = isHardware(row.series) ? reading : insert;
            into.bind(1, run.value);
            into.bind(2, ids.of(row.series));
            into.bind(3, row.step);
            sql::bindReal(into, 4, row.value);
            into.bind(5, row.wallMs);
            sql::step(into);
        }
        return {};
    });
}

Result<std::vector<std::string>> MetricStore::seriesNames(RunId run)
{
    return sql::guard(m_database, "read metrics of", [&]() -> Result<std::vector<std::string>> {
        // EXISTS per name is one seek each; DISTINCT would walk every row of the run.
        SQLite::Statement select(m_database.connection(),
                                 "SELECT name FROM metric_series s WHERE EXISTS (SELECT 1 FROM metrics m "
                                 "WHERE m.run_id = ?1 AND m.series_id = s.id) OR EXISTS (SELECT 1 FROM hardware h "
                                 "WHERE h.run_id = ?1 AND h.series_id = s.id) ORDER BY name");
        select.bind(1, run.value);
        std::vector<std::string> names;
        while (select.executeStep())
            names.push_back(select.getColumn(0).getString());
        return names;
    });
}

/// `after`: the column that must be above `place`.
Result<MetricSeries> MetricStore::points(RunId run, const std::string &name, const std::string &after, std::int64_t place)
{
    return sql::guard(m_database, "read metrics of", [&]() -> Result<MetricSeries> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT step, value, wall_ms FROM ") + tableOf(name)
                                     + " WHERE run_id = ? AND series_id = (SELECT id FROM metric_series WHERE name = ?) AND "
                                     + after + " > ? ORDER BY step" + (isHardware(name) ? ", wall_ms" : ""));
        select.bind(1, run.value);
        select.bind(2, name);
        select.bind(3, place);
        MetricSeries series;
        while (select.executeStep())
            pushPoint(series, select);
        return series;
    });
}

Result<MetricSeries> MetricStore::series(RunId run, const std::string &name, std::int64_t afterStep)
{
    return points(run, name, "step", afterStep);
}

Result<std::map<std::string, MetricSeries>> MetricStore::allSeries(RunId run, std::int64_t afterStep)
{
    WINNOW_ASSIGN(const std::vector<std::string> names, seriesNames(run));
    std::map<std::string, MetricSeries> all;
    for (const std::string &name : names) {
        WINNOW_ASSIGN(MetricSeries one, series(run, name, afterStep));
        if (!one.steps.empty())
            all.emplace(name, std::move(one));
    }
    return all;
}

Result<std::map<std::string, MetricSeries>> MetricStore::newPoints(RunId run, const std::map<std::string, SeriesPlace> &seen)
{
    WINNOW_ASSIGN(const std::vector<std::string> names, seriesNames(run));
    std::map<std::string, MetricSeries> all;
    for (const std::string &name : names) {
        const auto known = seen.find(name);
        const SeriesPlace place = known == seen.end() ? SeriesPlace() : known->second;
        WINNOW_ASSIGN(MetricSeries one, isHardware(name) ? points(run, name, "wall_ms", place.wallMs)
                                                         : points(run, name, "step", place.step));
        if (!one.steps.empty())
            all.emplace(name, std::move(one));
    }
    return all;
}

Result<std::map<RunId, double>> MetricStore::latest(const std::vector<RunId> &runs, const std::string &name)
{
    return sql::guard(m_database, "read metrics of", [&]() -> Result<std::map<RunId, double>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT value FROM ") + tableOf(name)
                                     + " WHERE run_id = ? AND series_id = (SELECT id FROM metric_series WHERE name = ?) "
                                       "ORDER BY step DESC" + (isHardware(name) ? ", wall_ms DESC" : "") + " LIMIT 1");
        std::map<RunId, double> values;
        for (RunId run : runs) {
            select.bind(1, run.value);
            select.bind(2, name);
            if (select.executeStep())
                values[run] = sql::readReal(select.getColumn(0));
            select.reset();
        }
        return values;
    });
}

} // namespace winnow
