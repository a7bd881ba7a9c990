// What the Compare page shows of the learned weights of A and of the run beside it.
#include "ui/bridge/store_session.h"
#include "ui/models/simple_table.h"
#include "ui/models/thumbnails.h"
#include "ui/pages/compare_page.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/panel.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace winnow::ui {

namespace {

constexpr std::size_t shownRows = 500; // the rest is counted in the header and opens in Samples
constexpr int pictureColumn = 0;
constexpr int keyColumn = 1;
constexpr int labelColumn = 2;

} // namespace

QString ComparePage::quadrantName(Quadrant quadrant) const
{
    switch (quadrant) {
    case Quadrant::OnlyARejects: return tr("Only A rejects");
    case Quadrant::BothKeep: return tr("Both keep");
    case Quadrant::BothReject: return tr("Both reject");
    case Quadrant::OnlyBRejects: break;
    }
    return tr("Only %1 rejects").arg(letterOf(m_pair));
}

QString ComparePage::whyNoWeights() const
{
    const RunScores &a = m_data->runs.front();
    const RunScores *b = other();
    if (b && b->trainSha256 != a.trainSha256)
        return tr("These runs used different data (%1, %2). Weights cannot be matched.").arg(a.trainHash, b->trainHash);
    if (b && !a.weights.empty() && !b->weights.empty())
        return tr("These runs kept different rows of the same data. Weights cannot be matched.");
    return tr("A run without learned weights has none to compare.");
}

void ComparePage::showWeights()
{
    if (!m_agreement) {
        m_weights->setPoints({}, {}, {});
        m_weights->setCorners({{whyNoWeights(), Qt::AlignLeft | Qt::AlignTop, true}});
        m_weights->setShade(std::nullopt, false);
        m_weightsPanel->setUnit({});
        m_weightsPanel->setLegend({});
        return;
    }
    const auto &a = m_data->runs.front();
    if (m_agreement->count(m_quadrant) == 0)
        m_quadrant = m_agreement->count(Quadrant::OnlyARejects) > 0   ? Quadrant::OnlyARejects
                     : m_agreement->count(Quadrant::OnlyBRejects) > 0 ? Quadrant::OnlyBRejects
                                                                      : Quadrant::BothReject;
    const QString b = letterOf(m_pair);
    m_weights->setXName(tr("weight in A at iteration %1, in %2 at %3").arg(thousands(a.weightStep), b, thousands(other()->weightStep)));
    m_weights->setYName({});
    m_weights->setGuides({static_cast<double>(rejectLimit)}, {static_cast<double>(rejectLimit)});
    const auto count = [this](Quadrant quadrant) { return thousands(m_agreement->count(quadrant)); };
    m_weights->setCorners({{tr("only A rejects %1").arg(count(Quadrant::OnlyARejects)), Qt::AlignLeft | Qt::AlignTop, true},
                           {tr("both keep %1").arg(count(Quadrant::BothKeep)), Qt::AlignRight | Qt::AlignTop, false},
                           {tr("both reject %1").arg(count(Quadrant::BothReject)), Qt::AlignLeft | Qt::AlignBottom, false},
                           {tr("only %1 rejects %2").arg(b, count(Quadrant::OnlyBRejects)), Qt::AlignRight | Qt::AlignBottom, false}});
    m_weights->setPoints(a.weights, other()->weights, m_data->trainNoise);
    const auto rate = [](double v) { return std::isfinite(v) ? rateText(v, 2) : QStringLiteral("–"); };
    QString unit = tr("ρ = %1, τ = %2, n = %3").arg(rate(m_agreement->spearman), rate(m_agreement->kendall),
                                                     thousands(static_cast<std::int64_t>(m_agreement->samples)));
    if (m_agreement->leftOut > 0)
        unit += tr(", %1 never visited").arg(thousands(static_cast<std::int64_t>(m_agreement->leftOut)));
    m_weightsPanel->setUnit(unit);
    m_weightsPanel->setToolTip(tr("ρ: Spearman's rank correlation, τ: Kendall's tau-b, of the two runs' weights."));
    m_weightsPanel->setLegend(m_data->trainNoise.empty() ? QVector<LegendItem>()
                                                         : QVector<LegendItem>{{tr("known flipped"), {}, LegendItem::Kind::Cross}});
}

