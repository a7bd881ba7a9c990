// What the Samples page shows of its data and selection, and what is decided there.
#include "ui/pages/samples_page.h"

#include "core/eval/statistics.h"
#include "ui/bridge/store_session.h"
#include "ui/pages/rank_popover.h"
#include "ui/pages/sample_detail.h"
#include "ui/pages/sample_grid.h"
#include "ui/pages/sample_sets.h"
#include "ui/plots/film_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

ScatterPlot::Column scatterColumn(const std::shared_ptr<const SamplesData> &data, int column)
{
    const auto own = [&data](const std::vector<float> &values) { return ScatterPlot::Column(data, &values); };
    switch (column) {
    case 1: return own(data->confidence);
    case 2: return own(data->margin);
    case 3:
        for (const RankerColumn &ranker : data->rankers)
            if (ranker.name == QLatin1String("In-run Shapley"))
                return own(ranker.suspicion);
        return std::make_shared<const std::vector<float>>(data->samples.size(), std::numeric_limits<float>::quiet_NaN());
    case 4: return std::make_shared<const std::vector<float>>(data->visitCount.begin(), data->visitCount.end());
    case 5: {
        auto lengths = std::make_shared<std::vector<float>>();
        for (std::size_t i = 0; i < data->samples.size(); ++i)
            lengths->push_back(static_cast<float>(data->samples.labels(i).size()));
        return lengths;
    }
    default: return own(data->lossEma);
    }
}

} // namespace

QString SamplesPage::scatterName(int column)
{
    switch (column) {
    case 1: return tr("Confidence");
    case 2: return tr("Margin");
    case 3: return tr("Hypergradient sum");
    case 4: return tr("Visits");
    case 5: return tr("Length");
    default: return tr("Loss (EMA)");
    }
}

QString SamplesPage::scatterAxis(int column)
{
    switch (column) {
    case 1: return tr("Confidence: mean p of the given label");
    case 2: return tr("Margin: mean of given minus other, logits");
    case 3: return tr("Hypergradient: sum of dM/dw over visits");
    case 4: return tr("Visits");
    case 5: return tr("Length, steps");
    default: return tr("Loss (EMA), nats a step");
    }
}

