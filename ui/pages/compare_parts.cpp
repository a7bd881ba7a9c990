#include "ui/pages/compare_parts.h"

#include "core/eval/published_anchors.h"
#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <QMouseEvent>

namespace winnow::ui {

VerdictView::VerdictView(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
}

void VerdictView::setContent(const Content &content)
{
    m_content = content;
    setAccessibleDescription(content.there ? content.verdict : content.absent);
    update();
}

void VerdictView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont panel = m_theme.font(TextRole::Panel);
    if (!m_content.there) {
        painter.setFont(panel);
        painter.setPen(m_theme.color(Token::Text3));
        painter.drawText(QRectF(14, 8, width() - 28, height() - 16), Qt::TextWordWrap, m_content.absent);
        return;
    }
    const QFont big = m_theme.font(TextRole::Verdict);
    const QString points = pointsText(m_content.difference);
    paintText(painter, QRectF(14, 4, width() - 28, 30), points, big, m_theme.color(Token::Text));
    const auto sign = [](double v) { return (v > 0 ? QStringLiteral("+") : QString()) + fixedText(v * 100, 1); };
    paintText(painter, QRectF(20 + textWidth(big, points), 9, width() - 30, 22),
              QStringLiteral("[%1, %2]").arg(sign(m_content.low), sign(m_content.high)), m_theme.font(TextRole::Mono),
              m_theme.color(Token::Text2));
    paintText(painter, QRectF(14, 36, width() - 28, 18), m_content.sentence, panel, m_theme.color(Token::Text2));
    QFont strong = panel;
    strong.setWeight(QFont::DemiBold);
    paintText(painter, QRectF(14, 55, width() - 28, 18), m_content.verdict, strong, m_theme.color(Token::Text));
    paintTable(painter, QRectF(14, 84, width() - 28, 94));
    const QFont mono = m_theme.font(TextRole::Mono);
    const QString name = tr("McNemar, exact p = ");
    paintText(painter, QRectF(14, 188, width() - 28, 20), name, panel, m_theme.color(Token::Text2));
    paintText(painter, QRectF(14 + textWidth(panel, name), 188, 120, 20),
              m_content.p < 0.001 ? QStringLiteral("< .001") : fixedText(m_content.p, 3), mono, m_theme.color(Token::Text));
    paintText(painter, QRectF(14, 208, width() - 28, 20),
              tr("Ties in A %1, in B %2 · unparsable %3")
                  .arg(thousands(m_content.tiesA), thousands(m_content.tiesB), thousands(m_content.unusable)),
              panel, m_theme.color(Token::Text2));
    const QString flipped = tr("Show %1 flipped picks").arg(thousands(m_content.gained + m_content.lost));
    m_link = QRectF(14, 238, textWidth(panel, flipped) + 4, 20);
    paintText(painter, m_link, flipped, panel, m_theme.color(Token::Link));
}

void VerdictView::paintTable(QPainter &painter, const QRectF &box) const
{
    paintBox(painter, box, 6, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
    const double row = box.height() / 3;
    for (const int i : {1, 2})
        painter.fillRect(QRectF(box.left(), box.top() + row * i, box.width(), 1), m_theme.color(Token::Border));
    const QFont panel = m_theme.font(TextRole::Panel);
    const QFont mono = m_theme.font(TextRole::Mono);
    const double first = box.left() + box.width() * 0.64;
    const double second = box.right() - 14;
    const auto cell = [&](int line, double right, const QString &text, const QFont &font, Token token) {
        paintText(painter, QRectF(right - 150, box.top() + row * line, 150, row), text, font, m_theme.color(token),
                  Qt::AlignRight);
    };
    cell(0, first, tr("B right"), panel, Token::Text2);
    cell(0, second, tr("B wrong"), panel, Token::Text2);
    for (const int line : {1, 2})
        paintText(painter, QRectF(box.left() + 9, box.top() + row * line, 90, row), line == 1 ? tr("A right") : tr("A wrong"),
                  panel, m_theme.color(Token::Text2));
    cell(1, first, thousands(m_content.both), mono, Token::Text);
    cell(1, second, tr("%1 lost").arg(thousands(m_content.lost)), mono, Token::Link);
    cell(2, first, tr("%1 gained").arg(thousands(m_content.gained)), mono, Token::Link);
    cell(2, second, thousands(m_content.neither), mono, Token::Text);
}

void VerdictView::mousePressEvent(QMouseEvent *event)
{
    if (m_content.there && m_link.adjusted(-4, -2, 4, 2).contains(event->position()))
        Q_EMIT flippedRequested();
}

PublishedShelf::PublishedShelf(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) {}

void PublishedShelf::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont caption = m_theme.font(TextRole::Caption);
    const QString note = QString::fromUtf8(publishedAnchorsNote().data(), static_cast<qsizetype>(publishedAnchorsNote().size()));
    painter.setFont(caption);
    painter.setPen(m_theme.color(Token::Text3));
    QRectF used;
    painter.drawText(QRectF(14, 2, width() - 28, 64), Qt::TextWordWrap, note, &used);
    double y = used.bottom() + 4;
    const double scaleLeft = width() * 0.54;
    const double scaleRight = width() - 66.0;
    const auto &anchors = publishedAnchors();
    double low = 100;
    double high = 0;
    for (const PublishedAnchor &anchor : anchors) {
        low = std::min(low, anchor.accuracy);
        high = std::max(high, anchor.accuracy);
    }
    int hidden = 0;
    QString source;
    for (const PublishedAnchor &anchor : anchors) {
        if (y + 24 + 46 > height()) {
            ++hidden;
            continue;
        }
        source = QString::fromUtf8(anchor.source.data(), static_cast<qsizetype>(anchor.source.size()));
        painter.fillRect(QRectF(14, y, width() - 28, 1), m_theme.color(Token::Border));
        paintText(painter, QRectF(14, y, scaleLeft - 22, 24),
                  QString::fromUtf8(anchor.method.data(), static_cast<qsizetype>(anchor.method.size())),
                  m_theme.font(TextRole::Panel), m_theme.color(Token::Text2));
        painter.fillRect(QRectF(scaleLeft, y + 12, scaleRight - scaleLeft, 1), m_theme.color(Token::Border2));
        const double x = scaleLeft + 6 + (anchor.accuracy - low) / std::max(0.1, high - low) * (scaleRight - scaleLeft - 12);
        paintMarker(painter, Marker::HollowDiamond, QPointF(x, y + 12.5), 6, m_theme.color(Token::Text2),
                    m_theme.color(Token::Window));
        paintText(painter, QRectF(scaleRight + 4, y, width() - scaleRight - 18, 24), fixedText(anchor.accuracy, 1) + QLatin1Char('%'),
                  m_theme.font(TextRole::Mono), m_theme.color(Token::Text), Qt::AlignRight);
        y += 24;
    }
    painter.fillRect(QRectF(14, y, width() - 28, 1), m_theme.color(Token::Border));
    painter.setFont(caption);
    painter.setPen(m_theme.color(Token::Text3));
    QString foot = tr("No interval published. Source: %1.").arg(source);
    if (hidden > 0)
        foot += QLatin1Char(' ') + tr("%1 more do not fit here.").arg(hidden);
    painter.drawText(QRectF(14, y + 4, width() - 28, height() - y - 4), Qt::TextWordWrap, foot);
}

} // namespace winnow::ui
