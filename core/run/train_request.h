#pragma once

#include "core/base/options.h"
#include "core/base/records.h"
#include "core/data/encoded_dataset.h"

#include <string>
#include <vector>

namespace winnow {

/// One training run, prepared by the run layer: data encoded, units named.
struct TrainRequest {
    RunOptions options;
    TokenIds tokens;
    const EncodedDataset *train = nullptr;
    const EncodedDataset *meta = nullptr;    ///< bi-level only
    const EncodedDataset *holdout = nullptr; ///< may be null
    const EncodedDataset *test = nullptr;    ///< may be null; one sample a candidate
    std::vector<std::uint32_t> unitOfSample; ///< weight unit of each train row (table: id, domain: subject)
    std::vector<std::string> unitKeys;       ///< key of each unit, or of each row for the net
    std::string initialConfigJson;           ///< start from random weights of this config.json instead of a checkpoint
    bool rowsAreDrawn = false;               ///< generated rows stand in random order already and are taken in turn
    std::string runFolder;                   ///< checkpoints go to runFolder/step-XXXXXXXX
    std::string resumeFrom;                  ///< checkpoint folder to go on from; empty: a new run
    std::string tokenizerFolder;             ///< its files are copied into every checkpoint
};

struct TrainOutcome {
    std::int64_t steps = 0;
    bool finished = false;               ///< false: stopped by request, resumable
    std::string lastCheckpoint;
    std::string selectedCheckpoint;      ///< lowest hold-out loss, earliest on a tie; empty without a hold-out
    std::int64_t selectedStep = -1;
    std::string weightsSha256;           ///< design.md section 4
    std::string instanceWeightsSha256;   ///< empty for a cold start
    double seconds = 0;                  ///< training and scoring, without pauses
};

} // namespace winnow
