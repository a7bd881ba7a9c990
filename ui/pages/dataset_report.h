#pragma once

#include "ui/models/dataset_info.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QGridLayout;
class QStackedWidget;
class QVBoxLayout;

namespace winnow::ui
{

class Button;
class CountHistogram;
class DataTable;
class EmptyState;
class KpiStrip;
class Panel;
class ShareBars;
class SimpleTable;
class TextLabel;

/// What went into a data set and what was dropped: the report of its import, or what a run counted when it read the
/// file. Lives on the GUI thread.
class DatasetReport : public QWidget
{
    Q_OBJECT
public:
    explicit DatasetReport(const Theme &theme, QWidget *parent = nullptr);

    /// `counting`: all rows are being counted at the moment.
    void showSet(const DatasetInfo &set, bool counting);

Q_SIGNALS:
    /// A set that was made from this one: start a run on it.
    void runRequested(const QString &rowFile, winnow::RunId origin);
    /// Tokens and tiles of the set that is shown.
    void countRequested();
    /// The set holds nothing that could be shown.
    void importRequested();

private:
    QWidget *buildDrops();
    QWidget *buildBalance();
    QWidget *buildHistograms();
    QWidget *buildNotes();
    QWidget *buildCounts();
    void arrange();
    void showFigures();
    void showDrops();
    void showPlaces(int row);
    const ImportRows *namedRows(std::size_t row) const;
    void showBalance();
    void showHistograms(bool counting);
    void showNotCounted(bool counting);
    void showNotes();

    const Theme &m_theme;
    DatasetInfo m_set;
    std::vector<std::int64_t> m_state;
    QStackedWidget *m_whole = nullptr; ///< the report, or why there is none
    EmptyState *m_empty = nullptr;
    QGridLayout *m_grid = nullptr;
    KpiStrip *m_figures = nullptr;
    Panel *m_dropPanel = nullptr;
    SimpleTable *m_drops = nullptr;
    DataTable *m_dropTable = nullptr;
    SimpleTable *m_places = nullptr;
    DataTable *m_placeTable = nullptr;
    Panel *m_balancePanel = nullptr;
    ShareBars *m_labels = nullptr;
    ShareBars *m_subjects = nullptr;
    QStackedWidget *m_counts = nullptr; ///< histograms, or that nothing was counted
    TextLabel *m_notCounted = nullptr;
    Panel *m_tokenPanel = nullptr;
    Panel *m_tilePanel = nullptr;
    Button *m_count = nullptr;
    CountHistogram *m_tokens = nullptr;
    CountHistogram *m_tiles = nullptr;
    Panel *m_notePanel = nullptr;
    QVBoxLayout *m_notes = nullptr;
};

} // namespace winnow::ui
