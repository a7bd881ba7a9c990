#include "ui/models/samples_model.h"

#include "ui/models/thumbnails.h"
#include "ui/support/words.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {
constexpr std::size_t inlineSamples = 200000;
}

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

std::vector<bool> flippedLabels(const SamplesData &data, std::size_t sample)
{
    const auto own = data.samples.labels(sample);
    std::vector<bool> labels(own.begin(), own.end());
    const auto scores = data.stepScores.empty() ? std::span<const float>() : data.stepScores.back().of(sample);
    if (scores.size() < labels.size()) {
        labels.flip();
        return labels;
    }
    const auto given = [&](std::size_t s) { return labels[s] ? scores[s] : 1 - scores[s]; };
    std::vector<std::size_t> wrong;
    std::size_t least = 0;
    for (std::size_t s = 0; s < labels.size(); ++s) {
        if (given(s) < 0.5F)
            wrong.push_back(s);
        if (given(s) < given(least))
            least = s;
    }
    if (wrong.empty() && !labels.empty())
        wrong.push_back(least);
    for (const std::size_t s : wrong)
        labels[s] = !labels[s];
    return labels;
}

SamplesModel::SamplesModel(SelectionModel &selection, Thumbnails &thumbnails, QObject *parent)
    : QAbstractTableModel(parent), m_selection(selection), m_thumbnails(thumbnails), m_triage(selection)
{
    connect(&thumbnails, &Thumbnails::ready, this, &SamplesModel::noteThumbnail);
    connect(&m_triage, &Triage::changed, this, &SamplesModel::noteDecided);
    connect(&m_rows, &SampleRows::ready, this, &SamplesModel::noteRows);
    connect(&m_rows, &SampleRows::trouble, this, &SamplesModel::trouble);
}

void SamplesModel::noteRows(const std::vector<std::uint32_t> &samples)
{
    for (const std::uint32_t sample : samples)
        if (const int row = rowOf(sample); row >= 0)
            Q_EMIT dataChanged(index(row, Picture), index(row, Key));
}

void SamplesModel::countReviewed()
{
    const std::vector<std::uint8_t> &decisions = *m_triage.values();
    m_reviewed = static_cast<std::size_t>(std::count_if(m_result.order.begin(), m_result.order.end(),
                                                        [&](std::uint32_t i) { return decisions[i] != 0; }));
}

void SamplesModel::noteThumbnail(const QString &path)
{
    for (const std::uint32_t sample : m_asked.values(path))
        if (const int row = rowOf(sample); row >= 0)
            Q_EMIT dataChanged(index(row, Picture), index(row, Picture));
    m_asked.remove(path);
}

