#pragma once

#include "ui/bridge/run_controller.h"
#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <map>

class QMenu;

namespace winnow::ui
{

class Button;
class LaunchSide;
class MethodCards;
class OptionField;
class PlainScroll;
class SectionList;
class SegmentedControl;
class TextLabel;

/// Starts runs: sections with a tick or a warning, the form of the settings, the estimate. Built from the options
/// schema; what is wrong stands under its field as it is typed, and nothing starts before it is right.
class LaunchDialog : public QDialog
{
    Q_OBJECT
public:
    struct Context {
        RunRows earlier; ///< whose speed the estimate goes by
        QString presetFolder; ///< those that come with the program
        QString store;
    };
    /// `parentRun` may be null: a new run.
    LaunchDialog(const Theme &theme, const RunOptions &options, const RunRow *parentRun, Context context,
                 QWidget *parent);

    const RunOptions &options() const { return m_options; }
    RunPlace place() const;
    void showSection(int index);
    /// One command a seed, each complete.
    QString commands() const;
    /// Where presets of this person lie.
    static QString ownPresetFolder();

Q_SIGNALS:
    void startRequested(const winnow::RunOptions &options, const std::vector<std::int64_t> &seeds,
                        winnow::RunId parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildPlace();
    void setupSections();
    QWidget *buildHead();
    QWidget *buildFoot();
    void lookAtFiles(bool starting);
    void buildForm();
    void fillPresets();
    void applyPreset(const QString &path);
    void savePreset();
    void fieldEdited(OptionField *field);
    void setOption(const std::string &key, const QString &text);
    void validate();
    std::map<std::string, QString> problems() const;
    QString reasonFor(const std::map<std::string, QString> &problems, const QString &seedProblem) const;
    RunOptions optionsOf(std::int64_t seed, bool several) const;

    const Theme &m_theme;
    Context m_context;
    RunOptions m_options;
    RunOptions m_base; ///< of the parent or the preset; what differs is tinted
    RunId m_parent;
    QString m_parentName;
    QStringList m_sections;
    std::vector<OptionField *> m_fields;
    MethodCards *m_method = nullptr;
    std::map<std::string, QString> m_typing; ///< problems of text that is no value
    std::map<std::string, QString> m_sectionOf;
    SectionList *m_list = nullptr;
    PlainScroll *m_scroll = nullptr;
    LaunchSide *m_side = nullptr;
    TextLabel *m_subtitle = nullptr;
    Button *m_preset = nullptr;
    QMenu *m_presets = nullptr;
    SegmentedControl *m_place = nullptr;
    TextLabel *m_reason = nullptr;
    Button *m_look = nullptr;
    Button *m_start = nullptr;
    bool m_looking = false;
};

} // namespace winnow::ui
