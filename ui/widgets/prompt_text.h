#pragma once

#include "core/data/prompt_view.h"
#include "ui/theme/theme.h"

#include <QPlainTextEdit>

namespace winnow::ui
{

/// A prompt as the model sees it, to read and to copy: tokens of the tokenizer's own on a tinted ground, labels in
/// their colour. Plain text always. Lives on the GUI thread.
class PromptText : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit PromptText(const Theme &theme, QWidget *parent = nullptr);

    void setPrompt(const PromptView &view);
    void setMessage(const QString &text); ///< instead of a prompt

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();

    const Theme &m_theme;
    PromptView m_view;
};

} // namespace winnow::ui
