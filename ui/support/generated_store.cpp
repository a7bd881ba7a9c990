#include "ui/support/generated_store.h"

#include "core/base/options_io.h"
#include "core/data/demo/digit_sheet.h"
#include "core/data/demo/digit_steps.h"
#include "core/eval/aggregation.h"
#include "core/eval/best_of_n.h"
#include "core/store/dataset_store.h"
#include "core/store/decision_store.h"
#include "core/store/evaluation_store.h"
#include "core/store/event_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/visit_store.h"
#include "core/store/weight_store.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>

#include <algorithm>
#include <cmath>
#include <random>

namespace winnow::ui {

namespace {

const std::string deviceName = "CPU, 2 cores, LibTorch 2.11.0"; // as the engine says it

/// How one invented run comes out.
struct Plan {
    std::string name;
    std::string method; ///< empty: a cold start
    std::int64_t seed = 1;
    RunState state = RunState::Finished;
    std::int64_t steps = 600;
    std::int64_t total = 600;
    double cleanWeight = 1.35;
    double noisyWeight = 0.12;
    double spread = 0.42;
    double skill = 1.6; ///< of its step scores
    double seconds = 54.8;
};

/// In the words of the training loop.
std::string failure(std::int64_t step)
{
    return "loss.train is not a number at iteration " + std::to_string(step)
        + "; the run can be resumed from its last checkpoint with a lower learning rate.";
}

class Generator {
public:
    Generator(Database &database, std::string folder) : m_database(database), m_folder(std::move(folder)) {}

    Status data(const DigitSheet &sheet, int trainRows, int questions);
    Status run(const Plan &plan, RunId parent, RunId *made);

private:
    double normal() { return m_normal(m_random); }
    Status picture(const DigitSheet &sheet, const DemoProblem &problem, const std::string &name, std::string *path);
    Status curves(RunId run, const Plan &plan);
    Status weights(RunId run, const Plan &plan);
    Status scores(RunId run, const Plan &plan);
    Status events(RunId run, const Plan &plan, std::int64_t begun);
    RunOptions options(const Plan &plan) const;
    double pathOf(std::size_t sample, const Plan &plan, double progress);

