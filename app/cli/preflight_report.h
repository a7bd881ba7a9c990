#pragma once

#include "app/cli/command.h"
#include "core/run/preflight.h"

namespace winnow::cli
{

/// What the preflight found, a line each on standard error: findings, then needs.
void printPreflight(const Preflight &preflight);

/// The same as one JSON object on standard output.
void printPreflightJson(const Preflight &preflight);

} // namespace winnow::cli