void SamplesPage::apply(std::shared_ptr<const SamplesData> loaded)
{
    const bool same = m_data && m_data->dataset.sha256 == loaded->dataset.sha256 &&
                      m_data->samples.size() == loaded->samples.size();
    const bool atEnd = !same || m_data->snapshotSteps.empty() || m_selection->iteration() >= m_data->snapshotSteps.back();
    m_data = std::move(loaded);
    if (m_data->snapshots.empty()) {
        m_empty->setSentence(tr("No weights yet. They appear after the first snapshot of a bi-level run."));
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    if (!same)
        m_selection->reset(m_data->samples.size());
    m_picker->setText(m_data->run.name());
    m_picker->setSwatch(m_data->run.look);
    const int last = static_cast<int>(m_data->snapshotSteps.size()) - 1;
    const QSignalBlocker blocker(m_scrubber);
    m_scrubber->setRange(0, last);
    QVector<int> ticks;
    for (int i = 1; i < 5; ++i)
        ticks << last * i / 5;
    m_scrubber->setTicks(ticks);
    if (atEnd) {
        m_scrubber->setValue(last);
        m_selection->setIteration(m_data->snapshotSteps.back(), nullptr);
    }
    m_shownRevision = 0;
    m_model->setSamples(m_data);
    m_sets->setData(m_data);
    showRankName();
    showFilm();
    showSelection();
    m_firstWanted = !m_selection->current();
    showFirst();
}

/// The table begins with a current row, as soon as it has rows.
void SamplesPage::showFirst()
{
    if (!m_firstWanted || m_model->rowCount() == 0)
        return;
    m_firstWanted = false;
    if (!m_selection->current())
        m_selection->setCurrent(m_model->sampleAt(0), nullptr);
}

void SamplesPage::openRankers()
{
    if (!m_data)
        return;
    auto *popover = new RankPopover(theme(), this);
    connect(popover, &RankPopover::chosen, this, [this](int ranker) {
        m_model->setRanker(ranker);
        showRankName();
    });
    popover->show(m_data, m_model->ranker(), m_rankBy->mapToGlobal(QPoint(0, m_rankBy->height() + 4)));
}

void SamplesPage::showRankName()
{
    const int ranker = m_model->ranker();
    m_table->horizontalHeader()->setSortIndicatorShown(ranker == 0);
    if (ranker == 0)
        m_table->horizontalHeader()->setSortIndicator(SamplesModel::Weight, Qt::AscendingOrder);
    m_rankBy->setText(tr("Rank by: %1").arg(rankerWords(m_data->rankers[static_cast<std::size_t>(ranker)].name)));
}

void SamplesPage::setGrid(bool on)
{
    m_grid->attach(on);
    m_views->setCurrentWidget(on ? static_cast<QWidget *>(m_grid) : m_table);
    m_viewSwitch->setCurrent(on ? 1 : 0);
    showDetail();
}

/// Selects what weighs between `low` and `high` at a snapshot, as soon as its weights are there.
void SamplesPage::brushWeights(std::size_t snapshot, double low, double high, Qt::KeyboardModifiers modifiers, QObject *origin)
{
    const bool below = low <= m_filmLow + 1e-9;
    const QString text = (below ? tr("weight ≤ %1 at %2").arg(weightText(high))
                                : tr("weight %1 to %2 at %3").arg(weightText(low), weightText(high)))
                             .arg(thousands(std::llround(m_data->snapshotSteps[snapshot])));
    const auto select = [this, low, high, modifiers, origin, text, below](const std::vector<float> &weights) {
        std::vector<std::uint8_t> inside(weights.size());
        for (std::size_t i = 0; i < weights.size(); ++i)
            inside[i] = weights[i] >= low && weights[i] <= high ? 1 : 0;
        m_selection->selectMask(std::move(inside), SelectionModel::howOf(modifiers), origin, text, below ? std::optional(high) : std::nullopt);
        m_scope->setCurrent(1);
    };
    const int number = ++m_brushNumber; // the newest wins
    if (m_data->snapshots.held())
        return select(m_data->snapshots[snapshot]);
    if (m_model->values() && m_model->result().snapshot == snapshot)
        return select(m_model->values()->weights);
    QtConcurrent::run([data = m_data, snapshot] { return std::make_shared<Result<SnapshotPtr>>(data->snapshots.exact(snapshot)); })
        .then(this, [this, number, select, data = m_data](const std::shared_ptr<Result<SnapshotPtr>> &values) {
            if (number != m_brushNumber || data != m_data)
                return;
            if (!values->ok())
                return m_toast->showMessage(coreWords(values->error().message));
            select(values->value()->weights);
        });
}

void SamplesPage::showFilm()
{
    const FilmData &film = m_data->film;
    m_filmLow = film.low;
    m_filmHigh = film.high;
    m_film->setXUnit(tr("iterations"));
    m_film->setFilm(film);
    m_film->setXRange(film.steps.front(), std::max(film.steps.back(), film.steps.front() + 1));
    m_film->yAxis->setRange(film.low, film.high);
    m_histogram->setXUnit(tr("samples"));
    m_histogram->setWeightRange(film.low, film.high);
    const QVector<LegendItem> legend =
        m_data->noise.empty() ? QVector<LegendItem>()
                              : QVector<LegendItem>{{tr("known flipped"), {}, LegendItem::Kind::Cross},
                                                    {tr("clean"), {}, LegendItem::Kind::Dot}};
    m_scatterPanel->setLegend(legend);
}

void SamplesPage::showSelection()
{
    if (!m_data || m_data->snapshots.empty())
        return;
    if (m_shownRevision == m_selection->revision()) { // only the current sample changed
        showCurrentPoint();
        showDetail();
        return Q_EMIT selectionChanged();
    }
    m_shownRevision = m_selection->revision();
    m_model->rebuild();
    const double iteration = m_selection->iteration();
    const bool exact = m_model->snapshotStep() == iteration;
    m_iteration->setText(tr("Iteration %1  ·  %2").arg(
        thousands(std::llround(iteration)),
        exact ? tr("snapshot exact") : tr("latest earlier snapshot: %1").arg(thousands(std::llround(m_model->snapshotStep())))));
    if (const auto snapshot = m_model->snapshot(); snapshot && m_scrubber->value() != static_cast<int>(*snapshot)) {
        const QSignalBlocker blocker(m_scrubber);
        m_scrubber->setValue(static_cast<int>(*snapshot));
        m_scrubber->update();
    }
    m_film->Plot::setCursor(iteration, thousands(std::llround(iteration)));
    rebuildChips();
    Q_EMIT selectionChanged();
}

/// Instance Net knows a weight from the last time that it scored the sample.
void SamplesPage::showAge()
{
    const OrderResult &result = m_model->result();
    if (!result.medianAge)
        return m_filmPanel->setUnit(tr("weight over iterations, log count"));
    m_filmPanel->setUnit(tr("log count · age: median %1 iterations, oldest %2")
                             .arg(thousands(*result.medianAge), thousands(result.oldestAge)));
}

void SamplesPage::showRebuilt()
{
    if (!m_data || m_data->snapshots.empty())
        return;
    const OrderResult &result = m_model->result();
    m_histogram->setCounts(m_filmLow, m_filmHigh, result.binsAll, result.binsSelected);
    m_histogram->setLimit(m_selection->weightLimit());
    const bool band = result.band && !result.band->median.empty();
    if (band)
        m_film->setSelectionBand(m_data->snapshotSteps, result.band->median, result.band->low, result.band->high);
    else
        m_film->setSelectionBand({}, {}, {}, {});
    m_film->setCorners(band ? QVector<Plot::Corner>{{tr("Selection: median, 10 to 90%"), Qt::AlignLeft | Qt::AlignBottom, true}}
                            : QVector<Plot::Corner>());
    showAge();
    showScatter();
    showFirst();
    showCounts();
    showDetail();
}

void SamplesPage::showScatter()
{
    m_scatter->setXName(tr("weight at %1").arg(thousands(std::llround(m_model->snapshotStep()))));
    m_scatter->setYName(scatterAxis(m_scatterColumn));
    const SnapshotPtr values = m_model->values();
    if (m_scatterOf != m_data || m_scatterShows != m_scatterColumn)
        m_scatterValues = scatterColumn(m_data, m_scatterColumn);
    m_scatterOf = m_data;
    m_scatterShows = m_scatterColumn;
    m_scatter->setColumns(values ? ScatterPlot::Column(values, &values->weights) : nullptr, m_scatterValues,
                          {m_data, &m_data->noise});
    m_scatter->setSelected(m_model->result().selected);
    const auto limit = m_selection->weightLimit();
    m_scatter->setShade(limit ? std::optional(QRectF(QPointF(-1e6, -1e6), QPointF(*limit, 1e6))) : std::nullopt,
                        limit.has_value());
    showCurrentPoint();
}

void SamplesPage::showCurrentPoint()
{
    const auto current = m_selection->current();
    m_scatter->setCurrent(current, current ? m_model->keyOf(*current) : QString());
}

void SamplesPage::showCounts()
{
    if (!m_data)
        return;
    const OrderResult &result = m_model->result();
    const bool selected = m_selection->count() > 0;
    const bool onlySelected = selected && m_model->scope() == SamplesModel::Scope::Selection;
    const std::size_t shown = onlySelected ? result.matchingSelected : result.matching;
    QString text = tr("%1 of %2 samples").arg(thousands(static_cast<std::int64_t>(shown)),
                                              thousands(static_cast<std::int64_t>(m_data->samples.size())));
    if (selected && (!onlySelected || shown != m_selection->count()))
        text += tr("  ·  %1 selected").arg(thousands(static_cast<std::int64_t>(m_selection->count())));
    if (!m_data->noise.empty() && m_selection->count() > 0) {
        std::int64_t hits = 0;
        for (std::size_t i = 0; i < m_data->noise.size() && i < m_selection->mask().size(); ++i)
            hits += m_selection->mask()[i] && m_data->noise[i] == 1 ? 1 : 0;
        const auto n = static_cast<std::int64_t>(m_selection->count());
        const winnow::Interval wilson = wilsonInterval(hits, n);
        text += tr("  ·  precision %1").arg(rateInterval({static_cast<double>(hits) / static_cast<double>(n), wilson.low, wilson.high}));
    }
    m_count->setText(text);
    m_sort->setText(m_model->sortText());
    const int rows = m_model->rowCount();
    const auto reviewed = static_cast<std::int64_t>(m_model->reviewed());
    m_reviewed->setText(tr("%1 of %2 reviewed").arg(thousands(reviewed), thousands(rows)));
    m_reviewedBar->setShare(rows > 0 ? static_cast<double>(reviewed) / rows : 0);
    m_applyAll->setText(tr("Apply to all %1…").arg(thousands(rows)));
    m_applyAll->setEnabled(rows > 0);
}

std::optional<SampleDetail::View> SamplesPage::viewOf(std::size_t sample) const
{
    SampleDetail::View view;
    view.sample = sample;
    const int row = m_model->rowOf(sample);
    view.place = row + 1;
    view.total = m_model->rowCount();
    view.iteration = m_selection->iteration();
    view.snapshotStep = m_model->snapshotStep();
    const auto &weights = m_model->weights();
    view.weight = weights[sample];
    if (std::isfinite(view.weight))
        view.weightRank = 1 + std::count_if(weights.begin(), weights.end(), [&](float w) { return w < view.weight; });
    const SnapshotPtr values = m_model->values();
    if (values && sample < values->computedAt.size())
        view.age = static_cast<std::int32_t>(view.snapshotStep) - values->computedAt[sample];
    view.decision = m_model->decisionOf(sample);
    view.note = m_model->triage().noteOf(sample);
    for (int r = std::max(0, row - 2); row >= 0 && r <= std::min(row + 2, m_model->rowCount() - 1); ++r) {
        const std::size_t at = m_model->sampleAt(r);
        view.neighbours.push_back({at, r + 1, m_model->keyOf(at), weightText(weights[at]),
                                   decisionBadge(m_model->decisionOf(at)), r == row});
    }
    return view;
}

void SamplesPage::showDetail()
{
    const auto current = m_selection->current();
    const int row = current ? m_model->rowOf(*current) : -1;
    if (row >= 0) {
        QAbstractItemView *view = m_views->currentWidget() == m_grid ? static_cast<QAbstractItemView *>(m_grid) : m_table;
        const QModelIndex index = m_model->index(row, view == m_grid ? static_cast<int>(SamplesModel::Picture) : 0);
        if (view->currentIndex().row() != row) {
            view->setCurrentIndex(index);
            view->scrollTo(index);
        }
    }
    const bool there = current && m_data && *current < m_data->samples.size();
    m_detail->setSample(m_data.get(), there ? viewOf(*current) : std::nullopt, there ? m_model->rows().record(*current) : nullptr,
                        there ? m_model->rows().visits(*current) : std::nullopt);
}

/// Texts of rows in sight have come: the neighbours and the sample itself may be among them.
void SamplesPage::noteRows(const std::vector<std::uint32_t> &samples)
{
    const auto current = m_selection->current();
    if (!m_data || !current)
        return;
    const int row = m_model->rowOf(*current);
    const bool near = std::any_of(samples.begin(), samples.end(), [&](std::uint32_t sample) {
        return sample == *current || (row >= 0 && m_model->rowOf(sample) >= 0 && std::abs(m_model->rowOf(sample) - row) <= 2);
    });
    if (!near)
        return;
    showCurrentPoint();
    showDetail();
}

void SamplesPage::selectBelow(double limit)
{
    if (m_data && m_model->snapshot())
        brushWeights(*m_model->snapshot(), -std::numeric_limits<double>::infinity(), limit, Qt::NoModifier, this);
}

void SamplesPage::selectRows(const std::vector<std::uint32_t> &samples)
{
    if (!m_data)
        return;
    std::vector<std::uint8_t> found(m_data->samples.size());
    for (const std::uint32_t i : samples)
        if (i < found.size())
            found[i] = 1;
    m_selection->selectMask(std::move(found), SelectionModel::How::Replace, this, tr("from Compare"));
    m_scope->setCurrent(1);
}

void SamplesPage::findKeys(const QString &letters, std::size_t most, const FoundKeys &found)
{
    if (!m_data)
        return found({});
    session().request<std::vector<std::pair<std::uint32_t, std::string>>>(
        this,
        [letters = letters.toStdString(), most, dataset = m_data->dataset.id](StoreReader &reader) {
            return DatasetStore(reader.database()).keysWith(dataset, letters, most);
        },
        [this, found](const Result<std::vector<std::pair<std::uint32_t, std::string>>> &keys) {
            if (!keys.ok())
                return m_toast->showMessage(coreWords(keys.error().message));
            found(*keys);
        });
}

QString SamplesPage::selectionText() const
{
    const auto n = static_cast<std::int64_t>(m_selection->count());
    return n > 0 ? tr("%1 samples selected").arg(thousands(n)) : QString();
}

} // namespace winnow::ui
