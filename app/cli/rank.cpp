#include "app/cli/commands.h"
#include "app/cli/run_figures.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/store/ranker_score_store.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <numeric>

namespace winnow::cli
{

namespace
{

struct RankOptions {
    std::string run;
    std::string by = "weight";
    std::size_t top = 20;
};

const std::map<std::string, RankerKind> &rankersByName()
{
    static const std::map<std::string, RankerKind> names{{"loss", RankerKind::LossEma},
                                                         {"confidence", RankerKind::Confidence},
                                                         {"variability", RankerKind::Variability},
                                                         {"margin", RankerKind::AreaUnderMargin},
                                                         {"shapley", RankerKind::InRunShapley}};
    return names;
}

struct Ranking {
    RunRecord run;
    std::int64_t step = 0;
    TrainingRows rows;
    std::vector<double> suspicion; ///< by row; NaN: never visited
    std::vector<float> weights; ///< by row; empty when none are learned
    std::vector<std::size_t> order; ///< most suspicious first, rows without a figure left out
    std::optional<Detection> detection;
};

constexpr const char *confidentLearning = "confident-learning";

/// Of the job that trained a model a fold; it does not belong to a step of the run.
Status readConfidentLearning(Database &database, Ranking &ranking)
{
    const std::string id = std::to_string(ranking.run.id.value);
    WINNOW_ASSIGN(const auto scores, RankerScoreStore(database).get(ranking.run.id, confidentLearningName));
    if (!scores)
        return Error{"Run " + id
                     + " has no scores of confident learning yet; make them with: winnow confident-learning " + id};
    ranking.step = ranking.run.step;
    ranking.suspicion.assign(scores->suspicion.begin(), scores->suspicion.end());
    return {};
}

Status readSuspicion(Database &database, const RankOptions &options, Ranking &ranking)
{
    WINNOW_ASSIGN(const std::optional<RowWeights> weights, rowWeights(database, ranking.run));
    if (weights)
        ranking.weights = weights->ofRow;
    if (options.by == confidentLearning)
        return readConfidentLearning(database, ranking);
    if (options.by == "weight") {
        if (!weights)
            return Error{"Run " + std::to_string(ranking.run.id.value)
                         + " has no learned weights; rank it with --by loss, confidence, variability, margin, shapley,"
                           " combined or confident-learning."};
        ranking.step = weights->step;
        ranking.suspicion = suspicionFromWeights(weights->ofRow);
        return {};
    }
    const std::int64_t selected = ranking.run.result.selectedStep;
    // The weights of the combined ranking are those of the selected checkpoint, as the visits end there.
    ranking.step = selected >= 0 ? selected : ranking.run.step;
    const std::int64_t through = selected >= 0 ? selected : std::numeric_limits<std::int64_t>::max();
    WINNOW_ASSIGN(const Rankers rankers, rankersOf(database, ranking.run, ranking.rows.samples.size(), through));
    if (options.by == combinedRankerName) {
        const bool ofRows = weights && weights->units.kind != UnitKind::Domain;
        ranking.suspicion = combinedSuspicion(rankers, ofRows ? weights->ofRow : std::vector<float>());
    } else {
        ranking.suspicion = rankers.suspicion(rankersByName().at(options.by));
    }
    return {};
}

Result<Ranking> readRanking(Database &database, const RankOptions &options)
{
    Ranking ranking;
    WINNOW_ASSIGN(ranking.run, RunStore(database).find(options.run));
    WINNOW_ASSIGN(ranking.rows, trainingRows(database, ranking.run));
    WINNOW_TRY(readSuspicion(database, options, ranking));
    if (ranking.suspicion.size() != ranking.rows.samples.size())
        return Error{"Run " + std::to_string(ranking.run.id.value) + " has " + std::to_string(ranking.suspicion.size())
                     + " ranked rows but " + std::to_string(ranking.rows.samples.size())
                     + " training rows; the store is damaged."};
    for (std::size_t i = 0; i < ranking.suspicion.size(); ++i)
        if (!std::isnan(ranking.suspicion[i]))
            ranking.order.push_back(i);
    if (ranking.order.empty())
        return Error{"No row of run " + std::to_string(ranking.run.id.value) + " has a figure for --by " + options.by
                     + " yet."};
    std::stable_sort(ranking.order.begin(), ranking.order.end(),
                     [&](std::size_t a, std::size_t b) { return ranking.suspicion[a] > ranking.suspicion[b]; });
    WINNOW_ASSIGN(ranking.detection, detectionOf(ranking.suspicion, ranking.rows.noise));
    return ranking;
}

std::string noiseText(const SampleRecord &sample)
{
    return !sample.knownNoise ? "unknown" : *sample.knownNoise ? "noise" : "clean";
}

void printTable(const Ranking &ranking, const RankOptions &options, std::size_t shown)
{
    std::cout << "Run " << ranking.run.id.value << " (" << plainLine(ranking.run.name) << ") at step " << ranking.step
              << ", by " << options.by << ": " << shown << " most suspicious of " << ranking.order.size()
              << " ranked rows";
    if (const std::size_t left = ranking.suspicion.size() - ranking.order.size(); left > 0)
        std::cout << " (" << left << " rows were never visited)";
    std::cout << '\n';
    if (ranking.detection)
        std::cout << "AUROC " << detectionText(*ranking.detection) << ", average precision "
                  << fixedText(ranking.detection->averagePrecision) << ", precision among the first "
                  << ranking.detection->area.noisy << " " << fixedText(ranking.detection->precision) << '\n';
    TextTable table({"rank", "row", "key", "subject", "suspicion", "weight", "truth", "question"});
    for (std::size_t r = 0; r < shown; ++r) {
        const std::size_t row = ranking.order[r];
        const SampleRecord &sample = ranking.rows.samples[row];
        table.add({std::to_string(r + 1), std::to_string(sample.fileRow), shortened(sample.key, 32),
                   shortened(sample.subject, 20), fixedText(ranking.suspicion[row], 5),
                   ranking.weights.empty() ? "-" : fixedText(static_cast<double>(ranking.weights[row]), 5),
                   noiseText(sample), shortened(sample.question, 40)});
    }
    std::cout << table.text();
}

Json rankingJson(const Ranking &ranking, const RankOptions &options, std::size_t shown)
{
    Json out{{"run", ranking.run.id.value},
             {"by", options.by},
             {"step", ranking.step},
             {"rows", ranking.suspicion.size()},
             {"ranked", ranking.order.size()}};
    out["detection"] = ranking.detection ? detectionJson(*ranking.detection) : Json(nullptr);
    Json top = Json::array();
    for (std::size_t r = 0; r < shown; ++r) {
        const std::size_t row = ranking.order[r];
        const SampleRecord &sample = ranking.rows.samples[row];
        Json one{{"row", sample.fileRow},
                 {"key", sample.key},
                 {"subject", sample.subject},
                 {"suspicion", jsonNumber(ranking.suspicion[row])}};
        one["weight"] = ranking.weights.empty() ? Json(nullptr) : jsonNumber(static_cast<double>(ranking.weights[row]));
        one["noise"] = sample.knownNoise ? Json(*sample.knownNoise) : Json(nullptr);
        top.push_back(std::move(one));
    }
    out["top"] = std::move(top);
    return out;
}

int rank(const GlobalOptions &global, const RankOptions &options)
{
    Result<Database> database = openStoreToRead(global.store);
    if (!database.ok())
        return fail(global, database.error().message);
    const Result<Ranking> ranking = readRanking(*database, options);
    if (!ranking.ok())
        return fail(global, ranking.error().message);
    const std::size_t shown = std::min(options.top, ranking->order.size());
    printTable(*ranking, options, shown);
    if (global.json)
        printJson(rankingJson(*ranking, options, shown));
    return 0;
}

} // namespace

Command addRank(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<RankOptions>();
    CLI::App *command = app.add_subcommand("rank", "List the training rows that look most like noise");
    command->add_option("RUN", options->run, "Number, name or UUID of the run")->required();
    std::vector<std::string> names{"weight", std::string(combinedRankerName), confidentLearning};
    for (const auto &[name, kind] : rankersByName())
        names.push_back(name);
    command->add_option("--by", options->by,
                     "What ranks: the learned weight, a figure that costs nothing extra, combined (three parts rank of "
                     "confidence and one part rank of weight; confidence alone without a weight a row), or "
                     "confident-learning (of the command of that name)")
        ->check(CLI::IsMember(names))
        ->capture_default_str();
    command->add_option("--top", options->top, "How many rows")->check(CLI::Range(1, 100000000))->capture_default_str();
    return {command, [options, &global] { return rank(global, *options); }};
}

} // namespace winnow::cli
