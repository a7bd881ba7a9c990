#include "app/cli/commands.h"
#include "app/cli/run_figures.h"
#include "app/cli/text_table.h"
#include "app/services.h"
#include "core/base/learns_weights.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <iostream>
#include <memory>

namespace winnow::cli
{

namespace
{

struct WeightsOptions {
    std::string run;
    std::int64_t step = -1;
    std::string format = "csv";
};

std::string_view kindName(UnitKind kind)
{
    switch (kind) {
    case UnitKind::Row: return "row";
    case UnitKind::Id: return "id";
    case UnitKind::Domain: break;
    }
    return "domain";
}

std::vector<std::size_t> rowsOfUnits(const WeightUnits &units)
{
    std::vector<std::size_t> counts(units.keys.size());
    for (const std::uint32_t unit : units.unitOfSample)
        if (unit < counts.size())
            ++counts[unit];
    return counts;
}

struct Listing {
    RunRecord run;
    RowWeights weights;
};

Result<Listing> readWeights(Database &database, const WeightsOptions &options)
{
    WINNOW_ASSIGN(RunRecord run, RunStore(database).find(options.run));
    const std::string id = std::to_string(run.id.value);
    WINNOW_ASSIGN(std::optional<RowWeights> weights, rowWeights(database, run, options.step));
    if (!weights) {
        const bool learns = learnsWeights(run.stage, run.method);
        return Error{learns ? "Run " + id + " has stored no weights "
                             + (options.step < 0 ? "yet." : "up to step " + std::to_string(options.step) + ".")
                            : "Run " + id + " learns no weights ("
                             + (run.method.empty() ? "it is a cold start" : "its method is none") + ")."};
    }
    if (weights->snapshot.values.size() != weights->units.keys.size())
        return Error{"The learned weights of run " + id + " do not fit their keys; the store is damaged."};
    return Listing{std::move(run), std::move(*weights)};
}

void printCsv(const RowWeights &weights)
{
    const bool net = !weights.snapshot.computedAt.empty();
    const std::vector<std::size_t> rows = rowsOfUnits(weights.units);
    std::cout << "key,kind,weight,rows" << (net ? ",computed_at" : "") << '\n';
    for (std::size_t i = 0; i < weights.units.keys.size(); ++i) {
        std::cout << csvField(weights.units.keys[i]) << ',' << kindName(weights.units.kind) << ','
                  << exactText(weights.snapshot.values[i]) << ',' << rows[i];
        if (net)
            std::cout << ',' << weights.snapshot.computedAt.at(i);
        std::cout << '\n';
    }
}

Json summaryJson(const Listing &listing)
{
    return {{"run", listing.run.id.value},
            {"step", listing.weights.step},
            {"kind", kindName(listing.weights.units.kind)},
            {"units", listing.weights.units.keys.size()}};
}

Json fullJson(const Listing &listing)
{
    const RowWeights &weights = listing.weights;
    const std::vector<std::size_t> rows = rowsOfUnits(weights.units);
    Json units = Json::array();
    for (std::size_t i = 0; i < weights.units.keys.size(); ++i) {
        Json unit{{"key", weights.units.keys[i]},
                  {"weight", jsonNumber(static_cast<double>(weights.snapshot.values[i]))},
                  {"rows", rows[i]}};
        if (!weights.snapshot.computedAt.empty())
            unit["computed_at"] = weights.snapshot.computedAt.at(i);
        units.push_back(std::move(unit));
    }
    Json out = summaryJson(listing);
    out["weights"] = std::move(units);
    return out;
}

int weights(const GlobalOptions &global, const WeightsOptions &options)
{
    Result<Database> database = openStoreToRead(global.store);
    if (!database.ok())
        return fail(global, database.error().message);
    const Result<Listing> listing = readWeights(*database, options);
    if (!listing.ok())
        return fail(global, listing.error().message);
    std::cerr << "Weights of run " << listing->run.id.value << " at step " << listing->weights.step
              << (options.step >= 0 && options.step != listing->weights.step ? ", the latest stored before that" : "")
              << '\n';
    if (options.format == "json") {
        printJson(fullJson(*listing));
    } else {
        printCsv(listing->weights);
        if (global.json)
            printJson(summaryJson(*listing));
    }
    std::cout.flush();
    return std::cout ? 0 : fail(global, "the output could not be written; check the free space");
}

} // namespace

Command addWeights(CLI::App &app, GlobalOptions &global)
{
    auto options = std::make_shared<WeightsOptions>();
    CLI::App *command = app.add_subcommand("weights", "Print the learned weights of a run");
    command->add_option("RUN", options->run, "Number, name or UUID of the run")->required();
    command->add_option("--step", options->step, "Step (default: the one that the hold-out chose, else the last)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--format", options->format, "csv or json")
        ->check(CLI::IsMember({"csv", "json"}))
        ->capture_default_str();
    return {command, [options, &global] { return weights(global, *options); }};
}

} // namespace winnow::cli
