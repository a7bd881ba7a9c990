#include "ui/dialogs/section_list.h"

#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QMouseEvent>

namespace winnow::ui
{

SectionList::SectionList(const Theme &theme, const QStringList &names, std::function<void(int)> chosen)
    : m_theme(theme), m_names(names), m_chosen(std::move(chosen)), m_bad(static_cast<std::size_t>(names.size()))
{
    setFixedWidth(theme.scaled(164));
}

void SectionList::setCurrent(int index)
{
    m_current = index;
    update();
}

void SectionList::setBad(int index, bool bad)
{
    m_bad[static_cast<std::size_t>(index)] = bad;
    update();
}

void SectionList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Window));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme.color(Token::Border));
    for (int i = 0; i < m_names.size(); ++i) {
        const QRectF box(9, 12 + i * 32, width() - 19, 30);
        const bool here = i == m_current;
        if (here)
            paintBox(painter, box, 6, m_theme.color(m_theme.dark() ? Token::Hover : Token::Surface),
                     m_theme.color(Token::Border));
        QFont font = m_theme.font(TextRole::Panel);
        if (here)
            font.setWeight(QFont::DemiBold);
        paintText(painter, box.adjusted(10, 0, -30, 0), m_names[i], font, m_theme.color(Token::Text));
        const bool bad = m_bad[static_cast<std::size_t>(i)];
        paintIcon(painter, bad ? QStringLiteral("warning") : QStringLiteral("check"),
                  QRectF(box.right() - 24, box.center().y() - 7, 14, 14),
                  m_theme.color(bad ? Token::Failed : Token::Keep));
    }
}

void SectionList::mousePressEvent(QMouseEvent *event)
{
    const int index = static_cast<int>((event->position().y() - 12) / 32);
    if (index >= 0 && index < m_names.size())
        m_chosen(index);
}

} // namespace winnow::ui
