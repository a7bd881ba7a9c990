#pragma once

#include "ui/support/table_text.h"
#include "ui/widgets/cells.h"

class QAbstractItemModel;

namespace winnow::ui {

/// What a cell shows, in words; empty for pictures and drawings.
QString cellText(const Cell &cell);

/// The rows of a model of cells, as they stand. Columns of nothing but drawings are left out. For CSV a figure with its
/// interval becomes three columns in full precision.
TableText tableOf(const QAbstractItemModel &model, TableForm form);

} // namespace winnow::ui
