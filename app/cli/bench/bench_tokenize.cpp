#include "app/cli/bench/bench_parts.h"
#include "core/data/conversation_reader.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"

#include <CLI/CLI.hpp>

#include <fstream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct TokenizeBench {
    std::string tokenizer;
    std::string input;
    bool jsonLines = false;
    int repeats = 5;
};

Result<std::vector<std::string>> readLines(const std::string &path)
{
    std::ifstream file(path);
    if (!file)
        return Error{"There is no file \"" + path + "\" that can be read."};
    std::vector<std::string> texts;
    std::string line;
    while (std::getline(file, line)) {
        const Json value = Json::parse(line, nullptr, false);
        if (!value.is_string())
            return Error{path + ": line " + std::to_string(texts.size() + 1) + " is no JSON string."};
        texts.push_back(value.get<std::string>());
    }
    return texts;
}

/// The prompts of a train or meta file, or the strings of a JSONL file.
Result<std::vector<std::string>> readTexts(const TokenizeBench &options)
{
    std::vector<std::string> texts;
    if (options.jsonLines) {
        WINNOW_ASSIGN(texts, readLines(options.input));
    } else {
        WINNOW_ASSIGN(const RowKind kind, detectRowKind(options.input));
        WINNOW_ASSIGN(const ConversationFile file, readConversations(options.input, kind));
        for (const ConversationRow &row : file.rows)
            texts.push_back(renderChat(row.turns));
    }
    if (texts.empty())
        return Error{options.input + " holds no text."};
    return texts;
}

int benchTokenize(const GlobalOptions &global, const TokenizeBench &options)
{
    const Stopwatch loading;
    const Result<Tokenizer> tokenizer = Tokenizer::load(options.tokenizer);
    if (!tokenizer.ok())
        return fail(global, tokenizer.error().message);
    const double loadSeconds = loading.seconds();
    const Result<std::vector<std::string>> texts = readTexts(options);
    if (!texts.ok())
        return fail(global, texts.error().message);
    std::size_t bytes = 0, tokens = 0;
    for (const std::string &text : *texts)
        bytes += text.size();
    std::vector<double> seconds;
    for (int i = 0; i <= options.repeats; ++i) { // the first pass warms up
        const Stopwatch watch;
        tokens = 0;
        for (const std::string &text : *texts)
            tokens += tokenizer->encode(text).size();
        if (i > 0)
            seconds.push_back(watch.seconds());
    }
    const double median = quantile(seconds, 0.5);
    return printFigures(global,
                        {{"device", processorName()},
                         {"threads", 1},
                         {"texts", texts->size()},
                         {"bytes", bytes},
                         {"tokens", tokens},
                         {"vocabulary", tokenizer->vocabularySize()},
                         {"load_seconds", loadSeconds},
                         {"seconds", median},
                         {"megabytes_per_second", static_cast<double>(bytes) / 1e6 / median},
                         {"tokens_per_second", static_cast<double>(tokens) / median},
                         {"winnow", WINNOW_VERSION}});
}

} // namespace

Command addBenchTokenize(CLI::App &bench, GlobalOptions &global)
{
    auto options = std::make_shared<TokenizeBench>();
    CLI::App *command = bench.add_subcommand("tokenize", "Seconds to encode the texts of a file, on one thread");
    command->add_option("--tokenizer", options->tokenizer, "Folder or file of the tokenizer")->required();
    command->add_option("--input", options->input, "Train or meta file, whose prompts are encoded")
        ->required()
        ->type_name("FILE");
    command->add_flag("--jsonl", options->jsonLines, "The file holds one JSON string a line instead");
    command->add_option("--repeats", options->repeats, "Measured passes")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    return {command, [options, &global] { return benchTokenize(global, *options); }};
}

} // namespace winnow::cli
