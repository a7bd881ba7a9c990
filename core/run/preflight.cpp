#include "core/run/preflight.h"

#include "core/data/row_survey.h"
#include "core/model/internvl_config.h"
#include "core/text/tokenizer.h"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace winnow
{

namespace
{

using Severity = PreflightFinding::Severity;

constexpr std::uint64_t megabyte = 1000 * 1000;

std::string megabytesText(std::uint64_t bytes)
{
    return std::to_string((bytes + megabyte - 1) / megabyte) + " MB";
}

/// Goes on after a problem, so that all of them are named at once.
class Check
{
public:
    Check(const RunOptions &options, const PreflightContext &context) : m_options(options), m_context(context) { }

    Result<Preflight> carryOut()
    {
        for (const OptionProblem &p : checkOptions(m_options))
            find(Severity::Problem, p.key, p.message);
        lookAtModel();
        const auto &data = m_options.data;
        lookAtFile("train", data.train, RowKind::Train);
        lookAtFile("meta", data.meta, RowKind::Meta);
        lookAtFile("holdout", data.holdout, RowKind::Meta);
        lookAtFile("test", data.test, RowKind::Test);
        if (!stopped())
            WINNOW_TRY(lookForOverlaps());
        if (stopped())
            return Error{"The check was stopped."};
        lookAtNeeds();
        std::stable_sort(m_result.findings.begin(), m_result.findings.end(),
                         [](const PreflightFinding &a, const PreflightFinding &b) { return a.severity > b.severity; });
        return std::move(m_result);
    }

private:
    void find(Severity severity, const std::string &key, const std::string &text)
    {
        m_result.findings.push_back({severity, key, text});
    }
    bool stopped() const { return m_context.stop && m_context.stop->stopRequested(); }

    void lookAtModel();
    void lookAtFile(const std::string &role, const std::string &path, RowKind kind);
    void noteSurvey(const std::string &key, const RowSurvey &survey);
    Status lookForOverlaps();
    void lookAtNeeds();

    const RunOptions &m_options;
    const PreflightContext &m_context;
    Preflight m_result;
    OverlapFinder m_overlaps;
};

void Check::lookAtModel()
{
    const auto &model = m_options.model;
    if (model.checkpoint.empty())
        return; // checkOptions() says so
    const auto config = InternVLConfig::fromFile((std::filesystem::path(model.checkpoint) / "config.json").string());
    if (!config.ok())
        find(Severity::Problem, "model.checkpoint", config.error().message);
    const std::string &folder = model.tokenizer.empty() ? model.checkpoint : model.tokenizer;
    const std::string key = model.tokenizer.empty() ? "model.checkpoint" : "model.tokenizer";
    const auto tokenizer = Tokenizer::load(folder);
    if (!tokenizer.ok())
        find(Severity::Problem, key, tokenizer.error().message);
    else if (config.ok() && tokenizer->vocabularySize() > config->language.vocab)
        find(Severity::Problem, key,
             "The tokenizer in \"" + folder + "\" has " + std::to_string(tokenizer->vocabularySize())
                 + " tokens, the model only " + std::to_string(config->language.vocab)
                 + ". Choose the checkpoint's own tokenizer.");
}

void Check::lookAtFile(const std::string &role, const std::string &path, RowKind kind)
{
    if (path.empty() || stopped()) // what must be named is a matter of checkOptions()
        return;
    const std::string key = "data." + role;
    m_overlaps.addFile(role);
    RowSurveyHooks hooks;
    hooks.stop = m_context.stop;
    if (m_context.progress)
        hooks.progress = [&](std::int64_t row) { m_context.progress(key, row); };
    hooks.row = [this](std::int64_t row, const std::string &id, std::string_view question, const std::string &picture,
                       const std::vector<std::string> &further) {
        m_overlaps.addRow(row, id, question, picture, further);
    };
    const auto survey = surveyRows(path, kind, hooks);
    if (!survey.ok())
        return find(Severity::Problem, key, survey.error().message);
    PreflightFile file{
        role, path, {}, survey->report.rowsRead, survey->report.rowsKept, survey->withPicture, survey->picturesMissing};
    if (kind == RowKind::Meta) {
        file.form = metaFormName(survey->form);
        if (role == "meta")
            find(Severity::Info, key, "The meta file is of the " + file.form + " form.");
    }
    noteSurvey(key, *survey);
    m_result.files.push_back(std::move(file));
}

void Check::noteSurvey(const std::string &key, const RowSurvey &survey)
{
    for (const auto &[reason, drop] : survey.report.dropped)
        find(Severity::Warning, key,
             std::to_string(drop.count) + " of " + std::to_string(survey.report.rowsRead)
                 + " rows are left out: " + reason + " (first: row " + std::to_string(drop.firstRow) + ").");
    for (const std::string &note : survey.report.notes)
        find(Severity::Info, key, note);
    if (survey.picturesMissing == 0)
        return;
    const bool scored = key == "data.test" || m_options.data.missingPicture == MissingPicture::TextOnly;
    const bool none = !scored && survey.picturesMissing == survey.report.rowsKept;
    find(none ? Severity::Problem : Severity::Warning, key,
         "The pictures of " + std::to_string(survey.picturesMissing) + " of " + std::to_string(survey.report.rowsKept)
             + " rows cannot be opened (first: row " + std::to_string(survey.firstMissingRow) + ", \""
             + survey.firstMissing + "\"); such rows are " + (scored ? "used as text only." : "left out.")
             + (none ? " No row would be left: bring the pictures, or set data.missing_picture to text-only." : ""));
}

Status Check::lookForOverlaps()
{
    if (m_context.progress)
        m_context.progress("data", 0);
    WINNOW_ASSIGN(std::vector<DataOverlap> overlaps, m_overlaps.find(m_context.stop));
    for (DataOverlap &overlap : overlaps) {
        const bool wanted = m_options.data.metaInTrain && overlap.second == "meta";
        if (wanted)
            continue;
        find(Severity::Warning, "data." + overlap.second, overlapSentence(overlap));
        m_result.overlaps.push_back(std::move(overlap));
    }
    return {};
}

void Check::lookAtNeeds()
{
    RunEstimate &needs = m_result.estimate;
    needs = estimateRun(m_options, m_context.earlier, m_context.runsFolder);
    if (!needs.fits())
        find(Severity::Warning, "model.checkpoint",
             "Training needs about " + megabytesText(needs.memory) + " of memory, the machine has "
                 + megabytesText(needs.memoryThere) + ". Lower the batch, the tiles or the threads.");
    if (needs.diskFree > 0 && needs.diskFree < 2 * needs.checkpoint)
        find(Severity::Problem, "",
             "The disk of \"" + m_context.runsFolder + "\" has " + megabytesText(needs.diskFree)
                 + " free, two checkpoints need " + megabytesText(2 * needs.checkpoint)
                 + ". Free some space or choose another folder.");
}

} // namespace

std::string Preflight::firstProblem() const
{
    for (const PreflightFinding &finding : findings) {
        if (finding.severity == Severity::Problem)
            return finding.text;
    }
    return {};
}

Result<Preflight> preflight(const RunOptions &options, const PreflightContext &context)
{
    return Check(options, context).carryOut();
}

} // namespace winnow
