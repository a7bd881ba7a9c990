#pragma once

#include "app/cli/output.h"
#include "core/report/run_figures.h"

#include <string>

namespace winnow::cli
{

/// "0.7425 [0.6975, 0.7830] (297 of 400)": accuracy, its 95 % Wilson interval and n.
std::string accuracyText(const EvaluationRecord &evaluation);
/// {"accuracy","low","high","n","correct","ties","step"}
Json accuracyJson(const EvaluationRecord &evaluation);

/// "0.9641 [0.9532, 0.9750] (601 of 2000 rows are noise)"
std::string detectionText(const Detection &detection);
Json detectionJson(const Detection &detection);

} // namespace winnow::cli
