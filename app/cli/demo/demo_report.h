#pragma once

#include "app/cli/demo/demo_runner.h"

#include <nlohmann/json_fwd.hpp>

#include <ostream>

namespace winnow::cli {

/// One object of a cell, in the shape of the command-line contract.
nlohmann::json demoCellJson(const DemoCell &cell);

/// The table of a cell: accuracy with its Wilson interval, gain over no selection (paired bootstrap), detection, seconds.
void printDemoCell(std::ostream &out, const DemoCell &cell);

/// Mean over cells with the t interval over seeds; `wanted` is the number of cells asked for.
void printDemoSummary(std::ostream &out, const std::vector<DemoCell> &cells, std::size_t wanted);

} // namespace winnow::cli
