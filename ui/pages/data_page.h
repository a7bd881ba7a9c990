#pragma once

#include "ui/bridge/import_job.h"
#include "ui/bridge/row_browser.h"
#include "ui/models/dataset_info.h"
#include "ui/pages/page.h"

#include <map>

class QStackedWidget;

namespace winnow::ui
{

class Button;
class DatasetReport;
class DatasetRows;
class DataTable;
class EmptyState;
class ImportStrip;
class Panel;
class Preferences;
class SegmentedControl;
class SimpleTable;
class TextLabel;

/// What went in, and what was dropped: data sets with their import reports, and their rows one by one.
class DataPage : public Page
{
    Q_OBJECT
public:
    /// `job` and `preferences` outlive the page's use of them.
    DataPage(const PageContext &context, ImportJob &job, Preferences &preferences, QWidget *parent = nullptr);

    QString title() const override { return tr("Data"); }
    QWidget *primary() override;
    void setRuns(const RunsData &runs) override;
    void activate() override;
    QString selectionText() const override;
    bool findInPage();
    /// Shows this set once it was read.
    void showSet(DatasetId set);
    enum class View { Report, Rows };
    void setView(View view);
    /// Folder that tokens are counted with from now on; remembered for the file that is shown.
    void setTokenizer(const QString &folder);
    QString tokenizer() const { return m_tokenizer; }
    DatasetRows &rows() { return *m_rows; }
    bool busy() const;

Q_SIGNALS:
    void runOnDataRequested(const QString &rowFile, winnow::RunId origin);
    void importAgainRequested();

private:
    QWidget *buildContent();
    QWidget *buildHead();
    void connectJob();
    void load();
    void applySets(std::vector<DatasetInfo> sets);
    void fillList();
    void showCurrent();
    void showFacts(const DatasetInfo &set);
    void verifyHash();
    void countRows();
    void rememberTokenizer();
    BrowseSource sourceOf(const DatasetRecord &record) const;
    const DatasetInfo *current() const;

    ImportJob &m_job;
    Preferences &m_preferences;
    std::map<DatasetId, QString> m_imported; ///< tokenizers to remember once the hashes of the sets are read
    std::vector<DatasetInfo> m_sets;
    RunRows m_runs;
    DatasetId m_current;
    QString m_tokenizer;
    QStackedWidget *m_stack = nullptr;
    ImportStrip *m_strip = nullptr;
    Button *m_import = nullptr;
    SimpleTable *m_list = nullptr;
    DataTable *m_listTable = nullptr;
    Panel *m_setsPanel = nullptr;
    TextLabel *m_name = nullptr;
    TextLabel *m_kind = nullptr;
    TextLabel *m_file = nullptr;
    TextLabel *m_origin = nullptr;
    Button *m_verify = nullptr;
    TextLabel *m_verified = nullptr;
    SegmentedControl *m_view = nullptr;
    QStackedWidget *m_views = nullptr;
    DatasetReport *m_report = nullptr;
    DatasetRows *m_rows = nullptr;
    bool m_loading = false;
    bool m_again = false; ///< the store changed while it was read
    bool m_filling = false;
    bool m_verifying = false;
};

} // namespace winnow::ui