void SamplesModel::noteDecided(const std::vector<std::uint32_t> &samples)
{
    const auto &filters = m_selection.filters();
    const bool filtered = std::any_of(filters.begin(), filters.end(), [](const SelectionModel::Filter &f) {
        return f.field == QLatin1String("decision") || f.field == QLatin1String("reviewed");
    });
    if (m_sortColumn == Decided)
        m_sortStale = true;
    countReviewed();
    if (filtered || m_sortColumn == Decided)
        return rebuild();
    if (samples.size() > 1000) {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    for (const std::uint32_t sample : samples)
        if (const int row = rowOf(sample); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void SamplesModel::setSamples(std::shared_ptr<const SamplesData> data)
{
    const bool same = m_data && data && m_data->dataset.sha256 == data->dataset.sha256 && m_data->samples.size() == data->samples.size();
    if (!same)
        beginResetModel();
    m_data = std::move(data);
    if (!same) {
        m_result = {};
        m_asked.clear();
        m_ranker = 0;
        std::vector<std::uint8_t> decisions = m_data ? m_data->decisions : std::vector<std::uint8_t>();
        decisions.resize(m_data ? m_data->samples.size() : 0);
        m_triage.reset(std::move(decisions), m_data ? m_data->notes : std::map<std::size_t, QString>());
        endResetModel();
    }
    ++m_dataNumber;
    m_rows.setData(m_data);
    const bool kept = same && m_result.values && m_result.values->weights.size() == m_data->samples.size();
    m_none.assign(m_data && !kept ? m_data->samples.size() : 0, std::numeric_limits<float>::quiet_NaN());
    if (m_data && static_cast<std::size_t>(m_ranker) >= m_data->rankers.size())
        m_ranker = 0;
    m_sortStale = true;
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
    m_sortStale = true;
    rebuild();
}

const std::vector<float> &SamplesModel::weights() const
{
    return m_result.values ? m_result.values->weights : m_none;
}

double SamplesModel::snapshotStep() const
{
    return m_data && m_snapshot ? m_data->snapshotSteps[*m_snapshot] : 0;
}

void SamplesModel::findSnapshot()
{
    const auto before = m_snapshot;
    m_snapshot.reset();
    if (m_data && !m_data->snapshotSteps.empty()) {
        const auto &steps = m_data->snapshotSteps;
        const auto after = std::upper_bound(steps.begin(), steps.end(), m_selection.iteration());
        m_snapshot = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - steps.begin() - 1));
    }
    const bool byWeight = m_sortColumn == Weight || (m_sortColumn < 0 && m_ranker == 0);
    if (byWeight && before != m_snapshot)
        m_sortStale = true;
}

OrderInput SamplesModel::input() const
{
    OrderInput input;
    input.data = m_data;
    input.snapshot = m_snapshot;
    input.column = m_sortColumn;
    input.ascending = m_sortOrder == Qt::AscendingOrder;
    input.ranker = m_ranker;
    input.filters = m_selection.filters();
    input.selected = m_selection.sharedMask();
    if (input.selected->size() != m_data->samples.size()) { // of the data set before
        auto fitting = *input.selected;
        fitting.resize(m_data->samples.size());
        input.selected = std::make_shared<const std::vector<std::uint8_t>>(std::move(fitting));
    }
    input.onlySelected = m_scope == Scope::Selection && m_selection.count() > 0;
    input.decisions = m_triage.values();
    if (m_resultNumber != m_dataNumber)
        return input;
    if (!m_sortStale && m_result.sorted)
        input.sorted = m_result.sorted;
    if (m_result.snapshot == m_snapshot)
        input.values = m_result.values;
    if (m_result.selected == input.selected)
        input.band = m_result.band;
    return input;
}

void SamplesModel::rebuild()
{
    findSnapshot();
    if (!m_data || (m_data->samples.size() <= inlineSamples && m_data->snapshots.held())) {
        OrderResult result;
        if (m_data)
            result = computeOrder(input());
        m_sortStale = false;
        apply(std::move(result));
        return;
    }
    if (m_running)
        m_again = true;
    else
        start();
}

void SamplesModel::start()
{
    m_running = true;
    OrderInput wanted = input();
    m_sortStale = false;
    QtConcurrent::run([wanted = std::move(wanted)]() mutable { return std::make_shared<OrderResult>(computeOrder(std::move(wanted))); })
        .then(this, [this, data = m_data](const std::shared_ptr<OrderResult> &result) {
            m_running = false;
            if (data == m_data)
                apply(std::move(*result));
            if (m_again || data != m_data) {
                m_again = false;
                m_sortStale = m_sortStale || data != m_data;
                rebuild();
            }
        });
}

void SamplesModel::apply(OrderResult result)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::size_t> stoodOn;
    for (const QModelIndex &index : before)
        stoodOn.push_back(sampleAt(index.row()));
    m_result = std::move(result);
    m_resultNumber = m_dataNumber;
    m_none.assign(m_result.values || !m_data ? 0 : m_data->samples.size(), std::numeric_limits<float>::quiet_NaN());
    countReviewed();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const int row = rowOf(stoodOn[static_cast<std::size_t>(i)]);
        after.push_back(row < 0 ? QModelIndex() : index(row, before[i].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
    if (!m_result.problem.empty())
        Q_EMIT trouble(coreWords(m_result.problem));
    Q_EMIT rebuilt();
}

int SamplesModel::rowOf(std::size_t sample) const
{
    return sample < m_result.rowOf.size() ? m_result.rowOf[sample] : -1;
}

QString SamplesModel::sortText() const
{
    static const QStringList words{tr("Lowest weight first"), tr("Highest loss first"), tr("Lowest confidence first"),
                                   tr("Smallest margin first"), tr("Highest Shapley sum first"),
                                   tr("Labels that unseeing models contradict first")};
    if (m_sortColumn >= 0)
        return tr("By %1").arg(headerData(m_sortColumn, Qt::Horizontal, Qt::DisplayRole).toString().toLower());
    if (!m_data || m_data->rankers.empty())
        return {};
    const QString name = m_data->rankers[static_cast<std::size_t>(m_ranker)].name;
    static const QStringList names{QStringLiteral("Learned weight"), QStringLiteral("Loss EMA"),
                                   QStringLiteral("Confidence"), QStringLiteral("Area under margin"),
                                   QStringLiteral("In-run Shapley"), QStringLiteral("Confident learning")};
    return names.contains(name) ? words.value(names.indexOf(name)) : tr("By %1").arg(name.toLower());
}

void SamplesModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    m_sortStale = true;
    rebuild();
}

int SamplesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_result.order.size());
}

int SamplesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

StepsCell SamplesModel::stepsOf(std::size_t sample) const
{
    StepsCell cell;
    const auto labels = m_data->samples.labels(sample);
    const auto scores = m_data->stepScores.empty() ? std::span<const float>() : m_data->stepScores.back().of(sample);
    for (std::size_t s = 0; s < labels.size(); ++s) {
        StepMark mark{.plus = labels[s] != 0};
        if (s < scores.size())
            mark.disagrees = mark.plus ? scores[s] < 0.5F : scores[s] > 0.5F;
        cell.steps.push_back(mark);
    }
    return cell;
}

QString SamplesModel::keyOf(std::size_t sample) const
{
    const SampleRecord *record = m_rows.record(sample);
    return record ? QString::fromStdString(record->key) : QStringLiteral("…");
}

Cell SamplesModel::pictureOf(std::size_t sample) const
{
    const SampleRecord *record = m_rows.record(sample);
    if (!record)
        return ThumbnailCell{};
    const QString path = QString::fromStdString(record->picturePath);
    QImage image = m_thumbnails.get(path);
    if (image.isNull() && !path.isEmpty() && !m_asked.contains(path, static_cast<std::uint32_t>(sample)))
        m_asked.insert(path, static_cast<std::uint32_t>(sample));
    return ThumbnailCell{std::move(image)};
}

Cell SamplesModel::cellOf(std::size_t sample, int row, int column) const
{
    const auto number = [](const QString &text, Token token = Token::Text) {
        return TextCell{.text = text, .token = token, .mono = true, .alignment = Qt::AlignRight};
    };
    switch (column) {
    case Rank: return number(thousands(row + 1), Token::Text2);
    case Picture: return pictureOf(sample);
    case Key: return TextCell{.text = keyOf(sample)};
    case Subject: return TextCell{.text = QString::fromStdString(m_data->samples.subject(sample)), .token = Token::Text2};
    case Labels: return stepsOf(sample);
    case Weight: return number(weightText(weights()[sample]));
    case Path: {
        auto path = std::make_shared<std::vector<float>>();
        const std::size_t stride = std::max<std::size_t>(1, m_data->snapshots.size() / 30);
        for (std::size_t s = 0; s < m_data->snapshots.size(); s += stride)
            path->push_back(m_data->snapshots.near(s, sample));
        return SparkCell{path, false};
    }
    case LossEma: return number(fixedText(m_data->lossEma[sample], 3));
    case MinP: return number(rateText(m_data->minPGiven[sample]));
    case Visits: return number(thousands(m_data->visitCount[sample]));
    case LastVisit:
        return sample >= m_data->lastVisit.size() || m_data->lastVisit[sample] < 0 ? number(tr("never"), Token::Text3) : number(thousands(m_data->lastVisit[sample]));
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
    if (role == SampleRole)
        return QVariant::fromValue(static_cast<qulonglong>(sample));
    if (role == Qt::AccessibleTextRole || role == KeyRole)
        return keyOf(sample);
    return {};
}

QVariant SamplesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == Rank || section == Weight || section == LossEma || section == MinP || section == Visits || section == LastVisit;
        return static_cast<int>(right ? Qt::AlignRight : section == Known ? Qt::AlignHCenter : Qt::AlignLeft);
    }
    if (role != Qt::DisplayRole)
        return {};
    static const QStringList names{QStringLiteral("#"), tr("Picture"), tr("Sample"), tr("Subject"), tr("Given labels"),
                                   tr("Weight"), tr("Path"), tr("Loss EMA"), tr("Min p(given)"), tr("Visits"),
                                   tr("Last visit"), tr("Known"), tr("Decision")};
    return names.value(section);
}

} // namespace winnow::ui
