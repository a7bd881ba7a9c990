#include "ui/pages/sample_detail.h"

#include "ui/models/samples_model.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/page.h"
#include "ui/plots/curve_plot.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cells.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

class SampleDetail::Picture : public QWidget {
public:
    explicit Picture(const Theme &theme) : m_theme(theme) { setFixedSize(theme.scaled(154), theme.scaled(82)); }
    void setImage(const QImage &image)
    {
        m_image = image;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), 4, m_image.isNull() ? m_theme.color(Token::Sunken) : QColor(Qt::white),
                 m_theme.color(Token::Border2));
        if (m_image.isNull()) {
            paintText(painter, rect(), tr("No picture"), m_theme.font(TextRole::Caption), m_theme.color(Token::Text3),
                      Qt::AlignHCenter);
            return;
        }
        QSizeF size = QSizeF(m_image.size()).scaled(QSizeF(width() - 10, height() - 8), Qt::KeepAspectRatio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_image.height() > 200);
        painter.drawImage(QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size), m_image);
    }

private:
    const Theme &m_theme;
    QImage m_image;
};

class SampleDetail::Steps : public QWidget {
public:
    struct Row {
        StepMark mark;
        QString text;
        std::optional<float> p;
    };
    explicit Steps(const Theme &theme) : m_theme(theme) {}
    void setRows(std::vector<Row> rows, const QString &when)
    {
        m_rows = std::move(rows);
        m_when = when;
        setFixedHeight(m_theme.scaled(28 + 27 * static_cast<int>(m_rows.size())));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QFont label = m_theme.font(TextRole::Label);
        const QColor grey = m_theme.color(Token::Text3);
        const double right = width() - 16;
        paintText(painter, QRectF(16, 4, 44, 20), tr("Given"), label, grey);
        paintText(painter, QRectF(60, 4, 120, 20), tr("Step"), label, grey);
        paintText(painter, QRectF(right - 160, 4, 160, 20), m_when, label, grey, Qt::AlignRight);
        double y = 28;
        for (const Row &row : m_rows) {
            painter.fillRect(QRectF(16, y - 1, right - 16, 1), m_theme.color(Token::Border));
            paintStepMark(painter, m_theme, row.mark, QRectF(18, y + 6, 14, 14));
            double end = right;
            if (row.p) {
                paintText(painter, QRectF(right - 40, y, 40, 26), rateText(*row.p, 2), m_theme.font(TextRole::Mono),
                          m_theme.color(Token::Text), Qt::AlignRight);
                const QRectF bar(right - 104, y + 9, 64, 8);
                paintBox(painter, bar, 2, m_theme.color(Token::Border), Qt::transparent);
                const QColor color = m_theme.color(*row.p >= 0.5F ? Token::Plus : Token::Minus);
                paintBox(painter, QRectF(bar.left(), bar.top(), std::max(4.0, bar.width() * *row.p), 8), 2, color,
                         Qt::transparent);
                painter.fillRect(QRectF(bar.center().x(), bar.top(), 1, 8), m_theme.color(Token::Surface));
                end = bar.left() - 8;
                if (row.mark.disagrees) {
                    const int words = textWidth(m_theme.font(TextRole::Caption), tr("disagrees"));
                    paintText(painter, QRectF(end - words, y, words + 2, 26), tr("disagrees"),
                              m_theme.font(TextRole::Caption), m_theme.color(Token::SelLine));
                    end -= words + 8;
                }
            }
            paintText(painter, QRectF(60, y, end - 60, 26), row.text, m_theme.font(TextRole::Mono),
                      m_theme.color(Token::Text));
            y += 27;
        }
    }

private:
    const Theme &m_theme;
    std::vector<Row> m_rows;
    QString m_when;
};

class SampleDetail::Suspicion : public QWidget {
public:
    explicit Suspicion(const Theme &theme) : m_theme(theme) {}
    void setRanks(std::vector<std::pair<QString, double>> ranks, double total)
    {
        m_ranks = std::move(ranks);
        m_total = total;
        setFixedHeight(m_theme.scaled(22 * static_cast<int>(m_ranks.size()) + 6));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        double y = 0;
        const double left = 140;
        const double right = width() - 60;
        for (const auto &[name, rank] : m_ranks) {
            paintText(painter, QRectF(16, y, left - 20, 22), name, m_theme.font(TextRole::Panel), m_theme.color(Token::Text2));
            const QRectF bar(left, y + 8, right - left, 6);
            paintBox(painter, bar, 2, m_theme.color(Token::Border), Qt::transparent);
            if (std::isfinite(rank)) {
                const double share = std::clamp(1 - (rank - 1) / std::max(1.0, m_total - 1), 0.0, 1.0);
                paintBox(painter, QRectF(bar.left(), bar.top(), bar.width() * share, 6), 2, m_theme.color(Token::Text3),
                         Qt::transparent);
            }
            paintText(painter, QRectF(right, y, width() - right - 16, 22),
                      std::isfinite(rank) ? thousands(std::llround(rank)) : tr("not seen"), m_theme.font(TextRole::Mono),
                      m_theme.color(Token::Text), Qt::AlignRight);
            y += 22;
        }
    }

private:
    const Theme &m_theme;
    std::vector<std::pair<QString, double>> m_ranks;
    double m_total = 1;
};

