#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// How candidates were picked (names as in core/base/options.h).
struct EvaluationSettings {
    std::int64_t candidates = 8; ///< N of best-of-N
    std::string aggregate = "mean";
    std::string readout = "full";
    std::string ties = "last";
};

struct SubjectCount {
    std::string subject;
    std::int64_t n = 0;
    std::int64_t correct = 0;
};

struct EvaluationPick {
    std::int64_t question = 0;  ///< row of the test set
    std::int64_t candidate = 0; ///< picked
    double score = 0;
    bool correct = false;
    bool tie = false;
};

struct EvaluationRecord {
    EvaluationId id;
    RunId run;                 ///< 0: of a checkpoint without a run
    std::string checkpoint;    ///< folder; may be empty for a point of the curve
    DatasetId dataset;
    std::int64_t step = 0;
    std::string purpose = "test"; ///< "test" (curve) | "selected" | "last" | "manual" (any test file, asked for by a person)
    EvaluationSettings settings;
    std::int64_t n = 0;
    std::int64_t correct = 0;
    std::int64_t ties = 0;
    std::int64_t unparsable = 0;
    double accuracy = 0;
    double meanLoss = 0;
    std::int64_t createdMs = 0;
    std::vector<SubjectCount> subjects;
};

/// p(+) of every step of every sample or candidate: pPlus[sample][site], as in StepScores of core/run/run_events.h.
struct StoredScores {
    std::string purpose;    ///< "test" | "holdout" | "train"
    std::int64_t step = 0;
    double meanLoss = 0;
    bool final = false;
    std::vector<std::vector<float>> pPlusFull;
    std::vector<std::vector<float>> pPlusPair;
};

/// The same of one read-out (full softmax), all sites in one array: those of sample i are [begin[i], begin[i + 1]).
struct FlatScores {
    std::int64_t step = 0;
    std::vector<std::uint32_t> begin;
    std::vector<float> pPlus;
};

struct ScoresInfo {
    std::string purpose;
    std::int64_t step = 0;
    double meanLoss = 0;
    bool final = false;
};

/// Evaluations with their picks, and the step scores from which any other best-of-N setting follows without inference.
class WINNOW_CORE_API EvaluationStore {
public:
    explicit EvaluationStore(Database &database) : m_database(database) {}

    /// Replaces the evaluation of the same run, data, step, purpose and settings.
    Result<EvaluationId> put(const EvaluationRecord &evaluation, const std::vector<EvaluationPick> &picks);
    Result<std::vector<EvaluationRecord>> ofRun(RunId run); ///< by step
    /// Of every run the counts that claims are made with: on its own test data, at the checkpoint that the hold-out chose,
    /// else at the newest. One query, for lists of many runs.
    struct Counts {
        std::int64_t step = 0;
        std::int64_t n = 0;
        std::int64_t correct = 0;
        double accuracy = 0;
    };
    Result<std::map<RunId, Counts>> countsOfRuns();
    /// Of every run its newest evaluation of any purpose: whether there is something new.
    Result<std::map<RunId, EvaluationId>> newestOfRuns();
    Result<EvaluationRecord> get(EvaluationId evaluation);
    Result<std::vector<EvaluationPick>> picks(EvaluationId evaluation);

    Status putScores(RunId run, const StoredScores &scores); ///< replaces those of the same purpose and step
    Result<std::vector<ScoresInfo>> scoresOfRun(RunId run);
    Result<std::optional<StoredScores>> scores(RunId run, const std::string &purpose, std::int64_t step);
    /// For training sets of any size: costs a few bytes a site.
    Result<std::optional<FlatScores>> flatScores(RunId run, const std::string &purpose, std::int64_t step);
    /// Scores of an evaluation that has no run.
    Status putScores(EvaluationId evaluation, const StoredScores &scores);
    Result<std::optional<StoredScores>> scores(EvaluationId evaluation);

private:
    Database &m_database;
};

} // namespace winnow
