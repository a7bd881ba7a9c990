#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"
#include "core/store/run_state.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// What is known when a run is created.
struct NewRun {
    ProjectId project;         ///< 0: the default project
    RunId parent;              ///< 0: none (clone, method of a shared cold start)
    std::string name;          ///< empty: "run <id>"
    std::string configJson;    ///< canonical JSON of RunOptions
    std::string stage;         ///< "cold-start" | "bilevel"
    std::string method;        ///< "none" | "domain" | "table" | "net"; empty for a cold start
    std::int64_t seed = 0;
    std::string command;       ///< command line that repeats it
    std::string codeVersion;
    std::string environment;   ///< JSON object: system, compiler, library versions
    std::string device;
    std::int64_t threads = 0;
    std::int64_t totalSteps = 0;
    std::vector<std::string> tags;
    std::string note;
};

/// What a run ended with.
struct RunResult {
    std::int64_t steps = 0;
    std::string lastCheckpoint;
    std::string selectedCheckpoint;
    std::int64_t selectedStep = -1;     ///< -1: no hold-out
    std::string weightsSha256;
    std::string instanceWeightsSha256;
    std::optional<double> accuracy;     ///< best-of-N at the selected checkpoint (at the last one without a hold-out)
    std::optional<double> accuracyLast; ///< best-of-N after the last iteration
    double seconds = 0;                 ///< training and scoring, without pauses
};

/// What the outside asks of the process that holds a run. The one way to a run of another process: it looks for its
/// request five times a second.
enum class RunRequest { None, Pause, Resume, Stop, Discard }; ///< discard: stop without a checkpoint

/// A run as stored. Times are UTC milliseconds, 0 = not yet.
struct RunRecord {
    RunId id;
    std::string uuid;
    ProjectId project;
    RunId parent;
    std::string name;
    RunState state = RunState::Queued;
    std::string configJson;
    std::string stage;
    std::string method;
    std::int64_t seed = 0;
    std::string command;
    std::string codeVersion;
    std::string environment;
    std::string device;
    std::int64_t threads = 0;
    std::string folder;      ///< checkpoints; empty until started
    std::string phase;       ///< of the last progress report
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::int64_t pid = 0;    ///< of the process that holds it; 0: nobody does
    std::string host;
    std::string processMark; ///< with pid and host: the process itself (process_mark.h)
    RunRequest request = RunRequest::None;
    std::int64_t heartbeatMs = 0;
    std::int64_t createdMs = 0;
    std::int64_t startedMs = 0;
    std::int64_t finishedMs = 0;
    std::string error;       ///< why it failed
    std::string note;
    std::vector<std::string> tags;
    bool archived = false;
    RunResult result;
    std::map<std::string, DatasetId> datasets; ///< by role: "train", "meta", "holdout", "test"

    /// A process works on it, or waits in its pause. A run that was paused when its window closed is held by nobody.
    bool held() const { return runIsActive(state) && pid != 0; }
    /// Can go on from its checkpoint.
    bool resumable() const { return runIsResumable(state) || (state == RunState::Paused && pid == 0); }
};

struct RunFilter {
    std::vector<RunState> states; ///< empty: all
    ProjectId project;            ///< 0: all
    RunId parent;                 ///< 0: all
    std::string text;             ///< in name, note, uuid; case-insensitive
    std::string tag;
    bool withArchived = false;
    bool withDeleted = false;     ///< also those that wait to be purged (run_view_store.h)
    std::int64_t limit = -1;      ///< newest first; -1: all
};

struct ProjectRecord {
    ProjectId id;
    std::string name;
    std::string note;
    std::int64_t createdMs = 0;
};

struct ArtifactRecord {
    std::int64_t id = 0;
    RunId run;
    std::string kind; ///< "checkpoint", "export", "report"
    std::string path;
    std::int64_t step = -1;
    std::uint64_t bytes = 0;
    std::string sha256;
    std::int64_t createdMs = 0;
};

/// Runs, projects and artifacts. Thread: that of its Database.
class WINNOW_CORE_API RunStore {
public:
    explicit RunStore(Database &database) : m_database(database) {}

    Result<RunId> create(const NewRun &run);
    Result<std::vector<RunRecord>> list(const RunFilter &filter = {});
    Result<RunRecord> get(RunId run);
    /// An id, a UUID (or its unique beginning of 8 characters or more), or the unique name.
    Result<RunRecord> find(const std::string &text);

    /// Refused when the state machine does not allow it. Sets started and finished times.
    Status setState(RunId run, RunState state, const std::string &error = {});
    /// Marks the run as held by this process (pid, host, start of the process, heartbeat) and running. Refused while
    /// another process holds it, so no two programs carry out one run.
    Status claim(RunId run, const std::string &folder, const std::string &device, std::int64_t threads);
    Status setProgress(RunId run, const std::string &phase, std::int64_t step, std::int64_t total);
    Status heartbeat(RunId run);
    /// Whether this very process holds the run: false when another program took it over.
    Result<bool> heldHere(RunId run);
    /// Paused, but held by nobody: what a run becomes whose window was closed with "Pause with checkpoint".
    Status leavePaused(RunId run);
    /// For the process that holds the run, or will. Refused when the run is over.
    Status setRequest(RunId run, RunRequest request);
    Result<RunRequest> request(RunId run);
    /// Takes a request away after it was followed; a newer one stays.
    Status clearRequest(RunId run, RunRequest followed);
    Status setResult(RunId run, const RunResult &result);
    /// Removes what the run told after iteration `step`: metrics, visits, snapshots, scores, evaluations and events.
    Status discardAfter(RunId run, std::int64_t step);
    Status setDataset(RunId run, const std::string &role, DatasetId dataset);

    Status rename(RunId run, const std::string &name);
    Status setNote(RunId run, const std::string &note);
    Status setTags(RunId run, const std::vector<std::string> &tags);
    Status setArchived(RunId run, bool archived);
    Status setProject(RunId run, ProjectId project);
    /// Removes the run and all its rows; refused while it is active. Files are the caller's business.
    Status remove(RunId run);

    /// Active runs whose process is dead (same machine), or whose heartbeat is older than `staleMs` (another one). Reads
    /// only, so a window may look often.
    Result<std::vector<RunId>> abandoned(std::int64_t staleMs = 120000);
    /// Makes them Interrupted and returns them. Call when a program opens the store.
    Result<std::vector<RunId>> markInterrupted(std::int64_t staleMs = 120000);

    Result<std::vector<std::string>> allTags();
    Result<std::vector<ProjectRecord>> projects();
    Result<ProjectId> createProject(const std::string &name, const std::string &note = {});

    Status addArtifact(const ArtifactRecord &artifact); ///< replaces that of the same run, kind and path
    Status removeArtifact(RunId run, const std::string &path);
    Result<std::vector<ArtifactRecord>> artifacts(RunId run);

private:
    Database &m_database;
};

} // namespace winnow
