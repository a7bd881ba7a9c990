#pragma once

#include "core/base/result.h"
#include "core/run/engine.h"

#include <string>

namespace winnow
{

/// Loads a checkpoint again and again and measures each time. One JSON object.
Result<std::string> benchLoad(const BenchLoadRequest &request);

/// Scores made-up rows with a model of random weights. One JSON object.
Result<std::string> benchScore(const BenchScoreRequest &request);

} // namespace winnow
