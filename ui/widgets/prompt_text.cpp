#include "ui/widgets/prompt_text.h"

#include <QEvent>
#include <QTextCursor>

namespace winnow::ui
{

PromptText::PromptText(const Theme &theme, QWidget *parent) : QPlainTextEdit(parent), m_theme(theme)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setAccessibleName(tr("Prompt as the model sees it"));
}

void PromptText::setPrompt(const PromptView &view)
{
    m_view = view;
    write();
}

void PromptText::setMessage(const QString &text)
{
    m_view = {};
    setPlainText(text);
}

void PromptText::write()
{
    const auto formatOf = [this](std::optional<PromptMark::Kind> kind) {
        QTextCharFormat format;
        format.setFont(m_theme.font(TextRole::Mono));
        format.setForeground(m_theme.color(Token::Text));
        if (!kind)
            return format;
        switch (*kind) {
        case PromptMark::Kind::Special:
            format.setForeground(m_theme.color(Token::Text2));
            format.setBackground(m_theme.color(Token::Hover));
            break;
        case PromptMark::Kind::Picture:
            format.setForeground(m_theme.color(Token::Link));
            format.setBackground(m_theme.color(Token::Hover));
            break;
        case PromptMark::Kind::Plus:
        case PromptMark::Kind::Minus:
            format.setFont(m_theme.font(TextRole::MonoStrong));
            format.setForeground(m_theme.color(Token::Surface));
            format.setBackground(m_theme.color(*kind == PromptMark::Kind::Plus ? Token::Plus : Token::Minus));
            break;
        case PromptMark::Kind::Unsupervised: format.setForeground(m_theme.color(Token::Failed)); break;
        }
        return format;
    };
    clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    std::size_t place = 0;
    const auto put = [&](std::size_t end, std::optional<PromptMark::Kind> kind) {
        const QString text = QString::fromUtf8(m_view.text.data() + place, static_cast<qsizetype>(end - place));
        if (!text.isEmpty())
            cursor.insertText(text, formatOf(kind));
        place = end;
    };
    for (const PromptMark &mark : m_view.marks) {
        put(mark.begin, std::nullopt);
        put(mark.begin + mark.length, mark.kind);
    }
    put(m_view.text.size(), std::nullopt);
    cursor.endEditBlock();
    moveCursor(QTextCursor::Start);
}

void PromptText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_view.text.empty())
        write(); // the formats hold colours of the theme before
}

} // namespace winnow::ui
