#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace winnow::ui
{

/// Names with a bar each, their count and their share of all. Lives on the GUI thread.
class ShareBars : public QWidget
{
    Q_OBJECT
public:
    struct Row {
        QString name;
        std::int64_t count = 0;
        Token token = Token::Control;
    };
    explicit ShareBars(const Theme &theme, QWidget *parent = nullptr);

    /// Bars as long as their share of all rows; `relative`: of the largest one, where there are many.
    void setRows(std::vector<Row> rows, bool relative);
    /// Bars below one another begin and end at the same places, whatever their names are.
    static void align(const std::vector<ShareBars *> &all);
    /// Where the bars begin and end; empty where there is no room for any.
    QRectF groove(int row) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {180, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// Widths of the widest name and the widest count.
    struct Columns {
        int name = 20;
        int count = 20;
    };
    Columns ownColumns() const;
    int rowHeight() const { return m_theme.scaled(24); }

    const Theme &m_theme;
    std::vector<Row> m_rows;
    Columns m_columns;
    bool m_relative = false;
};

} // namespace winnow::ui
