#pragma once

#include "core/base/export.h"
#include "core/data/prompt_view.h"
#include "core/data/row_index.h"
#include "core/store/dataset_store.h"

#include <string>
#include <vector>

namespace winnow
{

/// What the file of a stored data set says of one of its samples: the store keeps question, steps and labels, but not
/// the system text. Immutable; any thread.
class WINNOW_CORE_API RowViewer
{
public:
    /// Reads through the file once; through both of a training set that meta rows joined ("train.json + meta.json", as
    /// run_preparation.cpp names it). Error: it cannot be read, or `stop` ended it.
    static Result<RowViewer> open(const DatasetRecord &dataset, const StopFlag *stop = nullptr);

    /// The sample as the model sees it; of a question, with one of its candidates. Error: the file does not hold the
    /// row any more that the store knows.
    Result<PromptView> view(const SampleRecord &sample, std::size_t candidate, const PromptViewOptions &options) const;

private:
    struct File {
        RowIndex index;
        RowKind kind;
    };
    RowViewer() = default;
    Error changed(const SampleRecord &sample) const;
    Result<PromptView> question(const SampleRecord &sample, std::size_t candidate, const PromptViewOptions &options) const;

    std::vector<File> m_files; ///< one, or two that a run joined
};

} // namespace winnow
