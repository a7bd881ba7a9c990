#include "core/engine/step_counts.h"

#include "core/model/step_part.h"

#include <ATen/core/Tensor.h>

#include <chrono>
#include <memory>

namespace winnow {
namespace {

/// Sizes of an input that is a tensor; empty otherwise.
c10::IntArrayRef sizesOf(c10::ArrayRef<const c10::IValue> inputs, std::size_t place)
{
    if (place >= inputs.size() || !inputs[place].isTensor() || !inputs[place].toTensor().defined())
        return {};
    return inputs[place].toTensor().sizes();
}

/// [..,m,k] x [..,k,n], or x [k].
std::int64_t productFlops(c10::IntArrayRef left, c10::IntArrayRef right)
{
    if (left.size() < 2 || right.empty())
        return 0;
    std::int64_t flops = 2;
    for (const std::int64_t side : left)
        flops *= side;
    return right.size() >= 2 ? flops * right.back() : flops;
}

/// Two products of the attention, over the pairs that are computed.
std::int64_t attentionFlops(c10::IntArrayRef q, c10::IntArrayRef k, c10::IntArrayRef v, bool causal,
                            std::int64_t products)
{
    if (q.size() != 4 || k.size() != 4 || v.size() != 4)
        return 0;
    const std::int64_t queries = q[2], keys = k[2];
    const std::int64_t pairs = causal && queries <= keys ? queries * (2 * keys - queries + 1) / 2 : queries * keys;
    // Products along d: scores (and in the backward the scores again, dq, dk); along e: out (dv, d scores).
    const std::int64_t alongKeys = products == 2 ? 1 : 3, alongValues = products - alongKeys;
    return 2 * q[0] * q[1] * pairs * (alongKeys * q[3] + alongValues * v[3]);
}

bool flagAt(c10::ArrayRef<const c10::IValue> inputs, std::size_t place)
{
    return place < inputs.size() && inputs[place].isBool() && inputs[place].toBool();
}

} // namespace

std::int64_t matrixFlops(std::string_view name, c10::ArrayRef<const c10::IValue> inputs)
{
    constexpr std::string_view space = "aten::";
    if (!name.starts_with(space))
        return 0;
    name.remove_prefix(space.size());
    if (name.ends_with('_') && !name.starts_with('_')) // addmm_, baddbmm_: in place
        name.remove_suffix(1);
    if (name == "mm" || name == "bmm" || name == "mv")
        return productFlops(sizesOf(inputs, 0), sizesOf(inputs, 1));
    if (name == "addmm" || name == "baddbmm" || name == "addmv")
        return productFlops(sizesOf(inputs, 1), sizesOf(inputs, 2));
    if (name == "_scaled_dot_product_flash_attention_for_cpu") // q, k, v, dropout, causal
        return attentionFlops(sizesOf(inputs, 0), sizesOf(inputs, 1), sizesOf(inputs, 2), flagAt(inputs, 4), 2);
    // dout, q, k, v, out, logsumexp, dropout, causal
    if (name == "_scaled_dot_product_flash_attention_for_cpu_backward")
        return attentionFlops(sizesOf(inputs, 1), sizesOf(inputs, 2), sizesOf(inputs, 3), flagAt(inputs, 7), 5);
    return 0;
}

// ------------------------------------------------------------------------------------------------ operators
namespace {

std::atomic<OperatorCount *> counting{nullptr};

/// Whether the operators that a thread is in called another one.
struct Call : at::ObserverContext {
    Call *outer = nullptr;
    bool calls = false;
    bool counted = false; ///< its products, or those of one that it stands in: mv() calls addmv()
};
thread_local Call *innermost = nullptr;

} // namespace

struct CountHooks {
    static std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction &function)
    {
        auto call = std::make_unique<Call>();
        call->outer = innermost;
        if (innermost)
            innermost->calls = true;
        innermost = call.get();
        call->counted = call->outer && call->outer->counted;
        if (OperatorCount *count = counting; count && !call->counted) {
            const std::int64_t flops = matrixFlops(function.name(), function.inputs());
            call->counted = flops > 0;
            count->m_flops += flops;
        }
        return call;
    }
    static void end(const at::RecordFunction &function, at::ObserverContext *context)
    {
        const auto *call = static_cast<Call *>(context);
        if (!call)
            return;
        innermost = call->outer;
        OperatorCount *count = counting;
        if (count && !call->calls && std::string_view(function.name()).starts_with("aten::"))
            ++count->m_operators;
    }
};

