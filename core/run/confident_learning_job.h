#pragma once

#include "core/rank/confident_learning.h"
#include "core/run/engine.h"
#include "core/run/run_preparation.h"
#include "core/store/ranker_score_store.h"
#include "core/store/run_store.h"
#include "core/store/store_writer.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace winnow
{

struct ConfidentLearningSettings {
    std::int64_t folds = 5;
    RowScore rowScore = RowScore::Mean;
    std::size_t tileBytes = RowDatasetOptions().tileBytes; ///< of the training file, kept in memory
    std::function<Result<std::unique_ptr<Engine>>()> openEngine = winnow::openEngine;
};

struct ConfidentLearningResult {
    ConfidentJoint joint;
    std::vector<double> suspicion; ///< by training row of the run; NaN for a row without steps
    std::int64_t foldsReused = 0; ///< finished by an earlier call
    double seconds = 0; ///< training and scoring of all folds, of earlier calls too
};

/// Settings that a fold is trained with.
struct FoldRecipe {
    RunOptions options;
    RunId of; ///< the run whose settings they are
    std::string doubt; ///< why the held-out rows may not be unseen; empty: they are
};
/// The cold start behind a run: its own settings where it is one, else those of the run whose checkpoint it started
/// from, and so on back to a checkpoint that no run in the store made from the same training file. Rows, seed and
/// threads are those of `run`; no hold-out, no test.
WINNOW_CORE_API Result<FoldRecipe> foldRecipe(Database &database, const RunRecord &run);

/// Cross-validated confident learning over the training rows of a run, as a job of its own (core/rank/
/// confident_learning.h): rows are dealt to folds by question (core/data/question_folds.h) with the run's seed; for
/// each fold the recipe is trained on the other folds, and the fold's steps are judged by the weights after the last
/// iteration, each behind the labels that its row gives the steps before it, as in training. The scores become a ranker
/// of the run in the store. Whether a row is known noise is never read.
///
/// A finished fold stays in the store and is not done again with the same recipe, data and folds; one that was stopped
/// goes on from its checkpoint below the run's folder, which is removed when the fold is finished. Blocks; one thread,
/// which the events come on. A second job on the same run is refused while one works.
class WINNOW_CORE_API ConfidentLearningJob
{
public:
    /// All must outlive it.
    ConfidentLearningJob(StoreWriter &writer, ConfidentLearningSettings settings, RunEvents &events, StopFlag &stop);

    Result<ConfidentLearningResult> compute(RunId run, const RunOptions &recipe);

private:
    struct Work;
    Result<Work> prepare(RunId run, const RunOptions &recipe);
    Status checkRows(const Work &work);
    Result<RankerFold> trainFold(const Work &work, std::int64_t fold, Engine &engine);
    Status put(const Work &work, const RankerFold &fold);
    Result<ConfidentLearningResult> judge(const Work &work, const std::vector<RankerFold> &folds);
    Error stopped(std::int64_t fold) const;

    StoreWriter &m_writer;
    ConfidentLearningSettings m_settings;
    RunEvents &m_events;
    StopFlag &m_stop;
};

} // namespace winnow
