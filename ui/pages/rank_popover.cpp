#include "ui/pages/rank_popover.h"

#include "ui/plots/curve_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace winnow::ui {

namespace {

QString rankerTitle(const std::string &name)
{
    static const std::map<std::string, const char *> titles = {
        {"weight", "Learned weight"}, {"loss_ema", "Loss EMA"}, {"confidence", "Confidence"},
        {"variability", "Variability"}, {"area_under_margin", "Area under margin"}, {"in_run_shapley", "In-run Shapley"}};
    const auto at = titles.find(name);
    return at == titles.end() ? QString::fromStdString(name) : rankerWords(QLatin1String(at->second));
}

} // namespace

RankPopover::RankPopover(const Theme &theme, QWidget *parent) : QFrame(parent, Qt::Popup), m_theme(theme)
{
    setObjectName(QStringLiteral("rankers"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    m_table = new QWidget;
    layout->addWidget(m_table);
    m_words = new TextLabel(theme, {}, TextRole::Caption, "text3");
    m_words->setWordWrap(true);
    layout->addWidget(m_words);
    m_what = new SegmentedControl(theme, {tr("AUROC"), tr("AP"), tr("Precision at k")});
    m_what->setSmall(true);
    connect(m_what, &SegmentedControl::currentChanged, this, &RankPopover::fillPlot);
    layout->addWidget(m_what, 0, Qt::AlignLeft);
    m_plot = new CurvePlot(theme);
    m_plot->setDescription(tr("Noise score over training"));
    m_plot->setFixedHeight(theme.scaled(190));
    m_plot->setPlotMargins(40, 12, 120, 24);
    m_plot->setXUnit(tr("iterations"));
    layout->addWidget(m_plot);
    setFixedWidth(theme.scaled(560));
}

void RankPopover::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Window));
    paintBox(painter, rect(), 8, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
}

void RankPopover::show(std::shared_ptr<const SamplesData> samples, int current, QPoint at)
{
    m_data = std::move(samples);
    m_current = current;
    const bool known = !m_data->noise.empty();
    m_what->setVisible(known);
    m_plot->setVisible(known);
    fillTable();
    if (known)
        compute();
    adjustSize();
    move(at);
    QFrame::show();
}

void RankPopover::compute()
{
    using Outcome = std::shared_ptr<Result<NoiseReport>>;
    QtConcurrent::run([data = m_data]() -> Outcome { return std::make_shared<Result<NoiseReport>>(makeNoiseReport(*data)); })
        .then(this, [this](const Outcome &outcome) {
            if (!outcome->ok()) {
                m_failed = true;
                m_words->setText(coreWords(outcome->error().message));
                return;
            }
            m_report = std::make_shared<const NoiseReport>(std::move(outcome->value()));
            fillTable();
            fillPlot();
        });
}

