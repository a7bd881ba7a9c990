#pragma once

#include "core/run/run_service.h"
#include "core/store/store_writer.h"

#include <memory>
#include <string>
#include <vector>

namespace winnow
{

/// Why this program must not call the libwinnow_core.so that it was started with: the two come from different builds
/// (core/base/build_stamp.h). Empty where they fit. To be asked before anything else.
std::string coreLibraryProblem();

/// `store`, or the default in the XDG data folder when it is empty.
Result<std::string> storePathOf(const std::string &store);

/// A connection for commands that only look. A named store that is not there is an error; the default one is made.
/// Runs of dead processes are marked as interrupted.
Result<Database> openStoreToRead(const std::string &store);

/// Version of the program with the commit it was built from, as the store keeps it with each run.
std::string codeVersion();
/// JSON object: system, compiler, build type, processor count.
std::string environmentJson();

/// What a program that runs trainings is put together from: the one writing thread of the process and the run service.
/// Thread: made and destroyed on the main thread; its parts say themselves who may call them.
class Services
{
public:
    /// Opens (or makes) the store and marks runs of dead processes as interrupted. `store` as in storePathOf.
    static Result<std::unique_ptr<Services>> open(const std::string &store);
    /// The same for a command whose run must be there: a mistyped store would be made, only to find that it is not in it.
    static Result<std::unique_ptr<Services>> openExisting(const std::string &store);

    const std::string &storePath() const { return m_writer->path(); }
    /// A connection of the caller's own; each thread opens its own.
    Result<Database> database() const { return Database::open(storePath()); }
    StoreWriter &writer() { return *m_writer; }
    RunService &runs() { return m_runs; }
    /// Runs that were found left active by a dead process when the store was opened.
    const std::vector<RunId> &interrupted() const { return m_interrupted; }

private:
    Services(std::unique_ptr<StoreWriter> writer, std::vector<RunId> interrupted);

    std::unique_ptr<StoreWriter> m_writer; ///< before m_runs, which points into it
    RunService m_runs;
    std::vector<RunId> m_interrupted;
};

} // namespace winnow
