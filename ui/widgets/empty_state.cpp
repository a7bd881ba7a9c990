#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace winnow::ui {

namespace {
class IconWidget : public QWidget {
public:
    IconWidget(const Theme &theme, const QString &icon) : m_theme(theme), m_icon(icon) { setFixedSize(32, 32); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, m_icon, QRectF(0, 0, 32, 32), m_theme.color(Token::Control));
    }

private:
    const Theme &m_theme;
    QString m_icon;
};
} // namespace

EmptyState::EmptyState(const Theme &theme, const QString &icon, const QString &sentence, const QString &action,
                       QWidget *parent)
    : QWidget(parent), m_sentence(new TextLabel(theme, sentence, TextRole::Body, "text2"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addStretch(2);
    layout->addWidget(new IconWidget(theme, icon), 0, Qt::AlignHCenter);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setWordWrap(true);
    layout->addWidget(m_sentence);
    if (!action.isEmpty()) {
        auto *button = new Button(theme, action);
        connect(button, &Button::clicked, this, &EmptyState::actionTriggered);
        layout->addWidget(button, 0, Qt::AlignHCenter);
    }
    layout->addStretch(3);
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

} // namespace winnow::ui
