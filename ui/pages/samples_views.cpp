// What the Samples page shows of its data and selection, and what is decided there.
#include "ui/pages/samples_page.h"

#include "core/eval/statistics.h"
#include "ui/bridge/store_session.h"
#include "ui/pages/sample_detail.h"
#include "ui/plots/film_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>
#include <set>

namespace winnow::ui {

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
    m_model->setSamples(m_data);
    showRankers();
    showFilm();
    showSelection();
    if (!m_selection->current() && m_model->rowCount() > 0)
        m_selection->setCurrent(m_model->sampleAt(0), nullptr);
}

void SamplesPage::showRankers()
{
    m_rankMenu->clear();
    std::vector<std::size_t> order(m_data->rankers.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto worth = [this](std::size_t i) {
        const RankerColumn &r = m_data->rankers[i];
        return r.auroc ? r.auroc->value : r.correlation.value_or(-2);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
    for (const std::size_t i : order) {
        const RankerColumn &ranker = m_data->rankers[i];
        const QString figures =
            ranker.auroc ? tr("AUROC %1, AP %2").arg(rateInterval(*ranker.auroc), rateText(ranker.averagePrecision.value_or(0)))
            : ranker.correlation ? tr("correlation with weight %1").arg(rateText(*ranker.correlation))
                                 : tr("not measured");
        connect(m_rankMenu->addAction(ranker.name + QLatin1Char('\t') + figures), &QAction::triggered, this, [this, i] {
            m_model->setRanker(static_cast<int>(i));
            m_table->horizontalHeader()->setSortIndicatorShown(i == 0);
            m_rankBy->setText(tr("Rank by: %1").arg(m_data->rankers[i].name.toLower()));
            showCounts();
        });
    }
}

void SamplesPage::showFilm()
{
    const FilmData film = makeFilm(m_data->snapshotSteps, m_data->snapshots);
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
    m_model->rebuild();
    const double iteration = m_selection->iteration();
    const bool exact = m_model->snapshotStep() == iteration;
    m_iteration->setText(tr("Iteration %1  ·  %2").arg(
        thousands(std::llround(iteration)),
        exact ? tr("snapshot exact") : tr("latest earlier snapshot: %1").arg(thousands(std::llround(m_model->snapshotStep())))));
    if (m_data->computedAt.size() > 1) {
        std::vector<std::int32_t> ages;
        for (const std::int32_t at : m_data->computedAt)
            ages.push_back(static_cast<std::int32_t>(m_data->snapshotSteps.back()) - at);
        std::nth_element(ages.begin(), ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2), ages.end());
        m_filmPanel->setUnit(tr("log count · age: median %1 iterations, oldest %2")
                                 .arg(thousands(ages[ages.size() / 2]), thousands(*std::max_element(ages.begin(), ages.end()))));
    }
    m_film->Plot::setCursor(iteration, thousands(std::llround(iteration)));
    std::vector<double> median;
    std::vector<double> low;
    std::vector<double> high;
    if (m_selection->count() > 0)
        for (const auto &weights : m_data->snapshots) {
            std::vector<float> chosen;
            for (std::size_t i = 0; i < weights.size(); ++i)
                if (m_selection->mask()[i] && std::isfinite(weights[i]))
                    chosen.push_back(weights[i]);
            std::sort(chosen.begin(), chosen.end());
            const auto quantile = [&chosen](double q) {
                return chosen.empty() ? std::nan("")
                                      : chosen[static_cast<std::size_t>(q * static_cast<double>(chosen.size() - 1))];
            };
            median.push_back(quantile(0.5));
            low.push_back(quantile(0.1));
            high.push_back(quantile(0.9));
        }
    m_film->setSelectionBand(median.empty() ? std::vector<double>() : m_data->snapshotSteps, median, low, high);
    m_film->setCorners(median.empty() ? QVector<Plot::Corner>()
                                      : QVector<Plot::Corner>{{tr("Selection: median, 10 to 90%"),
                                                               Qt::AlignLeft | Qt::AlignBottom, true}});
    showHistogram();
    showScatter();
    rebuildChips();
    showCounts();
    showDetail();
    Q_EMIT selectionChanged();
}

void SamplesPage::showHistogram()
{
    constexpr std::size_t binCount = 50;
    std::vector<std::uint32_t> all(binCount);
    std::vector<std::uint32_t> chosen(binCount);
    const auto &weights = m_model->weights();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!std::isfinite(weights[i]))
            continue;
        const double place = (weights[i] - m_filmLow) / (m_filmHigh - m_filmLow) * binCount;
        const auto bin = static_cast<std::size_t>(std::clamp(place, 0.0, binCount - 1.0));
        ++all[bin];
        if (m_selection->mask()[i])
            ++chosen[bin];
    }
    m_histogram->setCounts(m_filmLow, m_filmHigh, all, chosen);
    m_histogram->setLimit(m_selection->weightLimit());
}

