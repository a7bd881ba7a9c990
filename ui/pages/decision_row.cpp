#include "ui/pages/decision_row.h"

#include "ui/models/samples_model.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>

#include <array>

namespace winnow::ui {

DecisionRow::DecisionRow(const Theme &theme, QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
    setMinimumWidth(1); // it has an answer to every width
    const std::array<std::pair<Decision, const char *>, 4> all = {
        {{Decision::Keep, "K"}, {Decision::Flip, "F"}, {Decision::Exclude, "X"}, {Decision::Unsure, "U"}}};
    for (const auto &[decision, key] : all) {
        const BadgeLook look = decisionBadge(decision);
        auto *button = new Button(theme, look.text);
        button->setTint(look.token);
        button->setKeyHint(QLatin1String(key));
        button->setSmall(true); // less air beside the words, but as high as others
        button->setMinimumHeight(theme.scaled(30));
        button->setCheckable(true);
        button->setAccessibleName(look.text);
        button->setToolTip(QStringLiteral("%1 (%2)").arg(look.text, QLatin1String(key)));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &Button::clicked, this, [this, value = decision] { Q_EMIT decided(value); });
        m_row->addWidget(button); // without a stretch: a longer word gets a wider button
        m_buttons.emplace_back(decision, button);
    }
}

void DecisionRow::setDecision(std::optional<Decision> decision)
{
    for (auto &[value, button] : m_buttons) {
        button->setEnabled(decision.has_value());
        button->setChecked(decision == value);
    }
}

void DecisionRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (dress(true) > width())
        dress(false);
}

/// The room that the buttons want.
int DecisionRow::dress(bool words)
{
    int wide = m_row->spacing() * (static_cast<int>(m_buttons.size()) - 1);
    for (auto &[decision, button] : m_buttons) {
        const BadgeLook look = decisionBadge(decision);
        button->setText(words ? look.text : QString());
        button->setIconName(words ? QString() : look.icon);
        wide += button->sizeHint().width();
    }
    return wide;
}

} // namespace winnow::ui