void ComparePage::showOverlap()
{
    if (!m_agreement) {
        m_overlap->setCorners({{whyNoWeights(), Qt::AlignLeft | Qt::AlignTop, true}});
        m_overlapPanel->setLegend({});
        m_overlap->setCurves({});
        return;
    }
    const QString name = tr("A and %1").arg(letterOf(m_pair));
    Curve both{.name = name, .look = {3, 0, false}};
    Curve chance{.name = tr("chance"), .look = {0, 2, true}};
    for (const OverlapPoint &point : m_agreement->overlap) {
        const auto k = static_cast<double>(point.k);
        const winnow::Interval wilson =
            wilsonInterval(static_cast<std::int64_t>(point.common), static_cast<std::int64_t>(point.k));
        both.x.push_back(k);
        both.y.push_back(point.share());
        both.low.push_back(wilson.low);
        both.high.push_back(wilson.high);
        chance.x.push_back(k);
        chance.y.push_back(k / static_cast<double>(m_agreement->samples));
    }
    if (both.x.empty())
        return;
    QVector<double> ticks;
    for (double power = 10; power <= both.x.back(); power *= 10)
        for (const double tick : {power, 3 * power})
            if (tick <= both.x.back())
                ticks << tick;
    const double from = both.x.front();
    const double end = std::max(both.x.back(), from + 1);
    std::vector<Curve> curves;
    curves.push_back(std::move(both));
    curves.push_back(std::move(chance));
    m_overlapPanel->setLegend({});
    m_overlap->setCorners({{tr("%1, 95% Wilson; dotted: chance").arg(name), Qt::AlignLeft | Qt::AlignTop, false}});
    m_overlap->setLogX(ticks);
    m_overlap->setXName(tr("k lowest, log scale"));
    m_overlap->setYRange(0, 1);
    m_overlap->setCurves(std::move(curves));
    m_overlap->setXRange(from, end);
}

std::vector<Cell> ComparePage::rowOf(std::uint32_t sample) const
{
    const auto number = [](const QString &text) {
        return TextCell{.text = text, .mono = true, .alignment = Qt::AlignRight};
    };
    const int known = sample < m_data->trainNoise.size() ? m_data->trainNoise[sample] : -1;
    return {ThumbnailCell{}, TextCell{}, StepsCell{}, // readTexts() fills these
            number(weightText(static_cast<double>(m_data->runs.front().weights[sample]))),
            number(weightText(static_cast<double>(other()->weights[sample]))),
            number(thousands(std::llround(m_agreement->rankA[sample]))), number(thousands(std::llround(m_agreement->rankB[sample]))),
            known < 0    ? TextCell{.text = tr("not known"), .token = Token::Text3}
            : known == 1 ? TextCell{.text = tr("flipped"), .token = Token::Flip, .icon = QStringLiteral("flip")}
                         : TextCell{.text = tr("clean"), .token = Token::Text2, .icon = QStringLiteral("check")}};
}

std::vector<std::uint32_t> ComparePage::listedSamples() const
{
    if (!m_agreement || static_cast<std::int64_t>(m_data->runs.front().weights.size()) > m_data->trainRows)
        return {};
    if (m_brushed.empty())
        return samplesOfQuadrant(*m_agreement, m_data->runs.front().weights, other()->weights, m_quadrant);
    std::vector<std::uint32_t> samples = m_brushed; // in the order of the quadrants' lists: largest rank gap first
    std::stable_sort(samples.begin(), samples.end(), [this](std::uint32_t a, std::uint32_t b) {
        const auto gap = [this](std::uint32_t i) { return std::abs(m_agreement->rankA[i] - m_agreement->rankB[i]); };
        return gap(a) > gap(b);
    });
    return samples;
}

void ComparePage::brush(const std::vector<std::uint32_t> &samples, Qt::KeyboardModifiers modifiers)
{
    if (!m_agreement)
        return;
    const auto known = [this](std::uint32_t i) { return std::isfinite(m_agreement->rankA[i]) && std::isfinite(m_agreement->rankB[i]); };
    std::set<std::uint32_t> chosen(m_brushed.begin(), m_brushed.end());
    if (!(modifiers & (Qt::ShiftModifier | Qt::AltModifier | Qt::ControlModifier)))
        chosen.clear();
    for (const std::uint32_t i : samples) {
        if (!known(i))
            continue;
        const bool remove = (modifiers & Qt::AltModifier) || ((modifiers & Qt::ControlModifier) && chosen.contains(i));
        if (remove)
            chosen.erase(i);
        else
            chosen.insert(i);
    }
    m_brushed.assign(chosen.begin(), chosen.end());
    showList();
}

void ComparePage::rowChosen(int row)
{
    if (!m_data || row < 0 || row >= m_list->rowCount())
        return m_weights->setCurrent(std::nullopt, {});
    const auto key = m_list->index(row, keyColumn).data(CellRole).value<Cell>();
    m_weights->setCurrent(m_listed[static_cast<std::size_t>(row)], std::get<TextCell>(key).text);
}