void SamplesPage::showScatter()
{
    m_scatter->setXName(tr("weight at %1").arg(thousands(std::llround(m_model->snapshotStep()))));
    m_scatter->setPoints(m_model->weights(), m_data->lossEma, m_data->noise);
    m_scatter->setSelected(m_selection->mask());
    const auto limit = m_selection->weightLimit();
    m_scatter->setShade(limit ? std::optional(QRectF(QPointF(-1e6, -1e6), QPointF(*limit, 1e6))) : std::nullopt,
                        limit.has_value());
    const auto current = m_selection->current();
    m_scatter->setCurrent(current, current ? QString::fromStdString(m_data->samples[*current].key) : QString());
}

void SamplesPage::showCounts()
{
    if (!m_data)
        return;
    const std::size_t shown = m_selection->count() > 0 ? m_selection->count() : m_model->matching();
    QString text = tr("%1 of %2 samples").arg(thousands(static_cast<std::int64_t>(shown)),
                                              thousands(static_cast<std::int64_t>(m_data->samples.size())));
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
    m_reviewed->setText(tr("%1 of %2 reviewed").arg(thousands(static_cast<std::int64_t>(m_model->reviewed())), thousands(rows)));
    m_reviewedBar->setShare(rows > 0 ? static_cast<double>(m_model->reviewed()) / rows : 0);
    m_applyAll->setText(tr("Apply to all %1…").arg(thousands(rows)));
    m_applyAll->setEnabled(rows > 0);
}

void SamplesPage::showDetail()
{
    const auto current = m_selection->current();
    const int row = current ? m_model->rowOf(*current) : -1;
    if (row >= 0 && m_table->currentIndex().row() != row) {
        m_table->setCurrentIndex(m_model->index(row, 0));
        m_table->scrollTo(m_model->index(row, 0));
    }
    m_detail->setSample(m_data.get(), current, row + 1, m_model->rowCount(), m_selection->iteration(),
                        current ? m_model->weights()[*current] : 0.0F,
                        current ? m_model->decisionOf(*current) : Decision::None);
}

