#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/stop_signals.h"
#include "app/cli/text_table.h"
#include "core/run/import_service.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

#include <unistd.h>

namespace winnow::cli
{

namespace
{

struct ImportArguments {
    std::string kind;
    std::string severalPictures;
    std::string missingPictures;
    ImportOptions options;
};

/// One line on standard error: painted again on a terminal, every ten seconds elsewhere.
class ImportProgress
{
public:
    void show(std::string_view file, std::int64_t row, std::int64_t rows)
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_shown < (m_terminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000)))
            return;
        m_shown = now;
        const std::string text = plainLine(file) + ": row " + std::to_string(row)
            + (rows >= 0 ? " of " + std::to_string(rows) : std::string());
        std::cerr << (m_terminal ? "\r\x1B[K" : "") << text << (m_terminal ? "" : "\n") << std::flush;
        m_open = m_terminal;
    }
    void finish()
    {
        if (m_open)
            std::cerr << "\r\x1B[K" << std::flush;
        m_open = false;
    }

private:
    const bool m_terminal = isatty(STDERR_FILENO) != 0;
    std::chrono::steady_clock::time_point m_shown = std::chrono::steady_clock::now();
    bool m_open = false;
};

std::string histogramText(const ImportHistogram &h)
{
    return "median " + std::to_string(h.median) + ", mean " + fixedText(h.mean, 1) + ", largest "
        + std::to_string(h.largest);
}

void printDrops(const ImportReport &report)
{
    if (report.dropped.empty())
        return;
    TextTable table({"dropped", "rows", "first in", "row"});
    for (const auto &[reason, drop] : report.dropped)
        table.add({plainLine(reason), std::to_string(drop.count), plainLine(drop.rows.front().file),
                   std::to_string(drop.rows.front().row)});
    std::cout << table.text();
}

/// The rows by number, so that a person can open each; as many as a report names stand in its file.
void printNoted(const ImportReport &report)
{
    constexpr std::size_t most = 20;
    for (const auto &[what, noted] : report.noted) {
        std::cout << "kept, but look: " << plainLine(what) << ", " << noted.count << " rows:";
        const std::size_t shown = std::min(most, noted.rows.size());
        for (std::size_t i = 0; i < shown; ++i)
            std::cout << (i == 0 ? " " : ", ") << noted.rows[i].row;
        const auto named = static_cast<std::int64_t>(noted.rows.size());
        if (static_cast<std::int64_t>(shown) < noted.count)
            std::cout << ", ... (" << (named < noted.count ? "the first " : "all ") << named
                      << " stand in the report file)";
        std::cout << '\n';
    }
}

void printReport(const ImportReport &report)
{
    std::cout << plainLine(report.rowFile) << " (" << report.rowKind
              << (report.metaForm.empty() ? "" : ", " + report.metaForm) << "): " << report.rowsKept << " of "
              << report.rowsRead << " rows kept\n";
    printDrops(report);
    printNoted(report);
    if (report.sites > 0)
        std::cout << "sites " << report.sites << ": " << report.plus << " +, " << report.minus << " -\n";
    if (report.answersRight + report.answersWrong > 0)
        std::cout << "answers: " << report.answersRight << " right, " << report.answersWrong << " wrong\n";
    std::cout << "several pictures: " << report.severalPictures << " rows (" << report.severalPicturesRule
              << "); pictures missing: " << report.picturesMissing << " (" << report.missingPicturesRule
              << "); without picture: " << report.withoutPicture << '\n';
    const std::string rows = report.sampleRows == report.rowsKept ? "all " + std::to_string(report.sampleRows) + " rows"
                                                                  : "a sample of " + std::to_string(report.sampleRows)
            + " of " + std::to_string(report.rowsKept) + " rows, seed " + std::to_string(report.sampleSeed);
    if (report.tokens.rows > 0)
        std::cout << "tokens a row (" << rows << "): " << histogramText(report.tokens) << '\n';
    std::cout << "tiles a row (" << rows << "): " << histogramText(report.tiles) << '\n';
    for (const std::string &note : report.notes)
        std::cout << "note: " << plainLine(note) << '\n';
    for (const std::string &problem : report.problems)
        std::cout << "problem: " << plainLine(problem) << '\n';
}

