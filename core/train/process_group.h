#pragma once

#include "core/base/result.h"
#include "core/run/rank_place.h"

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>

namespace winnow
{

/// The processes that train one run together, by c10d's Gloo backend over TCP. Each rank computes its share of every
/// batch (batch_passes.h); sums and per-sample results are brought together here, and all else is computed by every
/// rank alike, so that models, optimisers and instance weights are the same everywhere without ever being sent.
///
/// Lives on the run's thread. All functions but fail() are for all ranks together, in the same order. They throw
/// std::runtime_error with a sentence that names the rank that was lost.
class ProcessGroup
{
public:
    /// Returns when all ranks are there.
    static Result<std::unique_ptr<ProcessGroup>> join(const RankPlace &place);
    ~ProcessGroup();
    ProcessGroup(const ProcessGroup &) = delete;
    ProcessGroup &operator=(const ProcessGroup &) = delete;

    int rank() const;
    int size() const;
    bool isRoot() const { return rank() == 0; }

    /// Sum over the ranks, in place; the same bits on each. Adding zeros to a value keeps it, so this also gathers
    /// values of which each is known to one rank.
    void sum(at::Tensor &values);
    std::int64_t largest(std::int64_t value);
    /// Rank 0's text on every rank.
    std::string fromRoot(const std::string &text);
    /// Waits for the others; afterwards nobody misses this rank. Without it the group counts as broken.
    void leave();
    /// Tells the others why this rank ends.
    void fail(const std::string &reason);

private:
    struct Parts;
    explicit ProcessGroup(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace winnow