void SamplesPage::rebuildChips()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    if (m_selection->count() > 0 && !m_selection->selectionText().isEmpty()) {
        auto *chip = new Chip(theme(), tr("%1 at %2").arg(m_selection->selectionText(),
                                                          thousands(std::llround(m_model->snapshotStep()))));
        chip->setActive(true);
        connect(chip, &Chip::closed, this, [this] {
            m_selection->clearSelection(this);
            m_scope->setCurrent(0);
        });
        m_chips->addWidget(chip);
    }
    const auto add = [this](const QString &field, const QString &name, const QVector<std::pair<QString, QString>> &values) {
        QString value;
        for (const auto &filter : m_selection->filters())
            if (filter.field == field)
                value = filter.text;
        auto *chip = new Chip(theme(), value.isEmpty() ? tr("%1: any").arg(name) : QStringLiteral("%1: %2").arg(name, value));
        chip->setArrow(value.isEmpty());
        chip->setActive(!value.isEmpty());
        const auto set = [this, field](const QString &text, const QString &key) {
            auto filters = m_selection->filters();
            std::erase_if(filters, [&field](const auto &f) { return f.field == field; });
            if (!key.isEmpty())
                filters.push_back({text, field, key, 0, 0});
            m_selection->setFilters(std::move(filters), this);
        };
        connect(chip, &Chip::closed, this, [set] { set({}, {}); });
        connect(chip, &Chip::clicked, this, [this, chip, values, set] {
            auto *menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addAction(tr("any"), this, [set] { set({}, {}); });
            for (const auto &[text, key] : values)
                menu->addAction(text, this, [set, text = text, key = key] { set(text, key); });
            menu->popup(chip->mapToGlobal(QPoint(0, chip->height() + 4)));
        });
        m_chips->addWidget(chip);
    };
    std::set<std::string> subjects;
    for (const SampleRecord &sample : m_data->samples)
        if (subjects.size() < 60)
            subjects.insert(sample.subject);
    QVector<std::pair<QString, QString>> subjectValues;
    for (const std::string &subject : subjects)
        subjectValues << std::pair{QString::fromStdString(subject), QString::fromStdString(subject)};
    add(QStringLiteral("subject"), tr("subject"), subjectValues);
    add(QStringLiteral("label"), tr("label"),
        {{tr("all +"), QStringLiteral("+")}, {tr("some −"), QStringLiteral("-")}});
    add(QStringLiteral("decision"), tr("decision"),
        {{tr("none"), QStringLiteral("none")}, {tr("keep"), QStringLiteral("keep")}, {tr("flip"), QStringLiteral("flip")},
         {tr("exclude"), QStringLiteral("exclude")}, {tr("unsure"), QStringLiteral("unsure")}});
}

void SamplesPage::selectBelow(double limit)
{
    if (!m_data)
        return;
    std::vector<std::uint32_t> below;
    for (std::size_t i = 0; i < m_model->weights().size(); ++i)
        if (m_model->weights()[i] <= limit)
            below.push_back(static_cast<std::uint32_t>(i));
    m_selection->select(below, SelectionModel::How::Replace, this, tr("weight ≤ %1").arg(weightText(limit)), limit);
    m_scope->setCurrent(1);
}

void SamplesPage::selectKeys(const std::vector<std::string> &keys)
{
    if (!m_data)
        return;
    const std::set<std::string> wanted(keys.begin(), keys.end());
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < m_data->samples.size(); ++i)
        if (wanted.contains(m_data->samples[i].key))
            found.push_back(static_cast<std::uint32_t>(i));
    m_selection->select(found, SelectionModel::How::Replace, this, tr("from Compare"));
    m_scope->setCurrent(1);
}

QString SamplesPage::selectionText() const
{
    const auto n = static_cast<std::int64_t>(m_selection->count());
    return n > 0 ? tr("%1 samples selected").arg(thousands(n)) : QString();
}

void SamplesPage::decide(Decision decision)
{
    const auto current = m_selection->current();
    if (!m_data || !current)
        return;
    const Decision before = m_model->decisionOf(*current);
    const Decision now = before == decision ? Decision::None : decision;
    const SampleRecord &record = m_data->samples[*current];
    m_model->setDecision(*current, now);
    m_decisionUndo.push_back({{*current, before}});
    session().write(this,
                    [row = DecisionRecord{m_data->dataset.sha256, record.key, now, {}, m_run, 0}](Database &database) {
                        return DecisionStore(database).set({row});
                    },
                    [this](const Status &status) {
                        if (!status.ok())
                            m_toast->showMessage(QString::fromStdString(status.error().message));
                    });
    if (now != Decision::None)
        move(1);
    showCounts();
    showDetail();
}

