#include "core/bilevel/instance_table.h"

#include <ATen/ATen.h>

namespace winnow {

InstanceTable::InstanceTable(RunOptions::Weighting options, std::vector<std::uint32_t> unitOfSample, std::size_t units)
    : m_options(options), m_unitOfSample(std::move(unitOfSample)), m_units(units)
{
}

at::Tensor InstanceTable::weights(const at::Tensor &upper, const WeightInput &input) const
{
    std::vector<std::int64_t> units;
    units.reserve(input.rows.size());
    for (const std::size_t row : input.rows)
        units.push_back(m_unitOfSample[row]);
    const at::Tensor index = at::tensor(at::ArrayRef<std::int64_t>(units), at::kLong);
    return activate(upper.index_select(0, index), m_options);
}

at::Tensor InstanceTable::initial(at::ScalarType dtype) const
{
    return at::full({static_cast<std::int64_t>(m_units)}, m_options.initial, dtype);
}

} // namespace winnow
