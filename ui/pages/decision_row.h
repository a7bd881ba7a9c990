#pragma once

#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <utility>
#include <vector>

class QHBoxLayout;

namespace winnow::ui {

class Button;

/// The four decisions on a sample: words and keys where all of them fit, else icons and keys, so that no button shows
/// less than its neighbour.
class DecisionRow : public QWidget {
    Q_OBJECT
public:
    explicit DecisionRow(const Theme &theme, QWidget *parent = nullptr);

    /// The decision of the shown sample; nothing: there is no sample to decide on.
    void setDecision(std::optional<Decision> decision);

Q_SIGNALS:
    void decided(winnow::Decision decision);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int dress(bool words);

    QHBoxLayout *m_row;
    std::vector<std::pair<Decision, Button *>> m_buttons;
};

} // namespace winnow::ui
