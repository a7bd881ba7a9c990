#include "core/store/event_store.h"

#include "core/store/sql.h"

#include <algorithm>

namespace winnow {

namespace {

constexpr const char *columns = "id, run_id, step, level, kind, text, at_ms";

std::vector<EventRecord> readAll(SQLite::Statement &select)
{
    std::vector<EventRecord> events;
    while (select.executeStep()) {
        EventRecord event;
        event.id = select.getColumn(0).getInt64();
        event.run = RunId{select.getColumn(1).isNull() ? 0 : select.getColumn(1).getInt64()};
        event.step = select.getColumn(2).getInt64();
        event.level = select.getColumn(3).getString();
        event.kind = select.getColumn(4).getString();
        event.text = select.getColumn(5).getString();
        event.atMs = select.getColumn(6).getInt64();
        events.push_back(std::move(event));
    }
    return events;
}

} // namespace

Status EventStore::append(const std::vector<EventRecord> &events)
{
    return sql::write(m_database, "add events to", [&]() -> Status {
        SQLite::Statement insert(m_database.connection(), "INSERT INTO events (run_id, step, level, kind, text, at_ms) "
                                                          "VALUES (?, ?, ?, ?, ?, ?)");
        for (const EventRecord &event : events) {
            sql::bindId(insert, 1, event.run.value);
            insert.bind(2, event.step);
            insert.bind(3, event.level);
            insert.bind(4, event.kind);
            insert.bind(5, event.text);
            insert.bind(6, event.atMs ? event.atMs : utcMilliseconds());
            sql::step(insert);
        }
        return {};
    });
}

Status EventStore::appendOnce(const EventRecord &event)
{
    return sql::write(m_database, "add events to", [&]() -> Status {
        SQLite::Statement select(m_database.connection(),
                                 "SELECT 1 FROM events WHERE run_id = ? AND kind = ? AND step = ? AND text = ? LIMIT 1");
        select.bind(1, event.run.value);
        select.bind(2, event.kind);
        select.bind(3, event.step);
        select.bind(4, event.text);
        return select.executeStep() ? Status() : append({event});
    });
}

Result<std::vector<EventRecord>> EventStore::noticesAfter(std::int64_t afterId)
{
    return sql::guard(m_database, "read events of", [&]() -> Result<std::vector<EventRecord>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns
                                     + " FROM events WHERE id > ? AND run_id IS NOT NULL AND ((kind = 'alert' AND step >= 0) "
                                       "OR kind = 'ended' OR level = 'error') ORDER BY id");
        select.bind(1, afterId);
        return readAll(select);
    });
}

Result<std::int64_t> EventStore::lastId()
{
    return sql::guard(m_database, "read events of", [&]() -> Result<std::int64_t> {
        return m_database.connection().execAndGet("SELECT coalesce(max(id), 0) FROM events").getInt64();
    });
}

Result<std::vector<EventRecord>> EventStore::ofRun(RunId run, std::int64_t afterId)
{
    return sql::guard(m_database, "read events of", [&]() -> Result<std::vector<EventRecord>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns
                                     + " FROM events WHERE run_id = ? AND id > ? ORDER BY id");
        select.bind(1, run.value);
        select.bind(2, afterId);
        return readAll(select);
    });
}

Result<std::vector<EventRecord>> EventStore::newest(std::int64_t limit)
{
    return sql::guard(m_database, "read events of", [&]() -> Result<std::vector<EventRecord>> {
        SQLite::Statement select(m_database.connection(),
                                 std::string("SELECT ") + columns + " FROM events ORDER BY id DESC LIMIT ?");
        select.bind(1, limit);
        auto events = readAll(select);
        std::reverse(events.begin(), events.end());
        return events;
    });
}

} // namespace winnow
