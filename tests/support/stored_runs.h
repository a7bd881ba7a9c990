#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/store/database.h"

#include <string>
#include <vector>

namespace winnow::test
{

/// A finished run as a training leaves it, without a training: four rows ("r0" .. "r3", the last two are noise), four
/// test questions, weights, visits and one evaluation.
struct StoredRun {
    std::string name = "made up";
    std::string method = "table";
    std::vector<float> weights = {1.5f, 1.25f, 0.5f, 0.25f}; ///< at step 20; at step 10 all are 1
    std::vector<bool> correct = {true, true, false, false}; ///< by question, at step 20
    std::string trainSha256 = "train-hash";
    std::string testSha256 = "test-hash";
    double learningRate = 2e-4;
};

Result<RunId> putStoredRun(Database &database, const StoredRun &run);

} // namespace winnow::test
