#pragma once

#include "core/report/comparison_report.h"

#include <string>

namespace winnow::report
{

// The sections of a comparison report, each HTML.

std::string runs(const Comparison &comparison);
std::string accuracy(const Comparison &comparison);
std::string subjects(const Comparison &comparison);
std::string pairs(const Comparison &comparison);
std::string weights(const Comparison &comparison, std::size_t listed);
std::string loss(const Comparison &comparison);
std::string settings(const Comparison &comparison);
std::string provenance(const Comparison &comparison);
/// Figures of others: on a shelf of their own, never in a chart with measured ones.
std::string published();

/// "A table-s1"
std::string runName(const Comparison &comparison, std::size_t run);
/// How candidates were picked, in words.
std::string choiceWords(const Comparison &comparison);

} // namespace winnow::report
