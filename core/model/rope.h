#pragma once

#include "core/model/compute_form.h"
#include "core/model/internvl_config.h"

#include <ATen/core/Tensor.h>

namespace winnow {

/// Rotary table in the "rotate half" form (spec internvl3.md step 7): both [positions, headDim]. Built in float64 and
/// cast. Beyond maxPositions a dynamic factor changes the base (NTK).
struct RotaryTable {
    at::Tensor cosine;
    at::Tensor sine;
};
RotaryTable rotaryTable(const InternVLConfig::Language &config, std::int64_t positions, at::ScalarType dtype);

/// theta * (factor * N / max - (factor - 1))^(d / (d - 2)) for N > max, else theta.
double rotaryBase(double theta, double factor, std::int64_t positions, std::int64_t maxPositions, std::int64_t headDim);
/// base^(-2m/d), m = 0 .. d/2 - 1.
at::Tensor inverseFrequencies(double base, std::int64_t headDim);

/// x [N, heads, headDim] times the rows of the table given as [N, 1, headDim].
at::Tensor rotate(const at::Tensor &x, const at::Tensor &cosine, const at::Tensor &sine,
                  ComputeForm form = ComputeForm::Fused);

} // namespace winnow