OperatorCount::OperatorCount()
{
    counting = this;
    m_handle = at::addGlobalCallback(at::RecordFunctionCallback(CountHooks::begin, CountHooks::end)
                                         .needsInputs(true)
                                         .scopes({at::RecordScope::FUNCTION}));
}

OperatorCount::~OperatorCount()
{
    at::removeCallback(m_handle);
    counting = nullptr;
}

// ------------------------------------------------------------------------------------------------ parts
namespace {

std::atomic<PartTimes *> timing{nullptr};

std::int64_t nanoseconds()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::optional<PartTimes::Part> partNamed(std::string_view name)
{
    if (name == StepPart::data)
        return PartTimes::Data;
    if (name == StepPart::vision)
        return PartTimes::Vision;
    if (name == StepPart::language)
        return PartTimes::Language;
    if (name == StepPart::backward)
        return PartTimes::LowerBackward;
    if (name == StepPart::optimizer)
        return PartTimes::Optimizer;
    if (name == StepPart::meta)
        return PartTimes::Meta;
    return std::nullopt;
}

struct Timed : at::ObserverContext {
    std::optional<PartTimes::Part> part;
    std::int64_t start = 0;
};

} // namespace

struct PartHooks {
    static std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction &function)
    {
        auto timed = std::make_unique<Timed>();
        timed->part = partNamed(function.name());
        if (PartTimes *times = timing; times && timed->part == PartTimes::Meta)
            ++times->m_inMeta;
        timed->start = nanoseconds();
        return timed;
    }
    static void end(const at::RecordFunction &, at::ObserverContext *context)
    {
        const std::int64_t now = nanoseconds();
        const auto *timed = static_cast<Timed *>(context);
        PartTimes *times = timing;
        if (!times || !timed || !timed->part)
            return;
        const std::int64_t spent = now - timed->start;
        auto &all = times->m_nanoseconds;
        const bool inMeta = times->m_inMeta > 0;
        switch (*timed->part) {
        case PartTimes::Meta:
            --times->m_inMeta;
            all[PartTimes::Meta] += spent;
            break;
        case PartTimes::Optimizer:
            all[PartTimes::Optimizer] += spent;
            if (inMeta)
                all[PartTimes::Meta] -= spent;
            break;
        default:
            if (!inMeta)
                all[*timed->part] += spent;
        }
    }
};

PartTimes::PartTimes(int workers) : m_workers(workers)
{
    timing = this;
    m_handle = at::addGlobalCallback(
        at::RecordFunctionCallback(PartHooks::begin, PartHooks::end).scopes({at::RecordScope::USER_SCOPE}));
}

PartTimes::~PartTimes()
{
    at::removeCallback(m_handle);
    timing = nullptr;
}

double PartTimes::seconds(Part part) const
{
    const double all = 1e-9 * static_cast<double>(m_nanoseconds[part]);
    return part == Optimizer || part == Meta ? all : all / m_workers;
}

// ------------------------------------------------------------------------------------------------ peaks
std::optional<double> peakFlops(std::string_view device, std::string_view precision)
{
    struct Peak {
        std::string_view device;
        double half, single, twice; // TFLOP/s of bf16, fp32, fp64, without sparsity
    };
    // NVIDIA's data sheets, SXM modules; fp64 by tensor cores.
    static constexpr Peak peaks[] = {
        {"H200", 989.4, 66.9, 66.9}, {"H100", 989.4, 66.9, 66.9}, {"A100", 312.0, 19.5, 19.5}};
    for (const Peak &peak : peaks) {
        if (device.find(peak.device) == std::string_view::npos)
            continue;
        const double tera = precision.starts_with("bf16") ? peak.half
            : precision == "fp32"                         ? peak.single
            : precision == "fp64"                         ? peak.twice
                                                          : 0.0;
        return tera > 0 ? std::optional(tera * 1e12) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace winnow
