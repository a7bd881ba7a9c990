#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace winnow::test
{

/// Sizes of a digit-steps task for tests.
struct TinyTask {
    std::uint64_t seed = 10;
    int trainRows = 12;
    int metaRows = 6;
    int holdoutRows = 4;
    int questions = 5;
    int candidates = 3;
};

/// Writes train.json, meta.json, holdout.json, test.json and pictures into `folder`.
Status writeTinyTask(const std::string &folder, const TinyTask &sizes = {});

/// Writes a complete checkpoint folder: the demo's tokenizer, a config.json of two vision and two language layers, and
/// random weights from `seed` in the -hf layout. Half a megabyte.
Status writeTinyCheckpoint(const std::string &folder, std::uint64_t seed = 1);

struct TinyRun {
    int threads = 1;
    int checkpointEvery = 20; ///< iterations, as the others
    int iterations = 200;
    int evaluateEvery = 100;
};

/// A whole bi-level run of that model on that task: data/, model/ and the settings "tiny" in run.toml.
Status writeTinyRun(const std::string &folder, const TinyRun &sizes);

} // namespace winnow::test
