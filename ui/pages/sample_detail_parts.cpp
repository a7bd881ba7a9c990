#include "ui/pages/sample_detail_parts.h"

#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {
constexpr int neighbourHeight = 24;
constexpr int stepHeadHeight = 28;
constexpr int stepHeight = 27;
constexpr int suspicionHeight = 22;
}

SamplePicture::SamplePicture(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedSize(theme.scaled(154), theme.scaled(82));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Picture"));
    setToolTip(tr("Click to zoom; T in the window shows the tiles"));
}

void SamplePicture::setImage(const QImage &image, const QString &whenMissing)
{
    m_image = image;
    m_missing = whenMissing;
    update();
}

void SamplePicture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), 4, m_image.isNull() ? m_theme.color(Token::Sunken) : QColor(Qt::white), m_theme.color(Token::Border2));
    if (m_image.isNull()) {
        paintText(painter, rect(), m_missing, m_theme.font(TextRole::Caption), m_theme.color(Token::Text3), Qt::AlignHCenter);
    } else {
        const QSizeF size = QSizeF(m_image.size()).scaled(QSizeF(width() - 10, height() - 8), Qt::KeepAspectRatio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_image.height() > 200);
        painter.drawImage(QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size), m_image);
    }
    if (hasFocus())
        paintFocusRing(painter, m_theme, rect(), 4);
}

void SamplePicture::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()) && !m_image.isNull())
        Q_EMIT clicked();
}

void SamplePicture::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !m_image.isNull())
        Q_EMIT clicked();
    else
        QWidget::keyPressEvent(event);
}

SampleSteps::SampleSteps(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) {}

void SampleSteps::setRows(std::vector<Row> rows, const QString &when)
{
    m_rows = std::move(rows);
    m_when = when;
    setFixedHeight(m_theme.scaled(stepHeadHeight) + m_theme.scaled(stepHeight) * static_cast<int>(m_rows.size()));
    update();
}

void SampleSteps::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont label = m_theme.font(TextRole::Label);
    const QColor grey = m_theme.color(Token::Text3);
    const double right = width() - 16;
    paintText(painter, QRectF(16, 4, 44, 20), tr("Given"), label, grey);
    paintText(painter, QRectF(60, 4, 120, 20), tr("Step"), label, grey);
    paintText(painter, QRectF(right - 160, 4, 160, 20), m_when, label, grey, Qt::AlignRight);
    const int line = m_theme.scaled(stepHeight);
    double y = m_theme.scaled(stepHeadHeight);
    for (const Row &row : m_rows) {
        const double middle = y + std::floor((line - 1) / 2.0);
        painter.fillRect(QRectF(16, y - 1, right - 16, 1), m_theme.color(Token::Border));
        paintStepMark(painter, m_theme, row.mark, QRectF(18, middle - 7, 14, 14));
        double end = right;
        if (row.p) {
            paintText(painter, QRectF(right - 40, y, 40, line - 1), rateText(*row.p, 2), m_theme.font(TextRole::Mono),
                      m_theme.color(Token::Text), Qt::AlignRight);
            const QRectF bar(right - 104, middle - 4, 64, 8);
            paintBox(painter, bar, 2, m_theme.color(Token::Border), Qt::transparent);
            const QColor color = m_theme.color(*row.p >= 0.5F ? Token::Plus : Token::Minus);
            paintBox(painter, QRectF(bar.left(), bar.top(), std::max(4.0, bar.width() * *row.p), 8), 2, color, Qt::transparent);
            painter.fillRect(QRectF(bar.center().x(), bar.top(), 1, 8), m_theme.color(Token::Surface));
            end = bar.left() - 8;
            if (row.mark.disagrees) {
                const int words = textWidth(m_theme.font(TextRole::Caption), tr("disagrees"));
                paintText(painter, QRectF(end - words, y, words + 2, line - 1), tr("disagrees"), m_theme.font(TextRole::Caption),
                          m_theme.color(Token::SelLine));
                end -= words + 8;
            }
        }
        paintText(painter, QRectF(60, y, end - 60, line - 1), row.text, m_theme.font(TextRole::Mono), m_theme.color(Token::Text));
        y += line;
    }
}

SuspicionBars::SuspicionBars(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) {}

void SuspicionBars::setRows(std::vector<Row> rows, double total)
{
    m_rows = std::move(rows);
    m_total = total;
    setFixedHeight(m_theme.scaled(suspicionHeight) * static_cast<int>(m_rows.size()) + 6);
    update();
}

void SuspicionBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = m_theme.scaled(suspicionHeight);
    double y = 0;
    const double left = 148;
    const double right = width() - 92;
    for (const Row &row : m_rows) {
        paintText(painter, QRectF(16, y, left - 20, line), row.name, m_theme.font(TextRole::Panel), m_theme.color(Token::Text2));
        const QRectF bar(left, y + line / 2 - 3, right - left, 6);
        paintBox(painter, bar, 2, m_theme.color(Token::Border), Qt::transparent);
        if (std::isfinite(row.rank)) {
            const double share = std::clamp(1 - (row.rank - 1) / std::max(1.0, m_total - 1), 0.0, 1.0);
            paintBox(painter, QRectF(bar.left(), bar.top(), bar.width() * share, 6), 2, m_theme.color(Token::Text3), Qt::transparent);
        }
        const QString text = std::isfinite(row.rank) ? thousands(std::llround(row.rank)) + row.note : tr("not seen");
        paintText(painter, QRectF(right, y, width() - right - 16, line), text, m_theme.font(TextRole::Mono), m_theme.color(Token::Text),
                  Qt::AlignRight);
        y += line;
    }
}

NeighbourList::NeighbourList(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setAccessibleName(tr("Nearest in rank"));
}

void NeighbourList::setRows(std::vector<Row> rows)
{
    m_rows = std::move(rows);
    setFixedHeight(m_theme.scaled(neighbourHeight) * static_cast<int>(m_rows.size()) + 6);
    update();
}

void NeighbourList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = m_theme.scaled(neighbourHeight);
    double y = 0;
    for (const Row &row : m_rows) {
        if (row.current)
            painter.fillRect(QRectF(8, y, width() - 16, line), m_theme.color(Token::SelRow));
        paintText(painter, QRectF(16, y, 44, line), thousands(row.place), m_theme.font(TextRole::Mono), m_theme.color(Token::Text3));
        paintText(painter, QRectF(64, y, width() - 220, line), row.key, m_theme.font(TextRole::Panel),
                  m_theme.color(row.current ? Token::Text : Token::Link), Qt::AlignLeft, Qt::ElideMiddle);
        if (!row.decision.text.isEmpty())
            paintText(painter, QRectF(width() - 150, y, 70, line), row.decision.text, m_theme.font(TextRole::Caption),
                      m_theme.color(row.decision.token));
        paintText(painter, QRectF(width() - 80, y, 64, line), row.weight, m_theme.font(TextRole::Mono), m_theme.color(Token::Text),
                  Qt::AlignRight);
        y += line;
    }
}

void NeighbourList::mouseReleaseEvent(QMouseEvent *event)
{
    const auto row = static_cast<std::size_t>(event->position().y() / m_theme.scaled(neighbourHeight));
    if (row < m_rows.size())
        Q_EMIT chosen(m_rows[row].sample);
}

} // namespace winnow::ui