RowRule ruleOf(const std::string &name)
{
    return name.empty() ? RowRule::Default : name == "drop" ? RowRule::Drop : RowRule::Keep;
}

SeveralPictures severalOf(const std::string &name)
{
    return name.empty()   ? SeveralPictures::Default
        : name == "first" ? SeveralPictures::First
        : name == "all"   ? SeveralPictures::All
                          : SeveralPictures::Drop;
}

int importFiles(const GlobalOptions &global, ImportArguments arguments)
{
    ImportOptions &options = arguments.options;
    const auto kind = importKindFromName(arguments.kind);
    if (!kind.ok())
        return fail(global, kind.error().message);
    options.kind = *kind;
    options.severalPictures = severalOf(arguments.severalPictures);
    options.missingPictures = ruleOf(arguments.missingPictures);
    StopFlag stop;
    const StopSignals signals(stop);
    ImportProgress progress;
    ImportHooks hooks;
    hooks.stop = &stop;
    hooks.progress = [&](std::string_view file, std::int64_t row, std::int64_t rows) {
        progress.show(file, row, rows);
    };
    const auto carryOut = [&]() -> Result<std::vector<StoredImport>> {
        std::string path = global.store;
        if (path.empty()) {
            WINNOW_ASSIGN(path, defaultStorePath());
        }
        WINNOW_ASSIGN(Database database, Database::open(path));
        return importIntoStore(database, options, hooks);
    };
    const Result<std::vector<StoredImport>> imports = carryOut();
    progress.finish();
    if (!imports.ok())
        return fail(global, imports.error().message);
    Json sets = Json::array();
    for (const StoredImport &import : imports.value()) {
        printReport(import.report);
        Json set = Json::parse(importReportToJson(import.report));
        set["dataset"] = import.dataset.value;
        sets.push_back(std::move(set));
    }
    if (global.json)
        printJson({{"datasets", std::move(sets)}});
    return 0;
}

} // namespace

Command addImport(CLI::App &app, GlobalOptions &global)
{
    auto arguments = std::make_shared<ImportArguments>();
    ImportOptions &options = arguments->options;
    CLI::App *command = app.add_subcommand("import", "Read a published data set into row files, with a report");
    command->add_option("KIND", arguments->kind, "visualprm, mmmu, mmmu-pro or dreamprm")
        ->required()
        ->check(CLI::IsMember({"visualprm", "mmmu", "mmmu-pro", "dreamprm"}));
    command->add_option("SOURCE", options.source, "File, or folder that is searched")->required();
    command->add_option("--out", options.out, "Folder for row files, pictures and reports")->required();
    command->add_option("--pictures", options.pictures, "Folder that relative picture paths start from");
    command->add_option("--tokenizer", options.tokenizer, "Folder of the tokenizer; without it tokens are not counted");
    command
        ->add_option("--several-pictures", arguments->severalPictures,
                     "Rows with several pictures: keep the first, keep all, which then share the tiles, or drop the row"
                     " (first; visualprm: drop)")
        ->check(CLI::IsMember({"first", "all", "drop"}));
    command
        ->add_option("--missing-pictures", arguments->missingPictures,
                     "Rows whose picture cannot be opened: keep or drop (visualprm: drop)")
        ->check(CLI::IsMember({"keep", "drop"}));
    command->add_flag("--replace-system-text", options.replaceSystemText,
                      "visualprm: use the system text that meta rows carry");
    command->add_option("--sample", options.sampleRows, "Rows whose tokens and tiles are counted; 0: all")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--seed", options.seed, "Seed of that sample");
    command->add_option("--max-tiles", options.maxTiles, "Most tiles a picture is cut into")
        ->check(CLI::Range(1, 1024));
    return {command, [arguments, &global] { return importFiles(global, *arguments); }};
}

} // namespace winnow::cli
