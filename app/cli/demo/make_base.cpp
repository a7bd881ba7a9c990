#include "app/cli/demo/make_base.h"

#include "app/cli/demo/base_start.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/options_io.h"
#include "core/base/resource_path.h"
#include "core/data/demo/demo_base.h"
#include "core/data/row_dataset.h"
#include "core/run/checkpoint_manifest.h"
#include "core/run/engine.h"
#include "core/run/run_events_fanout.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <map>
#include <sstream>

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t holdoutRows = 512;

RunOptions trainingOptions(const MakeBaseOptions &base)
{
    RunOptions options;
    options.name = "demo-base";
    options.stage = Stage::ColdStart;
    options.seed = base.seed;
    options.threads = base.threads;
    options.checkpointEvery = 100;
    options.train.iterations = base.steps;
    options.train.batch = base.batch;
    options.train.pixelNoise = 0.1;
    options.train.optimizer = {.form = AdamWForm::Torch,
                               .learningRate = base.rate,
                               .weightDecay = 0.05,
                               .epsilon = 1e-8,
                               .clipNorm = 1.0,
                               .schedule = Schedule::OneCycle,
                               .warmupShare = 0.2};
    options.evaluation.every = 250;
    return options;
}

/// Keeps the loss curve (a line each 10 steps, the mean of them) in a file that a resumed training goes on with, and
/// the share of unseen judge turns that the model gets right.
class BaseTrainingLog : public RunEventsAdapter {
public:
    BaseTrainingLog(std::string path, const EncodedDataset &judge, std::int32_t yes)
        : m_path(std::move(path)), m_judge(judge), m_yes(yes)
    {
        std::ifstream file(m_path);
        std::string line;
        while (std::getline(file, line)) {
            if (const std::size_t comma = line.find(','); comma != std::string::npos && std::isdigit(line[0]))
                m_lines[std::stoll(line)] = line.substr(comma + 1);
        }
    }

    void onMetrics(std::int64_t step, std::span<const MetricPoint> points) override
    {
        for (const MetricPoint &point : points) {
            if (point.series == "loss.train")
                m_sum += point.value, ++m_count;
        }
        if (step % 10 == 0 && m_count > 0) {
            std::ostringstream text;
            text << std::setprecision(6) << m_sum / static_cast<double>(m_count);
            m_lines[step] = text.str();
            m_sum = 0, m_count = 0;
        }
        if (step % 50 == 0 && points.front().series == "loss.train")
            logInfo("step " + std::to_string(step) + ", loss " + std::to_string(points.front().value));
    }

    void onScores(const StepScores &scores) override
    {
        std::size_t right = 0, sites = 0;
        for (std::size_t i = 0; i < scores.pPlusPair.size(); ++i) {
            const auto sample = m_judge.get(i);
            for (std::size_t s = 0; s < sample->sites.size(); ++s) {
                right += (scores.pPlusPair[i][s] > 0.5f) == (sample->sites[s].label == m_yes);
                ++sites;
            }
        }
        m_accuracy = static_cast<double>(right) / static_cast<double>(sites);
        logInfo("step " + std::to_string(scores.step) + ", judge accuracy on unseen rows " + std::to_string(m_accuracy)
                + " (n = " + std::to_string(sites) + ")");
    }

    void beforeCheckpoint(std::int64_t) override { write(); }

    void write() const
    {
        std::ofstream file(m_path, std::ios::trunc);
        file << "step,loss\n";
        for (const auto &[step, loss] : m_lines)
            file << step << ',' << loss << '\n';
    }
    double accuracy() const { return m_accuracy; }

private:
    std::string m_path;
    const EncodedDataset &m_judge;
    std::int32_t m_yes;
    std::map<std::int64_t, std::string> m_lines;
    double m_sum = 0, m_accuracy = 0;
    std::int64_t m_count = 0;
};

/// What base.json says of how a base was made. A later stage repeats what the stage before it said, under "from".
Result<nlohmann::json> factsOf(const std::string &folder)
{
    const std::string path = folder + "/base.json";
    WINNOW_ASSIGN(const std::string text, readTextFile(path));
    return parseJson(text, path);
}

/// 1: from random weights.
Result<int> stageAfter(const std::string &from)
{
    if (from.empty())
        return 1;
    WINNOW_ASSIGN(const nlohmann::json facts, factsOf(from));
    int stages = 2;
    for (const nlohmann::json *stage = &facts; stage->contains("from"); stage = &(*stage)["from"])
        ++stages;
    return stages;
}

/// Folders are named by their stage, so that a reader sees which one goes on from which.
std::string commandOf(const MakeBaseOptions &base, int stage)
{
    std::ostringstream command;
    command << "winnow demo --make-base STAGE" << stage;
    if (stage > 1)
        command << " --base-from STAGE" << stage - 1;
    command << " --base-seed " << base.seed << " --base-steps " << base.steps << " --base-batch " << base.batch
            << " --base-rate " << base.rate << " --threads " << base.threads;
    return command.str();
}

