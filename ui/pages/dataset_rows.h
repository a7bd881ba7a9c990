#pragma once

#include "ui/models/dataset_rows_model.h"
#include "ui/pages/page.h"

#include <QTimer>

class QLineEdit;

namespace winnow::ui
{

class Button;
class DataTable;
class Panel;
class RowDetail;
class TextLabel;

/// The rows of one data set: search, list, and one row whole. Reads through a RowBrowser, so the size of the set does
/// not matter. Lives on the GUI thread.
class DatasetRows : public QWidget
{
    Q_OBJECT
public:
    explicit DatasetRows(const PageContext &context, QWidget *parent = nullptr);

    void showSet(const BrowseSource &source);
    void closeSet();
    void searchFor(const QString &text);
    void focusSearch();
    const DatasetRowsModel &model() const { return *m_model; }
    bool busy() const { return m_browser->pending() > 0 || m_searchLater.isActive(); }
    void step(int by); ///< previous or next row

Q_SIGNALS:
    void tokenizerRequested();

private:
    QWidget *buildList();
    void connectBrowser();
    void startSearch();
    void showCurrent(int row);
    void showCount();
    void showRow(const BrowsedRow &row, int candidate);
    bool isQuestions() const { return m_source.record.kind == "test"; }

    PageContext m_context;
    RowBrowser *m_browser;
    DatasetRowsModel *m_model;
    BrowseSource m_source;
    bool m_open = false;
    QTimer m_searchLater;
    qint64 m_looked = 0;
    std::int64_t m_current = -1; ///< index in the data set
    QLineEdit *m_search = nullptr;
    TextLabel *m_count = nullptr;
    Panel *m_list = nullptr;
    DataTable *m_table = nullptr;
    TextLabel *m_note = nullptr;
    Button *m_tokenizer = nullptr;
    RowDetail *m_detail = nullptr;
};

} // namespace winnow::ui
