#pragma once

#include "core/base/stop_flag.h"
#include "core/run/run_events_fanout.h"
#include "core/run/run_preparation.h"

namespace winnow {

/// Stops a run whose pictures vanish while it works: samples that could be read at the start get white tiles then, so every
/// number after it would be of other data. The run ends at the step in which that happened, and check() says which picture
/// must come back. On the run's thread.
class WINNOW_CORE_API PictureGuard : public RunEventsAdapter {
public:
    /// Both must outlive it.
    PictureGuard(const PreparedRun &prepared, StopFlag &stop) : m_prepared(prepared), m_stop(stop) {}

    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override;
    /// An error when pictures were lost: what was computed since the last good checkpoint must not be used.
    Status check() const;

private:
    const PreparedRun &m_prepared;
    StopFlag &m_stop;
};

} // namespace winnow
