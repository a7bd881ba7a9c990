#include "core/store/visit_store.h"

#include "core/store/sql.h"

namespace winnow {

namespace {

constexpr const char *columns = "step, sample, weight, loss, hypergradient, p_given, margin";

Visit readVisit(SQLite::Statement &select)
{
    const auto real = [&](int column) { return static_cast<float>(sql::readReal(select.getColumn(column))); };
    return {select.getColumn(0).getInt64(), static_cast<std::uint32_t>(select.getColumn(1).getInt64()), real(2), real(3),
            real(4), real(5), real(6)};
}

void pushVisit(VisitColumns &visits, const Visit &v)
{
    visits.push(v.step, v.sample, v.weight, v.loss, v.hypergradient, v.pGiven, v.margin);
}

SQLite::Statement selectSteps(SQLite::Database &db, RunId run, std::int64_t afterStep, std::int64_t throughStep)
{
    SQLite::Statement select(db, std::string("SELECT ") + columns
                                     + " FROM visits WHERE run_id = ? AND step > ? AND step <= ? ORDER BY step, sample");
    select.bind(1, run.value);
    select.bind(2, afterStep);
    select.bind(3, throughStep);
    return select;
}

} // namespace

Status VisitStore::append(RunId run, const VisitColumns &visits)
{
    return sql::write(m_database, "add visits to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 std::string("INSERT INTO visits (run_id, ") + columns
                                     + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, step, sample) DO UPDATE "
                                       "SET weight = excluded.weight, loss = excluded.loss, hypergradient = "
                                       "excluded.hypergradient, p_given = excluded.p_given, margin = excluded.margin");
        for (std::size_t i = 0; i < visits.size(); ++i) {
            insert.bind(1, run.value);
            insert.bind(2, visits.steps[i]);
            insert.bind(3, static_cast<std::int64_t>(visits.samples[i]));
            sql::bindReal(insert, 4, visits.weights[i]);
            sql::bindReal(insert, 5, visits.losses[i]);
            sql::bindReal(insert, 6, visits.hypergradients[i]);
            sql::bindReal(insert, 7, visits.pGiven[i]);
            sql::bindReal(insert, 8, visits.margins[i]);
            sql::step(insert);
        }
        return {};
    });
}

Result<VisitColumns> VisitStore::ofRun(RunId run, std::int64_t afterStep, std::int64_t throughStep)
{
    return sql::guard(m_database, "read visits of", [&]() -> Result<VisitColumns> {
        SQLite::Statement select = selectSteps(m_database.connection(), run, afterStep, throughStep);
        VisitColumns visits;
        while (select.executeStep())
            pushVisit(visits, readVisit(select));
        return visits;
    });
}

Status VisitStore::each(RunId run, std::int64_t afterStep, const std::function<void(const Visit &)> &take)
{
    return sql::guard(m_database, "read visits of", [&]() -> Status {
        SQLite::Statement select = selectSteps(m_database.connection(), run, afterStep, INT64_MAX);
        while (select.executeStep())
            take(readVisit(select));
        return {};
    });
}

Result<VisitColumns> VisitStore::ofSample(RunId run, std::uint32_t sample)
{
    return sql::guard(m_database, "read visits of", [&]() -> Result<VisitColumns> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns
                                     + " FROM visits WHERE run_id = ? AND sample = ? ORDER BY step");
        select.bind(1, run.value);
        select.bind(2, static_cast<std::int64_t>(sample));
        VisitColumns visits;
        while (select.executeStep())
            pushVisit(visits, readVisit(select));
        return visits;
    });
}

Result<std::int64_t> VisitStore::count(RunId run)
{
    return sql::guard(m_database, "read visits of", [&]() -> Result<std::int64_t> {
        SQLite::Statement select(m_database.connection(), "SELECT count(*) FROM visits WHERE run_id = ?");
        select.bind(1, run.value);
        select.executeStep();
        return select.getColumn(0).getInt64();
    });
}

} // namespace winnow
