#pragma once

#include <ATen/core/ivalue.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// Floating-point operations of the matrix products of one ATen operator, by formula from the shapes of its inputs, a
/// multiplication and an addition counting as 2:
///   product [m,k] x [k,n]                 2 m k n          (mm, addmm, bmm, baddbmm, mv, addmv)
///   attention, q [B,H,L,d], k [..,M,d]    2 B H p (d + e)  (e: width of v; p: pairs of query and key, L M, or
///                                         L (2 M - L + 1) / 2 when each query sees the keys up to its own, L <= M)
///   its backward                          5 products where the forward has 2: the scores are computed again
/// 0 for every other operator: elementwise work, norms, softmax and optimisers are not counted. A mask tensor takes
/// nothing away.
std::int64_t matrixFlops(std::string_view operatorName, c10::ArrayRef<const c10::IValue> inputs);

/// Counts what all threads of the process compute while it lives, through LibTorch's RecordFunction hooks. They cost
/// time, so what is counted is not timed. One object at a time.
class OperatorCount {
public:
    OperatorCount();
    ~OperatorCount();
    OperatorCount(const OperatorCount &) = delete;
    OperatorCount &operator=(const OperatorCount &) = delete;

    /// ATen operators that called no other: what the dispatcher carried out. Views are among them.
    std::int64_t operators() const { return m_operators; }
    std::int64_t flops() const { return m_flops; }

private:
    friend struct CountHooks;
    std::atomic<std::int64_t> m_operators{0}, m_flops{0};
    std::uint64_t m_handle = 0;
};

/// Seconds of the parts of a step (model/step_part.h) while it lives. Parts exclude each other: what the upper step
/// does is `meta`, but for its optimiser; the rest is of the lower step. Of parts that run on the workers, the sum of their
/// seconds divided by the number of workers. One object at a time.
class PartTimes {
public:
    enum Part : std::size_t { Data, Vision, Language, LowerBackward, Optimizer, Meta, PartCount };
    static constexpr std::array<const char *, PartCount> names{"host_and_data",  "vision_tower", "language_model",
                                                               "lower_backward", "optimizer",    "meta"};

    explicit PartTimes(int workers);
    ~PartTimes();
    PartTimes(const PartTimes &) = delete;
    PartTimes &operator=(const PartTimes &) = delete;

    double seconds(Part part) const;

private:
    friend struct PartHooks;
    std::array<std::atomic<std::int64_t>, PartCount> m_nanoseconds{};
    std::atomic<int> m_inMeta{0};
    int m_workers;
    std::uint64_t m_handle = 0;
};

/// Dense peak of a device by its maker's data sheet, in floating-point operations a second; nothing for what is not in
/// the list, and for every CPU, whose peak follows from clocks that nobody states. `precision` as in settings: fp32
/// means fp32 products (no TF32).
std::optional<double> peakFlops(std::string_view device, std::string_view precision);

} // namespace winnow