Status exportBase(const MakeBaseOptions &base, int stage, const RunOptions &options, const TrainOutcome &outcome,
                  double accuracy)
{
    std::error_code error;
    fs::copy_file(fs::path(outcome.lastCheckpoint) / "model.safetensors", fs::path(base.folder) / "model.safetensors",
                  fs::copy_options::overwrite_existing, error);
    if (error)
        return Error{"Could not copy the trained model into " + base.folder + ": " + error.message() + "."};
    RunOptions settings = options;
    settings.model.checkpoint.clear(); // a path of this machine; "from" says what it was
    nlohmann::json facts{{"command", commandOf(base, stage)},
                         {"settings", nlohmann::json::parse(optionsToJson(settings))},
                         {"weights_sha256", outcome.weightsSha256},
                         {"seconds", outcome.seconds},
                         {"judge_accuracy_unseen", accuracy}};
    if (!base.from.empty()) {
        WINNOW_ASSIGN(facts["from"], factsOf(base.from));
    }
    std::ofstream file(fs::path(base.folder) / "base.json", std::ios::trunc);
    file << facts.dump(1) << '\n';
    file.close();
    if (!file)
        return Error{"Could not write base.json into " + base.folder + "."};
    return {};
}

/// Each of the first stages has its level; those after them have the last one again.
DemoBaseRows::Level levelOf(int stage)
{
    using Level = DemoBaseRows::Level;
    constexpr std::array levels{Level::Easy, Level::Full, Level::Writers};
    return levels[std::min(static_cast<std::size_t>(stage), levels.size()) - 1];
}

std::vector<std::size_t> judgeRows()
{
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; rows.size() < holdoutRows; ++row) {
        if (DemoBaseRows::kindOf(row) == DemoBaseRows::Kind::Judge)
            rows.push_back(row);
    }
    return rows;
}

} // namespace

Result<MakeBaseOutcome> makeDemoBase(const MakeBaseOptions &base, StopFlag &stop)
{
    WINNOW_ASSIGN(const Tokenizer tokenizer, makeDemoTokenizer());
    WINNOW_TRY(writeDemoBaseFiles(tokenizer, base.folder));
    WINNOW_ASSIGN(const DigitSheet sheet, DigitSheet::load(resourceFolder() + "/demo"));
    const auto seed = static_cast<std::uint64_t>(base.seed);
    WINNOW_ASSIGN(const int stage, stageAfter(base.from));
    const DemoBaseRows::Level level = levelOf(stage);
    WINNOW_ASSIGN(const auto rows, DemoBaseRows::create(sheet, tokenizer, seed,
                                                        static_cast<std::size_t>(base.steps * base.batch), level));
    WINNOW_ASSIGN(const auto unseen, DemoBaseRows::create(sheet, tokenizer, seed + 1, 4 * holdoutRows, level));
    const SubsetDataset judge(*unseen, judgeRows());
    const std::int32_t yes = tokenizer.encode("y").front();

    TrainRequest request;
    request.options = trainingOptions(base);
    request.tokens = {yes, tokenizer.encode("n").front(), *tokenizer.tokenId("<IMG_CONTEXT>"),
                      *tokenizer.tokenId("<|endoftext|>")};
    request.train = rows.get();
    request.holdout = &judge;
    request.rowsAreDrawn = true;
    if (base.from.empty()) {
        request.initialConfigJson = demoBaseConfigJson(tokenizer);
    } else {
        request.options.model.checkpoint = base.folder + "/start";
        WINNOW_TRY(writeDemoBaseFiles(tokenizer, request.options.model.checkpoint));
        WINNOW_TRY(writeBaseStart(base.from, tokenizer, seed, request.options.model.checkpoint));
    }
    request.runFolder = base.folder + "/training";
    request.tokenizerFolder = base.folder;
    std::error_code error;
    fs::create_directories(request.runFolder, error);
    std::vector<std::string> problems;
    request.resumeFrom = newestVerifiedCheckpoint(request.runFolder, &problems);
    for (const std::string &problem : problems)
        logWarning(problem);
    if (!request.resumeFrom.empty())
        logInfo("going on from " + request.resumeFrom);

    WINNOW_ASSIGN(const auto engine, openEngine());
    BaseTrainingLog events(base.folder + "/loss_curve.csv", judge, yes);
    WINNOW_ASSIGN(const TrainOutcome outcome, engine->train(request, events, stop));
    if (outcome.finished) {
        events.write();
        WINNOW_TRY(exportBase(base, stage, request.options, outcome, events.accuracy()));
    }
    return MakeBaseOutcome{outcome.finished, outcome.steps, outcome.weightsSha256, outcome.seconds, events.accuracy()};
}

} // namespace winnow::cli
