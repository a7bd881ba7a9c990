#pragma once

#include "ui/bridge/run_controller.h"
#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <map>

class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace winnow::ui {

class Button;
class OptionField;
class SegmentedControl;
class TextLabel;

/// Starts runs: sections with a tick or a warning, the form of the settings, the estimate. Built from the options
/// schema; what is wrong stands under its field as it is typed, and nothing starts before it is right.
class LaunchDialog : public QDialog {
    Q_OBJECT
public:
    /// `parentRun` may be null: a new run. `earlier` are runs whose speed the estimate goes by.
    LaunchDialog(const Theme &theme, const RunOptions &options, const RunRow *parentRun, const std::vector<RunRow> &earlier,
                 const QString &presetFolder, QWidget *parent);

    const RunOptions &options() const { return m_options; }
    RunPlace place() const;
    void showSection(int index);

Q_SIGNALS:
    void startRequested(const winnow::RunOptions &options, const std::vector<std::int64_t> &seeds, winnow::RunId parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class SectionList;
    QWidget *buildHead(const QString &presetFolder);
    QWidget *buildEstimate();
    QWidget *buildPlace();
    QWidget *buildFoot();
    void buildForm();
    void applyPreset(const QString &path);
    void fieldEdited(OptionField *field);
    void validate();
    void showEstimate();
    void showChanges();
    std::vector<std::int64_t> seeds(QString *problem) const;
    QString commandLine() const;

    const Theme &m_theme;
    RunOptions m_options;
    RunOptions m_base; ///< of the parent or the preset; what differs is tinted
    RunId m_parent;
    QString m_parentName;
    std::vector<RunRow> m_earlier;
    QStringList m_sections;
    std::vector<OptionField *> m_fields;
    std::map<std::string, QString> m_typing; ///< problems of text that is no value
    std::map<std::string, QString> m_sectionOf;
    SectionList *m_list = nullptr;
    QScrollArea *m_scroll = nullptr;
    TextLabel *m_subtitle = nullptr;
    Button *m_preset = nullptr;
    TextLabel *m_time = nullptr;
    TextLabel *m_timeNote = nullptr;
    QVBoxLayout *m_changes = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_seeds = nullptr;
    TextLabel *m_seedsNote = nullptr;
    SegmentedControl *m_place = nullptr;
    TextLabel *m_reason = nullptr;
    Button *m_start = nullptr;
};

} // namespace winnow::ui
