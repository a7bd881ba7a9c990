#include "ui/pages/sample_detail.h"

#include "ui/models/samples_model.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/page.h"
#include "ui/pages/sample_picture.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
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
    m_scroll = new QScrollArea;
    m_scroll->setProperty("role", QStringLiteral("plain"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content = buildContent();
    m_scroll->setWidget(m_content);
    m_content->setAutoFillBackground(false); // setWidget() turned it on
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
    m_picture = new SamplePicture(m_theme);
    connect(m_picture, &SamplePicture::clicked, this, &SampleDetail::zoomPicture);
    row->addWidget(m_picture, 0, Qt::AlignTop);
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
    if (!m_source || !m_sample)
        return;
    const SampleRecord &record = m_source->samples[*m_sample];
    auto *window = new PictureWindow(m_theme, m_thumbnails, this);
    window->showPicture(QString::fromStdString(record.key), QString::fromStdString(record.picturePath),
                        static_cast<int>(m_source->run.options.data.maxTiles), m_source->tileSize);
    window->open();
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
    auto *layout = new QVBoxLayout(foot);
    layout->setContentsMargins(16, 10, 16, 8);
    layout->setSpacing(6);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    const std::array<std::pair<Decision, const char *>, 4> all = {
        {{Decision::Keep, "K"}, {Decision::Flip, "F"}, {Decision::Exclude, "X"}, {Decision::Unsure, "U"}}};
    for (const auto &[decision, key] : all) {
        const BadgeLook look = decisionBadge(decision);
        auto *button = new Button(m_theme, look.text);
        button->setTint(look.token);
        button->setKeyHint(QLatin1String(key));
        button->setCheckable(true);
        button->setAccessibleName(look.text);
        button->setToolTip(QStringLiteral("%1 (%2)").arg(look.text, QLatin1String(key)));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &Button::clicked, this, [this, value = decision] { Q_EMIT decided(value); });
        m_decisions.emplace_back(decision, button);
        row->addWidget(button, 1);
    }
    layout->addLayout(row);
    auto *foot2 = new QHBoxLayout;
    auto *moves = new TextLabel(m_theme, tr("Moves on to the next. Ctrl+Z undoes."), TextRole::Caption, "text3");
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
    for (auto &[decision, button] : m_decisions) {
        const BadgeLook look = decisionBadge(decision);
        button->setText(compact ? QString() : look.text);
        button->setIconName(compact ? look.icon : QString());
    }
    m_picture->setFixedWidth(m_theme.scaled(compact ? 128 : 154));
}

void SampleDetail::setSample(const SamplesData *source, const std::optional<View> &view)
{
    const bool there = source && view && view->sample < source->samples.size();
    if (m_sample && (!there || view->sample != *m_sample))
        keepNote(); // what was typed belongs to the sample before
    m_source = source;
    m_sample = there ? std::optional(view->sample) : std::nullopt;
    m_scroll->setVisible(there);
    m_none->setVisible(!there);
    for (auto &[value, button] : m_decisions) {
        button->setEnabled(there);
        button->setChecked(there && value == view->decision);
    }
    m_flipped->setVisible(there && view->sample < source->noise.size() && source->noise[view->sample] == 1);
    if (!there) {
        m_key->setText({});
        m_place->setText({});
        return;
    }
    showWords(*source, *view);
    showSteps(*source, view->sample);
    showPath(*source, *view);
    showSuspicion(*source, view->sample);
    showProbabilities(*source, view->sample, view->iteration);
    m_neighbours->setRows(view->neighbours);
    if (!m_note->hasFocus() || m_noteBefore != view->note) {
        m_noteBefore = view->note;
        m_note->setText(view->note);
    }
}

void SampleDetail::showWords(const SamplesData &source, const View &view)
{
    const SampleRecord &record = source.samples[view.sample];
    m_key->setFullText(QString::fromStdString(record.key));
    m_place->setText(view.place > 0 ? tr("%1 of %2").arg(thousands(view.place), thousands(view.total)) : tr("not in the table"));
    const QString path = QString::fromStdString(record.picturePath);
    m_size->setText(path.isEmpty() ? tr("text only") : QString());
    m_picture->setImage(path.isEmpty() ? QImage() : m_thumbnails.get(path), path.isEmpty() ? tr("No picture") : tr("Loading…"));
    if (!path.isEmpty())
        m_thumbnails.loadLater(this, path, 288, [this, sample = view.sample](const QImage &image) {
            if (m_sample != sample)
                return;
            m_picture->setImage(image, tr("No picture"));
            m_size->setText(image.isNull() ? tr("picture cannot be read") : QString());
        });
    m_subject->setText(QString::fromStdString(record.subject));
    QString question = QString::fromStdString(record.question).trimmed();
    if (question.startsWith(QLatin1String("### Question:"))) // the heading of the prompt's first turn
        question = question.mid(13).trimmed();
    m_question->setText(question);
}

