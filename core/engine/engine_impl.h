#pragma once

#include "core/run/engine.h"

namespace winnow {

class ProcessGroup;

/// The engine behind core/run/engine.h. Every entry catches LibTorch's exceptions and returns their message.
class EngineImpl : public Engine {
public:
    EngineImpl();
    ~EngineImpl() override;

    Result<TrainOutcome> train(const TrainRequest &request, RunEvents &events, StopFlag &stop) override;
    Status join(const RankPlace &place) override;
    Result<std::string> shareText(const std::string &text) override;
    void leave(const std::string &reason) override;
    Result<StepScores> score(const ScoreRequest &request, RunEvents &events, StopFlag &stop) override;
    Result<LogitsReport> logits(const LogitsRequest &request) override;
    Result<std::string> benchStep(const BenchStepRequest &request) override;
    Result<std::string> benchLoad(const BenchLoadRequest &request) override;
    Result<std::string> benchScore(const BenchScoreRequest &request) override;
    std::string deviceDescription() const override;

private:
    std::unique_ptr<ProcessGroup> m_group; ///< null: this process trains alone
};

} // namespace winnow
