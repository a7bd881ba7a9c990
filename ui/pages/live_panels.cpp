// What the Live page shows of its data: head, figures and the six panels.
#include "ui/pages/live_page.h"

#include "core/base/learns_weights.h"
#include "ui/bridge/store_session.h"
#include "ui/pages/event_list.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/film_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/kpi_strip.h"
#include "ui/widgets/run_badge.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QDateTime>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

bool learnsWeights(const RunRecord &run)
{
    return winnow::learnsWeights(run.stage, run.method);
}

const SeriesLook trainLook{3, 0, false};
const SeriesLook metaLook{2, 1, false};

/// What a plot says instead of curves; no corner of no text.
QVector<Plot::Corner> cornerWith(const QString &text)
{
    if (text.isEmpty())
        return {};
    return {{text, Qt::AlignLeft | Qt::AlignTop, false}};
}

} // namespace

void LivePage::setCursor(std::optional<double> iteration)
{
    m_cursorAt = iteration;
    for (Plot *plot : m_plots)
        plot->setCursor(iteration);
}

void LivePage::showAll()
{
    m_stack->setCurrentIndex(1);
    showHead();
    showLoss();
    showDetection();
    showHardware();
    showFilm();
    showHealth();
    showEvents();
    shareAxis();
    showFigures();
}

void LivePage::showHead()
{
    const RunRow &run = m_data.run;
    const RunRecord &record = run.record;
    m_picker->setText(run.name());
    m_picker->setSwatch(run.look);
    m_name->setFullText(run.name());
    m_badge->setLook(stateBadge(record.state));
    m_settings->setFullText(settingsInWords(run));
    const double share = record.totalSteps > 0 ? static_cast<double>(record.step) / static_cast<double>(record.totalSteps) : 0;
    m_progress->setShare(share);
    m_progress->setToken(stateBadge(record.state).token == Token::Unsure ? Token::Control : stateBadge(record.state).token);
    m_steps->setText(QStringLiteral("%1 / %2").arg(thousands(record.step), thousands(record.totalSteps)));
    QString left;
    if (record.state == RunState::Running) {
        const double seconds = lastOf("time.iteration").value_or(0) * static_cast<double>(record.totalSteps - record.step);
        left = seconds > 0 ? tr("about %1 left").arg(estimateText(seconds)) : tr("starting");
        if (!record.phase.empty() && record.phase != "train" && record.phase != "training")
            left = QString::fromStdString(record.phase);
    }
    // A step or two later it was not heard, and the reason has been told.
    if (m_pausing && (*m_pausing != m_run || record.state != RunState::Running || record.step > m_pausingFrom + 1))
        m_pausing.reset();
    if (m_pausing)
        left = tr("pausing after this step");
    m_left->setText(left);
    const bool active = run.active();
    m_pause->setEnabled((active || record.resumable()));
    m_stop->setEnabled(active || record.state == RunState::Queued || record.state == RunState::Paused);
    const bool running = record.state == RunState::Running;
    m_pause->setText(running ? tr("Pause") : tr("Resume"));
    m_pause->setIconName(running ? QStringLiteral("pause") : QStringLiteral("resume"));
    showEnd();
}

/// Why a run that did not finish is where it is, and what of it is safe; until it is told to be kept so.
void LivePage::showEnd()
{
    const RunRecord &record = m_data.run.record;
    if (m_kept && (*m_kept != m_run || record.state == RunState::Running))
        m_kept.reset();
    const bool asked = !m_kept;
    m_interrupted->setVisible(asked && record.state == RunState::Interrupted);
    m_failed->setVisible(asked && record.state == RunState::Failed);
    if (m_interrupted->isHidden() && m_failed->isHidden())
        return;
    std::int64_t checkpoint = 0;
    for (const EventRecord &event : m_data.events)
        if (event.kind == "checkpoint")
            checkpoint = std::max(checkpoint, event.step);
    const QString at = thousands(record.step);
    const QString of = thousands(record.totalSteps);
    const QString safe = thousands(checkpoint);
    if (record.state == RunState::Interrupted)
        m_interrupted->setMessage(
            tr("Ended at %1 of %2 when the program stopped. Nothing before iteration %3 is lost.").arg(at, of, safe));
    if (record.state == RunState::Failed)
        // Not by arg(): the reason may name a file with a per cent sign and a digit in it.
        m_failed->setMessage(tr("Failed at %1 of %2.").arg(at, of) + QLatin1Char(' ') + coreWords(record.error) + QLatin1Char(' ')
                             + tr("Nothing before iteration %1 is lost.").arg(safe));
}

