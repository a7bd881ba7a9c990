#include "core/run/row_viewer.h"

#include "core/run/prepared_rows.h"
#include "core/text/step_prompt.h"
#include "core/text/step_splitter.h"

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace winnow
{

namespace
{

constexpr std::string_view joint = " + ";

/// The two files of a set that a run joined; nothing where the path is that of one file.
std::optional<std::pair<std::string, std::string>> joinedFiles(const std::string &path)
{
    std::error_code ignored;
    const std::size_t place = path.find(joint);
    if (place == std::string::npos || std::filesystem::exists(path, ignored))
        return std::nullopt;
    return std::pair(path.substr(0, place), path.substr(place + joint.size()));
}

} // namespace

Result<RowViewer> RowViewer::open(const DatasetRecord &dataset, const StopFlag *stop)
{
    const RowKind kind = dataset.kind == "test" ? RowKind::Test
        : dataset.kind == "meta"                ? RowKind::Meta
                                                : RowKind::Train;
    RowViewer viewer;
    const auto add = [&](const std::string &path, RowKind of) -> Status {
        WINNOW_ASSIGN(RowIndex index, RowIndex::build(path, stop));
        viewer.m_files.push_back({std::move(index), of});
        return {};
    };
    if (const auto files = joinedFiles(dataset.path); files && kind == RowKind::Train) {
        WINNOW_TRY(add(files->first, RowKind::Train));
        WINNOW_TRY(add(files->second, RowKind::Meta));
    } else {
        WINNOW_TRY(add(dataset.path, kind));
    }
    return viewer;
}

Error RowViewer::changed(const SampleRecord &sample) const
{
    return Error{m_files.front().index.path() + ", row " + std::to_string(sample.fileRow)
                 + ": the file holds another row than when it was read. Import it again to see it as it is now."};
}

Result<PromptView> RowViewer::view(const SampleRecord &sample, std::size_t candidate,
                                   const PromptViewOptions &options) const
{
    for (const File &file : m_files) {
        if (!file.index.isCurrent())
            return Error{file.index.path() + ": the file was changed while it was open. Choose the data set again."};
    }
    if (m_files.front().kind == RowKind::Test)
        return question(sample, candidate, options);
    for (const File &file : m_files) {
        auto row = file.index.conversation(sample.fileRow, file.kind);
        if (!row.ok() && m_files.size() == 1)
            return row.error();
        if (!row.ok()) // the other file may be the longer one
            continue;
        const SampleRecord now = sampleRecords(std::vector<ConversationRow>{*row}).front();
        // The pictures tell rows of two files apart whose words are the same.
        if (now.question == sample.question && now.steps == sample.steps
            && (m_files.size() == 1 || now.pictures() == sample.pictures()))
            return viewPrompt(row->turns, row->picturePath, options, row->furtherPictures);
    }
    return changed(sample);
}

Result<PromptView> RowViewer::question(const SampleRecord &sample, std::size_t candidate,
                                       const PromptViewOptions &options) const
{
    WINNOW_ASSIGN(const QuestionRow row, m_files.front().index.question(sample.fileRow));
    if (row.question != sample.question || row.candidates != sample.steps)
        return changed(sample);
    std::vector<std::string> steps;
    if (candidate < row.candidates.size())
        steps = candidateSteps(row.candidates[candidate], StepSplitter::KeepNumbers);
    PromptView view = viewPrompt(buildCandidateTurns(row.systemText, row.question, steps), row.picturePath, options,
                                 row.furtherPictures);
    if (row.candidates.empty())
        view.problem = "The question has no candidates yet.";
    return view;
}

} // namespace winnow
