// The filters of the Samples page: chips, and the menus that set them.
#include "ui/pages/samples_page.h"

#include "ui/support/number_format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QMenu>

#include <limits>

namespace winnow::ui {

void SamplesPage::rebuildChips()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    if (m_selection->count() > 0 && !m_selection->selectionText().isEmpty()) {
        auto *chip = new Chip(theme(), m_selection->selectionText());
        chip->setActive(true);
        connect(chip, &Chip::closed, this, [this] {
            m_selection->clearSelection(this);
            m_scope->setCurrent(0);
        });
        m_chips->addWidget(chip);
    }
    QVector<std::pair<QString, QString>> subjectValues;
    for (const std::string &subject : m_data->subjects)
        if (subjectValues.size() < 60) // more do not fit a menu
            subjectValues << std::pair{QString::fromStdString(subject), QString::fromStdString(subject)};
    addFilterChip(QStringLiteral("subject"), tr("subject"), subjectValues);
    addFilterChip(QStringLiteral("label"), tr("label"), {{tr("all +"), QStringLiteral("+")}, {tr("some −"), QStringLiteral("-")}});
    addFilterChip(QStringLiteral("decision"), tr("decision"),
                  {{tr("none"), QStringLiteral("none")}, {tr("keep"), QStringLiteral("keep")}, {tr("flip"), QStringLiteral("flip")},
                   {tr("exclude"), QStringLiteral("exclude")}, {tr("unsure"), QStringLiteral("unsure")}});
    addExtraChips();
}

void SamplesPage::setFilter(const SelectionModel::Filter &filter)
{
    auto filters = m_selection->filters();
    if (filter.field != QLatin1String("mask"))
        std::erase_if(filters, [&](const auto &f) { return f.field == filter.field; });
    filters.push_back(filter);
    m_selection->setFilters(std::move(filters), this);
}

void SamplesPage::removeFilter(const QString &field, const QString &text)
{
    auto filters = m_selection->filters();
    if (std::erase_if(filters, [&](const auto &f) { return f.field == field && (text.isEmpty() || f.text == text); }) > 0)
        m_selection->setFilters(std::move(filters), this);
}

void SamplesPage::addFilterChip(const QString &field, const QString &name, const QVector<std::pair<QString, QString>> &values)
{
    QString value;
    for (const auto &filter : m_selection->filters())
        if (filter.field == field)
            value = filter.text;
    auto *chip = new Chip(theme(), value.isEmpty() ? name : QStringLiteral("%1: %2").arg(name, value));
    chip->setArrow(value.isEmpty());
    chip->setActive(!value.isEmpty());
    connect(chip, &Chip::closed, this, [this, field] { removeFilter(field, {}); });
    connect(chip, &Chip::clicked, this, [this, chip, field, values] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("any"), this, [this, field] { removeFilter(field, {}); });
        for (const auto &[text, key] : values)
            menu->addAction(QString(text).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                            [this, field, text = text, key = key] { setFilter({text, field, key}); });
        menu->popup(chip->mapToGlobal(QPoint(0, chip->height() + 4)));
    });
    m_chips->addWidget(chip);
}

/// Filters that "Add filter" made.
void SamplesPage::addExtraChips()
{
    static const QStringList always{QStringLiteral("subject"), QStringLiteral("label"), QStringLiteral("decision")};
    for (const auto &filter : m_selection->filters()) {
        if (always.contains(filter.field))
            continue;
        auto *chip = new Chip(theme(), filter.text);
        chip->setActive(true);
        connect(chip, &Chip::closed, this, [this, field = filter.field, text = filter.text] { removeFilter(field, text); });
        m_chips->addWidget(chip);
    }
}

void SamplesPage::fillFilterMenu(QMenu *menu)
{
    if (!m_data)
        return;
    menu->addAction(tr("Reviewed"), this, [this] { setFilter({tr("reviewed"), QStringLiteral("reviewed"), QStringLiteral("yes")}); });
    menu->addAction(tr("Not reviewed"), this, [this] { setFilter({tr("not reviewed"), QStringLiteral("reviewed"), QStringLiteral("no")}); });
    if (!m_data->noise.empty()) {
        menu->addAction(tr("Known flipped"), this, [this] { setFilter({tr("known flipped"), QStringLiteral("known"), QStringLiteral("flipped")}); });
        menu->addAction(tr("Known clean"), this, [this] { setFilter({tr("known clean"), QStringLiteral("known"), QStringLiteral("clean")}); });
    }
    if (const auto limit = m_selection->weightLimit())
        menu->addAction(tr("Weight ≤ %1").arg(weightText(*limit)), this, [this, limit] {
            setFilter({tr("weight ≤ %1").arg(weightText(*limit)), QStringLiteral("weight"), {}, -std::numeric_limits<double>::infinity(), *limit});
        });
    const Consensus &consensus = m_data->consensus;
    if (consensus.runs < 2)
        return;
    menu->addSeparator();
    for (int k = 1; k <= consensus.runs; ++k)
        menu->addAction(tr("Down-weighted in at least %1 of %2 runs").arg(k).arg(consensus.runs), this, [this, k] {
            auto mask = std::make_shared<std::vector<std::uint8_t>>();
            for (const std::int32_t times : m_data->consensus.downWeighted)
                mask->push_back(times >= k ? 1 : 0);
            const QString text = tr("down in ≥ %1 of %2 runs").arg(k).arg(m_data->consensus.runs);
            setFilter({text, QStringLiteral("mask"), text, 0, 0, mask});
        });
}

} // namespace winnow::ui
