// Sections of the report about learned weights, losses and what the runs were made from.
#include "core/report/report_sections.h"

#include "core/base/options_io.h"
#include "core/report/html.h"
#include "core/report/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace winnow::report
{

using html::escaped;
using html::isolated;
using html::Table;

namespace
{

constexpr std::size_t pointsDrawn = 4000;

std::string note(const std::string &text)
{
    return "<p class=\"note\">" + escaped(text) + "</p>\n";
}

std::string quadrantName(Quadrant quadrant, const std::string &b)
{
    switch (quadrant) {
    case Quadrant::OnlyARejects: return "only A rejects";
    case Quadrant::BothKeep: return "both keep";
    case Quadrant::BothReject: return "both reject";
    case Quadrant::OnlyBRejects: break;
    }
    return "only " + b + " rejects";
}

std::string scatter(const ComparedRun &a, const WeightComparison &weights, const std::string &b)
{
    ScatterChart chart{.title = "Learned weights, " + b + " against A",
                       .xName = "weight in A",
                       .yName = "weight in " + b,
                       .limit = rejectLimit};
    const std::size_t n = weights.a.size();
    const std::size_t stride = std::max<std::size_t>(1, (n + pointsDrawn - 1) / pointsDrawn);
    for (std::size_t i = 0; i < n; i += stride) {
        if (std::isnan(weights.a[i]) || std::isnan(weights.b[i]))
            continue;
        const std::uint32_t row = weights.rowOfA[i];
        chart.points.push_back({weights.a[i], weights.b[i], row < a.noise.size() && a.noise[row] == 1});
    }
    const auto corner = [&](Quadrant quadrant) {
        return quadrantName(quadrant, b) + " " + std::to_string(weights.agreement.count(quadrant));
    };
    chart.topLeft = corner(Quadrant::OnlyARejects);
    chart.topRight = corner(Quadrant::BothKeep);
    chart.bottomLeft = corner(Quadrant::BothReject);
    chart.bottomRight = corner(Quadrant::OnlyBRejects);
    std::string caption = std::to_string(chart.points.size()) + " of " + std::to_string(n) + " samples drawn";
    caption += a.noise.empty() ? "; which are noise is not known." : "; a cross is a sample that is known noise.";
    return "<figure>" + svgOf(chart) + "<figcaption>" + escaped(caption) + "</figcaption></figure>\n";
}

std::string overlap(const WeightComparison &weights, const std::string &b)
{
    LineChart chart{.title = "Overlap of the k lowest weights of A and " + b,
                    .xName = "k lowest, log scale",
                    .logX = true,
                    .percentY = true,
                    .yLow = 0.0,
                    .yHigh = 1.0};
    ChartSeries both{.name = "A and " + b, .look = 3, .markers = false, .endLabel = "A and " + b};
    ChartSeries chance{.name = "chance", .baseline = true, .endLabel = "chance"};
    for (const OverlapPoint &point : weights.agreement.overlap) {
        const auto k = static_cast<double>(point.k);
        const Interval interval =
            wilsonInterval(static_cast<std::int64_t>(point.common), static_cast<std::int64_t>(point.k));
        both.x.push_back(k);
        both.y.push_back(point.share());
        both.low.push_back(interval.low);
        both.high.push_back(interval.high);
        chance.x.push_back(k);
        chance.y.push_back(k / static_cast<double>(weights.agreement.samples));
    }
    for (double tick = 10; !both.x.empty() && tick <= both.x.back(); tick *= 10)
        chart.xTicks.push_back(tick);
    chart.series = {std::move(both), std::move(chance)};
    return "<figure>" + svgOf(chart)
        + "<figcaption>Share of the k lowest weights that both runs have in common, 95% Wilson band; n = "
        + html::count(static_cast<std::int64_t>(weights.agreement.samples)) + " samples.</figcaption></figure>\n";
}

std::string quadrantList(const ComparedRun &a, const WeightComparison &weights, Quadrant quadrant, const std::string &b,
                         std::size_t listed)
{
    const auto inside = samplesOfQuadrant(weights.agreement, weights.a, weights.b, quadrant);
    if (inside.empty())
        return {};
    Table table({{"Sample"},
                 {"Subject"},
                 {"What is asked"},
                 {"w in A", true},
                 {"w in " + b, true},
                 {"Rank A", true},
                 {"Rank " + b, true},
                 {"Known"}});
    const std::size_t shown = std::min(listed, inside.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const std::uint32_t at = inside[i];
        const std::uint32_t row = weights.rowOfA[at];
        const SampleRecord &sample = (*a.rows)[row];
        const int known = row < a.noise.size() ? a.noise[row] : -1;
        table.add({isolated(sample.key), isolated(sample.subject), isolated(sample.question),
                   html::number(static_cast<double>(weights.a[at]), 3),
                   html::number(static_cast<double>(weights.b[at]), 3), html::number(weights.agreement.rankA[at], 1),
                   html::number(weights.agreement.rankB[at], 1),
                   known < 0        ? "not known"
                       : known == 1 ? "noise"
                                    : "clean"});
    }
    return "<details><summary>" + escaped(quadrantName(quadrant, b)) + ": " + std::to_string(shown) + " of "
        + std::to_string(inside.size()) + " samples, largest rank gap first</summary>" + table.html() + "</details>\n";
}

std::string pairWeights(const Comparison &comparison, std::size_t run, std::size_t listed)
{
    const ComparedRun &a = comparison.runs.front();
    const ComparedRun &other = comparison.runs[run];
    const PairComparison &pair = comparison.pairs[run - 1];
    const std::string b = runLetter(run);
    const std::string title = "<h3>" + escaped(b) + " against A: " + runName(comparison, run) + "</h3>\n";
    if (a.weights.empty() || other.weights.empty())
        return title + note("A run without learned weights has none to compare.");
    if (!pair.sameTrainData)
        return title
            + note("These runs used different data (" + a.hash("train").substr(0, 6) + ", "
                   + other.hash("train").substr(0, 6) + "). Weights cannot be matched.");
    if (!pair.weights)
        return title + note("The runs have no sample in common.");
    const WeightAgreement &agreement = pair.weights->agreement;
    std::string out = title + "<p>Spearman ρ = " + html::rateNumber(agreement.spearman) + ", Kendall τ-b = "
        + html::rateNumber(agreement.kendall) + ", n = " + html::count(static_cast<std::int64_t>(agreement.samples))
        + " samples; " + html::percent(pair.weights->topOverlap) + " of the "
        + html::count(static_cast<std::int64_t>(pair.weights->top)) + " lowest are the same. Weights of A at iteration "
        + html::count(a.weightStep) + ", of " + escaped(b) + " at " + html::count(other.weightStep) + "; "
        + html::count(static_cast<std::int64_t>(agreement.leftOut))
        + " samples without a weight in one of them are left out.</p>\n";
    out += "<div class=\"two\">" + scatter(a, *pair.weights, b) + overlap(*pair.weights, b) + "</div>\n";
    for (const Quadrant quadrant : {Quadrant::OnlyARejects, Quadrant::OnlyBRejects, Quadrant::BothReject})
        out += quadrantList(a, *pair.weights, quadrant, b, listed);
    return out;
}

/// Minimum, maximum and mean over at most `columns` stretches, so that no spike is lost.
ChartSeries lossSeries(const MetricSeries &loss, int look, const std::string &name, std::int64_t &notFinite)
{
    constexpr std::size_t columns = 300;
    ChartSeries series{.name = name, .look = look, .markers = false, .endLabel = name};
    const std::size_t n = loss.values.size();
    const std::size_t count = std::min(columns, n);
    for (std::size_t c = 0; c < count; ++c) {
        double low = std::numeric_limits<double>::infinity(), high = -low, sum = 0;
        std::int64_t finite = 0;
        for (std::size_t i = c * n / count; i < (c + 1) * n / count; ++i) {
            if (!std::isfinite(loss.values[i])) {
                ++notFinite;
                continue;
            }
            low = std::min(low, loss.values[i]);
            high = std::max(high, loss.values[i]);
            sum += loss.values[i];
            ++finite;
        }
        series.x.push_back(static_cast<double>(loss.steps[c * n / count]));
        const double none = std::numeric_limits<double>::quiet_NaN();
        series.y.push_back(finite > 0 ? sum / static_cast<double>(finite) : none);
        series.low.push_back(finite > 0 ? low : none);
        series.high.push_back(finite > 0 ? high : none);
    }
    return series;
}

} // namespace

std::string weights(const Comparison &comparison, std::size_t listed)
{
    std::string out = "<h2>Learned weights</h2>\n"
        + note("A run rejects a sample whose weight is below 0.5, half of where all start.");
    for (std::size_t r = 1; r < comparison.runs.size(); ++r)
        out += pairWeights(comparison, r, listed);
    return out;
}

std::string loss(const Comparison &comparison)
{
    LineChart chart{.title = "Training loss", .xName = "iterations"};
    std::string counts;
    for (std::size_t r = 0; r < comparison.runs.size(); ++r) {
        if (comparison.runs[r].loss.values.empty())
            continue;
        std::int64_t notFinite = 0;
        chart.series.push_back(lossSeries(comparison.runs[r].loss, static_cast<int>(r % 12), runLetter(r), notFinite));
        if (notFinite > 0)
            counts += " " + runLetter(r) + " has " + std::to_string(notFinite) + " values that are not finite.";
    }
    if (chart.series.empty())
        return {};
    return "<h2>Training loss</h2>\n<figure>" + svgOf(chart)
        + "<figcaption>Mean cross-entropy over sites; line: mean of each stretch, band: its minimum and maximum."
        + escaped(counts) + "</figcaption></figure>\n";
}

std::string settings(const Comparison &comparison)
{
    std::vector<Table::Column> columns{{"Setting"}};
    for (std::size_t r = 0; r < comparison.runs.size(); ++r)
        columns.push_back({runName(comparison, r)});
    Table table(columns);
    for (const std::string &key : comparison.differingSettings) {
        std::vector<std::string> row{escaped(key)};
        for (const ComparedRun &run : comparison.runs)
            row.push_back(isolated(settingText(run.options, key)));
        table.add(row);
    }
    std::string out = "<h2>Settings that differ</h2>\n";
    out += table.empty() ? note("All settings are the same.") : table.html();
    for (std::size_t r = 0; r < comparison.runs.size(); ++r)
        out += "<details><summary>All settings of " + runName(comparison, r)
            + " that are not the defaults</summary><pre>" + escaped(optionsToToml(comparison.runs[r].options))
            + "</pre></details>\n";
    return out;
}

std::string provenance(const Comparison &comparison)
{
    Table made({{"Run"},
                {"Number"},
                {"UUID"},
                {"Command"},
                {"Winnow"},
                {"Environment"},
                {"Device"},
                {"Threads", true},
                {"Started"},
                {"SHA-256 of the weights"}});
    Table sets({{"Run"},
                {"Role"},
                {"Name"},
                {"File"},
                {"SHA-256"},
                {"Rows read", true},
                {"kept", true},
                {"dropped, and why"}});
    for (std::size_t r = 0; r < comparison.runs.size(); ++r) {
        const RunRecord &run = comparison.runs[r].run;
        made.add({runName(comparison, r), std::to_string(run.id.value), escaped(run.uuid),
                  "<code>" + isolated(run.command) + "</code>", isolated(run.codeVersion), isolated(run.environment),
                  isolated(run.device), std::to_string(run.threads), html::time(run.startedMs),
                  "<code>" + escaped(run.result.weightsSha256.substr(0, 16)) + "</code>"});
        for (const auto &[role, set] : comparison.runs[r].datasets) {
            std::string drops;
            for (const DatasetDrop &drop : set.drops)
                drops += (drops.empty() ? "" : "; ") + std::to_string(drop.count) + " " + drop.reason;
            sets.add({runName(comparison, r), escaped(role), isolated(set.name), isolated(set.path),
                      "<code>" + escaped(set.sha256) + "</code>", html::count(set.rowsRead), html::count(set.rowsKept),
                      drops.empty() ? "none" : isolated(drops)});
        }
    }
    return "<h2>Where the runs come from</h2>\n" + made.html() + "<h2>Data</h2>\n" + sets.html();
}

} // namespace winnow::report