void LivePage::showFigures()
{
    QVector<KpiStrip::Figure> figures;
    const auto absent = [this](const QString &label, const QString &why, const QString &help) {
        return KpiStrip::Figure{label, QStringLiteral("–"), why, help};
    };
    const RunRow &run = m_data.run;
    if (const MetricSeries *loss = series("loss.train"); loss && m_lossTabs->current() == 0 && !m_loss->curves().empty()) {
        double spread = 0;
        const std::size_t n = std::min<std::size_t>(loss->values.size(), 50);
        std::vector<double> tail(loss->values.end() - static_cast<std::ptrdiff_t>(n), loss->values.end());
        std::erase_if(tail, [](double v) { return !std::isfinite(v); });
        double mean = 0;
        for (const double v : tail)
            mean += v / static_cast<double>(std::max<std::size_t>(1, tail.size()));
        for (const double v : tail)
            spread += (v - mean) * (v - mean);
        spread = tail.size() > 1 ? std::sqrt(spread / static_cast<double>(tail.size() - 1)) : 0;
        figures << KpiStrip::Figure{tr("Train loss, smoothed"), lossText(m_loss->lastValue(0)),
                                    tr("± %1 per step").arg(fixedText(spread, 2)),
                                    tr("Exponential mean of the mean cross-entropy over sites; the spread is the standard "
                                       "deviation of the last 50 steps.")};
    } else if (const auto value = lastOf("loss.train")) {
        figures << KpiStrip::Figure{tr("Train loss"), lossText(*value), tr("last step"), tr("Mean cross-entropy over sites.")};
    } else {
        figures << absent(tr("Train loss"), tr("after the first step"), {});
    }
    if (const auto meta = lastOf("loss.meta"))
        figures << KpiStrip::Figure{tr("Meta loss"), lossText(*meta), tr("n = %1").arg(thousands(m_data.metaSamples)),
                                    tr("Mean cross-entropy of the upper level's batch.")};
    else
        figures << absent(tr("Meta loss"), learnsWeights(run.record) ? tr("not yet") : tr("no upper level"), {});
    const QString noWeights = learnsWeights(run.record) ? tr("no weights yet") : tr("no weights are learned");
    if (!m_data.detectionWeight.empty() && std::isfinite(m_data.detectionWeight.back()))
        figures << KpiStrip::Figure{tr("AUROC of low weight"), rateText(m_data.detectionWeight.back()),
                                    QStringLiteral("[%1, %2], n = %3")
                                        .arg(rateText(m_data.detectionLow.back()), rateText(m_data.detectionHigh.back()),
                                             thousands(run.samples)),
                                    tr("Chance that a known flipped sample weighs less than a clean one; ties count half.")};
    else
        figures << absent(tr("AUROC of low weight"),
                          m_data.effective.empty() ? noWeights : tr("no known noise"), {});
    if (!m_data.effective.empty()) {
        figures << KpiStrip::Figure{tr("Effective sample size"), thousands(std::llround(m_data.effective.back())),
                                    tr("of %1").arg(thousands(m_data.weights)),
                                    tr("Effective sample size: (sum w)² / sum w². %1 means all weigh the same.")
                                        .arg(thousands(m_data.weights))};
    } else {
        figures << absent(tr("Effective sample size"), noWeights, {});
    }
    if (const auto seconds = lastOf("time.iteration"); seconds && *seconds > 0)
        figures << KpiStrip::Figure{tr("Speed"), fixedText(1 / *seconds, 1), tr("iterations/s"), tr("Of the last step.")};
    else
        figures << absent(tr("Speed"), tr("not yet"), {});
    if (const auto memory = lastOf("hw.memory_gb"))
        figures << KpiStrip::Figure{tr("Memory"), fixedText(*memory, 1), tr("GB"), tr("Resident memory of the process.")};
    else
        figures << absent(tr("Memory"), tr("no sensor"), {});
    m_figures->setFigures(figures);
}

