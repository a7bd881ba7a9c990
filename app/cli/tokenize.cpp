#include "app/cli/commands.h"

#include "core/text/tokenizer.h"
#include "core/text/unicode_text.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace winnow::cli
{

namespace
{

struct TokenizeOptions {
    std::string tokenizer;
    bool jsonLines = false;
    bool compareFast = false;
};

/// The text of one input line; nothing when --jsonl was asked for and the line is no JSON string.
std::optional<std::string> textOf(const std::string &line, bool jsonLines)
{
    if (!jsonLines)
        return line;
    const nlohmann::json value = nlohmann::json::parse(line, nullptr, false);
    if (!value.is_string())
        return std::nullopt;
    return value.get<std::string>();
}

/// Why the fast tokenizer gives other ids for a text.
const char *whyOtherwise(const std::string &text)
{
    return composeUtf8ByUnicode9(text) == composeUtf8(text)
        ? "a mark composes with an added token"
        : "it knows marks of Unicode 9 only and leaves later ones where they stand";
}

int tokenize(const TokenizeOptions &options, const GlobalOptions &global)
{
    const Result<Tokenizer> tokenizer = Tokenizer::load(options.tokenizer);
    if (!tokenizer.ok())
        return fail(global, tokenizer.error().message);
    std::int64_t lines = 0;
    std::int64_t tokens = 0;
    std::int64_t different = 0;
    std::string line;
    while (std::getline(std::cin, line)) {
        ++lines;
        const std::optional<std::string> text = textOf(line, options.jsonLines);
        if (!text)
            return fail(global,
                        "line " + std::to_string(lines)
                            + " of the input is no JSON string; with --jsonl every"
                              " line must be one");
        const std::vector<std::int32_t> ids = tokenizer->encode(*text);
        tokens += static_cast<std::int64_t>(ids.size());
        std::cout << nlohmann::json(ids).dump() << '\n';
        if (options.compareFast && tokenizer->encodeAsFast(*text) != ids) {
            ++different;
            std::cerr << "line " << lines << ": the fast tokenizer gives other ids, because " << whyOtherwise(*text)
                      << '\n';
        }
    }
    if (std::cin.bad())
        return fail(global, "the input could not be read to its end");
    nlohmann::json figures{{"lines", lines}, {"tokens", tokens}};
    if (options.compareFast)
        figures["fast_differs"] = different;
    if (global.json)
        std::cout << figures.dump() << '\n';
    std::cout.flush();
    if (!std::cout)
        return fail(global, "the output could not be written; check the free space");
    return 0;
}

} // namespace

Command addTokenize(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<TokenizeOptions>();
    CLI::App *command =
        app.add_subcommand("tokenize", "Turn each line of standard input into one JSON array of token ids");
    command->add_option("--tokenizer", options->tokenizer, "Folder or file of the tokenizer")->required();
    command->add_flag("--jsonl", options->jsonLines,
                      "Each input line is a JSON string, which may hold newlines and NUL");
    command->add_flag("--compare-fast", options->compareFast,
                      "Name the lines on which the fast tokenizer, which the reference does not use, gives other ids");
    return {command, [options, &global] { return tokenize(*options, global); }};
}

} // namespace winnow::cli
