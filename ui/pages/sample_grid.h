#pragma once

#include "ui/theme/theme.h"

#include <QListView>

namespace winnow::ui {

class SamplesModel;

/// The rows of the samples table as pictures, in the same order, with place, weight and decision.
class SampleGrid : public QListView {
    Q_OBJECT
public:
    SampleGrid(const Theme &theme, SamplesModel &model, QWidget *parent = nullptr);
    /// A hidden grid follows no model: laying out a million pictures that nobody sees costs seconds.
    void attach(bool on);

Q_SIGNALS:
    void currentRowChanged(int row);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    SamplesModel &m_samples;
};

} // namespace winnow::ui
