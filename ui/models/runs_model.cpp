#include "ui/models/runs_model.h"

#include "core/eval/statistics.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace winnow::ui {

namespace {

const std::array<QString, 5> groupOrder = {QStringLiteral("Instance Table"), QStringLiteral("Instance Net"),
                                           QStringLiteral("No selection"), QStringLiteral("Domain table"),
                                           QStringLiteral("Cold start")};

double secondsOf(const RunRow &row)
{
    if (row.record.result.seconds > 0)
        return row.record.result.seconds;
    if (row.record.startedMs == 0)
        return std::nan("");
    const std::int64_t end = row.record.finishedMs ? row.record.finishedMs
                             : row.active() ? QDateTime::currentMSecsSinceEpoch() : row.record.heartbeatMs;
    return std::max(0.0, static_cast<double>(end - row.record.startedMs) / 1000.0);
}

TextCell dash(Qt::Alignment alignment = Qt::AlignLeft)
{
    return {.text = QStringLiteral("–"), .token = Token::Text3, .alignment = alignment};
}

QString meanAndSpread(const std::vector<double> &values, QString *note, bool percent)
{
    if (values.empty())
        return {};
    const MeanSd spread = meanAndSd(values);
    const auto number = [percent](double v) { return percent ? fixedText(v * 100, 1) : rateText(v); };
    if (values.size() == 1) {
        *note = percent ? QObject::tr("1 run, no spread") : QString();
        return number(spread.mean) + (percent ? QStringLiteral("%") : QString());
    }
    *note = percent ? QObject::tr("mean ± sd") : QString();
    return QStringLiteral("%1 ± %2%3").arg(number(spread.mean), number(spread.sd), percent ? QStringLiteral("%") : QString());
}

} // namespace

void RunsModel::setRuns(RunsData data)
{
    relayout([&] {
        m_data = std::move(data);
        m_low = 1;
        m_high = 0;
        for (const RunRow &row : m_data.rows)
            if (row.accuracy) {
                m_low = std::min(m_low, row.accuracy->low);
                m_high = std::max(m_high, row.accuracy->high);
            }
        const double room = std::max(0.02, 0.15 * (m_high - m_low));
        m_low -= room;
        m_high += room;
        std::erase_if(m_selected, [this](RunId id) { return !find(id); });
    });
}

const RunRow *RunsModel::runAt(int row) const
{
    if (row < 0 || row >= static_cast<int>(m_lines.size()) || m_lines[static_cast<std::size_t>(row)].run < 0)
        return nullptr;
    return &m_data.rows[static_cast<std::size_t>(m_lines[static_cast<std::size_t>(row)].run)];
}

const RunRow *RunsModel::find(RunId id) const
{
    const auto at = std::find_if(m_data.rows.begin(), m_data.rows.end(), [id](const RunRow &row) { return row.id() == id; });
    return at == m_data.rows.end() ? nullptr : &*at;
}

int RunsModel::rowOf(RunId id) const
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (m_lines[i].run >= 0 && m_data.rows[static_cast<std::size_t>(m_lines[i].run)].id() == id)
            return static_cast<int>(i);
    return -1;
}

bool RunsModel::inView(const RunRow &row, View view) const
{
    switch (view) {
    case View::All: return !row.record.archived;
    case View::Active: return row.active() || row.record.state == RunState::Queued;
    case View::Week:
        return !row.record.archived && row.record.createdMs > QDateTime::currentMSecsSinceEpoch() - qint64{7} * 86400000;
    case View::Archived: return row.record.archived;
    }
    return true;
}

int RunsModel::countOf(View view) const
{
    return static_cast<int>(std::count_if(m_data.rows.begin(), m_data.rows.end(),
                                          [&](const RunRow &row) { return inView(row, view); }));
}

void RunsModel::setView(View view)
{
    relayout([&] {
        m_view = view;
    });
}

void RunsModel::setQuery(const RunQuery &query)
{
    relayout([&] {
        m_query = query;
    });
}

void RunsModel::setGroupBy(GroupBy by)
{
    relayout([&] {
        m_groupBy = by;
    });
}

