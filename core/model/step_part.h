#pragma once

#include <ATen/record_function.h>

namespace winnow {

/// Marks a part of a training step while it lives, for whoever listens to LibTorch's own hooks (`winnow bench step`, a
/// profiler). Costs nanoseconds when nobody does. Any thread; parts may stand inside each other.
class StepPart {
public:
    explicit StepPart(const char *name) : m_record(at::RecordScope::USER_SCOPE)
    {
        if (m_record.isActive())
            m_record.before(name);
    }
    StepPart(const StepPart &) = delete;
    StepPart &operator=(const StepPart &) = delete;

    static constexpr const char *data = "winnow::data";           ///< rows fetched, packed, augmented, normalised
    static constexpr const char *vision = "winnow::vision";       ///< forward of vision tower and projector
    static constexpr const char *language = "winnow::language";   ///< forward of the language model and its head
    static constexpr const char *backward = "winnow::backward";
    static constexpr const char *optimizer = "winnow::optimizer"; ///< of both levels
    static constexpr const char *meta = "winnow::meta";           ///< all of the upper step

private:
    at::RecordFunction m_record;
};

} // namespace winnow
