#include "core/run/confident_learning_job.h"

#include "core/base/options_io.h"
#include "core/base/sha256.h"
#include "core/data/question_folds.h"
#include "core/rank/confident_joint_json.h"
#include "core/run/checkpoint_manifest.h"
#include "core/run/picture_guard.h"
#include "core/run/run_events_fanout.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

/// Held while a job works in a folder; the kernel gives it back when the process dies.
class FolderLock
{
public:
    static Result<FolderLock> take(const std::string &folder)
    {
        std::error_code ec;
        fs::create_directories(folder, ec);
        if (ec)
            return Error{"Cannot make the folder \"" + folder + "\": " + ec.message() + "."};
        const std::string path = folder + "/lock";
        FolderLock lock;
        lock.m_file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
        if (lock.m_file < 0)
            return Error{"Cannot open \"" + path + "\": " + std::strerror(errno) + "."};
        if (::flock(lock.m_file, LOCK_EX | LOCK_NB) != 0)
            return Error{"Another program computes confident learning of this run now (it holds \"" + path
                         + "\"); wait for it, or stop it."};
        return lock;
    }
    FolderLock(FolderLock &&other) noexcept : m_file(std::exchange(other.m_file, -1)) { }
    FolderLock &operator=(FolderLock &&) = delete;
    ~FolderLock()
    {
        if (m_file >= 0)
            ::close(m_file);
    }

private:
    FolderLock() = default;
    int m_file = -1;
};

/// Progress, losses and warnings of a fold, with its number in front of the phase.
class FoldEvents : public RunEventsAdapter
{
public:
    FoldEvents(RunEvents &next, std::int64_t fold, std::int64_t folds)
        : m_next(next), m_name("fold " + std::to_string(fold + 1) + " of " + std::to_string(folds) + ", ")
    {
    }
    void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) override
    {
        m_next.onProgress(m_name + std::string(phase), step, total);
    }
    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override { m_next.onMetrics(step, points); }
    void onCheckpoint(const CheckpointInfo &checkpoint) override { m_next.onCheckpoint(checkpoint); }
    void onEvent(EventLevel level, std::int64_t step, std::string_view text) override
    {
        m_next.onEvent(level, step, m_name + std::string(text));
    }
    void onPaused(std::int64_t step) override { m_next.onPaused(step); }
    void onResumed(std::int64_t step) override { m_next.onResumed(step); }

private:
    RunEvents &m_next;
    const std::string m_name;
};

bool liesIn(const std::string &path, const std::string &folder)
{
    if (path.empty() || folder.empty())
        return false;
    const fs::path relative = fs::path(path).lexically_normal().lexically_relative(fs::path(folder).lexically_normal());
    return !relative.empty() && *relative.begin() != "..";
}

/// The run in whose folder a checkpoint lies, if it was trained on the same file.
std::optional<RunRecord> makerOf(const std::vector<RunRecord> &runs, const RunOptions &options)
{
    for (const RunRecord &run : runs) {
        const auto own = liesIn(options.model.checkpoint, run.folder) ? optionsFromJson(run.configJson)
                                                                      : Result<RunOptions>(Error{});
        if (own.ok() && own->data.train == options.data.train)
            return run;
    }
    return std::nullopt;
}

} // namespace

Result<FoldRecipe> foldRecipe(Database &database, const RunRecord &run)
{
    WINNOW_ASSIGN(const RunOptions own, optionsFromJson(run.configJson));
    RunFilter all;
    all.withArchived = true;
    all.withDeleted = true;
    WINNOW_ASSIGN(const std::vector<RunRecord> runs, RunStore(database).list(all));
    FoldRecipe recipe{own, run.id, {}};
    std::set<std::int64_t> seen{run.id.value};
    for (auto maker = makerOf(runs, own); maker && seen.insert(maker->id.value).second;
         maker = makerOf(runs, recipe.options)) {
        WINNOW_ASSIGN(recipe.options, optionsFromJson(maker->configJson));
        recipe.of = maker->id;
    }
    RunOptions &options = recipe.options;
    if (options.stage != Stage::ColdStart) {
        recipe.doubt = "No run in the store is known to have made the checkpoint \"" + options.model.checkpoint
            + "\". If it was trained on these rows, the rows that a fold holds out are not unseen; give the checkpoint "
              "before that with --set model.checkpoint=DIR.";
        options.model.carryOptimizerState = false; // of a training that the folds do not go on with
    }
    options.stage = Stage::ColdStart;
    options.data = own.data;
    options.data.test.clear();
    options.data.holdout.clear();
    if (!options.data.metaInTrain)
        options.data.meta.clear();
    options.seed = own.seed;
    options.threads = own.threads;
    return recipe;
}

/// Everything that the folds of one call share.
struct ConfidentLearningJob::Work {
    RunRecord run;
    std::string folder; ///< of this recipe's folds
    FolderLock lock;
    std::unique_ptr<PreparedRun> prepared;
    std::vector<std::uint32_t> foldOf; ///< by row
    std::string recipe; ///< key of settings, data and folds

