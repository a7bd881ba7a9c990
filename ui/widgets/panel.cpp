#include "ui/widgets/panel.h"

#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QDialog>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainterPath>
#include <QVBoxLayout>

namespace winnow::ui {

namespace {

constexpr int legendGap = 14;
constexpr int legendMargin = 4;
constexpr double radius = 8;

int markWidth(LegendItem::Kind kind)
{
    return kind == LegendItem::Kind::Line ? 23 : kind == LegendItem::Kind::Text ? 0 : 12;
}

/// A lower corner of a panel, above a body that fills its whole rectangle: plots paint opaque.
class RoundCorner : public QWidget {
public:
    RoundCorner(const Theme &theme, Panel *panel, bool right) : QWidget(panel), m_theme(theme), m_right(right)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        panel->installEventFilter(this);
        place();
    }

protected:
    bool eventFilter(QObject *panel, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            place();
        if (event->type() == QEvent::LayoutRequest) // a body came
            raise();
        return QWidget::eventFilter(panel, event);
    }

    void paintEvent(QPaintEvent *) override
    {
        QPainterPath round;
        round.addRoundedRect(QRectF(parentWidget()->rect()).translated(-pos()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        QPainterPath outside;
        outside.addRect(rect());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(outside.subtracted(round), m_theme.color(Token::Window));
        painter.setPen(QPen(m_theme.color(Token::Border), 1));
        painter.drawPath(round);
    }

private:
    void place()
    {
        const int side = static_cast<int>(radius) + 1;
        const QSize panel = parentWidget()->size();
        setGeometry(m_right ? panel.width() - side : 0, panel.height() - side, side, side);
    }

    const Theme &m_theme;
    const bool m_right;
};

} // namespace

Panel::Panel(const Theme &theme, const QString &title, QWidget *parent)
    : QFrame(parent), m_theme(theme), m_title(new TextLabel(theme, title, TextRole::PanelTitle, "text")),
      m_unit(new TextLabel(theme, {}, TextRole::Caption, "text3")), m_legend(new LegendBar(theme)),
      m_legendLine(new LegendBar(theme)), m_header(new QHBoxLayout), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    m_header->setContentsMargins(12, 0, 6, 0);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_unit, 0);
    m_header->addWidget(m_legend, 1);
    m_unit->setElide(Qt::ElideRight);
    m_title->setVisible(!title.isEmpty());
    m_unit->hide();
    auto *holder = new QWidget;
    holder->setLayout(m_header);
    holder->setFixedHeight(theme.scaled(33));
    m_layout->addWidget(holder);
    m_legendLine->setContentsMargins(8, 0, 8, 0);
    m_legendLine->hide();
    m_layout->addWidget(m_legendLine);
}

void Panel::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void Panel::setUnit(const QString &unit)
{
    m_unit->setFullText(unit);
    m_unit->setVisible(!unit.isEmpty());
}

void Panel::setLegend(const QVector<LegendItem> &items)
{
    m_legendItems = items;
    m_legendLine->setItems(items);
    m_legendBelow.reset();
    placeLegend();
}

int Panel::legendRoom() const
{
    const QMargins margins = m_header->contentsMargins();
    int room = width() - 2 - margins.left() - margins.right();
    for (int i = 0; i < m_header->count(); ++i) {
        const QWidget *widget = m_header->itemAt(i)->widget();
        if (widget && widget != m_legend && !widget->isHidden())
            room -= widget->sizeHint().width() + m_header->spacing();
    }
    return room;
}

void Panel::placeLegend()
{
    const bool below = !m_legendItems.isEmpty() && legendRoom() < m_legendLine->sizeHint().width();
    if (m_legendBelow == below)
        return;
    m_legendBelow = below;
    m_legend->setItems(below ? QVector<LegendItem>() : m_legendItems);
    m_legendLine->setVisible(below);
}

void Panel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeLegend();
}

bool Panel::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) // the title, the unit or a tool came, went or grew
        placeLegend();
    return QFrame::event(event);
}

void Panel::setBody(QWidget *body, QMargins margins)
{
    m_body = body;
    auto *holder = new QVBoxLayout;
    holder->setContentsMargins(margins);
    holder->addWidget(body);
    m_layout->addLayout(holder, 1);
    if (!m_dashed) // that one lies on the page's own colour
        for (const bool right : {false, true})
            new RoundCorner(m_theme, this, right);
}

void Panel::addTool(QWidget *tool)
{
    m_header->insertWidget(m_expand ? m_header->indexOf(m_expand) : m_header->count(), tool);
}

void Panel::addLeading(QWidget *widget)
{
    m_header->insertWidget(m_header->indexOf(m_legend), widget);
}

void Panel::addPlotTools()
{
    auto *expandButton = new Button(m_theme, {}, Button::Kind::Flat, this);
    expandButton->setSmall(true);
    expandButton->setIconName(QStringLiteral("expand"));
    expandButton->setAccessibleName(tr("Expand %1").arg(m_title->text()));
    expandButton->setToolTip(tr("Expand: show this panel in a window"));
    connect(expandButton, &Button::clicked, this, &Panel::expand);
    m_header->addWidget(expandButton);
    m_expand = expandButton;
}

