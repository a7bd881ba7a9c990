#include "ui/models/samples_model.h"

#include "ui/models/thumbnails.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

BadgeLook decisionBadge(Decision decision)
{
    switch (decision) {
    case Decision::Keep: return {QStringLiteral("check"), Token::Keep, QObject::tr("Keep")};
    case Decision::Flip: return {QStringLiteral("flip"), Token::Flip, QObject::tr("Flip")};
    case Decision::Exclude: return {QStringLiteral("ban"), Token::Exclude, QObject::tr("Exclude")};
    case Decision::Unsure: return {QStringLiteral("question"), Token::Unsure, QObject::tr("Unsure")};
    case Decision::None: break;
    }
    return {};
}

SamplesModel::SamplesModel(SelectionModel &selection, Thumbnails &thumbnails, QObject *parent)
    : QAbstractTableModel(parent), m_selection(selection), m_thumbnails(thumbnails)
{
    connect(&thumbnails, &Thumbnails::ready, this, [this](const QString &path) {
        // Only rows on screen were asked for, so the search is short.
        for (int row = 0; row < rowCount(); ++row)
            if (m_data->samples[sampleAt(row)].picturePath == path.toStdString())
                Q_EMIT dataChanged(index(row, Picture), index(row, Picture));
    });
}

void SamplesModel::setSamples(std::shared_ptr<const SamplesData> data)
{
    m_data = std::move(data);
    m_decisions = m_data ? m_data->decisions : std::map<std::string, Decision>();
    m_ranker = 0;
    rebuild();
}

void SamplesModel::setScope(Scope scope)
{
    m_scope = scope;
    rebuild();
}

void SamplesModel::setRanker(int ranker)
{
    m_ranker = ranker;
    m_sortColumn = -1;
    rebuild();
}

Decision SamplesModel::decisionOf(std::size_t sample) const
{
    const auto at = m_decisions.find(m_data->samples[sample].key);
    return at == m_decisions.end() ? Decision::None : at->second;
}

