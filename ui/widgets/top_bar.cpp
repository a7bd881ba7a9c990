#include "ui/widgets/top_bar.h"

#include "ui/widgets/button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace winnow::ui {

TopBar::TopBar(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_title(new TextLabel(theme, {}, TextRole::PageTitle)),
      m_subjects(new QHBoxLayout), m_primaries(new QHBoxLayout),
      m_search(new Button(theme, tr("Find a run, sample or command"), Button::Kind::Field)),
      m_menu(new Button(theme, {}, Button::Kind::Flat))
{
    setFixedHeight(theme.scaled(48));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 12, 0);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    m_subjects->setContentsMargins(4, 0, 0, 0);
    layout->addLayout(m_subjects, 1);
    m_search->setIconName(QStringLiteral("search"));
    m_search->setKeyHint(QStringLiteral("Ctrl K"));
    m_search->setFixedWidth(theme.scaled(290));
    layout->addWidget(m_search);
    layout->addLayout(m_primaries);
    m_menu->setIconName(QStringLiteral("menu"));
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu: every command of Winnow"));
    layout->addWidget(m_menu);
}

void TopBar::addPage(const QString &title, QWidget *subject, QWidget *primary)
{
    if (subject) {
        m_subjects->addWidget(subject);
        subject->hide();
    }
    if (primary) {
        m_primaries->addWidget(primary);
        primary->hide();
    }
    m_pages.push_back({title, subject, primary});
}

void TopBar::setCurrent(int index)
{
    for (int i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].subject)
            m_pages[i].subject->setVisible(i == index);
        if (m_pages[i].primary)
            m_pages[i].primary->setVisible(i == index);
    }
    m_title->setText(m_pages[index].title);
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Border));
}

} // namespace winnow::ui
