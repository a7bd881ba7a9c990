#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/stop_flag.h"

#include <functional>

namespace winnow {

/// Carries one run out on the calling thread and looks at the flag at step boundaries.
using RunWork = std::function<Status(RunId run, StopFlag &stop)>;
/// Called on a thread of the executor when the run has ended there.
using RunEnded = std::function<void(RunId run, const Status &status)>;

/// Where runs are carried out (design.md section 2): in a thread of this process, or in a process of their own. The
/// functions may be called from any thread.
class RunExecutor {
public:
    virtual ~RunExecutor() = default;
    /// Refused when the run is already at work here.
    virtual Status start(RunId run, RunEnded ended) = 0;
    virtual Status pause(RunId run) = 0;
    virtual Status resume(RunId run) = 0;
    /// Asks the run to end at the next step boundary with a checkpoint; does not wait.
    virtual Status stop(RunId run) = 0;
    /// The same without a checkpoint: what was computed since the last one is given up.
    virtual Status discard(RunId run) = 0;
    virtual bool isActive(RunId run) const = 0;
    /// Waits until the run has ended and its callback has returned; at once when it is not at work.
    virtual void wait(RunId run) = 0;
    /// Whether its runs end when this program does.
    virtual bool endsWithProgram() const = 0;
};

} // namespace winnow
