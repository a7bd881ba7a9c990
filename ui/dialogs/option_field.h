#pragma once

#include "core/base/options.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLineEdit;

namespace winnow::ui {

class ChoiceField;
class Switch;
class TextLabel;

/// One setting as a field: label, editor by its kind, hint or error below.
class OptionField : public QWidget {
    Q_OBJECT
public:
    OptionField(const Theme &theme, const OptionInfo &info, const OptionValue &value, QWidget *parent = nullptr);

    const std::string &key() const { return m_info.key; }
    QString text() const;
    void setValue(const OptionValue &value);
    /// An empty text shows the help instead.
    void setProblem(const QString &problem);
    void setChanged(bool changed);

Q_SIGNALS:
    void edited();

private:
    const Theme &m_theme;
    OptionInfo m_info;
    QLineEdit *m_line = nullptr;
    ChoiceField *m_choice = nullptr;
    Switch *m_switch = nullptr;
    TextLabel *m_hint = nullptr;
};

/// A value as a person would type it.
QString optionText(const OptionValue &value);

} // namespace winnow::ui