void LivePage::showLoss()
{
    std::vector<Curve> curves;
    std::vector<std::string> names;
    QVector<LegendItem> legend;
    const auto add = [&](const char *name, const QString &words, SeriesLook look, bool smooth) {
        if (!series(name))
            return;
        Curve curve;
        curve.name = words;
        curve.look = look;
        curve.smooth = smooth;
        names.emplace_back(name);
        legend << LegendItem{smooth && curves.empty() ? words + tr(", min to max band") : words, look, LegendItem::Kind::Line};
        curves.push_back(std::move(curve));
    };
    QString unit;
    m_loss->setYStyle(TickStyle::Number);
    m_loss->setFormatter([](double v) { return lossText(v); });
    switch (m_lossTabs->current()) {
    case 0:
        add("loss.train", tr("Train"), trainLook, true);
        add("loss.meta", tr("Meta"), metaLook, true);
        add("loss.holdout", tr("Hold-out"), {4, 2, false}, false);
        unit = tr("mean over sites");
        break;
    case 1:
        if (!m_data.accuracy.empty()) {
            curves.push_back({.name = tr("Best-of-%1").arg(m_data.run.options.evaluation.candidates), .look = {1, 0, false},
                              .x = axisOf(m_data.accuracySteps), .y = m_data.accuracy, .low = m_data.accuracyLow,
                              .high = m_data.accuracyHigh, .markers = true});
            legend << LegendItem{curves.back().name, curves.back().look, LegendItem::Kind::Line};
        }
        m_loss->setYStyle(TickStyle::Percent);
        m_loss->setFormatter([](double v) { return percentText(v); });
        unit = m_data.accuracyN > 0 ? tr("test set, n = %1, 95% bootstrap band").arg(thousands(m_data.accuracyN)) : tr("test set");
        break;
    case 2:
        add("hypergradient.norm", tr("Hypergradient"), {1, 0, false}, true);
        add("grad.norm", tr("Gradient"), trainLook, true);
        unit = tr("L2 norm");
        break;
    default:
        add("lr.lower", tr("Lower"), trainLook, false);
        add("lr.upper", tr("Upper"), metaLook, false);
        unit = tr("per iteration");
        m_loss->setFormatter([](double v) { return QString::number(v, 'g', 4); });
        break;
    }
    static const QStringList absent{tr("After the first step."),
                                    tr("Not evaluated yet. Points appear with the evaluations of the run."),
                                    tr("No norm was recorded. Runs with an upper level have one."),
                                    tr("After the first step.")};
    m_loss->setCorners(curves.empty() ? QVector<Plot::Corner>{{absent.value(m_lossTabs->current()), Qt::AlignLeft | Qt::AlignTop, false}}
                                      : QVector<Plot::Corner>());
    m_lossPanel->setTitle(m_lossTabs->current() == 0   ? tr("Loss")
                          : m_lossTabs->current() == 1 ? tr("Accuracy")
                          : m_lossTabs->current() == 2 ? tr("Hypergradient norm")
                                                       : tr("Learning rates"));
    m_lossPanel->setUnit(unit);
    m_lossPanel->setLegend(legend);
    showMarks();
    showSeries(m_loss, std::move(names), std::move(curves));
}

void LivePage::showMarks()
{
    QVector<Plot::Event> events;
    for (const EventRecord &event : m_data.events) {
        if (event.kind == "alert" && event.step >= 0)
            events << Plot::Event{Plot::Event::Kind::Alert, axisOf(event.step), {}};
        if (event.kind == "resumed" && event.step >= 0)
            events << Plot::Event{Plot::Event::Kind::Resume, axisOf(event.step), tr("resumed")};
    }
    m_loss->setEvents(events);
}

/// Nothing once there are some.
QString LivePage::whyNoWeights() const
{
    if (!m_data.effective.empty())
        return {};
    if (!learnsWeights(m_data.run.record))
        return tr("This run learns no weights.");
    return tr("No weights yet. They appear after the first snapshot of a bi-level run.");
}