    const PreparedDataset &train() const { return *prepared->dataset("train"); }
    std::vector<std::size_t> rows(std::int64_t fold, bool heldOut) const
    {
        std::vector<std::size_t> chosen;
        for (std::size_t row = 0; row < foldOf.size(); ++row)
            if ((foldOf[row] == static_cast<std::uint32_t>(fold)) == heldOut)
                chosen.push_back(row);
        return chosen;
    }
    std::string foldFolder(std::int64_t fold) const { return folder + "/fold-" + std::to_string(fold + 1); }
};

ConfidentLearningJob::ConfidentLearningJob(StoreWriter &writer, ConfidentLearningSettings settings, RunEvents &events,
                                           StopFlag &stop)
    : m_writer(writer), m_settings(std::move(settings)), m_events(events), m_stop(stop)
{
}

Error ConfidentLearningJob::stopped(std::int64_t fold) const
{
    return Error{"Stopped in fold " + std::to_string(fold + 1) + " of " + std::to_string(m_settings.folds)
                 + "; what was finished is kept, and the same command goes on there."};
}

/// The files must still hold the rows that the run was trained on, or scores would be of other rows.
Status ConfidentLearningJob::checkRows(const Work &work)
{
    const auto known = work.run.datasets.find("train");
    WINNOW_ASSIGN(Database database, Database::open(m_writer.path()));
    WINNOW_ASSIGN(const DatasetRecord stored, DatasetStore(database).get(known->second));
    const DatasetRecord &now = work.train().record;
    if (stored.sha256 != now.sha256 || stored.rowsKept != static_cast<std::int64_t>(work.train().samples.size()))
        return Error{"\"" + now.path + "\" or its pictures changed since run " + std::to_string(work.run.id.value)
                     + " read them, so its rows cannot be ranked by them; bring the old files back, or train a new "
                       "run."};
    return {};
}

Result<ConfidentLearningJob::Work> ConfidentLearningJob::prepare(RunId id, const RunOptions &recipe)
{
    WINNOW_ASSIGN(Database database, Database::open(m_writer.path()));
    WINNOW_ASSIGN(RunRecord run, RunStore(database).get(id));
    if (run.folder.empty() || !run.datasets.contains("train"))
        return Error{"Run " + std::to_string(id.value) + " has not read its training rows yet; start it first."};
    const std::string folder = run.folder + "/confident-learning";
    WINNOW_ASSIGN(FolderLock lock, FolderLock::take(folder));
    Work work{std::move(run), {}, std::move(lock), {}, {}, {}};
    m_events.onProgress("prepare", 0, recipe.train.iterations);
    work.prepared = prepareRun(recipe, {folder, {}, &m_stop, m_settings.tileBytes});
    if (m_stop.stopRequested())
        return stopped(0);
    if (!work.prepared->report.canStart())
        return Error{work.prepared->report.firstProblem()};
    WINNOW_TRY(checkRows(work));
    std::vector<FoldRow> rows;
    for (const SampleRecord &sample : work.train().samples)
        rows.push_back({sample.question, sample.picturePath});
    const auto folds = static_cast<std::size_t>(std::max<std::int64_t>(0, m_settings.folds));
    WINNOW_ASSIGN(work.foldOf, questionFolds(rows, folds, static_cast<std::uint64_t>(recipe.seed)));
    RunOptions named = recipe;
    named.name.clear(); // a name changes no number
    work.recipe = sha256Hex(optionsToJson(named) + "\n" + work.train().record.sha256 + "\n"
                            + std::to_string(m_settings.folds));
    work.folder = folder + "/" + work.recipe.substr(0, 16);
    return work;
}

Result<RankerFold> ConfidentLearningJob::trainFold(const Work &work, std::int64_t fold, Engine &engine)
{
    const std::vector<std::size_t> heldOut = work.rows(fold, true);
    const SubsetDataset seen(*work.prepared->request.train, work.rows(fold, false));
    const SubsetDataset unseen(*work.prepared->request.train, heldOut);
    const std::string folder = work.foldFolder(fold);
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec)
        return Error{"Cannot make the folder \"" + folder + "\": " + ec.message() + "."};
    FoldEvents named(m_events, fold, m_settings.folds);
    PictureGuard pictures(*work.prepared, m_stop);
    RunEventsFanout events({&named, &pictures});
    TrainRequest request = work.prepared->request;
    request.train = &seen;
    request.runFolder = folder;
    request.resumeFrom = newestVerifiedCheckpoint(folder);
    WINNOW_ASSIGN(const TrainOutcome outcome, engine.train(request, events, m_stop));
    if (const Status sound = pictures.check(); !sound.ok()) {
        if (!outcome.lastCheckpoint.empty() && outcome.lastCheckpoint != request.resumeFrom)
            WINNOW_TRY(invalidateCheckpoint(outcome.lastCheckpoint)); // computed without pictures
        return sound.error();
    }
    if (!outcome.finished)
        return stopped(fold);

    ScoreRequest scoring;
    scoring.checkpoint = outcome.lastCheckpoint;
    scoring.tokens = request.tokens;
    scoring.precision = request.options.model.precision;
    scoring.threads = request.options.threads;
    scoring.samples = &unseen;
    auto scores = engine.score(scoring, events, m_stop);
    WINNOW_TRY(pictures.check());
    if (m_stop.stopRequested())
        return stopped(fold);
    if (!scores.ok())
        return scores.error();
    if (scores->pPlusPair.size() != heldOut.size())
        return Error{"The engine scored " + std::to_string(scores->pPlusPair.size()) + " of "
                     + std::to_string(heldOut.size()) + " rows of fold " + std::to_string(fold + 1) + "."};
    return RankerFold{fold, {heldOut.begin(), heldOut.end()}, std::move(scores->pPlusPair), outcome.seconds};
}

