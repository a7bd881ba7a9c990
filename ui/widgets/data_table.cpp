#include "ui/widgets/data_table.h"

#include "ui/theme/icons.h"
#include "ui/widgets/cells.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <cmath>

namespace winnow::ui {

TableHeader::TableHeader(const Theme &theme, QWidget *parent) : QHeaderView(Qt::Horizontal, parent), m_theme(theme)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(20);
}

QSize TableHeader::sizeHint() const
{
    return {100, m_theme.scaled(30)};
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.color(Token::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Border));
    painter.end();
    QHeaderView::paintEvent(event);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    painter->save();
    painter->fillRect(rect, m_theme.color(Token::Surface));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(Token::Border));
    const QString text = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    const QVariant wanted = model()->headerData(logicalIndex, Qt::Horizontal, Qt::TextAlignmentRole);
    const auto alignment = wanted.isValid() ? static_cast<Qt::Alignment>(wanted.toInt()) : Qt::AlignLeft;
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    const QFont font = m_theme.font(TextRole::Label);
    QRectF area = QRectF(rect).adjusted(8, 0, -6, -1);
    if (sorted && (alignment & Qt::AlignRight))
        area.setRight(area.right() - 14);
    paintText(*painter, area, text, font, m_theme.color(sorted ? Token::Text2 : Token::Text3), alignment);
    if (sorted) {
        const double x = alignment & Qt::AlignRight ? area.right() + 2
                                                    : std::min(area.right() - 10, area.left() + textWidth(font, text) + 3);
        paintIcon(*painter,
                  sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                  QRectF(x, area.center().y() - 6, 12, 12), m_theme.color(Token::Text2));
    }
    painter->restore();
}

DataTable::DataTable(const Theme &theme, QWidget *parent) : QTableView(parent), m_theme(theme)
{
    setHorizontalHeader(new TableHeader(theme, this));
    setItemDelegate(new CellDelegate(theme, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(theme.rowHeight());
    verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    connect(&theme, &Theme::changed, this, [this] {
        if (m_ownHeight)
            return;
        verticalHeader()->setMinimumSectionSize(m_theme.rowHeight());
        verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    });
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    connect(this, &QAbstractItemView::activated, this, &DataTable::rowActivated);
}

void DataTable::setRowHeight(int pixels)
{
    m_ownHeight = true;
    verticalHeader()->setMinimumSectionSize(pixels);
    verticalHeader()->setDefaultSectionSize(pixels);
}

void DataTable::setColumns(const QVector<Column> &columns)
{
    m_columns = columns;
    layOutColumns();
}

void DataTable::layOutColumns()
{
    if (!model() || m_columns.isEmpty())
        return;
    const int room = viewport()->width();
    int used = 0;
    double shares = 0;
    for (int i = 0; i < m_columns.size() && i < model()->columnCount(); ++i) {
        const bool hidden = m_columns[i].width <= 0 || room < m_columns[i].hideBelow;
        setColumnHidden(i, hidden);
        if (hidden)
            continue;
        used += m_theme.scaled(m_columns[i].width);
        shares += m_columns[i].stretch;
    }
    const int left = std::max(0, room - used);
    double due = 0; // of what is left, to the columns so far: no pixel remains at the edge
    int given = 0;
    for (int i = 0; i < m_columns.size() && i < model()->columnCount(); ++i) {
        if (isColumnHidden(i))
            continue;
        due += shares > 0 ? left * m_columns[i].stretch / shares : 0;
        const int more = static_cast<int>(std::lround(due)) - given;
        given += more;
        setColumnWidth(i, m_theme.scaled(m_columns[i].width) + more);
    }
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    // A window made smaller does not cut the current row that was whole before; a table shown again has no old size.
    const QRect row = visualRect(currentIndex());
    const bool inside = !event->oldSize().isValid() || row.bottom() < event->oldSize().height();
    const bool whole = currentIndex().isValid() && row.top() >= 0 && inside;
    QTableView::resizeEvent(event);
    layOutColumns();
    if (whole && row.bottom() >= viewport()->height())
        scrollTo(currentIndex());
}

void DataTable::mouseMoveEvent(QMouseEvent *event)
{
    QTableView::mouseMoveEvent(event);
    const int row = rowAt(static_cast<int>(event->position().y()));
    if (row == m_hoverRow)
        return;
    m_hoverRow = row;
    viewport()->update();
}

void DataTable::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT cellClicked(index, event->modifiers());
}

bool DataTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Enter)
        m_pointerInside = true;
    if (event->type() == QEvent::Leave) {
        m_pointerInside = false;
        m_hoverRow = -1;
        viewport()->update();
        Q_EMIT pointerLeft();
    }
    return QTableView::viewportEvent(event);
}

void DataTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
    if (current.row() != previous.row())
        Q_EMIT currentRowChanged(current.row());
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    // Letters and space are commands of the page, not a search in the table.
    const bool letter = event->key() >= Qt::Key_Space && event->key() <= Qt::Key_AsciiTilde;
    if (letter || event->key() == Qt::Key_Delete) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace winnow::ui
