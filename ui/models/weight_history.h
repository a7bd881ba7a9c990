#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

namespace winnow::ui {

/// Weights of all samples at one snapshot.
struct SnapshotValues {
    std::vector<float> weights;           ///< NaN: none
    std::vector<std::int32_t> computedAt; ///< iteration each weight is from; net only
};
using SnapshotPtr = std::shared_ptr<const SnapshotValues>;

/// Weights of all samples over a run. Up to `exactUpTo` values everything is held. Above it, curves over snapshots come from
/// 16 bits a weight, scaled to the range of their snapshot (an error of at most range / 131 068, below a pixel), and the values
/// of a snapshot are read from the store when it is looked at; the last few stay. Filled by one thread, then read by any.
class WeightHistory {
public:
    static constexpr std::size_t exactUpTo = std::size_t{16} << 20;
    using Reader = std::function<Result<SnapshotValues>(std::size_t snapshot)>;

    WeightHistory();
    ~WeightHistory();
    WeightHistory(WeightHistory &&) noexcept;
    WeightHistory &operator=(WeightHistory &&) noexcept;

    /// From here on values are not held but read again; any thread may call the reader, one at a time.
    void readLater(Reader reader);
    void push_back(std::vector<float> weights) { push_back(SnapshotValues{std::move(weights), {}}); }
    void push_back(SnapshotValues values);

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    /// All values are held: exact() takes no time and cannot fail.
    bool held() const { return !m_reader; }
    /// May read the store: for worker threads unless held().
    Result<SnapshotPtr> exact(std::size_t snapshot) const;
    /// Only if held().
    const std::vector<float> &operator[](std::size_t snapshot) const { return m_exact[snapshot]->weights; }
    const std::vector<float> &back() const { return m_exact.back()->weights; }
    /// For paths: within the error above.
    float near(std::size_t snapshot, std::size_t sample) const;
    /// Median, 10 % and 90 % of some samples at a snapshot; NaN without a weight.
    struct Band {
        double median = 0;
        double low = 0;
        double high = 0;
    };
    Band band(std::size_t snapshot, const std::vector<std::uint32_t> &samples) const;

private:
    struct Coded {
        float low = 0;
        float scale = 0; ///< of one code
        std::vector<std::uint16_t> codes;
    };
    Band codedBand(const Coded &coded, const std::vector<std::uint32_t> &samples) const;

    std::size_t m_size = 0;
    std::vector<SnapshotPtr> m_exact;
    std::vector<Coded> m_coded;
    Reader m_reader;
    struct Recent;
    std::unique_ptr<Recent> m_recent;
};

} // namespace winnow::ui
