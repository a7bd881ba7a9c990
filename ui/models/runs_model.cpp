#include "ui/models/runs_model.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace winnow::ui
{

namespace
{

const std::array<QString, 5> groupOrder = {QStringLiteral("Instance Table"), QStringLiteral("Instance Net"),
                                           QStringLiteral("No selection"), QStringLiteral("Domain table"),
                                           QStringLiteral("Cold start")};

} // namespace

void RunsModel::setRuns(RunsData data, bool keepOrder)
{
    m_places.clear();
    if (keepOrder)
        for (std::size_t i = 0; i < m_lines.size(); ++i)
            if (m_lines[i].run >= 0)
                m_places.insert(m_data.rows[static_cast<std::size_t>(m_lines[i].run)].id().value, static_cast<int>(i));
    relayout([&] {
        m_data = std::move(data);
        m_overlay.clear();
        m_index.clear();
        m_index.reserve(static_cast<qsizetype>(m_data.rows.size()));
        m_low = 1;
        m_high = 0;
        m_questions = 0;
        m_samples = 0;
        m_sameQuestions = m_sameSamples = true;
        for (std::size_t i = 0; i < m_data.rows.size(); ++i) {
            const RunRow &row = m_data.rows[i];
            m_index.insert(row.id().value, static_cast<int>(i));
            if (row.accuracy) {
                m_low = std::min(m_low, row.accuracy->low);
                m_high = std::max(m_high, row.accuracy->high);
            }
            if (row.deleted)
                continue;
            if (row.questions > 0) {
                const std::int64_t candidates = row.options.evaluation.candidates;
                m_sameQuestions = m_sameQuestions && (m_questions == 0 || (m_questions == row.questions && m_candidates == candidates));
                m_questions = row.questions;
                m_candidates = candidates;
            }
            if (row.auroc) {
                m_sameSamples = m_sameSamples && (m_samples == 0 || m_samples == row.samples);
                m_samples = row.samples;
            }
        }
        const double room = std::max(0.02, 0.15 * (m_high - m_low));
        m_low -= room;
        m_high += room;
    });
    const auto before = m_selected.size();
    std::erase_if(m_selected, [this](RunId id) { return !m_index.contains(id.value); });
    if (m_selected.size() != before)
        setSelected(m_selected);
}

const RunRow *RunsModel::runAt(int row) const
{
    if (row < 0 || row >= static_cast<int>(m_lines.size()) || m_lines[static_cast<std::size_t>(row)].run < 0)
        return nullptr;
    return &m_data.rows[static_cast<std::size_t>(m_lines[static_cast<std::size_t>(row)].run)];
}

const RunRow *RunsModel::find(RunId id) const
{
    const auto at = m_index.constFind(id.value);
    return at == m_index.cend() ? nullptr : &m_data.rows[static_cast<std::size_t>(*at)];
}

int RunsModel::rowOf(RunId id) const
{
    const auto at = m_index.constFind(id.value);
    return at == m_index.cend() ? -1 : m_lineOf[static_cast<std::size_t>(*at)];
}

bool RunsModel::inView(const RunRow &row, View view)
{
    if (row.deleted || view == View::Deleted)
        return row.deleted && view == View::Deleted;
    switch (view) {
    case View::Active: return row.active() || row.record.state == RunState::Queued;
    case View::Week:
        return !row.record.archived
            && row.record.createdMs > QDateTime::currentMSecsSinceEpoch() - qint64{7} * 86400000;
    case View::Archived: return row.record.archived;
    default: return !row.record.archived;
    }
}

int RunsModel::countOf(View view) const
{
    return static_cast<int>(
        std::count_if(m_data.rows.begin(), m_data.rows.end(), [&](const RunRow &row) { return inView(row, view); }));
}

bool RunsModel::isVisible(const RunRow &row) const
{
    const auto over = m_overlay.constFind(row.id().value);
    return over != m_overlay.cend() && over->visible ? *over->visible : row.visible;
}

int RunsModel::drawn() const
{
    return static_cast<int>(std::count_if(m_data.rows.begin(), m_data.rows.end(),
                                          [&](const RunRow &row) { return !row.deleted && isVisible(row); }));
}

void RunsModel::setView(View view)
{
    m_places.clear();
    relayout([&] { m_view = view; });
}

void RunsModel::setQuery(const RunQuery &query)
{
    m_places.clear();
    relayout([&] { m_query = query; });
}

void RunsModel::setGroupBy(const QString &key)
{
    m_places.clear();
    relayout([&] {
        m_groupBy = key;
        m_closed.clear();
    });
}

void RunsModel::setSpread(Spread spread)
{
    m_spread = spread;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void RunsModel::setFieldColumns(const QStringList &keys)
{
    QStringList known;
    for (const QString &key : keys)
        if (findRunField(key) && !known.contains(key))
            known << key;
    if (known == m_fields)
        return;
    beginResetModel();
    m_fields = known;
    endResetModel();
}

const RunField *RunsModel::fieldOf(int column) const
{
    const int at = column - ColumnCount;
    return at >= 0 && at < m_fields.size() ? findRunField(m_fields[at]) : nullptr;
}

QString RunsModel::groupOf(const RunRow &row) const
{
    if (m_groupBy == QLatin1String("weighting"))
        return row.group;
    const RunField *field = m_groupBy.isEmpty() ? nullptr : findRunField(m_groupBy);
    if (!field)
        return {};
    const QString value = runValueText(row, *field);
    return value.isEmpty() ? tr("%1: no value").arg(field->label) : QStringLiteral("%1: %2").arg(field->label, value);
}

RunsModel::SortKey RunsModel::sortKey(const RunRow &row) const
{
    constexpr double last = -std::numeric_limits<double>::infinity();
    const auto of = [last](const std::optional<Interval> &value) { return value ? value->value : last; };
    if (const RunField *field = fieldOf(m_sortColumn)) {
        const RunValue value = runValue(row, *field);
        const auto *number = std::get_if<double>(&value);
        return {number ? *number : last, number ? QString() : runValueText(row, *field)};
    }
    switch (m_sortColumn) {
    case Name: return {0, row.name()};
    case Tags: return {0, runValueText(row, *findRunField(QStringLiteral("tag")))};
    case Eye: return {isVisible(row) ? 1.0 : 0.0, {}};
    case Accuracy: return {of(row.accuracy), {}};
    case Auroc: return {of(row.auroc), {}};
    case Weights: return {row.effective.value_or(last), {}};
    case Loss:
        return {row.lossSpark && !row.lossSpark->empty() ? static_cast<double>(row.lossSpark->back()) : last, {}};
    case Seed: return {static_cast<double>(row.record.seed), {}};
    case Time: return {std::isnan(runSeconds(row)) ? last : runSeconds(row), {}};
    case State: return {static_cast<double>(row.record.state), {}};
    default: return {-static_cast<double>(row.record.id.value), {}};
    }
}

void RunsModel::relayout(const std::function<void()> &change)
{
    Q_EMIT layoutAboutToBeChanged();
    // Views hold on to rows by persistent index: each must go where its run or group went, or become invalid with it.
    const QModelIndexList before = persistentIndexList();
    std::vector<std::pair<RunId, QString>> keys; // run (0 for a group row) and group
    for (const QModelIndex &index : before) {
        const Line &line = m_lines[static_cast<std::size_t>(index.row())];
        keys.emplace_back(line.run < 0 ? RunId{} : m_data.rows[static_cast<std::size_t>(line.run)].id(), line.group);
    }
    change();
    rebuild();
    std::map<QString, int> groupRows;
    if (!before.isEmpty())
        for (std::size_t i = 0; i < m_lines.size(); ++i)
            if (m_lines[i].run < 0)
                groupRows[m_lines[i].group] = static_cast<int>(i);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto &[run, group] = keys[static_cast<std::size_t>(i)];
        const auto own = groupRows.find(group);
        const int row = run ? rowOf(run) : own == groupRows.end() ? -1 : own->second;
        after.push_back(row < 0 ? QModelIndex() : index(row, before[i].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

std::vector<QString> RunsModel::groupsInOrder() const
{
    std::vector<QString> order(groupOrder.begin(), groupOrder.end());
    std::vector<std::pair<double, QString>> others;
    for (const auto &[group, rows] : m_groups) {
        if (std::find(order.begin(), order.end(), group) != order.end())
            continue;
        bool number = false;
        const double value = group.section(QStringLiteral(": "), -1).toDouble(&number);
        others.emplace_back(number ? value : std::numeric_limits<double>::infinity(), group);
    }
    std::sort(others.begin(), others.end());
    for (auto &[value, group] : others)
        order.push_back(std::move(group));
    return order;
}

void RunsModel::sortRuns(std::vector<int> &runs, const std::vector<SortKey> &keys) const
{
    const bool up = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(runs.begin(), runs.end(), [&](int a, int b) {
        const bool firstPinned = m_data.rows[static_cast<std::size_t>(a)].pinned;
        if (firstPinned != m_data.rows[static_cast<std::size_t>(b)].pinned)
            return firstPinned;
        const SortKey &left = keys[static_cast<std::size_t>(up ? a : b)];
        const SortKey &right = keys[static_cast<std::size_t>(up ? b : a)];
        if (left.number != right.number)
            return left.number < right.number;
        return QString::compare(left.text, right.text, Qt::CaseInsensitive) < 0;
    });
}

void RunsModel::keepPlaces(std::vector<int> &runs)
{
    const std::vector<int> sorted = runs;
    const auto place = [this](int run) {
        return m_places.value(m_data.rows[static_cast<std::size_t>(run)].id().value, -1);
    };
    std::stable_sort(runs.begin(), runs.end(), [&](int a, int b) { return place(a) < place(b); });
    for (std::size_t i = 0; i < runs.size(); ++i)
        m_moved += runs[i] != sorted[i] ? 1 : 0;
}

void RunsModel::sortNow()
{
    m_places.clear();
    relayout([] {});
}

void RunsModel::rebuild()
{
    m_moved = 0;
    m_groups.clear();
    m_lines.clear();
    m_lineOf.assign(m_data.rows.size(), -1);
    m_shown = 0;
    std::vector<SortKey> keys(m_data.rows.size());
    for (std::size_t i = 0; i < m_data.rows.size(); ++i) {
        const RunRow &row = m_data.rows[i];
        if (!inView(row, m_view) || !m_query.matches(row))
            continue;
        keys[i] = sortKey(row);
        m_groups[groupOf(row)].push_back(static_cast<int>(i));
        ++m_shown;
    }
    for (const QString &group : groupsInOrder()) {
        const auto found = m_groups.find(group);
        if (found == m_groups.end())
            continue;
        sortRuns(found->second, keys);
        if (!m_places.isEmpty())
            keepPlaces(found->second);
        if (!group.isEmpty())
            m_lines.push_back({-1, group});
        if (m_closed.contains(group))
            continue;
        for (const int run : found->second) {
            m_lineOf[static_cast<std::size_t>(run)] = static_cast<int>(m_lines.size());
            m_lines.push_back({run, group});
        }
    }
}

void RunsModel::sort(int column, Qt::SortOrder order)
{
    m_places.clear();
    relayout([&] {
        m_sortColumn = column;
        m_sortOrder = order;
    });
}

std::vector<RunId> RunsModel::shownRuns() const
{
    std::vector<RunId> result;
    for (int row = 0; row < rowCount(); ++row)
        if (const RunRow *run = runAt(row))
            result.push_back(run->id());
    return result;
}

void RunsModel::toggleSelected(RunId id)
{
    std::vector<RunId> selected = m_selected;
    if (const auto at = std::find(selected.begin(), selected.end(), id); at != selected.end())
        selected.erase(at);
    else
        selected.push_back(id);
    setSelected(std::move(selected));
}

void RunsModel::selectRange(int fromRow, int toRow)
{
    std::vector<RunId> selected;
    for (int row = std::min(fromRow, toRow); row <= std::max(fromRow, toRow); ++row)
        if (const RunRow *run = runAt(row))
            selected.push_back(run->id());
    setSelected(std::move(selected));
}

void RunsModel::setSelected(std::vector<RunId> ids)
{
    m_selected = std::move(ids);
    m_selectedSet.clear();
    for (const RunId id : m_selected)
        m_selectedSet.insert(id.value);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT selectionChanged();
}

void RunsModel::showNow(RunId id, std::optional<bool> visible, const QString &name)
{
    m_overlay.insert(id.value, {visible, name});
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void RunsModel::toggleGroup(int row)
{
    if (row < 0 || row >= rowCount() || m_lines[static_cast<std::size_t>(row)].run >= 0)
        return;
    const QString group = m_lines[static_cast<std::size_t>(row)].group;
    relayout([&] {
        if (!m_closed.erase(group))
            m_closed.insert(group);
    });
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount + static_cast<int>(m_fields.size());
}

RunsModel::GroupFigure RunsModel::groupFigure(const QString &group, int column) const
{
    std::vector<double> values;
    const auto runs = m_groups.find(group);
    if (runs != m_groups.end())
        for (const int i : runs->second) {
            const RunRow &row = m_data.rows[static_cast<std::size_t>(i)];
            if (row.record.state != RunState::Finished) // a run that still goes on would pull the mean
                continue;
            if (column == Time && row.record.result.seconds > 0)
                values.push_back(row.record.result.seconds);
            else if (const auto &value = column == Accuracy ? row.accuracy : row.auroc; column != Time && value)
                values.push_back(value->value);
        }
    if (values.empty())
        return {};
    return {meanAndSd(values), tInterval(values)};
}

bool RunsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const RunRow *row = index.isValid() ? runAt(index.row()) : nullptr;
    const QString name = value.toString().trimmed();
    if (!row || index.column() != Name || role != Qt::EditRole || name.isEmpty() || name == row->name())
        return false;
    const RunId id = row->id();
    showNow(id, {}, name);
    Q_EMIT renameRequested(id, name);
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == Name && runAt(index.row()))
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace winnow::ui
