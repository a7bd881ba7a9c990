#include "ui/models/run_looks.h"

#include <algorithm>
#include <set>

namespace winnow::ui
{

namespace
{

constexpr int hues = 6;
constexpr int dashes = 4;

int hueOfGroup(const QString &group)
{
    static const std::map<QString, int> known = {{QStringLiteral("Instance Table"), 0},
                                                 {QStringLiteral("Instance Net"), 1},
                                                 {QStringLiteral("Domain table"), 3},
                                                 {QStringLiteral("Cold start"), 4},
                                                 {QStringLiteral("No selection"), 5}};
    const auto found = known.find(group);
    return found == known.end() ? 2 : found->second;
}

class Taken
{
public:
    bool take(const SeriesLook &look) { return m_taken.emplace(look.hue, look.dash).second; }
    /// The first free dash of the wanted hue, else the hue with the fewest dashes in use.
    SeriesLook free(int hue, int dash)
    {
        for (int d = 0; d < dashes; ++d)
            if (!m_taken.contains({hue, (dash + d) % dashes}))
                return {hue, (dash + d) % dashes, false};
        for (int d = 0; d < dashes; ++d)
            for (int h = 0; h < hues; ++h)
                if (!m_taken.contains({h, d}))
                    return {h, d, false};
        return {hue, dash, true};
    }

private:
    std::set<std::pair<int, int>> m_taken;
};

std::vector<RunRow *> byNumber(std::vector<RunRow> &rows)
{
    std::vector<RunRow *> order;
    order.reserve(rows.size());
    for (RunRow &row : rows)
        order.push_back(&row);
    std::sort(order.begin(), order.end(), [](const RunRow *a, const RunRow *b) { return a->id() < b->id(); });
    return order;
}

void chooseVisible(const std::vector<RunRow *> &order)
{
    std::size_t drawn = 0;
    for (RunRow *row : order) {
        const bool gone = row->record.archived || row->deleted;
        row->pinned = row->stored.pinned;
        row->visible = !row->deleted && (row->pinned || row->stored.visible.value_or(false));
        drawn += row->visible && !gone ? 1 : 0;
    }
    for (auto at = order.rbegin(); at != order.rend() && drawn < mostDrawn; ++at) {
        RunRow &row = **at;
        if (row.visible || row.stored.visible || row.record.archived || row.deleted
            || row.record.state == RunState::Failed)
            continue;
        row.visible = true;
        ++drawn;
    }
}

} // namespace

void assignLooks(std::vector<RunRow> &rows)
{
    const std::vector<RunRow *> order = byNumber(rows);
    chooseVisible(order);
    std::map<QString, int> place;
    std::vector<RunRow *> kept;
    std::vector<RunRow *> fresh;
    for (RunRow *row : order) {
        row->look = {hueOfGroup(row->group), place[row->group]++ % dashes, false};
        if (row->stored.hue)
            row->look = {*row->stored.hue, row->stored.dash, false};
        if (row->visible)
            (row->stored.hue ? kept : fresh).push_back(row);
    }
    Taken taken;
    std::size_t coloured = 0;
    for (RunRow *row : kept)
        if (coloured < mostDrawn && taken.take(row->look))
            ++coloured;
        else
            fresh.push_back(row);
    // The newest get the colours that are left.
    std::sort(fresh.begin(), fresh.end(), [](const RunRow *a, const RunRow *b) { return a->id() < b->id(); });
    const std::size_t grey = coloured + fresh.size() > mostDrawn ? coloured + fresh.size() - mostDrawn : 0;
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (i < grey) {
            fresh[i]->look.neutral = true;
            continue;
        }
        fresh[i]->look = taken.free(fresh[i]->look.hue, fresh[i]->look.dash);
        taken.take(fresh[i]->look);
    }
}

std::vector<RunLookRecord> looksToKeep(const RunRows &rows)
{
    std::vector<RunLookRecord> result;
    for (const RunRow &row : rows) {
        if (!row.visible || row.look.neutral)
            continue;
        if (row.stored.hue && *row.stored.hue == row.look.hue && row.stored.dash == row.look.dash)
            continue;
        RunLookRecord look = row.stored;
        look.run = row.id();
        look.hue = row.look.hue;
        look.dash = row.look.dash;
        result.push_back(look);
    }
    return result;
}

void separateLooks(const std::vector<SeriesLook *> &looks)
{
    Taken taken;
    std::vector<SeriesLook *> again;
    for (SeriesLook *look : looks)
        if (look->neutral || !taken.take(*look))
            again.push_back(look);
    for (SeriesLook *look : again) {
        *look = taken.free(look->hue, look->dash);
        taken.take(*look);
    }
}

} // namespace winnow::ui
