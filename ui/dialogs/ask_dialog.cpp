#include "ui/dialogs/ask_dialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace winnow::ui
{

AskDialog::AskDialog(const Theme &theme, const QString &question, const QString &action, Field field, QWidget *parent)
    : QDialog(parent),
      m_theme(theme),
      m_layout(new QVBoxLayout(this)),
      m_detail(new TextLabel(theme, {}, TextRole::Panel, "text2")),
      m_action(new Button(theme, action, Button::Kind::Filled))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(question);
    setModal(true);
    setMinimumWidth(theme.scaled(420));
    m_layout->setContentsMargins(20, 18, 20, 16);
    m_layout->setSpacing(10);
    auto *head = new TextLabel(theme, question, TextRole::BodyStrong);
    head->setWordWrap(true);
    m_layout->addWidget(head);
    if (field == Field::Line) {
        m_line = new QLineEdit;
        m_line->setAccessibleName(question);
        m_layout->addWidget(m_line);
        connect(m_line, &QLineEdit::textChanged, this, &AskDialog::judge);
    } else if (field == Field::Text) {
        m_text = new QPlainTextEdit;
        m_text->setAccessibleName(question);
        m_text->setMinimumHeight(theme.scaled(110));
        m_text->setTabChangesFocus(true);
        m_layout->addWidget(m_text);
        connect(m_text, &QPlainTextEdit::textChanged, this, &AskDialog::judge);
    }
    m_detail->setWordWrap(true);
    m_detail->hide();
    m_layout->addWidget(m_detail);
    m_layout->addSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch();
    auto *cancel = new Button(theme, tr("Cancel"));
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    row->addWidget(cancel);
    m_action->setObjectName(QStringLiteral("confirm"));
    connect(m_action, &Button::clicked, this, [this] {
        Q_EMIT confirmed(text());
        accept();
    });
    row->addWidget(m_action);
    m_layout->addLayout(row);
    const auto press = [this] {
        if (m_action->isEnabled())
            m_action->click();
    };
    if (m_line)
        connect(m_line, &QLineEdit::returnPressed, this, press);
    auto *enter = new QShortcut(QKeySequence(QStringLiteral("Ctrl+Return")), this);
    connect(enter, &QShortcut::activated, this, press);
    if (field == Field::None)
        m_action->setFocus();
}

void AskDialog::setDetail(const QString &text)
{
    m_detail->setText(text);
    m_detail->setVisible(!text.isEmpty());
}

void AskDialog::setText(const QString &text)
{
    if (m_line) {
        m_line->setText(text);
        m_line->selectAll();
    }
    if (m_text)
        m_text->setPlainText(text);
}

QString AskDialog::text() const
{
    return m_line ? m_line->text() : m_text ? m_text->toPlainText() : QString();
}

void AskDialog::setCheck(std::function<Verdict(const QString &)> check)
{
    m_check = std::move(check);
    judge();
}

void AskDialog::judge()
{
    if (!m_check)
        return;
    const Verdict verdict = m_check(text());
    setDetail(verdict.words);
    m_action->setEnabled(verdict.fine);
}

void AskDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), 0, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
}

} // namespace winnow::ui
