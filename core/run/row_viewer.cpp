#include "core/run/row_viewer.h"

#include "core/run/prepared_rows.h"
#include "core/text/step_prompt.h"
#include "core/text/step_splitter.h"

namespace winnow
{

Result<RowViewer> RowViewer::open(const DatasetRecord &dataset, const StopFlag *stop)
{
    WINNOW_ASSIGN(RowIndex index, RowIndex::build(dataset.path, stop));
    const RowKind kind = dataset.kind == "test" ? RowKind::Test
        : dataset.kind == "meta"                ? RowKind::Meta
                                                : RowKind::Train;
    return RowViewer(std::move(index), kind);
}

Error RowViewer::changed(const SampleRecord &sample) const
{
    return Error{m_index.path() + ", row " + std::to_string(sample.fileRow)
                 + ": the file holds another row than when it was read. Import it again to see it as it is now."};
}

Result<PromptView> RowViewer::view(const SampleRecord &sample, std::size_t candidate,
                                   const PromptViewOptions &options) const
{
    if (!m_index.isCurrent())
        return Error{m_index.path() + ": the file was changed while it was open. Choose the data set again."};
    if (m_kind != RowKind::Test) {
        WINNOW_ASSIGN(const ConversationRow row, m_index.conversation(sample.fileRow, m_kind));
        const SampleRecord now = sampleRecords(std::vector<ConversationRow>{row}).front();
        if (now.question != sample.question || now.steps != sample.steps)
            return changed(sample);
        return viewPrompt(row.turns, row.picturePath, options);
    }
    WINNOW_ASSIGN(const QuestionRow row, m_index.question(sample.fileRow));
    if (row.question != sample.question || row.candidates != sample.steps)
        return changed(sample);
    std::vector<std::string> steps;
    if (candidate < row.candidates.size())
        steps = candidateSteps(row.candidates[candidate], StepSplitter::KeepNumbers);
    PromptView view = viewPrompt(buildCandidateTurns(row.systemText, row.question, steps), row.picturePath, options);
    if (row.candidates.empty())
        view.problem = "The question has no candidates yet.";
    return view;
}

} // namespace winnow