void LivePage::showDetection()
{
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    QVector<LegendItem> legend;
    std::vector<double> x;
    for (const double step : m_data.detectionSteps)
        x.push_back(axisOf(static_cast<std::int64_t>(step)));
    const auto add = [&](const QString &name, SeriesLook look, const std::vector<double> &y, bool band) {
        if (y.empty())
            return;
        Curve curve;
        curve.name = name;
        curve.look = look;
        // Before the first visits a ranker has no value yet, which is no NaN to warn of.
        const auto first = std::find_if(y.begin(), y.end(), [](double v) { return std::isfinite(v); }) - y.begin();
        const auto rest = [first](const std::vector<double> &all) { return std::vector<double>(all.begin() + first, all.end()); };
        curve.x = rest(x);
        curve.y = rest(y);
        if (band) {
            curve.low = rest(m_data.detectionLow);
            curve.high = rest(m_data.detectionHigh);
        }
        legend << LegendItem{name, look, LegendItem::Kind::Line};
        if (std::isfinite(y.back()))
            labels << Plot::DirectLabel{band ? QStringLiteral("%1 %2 [%3, %4]").arg(name, rateText(y.back()),
                                                                               rateText(m_data.detectionLow.back()),
                                                                               rateText(m_data.detectionHigh.back()))
                                             : name + QLatin1Char(' ') + rateText(y.back()),
                                        y.back(), look, band};
        curves.push_back(std::move(curve));
    };
    const bool known = m_data.agreement.empty();
    if (known) {
        add(tr("Learned weight"), {1, 0, false}, m_data.detectionWeight, true);
        add(tr("Loss EMA"), {0, 1, false}, m_data.detectionLoss, false);
        add(tr("Confidence"), {4, 2, false}, m_data.detectionConfidence, false);
        m_detection->setYRange(0.4, 1.0);
    } else {
        add(tr("Weight and loss EMA"), {1, 0, false}, m_data.agreement, false);
        m_detection->setYRange(std::nullopt, 1.0);
    }
    m_detectionPanel->setTitle(known ? tr("Detection of known noise") : tr("Rankers agree"));
    m_detectionPanel->setUnit(curves.empty() ? QString()
                              : known        ? tr("AUROC, 95% band, n = %1").arg(thousands(m_data.run.samples))
                                             : tr("rank correlation, n = %1").arg(thousands(m_data.run.samples)));
    m_detectionPanel->setLegend(legend);
    m_detection->setFormatter([](double v) { return rateText(v); });
    m_detection->setDirectLabels(labels);
    m_detection->setCorners(cornerWith(whyNoWeights()));
    m_detection->setCurves(std::move(curves));
}

void LivePage::showHardware()
{
    struct Sensor {
        const char *series;
        QString name;
        SeriesLook look;
        QString absent; ///< what to say where there is none; empty: nothing
    };
    const SeriesLook violet{1, 0, false};
    const SeriesLook olive{4, 1, false};
    const std::vector<Sensor> sensors[] = {
        {{"hw.cpu", tr("CPU, all"), trainLook, tr("CPU: no sensor")},
         {"hw.cpu_process", tr("process"), metaLook, {}},
         {"hw.gpu", tr("GPU"), violet, tr("GPU: no sensor")}},
        {{"hw.memory_gb", tr("Process"), trainLook, tr("Memory: no sensor")},
         {"hw.gpu_memory_gb", tr("GPU"), violet, tr("GPU: no sensor")}},
        {{"hw.disk_write_mb", tr("Written"), trainLook, tr("Disk: no sensor")}, {"hw.disk_read_mb", tr("Read"), olive, {}}},
        {{"hw.gpu_temperature", tr("GPU temperature, °C"), olive, tr("Temperature: no sensor")},
         {"hw.gpu_power", tr("GPU power, W"), violet, tr("Power: no sensor")}}};
    static const QStringList units{tr("%"), tr("GB"), tr("MB/s"), QString()};
    std::vector<Curve> curves;
    std::vector<std::string> names;
    QVector<LegendItem> legend;
    const int tab = m_hardwareTabs->current();
    for (const Sensor &sensor : sensors[tab]) {
        if (series(sensor.series)) {
            legend << LegendItem{sensor.name, sensor.look, LegendItem::Kind::Line};
            curves.push_back({.name = sensor.name, .look = sensor.look, .width = 1.25});
            names.emplace_back(sensor.series);
        } else if (!sensor.absent.isEmpty()) {
            legend << LegendItem{sensor.absent, {}, LegendItem::Kind::Text};
        }
    }
    QVector<Plot::Corner> corners;
    if (curves.empty())
        corners << Plot::Corner{tab == 3 ? tr("No sensor was found on this machine.")
                                         : tr("Nothing was sampled. Runs sample their machine every 2 s while they run."),
                                Qt::AlignLeft | Qt::AlignTop, false};
    m_hardwarePanel->setUnit(units.value(tab));
    m_hardwarePanel->setLegend(legend);
    m_hardware->setYRange(0, tab == 0 ? std::optional(105.0) : std::nullopt);
    m_hardware->setFormatter([](double v) { return fixedText(v, 1); });
    m_hardware->setCorners(corners);
    showSeries(m_hardware, std::move(names), std::move(curves));
}

