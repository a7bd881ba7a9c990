#pragma once

#include "ui/support/number_format.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui {

/// Rows of a dot with its interval on one percent scale; rows may hold several dots (by subject).
class IntervalChart : public QWidget {
    Q_OBJECT
public:
    struct Mark {
        Interval value;
        SeriesLook look;
        Marker marker = Marker::Disc;
    };
    struct Row {
        QString name;
        std::vector<Mark> marks;
        QString right; ///< value or n
        bool quiet = false;
    };
    explicit IntervalChart(const Theme &theme, QWidget *parent = nullptr);
    void setRows(std::vector<Row> rows, double low, double high, double tick);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, 80}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<Row> m_rows;
    double m_low = 0;
    double m_high = 1;
    double m_tick = 0.2;
};

} // namespace winnow::ui
