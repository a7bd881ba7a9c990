#pragma once

#include "core/store/selection_store.h"
#include "ui/models/samples_model.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QMenu;

namespace winnow::ui {

class StoreSession;
struct ImportPlan;

/// Named sets of samples, their algebra with the selection, exchange with files, and the corrected data set. Lives on
/// the GUI thread; files are written and read on worker threads.
class SampleSets : public QObject {
    Q_OBJECT
public:
    SampleSets(StoreSession &session, SelectionModel &selection, SamplesModel &model, QWidget *window);

    void setData(std::shared_ptr<const SamplesData> data);
    const std::vector<SelectionRecord> &sets() const { return m_sets; }
    /// "Sets" of the chip line: for each set select, add, intersect, subtract, filter, delete.
    void fillSetsMenu(QMenu *menu);
    void fillExportMenu(QMenu *menu);

    void askName();
    void save(const QString &name); ///< the selection, or all rows without one
    void apply(SelectionId set, SetOperation operation, bool replace = false);
    void exportTo(const QString &path);
    void importFrom(const QString &path);
    void correctedTo(const QString &path);

Q_SIGNALS:
    void message(const QString &text);
    void setsChanged();
    /// The corrected data set was written: clone the run on it?
    void correctedWritten(const QString &path, const QString &summary);

private:
    void reload();
    void withMask(SelectionId set, std::function<void(std::vector<std::uint8_t>)> use);
    void chooseFile(bool save, const QString &title, const QString &suggestion, const QString &filter, void (SampleSets::*use)(const QString &));
    void applyImport(const ImportPlan &plan);

    StoreSession &m_session;
    SelectionModel &m_selection;
    SamplesModel &m_model;
    QPointer<QWidget> m_window;
    std::shared_ptr<const SamplesData> m_data;
    std::vector<SelectionRecord> m_sets;
};

} // namespace winnow::ui
