#include "core/report/report_sections.h"

#include "core/base/options_io.h"
#include "core/eval/published_anchors.h"
#include "core/report/html.h"
#include "core/report/svg_chart.h"

#include <algorithm>
#include <cmath>

namespace winnow::report
{

using html::escaped;
using html::isolated;
using html::Table;

namespace
{

std::string methodOf(const ComparedRun &run)
{
    return run.run.method.empty() ? run.run.stage : run.run.method;
}

std::string shortName(const Comparison &comparison, std::size_t run)
{
    return runLetter(run) + " " + methodOf(comparison.runs[run]);
}

std::string note(const std::string &text)
{
    return "<p class=\"note\">" + escaped(text) + "</p>\n";
}

std::string figure(const std::string &svg, const std::string &caption)
{
    return "<figure>" + svg + "<figcaption>" + escaped(caption) + "</figcaption></figure>\n";
}

ChartSeries seriesOf(const std::vector<AccuracyPoint> &points, const std::string &name, int look, bool band)
{
    ChartSeries series{.name = name, .look = look};
    for (const AccuracyPoint &point : points) {
        series.x.push_back(static_cast<double>(point.at));
        series.y.push_back(point.accuracy());
        if (!band)
            continue;
        const Interval interval = bootstrapInterval(point.correct, point.questions);
        series.low.push_back(interval.low);
        series.high.push_back(interval.high);
    }
    if (!points.empty())
        series.endLabel = name + " " + html::percent(points.back().accuracy());
    return series;
}

ChartSeries baseline(const std::vector<AccuracyPoint> &points, const std::string &name)
{
    ChartSeries series = seriesOf(points, name, 0, false);
    series.baseline = true;
    return series;
}

std::string curveTable(const Comparison &comparison)
{
    std::vector<Table::Column> columns{{"Picked by"}};
    for (const std::size_t n : comparison.baselines.counts)
        columns.push_back({"N = " + std::to_string(n), true});
    Table table(columns);
    const auto add = [&table](const std::string &name, const std::vector<AccuracyPoint> &points) {
        std::vector<std::string> row{name};
        for (const AccuracyPoint &point : points)
            row.push_back(html::rate(point.correct, point.questions));
        if (!points.empty())
            table.add(row);
    };
    for (std::size_t r = 0; r < comparison.runs.size(); ++r)
        add(runName(comparison, r), comparison.runs[r].againstN);
    add("Self-consistency", comparison.baselines.selfConsistency);
    add("Oracle", comparison.baselines.oracle);
    std::vector<std::string> random{"Random, expected"};
    for (const double value : comparison.baselines.random)
        random.push_back(html::percent(value));
    table.add(random);
    return table.html();
}

std::string againstN(const Comparison &comparison)
{
    LineChart chart{.title = "Best-of-N accuracy against N",
                    .xName = "candidates N, log scale",
                    .logX = true,
                    .percentY = true,
                    .yHigh = 1.0};
    for (std::size_t r = 0; r < comparison.runs.size(); ++r)
        if (!comparison.runs[r].againstN.empty())
            chart.series.push_back(
                seriesOf(comparison.runs[r].againstN, shortName(comparison, r), static_cast<int>(r % 12), true));
    if (chart.series.empty())
        return note("No run has step scores of a test set, so there is no curve against N.");
    for (const std::size_t n : comparison.baselines.counts)
        chart.xTicks.push_back(static_cast<double>(n));
    chart.series.push_back(baseline(comparison.baselines.oracle, "Oracle"));
    chart.series.push_back(baseline(comparison.baselines.selfConsistency, "Self-cons."));
    ChartSeries random{.name = "Random", .baseline = true};
    for (std::size_t i = 0; i < comparison.baselines.counts.size(); ++i) {
        random.x.push_back(static_cast<double>(comparison.baselines.counts[i]));
        random.y.push_back(comparison.baselines.random[i]);
    }
    if (!random.y.empty())
        random.endLabel = "Random " + html::percent(random.y.back());
    chart.series.push_back(random);
    const auto n =
        static_cast<std::int64_t>(comparison.runs.front().questions ? comparison.runs.front().questions->size() : 0);
    return figure(svgOf(chart),
                  "Against the number of candidates N; n = " + std::to_string(n) + " questions, 95% bootstrap band.")
        + curveTable(comparison)
        + note(std::to_string(comparison.baselines.unparsable) + " of " + std::to_string(comparison.baselines.answers)
               + " candidates have no \"Answer:\" and do not vote in self-consistency; "
               + std::to_string(comparison.baselines.votesTied)
               + " questions have tied votes at the largest N (the first given wins). Intervals in the table are "
                 "Wilson's, 95%.");
}

std::string againstIteration(const Comparison &comparison)
{
    LineChart chart{.title = "Best-of-N accuracy against iteration", .xName = "iterations", .percentY = true};
    std::int64_t n = 0;
    for (std::size_t r = 0; r < comparison.runs.size(); ++r) {
        const auto &points = comparison.runs[r].againstIteration;
        if (points.empty())
            continue;
        n = std::max(n, points.back().questions);
        chart.series.push_back(seriesOf(points, shortName(comparison, r), static_cast<int>(r % 12), true));
    }
    if (chart.series.empty())
        return {};
    return figure(svgOf(chart),
                  "Against iteration, as each run was evaluated while it trained; n = " + std::to_string(n)
                      + " questions, 95% bootstrap band.");
}

std::string twoByTwo(const PairedTest &test, const std::string &b)
{
    Table table({{""}, {b + " right", true}, {b + " wrong", true}});
    table.add({"A right", html::count(test.both), html::count(test.lost()) + " lost"});
    table.add({"A wrong", html::count(test.gained()) + " gained", html::count(test.neither)});
    return table.html();
}

std::string answerOf(const SampleRecord &question, const Pick &pick)
{
    if (!pick.taken)
        return "no usable score";
    std::string text;
    if (pick.candidate < question.steps.size()) {
        const std::string &candidate = question.steps[pick.candidate];
        const std::size_t at = candidate.find("Answer:");
        text = at == std::string::npos ? "<span class=\"grey\">no answer</span>" : isolated(candidate.substr(at + 7));
    }
    return text + " <span class=\"grey\">(candidate " + std::to_string(pick.candidate + 1) + (pick.tie ? ", tie" : "")
        + ")</span> " + (pick.correct ? "✓" : "✗");
}

std::string flippedList(const Comparison &comparison, const PairComparison &pair, const std::string &b)
{
    Table table({{"Question"}, {"Subject"}, {"What is asked"}, {"A picks"}, {b + " picks"}, {"Change"}});
    std::size_t rightness = 0;
    const auto &questions = *comparison.runs.front().questions;
    for (const FlippedPick &flip : pair.accuracy->changed) {
        if (!flip.gained() && !flip.lost())
            continue;
        ++rightness;
        const SampleRecord &question = questions[pair.questionOfA[flip.question]];
        table.add({isolated(question.key), isolated(question.subject), isolated(question.question),
                   answerOf(question, flip.a), answerOf(question, flip.b), flip.gained() ? "gained" : "lost"});
    }
    const std::string other = std::to_string(pair.accuracy->changed.size() - rightness)
        + " more picks changed to a candidate that is as right or wrong as before.";
    if (table.empty())
        return note("No pick changed from right to wrong or from wrong to right. " + other);
    return "<details><summary>" + std::to_string(rightness)
        + " questions whose pick flipped between right and wrong</summary>" + table.html() + note(other)
        + "</details>\n";
}

std::string pairSection(const Comparison &comparison, std::size_t run)
{
    const PairComparison &pair = comparison.pairs[run - 1];
    const std::string b = runLetter(run);
    std::string out = "<h3>" + escaped(b) + " against A: " + runName(comparison, run) + " against "
        + runName(comparison, 0) + "</h3>\n";
    if (pair.accuracy) {
        const PairedTest &test = *pair.accuracy;
        out += "<p class=\"verdict\">" + escaped(verdictSentence(test, "A", b)) + "</p>\n<p>"
            + html::points(test.bootstrap.difference, test.bootstrap.interval.low, test.bootstrap.interval.high)
            + " on " + html::count(test.questions) + " paired questions (" + escaped(b)
            + " minus A; paired bootstrap, 10&#8201;000 draws, 95%). McNemar, exact: p = "
            + html::pValue(test.mcNemar.pValue) + ". Ties in A " + html::count(test.tiesA) + ", in " + escaped(b) + " "
            + html::count(test.tiesB) + "; questions without a usable score in A " + html::count(test.withoutScoreA)
            + ", in " + escaped(b) + " " + html::count(test.withoutScoreB) + " (they count as wrong).</p>\n"
            + twoByTwo(test, b) + flippedList(comparison, pair, b);
    }
    for (const std::string &words : pair.notes)
        out += note(words);
    return out;
}

} // namespace

std::string runName(const Comparison &comparison, std::size_t run)
{
    return "<b>" + runLetter(run) + "</b> " + isolated(comparison.runs[run].run.name);
}

std::string choiceWords(const Comparison &comparison)
{
    if (comparison.asStored)
        return "Candidates are picked as each run was evaluated.";
    const ScoringChoice &choice = comparison.choice;
    return "Candidates are picked the same way for all runs, from their stored step scores: best of "
        + std::to_string(choice.candidates) + ", score " + std::string(choiceName(choice.aggregate)) + " of p(+) over "
        + (choice.readout == Readout::Full ? "all tokens" : "+ and -") + ", the " + std::string(choiceName(choice.ties))
        + " of tied candidates.";
}

std::string runs(const Comparison &comparison)
{
    Table table({{"Run"},
                 {"State"},
                 {"Method"},
                 {"Seed", true},
                 {"Iterations", true},
                 {"Selected at", true},
                 {"Accuracy [95%]", true},
                 {"right of n", true},
                 {"After the last iteration", true},
                 {"Ties", true},
                 {"AUROC of low weight [95%]", true},
                 {"noisy of n", true},
                 {"Time", true}});
    std::string notes;
    for (std::size_t r = 0; r < comparison.runs.size(); ++r) {
        const ComparedRun &one = comparison.runs[r];
        const BestOfN &picked = one.picked;
        const bool there = picked.questions > 0;
        std::vector<std::string> row{
            runName(comparison, r),
            std::string(runStateName(one.run.state)),
            escaped(methodOf(one)),
            std::to_string(one.run.seed),
            html::count(one.run.step),
            one.run.result.selectedStep >= 0 ? html::count(one.run.result.selectedStep) : "no hold-out"};
        row.push_back(there ? html::rate(picked.correct, picked.questions) : "not evaluated");
        row.push_back(there ? html::count(picked.correct) + " of " + html::count(picked.questions) : "");
        row.push_back(one.last ? html::rate(one.last->correct, one.last->n) : "not evaluated");
        row.push_back(there ? html::count(picked.ties) : "");
        if (one.detection) {
            const Auroc &area = one.detection->area;
            row.push_back(html::rateNumber(area.value) + " [" + html::rateNumber(area.low) + ", "
                          + html::rateNumber(area.high) + "]");
            row.push_back(html::count(area.noisy) + " of " + html::count(area.noisy + area.clean));
        } else {
            row.push_back(one.weights.empty() ? "no weights" : "noise not known");
            row.emplace_back();
        }
        row.push_back(html::duration(one.run.result.seconds));
        table.add(row);
        if (!one.pickedNote.empty())
            notes += note(runLetter(r) + ": " + one.pickedNote);
    }
    return "<h2>Runs</h2>\n" + table.html()
        + note(choiceWords(comparison)
               + " Accuracy after the last iteration is as each run was evaluated. Intervals of shares are Wilson's, "
                 "of AUROC DeLong's.")
        + notes;
}

std::string accuracy(const Comparison &comparison)
{
    return "<h2>Best-of-N accuracy</h2>\n" + againstN(comparison) + againstIteration(comparison);
}

std::string subjects(const Comparison &comparison)
{
    std::vector<Table::Column> columns{{"Subject"}, {"n", true}};
    std::vector<SubjectAccuracy> all;
    for (std::size_t r = 0; r < comparison.runs.size(); ++r) {
        columns.push_back({runName(comparison, r), true});
        for (const SubjectAccuracy &subject : comparison.runs[r].picked.subjects)
            if (std::none_of(all.begin(), all.end(),
                             [&](const auto &known) { return known.subject == subject.subject; }))
                all.push_back(subject);
    }
    Table table(columns);
    for (const SubjectAccuracy &subject : all) {
        std::vector<std::string> row{subject.subject.empty() ? "no subject" : isolated(subject.subject),
                                     html::count(subject.questions)};
        for (const ComparedRun &run : comparison.runs) {
            const auto &own = run.picked.subjects;
            const auto found =
                std::find_if(own.begin(), own.end(), [&](const auto &s) { return s.subject == subject.subject; });
            row.push_back(found == own.end() ? "not evaluated" : html::rate(found->correct, found->questions));
        }
        table.add(row);
    }
    return table.empty() ? std::string() : "<h2>By subject</h2>\n" + table.html();
}

std::string pairs(const Comparison &comparison)
{
    std::string out = "<h2>Paired tests</h2>\n";
    for (std::size_t r = 1; r < comparison.runs.size(); ++r)
        out += pairSection(comparison, r);
    return out;
}

std::string published()
{
    Table table({{"Group"}, {"Method"}, {"Accuracy", true}, {"Change, points", true}, {"Source"}});
    for (const PublishedAnchor &anchor : publishedAnchors())
        table.add({escaped(anchor.group), escaped(anchor.method), "◇ " + html::number(anchor.accuracy, 1) + "%",
                   anchor.change ? (*anchor.change > 0 ? "+" : "") + html::number(*anchor.change, 1) : "not stated",
                   escaped(anchor.source)});
    return "<section class=\"shelf\"><h2>Published, for reference</h2>\n"
        + note(std::string(publishedAnchorsNote())
               + " Another task: not to be compared with the measured figures above. No interval was published.")
        + table.html() + "</section>\n";
}

} // namespace winnow::report
