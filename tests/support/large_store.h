#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace winnow::test
{

/// How large a made-up run is.
struct LargeRun {
    std::int64_t samples = 1000000;
    int snapshots = 30;
    int visitsEach = 1;
    bool net = false; ///< the weights know their age
};

/// Makes a store with one finished run on a training set of that size, without a training: samples of three steps with texts of
/// some hundred characters and known noise, weights that fall for the noise, visits.
Result<RunId> writeLargeStore(const std::string &path, const LargeRun &large);

std::string largeKey(std::int64_t sample);

} // namespace winnow::test