void SamplesModel::setDecision(std::size_t sample, Decision decision)
{
    m_decisions[m_data->samples[sample].key] = decision;
    if (const int row = rowOf(sample); row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

std::size_t SamplesModel::reviewed() const
{
    return static_cast<std::size_t>(std::count_if(
        m_order.begin(), m_order.end(), [this](std::uint32_t i) { return decisionOf(i) != Decision::None; }));
}

bool SamplesModel::passes(std::size_t sample) const
{
    const SampleRecord &record = m_data->samples[sample];
    for (const SelectionModel::Filter &filter : m_selection.filters()) {
        if (filter.field == QLatin1String("subject") && record.subject != filter.value.toStdString())
            return false;
        if (filter.field == QLatin1String("label")) {
            const bool minus = std::find(record.labels.begin(), record.labels.end(), false) != record.labels.end();
            if (minus != (filter.value == QLatin1String("-")))
                return false;
        }
        if (filter.field == QLatin1String("decision") &&
            QString::fromUtf8(decisionName(decisionOf(sample)).data()) != filter.value)
            return false;
    }
    return true;
}

double SamplesModel::sortKey(std::size_t sample) const
{
    const auto last = std::numeric_limits<double>::max();
    const auto finite = [last](float v) { return std::isnan(v) ? last : static_cast<double>(v); };
    switch (m_sortColumn) {
    case Weight: return finite(m_weights[sample]);
    case LossEma: return finite(m_data->lossEma[sample]);
    case MinP: return finite(m_data->minPGiven[sample]);
    case Visits: return m_data->visitCount[sample];
    case Known: return sample < m_data->noise.size() ? m_data->noise[sample] : -1;
    case Decided: return static_cast<double>(decisionOf(sample));
    default: break;
    }
    if (m_ranker == 0 && !m_data->snapshots.empty())
        return finite(m_weights[sample]); // the weight at the iteration looked at, not at the end
    const auto &suspicion = m_data->rankers[static_cast<std::size_t>(m_ranker)].suspicion;
    return std::isnan(suspicion[sample]) ? last : -suspicion[sample];
}

void SamplesModel::rebuild()
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::size_t> stoodOn;
    for (const QModelIndex &index : before)
        stoodOn.push_back(sampleAt(index.row()));
    m_order.clear();
    m_weights.clear();
    m_matching = 0;
    if (m_data) {
        const auto &steps = m_data->snapshotSteps;
        if (!steps.empty()) {
            const auto after = std::upper_bound(steps.begin(), steps.end(), m_selection.iteration());
            const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - steps.begin() - 1));
            m_weights = m_data->snapshots[at];
            m_snapshotStep = steps[at];
        }
        m_weights.resize(m_data->samples.size(), std::numeric_limits<float>::quiet_NaN());
        const bool onlySelected = m_scope == Scope::Selection && m_selection.count() > 0;
        for (std::size_t i = 0; i < m_data->samples.size(); ++i) {
            if (!passes(i))
                continue;
            ++m_matching;
            if (!onlySelected || m_selection.mask()[i])
                m_order.push_back(static_cast<std::uint32_t>(i));
        }
        std::vector<double> keys(m_data->samples.size());
        for (const std::uint32_t i : m_order)
            keys[i] = sortKey(i);
        const bool up = m_sortOrder == Qt::AscendingOrder || m_sortColumn < 0;
        std::stable_sort(m_order.begin(), m_order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return up ? keys[a] < keys[b] : keys[b] < keys[a]; });
    }
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const int row = rowOf(stoodOn[static_cast<std::size_t>(i)]);
        after.push_back(row < 0 ? QModelIndex() : index(row, before[i].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int SamplesModel::rowOf(std::size_t sample) const
{
    const auto at = std::find(m_order.begin(), m_order.end(), static_cast<std::uint32_t>(sample));
    return at == m_order.end() ? -1 : static_cast<int>(at - m_order.begin());
}

QString SamplesModel::sortText() const
{
    static const QStringList words{tr("Lowest weight first"), tr("Highest loss first"), tr("Lowest confidence first"),
                                   tr("Smallest margin first"), tr("Highest Shapley sum first")};
    if (m_sortColumn >= 0)
        return tr("By %1").arg(headerData(m_sortColumn, Qt::Horizontal, Qt::DisplayRole).toString().toLower());
    if (!m_data || m_data->rankers.empty())
        return {};
    const QString name = m_data->rankers[static_cast<std::size_t>(m_ranker)].name;
    static const QStringList names{QStringLiteral("Learned weight"), QStringLiteral("Loss EMA"),
                                   QStringLiteral("Confidence"), QStringLiteral("Area under margin"),
                                   QStringLiteral("In-run Shapley")};
    return words.value(names.indexOf(name));
}

void SamplesModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
}

int SamplesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int SamplesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

StepsCell SamplesModel::stepsOf(std::size_t sample) const
{
    StepsCell cell;
    const SampleRecord &record = m_data->samples[sample];
    for (std::size_t s = 0; s < record.labels.size(); ++s) {
        StepMark mark{.plus = record.labels[s]};
        if (sample < m_data->stepScores.size() && s < m_data->stepScores[sample].size()) {
            const float p = m_data->stepScores[sample][s];
            mark.disagrees = mark.plus ? p < 0.5F : p > 0.5F;
        }
        cell.steps.push_back(mark);
    }
    return cell;
}

Cell SamplesModel::cellOf(std::size_t sample, int row, int column) const
{
    const SampleRecord &record = m_data->samples[sample];
    const auto number = [](const QString &text, Token token = Token::Text) {
        return TextCell{.text = text, .token = token, .mono = true, .alignment = Qt::AlignRight};
    };
    switch (column) {
    case Rank: return number(thousands(row + 1), Token::Text2);
    case Picture: return ThumbnailCell{m_thumbnails.get(QString::fromStdString(record.picturePath))};
    case Key: return TextCell{.text = QString::fromStdString(record.key)};
    case Subject: return TextCell{.text = QString::fromStdString(record.subject), .token = Token::Text2};
    case Labels: return stepsOf(sample);
    case Weight: return number(weightText(m_weights[sample]));
    case Path: {
        auto path = std::make_shared<std::vector<float>>();
        const std::size_t stride = std::max<std::size_t>(1, m_data->snapshots.size() / 30);
        for (std::size_t s = 0; s < m_data->snapshots.size(); s += stride)
            path->push_back(m_data->snapshots[s][sample]);
        return SparkCell{path, false};
    }
    case LossEma: return number(fixedText(m_data->lossEma[sample], 3));
    case MinP: return number(rateText(m_data->minPGiven[sample]));
    case Visits: return number(thousands(m_data->visitCount[sample]));
    case Known:
        if (sample >= m_data->noise.size() || m_data->noise[sample] < 0)
            return TextCell{.text = QStringLiteral("–"), .token = Token::Text3, .alignment = Qt::AlignHCenter};
        if (m_data->noise[sample] == 0)
            return std::monostate();
        return TextCell{.token = Token::Flip, .alignment = Qt::AlignHCenter, .icon = QStringLiteral("flip")};
    case Decided: {
        const Decision decision = decisionOf(sample);
        if (decision == Decision::None)
            return TextCell{.text = QStringLiteral("–"), .token = Token::Text3};
        return decisionBadge(decision);
    }
    default: return std::monostate();
    }
}

QVariant SamplesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const std::size_t sample = sampleAt(index.row());
    if (role == CellRole)
        return QVariant::fromValue(cellOf(sample, index.row(), index.column()));
    if (role == RowStateRole) {
        const bool selected = m_selection.mask().size() > sample && m_selection.mask()[sample];
        const bool unselectedVisible = m_scope == Scope::All;
        return static_cast<int>(selected ? (unselectedVisible ? RowSelected | RowTinted : RowSelected) : RowPlain);
    }
    if (role == Qt::AccessibleTextRole || role == KeyRole)
        return QString::fromStdString(m_data->samples[sample].key);
    return {};
}

QVariant SamplesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == Rank || section == Weight || section == LossEma || section == MinP || section == Visits;
        return static_cast<int>(right ? Qt::AlignRight : section == Known ? Qt::AlignHCenter : Qt::AlignLeft);
    }
    if (role != Qt::DisplayRole)
        return {};
    static const QStringList names{QStringLiteral("#"), tr("Picture"), tr("Sample"), tr("Subject"), tr("Given labels"),
                                   tr("Weight"), tr("Path"), tr("Loss EMA"), tr("Min p(given)"), tr("Visits"),
                                   tr("Known"), tr("Decision")};
    return names.value(section);
}

} // namespace winnow::ui