void SampleDetail::showSteps(const SamplesData &source, std::size_t sample)
{
    const SampleRecord &record = source.samples[sample];
    std::vector<SampleSteps::Row> rows;
    for (std::size_t s = 0; s < record.steps.size(); ++s) {
        SampleSteps::Row row;
        row.text = QString::fromStdString(record.steps[s]);
        row.mark.plus = s >= record.labels.size() || record.labels[s];
        if (sample < source.stepScores.size() && s < source.stepScores[sample].size()) {
            row.p = source.stepScores[sample][s];
            row.mark.disagrees = row.mark.plus ? *row.p < 0.5F : *row.p > 0.5F;
        }
        rows.push_back(std::move(row));
    }
    m_steps->setRows(std::move(rows), source.stepScoreSteps.empty() ? tr("p(+) not scored")
                                                                    : tr("p(+) at %1").arg(thousands(source.stepScoreSteps.back())));
}

void SampleDetail::showSuspicion(const SamplesData &source, std::size_t sample)
{
    std::vector<SuspicionBars::Row> rows;
    for (const RankerColumn &ranker : source.rankers) {
        const float own = ranker.suspicion[sample];
        const auto before = std::count_if(ranker.suspicion.begin(), ranker.suspicion.end(), [own](float v) { return v > own; });
        rows.push_back({ranker.name, std::isnan(own) ? std::nan("") : static_cast<double>(before) + 1, {}});
    }
    if (source.consensus.runs > 1 && !rows.empty() && std::isfinite(source.consensus.spread[sample]))
        rows.back().note = tr(" ± %1").arg(thousands(std::llround(source.consensus.spread[sample])));
    m_suspicionTitle->setText(tr("Suspicion by ranker, rank of %1").arg(thousands(static_cast<std::int64_t>(source.samples.size()))));
    m_suspicion->setRows(std::move(rows), static_cast<double>(source.samples.size()));
}

void SampleDetail::showPath(const SamplesData &source, const View &view)
{
    const std::size_t sample = view.sample;
    Curve curve;
    curve.look = {0, 0, false};
    curve.steps = true;
    curve.markers = source.visitCount[sample] <= 40;
    for (std::size_t k = source.visitBegin[sample]; k < source.visitBegin[sample + 1]; ++k) {
        curve.x.push_back(static_cast<double>(source.visits.steps[source.visitOrder[k]]));
        curve.y.push_back(source.visits.weights[source.visitOrder[k]]);
    }
    const bool visited = !curve.x.empty();
    m_pathTitle->setText(tr("Weight, %1 visits").arg(thousands(source.visitCount[sample])));
    QString words = std::isfinite(view.weight) ? tr("%1 at %2").arg(weightText(view.weight), thousands(std::llround(view.snapshotStep)))
                                               : tr("no weight yet");
    if (view.weightRank > 0)
        words += tr(" · rank %1").arg(thousands(view.weightRank));
    if (view.age)
        words += tr(" · age %1").arg(thousands(*view.age));
    m_pathValue->setText(words);
    m_path->setCorners(visited ? QVector<Plot::Corner>()
                               : QVector<Plot::Corner>{{tr("Not visited yet."), Qt::AlignLeft | Qt::AlignTop, false}});
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

void SampleDetail::showProbabilities(const SamplesData &source, std::size_t sample, double iteration)
{
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    const SampleRecord &record = source.samples[sample];
    const bool scored = source.stepScoreHistory.size() > 1;
    for (std::size_t s = 0; scored && s < record.labels.size(); ++s) {
        Curve curve;
        curve.name = QString::fromStdString(record.steps[s]);
        for (std::size_t k = 0; k < source.stepScoreHistory.size(); ++k) {
            const auto &all = source.stepScoreHistory[k];
            if (sample >= all.size() || s >= all[sample].size())
                continue;
            curve.x.push_back(static_cast<double>(source.stepScoreSteps[k]));
            curve.y.push_back(record.labels[s] ? all[sample][s] : 1 - all[sample][s]);
        }
        if (curve.y.empty())
            continue;
        curve.look = {curve.y.back() >= 0.5 ? 3 : 2, static_cast<int>(s % 4), false};
        curve.width = 1.25;
        labels << Plot::DirectLabel{curve.name, curve.y.back(), curve.look, true};
        curves.push_back(std::move(curve));
    }
    if (curves.empty()) { // no scoring of train rows: the mean over steps at each visit
        Curve curve;
        curve.name = tr("mean of steps");
        curve.look = {3, 0, false};
        for (std::size_t k = source.visitBegin[sample]; k < source.visitBegin[sample + 1]; ++k) {
            curve.x.push_back(static_cast<double>(source.visits.steps[source.visitOrder[k]]));
            curve.y.push_back(source.visits.pGiven[source.visitOrder[k]]);
        }
        curve.markers = curve.x.size() <= 40;
        if (!curve.y.empty())
            labels << Plot::DirectLabel{curve.name, curve.y.back(), curve.look, true};
        curves.push_back(std::move(curve));
        m_probabilityTitle->setText(tr("p(given), mean over steps, at each visit"));
    } else {
        m_probabilityTitle->setText(tr("p(given) of each step over training"));
    }
    m_probabilities->setGuides({0.5});
    m_probabilities->setYRange(0, 1);
    m_probabilities->setDirectLabels(labels);
    m_probabilities->setFormatter([](double v) { return rateText(v, 2); });
    m_probabilities->setCurves(std::move(curves));
    m_probabilities->setXRange(0, std::max(1.0, static_cast<double>(source.run.record.totalSteps)));
    m_probabilities->Plot::setCursor(iteration);
}

void SampleDetail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Surface));
    painter.fillRect(QRect(0, 0, 1, height()), m_theme.color(Token::Border));
}

} // namespace winnow::ui
