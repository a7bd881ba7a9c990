#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow
{

/// Ranker of core/run/confident_learning_job.h.
inline constexpr const char *confidentLearningName = "confident_learning";

/// Suspicions of all training rows of a run by a ranker that was computed after it, by a job of its own.
struct RankerScores {
    std::string ranker; ///< confidentLearningName
    std::vector<float> suspicion; ///< by row; larger: more suspicious; NaN: none
    std::string report; ///< JSON: how they came about
    std::int64_t createdMs = 0; ///< UTC
};

/// One finished fold of such a job.
struct RankerFold {
    std::int64_t fold = 0;
    std::vector<std::uint32_t> rows; ///< that it held out
    std::vector<std::vector<float>> pPlus; ///< [row of `rows`][step]
    double seconds = 0; ///< training and scoring
};

/// Rankers beside those that a run brings along. Thread: that of its Database.
class WINNOW_CORE_API RankerScoreStore
{
public:
    explicit RankerScoreStore(Database &database) : m_database(database) { }

    Status put(RunId run, const RankerScores &scores); ///< replaces those of the same ranker
    Result<std::optional<RankerScores>> get(RunId run, const std::string &ranker);

    /// `recipe` tells apart what the folds were computed with.
    Status putFold(RunId run, const std::string &ranker, const std::string &recipe, const RankerFold &fold);
    Result<std::vector<RankerFold>> folds(RunId run, const std::string &ranker, const std::string &recipe);

private:
    Database &m_database;
};

} // namespace winnow
