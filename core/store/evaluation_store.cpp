#include "core/store/evaluation_store.h"

#include "core/store/blob.h"
#include "core/store/sql.h"

namespace winnow {

namespace {

constexpr const char *columns = "id, run_id, checkpoint, dataset_id, step, purpose, candidates, aggregate, readout, "
                                "ties_rule, n, correct, ties, unparsable, accuracy, mean_loss, created_ms";
constexpr const char *scoreColumns = "purpose, step, mean_loss, final, samples, sites, site_counts, p_full, p_pair";

EvaluationRecord readEvaluation(SQLite::Statement &row)
{
    EvaluationRecord e;
    e.id = EvaluationId{row.getColumn(0).getInt64()};
    e.run = RunId{row.getColumn(1).isNull() ? 0 : row.getColumn(1).getInt64()};
    e.checkpoint = row.getColumn(2).getString();
    e.dataset = DatasetId{row.getColumn(3).isNull() ? 0 : row.getColumn(3).getInt64()};
    e.step = row.getColumn(4).getInt64();
    e.purpose = row.getColumn(5).getString();
    e.settings.candidates = row.getColumn(6).getInt64();
    e.settings.aggregate = row.getColumn(7).getString();
    e.settings.readout = row.getColumn(8).getString();
    e.settings.ties = row.getColumn(9).getString();
    e.n = row.getColumn(10).getInt64();
    e.correct = row.getColumn(11).getInt64();
    e.ties = row.getColumn(12).getInt64();
    e.unparsable = row.getColumn(13).getInt64();
    e.accuracy = sql::readReal(row.getColumn(14));
    e.meanLoss = sql::readReal(row.getColumn(15));
    e.createdMs = row.getColumn(16).getInt64();
    return e;
}

void readSubjects(SQLite::Database &db, EvaluationRecord &evaluation)
{
    SQLite::Statement select(db, "SELECT subject, n, correct FROM evaluation_subjects WHERE evaluation_id = ? "
                                 "ORDER BY subject");
    select.bind(1, evaluation.id.value);
    while (select.executeStep())
        evaluation.subjects.push_back({select.getColumn(0).getString(), select.getColumn(1).getInt64(),
                                       select.getColumn(2).getInt64()});
}

void removeSame(SQLite::Database &db, const EvaluationRecord &e)
{
    if (!e.run)
        return;
    SQLite::Statement remove(db, "DELETE FROM evaluations WHERE run_id = ? AND step = ? AND purpose = ? AND "
                                 "candidates = ? AND aggregate = ? AND readout = ? AND ties_rule = ? AND dataset_id IS ?");
    sql::bindId(remove, 8, e.dataset.value);
    remove.bind(1, e.run.value);
    remove.bind(2, e.step);
    remove.bind(3, e.purpose);
    remove.bind(4, e.settings.candidates);
    remove.bind(5, e.settings.aggregate);
    remove.bind(6, e.settings.readout);
    remove.bind(7, e.settings.ties);
    remove.exec();
}

std::int64_t insertEvaluation(SQLite::Database &db, const EvaluationRecord &e)
{
    SQLite::Statement insert(db, "INSERT INTO evaluations (run_id, checkpoint, dataset_id, step, purpose, candidates, "
                                 "aggregate, readout, ties_rule, n, correct, ties, unparsable, accuracy, mean_loss, "
                                 "created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    sql::bindId(insert, 1, e.run.value);
    insert.bind(2, e.checkpoint);
    sql::bindId(insert, 3, e.dataset.value);
    insert.bind(4, e.step);
    insert.bind(5, e.purpose);
    insert.bind(6, e.settings.candidates);
    insert.bind(7, e.settings.aggregate);
    insert.bind(8, e.settings.readout);
    insert.bind(9, e.settings.ties);
    insert.bind(10, e.n);
    insert.bind(11, e.correct);
    insert.bind(12, e.ties);
    insert.bind(13, e.unparsable);
    sql::bindReal(insert, 14, e.accuracy);
    sql::bindReal(insert, 15, e.meanLoss);
    insert.bind(16, e.createdMs ? e.createdMs : utcMilliseconds());
    insert.exec();
    return db.getLastInsertRowid();
}

void insertParts(SQLite::Database &db, std::int64_t id, const EvaluationRecord &e,
                 const std::vector<EvaluationPick> &picks)
{
    SQLite::Statement subject(db, "INSERT INTO evaluation_subjects (evaluation_id, subject, n, correct) "
                                  "VALUES (?, ?, ?, ?)");
    for (const SubjectCount &s : e.subjects) {
        subject.bind(1, id);
        subject.bind(2, s.subject);
        subject.bind(3, s.n);
        subject.bind(4, s.correct);
        sql::step(subject);
    }
    SQLite::Statement pick(db, "INSERT INTO evaluation_picks (evaluation_id, question, candidate, score, correct, tie) "
                               "VALUES (?, ?, ?, ?, ?, ?)");
    for (const EvaluationPick &p : picks) {
        pick.bind(1, id);
        pick.bind(2, p.question);
        pick.bind(3, p.candidate);
        sql::bindReal(pick, 4, p.score);
        pick.bind(5, p.correct ? 1 : 0);
        pick.bind(6, p.tie ? 1 : 0);
        sql::step(pick);
    }
}

std::vector<float> flatten(const std::vector<std::vector<float>> &rows)
{
    std::vector<float> flat;
    for (const auto &row : rows)
        flat.insert(flat.end(), row.begin(), row.end());
    return flat;
}

std::vector<std::vector<float>> split(const std::vector<float> &flat, const std::vector<std::int32_t> &counts)
{
    std::vector<std::vector<float>> rows;
    rows.reserve(counts.size());
    auto at = flat.begin();
    for (std::int32_t count : counts) {
        rows.emplace_back(at, at + count);
        at += count;
    }
    return rows;
}

void insertScores(SQLite::Database &db, RunId run, EvaluationId evaluation, const StoredScores &scores)
{
    std::vector<std::int32_t> counts;
    std::int64_t sites = 0;
    for (const auto &row : scores.pPlusFull) {
        counts.push_back(static_cast<std::int32_t>(row.size()));
        sites += counts.back();
    }
    const std::string counted = packInts(counts);
    const std::string full = packFloats(flatten(scores.pPlusFull));
    const std::string pair = packFloats(flatten(scores.pPlusPair));
    SQLite::Statement insert(db, "INSERT INTO step_scores (run_id, evaluation_id, purpose, step, mean_loss, final, "
                                 "samples, sites, site_counts, p_full, p_pair) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    sql::bindId(insert, 1, run.value);
    sql::bindId(insert, 2, evaluation.value);
    insert.bind(3, scores.purpose);
    insert.bind(4, scores.step);
    sql::bindReal(insert, 5, scores.meanLoss);
    insert.bind(6, scores.final ? 1 : 0);
    insert.bind(7, static_cast<std::int64_t>(counts.size()));
    insert.bind(8, sites);
    insert.bind(9, counted.data(), static_cast<int>(counted.size()));
    insert.bind(10, full.data(), static_cast<int>(full.size()));
    insert.bind(11, pair.data(), static_cast<int>(pair.size()));
    insert.exec();
}

Status sameShape(const StoredScores &scores)
{
    bool same = scores.pPlusFull.size() == scores.pPlusPair.size();
    for (std::size_t i = 0; same && i < scores.pPlusFull.size(); ++i)
        same = scores.pPlusFull[i].size() == scores.pPlusPair[i].size();
    return same ? Status{} : Status{Error{"Step scores of the two read-outs do not match in number; nothing was stored."}};
}

/// Sites of each sample, checked against their number.
Result<std::vector<std::int32_t>> readCounts(const std::string &path, SQLite::Statement &select)
{
    const auto samples = static_cast<std::size_t>(select.getColumn(4).getInt64());
    const auto sites = static_cast<std::size_t>(select.getColumn(5).getInt64());
    WINNOW_ASSIGN(std::vector<std::int32_t> counts,
                  unpackInts(select.getColumn(6).getBlob(), static_cast<std::size_t>(select.getColumn(6).getBytes()), samples));
    std::size_t total = 0;
    for (std::int32_t count : counts) {
        if (count < 0)
            total = sites + 1;
        total += static_cast<std::size_t>(count < 0 ? 0 : count);
    }
    if (total != sites)
        return Error{"Step scores in the store \"" + path + "\" are damaged. Evaluate again, or restore a backup."};
    return counts;
}

Result<std::vector<float>> readSites(SQLite::Statement &select, int column)
{
    const auto sites = static_cast<std::size_t>(select.getColumn(5).getInt64());
    return unpackFloats(select.getColumn(column).getBlob(), static_cast<std::size_t>(select.getColumn(column).getBytes()), sites);
}

Result<std::optional<StoredScores>> readScores(const std::string &path, SQLite::Statement &select)
{
    if (!select.executeStep())
        return std::optional<StoredScores>();
    StoredScores scores;
    scores.purpose = select.getColumn(0).getString();
    scores.step = select.getColumn(1).getInt64();
    scores.meanLoss = sql::readReal(select.getColumn(2));
    scores.final = select.getColumn(3).getInt() != 0;
    WINNOW_ASSIGN(const auto counts, readCounts(path, select));
    WINNOW_ASSIGN(const auto full, readSites(select, 7));
    WINNOW_ASSIGN(const auto pair, readSites(select, 8));
    scores.pPlusFull = split(full, counts);
    scores.pPlusPair = split(pair, counts);
    return std::optional<StoredScores>(std::move(scores));
}

SQLite::Statement selectScores(SQLite::Database &db, RunId run, const std::string &purpose, std::int64_t step)
{
    SQLite::Statement select(db, std::string("SELECT ") + scoreColumns
                                     + " FROM step_scores WHERE run_id = ? AND purpose = ? AND step = ?");
    select.bind(1, run.value);
    select.bind(2, purpose);
    select.bind(3, step);
    return select;
}

} // namespace

Result<EvaluationId> EvaluationStore::put(const EvaluationRecord &evaluation, const std::vector<EvaluationPick> &picks)
{
    std::int64_t id = 0;
    WINNOW_TRY(sql::write(m_database, "add an evaluation to", [&]() -> Status {
        SQLite::Database &db = m_database.connection();
        removeSame(db, evaluation);
        id = insertEvaluation(db, evaluation);
        insertParts(db, id, evaluation, picks);
        return {};
    }));
    return EvaluationId{id};
}

Result<std::vector<EvaluationRecord>> EvaluationStore::ofRun(RunId run)
{
    return sql::guard(m_database, "read evaluations of", [&]() -> Result<std::vector<EvaluationRecord>> {
        SQLite::Database &db = m_database.connection();
        SQLite::Statement select(db, std::string("SELECT ") + columns
                                         + " FROM evaluations WHERE run_id = ? ORDER BY step, id");
        select.bind(1, run.value);
        std::vector<EvaluationRecord> all;
        while (select.executeStep()) {
            all.push_back(readEvaluation(select));
            readSubjects(db, all.back());
        }
        return all;
    });
}

Result<std::map<RunId, EvaluationStore::Counts>> EvaluationStore::countsOfRuns()
{
    return sql::guard(m_database, "read evaluations of", [&]() -> Result<std::map<RunId, Counts>> {
        std::map<RunId, Counts> result;
        // The last row of each run is the one to take.
        SQLite::Statement select(m_database.connection(),
                                 "SELECT e.run_id, e.step, e.n, e.correct, e.accuracy FROM evaluations e "
                                 "JOIN runs r ON r.id = e.run_id WHERE e.n > 0 AND e.purpose <> 'manual' "
                                 "ORDER BY e.run_id, e.step = r.selected_step, e.step, e.id");
        while (select.executeStep())
            result[RunId{select.getColumn(0).getInt64()}] = {select.getColumn(1).getInt64(), select.getColumn(2).getInt64(),
                                                             select.getColumn(3).getInt64(), sql::readReal(select.getColumn(4))};
        return result;
    });
}

Result<std::map<RunId, EvaluationId>> EvaluationStore::newestOfRuns()
{
    return sql::guard(m_database, "read evaluations of", [&]() -> Result<std::map<RunId, EvaluationId>> {
        std::map<RunId, EvaluationId> result;
        SQLite::Statement select(m_database.connection(), "SELECT run_id, max(id) FROM evaluations "
                                                          "WHERE run_id IS NOT NULL GROUP BY run_id");
        while (select.executeStep())
            result[RunId{select.getColumn(0).getInt64()}] = EvaluationId{select.getColumn(1).getInt64()};
        return result;
    });
}

Result<EvaluationRecord> EvaluationStore::get(EvaluationId evaluation)
{
    return sql::guard(m_database, "read evaluations of", [&]() -> Result<EvaluationRecord> {
        SQLite::Database &db = m_database.connection();
        SQLite::Statement select(db, std::string("SELECT ") + columns + " FROM evaluations WHERE id = ?");
        select.bind(1, evaluation.value);
        if (!select.executeStep())
            return Error{"The store \"" + m_database.path() + "\" has no evaluation "
                         + std::to_string(evaluation.value) + "."};
        EvaluationRecord record = readEvaluation(select);
        readSubjects(db, record);
        return record;
    });
}

Result<std::vector<EvaluationPick>> EvaluationStore::picks(EvaluationId evaluation)
{
    return sql::guard(m_database, "read evaluations of", [&]() -> Result<std::vector<EvaluationPick>> {
        SQLite::Statement select(m_database.connection(), "SELECT question, candidate, score, correct, tie FROM "
                                                          "evaluation_picks WHERE evaluation_id = ? ORDER BY question");
        select.bind(1, evaluation.value);
        std::vector<EvaluationPick> picks;
        while (select.executeStep())
            picks.push_back({select.getColumn(0).getInt64(), select.getColumn(1).getInt64(),
                             sql::readReal(select.getColumn(2)), select.getColumn(3).getInt() != 0,
                             select.getColumn(4).getInt() != 0});
        return picks;
    });
}

Status EvaluationStore::putScores(RunId run, const StoredScores &scores)
{
    WINNOW_TRY(sameShape(scores));
    return sql::write(m_database, "add step scores to", [&]() -> Status {
        SQLite::Statement remove(m_database.connection(),
                                 "DELETE FROM step_scores WHERE run_id = ? AND purpose = ? AND step = ?");
        remove.bind(1, run.value);
        remove.bind(2, scores.purpose);
        remove.bind(3, scores.step);
        remove.exec();
        insertScores(m_database.connection(), run, EvaluationId{}, scores);
        return {};
    });
}

Status EvaluationStore::putScores(EvaluationId evaluation, const StoredScores &scores)
{
    WINNOW_TRY(sameShape(scores));
    return sql::write(m_database, "add step scores to", [&]() -> Status {
        SQLite::Statement remove(m_database.connection(), "DELETE FROM step_scores WHERE evaluation_id = ?");
        remove.bind(1, evaluation.value);
        remove.exec();
        insertScores(m_database.connection(), RunId{}, evaluation, scores);
        return {};
    });
}

Result<std::vector<ScoresInfo>> EvaluationStore::scoresOfRun(RunId run)
{
    return sql::guard(m_database, "read step scores of", [&]() -> Result<std::vector<ScoresInfo>> {
        SQLite::Statement select(m_database.connection(), "SELECT purpose, step, mean_loss, final FROM step_scores "
                                                          "WHERE run_id = ? ORDER BY purpose, step");
        select.bind(1, run.value);
        std::vector<ScoresInfo> all;
        while (select.executeStep())
            all.push_back({select.getColumn(0).getString(), select.getColumn(1).getInt64(),
                           sql::readReal(select.getColumn(2)), select.getColumn(3).getInt() != 0});
        return all;
    });
}

Result<std::optional<StoredScores>> EvaluationStore::scores(RunId run, const std::string &purpose, std::int64_t step)
{
    return sql::guard(m_database, "read step scores of", [&]() -> Result<std::optional<StoredScores>> {
        SQLite::Statement select = selectScores(m_database.connection(), run, purpose, step);
        return readScores(m_database.path(), select);
    });
}

Result<std::optional<FlatScores>> EvaluationStore::flatScores(RunId run, const std::string &purpose, std::int64_t step)
{
    return sql::guard(m_database, "read step scores of", [&]() -> Result<std::optional<FlatScores>> {
        SQLite::Statement select = selectScores(m_database.connection(), run, purpose, step);
        if (!select.executeStep())
            return std::optional<FlatScores>();
        FlatScores scores;
        scores.step = step;
        WINNOW_ASSIGN(const auto counts, readCounts(m_database.path(), select));
        WINNOW_ASSIGN(scores.pPlus, readSites(select, 7));
        scores.begin.reserve(counts.size() + 1);
        scores.begin.push_back(0);
        for (const std::int32_t count : counts)
            scores.begin.push_back(scores.begin.back() + static_cast<std::uint32_t>(count));
        return std::optional<FlatScores>(std::move(scores));
    });
}

Result<std::optional<StoredScores>> EvaluationStore::scores(EvaluationId evaluation)
{
    return sql::guard(m_database, "read step scores of", [&]() -> Result<std::optional<StoredScores>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + scoreColumns + " FROM step_scores WHERE evaluation_id = ?");
        select.bind(1, evaluation.value);
        return readScores(m_database.path(), select);
    });
}

} // namespace winnow
