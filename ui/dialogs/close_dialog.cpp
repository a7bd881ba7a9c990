#include "ui/dialogs/close_dialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace winnow::ui {

CloseDialog::CloseDialog(const Theme &theme, const QString &active, int waiting, QWidget *parent)
    : QDialog(parent), m_theme(theme)
{
    setWindowTitle(tr("Close the window"));
    setModal(true);
    setObjectName(QStringLiteral("close"));
    setFixedWidth(theme.scaled(620));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 18);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(theme, active.isEmpty() ? tr("Runs are waiting for their turn")
                                                            : tr("A run is at work in this window"),
                                    TextRole::PageTitle));
    QStringList facts;
    if (!active.isEmpty())
        facts << active;
    if (waiting > 0)
        facts << (waiting == 1 ? tr("1 run waits in the queue") : tr("%1 runs wait in the queue").arg(waiting));
    auto *about = new TextLabel(theme, facts.join(QStringLiteral(" · ")), TextRole::Body, "text2");
    about->setElide(Qt::ElideMiddle);
    layout->addWidget(about);
    layout->addSpacing(4);
    addChoice(layout, ClosingChoice::Pause, tr("Pause with checkpoint"),
              tr("Ends at the next step. The next window offers to go on from there."));
    addChoice(layout, ClosingChoice::Background, tr("Keep running in the background"),
              tr("Goes on in a process of its own from a checkpoint. The next window finds it."));
    addChoice(layout, ClosingChoice::Stop, tr("Stop"),
              tr("Ends at the next step with a checkpoint. Runs that wait are stopped too."));
    layout->addSpacing(4);
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    auto *cancel = new Button(theme, tr("Cancel"), Button::Kind::Flat);
    cancel->setObjectName(QStringLiteral("cancel"));
    cancel->setKeyHint(QStringLiteral("Esc"));
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    foot->addWidget(cancel);
    layout->addLayout(foot);
}

void CloseDialog::addChoice(QVBoxLayout *layout, ClosingChoice choice, const QString &name, const QString &does)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(14);
    const bool first = choice == ClosingChoice::Pause;
    auto *button = new Button(m_theme, name, first ? Button::Kind::Filled : Button::Kind::Outlined);
    button->setObjectName(QStringLiteral("choice-%1").arg(static_cast<int>(choice)));
    button->setFixedWidth(m_theme.scaled(236));
    if (first)
        button->setFocus();
    connect(button, &Button::clicked, this, [this, choice] {
        Q_EMIT chosen(choice);
        accept();
    });
    row->addWidget(button);
    auto *note = new TextLabel(m_theme, does, TextRole::Panel, "text2");
    note->setWordWrap(true);
    button->setAccessibleDescription(does);
    row->addWidget(note, 1);
    layout->addLayout(row);
}

void CloseDialog::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Token::Surface));
}

} // namespace winnow::ui
