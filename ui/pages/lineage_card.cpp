#include "ui/pages/lineage_card.h"

#include "ui/bridge/paired_difference.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace winnow::ui {

namespace {

QString precisionText(const LineageSide &side)
{
    if (side.averagePrecision)
        return rateInterval(*side.averagePrecision);
    return side.samples > 0 ? LineageCard::tr("no known noise left") : LineageCard::tr("not known");
}

QString noiseText(const LineageSide &side)
{
    return LineageCard::tr("%1 of %2").arg(thousands(side.noisy), thousands(side.samples));
}

} // namespace

LineageCard::LineageCard(const Theme &theme, const LineagePair &pair, RunId shown, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(15, 2, 15, 6);
    layout->setSpacing(6);
    auto *made = new TextLabel(theme, tr("%1 = %2 − %3 excluded, %4 flipped")
                                          .arg(pair.after.data, pair.before.data, thousands(pair.excluded), thousands(pair.flipped)),
                               TextRole::Caption, "text2");
    made->setWordWrap(true);
    layout->addWidget(made);
    auto *runs = new QHBoxLayout;
    runs->setSpacing(6);
    runs->addWidget(linkTo(pair.before, pair.before.run == shown));
    runs->addWidget(new TextLabel(theme, QStringLiteral("→"), TextRole::Panel, "text3"));
    runs->addWidget(linkTo(pair.after, pair.after.run == shown));
    runs->addStretch();
    layout->addLayout(runs);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    addRow(grid, {}, tr("before"), tr("after"), {});
    const auto accuracy = [](const LineageSide &side) {
        return side.accuracy ? percentInterval(*side.accuracy) : LineageCard::tr("not evaluated");
    };
    addRow(grid, tr("Accuracy"), accuracy(pair.before), accuracy(pair.after),
           tr("Best-of-N, 95% Wilson interval; n = %1 and %2 questions").arg(thousands(pair.before.questions), thousands(pair.after.questions)));
    addRow(grid, tr("Noise AP"), precisionText(pair.before), precisionText(pair.after),
           tr("Average precision of low weight against known noise, 95% bootstrap interval. What is left to find changes with the "
              "data, so the two are not of one task."));
    addRow(grid, tr("Known noise"), noiseText(pair.before), noiseText(pair.after), {});
    layout->addLayout(grid);
    if (pair.difference) {
        auto *difference = new TextLabel(theme, tr("After minus before: %1, n = %2 paired questions")
                                                    .arg(differenceText(*pair.difference), thousands(pair.paired)),
                                         TextRole::Caption, "text");
        difference->setWordWrap(true);
        layout->addWidget(difference);
    }
    auto *compare = new Button(theme, tr("Compare the two"), Button::Kind::Link);
    connect(compare, &Button::clicked, this, [this, a = pair.before.run, b = pair.after.run] { Q_EMIT compareRequested(a, b); });
    layout->addWidget(compare, 0, Qt::AlignLeft);
}

QWidget *LineageCard::linkTo(const LineageSide &side, bool shown)
{
    if (shown) {
        auto *label = new TextLabel(m_theme, side.name, TextRole::Panel, "text");
        label->setElide(Qt::ElideMiddle);
        label->setMaximumWidth(m_theme.scaled(120));
        return label;
    }
    auto *link = new Button(m_theme, side.name, Button::Kind::Link);
    link->setMaximumWidth(m_theme.scaled(120));
    link->setToolTip(tr("Go to %1").arg(side.name).toHtmlEscaped());
    connect(link, &Button::clicked, this, [this, run = side.run] { Q_EMIT runRequested(run); });
    return link;
}

void LineageCard::addRow(QGridLayout *grid, const QString &name, const QString &before, const QString &after, const QString &tip)
{
    const int row = grid->rowCount();
    auto *label = new TextLabel(m_theme, name, TextRole::Caption, "text3");
    label->setToolTip(tip.toHtmlEscaped());
    grid->addWidget(label, row, 0);
    for (const bool second : {false, true}) {
        auto *value = new TextLabel(m_theme, second ? after : before, name.isEmpty() ? TextRole::Caption : TextRole::MonoSmall,
                                    name.isEmpty() ? "text3" : "text");
        value->setElide(Qt::ElideRight);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setToolTip((second ? after : before).toHtmlEscaped());
        grid->addWidget(value, row, second ? 2 : 1);
    }
}

} // namespace winnow::ui
