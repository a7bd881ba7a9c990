#pragma once

#include "core/run/engine.h"

namespace winnow::test
{

/// An engine that refuses everything; a test overrides what it is about.
class EngineStub : public Engine
{
public:
    Result<TrainOutcome> train(const TrainRequest &, RunEvents &, StopFlag &) override { return notUsed(); }
    Result<StepScores> score(const ScoreRequest &, RunEvents &, StopFlag &) override { return notUsed(); }
    Result<LogitsReport> logits(const LogitsRequest &) override { return notUsed(); }
    Result<std::string> benchStep(const BenchStepRequest &) override { return notUsed(); }
    Result<std::string> benchLoad(const BenchLoadRequest &) override { return notUsed(); }
    Result<std::string> benchScore(const BenchScoreRequest &) override { return notUsed(); }
    std::string deviceDescription() const override { return "fake"; }

private:
    static Error notUsed() { return Error{"not used"}; }
};

} // namespace winnow::test
