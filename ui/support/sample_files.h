#pragma once

#include "core/data/corrected_rows.h"
#include "core/data/sample_exchange.h"
#include "ui/models/triage.h"
#include "ui/models/page_data.h"

namespace winnow::ui {

/// What a person decided, as it was at one moment.
struct TriageState {
    explicit TriageState(const Triage &triage) : decisions(triage.values()), notes(triage.notes()) {}
    Decision decisionOf(std::size_t sample) const;
    QString noteOf(std::size_t sample) const;

    std::shared_ptr<const std::vector<std::uint8_t>> decisions;
    std::map<std::size_t, QString> notes;
};

// These read the keys of a data set from its store: for worker threads.

/// The rows of the table as an exchanged set, with the weights of one snapshot.
Result<SampleExchange> makeExchange(const SamplesData &data, std::optional<std::size_t> snapshot, const std::vector<std::uint32_t> &rows,
                                    const TriageState &triage, const QString &set);

/// What the decisions of a data set make of its row file.
Result<CorrectionRequest> makeCorrection(const SamplesData &data, const std::vector<std::uint8_t> &decisions, const std::string &target);

/// What an imported set says about the samples here.
struct ImportPlan {
    std::vector<std::uint32_t> members;                             ///< samples of the file
    std::vector<std::pair<std::uint32_t, Decision>> decisions;      ///< that differ from those here
    std::vector<std::pair<std::uint32_t, QString>> notes;           ///< the same for notes
    std::int64_t unknown = 0;                                       ///< keys that the data set does not have
};
/// Error: the set is about other data.
Result<ImportPlan> planImport(const SamplesData &data, const TriageState &triage, const SampleExchange &exchange);

} // namespace winnow::ui