    Database &m_database;
    std::string m_folder;
    std::mt19937_64 m_random{7};
    std::normal_distribution<double> m_normal;
    DemoTask m_task;
    std::vector<double> m_character; ///< per train sample, shared by all runs
    DatasetId m_train;
    DatasetId m_meta;
    DatasetId m_test;
};

Status Generator::picture(const DigitSheet &sheet, const DemoProblem &problem, const std::string &name, std::string *path)
{
    const Picture picture = sheet.sideBySide(problem.pictures);
    const QImage image(picture.rgb.data(), static_cast<int>(picture.width), static_cast<int>(picture.height),
                       static_cast<qsizetype>(picture.width) * 3, QImage::Format_RGB888);
    *path = m_folder + "/" + name + ".png";
    if (QFileInfo::exists(QString::fromStdString(*path)) || image.save(QString::fromStdString(*path)))
        return {};
    return Error{"Could not write the picture " + *path + ". Choose a folder that can be written to."};
}

Status Generator::data(const DigitSheet &sheet, int trainRows, int questions)
{
    DemoTaskOptions wanted;
    wanted.trainRows = trainRows;
    wanted.questions = questions;
    wanted.metaRows = std::min(400, trainRows);
    WINNOW_ASSIGN(m_task, generateDemoTask(sheet, wanted));
    if (!QDir().mkpath(QString::fromStdString(m_folder)))
        return Error{"Could not make the folder " + m_folder + "."};
    const auto key = [](const char *kind, std::size_t i) {
        const std::string digits = std::to_string(i);
        return std::string(kind) + "#" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
    };
    std::vector<SampleRecord> train;
    for (std::size_t i = 0; i < m_task.train.size(); ++i) {
        const DemoRow &row = m_task.train[i];
        SampleRecord sample{.index = static_cast<std::int64_t>(i), .fileRow = static_cast<std::int64_t>(i), .key = key("train", i),
                            .unitKey = {}, .subject = std::string(demoSubjectNames[static_cast<std::size_t>(row.problem.subject)]),
                            .knownNoise = row.noise, .picturePath = {}, .question = row.problem.question(), .steps = row.chain.steps,
                            .labels = row.chain.labels, .answerIsRight = {}};
        if (row.noise)
            sample.labels.flip();
        sample.unitKey = sample.key;
        WINNOW_TRY(picture(sheet, row.problem, "train" + std::to_string(i), &sample.picturePath));
        train.push_back(std::move(sample));
        m_character.push_back(normal());
    }
    std::vector<SampleRecord> test;
    for (std::size_t q = 0; q < m_task.test.size(); ++q) {
        const DemoQuestion &question = m_task.test[q];
        SampleRecord sample{.index = static_cast<std::int64_t>(q), .fileRow = static_cast<std::int64_t>(q), .key = key("test", q),
                            .unitKey = {}, .subject = std::string(demoSubjectNames[static_cast<std::size_t>(question.problem.subject)]),
                            .knownNoise = {}, .picturePath = {}, .question = question.problem.question(), .steps = {}, .labels = {},
                            .answerIsRight = {}};
        WINNOW_TRY(picture(sheet, question.problem, "test" + std::to_string(q), &sample.picturePath));
        for (const DemoChain &chain : question.candidates) {
            sample.steps.push_back(chain.text());
            sample.labels.push_back(chain.answerRight);
        }
        test.push_back(std::move(sample));
    }
    DatasetStore store(m_database);
    const auto rows = static_cast<std::int64_t>(train.size());
    WINNOW_ASSIGN(m_train, store.put({.id = {}, .name = "digit-steps v1", .path = "demo/train.json", .kind = "train", .form = {},
                                      .sha256 = "9c41e7" + std::string(58, '0'), .rowsRead = rows + 3, .rowsKept = rows, .createdMs = 0,
                                      .drops = {{"the picture cannot be read", 2, 311, "row 311: 'pictures/311.png' is cut short"},
                                                {"'true_false' is missing", 1, 1204, "row 1204: 'true_false' is missing"}}},
                                     train));
    WINNOW_ASSIGN(m_meta, store.put({.id = {}, .name = "digit-steps meta", .path = "demo/meta.json", .kind = "meta", .form = "step-level",
                                     .sha256 = "40be12" + std::string(58, '0'), .rowsRead = 400, .rowsKept = 400, .createdMs = 0, .drops = {}},
                                    {train.begin(), train.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(400, train.size()))}));
    const auto asked = static_cast<std::int64_t>(test.size());
    WINNOW_ASSIGN(m_test, store.put({.id = {}, .name = "digit-steps test", .path = "demo/test.json", .kind = "test", .form = {},
                                     .sha256 = "77aa01" + std::string(58, '0'), .rowsRead = asked, .rowsKept = asked, .createdMs = 0, .drops = {}},
                                    test));
    return DecisionStore(m_database)
        .set({{"9c41e7" + std::string(58, '0'), key("train", 17), Decision::Flip, {}, {}, 0},
              {"9c41e7" + std::string(58, '0'), key("train", 42), Decision::Exclude, {}, {}, 0}});
}

RunOptions Generator::options(const Plan &plan) const
{
    RunOptions o;
    o.name = plan.name;
    o.seed = plan.seed;
    o.stage = plan.method.empty() ? Stage::ColdStart : Stage::Bilevel;
    o.train.iterations = plan.total;
    o.model.checkpoint = "demo/cold-start";
    o.data = {.train = "demo/train.json", .meta = "demo/meta.json", .holdout = "demo/holdout.json", .test = "demo/test.json"};
    o.weighting.method = plan.method == "net" ? Method::Net : plan.method == "domain" ? Method::Domain
                         : plan.method == "none" ? Method::None : Method::Table;
    o.meta.gradientEma = plan.method.empty() ? 0.0 : 0.9;
    return o;
}

double Generator::pathOf(std::size_t sample, const Plan &plan, double progress)
{
    const DemoRow &row = m_task.train[sample];
    double end = row.noise ? plan.noisyWeight : plan.cleanWeight;
    // What every run sees of a sample, and what only this one does.
    const double own = std::sin(static_cast<double>(sample) * 12.9898 + static_cast<double>(plan.seed) * 3.7 +
                                static_cast<double>(plan.method.size()) * 9.1) * 1.4;
    end += plan.spread * (0.75 * m_character[sample] + 0.65 * own);
    if (plan.method == "domain") {
        const double byDomain[] = {1.25, 0.9, 0.7};
        end = byDomain[static_cast<std::size_t>(row.problem.subject)];
    }
    const double speed = row.noise ? 3.2 : 2.2;
    return 1 + (end - 1) * (1 - std::exp(-speed * progress)) / (1 - std::exp(-speed));
}

Status Generator::curves(RunId run, const Plan &plan)
{
    std::vector<MetricRow> rows;
    const std::int64_t begun = utcMilliseconds() - 3600000;
    const bool failing = plan.state == RunState::Failed;
    for (std::int64_t step = 1; step <= plan.steps; ++step) {
        const double t = static_cast<double>(step) / static_cast<double>(plan.total);
        const std::int64_t wall = begun + static_cast<std::int64_t>(plan.seconds * 1000 * t);
        const double floor = plan.method == "none" || plan.method.empty() ? 0.30 : 0.20;
        double train = failing ? 0.6 + 2 * t * t + 0.05 * normal() : floor + 0.62 * std::exp(-4.5 * t) + 0.05 * normal() * (0.5 + std::exp(-3 * t));
        if (step == plan.total / 6)
            train = 1.12;
        if (step == plan.total / 4 + 38)
            train = std::nan("");
        rows.push_back({"loss.train", step, train, wall});
        if (!plan.method.empty() && plan.method != "none") {
            rows.push_back({"loss.meta", step, 0.14 + 0.62 * std::exp(-4.8 * t) + 0.012 * normal(), wall});
            rows.push_back({"hypergradient.norm", step, 0.02 + 0.3 * std::exp(-3 * t) + 0.01 * std::abs(normal()), wall});
            rows.push_back({"lr.upper", step, 0.05, wall});
        }
        rows.push_back({"lr.lower", step, 2e-4, wall});
        rows.push_back({"time.iteration", step, plan.seconds / static_cast<double>(plan.total), wall});
        rows.push_back({"hw.cpu", step, 86 + 5 * normal() - (step % 150 == 0 ? 40 : 0), wall});
        rows.push_back({"hw.cpu_process", step, 70 + 4 * normal() - (step % 150 == 0 ? 30 : 0), wall});
        rows.push_back({"hw.memory_gb", step, 1.3 + 0.02 * std::sin(static_cast<double>(step) / 40), wall});
        rows.push_back({"hw.disk_write_mb", step, step % 100 == 0 ? 12.4 : 0.1, wall});
        rows.push_back({"hw.disk_read_mb", step, step < 20 ? 40.0 : 0.0, wall});
        if (step % 100 == 0)
            rows.push_back({"accuracy.test", step, 0.45 + 0.2 * (1 - std::exp(-3 * t)) + 0.02 * plan.skill, wall});
    }
    return MetricStore(m_database).append(run, rows);
}

Status Generator::weights(RunId run, const Plan &plan)
{
    const std::size_t n = m_task.train.size();
    WeightUnits units;
    units.kind = plan.method == "net" ? UnitKind::Row : plan.method == "domain" ? UnitKind::Domain : UnitKind::Id;
    for (std::size_t i = 0; i < n; ++i)
        units.unitOfSample.push_back(plan.method == "domain" ? static_cast<std::uint32_t>(m_task.train[i].problem.subject)
                                                             : static_cast<std::uint32_t>(i));
    const std::size_t unitCount = plan.method == "domain" ? 3 : n;
    for (std::size_t u = 0; u < unitCount; ++u)
        units.keys.push_back("unit" + std::to_string(u));
    WeightStore store(m_database);
    WINNOW_TRY(store.setUnits(run, units));
    for (std::int64_t step = 0; step <= plan.steps; step += std::max<std::int64_t>(1, plan.total / 60)) {
        StoredSnapshot snapshot;
        snapshot.step = step;
        snapshot.values.resize(unitCount);
        for (std::size_t i = 0; i < n; ++i)
            snapshot.values[units.unitOfSample[i]] = static_cast<float>(
                pathOf(i, plan, static_cast<double>(step) / static_cast<double>(plan.total)) + 0.02 * normal());
        if (plan.method == "net")
            for (std::size_t i = 0; i < n; ++i)
                snapshot.computedAt.push_back(static_cast<std::int32_t>(std::max<std::int64_t>(0, step - static_cast<std::int64_t>(i * 37 % 80))));
        WINNOW_TRY(store.appendSnapshot(run, snapshot));
    }
    VisitColumns visits;
    for (std::int64_t step = 1; step <= plan.steps; ++step)
        for (std::int64_t b = 0; b < 16; ++b) {
            const auto i = static_cast<std::uint32_t>((static_cast<std::uint64_t>(step) * 16 + static_cast<std::uint64_t>(b)) * 1213 % n);
            const double t = static_cast<double>(step) / static_cast<double>(plan.total);
            const bool noise = m_task.train[i].noise;
            const double hard = 0.12 * m_character[i]; // a hard clean sample looks like noise, an easy flip does not
            const double p = std::clamp((noise ? 0.5 - 0.3 * t : 0.6 + 0.27 * t) - hard + 0.07 * normal(), 0.02, 0.99);
            visits.push(step, i, static_cast<float>(pathOf(i, plan, t)), static_cast<float>(-std::log(p)),
                        static_cast<float>((noise ? 0.02 : -0.01) + 0.015 * normal()), static_cast<float>(p),
                        static_cast<float>(std::log(p / (1 - p))));
        }
    return VisitStore(m_database).append(run, visits);
}

Status Generator::scores(RunId run, const Plan &plan)
{
    EvaluationStore store(m_database);
    RunResult result;
    for (std::int64_t step = 0; step <= plan.steps; step += 100) {
        const double t = static_cast<double>(step) / static_cast<double>(plan.total);
        StoredScores test{.purpose = "test", .step = step, .meanLoss = 0.4, .final = step == plan.total, .pPlusFull = {}, .pPlusPair = {}};
        std::vector<ScoredQuestion> questions;
        std::mt19937_64 own(static_cast<std::uint64_t>(plan.seed) * 1000 + plan.method.size());
        std::normal_distribution<double> noise;
        for (const DemoQuestion &question : m_task.test) {
            ScoredQuestion scored{.subject = std::string(demoSubjectNames[static_cast<std::size_t>(question.problem.subject)]), .scores = {}, .trueFalse = {}};
            for (const DemoChain &chain : question.candidates) {
                std::vector<float> p;
                for (const bool right : chain.labels) {
                    const double logit = (right ? 1 : -1) * plan.skill * (0.2 + 0.8 * t) + 1.1 * noise(own);
                    p.push_back(static_cast<float>(1 / (1 + std::exp(-1.6 * logit))));
                }
                scored.scores.push_back(aggregate(p, Aggregation::Mean));
                scored.trueFalse.push_back(chain.answerRight);
                test.pPlusPair.push_back(p);
                test.pPlusFull.push_back(std::move(p));
            }
            questions.push_back(std::move(scored));
        }
        WINNOW_TRY(store.putScores(run, test));
        const BestOfN picked = bestOfN(questions, 8, Ties::Last);
        const bool last = step + 100 > plan.steps && plan.state == RunState::Finished;
        for (const char *purpose : {"test", "last"}) {
            if (std::string(purpose) == "last" && !last)
                continue;
            EvaluationRecord evaluation{.id = {}, .run = run, .checkpoint = {}, .dataset = m_test, .step = step, .purpose = purpose,
                                        .settings = {}, .n = picked.questions, .correct = picked.correct, .ties = picked.ties, .unparsable = 0,
                                        .accuracy = picked.accuracy, .meanLoss = 0.4, .createdMs = 0, .subjects = {}};
            WINNOW_TRY(store.put(evaluation, {}).ok() ? Status() : Status(Error{"The generated evaluation could not be stored."}));
        }
        result.accuracy = result.accuracyLast = picked.accuracy;
    }
    StoredScores train{.purpose = "train", .step = 0, .meanLoss = 0.3, .final = false, .pPlusFull = {}, .pPlusPair = {}};
    for (train.step = 0; train.step <= plan.steps; train.step += 100) {
        train.pPlusFull.clear();
        const double t = static_cast<double>(train.step) / static_cast<double>(plan.total);
        for (const DemoRow &row : m_task.train) {
            std::vector<float> p;
            for (const bool right : row.chain.labels)
                p.push_back(static_cast<float>(std::clamp((right ? 0.55 + 0.36 * t : 0.45 - 0.36 * t) + 0.04 * normal(), 0.01, 0.99)));
            train.pPlusFull.push_back(std::move(p));
        }
        train.pPlusPair = train.pPlusFull;
        WINNOW_TRY(store.putScores(run, train));
    }
    if (plan.state != RunState::Finished)
        return {};
    result.steps = plan.steps;
    result.seconds = plan.seconds;
    result.selectedStep = plan.steps - plan.steps % 100;
    return RunStore(m_database).setResult(run, result);
}

Status Generator::events(RunId run, const Plan &plan, std::int64_t begun)
{
    std::vector<EventRecord> events{{0, run, 0, "info", "log", "Cold start loaded from run cold-start-base", begun}};
    for (std::int64_t step = 100; step <= plan.steps; step += 100) {
        const std::int64_t at = begun + step * 90;
        if (step == plan.total / 4 + 38 - (plan.total / 4 + 38) % 100)
            events.push_back({0, run, plan.total / 4 + 38, "warning", "alert",
                              "Skipped: loss.train is not a number at iteration " + std::to_string(plan.total / 4 + 38)
                                  + "; it changed no weight (1 skipped so far).",
                              at - 500});
        const std::string words = "Checkpoint of iteration " + std::to_string(step) + ".";
        events.push_back({0, run, step, "info", "checkpoint", words, at});
    }
    return EventStore(m_database).append(events);
}

Status Generator::run(const Plan &plan, RunId parent, RunId *made)
{
    RunStore store(m_database);
    NewRun fresh{.project = {}, .parent = parent, .name = plan.name, .configJson = optionsToJson(options(plan)),
                 .stage = plan.method.empty() ? "cold-start" : "bilevel", .method = plan.method, .seed = plan.seed,
                 .command = "winnow run run.toml --set name=" + plan.name, .codeVersion = "0.1.0", .environment = "{}",
                 .device = deviceName,
                 .threads = 2, .totalSteps = plan.total, .tags = {"demo"}, .note = {}};
    if (plan.name == "table-s1")
        fresh.note = "Best of the table variants so far. EMA 0.9 on the meta gradient matters most.";
    WINNOW_ASSIGN(const RunId id, store.create(fresh));
    if (made)
        *made = id;
    WINNOW_TRY(store.setDataset(id, "train", m_train));
    WINNOW_TRY(store.setDataset(id, "meta", m_meta));
    WINNOW_TRY(store.setDataset(id, "test", m_test));
    if (plan.state == RunState::Queued)
        return {};
    const std::int64_t begun = utcMilliseconds() - 3600000;
    WINNOW_TRY(store.claim(id, {}, deviceName, 2));
    WINNOW_TRY(store.setProgress(id, "train", plan.steps, plan.total));
    WINNOW_TRY(curves(id, plan));
    if (!plan.method.empty() && plan.method != "none")
        WINNOW_TRY(weights(id, plan));
    WINNOW_TRY(events(id, plan, begun));
    if (!plan.method.empty())
        WINNOW_TRY(scores(id, plan));
    if (plan.state != RunState::Running)
        WINNOW_TRY(store.setState(id, plan.state, plan.state == RunState::Failed ? failure(plan.steps) : std::string()));
    return {};
}

Status manyRuns(Database &database, int count)
{
    return database.transaction([&]() -> Status {
        RunStore store(database);
        const std::array<const char *, 4> methods = {"table", "net", "none", "domain"};
        for (int i = 0; i < count; ++i) {
            RunOptions options;
            options.name = "sweep-" + std::to_string(i);
            options.seed = i % 50;
            auto made = store.create({.project = {}, .parent = {}, .name = options.name, .configJson = optionsToJson(options), .stage = "bilevel",
                                      .method = methods[static_cast<std::size_t>(i) % 4], .seed = options.seed, .command = {},
                                      .codeVersion = "0.1.0", .environment = "{}", .device = {}, .threads = 2, .totalSteps = 600, .tags = {}, .note = {}});
            if (!made.ok())
                return made.error();
        }
        return {};
    });
}

} // namespace

