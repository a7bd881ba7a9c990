#pragma once

#include "ui/models/page_data.h"
#include "ui/models/selection_model.h"

namespace winnow::ui {

/// Of the selected samples, one value a snapshot; empty without a selection.
struct SelectionBand {
    std::vector<double> median;
    std::vector<double> low;  ///< 10 %
    std::vector<double> high; ///< 90 %
};

/// What the order of the samples table and the charts beside it are made from. Nothing in it changes once it is filled,
/// so it may be worked on by any thread.
struct OrderInput {
    std::shared_ptr<const SamplesData> data;
    std::optional<std::size_t> snapshot;
    SnapshotPtr values; ///< of the snapshot, when they are known from before; else they are read
    int column = -1; ///< SamplesModel::Column; -1: by the ranker
    bool ascending = true;
    int ranker = 0;
    std::vector<SelectionModel::Filter> filters;
    std::shared_ptr<const std::vector<std::uint8_t>> selected;
    bool onlySelected = false;
    std::shared_ptr<const std::vector<std::uint8_t>> decisions;
    /// All samples in the wanted order, when that is known from before; else it is made.
    std::shared_ptr<const std::vector<std::uint32_t>> sorted;
    std::shared_ptr<const SelectionBand> band; ///< of this selection, when it is known from before
    std::size_t bins = 50;
};

struct OrderResult {
    std::optional<std::size_t> snapshot;
    SnapshotPtr values; ///< of the snapshot; null without one
    std::string problem; ///< why the snapshot could not be read
    std::shared_ptr<const std::vector<std::uint32_t>> sorted;
    std::vector<std::uint32_t> order;  ///< sample of each row
    std::vector<std::int32_t> rowOf;   ///< row of each sample, or -1
    std::size_t matching = 0;          ///< that pass the filters
    std::size_t matchingSelected = 0;  ///< of them, selected
    std::size_t reviewedInOrder = 0;
    std::vector<std::uint32_t> binsAll; ///< of weights over the film's range
    std::vector<std::uint32_t> binsSelected;
    std::optional<std::int32_t> medianAge; ///< of the weights in iterations; net only
    std::int32_t oldestAge = 0;
    std::shared_ptr<const std::vector<std::uint8_t>> selected; ///< that band and bins are of
    std::shared_ptr<const SelectionBand> band;
};

/// May read the weights of a snapshot from the store: for a worker thread unless they are held.
OrderResult computeOrder(OrderInput input);
/// Indices of all samples by the key of the input; samples without a value come last either way.
std::shared_ptr<const std::vector<std::uint32_t>> sortSamples(const OrderInput &input);
/// One value a sample, 1: passes all filters of the input.
std::vector<std::uint8_t> filterMask(const OrderInput &input);

} // namespace winnow::ui
