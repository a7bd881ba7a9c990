#pragma once

#include "ui/widgets/cells.h"

#include <QAbstractTableModel>

namespace winnow::ui {

/// A small table whose cells are made by the page: lists of at most a few thousand rows.
class SimpleTable : public QAbstractTableModel {
    Q_OBJECT
public:
    struct Column {
        QString name;
        Qt::Alignment alignment = Qt::AlignLeft;
    };
    using Row = std::vector<Cell>;

    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<Column> columns, std::vector<Row> rows)
    {
        beginResetModel();
        m_columns = std::move(columns);
        m_rows = std::move(rows);
        endResetModel();
    }
    /// What came later than its row: a picture, a text.
    void setCell(int row, int column, Cell cell)
    {
        m_rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] = std::move(cell);
        Q_EMIT dataChanged(index(row, column), index(row, column));
    }
    /// Rows with the wheat bar.
    void setSelectedRows(bool all)
    {
        m_allSelected = all;
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const Row &row = m_rows[static_cast<std::size_t>(index.row())];
        const auto column = static_cast<std::size_t>(index.column());
        if (role == CellRole)
            return QVariant::fromValue(column < row.size() ? row[column] : Cell());
        if (role == RowStateRole)
            return static_cast<int>(m_allSelected ? RowSelected : RowPlain);
        return {};
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::DisplayRole)
            return column.name;
        return role == Qt::TextAlignmentRole ? QVariant(static_cast<int>(column.alignment)) : QVariant();
    }

private:
    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
    bool m_allSelected = false;
};

} // namespace winnow::ui
