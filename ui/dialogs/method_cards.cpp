#include "ui/dialogs/method_cards.h"

#include "ui/widgets/painting.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>

namespace winnow::ui
{

namespace
{

class Card : public QAbstractButton
{
public:
    Card(const Theme &theme, const QString &method, const QString &name, const QString &words)
        : m_theme(theme), m_words(words)
    {
        setCheckable(true);
        setText(name);
        setObjectName(QStringLiteral("method-") + method);
        setAccessibleName(name);
        setAccessibleDescription(words);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setProperty("method", method);
    }
    QSize sizeHint() const override { return {m_theme.scaled(120), m_theme.scaled(72)}; }
    QSize minimumSizeHint() const override { return {m_theme.scaled(90), m_theme.scaled(72)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
        const bool changed = isChecked() && property("changed").toBool();
        paintBox(painter, box, 6,
                 m_theme.color(changed            ? Token::SelRow
                                   : underMouse() ? Token::Hover
                                                  : Token::Surface),
                 m_theme.color(changed           ? Token::Sel
                                   : isChecked() ? Token::Text
                                                 : Token::Border2),
                 isChecked() ? 2 : 1);
        if (hasFocus())
            paintFocusRing(painter, m_theme, box, 6);
        painter.setRenderHint(QPainter::Antialiasing);
        const QPointF centre(box.left() + 17, box.top() + 19);
        painter.setPen(QPen(m_theme.color(isChecked() ? Token::Text : Token::Control), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, 6.5, 6.5);
        if (isChecked()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.color(Token::Text));
            painter.drawEllipse(centre, 3.5, 3.5);
        }
        paintText(painter, QRectF(box.left() + 31, box.top() + 8, box.width() - 36, 22), text(),
                  m_theme.font(TextRole::BodyStrong), m_theme.color(Token::Text));
        constexpr int words =
            static_cast<int>(Qt::AlignLeft) | static_cast<int>(Qt::AlignTop) | static_cast<int>(Qt::TextWordWrap);
        painter.setFont(m_theme.font(TextRole::Caption));
        painter.setPen(m_theme.color(Token::Text3));
        painter.drawText(QRectF(box.left() + 11, box.top() + 33, box.width() - 18, box.height() - 36), words, m_words);
    }

private:
    const Theme &m_theme;
    QString m_words;
};

} // namespace

MethodCards::MethodCards(const Theme &theme, QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    const auto add = [&](const char *method, const QString &name, const QString &words) {
        auto *card = new Card(theme, QLatin1String(method), name, words);
        m_group->addButton(card);
        row->addWidget(card);
    };
    add("table", tr("Table"), tr("One weight per sample"));
    add("net", tr("Net"), tr("From step predictions"));
    add("domain", tr("Domain"), tr("One weight per subject"));
    add("none", tr("None"), tr("Plain fine-tuning"));
    connect(m_group, &QButtonGroup::buttonClicked, this, [this] { Q_EMIT chosen(current()); });
}

QString MethodCards::current() const
{
    const QAbstractButton *button = m_group->checkedButton();
    return button ? button->property("method").toString() : QString();
}

void MethodCards::setCurrent(const QString &method)
{
    for (QAbstractButton *button : m_group->buttons())
        if (button->property("method").toString() == method)
            button->setChecked(true);
}

void MethodCards::setChanged(bool changed)
{
    for (QAbstractButton *button : m_group->buttons()) {
        button->setProperty("changed", changed);
        button->update();
    }
}

} // namespace winnow::ui
