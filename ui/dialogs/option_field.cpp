#include "ui/dialogs/option_field.h"

#include "ui/theme/icons.h"
#include "ui/support/words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>

namespace winnow::ui {

QString optionText(const OptionValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return QString::number(*whole);
    if (const auto *real = std::get_if<double>(&value))
        return QString::number(*real, 'g', 12);
    return QString::fromStdString(std::get<std::string>(value));
}

OptionField::OptionField(const Theme &theme, const OptionInfo &info, const OptionValue &value, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_info(info)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *label = new TextLabel(theme, optionWords(info.label), TextRole::Panel, "text2");
    label->setElide(Qt::ElideRight);
    layout->addWidget(label);
    if (!info.choices.empty()) {
        m_choice = new ChoiceField(theme);
        for (const std::string &choice : info.choices)
            m_choice->addItem(QString::fromStdString(choice));
        connect(m_choice, &QComboBox::activated, this, &OptionField::edited);
        layout->addWidget(m_choice);
        label->setBuddy(m_choice);
    } else if (std::holds_alternative<bool>(value)) {
        m_switch = new Switch(theme);
        connect(m_switch, &QAbstractButton::clicked, this, &OptionField::edited);
        layout->addWidget(m_switch);
        label->setBuddy(m_switch);
    } else {
        m_line = new QLineEdit;
        m_line->setFont(theme.font(TextRole::Mono));
        connect(m_line, &QLineEdit::textEdited, this, &OptionField::edited);
        if (info.isPath) {
            QAction *browse = m_line->addAction(themedIcon(theme, QStringLiteral("folder")), QLineEdit::TrailingPosition);
            browse->setToolTip(tr("Choose a file or folder"));
            connect(browse, &QAction::triggered, this, [this] {
                const bool folder = m_info.key.starts_with("model.");
                auto *dialog = new QFileDialog(window(), optionWords(m_info.label));
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
                connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
                    m_line->setText(path);
                    Q_EMIT edited();
                });
                dialog->open();
            });
        }
        layout->addWidget(m_line);
        label->setBuddy(m_line);
    }
    for (QWidget *editor : {static_cast<QWidget *>(m_line), static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_switch)})
        if (editor) {
            editor->setAccessibleName(optionWords(info.label));
            editor->setAccessibleDescription(optionWords(info.help));
            editor->setObjectName(QString::fromStdString(info.key));
            editor->setToolTip(QStringLiteral("<qt>%1<br><tt>%2</tt></qt>").arg(optionWords(info.help).toHtmlEscaped(),
                                                                               QString::fromStdString(info.key).toHtmlEscaped()));
        }
    m_hint = new TextLabel(theme, optionWords(info.help), TextRole::Caption, "text3");
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_hint);
    layout->addStretch();
    setValue(value);
}

QString OptionField::text() const
{
    if (m_choice)
        return m_choice->currentText();
    if (m_switch)
        return m_switch->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    return m_line->text();
}

void OptionField::setValue(const OptionValue &value)
{
    if (m_choice)
        m_choice->setCurrentText(optionText(value));
    else if (m_switch)
        m_switch->setChecked(std::get<bool>(value));
    else
        m_line->setText(optionText(value));
}

void OptionField::setProblem(const QString &problem)
{
    m_hint->setText(problem.isEmpty() ? optionWords(m_info.help) : QStringLiteral("⚠ ") + problem);
    m_hint->setColorRole(problem.isEmpty() ? "text3" : "failed");
    if (m_line && m_line->property("invalid").toBool() != !problem.isEmpty()) {
        m_line->setProperty("invalid", !problem.isEmpty());
        m_line->style()->unpolish(m_line);
        m_line->style()->polish(m_line);
        m_line->setFont(m_theme.font(TextRole::Mono));
    }
}

void OptionField::setChanged(bool changed)
{
    if (m_choice)
        m_choice->setChanged(changed);
    if (m_line && m_line->property("changed").toBool() != changed) {
        m_line->setProperty("changed", changed);
        m_line->style()->unpolish(m_line);
        m_line->style()->polish(m_line);
        m_line->setFont(m_theme.font(TextRole::Mono));
    }
}

} // namespace winnow::ui