Status ConfidentLearningJob::put(const Work &work, const RankerFold &fold)
{
    WINNOW_TRY(m_writer.execute([&](Database &db) {
        return RankerScoreStore(db).putFold(work.run.id, confidentLearningName, work.recipe, fold);
    }));
    std::error_code ec;
    fs::remove_all(work.foldFolder(fold.fold), ec); // only disk space: what counts is in the store
    if (ec)
        m_events.onEvent(EventLevel::Warning, -1,
                         "The checkpoints of a finished fold in \"" + work.foldFolder(fold.fold)
                             + "\" could not be removed: " + ec.message() + ".");
    return {};
}

namespace
{

/// Labels that the rows give their steps, with what the folds thought of them.
Result<std::vector<JudgedRow>> judgedRows(const PreparedRun &prepared, const std::vector<RankerFold> &folds)
{
    const EncodedDataset &train = *prepared.request.train;
    std::vector<JudgedRow> rows(train.size());
    for (const RankerFold &fold : folds) {
        for (std::size_t i = 0; i < fold.rows.size(); ++i) {
            const std::size_t row = fold.rows[i];
            if (row >= rows.size() || train.get(row)->sites.size() != fold.pPlus[i].size())
                return Error{"Fold " + std::to_string(fold.fold + 1)
                             + " in the store does not fit the training rows; the store is damaged."};
            for (std::size_t s = 0; s < fold.pPlus[i].size(); ++s)
                rows[row].push_back({train.get(row)->sites[s].label == prepared.request.tokens.plus,
                                     static_cast<double>(fold.pPlus[i][s])});
        }
    }
    return rows;
}

} // namespace

Result<ConfidentLearningResult> ConfidentLearningJob::judge(const Work &work, const std::vector<RankerFold> &folds)
{
    WINNOW_ASSIGN(const std::vector<JudgedRow> rows, judgedRows(*work.prepared, folds));
    ConfidentLearningResult result;
    result.joint = confidentJoint(rows);
    result.suspicion = confidentSuspicion(rows, result.joint, m_settings.rowScore);
    for (const RankerFold &fold : folds)
        result.seconds += fold.seconds;
    nlohmann::ordered_json report{{"folds", m_settings.folds},
                                  {"row_score", m_settings.rowScore == RowScore::Mean ? "mean" : "lowest"},
                                  {"seed", work.prepared->options.seed},
                                  {"steps", result.joint.steps()}};
    report.update(confidentJointJson(result.joint));
    report["recipe"] = nlohmann::ordered_json::parse(optionsToJson(work.prepared->options), nullptr, false);
    report["seconds"] = result.seconds;
    RankerScores scores{confidentLearningName, {result.suspicion.begin(), result.suspicion.end()}, report.dump(), 0};
    WINNOW_TRY(m_writer.execute([&](Database &db) { return RankerScoreStore(db).put(work.run.id, scores); }));
    return result;
}

Result<ConfidentLearningResult> ConfidentLearningJob::compute(RunId run, const RunOptions &recipe)
{
    WINNOW_ASSIGN(const Work work, prepare(run, recipe));
    std::map<std::int64_t, RankerFold> done;
    {
        WINNOW_ASSIGN(Database database, Database::open(m_writer.path()));
        WINNOW_ASSIGN(auto earlier, RankerScoreStore(database).folds(run, confidentLearningName, work.recipe));
        for (RankerFold &fold : earlier)
            done.emplace(fold.fold, std::move(fold));
    }
    const auto reused = static_cast<std::int64_t>(done.size());
    std::unique_ptr<Engine> engine;
    for (std::int64_t fold = 0; fold < m_settings.folds; ++fold) {
        if (done.contains(fold))
            continue;
        if (m_stop.stopRequested())
            return stopped(fold);
        if (!engine) {
            WINNOW_ASSIGN(engine, m_settings.openEngine());
        }
        WINNOW_ASSIGN(RankerFold finished, trainFold(work, fold, *engine));
        WINNOW_TRY(put(work, finished));
        done.emplace(fold, std::move(finished));
    }
    std::vector<RankerFold> folds;
    for (auto &[number, fold] : done)
        folds.push_back(std::move(fold));
    WINNOW_ASSIGN(ConfidentLearningResult result, judge(work, folds));
    result.foldsReused = reused;
    std::error_code ec;
    fs::remove(work.folder, ec); // empty now, unless a fold's own folder had to stay
    return result;
}

} // namespace winnow
