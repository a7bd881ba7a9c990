#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

namespace winnow::ui {

/// One choice of few, side by side. Arrows move it.
class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    SegmentedControl(const Theme &theme, const QStringList &names, QWidget *parent = nullptr);

    int current() const { return m_current; }
    void setCurrent(int index);
    void setNames(const QStringList &names);
    void setSmall(bool small);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int segmentWidth(int index) const;

    const Theme &m_theme;
    QStringList m_names;
    int m_current = 0;
    bool m_small = false;
};

} // namespace winnow::ui