void SamplesPage::decideAll()
{
    const int rows = m_model->rowCount();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Decision decision : {Decision::Keep, Decision::Flip, Decision::Exclude, Decision::Unsure}) {
        const QString word = decisionBadge(decision).text;
        menu->addAction(tr("%1 %2 samples…").arg(word, thousands(rows)), this, [this, decision, word, rows] {
            auto *box = new QMessageBox(this);
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->setTextFormat(Qt::PlainText);
            box->setText(tr("%1 %2 samples?").arg(word, thousands(rows)));
            auto *yes = box->addButton(word, QMessageBox::AcceptRole);
            box->addButton(tr("Cancel"), QMessageBox::RejectRole);
            connect(box, &QMessageBox::buttonClicked, this, [this, yes, decision, word](QAbstractButton *button) {
                if (button != yes)
                    return;
                std::vector<DecisionRecord> records;
                std::vector<std::pair<std::size_t, Decision>> before;
                for (int row = 0; row < m_model->rowCount(); ++row) {
                    const std::size_t i = m_model->sampleAt(row);
                    records.push_back({m_data->dataset.sha256, m_data->samples[i].key, decision, {}, m_run, 0});
                    before.emplace_back(i, m_model->decisionOf(i));
                }
                for (const auto &[i, old] : before)
                    m_model->setDecision(i, decision);
                m_decisionUndo.push_back(before);
                session().write(this, [records](Database &database) { return DecisionStore(database).set(records); });
                m_toast->showMessage(tr("%1: %2 samples").arg(word, thousands(static_cast<std::int64_t>(records.size()))), tr("Undo"));
                showCounts();
                showDetail();
            });
            box->open();
        });
    }
    menu->popup(m_applyAll->mapToGlobal(QPoint(0, m_applyAll->height() + 4)));
}

void SamplesPage::undo()
{
    if (m_decisionUndo.empty()) {
        m_selection->undo();
        return;
    }
    for (const auto &[sample, decision] : m_decisionUndo.back())
        m_model->setDecision(sample, decision);
    const auto count = static_cast<std::int64_t>(m_decisionUndo.back().size());
    m_decisionUndo.pop_back();
    session().write(this, [sha = m_data->dataset.sha256](Database &database) -> Status {
        auto changed = DecisionStore(database).undo(sha);
        return changed.ok() ? Status() : Status(changed.error());
    });
    m_toast->showMessage(tr("Undid: decision on %1 samples").arg(thousands(count)));
    showCounts();
    showDetail();
}

void SamplesPage::move(int by)
{
    const auto current = m_selection->current();
    const int row = current ? m_model->rowOf(*current) : -1;
    const int next = std::clamp(row + by, 0, std::max(0, m_model->rowCount() - 1));
    if (m_model->rowCount() > 0)
        m_selection->setCurrent(m_model->sampleAt(next), this);
}

void SamplesPage::moveIteration(int snapshots)
{
    m_scrubber->setValue(m_scrubber->value() + snapshots);
}

void SamplesPage::keyPressEvent(QKeyEvent *event)
{
    const int stride = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_K: decide(Decision::Keep); break;
    case Qt::Key_F: decide(Decision::Flip); break;
    case Qt::Key_X: decide(Decision::Exclude); break;
    case Qt::Key_U: decide(Decision::Unsure); break;
    case Qt::Key_Comma:
    case Qt::Key_Less: moveIteration(-stride); break;
    case Qt::Key_Period:
    case Qt::Key_Greater: moveIteration(stride); break;
    case Qt::Key_B: m_scatter->setBrush(ScatterPlot::Brush::Rectangle); break;
    case Qt::Key_L: m_scatter->setBrush(ScatterPlot::Brush::Lasso); break;
    case Qt::Key_Space: m_detail->setVisible(!m_detail->isVisible()); break;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event->modifiers() & Qt::ControlModifier) {
            move(event->key() == Qt::Key_Left ? -1 : 1);
            break;
        }
        Page::keyPressEvent(event);
        break;
    case Qt::Key_Escape:
        m_selection->clearSelection(this);
        m_scope->setCurrent(0);
        break;
    default: Page::keyPressEvent(event);
    }
}

void SamplesPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool small = width() < theme().scaled(1310);
    m_detail->setFixedWidth(theme().scaled(small ? 316 : 384));
    m_detail->setCompact(small);
}

} // namespace winnow::ui
