#include "core/store/ranker_score_store.h"

#include "core/store/blob.h"
#include "core/store/sql.h"

#include <algorithm>
#include <numeric>

namespace winnow
{

namespace
{

Result<std::vector<std::int32_t>> intsOf(const SQLite::Column &blob, std::int64_t count)
{
    return unpackInts(blob.getBlob(), static_cast<std::size_t>(blob.getBytes()), static_cast<std::size_t>(count));
}

Result<RankerFold> readFold(SQLite::Statement &select)
{
    RankerFold fold;
    fold.fold = select.getColumn(0).getInt64();
    const std::int64_t samples = select.getColumn(1).getInt64();
    const std::int64_t sites = select.getColumn(2).getInt64();
    WINNOW_ASSIGN(const std::vector<std::int32_t> rows, intsOf(select.getColumn(3), samples));
    WINNOW_ASSIGN(const std::vector<std::int32_t> counts, intsOf(select.getColumn(4), samples));
    const SQLite::Column p = select.getColumn(5);
    WINNOW_ASSIGN(const std::vector<float> values,
                  unpackFloats(p.getBlob(), static_cast<std::size_t>(p.getBytes()), static_cast<std::size_t>(sites)));
    const auto negative = [](std::int32_t value) { return value < 0; };
    if (std::any_of(rows.begin(), rows.end(), negative) || std::any_of(counts.begin(), counts.end(), negative)
        || std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) != sites)
        return Error{"Fold " + std::to_string(fold.fold + 1)
                     + " of a ranker is damaged in the store: its parts do not fit. Restore the store from a backup."};
    auto next = values.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fold.rows.push_back(static_cast<std::uint32_t>(rows[i]));
        fold.pPlus.emplace_back(next, next + counts[i]);
        next += counts[i];
    }
    fold.seconds = select.getColumn(6).getDouble();
    return fold;
}

void bindBlob(SQLite::Statement &statement, int index, const std::string &bytes)
{
    statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

} // namespace

Status RankerScoreStore::put(RunId run, const RankerScores &scores)
{
    return sql::write(m_database, "add the scores of a ranker to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT INTO ranker_scores (run_id, ranker, count, suspicion, report, created_ms) "
                                 "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, ranker) DO UPDATE SET "
                                 "count = excluded.count, suspicion = excluded.suspicion, report = excluded.report, "
                                 "created_ms = excluded.created_ms");
        const std::string values = packFloats(scores.suspicion);
        insert.bind(1, run.value);
        insert.bind(2, scores.ranker);
        insert.bind(3, static_cast<std::int64_t>(scores.suspicion.size()));
        bindBlob(insert, 4, values);
        insert.bind(5, scores.report);
        insert.bind(6, scores.createdMs ? scores.createdMs : utcMilliseconds());
        insert.exec();
        return {};
    });
}

Result<std::optional<RankerScores>> RankerScoreStore::get(RunId run, const std::string &ranker)
{
    return sql::guard(m_database, "read the scores of a ranker of", [&]() -> Result<std::optional<RankerScores>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT count, suspicion, report, created_ms FROM ranker_scores "
                                 "WHERE run_id = ? AND ranker = ?");
        select.bind(1, run.value);
        select.bind(2, ranker);
        if (!select.executeStep())
            return std::optional<RankerScores>();
        RankerScores scores;
        scores.ranker = ranker;
        const SQLite::Column blob = select.getColumn(1);
        WINNOW_ASSIGN(scores.suspicion,
                      unpackFloats(blob.getBlob(), static_cast<std::size_t>(blob.getBytes()),
                                   static_cast<std::size_t>(select.getColumn(0).getInt64())));
        scores.report = select.getColumn(2).getString();
        scores.createdMs = select.getColumn(3).getInt64();
        return std::optional<RankerScores>(std::move(scores));
    });
}

Status RankerScoreStore::putFold(RunId run, const std::string &ranker, const std::string &recipe,
                                 const RankerFold &fold)
{
    const std::vector<std::int32_t> rows(fold.rows.begin(), fold.rows.end());
    std::vector<std::int32_t> counts;
    std::vector<float> values;
    for (const std::vector<float> &p : fold.pPlus) {
        counts.push_back(static_cast<std::int32_t>(p.size()));
        values.insert(values.end(), p.begin(), p.end());
    }
    return sql::write(m_database, "add a fold of a ranker to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(),
                                 "INSERT OR REPLACE INTO ranker_folds (run_id, ranker, recipe, fold, samples, sites, "
                                 "sample_rows, site_counts, p_plus, seconds, created_ms) "
                                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        const std::string packedRows = packInts(rows), packedCounts = packInts(counts);
        const std::string packedValues = packFloats(values);
        insert.bind(1, run.value);
        insert.bind(2, ranker);
        insert.bind(3, recipe);
        insert.bind(4, fold.fold);
        insert.bind(5, static_cast<std::int64_t>(rows.size()));
        insert.bind(6, static_cast<std::int64_t>(values.size()));
        bindBlob(insert, 7, packedRows);
        bindBlob(insert, 8, packedCounts);
        bindBlob(insert, 9, packedValues);
        insert.bind(10, fold.seconds);
        insert.bind(11, utcMilliseconds());
        insert.exec();
        return {};
    });
}

Result<std::vector<RankerFold>> RankerScoreStore::folds(RunId run, const std::string &ranker, const std::string &recipe)
{
    return sql::guard(m_database, "read the folds of a ranker of", [&]() -> Result<std::vector<RankerFold>> {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT fold, samples, sites, sample_rows, site_counts, p_plus, seconds "
                                 "FROM ranker_folds WHERE run_id = ? AND ranker = ? AND recipe = ? ORDER BY fold");
        select.bind(1, run.value);
        select.bind(2, ranker);
        select.bind(3, recipe);
        std::vector<RankerFold> all;
        while (select.executeStep()) {
            WINNOW_ASSIGN(RankerFold fold, readFold(select));
            all.push_back(std::move(fold));
        }
        return all;
    });
}

} // namespace winnow
