#include "app/cli/demo/demo_report.h"

#include "core/base/decimal_text.h"
#include "core/eval/statistics.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace winnow::cli {
namespace {

std::string fixed(double value, int digits)
{
    return std::isfinite(value) ? decimalText(value, digits) : "-";
}

std::string percent(double value)
{
    return fixed(100 * value, 1) + "%";
}

std::string optionalFixed(const std::optional<double> &value, int digits)
{
    return value ? fixed(*value, digits) : std::string("-");
}

nlohmann::json optionalJson(const std::optional<double> &value)
{
    return value ? nlohmann::json(*value) : nlohmann::json();
}

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width)
        text.append(width - text.size(), ' ');
    return text;
}

std::string cellTitle(const DemoCell &cell)
{
    return "seed " + std::to_string(cell.seed)
        + (cell.noise ? ", noise " + percent(*cell.noise) : std::string(", noise 20 / 30 / 40% by subject"));
}

struct Column {
    const char *title;
    std::size_t width;
};
constexpr Column columns[] = {{"method", 11},          {"best-of-8 [95%]", 23},  {"last", 7},
                              {"gain over none [95%]", 26}, {"AUROC weight", 18}, {"AUROC loss EMA", 16},
                              {"weight clean / corrupted", 26}, {"seconds", 8}};

} // namespace

nlohmann::json demoCellJson(const DemoCell &cell)
{
    nlohmann::json methods = nlohmann::json::array();
    for (const DemoMethodResult &m : cell.methods) {
        methods.push_back({{"name", m.name},
                           {"run", m.run.value},
                           {"accuracy", m.accuracy},
                           {"accuracy_last", m.accuracyLast},
                           {"n", m.n},
                           {"ties", m.ties},
                           {"selected_step", m.selectedStep},
                           {"auroc_weight", optionalJson(m.aurocWeight)},
                           {"auroc_loss_ema", optionalJson(m.aurocLossEma)},
                           {"mean_weight_clean", optionalJson(m.meanWeightClean)},
                           {"mean_weight_corrupted", optionalJson(m.meanWeightCorrupted)},
                           {"collapsed", m.collapsed},
                           {"seconds", m.seconds}});
    }
    return {{"seed", cell.seed},
            {"noise", optionalJson(cell.noise)},
            {"methods", methods},
            {"random", cell.randomAccuracy},
            {"oracle", cell.oracleAccuracy},
            {"cold_start_seconds", cell.coldStartSeconds},
            {"counted_seconds", cell.countedSeconds()}};
}

void printDemoCell(std::ostream &out, const DemoCell &cell)
{
    constexpr std::uint64_t bootstrapSeed = 1;
    const std::int64_t questions = cell.methods.empty() ? 0 : cell.methods.front().n;
    out << '\n' << cellTitle(cell) << "; " << questions << " questions, random " << percent(cell.randomAccuracy)
        << ", oracle " << percent(cell.oracleAccuracy) << ", cold start " << fixed(cell.coldStartSeconds, 1) << " s\n";
    for (const Column &column : columns)
        out << padded(column.title, column.width);
    out << '\n';
    const DemoMethodResult *none = cell.method("none");
    for (const DemoMethodResult &m : cell.methods) {
        const auto correct = static_cast<std::int64_t>(std::llround(m.accuracy * static_cast<double>(m.n)));
        const Interval interval = wilsonInterval(correct, m.n);
        std::string gain = "-";
        if (none && &m != none) {
            const BootstrapDifference d = pairedBootstrap(m.selectedRight, none->selectedRight, bootstrapSeed);
            gain = fixed(100 * d.difference, 1) + " pts [" + fixed(100 * d.interval.low, 1) + ", "
                + fixed(100 * d.interval.high, 1) + "]";
        }
        out << padded(m.name, columns[0].width)
            << padded(percent(m.accuracy) + " [" + fixed(100 * interval.low, 1) + ", " + fixed(100 * interval.high, 1)
                          + "]",
                      columns[1].width)
            << padded(percent(m.accuracyLast), columns[2].width) << padded(gain, columns[3].width)
            << padded(optionalFixed(m.aurocWeight, 3) + (m.collapsed ? " collapsed" : ""), columns[4].width)
            << padded(optionalFixed(m.aurocLossEma, 3), columns[5].width)
            << padded(optionalFixed(m.meanWeightClean, 3) + " / " + optionalFixed(m.meanWeightCorrupted, 3),
                      columns[6].width)
            << padded(fixed(m.seconds, 1), columns[7].width) << '\n';
    }
    out << "accuracy is that of the checkpoint that the clean hold-out prefers; cold start and the four methods took "
        << fixed(cell.countedSeconds(), 1) << " s\n";
}

void printDemoSummary(std::ostream &out, const std::vector<DemoCell> &cells, std::size_t wanted)
{
    if (cells.size() < 2)
        return;
    out << "\nmean over " << cells.size() << " of " << wanted << " cells [95% t interval]\n";
    for (const DemoMethodResult &method : cells.front().methods) {
        std::vector<double> accuracy, gain, auroc;
        for (const DemoCell &cell : cells) {
            const DemoMethodResult *m = cell.method(method.name);
            const DemoMethodResult *none = cell.method("none");
            accuracy.push_back(100 * m->accuracy);
            gain.push_back(100 * (m->accuracy - none->accuracy));
            if (m->aurocWeight)
                auroc.push_back(*m->aurocWeight);
        }
        const auto text = [](const std::vector<double> &values, int digits) {
            const Interval i = tInterval(values);
            return fixed(meanAndSd(values).mean, digits) + " [" + fixed(i.low, digits) + ", " + fixed(i.high, digits)
                + "]";
        };
        out << padded(method.name, columns[0].width) << "accuracy % " << padded(text(accuracy, 1), 22) << "gain pts "
            << padded(text(gain, 1), 22);
        if (auroc.size() == cells.size())
            out << "AUROC weight " << text(auroc, 3);
        out << '\n';
    }
}

} // namespace winnow::cli