Status writeGeneratedStore(const std::string &path, const std::string &demoFolder, GeneratedKind kind, int trainRows, int questions)
{
    WINNOW_ASSIGN(Database database, Database::open(path));
    if (kind == GeneratedKind::ManyRuns)
        return manyRuns(database, 10000);
    WINNOW_ASSIGN(const DigitSheet sheet, DigitSheet::load(demoFolder));
    Generator generator(database, path + ".pictures");
    WINNOW_TRY(generator.data(sheet, trainRows, questions));
    RunId cold;
    WINNOW_TRY(generator.run({.name = "cold-start-base", .method = {}, .steps = 500, .total = 500, .seconds = 252}, {}, &cold));
    std::vector<Plan> plans{
        {.name = "table-s1", .method = "table", .skill = 1.55},
        {.name = "table-s2", .method = "table", .seed = 2, .skill = 1.5, .seconds = 55.1},
        {.name = "table-sgd-s1", .method = "table", .noisyWeight = 0.35, .spread = 0.5, .skill = 1.35, .seconds = 53.9},
        {.name = "none-s1", .method = "none", .skill = 1.05, .seconds = 31.2},
        {.name = "none-s2", .method = "none", .seed = 2, .skill = 1.0, .seconds = 31.0},
        {.name = "domain-s1", .method = "domain", .skill = 1.15, .seconds = 52.6},
        {.name = "net-labelaware-s2", .method = "net", .seed = 2, .cleanWeight = 0.95, .noisyWeight = 0.05, .spread = 0.3, .skill = 1.6, .seconds = 58.3},
        {.name = "net-reference-input-s1", .method = "net", .state = kind == GeneratedKind::Interrupted ? RunState::Finished : RunState::Interrupted, .steps = kind == GeneratedKind::Interrupted ? 600 : 240, .noisyWeight = 1.1, .spread = 0.3, .skill = 1.1, .seconds = 58},
        {.name = "cold-start-lr3e-4", .method = {}, .state = RunState::Failed, .steps = 48, .total = 500, .seconds = 48},
    };
    Plan newest{.name = "net-labelaware-s1", .method = "net", .state = RunState::Running, .steps = 365, .cleanWeight = 0.95, .noisyWeight = 0.05, .spread = 0.3, .skill = 1.6, .seconds = 58};
    if (kind == GeneratedKind::Interrupted)
        newest.state = RunState::Interrupted;
    if (kind == GeneratedKind::Error)
        newest.state = RunState::Failed;
    plans.push_back(newest);
    plans.push_back({.name = "net-labelaware-s3", .method = "net", .seed = 3, .state = RunState::Queued, .steps = 0});
    for (const Plan &plan : plans)
        WINNOW_TRY(generator.run(plan, plan.method.empty() ? RunId{} : cold, nullptr));
    return {};
}

} // namespace winnow::ui
