#pragma once

#include "ui/models/page_data.h"
#include "ui/models/selection_model.h"

namespace winnow::ui {

/// What the order of the samples table and the charts beside it are made from. Nothing in it changes once it is filled,
/// so it may be worked on by any thread.
struct OrderInput {
    std::shared_ptr<const SamplesData> data;
    std::optional<std::size_t> snapshot;
    int column = -1; ///< SamplesModel::Column; -1: by the ranker
    bool ascending = true;
    int ranker = 0;
    std::vector<SelectionModel::Filter> filters;
    std::vector<std::uint8_t> selected;
    bool onlySelected = false;
    std::shared_ptr<const std::vector<std::uint8_t>> decisions;
    /// All samples in the wanted order, when that is known from before; else it is made.
    std::shared_ptr<const std::vector<std::uint32_t>> sorted;
    std::size_t bins = 50;
};

struct OrderResult {
    std::shared_ptr<const std::vector<std::uint32_t>> sorted;
    std::vector<std::uint32_t> order;  ///< sample of each row
    std::vector<std::int32_t> rowOf;   ///< row of each sample, or -1
    std::size_t matching = 0;          ///< that pass the filters
    std::size_t matchingSelected = 0;  ///< of them, selected
    std::size_t reviewedInOrder = 0;
    std::vector<std::uint32_t> binsAll; ///< of weights over the film's range
    std::vector<std::uint32_t> binsSelected;
    std::vector<double> median; ///< of the selected samples, one a snapshot; empty without a selection
    std::vector<double> low;    ///< 10 %
    std::vector<double> high;   ///< 90 %
};

OrderResult computeOrder(const OrderInput &input);
/// Indices of all samples by the key of the input; samples without a value come last either way.
std::shared_ptr<const std::vector<std::uint32_t>> sortSamples(const OrderInput &input);
bool passesFilters(const OrderInput &input, std::size_t sample);

} // namespace winnow::ui
