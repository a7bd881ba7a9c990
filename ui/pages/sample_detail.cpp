#include "ui/pages/sample_detail.h"

#include "ui/models/samples_model.h"
#include "ui/pages/decision_row.h"
#include "ui/pages/page.h"
#include "ui/pages/sample_pictures.h"
#include "ui/plots/curve_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/tour_card.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

SampleDetail::SampleDetail(const Theme &theme, Thumbnails &thumbnails, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_thumbnails(thumbnails)
{
    setMinimumWidth(theme.scaled(300));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    m_none = new TextLabel(theme, tr("Choose a sample to see why it weighs what it weighs."), TextRole::Panel, "text3");
    m_none->setContentsMargins(16, 16, 16, 0);
    m_none->setWordWrap(true);
    m_none->setAlignment(Qt::AlignTop);
    layout->addWidget(m_none, 1);
    m_scroll = new PlainScroll;
    m_content = buildContent();
    m_scroll->setContent(m_content);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addWidget(buildDecisions());
}

QWidget *SampleDetail::buildTop()
{
    auto *top = new QWidget;
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(16, 0, 16, 8);
    row->setSpacing(12);
    m_pictures = new SamplePictures(m_theme, m_thumbnails);
    connect(m_pictures, &SamplePictures::clicked, this, &SampleDetail::zoomPicture);
    connect(m_pictures, &SamplePictures::shown, this,
            [this](bool readable) { m_size->setText(readable ? QString() : tr("picture cannot be read")); });
    row->addWidget(m_pictures, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    m_subject = new TextLabel(m_theme, {}, TextRole::Panel, "text2");
    m_question = new TextLabel(m_theme, {}, TextRole::Panel);
    m_question->setWordWrap(true);
    m_size = new TextLabel(m_theme, {}, TextRole::Caption, "text3");
    words->addWidget(m_subject);
    words->addWidget(m_question);
    words->addWidget(m_size);
    words->addStretch();
    row->addLayout(words, 1);
    return top;
}

QWidget *SampleDetail::buildContent()
{
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 12, 0, 8);
    rows->setSpacing(0);
    rows->addWidget(buildTop());
    m_steps = new SampleSteps(m_theme);
    rows->addWidget(m_steps);
    m_pathTitle = addSection(rows, tr("Weight path"));
    m_path = new CurvePlot(m_theme);
    m_path->setFixedHeight(m_theme.scaled(112));
    m_path->setPlotMargins(40, 12, 22, 22);
    m_path->setReadoutVisible(false);
    m_path->setYTicks(3);
    rows->addWidget(m_path);
    m_suspicionTitle = addSection(rows, tr("Suspicion by ranker"));
    m_suspicion = new SuspicionBars(m_theme);
    rows->addWidget(m_suspicion);
    m_probabilityTitle = addSection(rows, tr("p(given) of each step over training"));
    m_probabilities = new CurvePlot(m_theme);
    m_probabilities->setFixedHeight(m_theme.scaled(112));
    m_probabilities->setPlotMargins(40, 12, 88, 22);
    m_probabilities->setReadoutVisible(false);
    m_probabilities->setYTicks(3);
    rows->addWidget(m_probabilities);
    addSection(rows, tr("Nearest in rank"));
    m_neighbours = new NeighbourList(m_theme);
    connect(m_neighbours, &NeighbourList::chosen, this, &SampleDetail::sampleChosen);
    rows->addWidget(m_neighbours);
    buildNote(rows);
    rows->addStretch();
    return content;
}

void SampleDetail::buildNote(QVBoxLayout *rows)
{
    addSection(rows, tr("Note"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(16, 2, 16, 8);
    m_note = new QLineEdit;
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setPlaceholderText(tr("Why? Kept with the sample"));
    m_note->setAccessibleName(tr("Note"));
    m_note->setMaxLength(4000);
    connect(m_note, &QLineEdit::editingFinished, this, &SampleDetail::keepNote);
    line->addWidget(m_note);
    rows->addLayout(line);
}

void SampleDetail::keepNote()
{
    if (!m_sample || m_note->text() == m_noteBefore)
        return;
    m_noteBefore = m_note->text();
    Q_EMIT noteEdited(*m_sample, m_noteBefore);
}

void SampleDetail::zoomPicture()
{
    if (!m_source || !m_record)
        return;
    m_pictures->zoom(QString::fromStdString(m_record->key), static_cast<int>(m_source->run.options.data.maxTiles),
                     m_source->tileSize);
}

QWidget *SampleDetail::buildHead()
{
    auto *head = new QWidget;
    head->setFixedHeight(m_theme.scaled(40));
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(16, 0, 8, 0);
    layout->setSpacing(8);
    m_key = new TextLabel(m_theme, {}, TextRole::PanelTitle);
    m_key->setElide(Qt::ElideMiddle);
    m_place = new TextLabel(m_theme, {}, TextRole::Panel, "text3");
    layout->addWidget(m_key);
    layout->addWidget(m_place, 1);
    for (const bool next : {false, true}) {
        auto *button = new Button(m_theme, {}, Button::Kind::Flat);
        button->setSmall(true);
        button->setIconName(next ? QStringLiteral("chevron-right") : QStringLiteral("chevron-left"));
        button->setAccessibleName(next ? tr("Next sample") : tr("Previous sample"));
        button->setToolTip(next ? tr("Next sample (Ctrl+Right)") : tr("Previous sample (Ctrl+Left)"));
        connect(button, &Button::clicked, this,
                next ? &SampleDetail::nextRequested : &SampleDetail::previousRequested);
        layout->addWidget(button);
    }
    return head;
}

QWidget *SampleDetail::buildDecisions()
{
    auto *foot = new QWidget;
    TourCard::keepClear(foot);
    auto *layout = new QVBoxLayout(foot);
    layout->setContentsMargins(16, 10, 16, 8);
    layout->setSpacing(6);
    m_decisions = new DecisionRow(m_theme);
    connect(m_decisions, &DecisionRow::decided, this, &SampleDetail::decided);
    layout->addWidget(m_decisions);
    auto *foot2 = new QHBoxLayout;
    auto *moves = new TextLabel(m_theme, tr("Then the next. Ctrl+Z undoes."), TextRole::Caption, "text3");
    moves->setElide(Qt::ElideRight);
    foot2->addWidget(moves, 1);
    m_flipped = new TextLabel(m_theme, tr("⇌ known flipped"), TextRole::Caption, "text3");
    foot2->addWidget(m_flipped);
    layout->addLayout(foot2);
    return foot;
}

TextLabel *SampleDetail::addSection(QVBoxLayout *layout, const QString &title)
{
    layout->addSpacing(6);
    layout->addWidget(new Rule(m_theme, Qt::Horizontal));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 2);
    auto *label = new TextLabel(m_theme, title, TextRole::Label, "text3");
    row->addWidget(label);
    row->addStretch();
    if (!m_pathValue) {
        m_pathValue = new TextLabel(m_theme, {}, TextRole::Mono);
        m_pathValue->setElide(Qt::ElideRight);
        row->addWidget(m_pathValue);
    }
    layout->addLayout(row);
    return label;
}

void SampleDetail::setCompact(bool compact)
{
    m_pictures->setPictureWidth(m_theme.scaled(compact ? 128 : 154));
}

void SampleDetail::setSample(const SamplesData *source, const std::optional<View> &view, const SampleRecord *record,
                             const std::optional<VisitColumns> &visits)
{
    const bool there = source && view && view->sample < source->samples.size();
    if (m_sample && (!there || view->sample != *m_sample))
        keepNote(); // what was typed belongs to the sample before
    m_source = source;
    m_sample = there ? std::optional(view->sample) : std::nullopt;
    m_record = there && record ? std::optional(*record) : std::nullopt;
    m_scroll->setVisible(there);
    m_none->setVisible(!there);
    m_decisions->setDecision(there ? std::optional(view->decision) : std::nullopt);
    m_flipped->setVisible(there && view->sample < source->noise.size() && source->noise[view->sample] == 1);
    if (!there) {
        m_key->setText({});
        m_place->setText({});
        return;
    }
    showWords(*source, *view);
    showSteps(*source, view->sample);
    showPath(*source, *view, visits);
    showSuspicion(*source, view->sample);
    showProbabilities(*source, *view, visits);
    m_neighbours->setRows(view->neighbours);
    if (!m_note->hasFocus() || m_noteBefore != view->note) {
        m_noteBefore = view->note;
        m_note->setText(view->note);
    }
}

void SampleDetail::showWords(const SamplesData &source, const View &view)
{
    m_subject->setText(QString::fromStdString(source.samples.subject(view.sample)));
    m_place->setText(view.place > 0 ? tr("%1 of %2").arg(thousands(view.place), thousands(view.total)) : tr("not in the table"));
    if (!m_record) {
        m_key->setFullText(QStringLiteral("…"));
        m_size->setText({});
        m_pictures->setMessage(tr("Loading…"));
        m_question->setText(tr("Loading…"));
        return;
    }
    const SampleRecord &record = *m_record;
    m_key->setFullText(QString::fromStdString(record.key));
    const QStringList paths = pathList(record.pictures());
    m_size->setText(paths.isEmpty() ? tr("text only") : QString());
    m_pictures->setPictures(paths, tr("No picture"));
    QString question = QString::fromStdString(record.question).trimmed();
    if (question.startsWith(QLatin1String("### Question:"))) // the heading of the prompt's first turn
        question = question.mid(13).trimmed();
    m_question->setText(question);
}

void SampleDetail::showSteps(const SamplesData &source, std::size_t sample)
{
    std::vector<SampleSteps::Row> rows;
    const auto labels = source.samples.labels(sample);
    const auto scores = source.stepScores.empty() ? std::span<const float>() : source.stepScores.back().of(sample);
    for (std::size_t s = 0; s < (m_record ? m_record->steps.size() : labels.size()); ++s) {
        SampleSteps::Row row;
        row.text = m_record ? QString::fromStdString(m_record->steps[s]) : QStringLiteral("…");
        row.mark.plus = s >= labels.size() || labels[s] != 0;
        if (s < scores.size()) {
            row.p = scores[s];
            row.mark.disagrees = row.mark.plus ? *row.p < 0.5F : *row.p > 0.5F;
        }
        rows.push_back(std::move(row));
    }
    m_steps->setRows(std::move(rows), source.stepScores.empty() ? tr("p(+) not scored")
                                                                : tr("p(+) at %1").arg(thousands(source.stepScores.back().step)));
}

void SampleDetail::showSuspicion(const SamplesData &source, std::size_t sample)
{
    std::vector<SuspicionBars::Row> rows;
    for (const RankerColumn &ranker : source.rankers) {
        const float own = ranker.suspicion[sample];
        const auto before = std::count_if(ranker.suspicion.begin(), ranker.suspicion.end(), [own](float v) { return v > own; });
        rows.push_back({rankerWords(ranker.name), std::isnan(own) ? std::nan("") : static_cast<double>(before) + 1, {}});
    }
    if (source.consensus.runs > 1 && !rows.empty() && std::isfinite(source.consensus.spread[sample]))
        rows.back().note = tr(" ± %1").arg(thousands(std::llround(source.consensus.spread[sample])));
    m_suspicionTitle->setText(tr("Suspicion by ranker, rank of %1").arg(thousands(static_cast<std::int64_t>(source.samples.size()))));
    m_suspicion->setRows(std::move(rows), static_cast<double>(source.samples.size()));
}

void SampleDetail::showPath(const SamplesData &source, const View &view, const std::optional<VisitColumns> &visits)
{
    const std::size_t sample = view.sample;
    Curve curve;
    curve.look = {0, 0, false};
    curve.steps = true;
    curve.markers = source.visitCount[sample] <= 40;
    for (std::size_t k = 0; visits && k < visits->size(); ++k) {
        curve.x.push_back(static_cast<double>(visits->steps[k]));
        curve.y.push_back(visits->weights[k]);
    }
    const bool visited = !curve.x.empty();
    const std::int64_t count = source.visitCount[sample];
    m_pathTitle->setText(count == 1 ? tr("Weight, one visit") : tr("Weight, %1 visits").arg(thousands(count)));
    QString words = std::isfinite(view.weight) ? tr("%1 at %2").arg(weightText(view.weight), thousands(std::llround(view.snapshotStep)))
                                               : tr("no weight yet");
    if (view.weightRank > 0)
        words += tr(" · rank %1").arg(thousands(view.weightRank));
    if (view.age)
        words += tr(" · age %1").arg(thousands(*view.age));
    m_pathValue->setText(words);
    m_path->setCorners(visited ? QVector<Plot::Corner>()
                               : QVector<Plot::Corner>{{visits ? tr("Not visited yet.") : tr("Loading…"), Qt::AlignLeft | Qt::AlignTop, false}});
    m_path->setGuides({1.0});
    const auto [low, high] = visited ? std::minmax_element(curve.y.begin(), curve.y.end())
                                     : std::pair{curve.y.end(), curve.y.end()};
    m_path->setYRange(std::min(0.0, visited ? *low : 0.0) - 0.12, std::max(1.0, visited ? *high : 1.0) + 0.12);
    m_path->setFormatter([](double v) { return weightText(v); });
    std::vector<Curve> curves;
    curves.push_back(std::move(curve));
    m_path->setCurves(std::move(curves));
    m_path->setXRange(0, std::max(1.0, static_cast<double>(source.run.record.totalSteps)));
    m_path->Plot::setCursor(view.iteration);
}

/// p(given) of each step over the scorings of the training rows; empty with fewer than two.
std::vector<Curve> SampleDetail::stepCurves(const SamplesData &source, std::size_t sample) const
{
    std::vector<Curve> curves;
    const auto labels = source.samples.labels(sample);
    for (std::size_t s = 0; source.stepScores.size() > 1 && s < labels.size(); ++s) {
        Curve curve;
        curve.name = m_record && s < m_record->steps.size() ? QString::fromStdString(m_record->steps[s]) : QStringLiteral("…");
        for (const StepScoring &scoring : source.stepScores) {
            const auto scores = scoring.of(sample);
            if (s >= scores.size())
                continue;
            curve.x.push_back(static_cast<double>(scoring.step));
            curve.y.push_back(labels[s] ? scores[s] : 1 - scores[s]);
        }
        if (curve.y.empty())
            continue;
        curve.look = {curve.y.back() >= 0.5 ? 3 : 2, static_cast<int>(s % 4), false};
        curve.width = 1.25;
        curves.push_back(std::move(curve));
    }
    return curves;
}

void SampleDetail::showProbabilities(const SamplesData &source, const View &view, const std::optional<VisitColumns> &visits)
{
    std::vector<Curve> curves = stepCurves(source, view.sample);
    m_probabilityTitle->setText(curves.empty() ? tr("p(given), mean over steps, at each visit")
                                               : tr("p(given) of each step over training"));
    if (curves.empty()) { // no scoring of train rows: the mean over steps at each visit
        Curve curve;
        curve.name = tr("mean of steps");
        curve.look = {3, 0, false};
        for (std::size_t k = 0; visits && k < visits->size(); ++k) {
            curve.x.push_back(static_cast<double>(visits->steps[k]));
            curve.y.push_back(visits->pGiven[k]);
        }
        curve.markers = curve.x.size() <= 40;
        curves.push_back(std::move(curve));
    }
    QVector<Plot::DirectLabel> labels;
    for (const Curve &curve : curves)
        if (!curve.y.empty())
            labels << Plot::DirectLabel{curve.name, curve.y.back(), curve.look, true};
    m_probabilities->setGuides({0.5});
    m_probabilities->setYRange(0, 1);
    m_probabilities->setDirectLabels(labels);
    m_probabilities->setFormatter([](double v) { return rateText(v, 2); });
    m_probabilities->setCurves(std::move(curves));
    m_probabilities->setXRange(0, std::max(1.0, static_cast<double>(source.run.record.totalSteps)));
    m_probabilities->Plot::setCursor(view.iteration);
}

void SampleDetail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Surface));
    painter.fillRect(QRect(0, 0, 1, height()), m_theme.color(Token::Border));
}

} // namespace winnow::ui