QString RunsModel::groupOf(const RunRow &row) const
{
    switch (m_groupBy) {
    case GroupBy::Weighting: return row.group;
    case GroupBy::Stage:
        return row.record.stage == "cold-start" ? QStringLiteral("Cold start") : QStringLiteral("Bi-level");
    case GroupBy::None: break;
    }
    return {};
}

bool RunsModel::before(const RunRow &a, const RunRow &b) const
{
    const auto key = [this](const RunRow &row) -> double {
        switch (m_sortColumn) {
        case Accuracy: return row.accuracy ? row.accuracy->value : -1;
        case Auroc: return row.auroc ? row.auroc->value : -1;
        case Seed: return static_cast<double>(row.record.seed);
        case Time: return std::isnan(secondsOf(row)) ? -1 : secondsOf(row);
        case State: return static_cast<double>(row.record.state);
        default: return -static_cast<double>(row.record.id.value);
        }
    };
    if (m_sortColumn == Name)
        return m_sortOrder == Qt::AscendingOrder ? a.record.name < b.record.name : b.record.name < a.record.name;
    return m_sortOrder == Qt::AscendingOrder ? key(a) < key(b) : key(b) < key(a);
}

std::pair<RunId, QString> RunsModel::lineKey(int row) const
{
    const Line &line = m_lines[static_cast<std::size_t>(row)];
    return {line.run < 0 ? RunId{} : m_data.rows[static_cast<std::size_t>(line.run)].id(), line.group};
}

