#pragma once

#include "core/bilevel/instance_weighting.h"

namespace winnow {

/// Instance Table: one raw weight a unit, w = act(raw[unit]). With one unit a subject it is the domain table of the
/// earlier DreamPRM.
class InstanceTable : public InstanceWeighting {
public:
    InstanceTable(RunOptions::Weighting options, std::vector<std::uint32_t> unitOfSample, std::size_t units);

    at::Tensor weights(const at::Tensor &upper, const WeightInput &input) const override;
    bool readsSites() const override { return false; }
    at::Tensor initial(at::ScalarType dtype) const override;
    std::int64_t snapshotSize() const override { return static_cast<std::int64_t>(m_units); }

private:
    RunOptions::Weighting m_options;
    std::vector<std::uint32_t> m_unitOfSample;
    std::size_t m_units;
};

} // namespace winnow
