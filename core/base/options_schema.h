#pragma once

#include "core/base/options.h"

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class OptionKind { Bool, Integer, Real, Choice, Text };

/// One setting: what is shown of it, and how to reach it in the struct.
struct OptionEntry {
    OptionInfo info;
    OptionKind kind = OptionKind::Text;
    std::function<OptionValue(const RunOptions &)> get;
    /// Only called with a value that checkOptionValue accepted, so with the alternative that `get` returns.
    std::function<void(RunOptions &, const OptionValue &)> set;
};

/// Open bounds are stored as the nearest number inside, so that a form needs no second flag.
inline constexpr double aboveZero = std::numeric_limits<double>::min();
inline constexpr double belowOne = 1.0 - std::numeric_limits<double>::epsilon() / 2;

/// The one table behind the schema, the checks, text, JSON and TOML; in the order of the form.
const std::vector<OptionEntry> &optionTable();
/// Null when there is no such key.
const OptionEntry *findOption(std::string_view key);
/// True when some key begins with `prefix` and a dot.
bool isOptionGroup(std::string_view prefix);
/// "there is no setting ...; did you mean ...?"
Error unknownOption(std::string_view key);
/// Type, range and choice of a value; converts whole numbers for real settings.
Result<OptionValue> checkOptionValue(const OptionEntry &entry, const OptionValue &value);
/// A value as it stands in messages: text in quotes, numbers in their shortest exact form.
std::string optionValueText(const OptionValue &value);
/// Shortest text that reads back as the same number; always with a point or an exponent.
std::string realText(double value);

} // namespace winnow