void ComparePage::showQuadrant()
{
    for (std::size_t i = 0; i < m_quadrantActions.size(); ++i)
        m_quadrantActions[i]->setText(quadrantName(static_cast<Quadrant>(i)));
    showList();
}

void ComparePage::showList()
{
    const bool brushed = !m_brushed.empty();
    m_listPanel->setTitle(brushed ? tr("Brushed samples") : quadrantName(m_quadrant));
    m_listed = listedSamples();
    std::vector<SimpleTable::Row> rows;
    if (m_agreement) {
        std::vector<std::uint8_t> mask(m_data->runs.front().weights.size());
        for (const std::uint32_t i : m_listed) {
            mask[i] = !brushed && m_quadrant == Quadrant::BothKeep ? 0 : 1; // most samples: marking them would say nothing
            if (rows.size() < shownRows)
                rows.push_back(rowOf(i));
        }
        m_weights->setSelected(std::move(mask));
        const double limit = static_cast<double>(rejectLimit);
        const bool left = m_quadrant == Quadrant::OnlyARejects || m_quadrant == Quadrant::BothReject;
        const bool top = m_quadrant == Quadrant::OnlyARejects || m_quadrant == Quadrant::BothKeep;
        const QRectF quadrant(QPointF(left ? -1e6 : limit, top ? limit : -1e6), QPointF(left ? limit : 1e6, top ? 1e6 : limit));
        m_weights->setShade(brushed ? std::nullopt : std::optional(quadrant), false);
    }
    const QString total = thousands(static_cast<std::int64_t>(m_listed.size()));
    m_listPanel->setUnit(m_listed.size() > rows.size()
                             ? tr("%1 of %2 samples, largest rank gap first").arg(thousands(static_cast<std::int64_t>(rows.size())), total)
                             : tr("%1 samples, largest rank gap first").arg(total));
    m_open->setEnabled(!m_listed.empty());
    const QString b = letterOf(m_pair);
    m_list->set({{tr("Picture")}, {tr("Sample")}, {tr("Given labels")}, {tr("w in A"), Qt::AlignRight},
                 {tr("w in %1").arg(b), Qt::AlignRight}, {tr("Rank A"), Qt::AlignRight}, {tr("Rank %1").arg(b), Qt::AlignRight},
                 {tr("Known")}},
                std::move(rows));
    // What each run's rank is says the order too: the ranks give way before the rest is cut.
    m_table->setColumns({{64}, {92, 0.7}, {104, 0.3}, {62}, {62}, {62, 0, 522}, {62, 0, 584}, {76}});
    m_weights->setCurrent(std::nullopt, {});
    readTexts();
    Q_EMIT selectionChanged();
}

/// Keys, labels and pictures of the rows that are shown. All of a large training set would not fit into the window's memory.
void ComparePage::readTexts()
{
    const int number = ++m_listNumber;
    m_pictureRows.clear();
    if (m_list->rowCount() == 0)
        return;
    const std::vector<std::uint32_t> shown(m_listed.begin(), m_listed.begin() + m_list->rowCount());
    session().request<std::vector<SampleRecord>>(
        this,
        [train = m_data->train, shown](StoreReader &reader) { return DatasetStore(reader.database()).samples(train, shown); },
        [this, number](const Result<std::vector<SampleRecord>> &records) {
            if (number != m_listNumber)
                return;
            if (!records.ok())
                return m_listPanel->showError(coreWords(records.error().message));
            m_listPanel->clearError();
            showTexts(*records);
        });
}

void ComparePage::showTexts(const std::vector<SampleRecord> &records)
{
    for (int row = 0; row < static_cast<int>(records.size()); ++row) {
        const SampleRecord &record = records[static_cast<std::size_t>(row)];
        m_list->setCell(row, keyColumn, TextCell{.text = QString::fromStdString(record.key)});
        StepsCell steps;
        for (const bool label : record.labels)
            steps.steps.push_back({label, false});
        m_list->setCell(row, labelColumn, std::move(steps));
        const QString path = QString::fromStdString(record.picturePath);
        m_pictureRows.insert(path, row);
        m_list->setCell(row, pictureColumn, ThumbnailCell{context().thumbnails.get(path)});
    }
    if (const QModelIndex current = m_table->currentIndex(); current.isValid())
        rowChosen(current.row());
}

void ComparePage::showPicture(const QString &path)
{
    for (const int row : m_pictureRows.values(path))
        m_list->setCell(row, pictureColumn, ThumbnailCell{context().thumbnails.get(path)});
}

} // namespace winnow::ui