SampleDetail::SampleDetail(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
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
    m_content = new QWidget;
    m_content->setAutoFillBackground(false);
    auto *rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(0, 12, 0, 8);
    rows->setSpacing(0);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 0, 16, 8);
    top->setSpacing(12);
    m_picture = new Picture(theme);
    top->addWidget(m_picture, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    m_subject = new TextLabel(theme, {}, TextRole::Panel, "text2");
    m_question = new TextLabel(theme, {}, TextRole::Panel);
    m_question->setWordWrap(true);
    m_size = new TextLabel(theme, {}, TextRole::Caption, "text3");
    words->addWidget(m_subject);
    words->addWidget(m_question);
    words->addWidget(m_size);
    words->addStretch();
    top->addLayout(words, 1);
    rows->addLayout(top);
    m_steps = new Steps(theme);
    rows->addWidget(m_steps);
    m_pathTitle = addSection(rows, tr("Weight path"));
    m_path = new CurvePlot(theme);
    m_path->setFixedHeight(theme.scaled(112));
    m_path->setPlotMargins(40, 12, 22, 22);
    m_path->setReadoutVisible(false);
    m_path->setYTicks(3);
    rows->addWidget(m_path);
    m_suspicionTitle = addSection(rows, tr("Suspicion by ranker"));
    m_suspicion = new Suspicion(theme);
    rows->addWidget(m_suspicion);
    m_probabilityTitle = addSection(rows, tr("p(given) of each step over training"));
    m_probabilities = new CurvePlot(theme);
    m_probabilities->setFixedHeight(theme.scaled(112));
    m_probabilities->setPlotMargins(40, 12, 88, 22);
    m_probabilities->setReadoutVisible(false);
    m_probabilities->setYTicks(3);
    rows->addWidget(m_probabilities);
    rows->addStretch();
    m_scroll->setWidget(m_content);
    m_content->setAutoFillBackground(false); // setWidget() turned it on
    layout->addWidget(m_scroll, 1);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addWidget(buildDecisions());
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

void SampleDetail::setSample(const SamplesData *source, std::optional<std::size_t> sample, int place, int total,
                             double iteration, float weight, Decision decision)
{
    const bool there = source && sample && *sample < source->samples.size();
    m_scroll->setVisible(there);
    m_none->setVisible(!there);
    for (auto &[value, button] : m_decisions) {
        button->setEnabled(there);
        button->setChecked(there && value == decision);
    }
    m_flipped->setVisible(there && *sample < source->noise.size() && source->noise[*sample] == 1);
    if (!there) {
        m_key->setText({});
        m_place->setText({});
        return;
    }
    const SampleRecord &record = source->samples[*sample];
    m_key->setFullText(QString::fromStdString(record.key));
    m_place->setText(place > 0 ? tr("%1 of %2").arg(thousands(place), thousands(total)) : tr("not in the table"));
    const QImage image = Thumbnails::load(QString::fromStdString(record.picturePath), 288);
    m_picture->setImage(image);
    m_subject->setText(QString::fromStdString(record.subject));
    QString question = QString::fromStdString(record.question).trimmed();
    if (question.startsWith(QLatin1String("### Question:"))) // the heading of the prompt's first turn
        question = question.mid(13).trimmed();
    m_question->setText(question);
    m_size->setText(record.picturePath.empty() ? tr("text only") : image.isNull() ? tr("picture cannot be read") : QString());
    std::vector<Steps::Row> rows;
    for (std::size_t s = 0; s < record.steps.size(); ++s) {
        Steps::Row row;
        row.text = QString::fromStdString(record.steps[s]);
        row.mark.plus = s >= record.labels.size() || record.labels[s];
        if (*sample < source->stepScores.size() && s < source->stepScores[*sample].size()) {
            row.p = source->stepScores[*sample][s];
            row.mark.disagrees = row.mark.plus ? *row.p < 0.5F : *row.p > 0.5F;
        }
        rows.push_back(std::move(row));
    }
    m_steps->setRows(std::move(rows), source->stepScoreSteps.empty()
                                          ? tr("p(+) not scored")
                                          : tr("p(+) at %1").arg(thousands(source->stepScoreSteps.back())));
    showPath(*source, *sample, iteration, weight);
    std::vector<std::pair<QString, double>> ranks;
    for (const RankerColumn &ranker : source->rankers) {
        const float own = ranker.suspicion[*sample];
        const auto before = std::count_if(ranker.suspicion.begin(), ranker.suspicion.end(),
                                          [own](float v) { return v > own; });
        ranks.emplace_back(ranker.name, std::isnan(own) ? std::nan("") : static_cast<double>(before) + 1);
    }
    m_suspicionTitle->setText(tr("Suspicion by ranker, rank of %1").arg(thousands(static_cast<std::int64_t>(source->samples.size()))));
    m_suspicion->setRanks(std::move(ranks), static_cast<double>(source->samples.size()));
    showProbabilities(*source, *sample, iteration);
}

void SampleDetail::showPath(const SamplesData &source, std::size_t sample, double iteration, float weight)
{
    Curve curve;
    curve.look = {0, 0, false};
    curve.steps = true;
    curve.markers = source.visitCount[sample] <= 40;
    for (std::size_t k = source.visitBegin[sample]; k < source.visitBegin[sample + 1]; ++k) {
        curve.x.push_back(static_cast<double>(source.visits.steps[source.visitOrder[k]]));
        curve.y.push_back(source.visits.weights[source.visitOrder[k]]);
    }
    const bool visited = !curve.x.empty();
    m_pathTitle->setText(tr("Weight path, %1 visits").arg(thousands(source.visitCount[sample])));
    m_pathValue->setText(std::isfinite(weight) ? tr("%1 at %2").arg(weightText(weight), thousands(std::llround(iteration)))
                                               : tr("no weight yet"));
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
    m_path->Plot::setCursor(iteration);
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
