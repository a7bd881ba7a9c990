#pragma once

#include <compare>
#include <cstdint>

namespace winnow {

/// A number of one kind that cannot be swapped with another kind by mistake.
template <typename Tag>
struct Id {
    std::int64_t value = 0;
    auto operator<=>(const Id &) const = default;
    explicit operator bool() const { return value > 0; }
};

using RunId = Id<struct RunTag>;
using DatasetId = Id<struct DatasetTag>;
using EvaluationId = Id<struct EvaluationTag>;
using ProjectId = Id<struct ProjectTag>;
using SelectionId = Id<struct SelectionTag>;

} // namespace winnow
