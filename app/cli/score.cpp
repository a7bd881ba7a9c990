#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/scoring_session.h"
#include "app/cli/text_table.h"
#include "core/data/conversation_reader.h"
#include "core/data/test_reader.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct ScoreOptions {
    ScoringModel model;
    std::string input;
    std::string out;
    std::string precision = "fp32";
    std::string readout = "full";
    std::string splitter = "keep-numbers";
    int maxTiles = 0; ///< 0: 6 for rows, 12 for test files
    std::int64_t tokenLimit = 12288;
};

/// What was scored, for the last line.
struct Summary {
    std::size_t lines = 0;
    std::size_t steps = 0;
    std::size_t missing = 0; ///< lines whose picture was missing
    std::int64_t dropped = 0;
};

Result<std::unique_ptr<RowDataset>> openInput(const ScoreOptions &options, Summary &summary)
{
    WINNOW_ASSIGN(const RowKind kind, detectRowKind(options.input));
    const bool test = kind == RowKind::Test;
    SampleEncoderOptions encoding;
    encoding.maxTiles = options.maxTiles > 0 ? options.maxTiles : test ? 12 : 6;
    encoding.tokenLimit = options.tokenLimit;
    encoding.splitter = choiceOf<StepSplitter>(options.splitter);
    WINNOW_ASSIGN(SampleEncoder encoder, openEncoder(options.model, encoding));
    std::unique_ptr<RowDataset> dataset;
    if (test) {
        WINNOW_ASSIGN(QuestionFile file, readQuestions(options.input));
        summary.dropped += printDropped(options.input, file.report);
        WINNOW_ASSIGN(dataset,
                      RowDataset::open(std::move(file.questions), std::move(encoder), datasetOptions(options.model)));
    } else {
        WINNOW_ASSIGN(ConversationFile file, readConversations(options.input, kind, {.shareRepeatedIds = true}));
        summary.dropped += printDropped(options.input, file.report);
        WINNOW_ASSIGN(dataset,
                      RowDataset::open(std::move(file.rows), std::move(encoder), datasetOptions(options.model)));
    }
    summary.dropped += printDropped(options.input, dataset->report());
    return dataset;
}

/// {"row":0,"id":"..","p_plus":[0.93,..]}; numbers are written so that they read back as the same float.
std::string lineOf(const RowDataset &dataset, std::size_t sample, const std::vector<float> &pPlus, bool missing)
{
    std::string line;
    const auto quoted = [](const std::string &text) {
        return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    if (dataset.questions().empty()) {
        const ConversationRow &row = dataset.rows()[sample];
        line = "{\"row\":" + std::to_string(row.fileRow)
            + ",\"id\":" + quoted(row.unitKey); // the file's own id, also where rows share it
    } else {
        const CandidateIndex place = dataset.candidateOf(sample);
        const QuestionRow &row = dataset.questions()[place.question];
        line = "{\"row\":" + std::to_string(row.fileRow) + ",\"candidate\":" + std::to_string(place.candidate)
            + ",\"id\":" + quoted(row.key);
    }
    line += ",\"p_plus\":[";
    for (std::size_t i = 0; i < pPlus.size(); ++i)
        line += (i ? "," : "") + (std::isfinite(pPlus[i]) ? exactText(pPlus[i]) : std::string("null"));
    line += missing ? "],\"picture\":\"missing\"}" : "]}";
    return line;
}

/// The file appears under its name when it is complete, so an earlier one is never half overwritten.
Status writeLines(const ScoreOptions &options, const RowDataset &dataset, const StepScores &scores, Summary &summary)
{
    const std::string temporary = options.out + ".tmp";
    const auto problem = [&](const std::string &why) {
        return Error{"The scores cannot be written to \"" + options.out + "\": " + why + "."};
    };
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    if (!file)
        return problem(std::strerror(errno));
    const auto &values = options.readout == choiceName(Readout::Full) ? scores.pPlusFull : scores.pPlusPair;
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        const bool missing = dataset.get(i)->pictureMissing;
        file << lineOf(dataset, i, values[i], missing) << '\n';
        ++summary.lines;
        summary.steps += values[i].size();
        summary.missing += missing ? 1 : 0;
    }
    file.close();
    if (!file)
        return problem("the disk may be full");
    std::error_code ec;
    std::filesystem::rename(temporary, options.out, ec);
    if (ec)
        return problem(ec.message());
    return {};
}

Status scoreFile(const ScoreOptions &options, Summary &summary)
{
    WINNOW_ASSIGN(const std::unique_ptr<RowDataset> dataset, openInput(options, summary));
    WINNOW_ASSIGN(const StepScores scores, scoreSamples(options.model, *dataset));
    return writeLines(options, *dataset, scores, summary);
}

int score(const GlobalOptions &global, ScoreOptions options)
{
    options.model.precision = choiceOf<Precision>(options.precision);
    Summary summary;
    if (const Status status = scoreFile(options, summary); !status.ok())
        return fail(global, status.error().message);
    std::cout << plainLine(options.out) << ": " << summary.lines << " lines, " << summary.steps << " steps";
    if (summary.missing > 0)
        std::cout << "; " << summary.missing << " without their picture, which is missing";
    if (summary.dropped > 0)
        std::cout << "; " << summary.dropped << " rows left out";
    std::cout << '\n';
    if (global.json)
        printJson({{"out", options.out},
                   {"lines", summary.lines},
                   {"steps", summary.steps},
                   {"pictures_missing", summary.missing},
                   {"rows_left_out", summary.dropped}});
    return 0;
}

} // namespace

Command addScore(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<ScoreOptions>();
    CLI::App *command = app.add_subcommand("score", "Write p(+) of every step of a train, meta or test file");
    command->add_option("--checkpoint", options->model.checkpoint, "Checkpoint folder")->required();
    command->add_option("--tokenizer", options->model.tokenizer, "Tokenizer folder (default: the checkpoint's own)");
    command->add_option("--input", options->input, "JSON array or JSONL of rows")->required()->type_name("FILE.json");
    command->add_option("--out", options->out, "File to write, a line a row or candidate")
        ->required()
        ->type_name("FILE.jsonl");
    command->add_option("--readout", options->readout, "Softmax over the whole vocabulary, or over + and - only")
        ->check(CLI::IsMember(choiceNames<Readout>()))
        ->capture_default_str();
    command->add_option("--splitter", options->splitter, "How the candidates of a test file are cut into steps")
        ->check(CLI::IsMember(choiceNames<StepSplitter>()))
        ->capture_default_str();
    command->add_option("--precision", options->precision, "Arithmetic")
        ->check(CLI::IsMember(choiceNames<Precision>()))
        ->capture_default_str();
    command->add_option("--max-tiles", options->maxTiles, "Most tiles a picture (default: 6, for test files 12)")
        ->check(CLI::Range(1, 64));
    command->add_option("--token-limit", options->tokenLimit, "Longer rows are left out")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    command->add_option("--threads", options->model.threads, "Threads (default: all cores but one)")
        ->check(CLI::Range(1, 1024));
    return {command, [options, &global] { return score(global, *options); }};
}

} // namespace winnow::cli
