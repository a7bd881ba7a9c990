#include "ui/pages/sample_grid.h"

#include "ui/models/samples_model.h"
#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace winnow::ui {

namespace {

class GridDelegate : public QStyledItemDelegate {
public:
    GridDelegate(const Theme &theme, SamplesModel &model, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme), m_model(model) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {m_theme.scaled(132), m_theme.scaled(112)}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const QRectF box = QRectF(option.rect).adjusted(4, 4, -4, -4);
        const bool current = option.state & QStyle::State_HasFocus || option.state & QStyle::State_Selected;
        const bool chosen = index.data(RowStateRole).toInt() & RowSelected;
        paintBox(*painter, box, 6, chosen ? m_theme.color(Token::SelRow) : m_theme.color(Token::Surface),
                 m_theme.color(current ? Token::SelLine : Token::Border), current ? 2 : 1);
        const Cell cell = index.siblingAtColumn(SamplesModel::Picture).data(CellRole).value<Cell>();
        const QRectF picture = box.adjusted(6, 6, -6, -26);
        if (const auto *thumbnail = std::get_if<ThumbnailCell>(&cell); thumbnail && !thumbnail->image.isNull()) {
            const QSizeF size = QSizeF(thumbnail->image.size()).scaled(picture.size(), Qt::KeepAspectRatio);
            QRectF at(QPointF(0, 0), size);
            at.moveCenter(picture.center());
            painter->fillRect(at, Qt::white);
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->drawImage(at, thumbnail->image);
        } else {
            paintBox(*painter, picture, 4, m_theme.color(Token::Sunken), Qt::transparent);
        }
        const std::size_t sample = m_model.sampleAt(index.row());
        const QRectF foot(box.left() + 8, box.bottom() - 24, box.width() - 16, 20);
        paintText(*painter, foot, thousands(index.row() + 1), m_theme.font(TextRole::Caption), m_theme.color(Token::Text3));
        paintText(*painter, foot, weightText(m_model.weights()[sample]), m_theme.font(TextRole::Mono), m_theme.color(Token::Text), Qt::AlignRight);
        if (const Decision decision = m_model.decisionOf(sample); decision != Decision::None) {
            const BadgeLook look = decisionBadge(decision);
            const QRectF badge(box.right() - 26, box.top() + 6, 20, 20);
            paintBox(*painter, badge, 4, m_theme.color(Token::Surface), m_theme.color(look.token));
            paintIcon(*painter, look.icon, badge.adjusted(3, 3, -3, -3), m_theme.color(look.token));
        }
        painter->restore();
    }

private:
    const Theme &m_theme;
    SamplesModel &m_model;
};

} // namespace

SampleGrid::SampleGrid(const Theme &theme, SamplesModel &model, QWidget *parent) : QListView(parent), m_samples(model)
{
    setItemDelegate(new GridDelegate(theme, model, this));
    setFlow(QListView::LeftToRight); // as IconMode looks, without its tree of all items
    setWrapping(true);
    setUniformItemSizes(true);
    setLayoutMode(QListView::Batched);
    setBatchSize(20000);
    setResizeMode(QListView::Adjust);
    setMovement(QListView::Static);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setAccessibleName(tr("Samples as pictures"));
}

void SampleGrid::attach(bool on)
{
    setModel(on ? &m_samples : nullptr);
    if (on)
        setModelColumn(SamplesModel::Picture);
}

void SampleGrid::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.row() != previous.row())
        Q_EMIT currentRowChanged(current.row());
}

void SampleGrid::keyPressEvent(QKeyEvent *event)
{
    // Letters and space are commands of the page, not a search in the grid.
    if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

} // namespace winnow::ui
