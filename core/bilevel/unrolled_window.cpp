#include "core/bilevel/unrolled_window.h"

#include <ATen/ATen.h>

namespace winnow {
namespace {

std::string place(std::size_t step)
{
    return "window." + std::to_string(step) + ".parameters";
}

} // namespace

void UnrolledWindow::save(StateTensors &state) const
{
    if (m_steps.empty())
        return;
    std::vector<double> numbers;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        state[place(i)] = m_steps[i].parameters;
        numbers.insert(numbers.end(), {static_cast<double>(m_steps[i].t), m_steps[i].kept, m_steps[i].rate});
    }
    state["window.numbers"] = at::tensor(at::ArrayRef<double>(numbers), at::kDouble);
}

void UnrolledWindow::restore(const StateTensors &state)
{
    m_steps.clear();
    const auto found = state.find("window.numbers");
    if (found == state.end())
        return;
    const at::Tensor numbers = found->second.contiguous();
    const double *values = numbers.const_data_ptr<double>();
    for (std::size_t i = 0; i < static_cast<std::size_t>(numbers.numel()) / 3; ++i)
        m_steps.push_back({static_cast<std::int64_t>(values[3 * i]), state.at(place(i)).clone(), values[3 * i + 1],
                           values[3 * i + 2]});
}

} // namespace winnow
