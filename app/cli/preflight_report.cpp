#include "app/cli/preflight_report.h"

#include "app/cli/output.h"
#include "app/cli/text_table.h"

#include <iostream>

namespace winnow::cli
{

namespace
{

using Severity = PreflightFinding::Severity;

std::string bytesText(std::uint64_t bytes)
{
    const auto value = static_cast<double>(bytes);
    return value < 1e9 ? fixedText(value / 1e6, 1) + " MB" : fixedText(value / 1e9, 1) + " GB";
}

std::string needsText(const RunEstimate &needs)
{
    std::string text;
    if (needs.memory > 0)
        text = "memory about " + bytesText(needs.memory)
            + (needs.memoryThere > 0 ? " of " + bytesText(needs.memoryThere) : std::string()) + ", each checkpoint "
            + bytesText(needs.checkpoint);
    else
        text = "memory not known: " + plainLine(needs.noSizes);
    if (needs.diskFree > 0)
        text += ", disk free " + bytesText(needs.diskFree);
    if (!needs.seconds)
        return text + ", time not known without an earlier run";
    return text + ", time about " + durationText(*needs.seconds) + " ("
        + (needs.rough ? "rough, scaled from " : "from ") + std::to_string(needs.runs)
        + (needs.runs == 1 ? " earlier run)" : " earlier runs)");
}

Json overlapJson(const DataOverlap &overlap)
{
    Json rows = Json::array();
    for (const DataOverlap::Pair &pair : overlap.examples)
        rows.push_back({{"row", pair.second.fileRow}, {"is_row", pair.first.fileRow}});
    const char *kind = overlap.kind == OverlapKind::Question ? "question"
        : overlap.kind == OverlapKind::Id                    ? "id"
                                                             : "picture";
    return {
        {"in", overlap.second}, {"also_in", overlap.first}, {"same", kind}, {"rows", overlap.rows}, {"first", rows}};
}

} // namespace

void printPreflight(const Preflight &preflight)
{
    for (const PreflightFinding &finding : preflight.findings) {
        const char *head = finding.severity == Severity::Problem ? "problem: "
            : finding.severity == Severity::Warning              ? "warning: "
                                                                 : "note: ";
        std::cerr << head << (finding.key.empty() ? "" : finding.key + ": ") << plainLine(finding.text) << '\n';
    }
    std::cerr << "needs: " << needsText(preflight.estimate) << '\n';
}

void printPreflightJson(const Preflight &preflight)
{
    Json out;
    out["can_start"] = preflight.canStart();
    for (const char *name : {"problems", "warnings", "notes"})
        out[name] = Json::array();
    for (const PreflightFinding &finding : preflight.findings) {
        const char *name = finding.severity == Severity::Problem ? "problems"
            : finding.severity == Severity::Warning              ? "warnings"
                                                                 : "notes";
        out[name].push_back({{"key", finding.key}, {"text", finding.text}});
    }
    out["overlaps"] = Json::array();
    for (const DataOverlap &overlap : preflight.overlaps)
        out["overlaps"].push_back(overlapJson(overlap));
    out["files"] = Json::array();
    for (const PreflightFile &file : preflight.files)
        out["files"].push_back({{"role", file.role},
                                {"path", file.path},
                                {"form", file.form},
                                {"rows_read", file.rowsRead},
                                {"rows_kept", file.rowsKept},
                                {"with_picture", file.withPicture},
                                {"pictures_missing", file.picturesMissing}});
    const RunEstimate &needs = preflight.estimate;
    out["memory_bytes"] = needs.memory;
    out["checkpoint_bytes"] = needs.checkpoint;
    out["disk_free_bytes"] = needs.diskFree;
    out["seconds"] = needs.seconds ? jsonNumber(*needs.seconds) : Json();
    printJson(out);
}

} // namespace winnow::cli
