#pragma once

#include "ui/models/page_data.h"

namespace winnow::ui
{

/// So many runs are drawn until a person asks for more, and so many have a colour of their own.
constexpr std::size_t mostDrawn = 12;

/// Decides which runs are drawn and how (ui-design section 7.2). Visible: those chosen and pinned, then the newest up
/// to mostDrawn that are neither archived, deleted nor failed. Hue by group, dash by run; no two visible runs share
/// both; a look that was kept stays unless a visible run with a lower number has it. Visible runs beyond mostDrawn are
/// grey.
void assignLooks(std::vector<RunRow> &rows);

/// Visible runs whose look is not the kept one: to be kept.
std::vector<RunLookRecord> looksToKeep(const RunRows &rows);

/// Runs that stand in one plot whether drawn elsewhere or not: where two share hue and dash, the later gets a free
/// look.
void separateLooks(const std::vector<SeriesLook *> &looks);

} // namespace winnow::ui
