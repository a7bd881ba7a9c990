#include "core/bilevel/centering.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace winnow {

at::Tensor centredByLabel(const at::Tensor &h, const std::vector<std::int32_t> &labels, Centering centering)
{
    if (centering == Centering::No)
        return h;
    const at::Tensor wide = h.to(at::kDouble).clone();
    double *values = wide.data_ptr<double>();
    struct Group {
        double sum = 0, count = 0;
    };
    std::map<std::int32_t, Group> groups;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        groups[labels[i]].sum += values[i];
        groups[labels[i]].count += 1;
    }
    double squares = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const Group &group = groups[labels[i]];
        values[i] -= group.sum / group.count;
        squares += values[i] * values[i];
    }
    const double deviation = std::sqrt(squares / static_cast<double>(labels.size()));
    if (centering == Centering::LabelScaled && deviation > 0) {
        constexpr double most = 3.0;
        for (std::size_t i = 0; i < labels.size(); ++i)
            values[i] = std::clamp(values[i] / deviation, -most, most);
    }
    return wide.to(h.scalar_type());
}

} // namespace winnow
