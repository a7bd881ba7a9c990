#include "app/cli/commands.h"
#include "app/cli/progress_bar.h"
#include "app/cli/run_figures.h"
#include "app/cli/settings.h"
#include "app/cli/stop_signals.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/rank/confident_joint_json.h"
#include "core/run/confident_learning_job.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct Arguments {
    std::string run;
    std::int64_t folds = ConfidentLearningSettings().folds;
    std::string rowScore = "mean";
    std::vector<std::string> settings;
};

struct Found {
    RunRecord run;
    FoldRecipe recipe;
    ConfidentLearningResult result;
    std::optional<Detection> detection; ///< the mask is looked at after the ranking, for this figure alone
};

Result<Found> compute(Services &services, const Arguments &arguments, StopFlag &stop)
{
    WINNOW_ASSIGN(Database database, services.database());
    Found found;
    WINNOW_ASSIGN(found.run, RunStore(database).find(arguments.run));
    WINNOW_ASSIGN(found.recipe, foldRecipe(database, found.run));
    for (const std::string &setting : arguments.settings) {
        if (setting.starts_with("data."))
            return Error{"--set " + setting
                         + ": the rows are those of the run; only how a fold is trained can be set."};
        if (setting.starts_with("model.checkpoint"))
            found.recipe.doubt.clear(); // whoever names it knows
        WINNOW_TRY(applySetting(found.recipe.options, setting));
    }
    WINNOW_TRY(makePathsAbsolute(found.recipe.options));
    std::cerr << "Run " << found.run.id.value << ": " << arguments.folds << " folds of "
              << found.recipe.options.train.iterations << " iterations, trained as the cold start of run "
              << found.recipe.of.value << " from " << plainLine(found.recipe.options.model.checkpoint) << '\n';
    if (!found.recipe.doubt.empty())
        std::cerr << "warning: " << plainLine(found.recipe.doubt) << '\n';
    ConfidentLearningSettings settings;
    settings.folds = arguments.folds;
    settings.rowScore = arguments.rowScore == "lowest" ? RowScore::Lowest : RowScore::Mean;
    {
        ProgressBar bar;
        ConfidentLearningJob job(services.writer(), settings, bar, stop);
        WINNOW_ASSIGN(found.result, job.compute(found.run.id, found.recipe.options));
    }
    WINNOW_ASSIGN(const TrainingRows training, trainingRows(database, found.run));
    WINNOW_ASSIGN(found.detection, detectionOf(found.result.suspicion, training.noise));
    return found;
}

void printText(const Found &found, const Arguments &arguments)
{
    const ConfidentJoint &joint = found.result.joint;
    std::cout << "Confident learning of run " << found.run.id.value << " (" << plainLine(found.run.name) << "): "
              << arguments.folds << " folds, " << found.result.suspicion.size() << " rows, " << joint.steps()
              << " steps, " << durationText(found.result.seconds);
    if (found.result.foldsReused > 0)
        std::cout << " (" << found.result.foldsReused << " folds were finished before)";
    std::cout << "\nA row's suspicion is minus the " << arguments.rowScore << " margin of its steps.\n";
    TextTable table({"given", "steps", "threshold", "counted as +", "counted as -", "estimated +", "estimated -"});
    for (const std::size_t i : {std::size_t{1}, std::size_t{0}})
        table.add({i == 1 ? "label +" : "label -", std::to_string(joint.given[i]), fixedText(joint.thresholds[i]),
                   std::to_string(joint.counts[i][1]), std::to_string(joint.counts[i][0]),
                   fixedText(joint.joint[i][1]), fixedText(joint.joint[i][0])});
    std::cout << table.text() << "Estimated share of wrong step labels: " << fixedText(joint.wrongShare()) << '\n';
    if (found.detection)
        std::cout << "AUROC " << detectionText(*found.detection) << ", average precision "
                  << fixedText(found.detection->averagePrecision) << '\n';
    std::cout << "The order: winnow rank " << found.run.id.value << " --by confident-learning\n";
}

Json foundJson(const Found &found, const Arguments &arguments)
{
    Json out{{"run", found.run.id.value},
             {"folds", arguments.folds},
             {"folds_reused", found.result.foldsReused},
             {"row_score", arguments.rowScore},
             {"rows", found.result.suspicion.size()},
             {"steps", found.result.joint.steps()}};
    out.update(confidentJointJson(found.result.joint));
    out["detection"] = found.detection ? detectionJson(*found.detection) : Json(nullptr);
    out["seconds"] = found.result.seconds;
    return out;
}

int confidentLearning(const GlobalOptions &global, const Arguments &arguments)
{
    StopFlag stop;
    const StopSignals signals(stop); // before the store's thread starts
    const Result<std::unique_ptr<Services>> services = Services::openExisting(global.store);
    if (!services.ok())
        return fail(global, services.error().message);
    const Result<Found> found = compute(**services, arguments, stop);
    if (!found.ok())
        return fail(global, found.error().message);
    printText(*found, arguments);
    if (global.json)
        printJson(foundJson(*found, arguments));
    return 0;
}

} // namespace

Command addConfidentLearning(CLI::App &app, GlobalOptions &global)
{
    auto arguments = std::make_shared<Arguments>();
    CLI::App *command = app.add_subcommand(
        "confident-learning",
        "Rank the training rows of a run by models that did not see them (trains one model a fold)");
    command->add_option("RUN", arguments->run, "Number, name or UUID of the run")->required();
    command
        ->add_option("--folds", arguments->folds,
                     "Parts of the training rows; those of one question stay together. A finished one is not done "
                     "again")
        ->check(CLI::Range(2, 100))
        ->capture_default_str();
    command
        ->add_option("--row", arguments->rowScore,
                     "A row's score out of its steps: the mean margin, or the lowest; changing it trains nothing again")
        ->check(CLI::IsMember({"mean", "lowest"}))
        ->capture_default_str();
    command
        ->add_option("--set", arguments->settings,
                     "Change one setting of the cold start that each fold is trained with, as train.iterations=300")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
    return {command, [arguments, &global] { return confidentLearning(global, *arguments); }};
}

} // namespace winnow::cli
