#pragma once

#include "ui/theme/theme.h"

#include <QDialog>

#include <functional>

class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace winnow::ui
{

class Button;
class TextLabel;

/// A small decision: one sentence, at most one field, the action and "Cancel". Opened, never run: it deletes itself.
class AskDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Field { None, Line, Text };
    AskDialog(const Theme &theme, const QString &question, const QString &action, Field field, QWidget *parent);

    void setDetail(const QString &text);
    void setText(const QString &text);
    QString text() const;
    QLineEdit *line() const { return m_line; }
    /// Words below the field for what is typed; `fine` false keeps the action disabled.
    struct Verdict {
        QString words;
        bool fine = true;
    };
    void setCheck(std::function<Verdict(const QString &)> check);

Q_SIGNALS:
    void confirmed(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void judge();

    const Theme &m_theme;
    QVBoxLayout *m_layout;
    TextLabel *m_detail;
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_text = nullptr;
    Button *m_action;
    std::function<Verdict(const QString &)> m_check;
};

} // namespace winnow::ui
