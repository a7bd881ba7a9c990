#include "ui/pages/compare_parts.h"

#include "core/eval/published_anchors.h"
#include "ui/support/number_format.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"

#include <QMouseEvent>

namespace winnow::ui {

namespace {

/// Where the parts of the verdict stand, in pixels from the top.
struct VerdictLines {
    int table = 0;
    int tableHigh = 0;
    int words = 0;
    int button = 0;
};

/// In a low window the table's rows stand closer, so that the button below stays whole.
VerdictLines verdictLines(int height)
{
    return height < 284 ? VerdictLines{76, 81, 163, 220} : VerdictLines{84, 94, 186, 248};
}

} // namespace

VerdictView::VerdictView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_flipped(new Button(theme, {}))
{
    m_flipped->setParent(this);
    m_flipped->setSmall(true);
    m_flipped->setIconName(QStringLiteral("evaluation"));
    m_flipped->hide();
    connect(m_flipped, &Button::clicked, this, &VerdictView::flippedRequested);
}

void VerdictView::setContent(const Content &content)
{
    m_content = content;
    setAccessibleDescription(content.test ? content.verdict : content.absent);
    const std::int64_t flips = content.test ? content.test->gained() + content.test->lost() : 0;
    m_flipped->setText(tr("Show %1 flipped picks").arg(thousands(flips)));
    m_flipped->setVisible(flips > 0);
    m_flipped->adjustSize();
    update();
}

void VerdictView::resizeEvent(QResizeEvent *)
{
    m_flipped->move(14, verdictLines(height()).button);
}

void VerdictView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont panel = m_theme.font(TextRole::Panel);
    if (!m_content.test) {
        painter.setFont(panel);
        painter.setPen(m_theme.color(Token::Text3));
        painter.drawText(QRectF(14, 8, width() - 28, height() - 16), Qt::TextWordWrap, m_content.absent);
        return;
    }
    const PairedTest &test = *m_content.test;
    const QFont big = m_theme.font(TextRole::Verdict);
    const QString points = pointsText(test.bootstrap.difference);
    paintText(painter, QRectF(14, 4, width() - 28, 30), points, big, m_theme.color(Token::Text));
    const auto sign = [](double v) { return (v > 0 ? QStringLiteral("+") : QString()) + fixedText(v * 100, 1); };
    paintText(painter, QRectF(20 + textWidth(big, points), 9, width() - 30, 22),
              QStringLiteral("[%1, %2]").arg(sign(test.bootstrap.interval.low), sign(test.bootstrap.interval.high)),
              m_theme.font(TextRole::Mono), m_theme.color(Token::Text2));
    paintText(painter, QRectF(14, 36, width() - 28, 18), m_content.sentence, panel, m_theme.color(Token::Text2));
    QFont strong = panel;
    strong.setWeight(QFont::DemiBold);
    paintText(painter, QRectF(14, 55, width() - 28, 18), m_content.verdict, strong, m_theme.color(Token::Text));
    const VerdictLines at = verdictLines(height());
    paintTable(painter, QRectF(14, at.table, width() - 28, at.tableHigh));
    const QString name = tr("McNemar, exact p = ");
    const double p = test.mcNemar.pValue;
    paintText(painter, QRectF(14, at.words, width() - 28, 18), name, panel, m_theme.color(Token::Text2));
    paintText(painter, QRectF(14 + textWidth(panel, name), at.words, 120, 18),
              p >= 0.9995 ? QStringLiteral("1.000") : pValueText(p), m_theme.font(TextRole::Mono), m_theme.color(Token::Text));
    paintText(painter, QRectF(14, at.words + 17, width() - 28, 18),
              tr("Ties in A %1, in %2 %3 · no usable score %4")
                  .arg(thousands(test.tiesA), m_content.b, thousands(test.tiesB), thousands(test.withoutScoreA + test.withoutScoreB)),
              panel, m_theme.color(Token::Text2));
    paintText(painter, QRectF(14, at.words + 34, width() - 28, 18),
              tr("Candidates without an answer (unparsable) %1").arg(thousands(m_content.unparsable)), panel, m_theme.color(Token::Text2));
}

