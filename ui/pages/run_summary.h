#pragma once

#include "ui/bridge/paired_difference.h"
#include "ui/models/lineage.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace winnow::ui {

class Button;

/// The parts of a code version "0.1.0+a1b2c3-dirty.d4e5f6".
struct CodeVersion {
    QString version;
    QString commit; ///< empty: built outside Git
    bool dirty = false;
    QString patch; ///< hash of the changes that were not committed
};
CodeVersion codeVersionOf(const QString &text);

/// What one run gave, how it differs from its parent and where it came from.
class RunSummary : public QWidget {
    Q_OBJECT
public:
    explicit RunSummary(const Theme &theme, QWidget *parent = nullptr);

    /// `parent` may be null; `reference` is the no-selection run that the result is set against.
    void setRun(const RunRow *run, const RunRow *parent, const RunRow *reference);
    RunId run() const { return m_run; }
    /// Run that the result is set against and whose difference is to be found; none: no such line is shown.
    RunId reference() const { return m_reference; }
    /// Kept when the same two runs are set again.
    void setDifference(RunId run, RunId reference, const Result<std::optional<PairedDifference>> &difference);
    /// Corrections that the shown run stands before or after; kept when the same run is set again.
    void setLineage(RunId run, const std::vector<LineagePair> &pairs);

Q_SIGNALS:
    void openRequested();
    void samplesRequested();
    void cloneRequested();
    void resumeRequested();
    void noteRequested();
    void copyCommandRequested();
    void showAllToggled();
    void runRequested(winnow::RunId run);
    void pairRequested(const std::vector<winnow::RunId> &runs);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addHead(const RunRow &run);
    void addSection(const QString &title);
    void addLine(const QString &name, const QString &value, const char *role = "text", const QString &tip = {});
    QWidget *line(const QString &name, const QString &value, const char *role, const QString &tip);
    void addResult(const RunRow &run, const RunRow *reference);
    void addDifferences(const RunRow &run, const RunRow *parent);
    void addProvenance(const RunRow &run);
    void fillLineage();
    void fillAgainst();

    struct KnownDifference {
        RunId run;
        RunId reference;
        Result<std::optional<PairedDifference>> value;
    };

    const Theme &m_theme;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_rows = nullptr;
    bool m_showAll = false;
    RunId m_run;
    RunId m_lineageOf;
    std::vector<LineagePair> m_lineage;
    QVBoxLayout *m_lineageRows = nullptr;
    RunId m_reference;
    QString m_referenceName;
    Interval m_unpaired;
    std::optional<KnownDifference> m_difference;
    QVBoxLayout *m_againstRows = nullptr;
};

} // namespace winnow::ui
