#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// One sample of an exchanged set. Labels: true is `+`.
struct ExchangedSample {
    std::string key;
    std::string decision; ///< "none", "keep", "flip", "exclude" or "unsure"
    std::string note;
    std::vector<bool> oldLabels;
    std::vector<bool> proposedLabels;
    std::optional<float> weight;
    std::optional<std::int64_t> rank; ///< 1: lowest weight
    bool operator==(const ExchangedSample &) const = default;
};

/// A set of samples with the decisions on them, as it is exchanged with other programs.
struct SampleExchange {
    std::string set; ///< name
    std::string datasetSha256;
    std::string run;  ///< name of the run that weights and ranks are from
    std::string runUuid;
    std::int64_t iteration = -1; ///< of the weights
    std::vector<ExchangedSample> samples;
    bool operator==(const SampleExchange &) const = default;
};

enum class ExchangeForm { Csv, Json };

/// Numbers carry full precision: reading gives back the same bits. In CSV, a text that a spreadsheet would take for a
/// formula (first character = + - @, tab, return or ') is written with a ' before it, which reading takes away; labels
/// are written as ["+","-"] for the same reason.
WINNOW_CORE_API std::string writeSampleExchange(const SampleExchange &exchange, ExchangeForm form);
/// Reads both forms, told apart by the first character. Errors name `what`, the row and the field.
WINNOW_CORE_API Result<SampleExchange> readSampleExchange(std::string_view text, const std::string &what);

} // namespace winnow