void LivePage::showFilm()
{
    FilmData film = m_data.film;
    for (double &step : film.steps)
        step = axisOf(static_cast<std::int64_t>(step));
    m_filmPanel->setUnit(tr("samples per bin, log colour"));
    m_film->setFilm(film);
    m_film->setGuides({0.0, 1.0});
    QVector<Plot::DirectLabel> labels;
    if (!film.steps.empty())
        labels << Plot::DirectLabel{tr("%1 above 0.5").arg(thousands(m_data.weightsFromHalf)), 1.1, {}, false}
               << Plot::DirectLabel{tr("%1 below 0.5").arg(thousands(m_data.weightsBelowHalf)), 0.15, {}, false};
    m_film->setCorners(cornerWith(whyNoWeights()));
    m_film->setDirectLabels(labels);
}

void LivePage::showHealth()
{
    std::vector<double> x;
    std::vector<double> effective;
    for (std::size_t s = 0; s < m_data.effective.size(); ++s) {
        x.push_back(axisOf(static_cast<std::int64_t>(m_data.film.steps[s])));
        effective.push_back(m_data.effective[s] / static_cast<double>(std::max<std::int64_t>(1, m_data.weights)));
    }
    std::vector<double> saturated = m_data.saturated;
    QVector<Plot::DirectLabel> labels;
    if (!x.empty())
        labels << Plot::DirectLabel{tr("ESS %1% = %2").arg(std::lround(effective.back() * 100))
                                        .arg(thousands(std::llround(m_data.effective.back()))),
                                    effective.back(), {}, false}
               << Plot::DirectLabel{tr("Saturated %1").arg(percentText(saturated.back())), saturated.back(), {}, false};
    std::vector<Curve> curves;
    curves.push_back({.name = tr("ESS"), .look = {0, 0, false}, .x = x, .y = std::move(effective), .low = {}, .high = {}});
    curves.push_back({.name = tr("Saturated"), .look = {4, 1, false}, .x = x, .y = std::move(saturated), .low = {}, .high = {}});
    m_healthPanel->setLegend(x.empty() ? QVector<LegendItem>()
                                       : QVector<LegendItem>{{tr("ESS"), {0, 0, false}, LegendItem::Kind::Line},
                                                             {tr("Saturated"), {4, 1, false}, LegendItem::Kind::Line}});
    m_health->setCorners(cornerWith(whyNoWeights()));
    m_health->setYStyle(TickStyle::Percent);
    m_health->setYRange(0, 1);
    m_health->setFormatter([](double v) { return percentText(v); });
    m_health->setDirectLabels(labels);
    m_health->setCurves(std::move(curves));
}

void LivePage::showEvents()
{
    m_events->setEvents(m_data.events);
}

QString LivePage::axisTitle(double x) const
{
    switch (static_cast<Axis>(m_axis->current())) {
    case Axis::Iteration: return tr("Iteration %1").arg(thousands(std::llround(x)));
    case Axis::Epoch: return tr("Epoch %1").arg(fixedText(x, 2));
    case Axis::Samples: return tr("%1 samples seen").arg(thousands(std::llround(x)));
    case Axis::Relative: return tr("After %1").arg(durationText(x));
    case Axis::WallTime: break;
    }
    return QDateTime::fromMSecsSinceEpoch(std::llround(x * 1000)).toString(QStringLiteral("hh:mm:ss"));
}

void LivePage::shareAxis()
{
    const bool clock = static_cast<Axis>(m_axis->current()) == Axis::WallTime;
    const double lower = clock ? axisOf(0) : 0;
    const double newest = axisOf(m_data.run.record.step);
    double upper = lower + steppedUpper(std::max(newest - lower, 1e-6));
    // Before the first step there is nothing to follow: the whole run stands on the axis.
    if (!m_follow->isChecked() || !m_data.run.active() || newest <= lower)
        upper = std::max(newest, axisOf(m_data.run.record.totalSteps));
    static const QStringList units{tr("iterations"), tr("epochs"), tr("samples"), tr("s"), QString()};
    for (Plot *plot : m_plots) {
        plot->setXUnit(units.value(m_axis->current()));
        plot->setXStyle(clock ? TickStyle::Clock : TickStyle::Number);
        if (clock)
            plot->setXTicks(4);
        plot->setNewest(m_data.run.active() ? std::optional(newest) : std::nullopt);
        if (auto *curve = qobject_cast<CurvePlot *>(plot)) {
            curve->setTitleFormatter([this](double x) { return axisTitle(x); });
            curve->setXRange(lower, upper);
        }
    }
    m_film->setXRange(lower, upper);
}

} // namespace winnow::ui