void RankPopover::fillTable()
{
    delete m_table->layout();
    for (QWidget *child : m_table->findChildren<QWidget *>(Qt::FindDirectChildrenOnly))
        child->deleteLater();
    auto *grid = new QGridLayout(m_table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    const bool known = !m_data->noise.empty();
    const QStringList heads = known ? QStringList{tr("Rank by"), tr("AUROC"), tr("Average precision")}
                                    : QStringList{tr("Rank by"), tr("Rank correlation with the learned weight")};
    for (int c = 0; c < heads.size(); ++c)
        grid->addWidget(new TextLabel(m_theme, heads[c], TextRole::Label, "text3"), 0, c);
    std::vector<std::size_t> order(m_data->rankers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto worth = [this](std::size_t i) {
        const RankerColumn &r = m_data->rankers[i];
        return r.auroc ? r.auroc->value : r.correlation.value_or(-2);
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
    int row = 1;
    for (const std::size_t i : order) {
        const RankerColumn &ranker = m_data->rankers[i];
        auto *name = new Button(m_theme, rankerWords(ranker.name), Button::Kind::Flat);
        name->setSmall(true);
        name->setEmphasis(static_cast<int>(i) == m_current);
        connect(name, &Button::clicked, this, [this, i] {
            Q_EMIT chosen(static_cast<int>(i));
            close();
        });
        grid->addWidget(name, row, 0, Qt::AlignLeft);
        const auto figure = [&](const QString &text, int column) {
            grid->addWidget(new TextLabel(m_theme, text, TextRole::Mono), row, column);
        };
        if (known) {
            figure(ranker.auroc ? rateInterval(*ranker.auroc) : tr("not seen"), 1);
            const bool interval = m_report && i < m_report->precision.size() && m_report->precision[i];
            figure(interval ? rateInterval({m_report->precision[i]->value, m_report->precision[i]->low, m_report->precision[i]->high})
                   : ranker.averagePrecision ? rateText(*ranker.averagePrecision) : tr("not seen"), 2);
        } else {
            figure(ranker.correlation ? rateText(*ranker.correlation) : tr("not seen"), 1);
        }
        ++row;
    }
    m_words->setText(wordsBelow());
}

QString RankPopover::wordsBelow() const
{
    QString words;
    if (!m_data->noise.empty()) {
        const auto noisy = std::count(m_data->noise.begin(), m_data->noise.end(), std::int8_t{1});
        const auto clean = std::count(m_data->noise.begin(), m_data->noise.end(), std::int8_t{0});
        words = tr("n = %1 known flipped, %2 clean. 95% intervals: AUROC by DeLong, AP by bootstrap%3.")
                    .arg(thousands(noisy), thousands(clean),
                         m_report ? tr(" of %1 resamples").arg(thousands(m_report->resamples)) : tr(", being computed"));
    } else {
        words = tr("n = %1 samples. No label of this data is known to be noise, so rankers are only compared with each other.")
                    .arg(thousands(static_cast<std::int64_t>(m_data->samples.size())));
    }
    if (m_data->consensus.runs > 1)
        words += tr(" Consensus: mean rank over %1 runs that differ in the seed only, agreement %2.")
                     .arg(m_data->consensus.runs).arg(rateText(m_data->consensus.agreement));
    return words;
}

void RankPopover::fillPlot()
{
    if (!m_report)
        return;
    std::vector<Curve> curves;
    QVector<Plot::DirectLabel> labels;
    const NoiseScores &scores = m_report->scores;
    for (std::size_t s = 0; s < scores.series.size(); ++s) {
        Curve curve;
        curve.name = rankerTitle(scores.series[s].ranker);
        curve.look = {static_cast<int>(s % 6), 0, false};
        for (std::size_t k = 0; k < scores.steps.size(); ++k) {
            const NoiseScore &score = scores.series[s].scores[k];
            curve.x.push_back(static_cast<double>(scores.steps[k]));
            curve.y.push_back(m_what->current() == 0 ? score.auroc : m_what->current() == 1 ? score.averagePrecision : score.precisionAtK);
        }
        const auto last = std::find_if(curve.y.rbegin(), curve.y.rend(), [](double v) { return std::isfinite(v); });
        if (last == curve.y.rend())
            continue;
        labels << Plot::DirectLabel{curve.name, *last, curve.look, true};
        curves.push_back(std::move(curve));
    }
    m_what->setNames({tr("AUROC"), tr("AP"), tr("Precision at %1").arg(thousands(static_cast<std::int64_t>(scores.k)))});
    m_plot->setYRange(0, 1);
    m_plot->setFormatter([](double v) { return rateText(v); });
    m_plot->setDirectLabels(labels);
    m_plot->setCurves(std::move(curves));
    if (!scores.steps.empty())
        m_plot->setXRange(static_cast<double>(scores.steps.front()), static_cast<double>(std::max(scores.steps.back(), scores.steps.front() + 1)));
}

} // namespace winnow::ui