void Panel::expand()
{
    if (!m_body)
        return;
    auto *window = new QDialog(this, Qt::Window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setWindowTitle(m_title->text());
    window->resize(1000, 640);
    auto *layout = new QVBoxLayout(window);
    QWidget *body = m_body;
    auto *home = new QWidget(this); // keeps the place in the panel
    m_layout->replaceWidget(body, home);
    layout->addWidget(body);
    connect(window, &QDialog::finished, this, [this, body, home] {
        m_layout->replaceWidget(home, body);
        body->setParent(this);
        body->show();
        home->deleteLater();
    });
    window->show();
}

void Panel::setDashed(bool dashed)
{
    m_dashed = dashed;
    update();
}

void Panel::setLoading(bool loading)
{
    m_loading = loading;
    if (m_body)
        m_body->setEnabled(!loading);
    update();
}

void Panel::showError(const QString &message)
{
    if (!m_strip) {
        m_strip = new Strip(m_theme, Strip::Kind::Error);
        m_layout->insertWidget(1, m_strip);
    }
    m_strip->setMessage(message);
    m_strip->show();
}

void Panel::clearError()
{
    if (m_strip)
        m_strip->hide();
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(m_theme.color(m_dashed ? Token::Window : Token::Surface));
    QPen pen(m_theme.color(m_dashed ? Token::Border2 : Token::Border), 1);
    if (m_dashed)
        pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (m_loading)
        painter.fillRect(QRect(1, m_theme.scaled(33), width() - 2, 2), m_theme.color(Token::Link));
}

LegendBar::LegendBar(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void LegendBar::setItems(const QVector<LegendItem> &items)
{
    m_items = items;
    QStringList names;
    for (const LegendItem &item : items)
        names << item.text.toHtmlEscaped();
    setToolTip(names.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

int LegendBar::itemWidth(const LegendItem &item) const
{
    return markWidth(item.kind) + textWidth(m_theme.font(TextRole::Caption), item.text);
}

QSize LegendBar::sizeHint() const
{
    const QMargins margins = contentsMargins();
    int width = margins.left() + margins.right() + legendMargin;
    for (const LegendItem &item : m_items)
        width += itemWidth(item) + legendGap;
    return {width, m_theme.scaled(20)};
}

void LegendBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect box = contentsRect();
    int x = box.left() + legendMargin;
    const QFont font = m_theme.font(TextRole::Caption);
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const LegendItem &item = m_items[i];
        const int wide = itemWidth(item);
        if (x + wide > box.right() + 1) {
            paintText(painter, QRectF(x, 0, box.right() + 1 - x, height()), QStringLiteral("+ %1").arg(m_items.size() - i),
                      font, m_theme.color(Token::Text3));
            return;
        }
        const QPointF center(x + 4, height() / 2.0);
        if (item.kind == LegendItem::Kind::Line)
            paintSwatch(painter, m_theme, item.look, QRectF(x, 0, 18, height()));
        else if (item.kind == LegendItem::Kind::Cross)
            paintMarker(painter, Marker::Cross, center, 6, m_theme.color(Token::Text2), Qt::transparent);
        else if (item.kind == LegendItem::Kind::Dot)
            paintMarker(painter, Marker::Disc, center, 4, m_theme.color(Token::Text3), Qt::transparent);
        const int mark = markWidth(item.kind);
        paintText(painter, QRectF(x + mark, 0, wide - mark + 2, height()), item.text, font, m_theme.color(Token::Text2));
        x += wide + legendGap;
    }
}

Strip::Strip(const Theme &theme, Kind kind, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_kind(kind), m_text(new TextLabel(theme, {}, TextRole::Panel, "text")),
      m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(36, 4, 8, 4);
    m_layout->setSpacing(8);
    m_text->setWordWrap(true);
    m_layout->addWidget(m_text, 1);
    setMinimumHeight(theme.scaled(34));
}

void Strip::setMessage(const QString &text)
{
    m_text->setText(text);
}

Button *Strip::addAction(const QString &text)
{
    auto *button = new Button(m_theme, text);
    button->setSmall(true);
    m_layout->addWidget(button);
    return button;
}

void Strip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Token token = m_kind == Kind::Error ? Token::Failed
                        : m_kind == Kind::Interrupted ? Token::Interrupted : Token::Link;
    const QColor color = m_theme.color(token);
    painter.fillRect(rect(), mixed(m_theme.color(Token::Surface), color, 0.08));
    painter.fillRect(QRect(0, 0, 3, height()), color);
    const QString icon = m_kind == Kind::Error ? QStringLiteral("warning")
                         : m_kind == Kind::Interrupted ? QStringLiteral("bolt") : QStringLiteral("help");
    paintIcon(painter, icon, QRectF(13, (height() - 16) / 2.0, 16, 16), color);
}

} // namespace winnow::ui
