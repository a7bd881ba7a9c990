#include "ui/widgets/floating_bar.h"

#include "ui/support/number_format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/tour_card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTimer>

namespace winnow::ui {

namespace {
constexpr int shadowMargin = 12;

class GrainDot : public QWidget {
public:
    explicit GrainDot(const Theme &theme) : m_theme(theme) { setFixedSize(12, 12); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Token::SelLine), 1));
        painter.setBrush(m_theme.color(Token::Sel));
        painter.drawEllipse(QPointF(6, 6), 4.5, 4.5);
    }

private:
    const Theme &m_theme;
};
} // namespace

FloatingBar::FloatingBar(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(shadowMargin + 11, shadowMargin + 6, shadowMargin + 8, shadowMargin + 6);
    m_row->setSpacing(6);
    hide();
}

void FloatingBar::place(int distance)
{
    const QSize size = sizeHint();
    setGeometry((parentWidget()->width() - size.width()) / 2,
                parentWidget()->height() - size.height() - distance + shadowMargin, size.width(), size.height());
    raise();
}

void FloatingBar::resizeEvent(QResizeEvent *)
{
    m_shadow = {};
}

void FloatingBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_shadow = {};
}

void FloatingBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box = QRectF(rect()).adjusted(shadowMargin, shadowMargin, -shadowMargin, -shadowMargin);
    if (m_shadow.isNull()) {
        m_shadow = QPixmap(size() * devicePixelRatioF());
        m_shadow.setDevicePixelRatio(devicePixelRatioF());
        m_shadow.fill(Qt::transparent);
        QPainter shadow(&m_shadow);
        shadow.setRenderHint(QPainter::Antialiasing);
        shadow.setPen(Qt::NoPen);
        for (int i = shadowMargin - 1; i >= 1; --i) {
            shadow.setBrush(QColor(0, 0, 0, m_theme.dark() ? 10 : 3));
            shadow.drawRoundedRect(box.adjusted(-i, -i + 3, i, i), 8 + i, 8 + i);
        }
    }
    painter.drawPixmap(0, 0, m_shadow);
    paintBox(painter, box, 8, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
}

SelectionBar::SelectionBar(const Theme &theme, QWidget *parent)
    : FloatingBar(theme, parent), m_count(new TextLabel(theme, {}, TextRole::PanelTitle)),
      m_what(new TextLabel(theme, {}, TextRole::Panel)), m_clear(new Button(theme, tr("Clear"), Button::Kind::Flat))
{
    TourCard::keepClear(this);
    row()->addWidget(new GrainDot(theme));
    row()->addWidget(m_count);
    row()->addWidget(m_what);
    row()->addSpacing(6);
    m_clear->setKeyHint(QStringLiteral("Esc"));
    m_clear->setSmall(true);
    row()->addWidget(m_clear);
    connect(m_clear, &Button::clicked, this, &SelectionBar::clearRequested);
}

Button *SelectionBar::addAction(const QString &text, const QString &icon, const QString &key)
{
    auto *button = new Button(theme(), text, m_hasFirst ? Button::Kind::Outlined : Button::Kind::Filled);
    button->setSmall(true);
    button->setIconName(icon);
    button->setKeyHint(key);
    m_hasFirst = true;
    row()->insertWidget(row()->count() - 1, button);
    return button;
}

void SelectionBar::setCount(int count, const QString &what)
{
    m_count->setText(QStringLiteral("%1 %2").arg(thousands(count), what));
    m_what->setText(tr("selected"));
    setVisible(count > 0);
    if (count > 0)
        place();
}

Toast::Toast(const Theme &theme, QWidget *parent)
    : FloatingBar(theme, parent), m_text(new TextLabel(theme, {}, TextRole::Panel)),
      m_action(new Button(theme, {}, Button::Kind::Link)), m_timer(new QTimer(this))
{
    row()->addWidget(m_text);
    row()->addSpacing(8);
    row()->addWidget(m_action);
    m_timer->setSingleShot(true);
    m_timer->setInterval(8000);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_action, &Button::clicked, this, [this] {
        hide();
        Q_EMIT actionTriggered();
    });
}

void Toast::showMessage(const QString &text, const QString &action)
{
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_timer->start();
    show();
    layout()->activate();
    place(64);
}

} // namespace winnow::ui
