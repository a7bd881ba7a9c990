#pragma once

#include "core/base/records.h"

#include <cstdint>
#include <memory>

namespace winnow {

/// Rows ready for the engine. Implementations may encode ahead, cache, or subset (decorators over each other).
/// get() is called from any number of engine threads at once. Rows that cannot be used were dropped, counted and
/// reported when the data set was opened, so get() cannot fail.
class EncodedDataset {
public:
    virtual ~EncodedDataset() = default;
    virtual std::size_t size() const = 0;
    /// Never null. Shared, because a caching set may drop the row while the engine still uses it.
    virtual std::shared_ptr<const EncodedSample> get(std::size_t row) const = 0;
};

} // namespace winnow
