#pragma once

#include "core/base/result.h"

#include <QString>

namespace winnow::ui {

class CurvePlot;
class Plot;

/// Writes the plot as it is shown, by the suffix of `path`: .png (twice the size, for print), .svg or .pdf.
Status writePicture(Plot &plot, const QString &path);

/// Writes the curves' values as CSV, all of them or those in view.
Status writeValues(const CurvePlot &plot, const QString &path, bool visibleOnly);

} // namespace winnow::ui
