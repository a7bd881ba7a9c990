#pragma once

#include "ui/bridge/row_browser.h"
#include "ui/widgets/cells.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

#include <list>
#include <unordered_map>

namespace winnow::ui
{

/// Rows of a data set as a table that holds a few pages of them: what is painted is asked for, what was scrolled away
/// is forgotten. With a search it shows the rows found so far. Lives on the GUI thread.
class DatasetRowsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { FileRow, Key, Subject, Question, Labels, Tokens, Tiles, ColumnCount };
    explicit DatasetRowsModel(QObject *parent = nullptr);

    /// Another data set; `questions`: its labels are right and wrong candidates.
    void setRows(std::int64_t rows, bool questions);
    /// Only what addFound() brings from now on.
    void startSearch();
    void endSearch();
    void addFound(const std::vector<std::int64_t> &indices);
    bool searching() const { return m_searching; }
    /// Rows that came; what is not there any more is passed over.
    void take(const std::vector<BrowsedRow> &rows);
    /// What is known of rows is out of date: ask again for what is seen.
    void forget();

    /// Index in the data set of a table row; -1: none.
    std::int64_t indexAt(int row) const;
    /// Table row of a sample; -1: not shown.
    int rowOf(std::int64_t index) const;
    std::size_t held() const { return m_held.size(); } ///< rows in memory

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr int pageRows = 64;
    static constexpr std::size_t mostHeld = 32 * pageRows;

Q_SIGNALS:
    /// Rows that are seen and not there.
    void wanted(const std::vector<std::int64_t> &indices) const;

private:
    struct Held {
        BrowsedRow row;
        std::list<std::int64_t>::iterator use;
    };
    const BrowsedRow *held(std::int64_t index) const;
    void ask();
    Cell cellOf(const BrowsedRow &row, int column) const;

    std::int64_t m_rows = 0;
    bool m_questions = false;
    bool m_searching = false;
    std::vector<std::int64_t> m_found;
    std::unordered_map<std::int64_t, Held> m_held; ///< by index
    mutable std::list<std::int64_t> m_uses; ///< indices, the one seen last in front
    mutable QSet<int> m_wantedPages; ///< of table rows
    QSet<int> m_askedPages;
    mutable QTimer m_ask;
};

} // namespace winnow::ui
