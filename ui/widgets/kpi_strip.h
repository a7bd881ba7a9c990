#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui {

/// Figures side by side: label, number, and what makes it readable (interval, n, unit).
class KpiStrip : public QWidget {
    Q_OBJECT
public:
    struct Figure {
        QString label;
        QString value;
        QString note;
        QString help;
    };
    KpiStrip(const Theme &theme, QWidget *parent = nullptr);
    void setFigures(const QVector<Figure> &figures);
    QSize sizeHint() const override { return {600, m_theme.scaled(56)}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    const Theme &m_theme;
    QVector<Figure> m_figures;
};

} // namespace winnow::ui
