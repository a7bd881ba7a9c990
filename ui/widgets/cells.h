#pragma once

#include "ui/support/number_format.h"
#include "ui/widgets/run_badge.h"
#include "ui/theme/series_look.h"

#include <QImage>
#include <QMetaType>
#include <QStyledItemDelegate>

#include <memory>
#include <variant>
#include <vector>

namespace winnow::ui {

class Theme;

/// Columns of floats shared with the model, so that painting copies nothing.
using Floats = std::shared_ptr<const std::vector<float>>;

struct TextCell {
    QString text = {};
    QString note = {}; ///< small and grey, after the text
    Token token = Token::Text;
    bool mono = false;
    bool strong = false;
    Qt::Alignment alignment = Qt::AlignLeft;
    QString icon = {}; ///< before the text, in `token`
};
struct NameCell { ///< a run: line swatch and name
    QString name;
    SeriesLook look;
    bool pinned = false;
};
struct GroupCell { ///< first cell of a group row
    QString name;
    bool open = true;
};
struct EyeCell {
    bool visible = true;
};
struct SparkCell {
    Floats values;
    bool live = false; ///< dot at the end
};
struct HistogramCell {
    Floats bins;
};
struct IntervalCell {
    Interval value;
    double low = 0; ///< shared scale of the column
    double high = 1;
    SeriesLook look;
    QString note = {}; ///< small and grey, after the value: its n where that is not the header's
};
struct StepMark {
    bool plus = true;
    bool disagrees = false; ///< the model gives the given label less than one half
};
struct StepsCell {
    std::vector<StepMark> steps;
};
struct ThumbnailCell {
    QImage image;
};
struct StepScoreCell { ///< a step of a candidate: bar and p(+)
    QString text;
    double p = 0;
    int widest = 0; ///< pixels, of the texts of its column: where they do not fit beside p(+), it stands below
};
struct PickCell { ///< which runs picked this candidate
    std::vector<std::pair<QString, SeriesLook>> runs;
};
using Cell = std::variant<std::monostate, TextCell, BadgeLook, NameCell, GroupCell, EyeCell, SparkCell, HistogramCell,
                          IntervalCell, StepsCell, ThumbnailCell, StepScoreCell, PickCell>;

enum CellRoles {
    CellRole = Qt::UserRole + 1, ///< a Cell
    RowStateRole,                ///< RowState flags
    SortKeyRole,
    KeyRole,
};
enum RowState { RowPlain = 0, RowSelected = 1, RowGroup = 2, RowTinted = 4, RowDimmed = 8 };

/// Paints every kind of cell straight from its struct: ground, wheat bar, hover, current row, then the content.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    CellDelegate(const Theme &theme, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    const Theme &m_theme;
};

/// The content of one cell, without ground; also used by the detail panel.
void paintCell(QPainter &painter, const Theme &theme, const Cell &cell, const QRectF &rect);
void paintStepMark(QPainter &painter, const Theme &theme, const StepMark &mark, const QRectF &box);

} // namespace winnow::ui

Q_DECLARE_METATYPE(winnow::ui::Cell)