void RunsModel::relayout(const std::function<void()> &change)
{
    Q_EMIT layoutAboutToBeChanged();
    // Views hold on to rows by persistent index: each must go where its run or group went, or become invalid with it.
    const QModelIndexList before = persistentIndexList();
    std::vector<std::pair<RunId, QString>> keys;
    for (const QModelIndex &index : before)
        keys.push_back(lineKey(index.row()));
    change();
    rebuild();
    std::map<std::pair<RunId, QString>, int> places;
    for (int row = 0; row < rowCount(); ++row)
        places.emplace(lineKey(row), row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto place = places.find(keys[static_cast<std::size_t>(i)]);
        after.push_back(place == places.end() ? QModelIndex() : index(place->second, before[i].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void RunsModel::rebuild()
{
    m_groups.clear();
    m_lines.clear();
    m_shown = 0;
    for (std::size_t i = 0; i < m_data.rows.size(); ++i) {
        const RunRow &row = m_data.rows[i];
        if (!inView(row, m_view) || !m_query.matches(row))
            continue;
        m_groups[groupOf(row)].push_back(static_cast<int>(i));
        ++m_shown;
    }
    std::vector<QString> order(groupOrder.begin(), groupOrder.end());
    for (const auto &[group, rows] : m_groups)
        if (std::find(order.begin(), order.end(), group) == order.end())
            order.push_back(group);
    for (const QString &group : order) {
        const auto found = m_groups.find(group);
        if (found == m_groups.end())
            continue;
        std::stable_sort(found->second.begin(), found->second.end(), [this](int a, int b) {
            return before(m_data.rows[static_cast<std::size_t>(a)], m_data.rows[static_cast<std::size_t>(b)]);
        });
        if (!group.isEmpty())
            m_lines.push_back({-1, group});
        if (m_closed.contains(group))
            continue;
        for (const int run : found->second)
            m_lines.push_back({run, group});
    }
}

void RunsModel::sort(int column, Qt::SortOrder order)
{
    relayout([&] {
        m_sortColumn = column;
        m_sortOrder = order;
    });
}

void RunsModel::toggleSelected(RunId id)
{
    if (const auto at = std::find(m_selected.begin(), m_selected.end(), id); at != m_selected.end())
        m_selected.erase(at);
    else
        m_selected.push_back(id);
    setSelected(m_selected);
}

void RunsModel::setSelected(std::vector<RunId> ids)
{
    m_selected = std::move(ids);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT selectionChanged();
}

void RunsModel::toggleVisible(RunId id)
{
    if (!m_hidden.erase(id))
        m_hidden.insert(id);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Eye), index(rowCount() - 1, Eye));
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
    return parent.isValid() ? 0 : ColumnCount;
}

Cell RunsModel::runCell(const RunRow &row, int column) const
{
    switch (column) {
    case Eye: return EyeCell{!m_hidden.contains(row.id()) && row.record.state != RunState::Failed};
    case Name: return NameCell{row.name(), row.look};
    case State: return stateBadge(row.record.state);
    case Accuracy:
        if (row.accuracy)
            return IntervalCell{*row.accuracy, m_low, m_high, row.look};
        if (row.active())
            return TextCell{.text = tr("after the run"), .token = Token::Text3};
        if (row.record.stage == "cold-start" || row.record.state == RunState::Queued)
            return dash();
        return TextCell{.text = tr("not evaluated"), .token = Token::Text3};
    case Auroc:
        if (!row.auroc)
            return dash();
        return TextCell{.text = rateText(row.auroc->value),
                        .note = row.record.state == RunState::Finished ? QString() : tr("at %1").arg(thousands(row.aurocStep)),
                        .mono = true};
    case Weights: return HistogramCell{row.weightBins};
    case Loss: return SparkCell{row.lossSpark, row.active()};
    case Seed:
        return TextCell{.text = QString::number(row.record.seed), .mono = true, .alignment = Qt::AlignRight};
    case Time: {
        const double seconds = secondsOf(row);
        return TextCell{.text = row.record.state == RunState::Finished ? durationText(seconds) : clockText(seconds),
                        .mono = true, .alignment = Qt::AlignRight};
    }
    case Tags: {
        QStringList tags;
        for (const std::string &tag : row.record.tags)
            tags << QString::fromStdString(tag);
        return TextCell{.text = tags.join(QStringLiteral(", ")), .token = Token::Text2};
    }
    default: return std::monostate();
    }
}

Cell RunsModel::groupCell(const QString &group, int column) const
{
    const std::vector<int> &runs = m_groups.at(group);
    std::vector<double> values;
    for (const int i : runs) {
        const RunRow &row = m_data.rows[static_cast<std::size_t>(i)];
        const auto &value = column == Accuracy ? row.accuracy : row.auroc;
        // A run that still goes on would pull the mean of finished ones.
        if (value && row.record.state == RunState::Finished)
            values.push_back(value->value);
    }
    switch (column) {
    case Name: return GroupCell{group, !m_closed.contains(group)};
    case State:
        return TextCell{.text = runs.size() == 1 ? tr("1 run") : tr("%1 runs").arg(runs.size()), .token = Token::Text2};
    case Accuracy:
    case Auroc: {
        TextCell cell{.mono = true, .strong = true};
        cell.text = meanAndSpread(values, &cell.note, column == Accuracy);
        return cell;
    }
    default: return std::monostate();
    }
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const RunRow *row = runAt(index.row());
    if (role == CellRole)
        return QVariant::fromValue(row ? runCell(*row, index.column()) : groupCell(line.group, index.column()));
    if (role == RowStateRole) {
        if (!row)
            return static_cast<int>(RowGroup);
        const bool selected = std::find(m_selected.begin(), m_selected.end(), row->id()) != m_selected.end();
        return selected ? static_cast<int>(RowSelected | RowTinted) : static_cast<int>(RowPlain);
    }
    if (role == Qt::ToolTipRole && index.column() == Name && row)
        return row->name().toHtmlEscaped();
    if (role == Qt::AccessibleTextRole)
        return row ? row->name() : line.group;
    return {};
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(section == Seed || section == Time ? Qt::AlignRight : Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    std::int64_t n = 0;
    std::int64_t candidates = 8;
    for (const RunRow &row : m_data.rows)
        if (row.questions > 0) {
            n = row.questions;
            candidates = row.options.evaluation.candidates;
            break;
        }
    switch (section) {
    case Name: return tr("Run");
    case State: return tr("State");
    case Accuracy:
        return n > 0 ? tr("Best-of-%1, n = %2").arg(candidates).arg(thousands(n)) : tr("Best-of-%1").arg(candidates);
    case Auroc: return tr("AUROC");
    case Weights: return tr("Weights");
    case Loss: return tr("Loss");
    case Seed: return tr("Seed");
    case Time: return tr("Time");
    case Tags: return tr("Tags");
    default: return QString();
    }
}

} // namespace winnow::ui