void VerdictView::paintTable(QPainter &painter, const QRectF &box)
{
    const PairedTest &test = *m_content.test;
    paintBox(painter, box, 6, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
    const double row = box.height() / 3;
    for (const int i : {1, 2})
        painter.fillRect(QRectF(box.left(), box.top() + row * i, box.width(), 1), m_theme.color(Token::Border));
    const QFont panel = m_theme.font(TextRole::Panel);
    const QFont mono = m_theme.font(TextRole::Mono);
    const double first = box.left() + box.width() * 0.64;
    const double second = box.right() - 14;
    const auto cell = [&](int line, double right, const QString &text, const QFont &font, Token token) {
        const QRectF place(right - 110, box.top() + row * line, 110, row);
        paintText(painter, place, text, font, m_theme.color(token), Qt::AlignRight);
        return place;
    };
    cell(0, first, tr("%1 right").arg(m_content.b), panel, Token::Text2);
    cell(0, second, tr("%1 wrong").arg(m_content.b), panel, Token::Text2);
    for (const int line : {1, 2})
        paintText(painter, QRectF(box.left() + 9, box.top() + row * line, 70, row), line == 1 ? tr("A right") : tr("A wrong"),
                  panel, m_theme.color(Token::Text2));
    cell(1, first, thousands(test.both), mono, Token::Text);
    m_links[1] = cell(1, second, tr("%1 lost").arg(thousands(test.lost())), mono, Token::Link);
    m_links[0] = cell(2, first, tr("%1 gained").arg(thousands(test.gained())), mono, Token::Link);
    cell(2, second, thousands(test.neither), mono, Token::Text);
}

void VerdictView::mousePressEvent(QMouseEvent *event)
{
    for (const QRectF &link : m_links)
        if (m_content.test && m_flipped->isVisible() && link.contains(event->position()))
            Q_EMIT flippedRequested();
}

namespace {

QString words(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

PublishedShelf::PublishedShelf(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setAccessibleName(tr("Published, for reference"));
}

int PublishedShelf::heightForWidth(int width) const
{
    return lay(nullptr, width);
}

void PublishedShelf::resizeEvent(QResizeEvent *)
{
    setMinimumHeight(lay(nullptr, width()));
}

void PublishedShelf::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    lay(&painter, width());
}

int PublishedShelf::lay(QPainter *painter, int wide) const
{
    constexpr int rowHigh = 24;
    const QFont caption = m_theme.font(TextRole::Caption);
    const QFont panel = m_theme.font(TextRole::Panel);
    int y = 2;
    const auto paragraph = [&](const QString &text) {
        const QRect room(14, y, wide - 28, 1000);
        const QRect used = QFontMetrics(caption).boundingRect(room, Qt::TextWordWrap, text);
        if (painter) {
            painter->setFont(caption);
            painter->setPen(m_theme.color(Token::Text3));
            painter->drawText(room, Qt::TextWordWrap, text);
        }
        y += used.height() + 4;
    };
    paragraph(coreWords(std::string(publishedAnchorsNote())));
    paragraph(tr("Another task: do not compare with the curves here."));
    double low = 100;
    double high = 0;
    int nameWidth = 0;
    for (const PublishedAnchor &anchor : publishedAnchors()) {
        low = std::min(low, anchor.accuracy);
        high = std::max(high, anchor.accuracy);
        nameWidth = std::max(nameWidth, textWidth(panel, words(anchor.method)));
    }
    const double scaleLeft = std::min(14.0 + nameWidth + 8, wide - 110.0);
    const double scaleRight = wide - 62.0;
    std::string_view source;
    for (const PublishedAnchor &anchor : publishedAnchors()) {
        if (anchor.source != source) {
            source = anchor.source;
            y += 6;
            paragraph(coreWords(std::string(source)));
        }
        if (painter) {
            painter->fillRect(QRectF(14, y, wide - 28, 1), m_theme.color(Token::Border));
            paintText(*painter, QRectF(14, y, scaleLeft - 18, rowHigh), words(anchor.method), panel, m_theme.color(Token::Text2),
                      Qt::AlignLeft, Qt::ElideMiddle);
            painter->fillRect(QRectF(scaleLeft, y + 12, scaleRight - scaleLeft, 1), m_theme.color(Token::Border2));
            const double x = scaleLeft + 6 + (anchor.accuracy - low) / std::max(0.1, high - low) * (scaleRight - scaleLeft - 12);
            paintMarker(*painter, Marker::HollowDiamond, QPointF(x, y + 12.5), 6, m_theme.color(Token::Text2), m_theme.color(Token::Window));
            paintText(*painter, QRectF(scaleRight + 4, y, wide - scaleRight - 18, rowHigh), fixedText(anchor.accuracy, 1) + QLatin1Char('%'),
                      m_theme.font(TextRole::Mono), m_theme.color(Token::Text), Qt::AlignRight);
        }
        y += rowHigh;
    }
    y += 4;
    paragraph(tr("No interval was published."));
    return y;
}

} // namespace winnow::ui
