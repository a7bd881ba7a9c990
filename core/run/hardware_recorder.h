#pragma once

#include "core/base/ids.h"
#include "core/run/hardware_sampler.h"
#include "core/run/run_events_fanout.h"
#include "core/store/store_writer.h"

#include <atomic>
#include <chrono>
#include <string>

namespace winnow {

/// Keeps what the machine's sensors say with a run, at the iteration that the run is at ("hw." series of
/// hardware_sampler.h), every two seconds and also while the run is paused. tick() is called on the thread of the run's
/// hold, the events come on the run's thread.
class WINNOW_CORE_API HardwareRecorder : public RunEventsAdapter {
public:
    /// `writer` must outlive it. `folder`: on the disk whose free space counts.
    HardwareRecorder(StoreWriter &writer, RunId run, std::string folder);

    /// Reads the sensors when it is time.
    void tick();
    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override;

private:
    StoreWriter &m_writer;
    const RunId m_run;
    HardwareSampler m_sampler;
    std::atomic<std::int64_t> m_step{0};
    std::chrono::steady_clock::time_point m_read;
};

} // namespace winnow
