#include "core/run/run_recorder.h"

#include "core/store/evaluation_store.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/visit_store.h"
#include "core/store/weight_store.h"

#include <filesystem>
#include <utility>

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr auto progressEvery = 250ms;
constexpr auto patienceAfterStop = 30s;

const char *purposeName(StepScores::Purpose purpose)
{
    switch (purpose) {
    case StepScores::Purpose::Test: return "test";
    case StepScores::Purpose::Holdout: return "holdout";
    case StepScores::Purpose::Train: break;
    }
    return "train";
}

const char *levelName(EventLevel level)
{
    switch (level) {
    case EventLevel::Info: return "info";
    case EventLevel::Warning: return "warning";
    case EventLevel::Error: break;
    }
    return "error";
}

} // namespace

RunRecorder::RunRecorder(StoreWriter &writer, RunId run, const StopFlag &stop) :
    m_writer(writer), m_run(run), m_stop(stop)
{
}

void RunRecorder::postProgress()
{
    m_progressPosted = std::chrono::steady_clock::now();
    m_writer.post([run = m_run, phase = m_phase, step = m_step, total = m_total](Database &db) {
        return RunStore(db).setProgress(run, phase, step, total);
    });
}

void RunRecorder::onProgress(std::string_view phase, std::int64_t step, std::int64_t total)
{
    const bool newPhase = phase != m_phase;
    m_phase = phase;
    m_step = step;
    m_total = total;
    if (newPhase || step >= total || std::chrono::steady_clock::now() - m_progressPosted >= progressEvery)
        postProgress();
}

void RunRecorder::onMetrics(std::int64_t step, std::span<const MetricPoint> points)
{
    std::vector<MetricRow> rows;
    rows.reserve(points.size());
    const std::int64_t now = utcMilliseconds();
    for (const MetricPoint &point : points)
        rows.push_back({std::string(point.series), step, point.value, now});
    const std::size_t count = rows.size();
    m_writer.post([run = m_run, rows = std::move(rows)](Database &db) { return MetricStore(db).append(run, rows); },
                  count);
}

void RunRecorder::onVisits(std::int64_t step, std::span<const SampleVisit> visits)
{
    VisitColumns columns;
    for (const SampleVisit &v : visits)
        columns.push(step, v.sample, v.weight, v.loss, v.hypergradient, v.pGiven, v.margin);
    m_writer.post(
        [run = m_run, columns = std::move(columns)](Database &db) { return VisitStore(db).append(run, columns); },
        visits.size());
}

void RunRecorder::onWeights(const WeightSnapshot &snapshot)
{
    m_writer.post([run = m_run, stored = StoredSnapshot{snapshot.step, snapshot.values, snapshot.computedAt}](
                      Database &db) { return WeightStore(db).appendSnapshot(run, stored); });
}

void RunRecorder::onScores(const StepScores &scores)
{
    StoredScores stored{purposeName(scores.purpose), scores.step, scores.meanLoss, scores.final, scores.pPlusFull,
                        scores.pPlusPair};
    m_writer.post([run = m_run, stored = std::move(stored)](Database &db) {
        return EvaluationStore(db).putScores(run, stored);
    });
}

void RunRecorder::beforeCheckpoint(std::int64_t)
{
    postProgress();
    auto stoppedAt = std::chrono::steady_clock::time_point::max();
    for (;;) {
        const Status status = m_writer.flush();
        if (status.ok())
            return;
        if (m_writer.state().trouble.empty()) { // a row was refused for good: waiting does not help
            if (m_durable.ok())
                m_durable = status;
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        if (m_stop.stopRequested() && stoppedAt == std::chrono::steady_clock::time_point::max())
            stoppedAt = now;
        if (m_stop.stopRequested() && now - stoppedAt > patienceAfterStop) {
            m_durable = status;
            return;
        }
    }
}

void RunRecorder::onCheckpoint(const CheckpointInfo &checkpoint)
{
    ArtifactRecord artifact;
    artifact.run = m_run;
    artifact.kind = "checkpoint";
    artifact.path = checkpoint.folder;
    artifact.step = checkpoint.step;
    artifact.bytes = checkpoint.bytes;
    m_writer.post([artifact](Database &db) -> Status {
        RunStore runs(db);
        const auto known = runs.artifacts(artifact.run);
        if (!known.ok())
            return known.error();
        // Older checkpoints were pruned from the disk when this one was completed.
        for (const ArtifactRecord &old : known.value()) {
            std::error_code ec;
            if (old.kind != "checkpoint" || std::filesystem::exists(old.path, ec) || ec)
                continue;
            if (Status status = runs.removeArtifact(old.run, old.path); !status.ok())
                return status;
        }
        return runs.addArtifact(artifact);
    });
    event(checkpoint.step, "info", "checkpoint", "Checkpoint of iteration " + std::to_string(checkpoint.step) + ".");
}

void RunRecorder::event(std::int64_t step, const std::string &level, const std::string &kind, std::string text)
{
    EventRecord record{0, m_run, step, level, kind, std::move(text), utcMilliseconds()};
    m_writer.post([record = std::move(record)](Database &db) { return EventStore(db).append({record}); });
}

void RunRecorder::onEvent(EventLevel level, std::int64_t step, std::string_view text)
{
    if (level == EventLevel::Info)
        return event(step, levelName(level), "log", std::string(text));
    EventRecord record{0, m_run, step, levelName(level), "alert", std::string(text), utcMilliseconds()};
    m_writer.post([record = std::move(record)](Database &db) { return EventStore(db).appendOnce(record); });
}

void RunRecorder::onPaused(std::int64_t step)
{
    if (m_paused)
        return;
    m_paused = true;
    postProgress();
    m_writer.post([run = m_run](Database &db) { return RunStore(db).setState(run, RunState::Paused); });
    event(step, "info", "paused", "Paused.");
}

void RunRecorder::onResumed(std::int64_t step)
{
    // A pause that was taken back before the run came to it is told as a resume without a pause.
    if (!m_paused)
        return;
    m_paused = false;
    m_writer.post([run = m_run](Database &db) { return RunStore(db).setState(run, RunState::Running); });
    event(step, "info", "resumed", "Goes on.");
}

void RunRecorder::goesOnFrom(std::int64_t step)
{
    event(step, "info", "resumed", "Goes on from the checkpoint of iteration " + std::to_string(step) + ".");
}

Status RunRecorder::finish()
{
    if (!m_phase.empty())
        postProgress(); // the last one may have come too soon after another
    const Status status = m_writer.flush();
    if (m_durable.ok() && !status.ok())
        m_durable = status;
    return m_durable;
}

} // namespace winnow
