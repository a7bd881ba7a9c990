#pragma once

#include "ui/models/page_data.h"

#include <vector>

namespace winnow::ui {

/// One side of a correction: a run and what it reached.
struct LineageSide {
    RunId run;
    QString name;
    QString data; ///< name of its training data
    std::int64_t samples = 0;
    std::int64_t noisy = 0; ///< known noise among them
    std::optional<Interval> accuracy;
    std::int64_t questions = 0;
    std::optional<Interval> averagePrecision; ///< of low weight against known noise, 95% bootstrap interval
};

/// A run, the decisions on its samples, and a run on the corrected data set.
struct LineagePair {
    LineageSide before;
    LineageSide after;
    std::int64_t excluded = 0;
    std::int64_t flipped = 0;
    std::optional<Interval> difference; ///< of accuracy over the same questions, after minus before; 95% bootstrap interval
    std::int64_t paired = 0;            ///< questions
};

} // namespace winnow::ui
