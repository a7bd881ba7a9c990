#pragma once

#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QTableView>

namespace winnow::ui {

/// Header of our tables: 28 px, medium grey words, an arrow at the sorted column, one line below.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    TableHeader(const Theme &theme, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

/// A table of cells (ui/widgets/cells.h): fixed row height, no grid, hover and current row across all columns. Its
/// model gives Cell structs; selection belongs to the model (RowStateRole), not to the view.
class DataTable : public QTableView {
    Q_OBJECT
public:
    DataTable(const Theme &theme, QWidget *parent = nullptr);

    int hoverRow() const { return m_hoverRow; }
    /// Another height than that of all tables.
    void setRowHeight(int pixels);
    /// Width of a column; `stretch` columns share what is left in proportion.
    struct Column {
        int width = 80;
        double stretch = 0;
        int hideBelow = 0; ///< hidden while the table is narrower than this
    };
    void setColumns(const QVector<Column> &columns);
    bool pointerInside() const { return m_pointerInside; }

Q_SIGNALS:
    void rowActivated(const QModelIndex &index);
    void cellClicked(const QModelIndex &index, Qt::KeyboardModifiers modifiers);
    void currentRowChanged(int row);
    void pointerLeft();

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOutColumns();

    const Theme &m_theme;
    QVector<Column> m_columns;
    int m_hoverRow = -1;
    bool m_ownHeight = false;
    bool m_pointerInside = false;
};

} // namespace winnow::ui
