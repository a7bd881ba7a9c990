#include "app/cli/commands.h"
#include "app/cli/evaluation.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/base/options_io.h"
#include "core/run/checkpoint_manifest.h"
#include "core/store/run_store.h"
#include "core/store/store_writer.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

/// As typed; what was not given comes from the run, or is the default.
struct EvaluateOptions {
    std::string run;
    std::string checkpoint;
    std::string tokenizer;
    std::string test;
    std::optional<std::int64_t> candidates, maxTiles;
    std::optional<std::string> aggregate, readout, ties, splitter, precision, systemText;
    std::int64_t threads = 0;
    bool keep = false, progress = false;
};

/// The settings of a run, and the checkpoint that it stands for: the hold-out's choice, else the newest.
Status takeRun(const GlobalOptions &global, const std::string &text, RunOptions &settings, std::string &checkpoint)
{
    WINNOW_ASSIGN(Database database, openStoreToRead(global.store));
    WINNOW_ASSIGN(const RunRecord run, RunStore(database).find(text));
    WINNOW_ASSIGN(settings, optionsFromJson(run.configJson));
    checkpoint = run.result.selectedCheckpoint;
    if (checkpoint.empty())
        checkpoint = run.result.lastCheckpoint;
    std::vector<std::string> problems;
    if (checkpoint.empty() && !run.folder.empty())
        checkpoint = newestVerifiedCheckpoint(run.folder, &problems);
    for (const std::string &problem : problems)
        std::cerr << plainLine(problem) << '\n';
    if (checkpoint.empty())
        return Error{"Run " + std::to_string(run.id.value) + " has no checkpoint "
                     + (problems.empty() ? "yet." : "that can be used.")};
    std::cerr << "Run " << run.id.value << ": " << plainLine(checkpoint) << '\n';
    return {};
}

Result<EvaluationJob> jobOf(const GlobalOptions &global, const EvaluateOptions &options)
{
    RunOptions settings;
    EvaluationJob job;
    if (options.run.empty() == options.checkpoint.empty())
        return Error{"Give either a run or --checkpoint DIR."};
    if (options.run.empty())
        job.model.checkpoint = options.checkpoint;
    else
        WINNOW_TRY(takeRun(global, options.run, settings, job.model.checkpoint));
    job.test = options.test.empty() ? settings.data.test : options.test;
    if (job.test.empty())
        return Error{"There is no test file; give one with --test FILE."};
    job.model.tokenizer = options.tokenizer;
    job.model.threads = options.threads;
    job.model.progressLines = options.progress;
    job.model.precision = options.precision ? choiceOf<Precision>(*options.precision) : settings.model.precision;
    job.settings = settings.evaluation;
    job.settings.candidates = options.candidates.value_or(settings.evaluation.candidates);
    if (options.aggregate)
        job.settings.aggregate = choiceOf<Aggregation>(*options.aggregate);
    if (options.readout)
        job.settings.readout = choiceOf<Readout>(*options.readout);
    if (options.ties)
        job.settings.ties = choiceOf<Ties>(*options.ties);
    if (options.splitter)
        job.settings.splitter = choiceOf<StepSplitter>(*options.splitter);
    if (options.systemText)
        job.settings.systemText = *options.systemText;
    job.maxTiles = options.maxTiles.value_or(settings.data.maxTilesTest);
    job.tokenLimit = settings.data.tokenLimit;
    return job;
}

Status keep(const GlobalOptions &global, const EvaluateOptions &options, const EvaluationJob &job,
            const EvaluationReport &report)
{
    WINNOW_ASSIGN(Database database, openStoreToRead(global.store));
    WINNOW_ASSIGN(const RunRecord run, RunStore(database).find(options.run));
    WINNOW_ASSIGN(const std::unique_ptr<StoreWriter> writer, StoreWriter::open(database.path()));
    WINNOW_ASSIGN(const RunOptions own, optionsFromJson(run.configJson));
    const auto &judged = job.settings;
    const auto &runs = own.evaluation;
    const bool like = judged.candidates == runs.candidates && judged.aggregate == runs.aggregate && judged.ties == runs.ties
        && judged.readout == runs.readout && judged.splitter == runs.splitter && judged.systemText == runs.systemText
        && job.maxTiles == own.data.maxTilesTest && job.model.precision == own.model.precision && job.model.tokenizer.empty();
    const auto kept =
        keepEvaluation(*writer, run.id, job.model.checkpoint, report.test, report.evaluated, report.scores, like);
    return kept.ok() ? Status() : Status(kept.error());
}

int evaluate(const GlobalOptions &global, const EvaluateOptions &options)
{
    const Result<EvaluationJob> job = jobOf(global, options);
    if (!job.ok())
        return fail(global, job.error().message);
    if (options.keep && options.run.empty())
        return fail(global, "--keep needs a run: its store is where the evaluation goes.");
    const Result<EvaluationReport> report = evaluateFile(*job);
    if (!report.ok())
        return fail(global, report.error().message);
    if (options.keep)
        if (const Status kept = keep(global, options, *job, *report); !kept.ok())
            return fail(global, kept.error().message);
    std::cout << evaluationText(*job, *report);
    if (global.json)
        printJson(evaluationJson(*job, *report));
    return 0;
}

} // namespace

Command addEvaluate(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App *command = app.add_subcommand("evaluate", "Best-of-N accuracy of a run or a checkpoint on a test file");
    command->add_option("RUN", options->run, "Number, name or UUID of a run");
    command->add_option("--checkpoint", options->checkpoint, "Checkpoint folder, instead of a run");
    command->add_option("--test", options->test, "Test file (default: that of the run)")->type_name("FILE.json");
    command->add_option("--tokenizer", options->tokenizer, "Tokenizer folder (default: the checkpoint's own)");
    command->add_option("--n", options->candidates, "Candidates a question (default: the run's, else 8)")
        ->check(CLI::Range(1, 100000));
    command->add_option("--aggregate", options->aggregate, "One score of a candidate from its steps")
        ->check(CLI::IsMember(choiceNames<Aggregation>()));
    command->add_option("--splitter", options->splitter, "How candidates are cut into steps")
        ->check(CLI::IsMember(choiceNames<StepSplitter>()));
    command->add_option("--readout", options->readout, "Softmax over the whole vocabulary, or over + and - only")
        ->check(CLI::IsMember(choiceNames<Readout>()));
    command->add_option("--ties", options->ties, "Which of equal candidates is taken")
        ->check(CLI::IsMember(choiceNames<Ties>()));
    command->add_option("--precision", options->precision, "Arithmetic")
        ->check(CLI::IsMember(choiceNames<Precision>()));
    command->add_option("--system", options->systemText, "System text of questions without their own")
        ->type_name("TEXT");
    command->add_option("--max-tiles", options->maxTiles, "Most tiles a picture (default: the run's, else 12)")
        ->check(CLI::Range(1, 64));
    command->add_flag("--keep", options->keep, "Store the evaluation with the run, for the window and for comparisons");
    command->add_flag("--progress-lines", options->progress, "Progress as lines \"progress 12/100 scoring\", for programs");
    command->add_option("--threads", options->threads, "Threads (default: all cores but one)")
        ->check(CLI::Range(1, 1024));
    return {command, [options, &global] { return evaluate(global, *options); }};
}

} // namespace winnow::cli
