#pragma once

#include "ui/models/page_data.h"

namespace winnow::test
{

/// A finished run of a method with this accuracy, its seed and time by its number.
ui::RunRow finishedRun(std::int64_t id, const char *method, double accuracy);

/// Four finished runs, a tagged one whose gradient average differs, and one without an evaluation.
ui::RunRows sixRuns();

} // namespace winnow::test
