#pragma once

#include "core/train/trainer.h"

#include <vector>

namespace winnow {

/// The lower steps since the last upper step, for `unroll_mode = exact`: with SGD steps
///   phi_{t+1} = (1 - eta_t wd) phi_t - eta_t k_t grad sum_i c_i L_i(phi_t)     (k_t: what clipping kept, taken as constant)
/// the adjoint of grad M(phi_k) runs back through them as v_t = (1 - eta_t wd) v_{t+1} - eta_t k_t H_t v_{t+1}.
/// Holds one copy of the parameters a step.
class UnrolledWindow {
public:
    struct Step {
        std::int64_t t = 0;
        at::Tensor parameters; ///< [P] phi_t
        double kept = 1;       ///< k_t
        double rate = 0;       ///< eta_t
    };

    void push(std::int64_t t, const at::Tensor &parameters) { m_steps.push_back({t, parameters.clone(), 1, 0}); }
    void setLast(double kept, double rate) { m_steps.back().kept = kept, m_steps.back().rate = rate; }
    const std::vector<Step> &steps() const { return m_steps; }
    void clear() { m_steps.clear(); }

    void save(StateTensors &state) const;
    void restore(const StateTensors &state);

private:
    std::vector<Step> m_steps;
};

} // namespace winnow
