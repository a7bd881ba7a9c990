#pragma once

// QCustomPlot's header is written with Qt's keywords, which the rest of the window does without (they clash with
// LibTorch's names): they exist for this one include only.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#define emit
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach
#undef emit
