#include "ui/widgets/tour_card.h"

#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui {

namespace {

constexpr const char *clearProperty = "tourKeepsClear";
constexpr int edge = 18;

bool meets(const std::vector<QRect> &obstacles, const QRect &card)
{
    return std::any_of(obstacles.begin(), obstacles.end(), [&card](const QRect &one) { return one.intersects(card); });
}

} // namespace

TourCard::TourCard(const Theme &theme, const QVector<Step> &steps, QWidget *window)
    : QWidget(window), m_theme(theme), m_steps(steps), m_title(new TextLabel(theme, {}, TextRole::BodyStrong)),
      m_text(new TextLabel(theme, {}, TextRole::Panel, "text2")), m_count(new TextLabel(theme, {}, TextRole::Caption, "text3")),
      m_back(new Button(theme, tr("Back"))), m_next(new Button(theme, {}, Button::Kind::Filled))
{
    setObjectName(QStringLiteral("tour"));
    setFocusPolicy(Qt::StrongFocus);
    setFixedWidth(theme.scaled(380));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_count);
    row->addStretch();
    auto *skip = new Button(theme, tr("End the tour"), Button::Kind::Flat);
    connect(skip, &Button::clicked, this, &TourCard::end);
    row->addWidget(skip);
    row->addWidget(m_back);
    row->addWidget(m_next);
    layout->addLayout(row);
    connect(m_back, &Button::clicked, this, [this] { goTo(m_step - 1); });
    connect(m_next, &Button::clicked, this, [this] { m_step + 1 < m_steps.size() ? goTo(m_step + 1) : end(); });
    hide();
}

void TourCard::start()
{
    show();
    goTo(0);
    setFocus();
}

void TourCard::goTo(int step)
{
    m_step = std::clamp(step, 0, steps() - 1);
    m_title->setText(m_steps[m_step].title);
    m_text->setText(m_steps[m_step].text);
    m_count->setText(tr("%1 of %2").arg(m_step + 1).arg(steps()));
    m_back->setEnabled(m_step > 0);
    m_next->setText(m_step + 1 < steps() ? tr("Next") : tr("Done"));
    setAccessibleName(m_steps[m_step].title);
    setAccessibleDescription(m_steps[m_step].text);
    Q_EMIT stepShown(m_step);
    place();
}

void TourCard::place()
{
    // A label that wraps knows its height by its width only.
    const int high = layout()->heightForWidth(width());
    setFixedHeight(high > 0 ? high : sizeHint().height());
    const std::vector<QRect> blocked = obstacles();
    const int bottom = parentWidget()->height() - m_theme.scaled(24) - edge;
    const QRect right(parentWidget()->width() - width() - edge, bottom - height(), width(), height());
    const QRect left = right.translated(m_theme.scaled(76) + edge - right.left(), 0); // beside the rail
    QRect spot = !meets(blocked, right) ? right : left;
    if (meets(blocked, spot)) {
        spot = right;
        for (const QRect &one : blocked)
            if (one.intersects(right))
                spot.moveBottom(std::min(spot.bottom(), one.top() - 8));
    }
    move(spot.topLeft());
    raise();
}

void TourCard::keepClear(QWidget *widget)
{
    widget->setProperty(clearProperty, true);
}

std::vector<QRect> TourCard::obstacles()
{
    std::vector<QRect> found;
    for (QWidget *widget : parentWidget()->findChildren<QWidget *>()) {
        if (!widget->property(clearProperty).toBool())
            continue;
        widget->installEventFilter(this); // it may come and go while the card is shown
        if (widget->isVisible())
            found.emplace_back(widget->mapTo(parentWidget(), QPoint()), widget->size());
    }
    return found;
}

bool TourCard::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if (isVisible() && (type == QEvent::Show || type == QEvent::Hide || type == QEvent::Move || type == QEvent::Resize))
        QMetaObject::invokeMethod(this, &TourCard::place, Qt::QueuedConnection); // once it stands where it goes
    return QWidget::eventFilter(watched, event);
}

void TourCard::end()
{
    hide();
    Q_EMIT ended();
}

void TourCard::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape: end(); break;
    case Qt::Key_Right:
    case Qt::Key_Return:
    case Qt::Key_Enter: m_next->click(); break;
    case Qt::Key_Left: m_back->click(); break;
    default: QWidget::keyPressEvent(event);
    }
}

void TourCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), 8, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
    painter.fillRect(QRectF(1, 14, 3, height() - 28), m_theme.color(Token::Sel));
}

} // namespace winnow::ui
