#pragma once

#include <cmath>
#include <cstdint>

// Row loops of the fused operators. Compiled twice (AVX2 and baseline) and chosen by the processor at load time; sums over a
// row run in a fixed order, so results do not depend on threads.
namespace winnow::loops {

#define WINNOW_CLONES __attribute__((target_clones("arch=haswell", "default")))

/// y = w * x * inverse, inverse = 1 / sqrt(mean(x^2) + epsilon) by row.
template <typename T>
void rmsNorm(const T *x, const T *w, T *y, T *inverse, std::int64_t rows, std::int64_t width, T epsilon);
/// dx = inverse (w dy - x inverse^2 mean(w dy x)); dw += dy x inverse over rows.
template <typename T>
void rmsNormBackward(const T *dy, const T *x, const T *w, const T *inverse, T *dx, T *dw, std::int64_t rows,
                     std::int64_t width);
/// (y1, y2) = (x1 c - s x2 sign, x2 c + s x1 sign) for the halves of each head.
template <typename T>
void rotate(const T *x, const T *cosine, const T *sine, T *y, std::int64_t rows, std::int64_t heads, std::int64_t width,
            T sign);
/// y = gate * sigmoid(gate) * up; `sigmoid` [rows,width] is given.
template <typename T>
void swiGlu(const T *gateUp, const T *sigmoid, T *y, std::int64_t rows, std::int64_t width);
template <typename T>
void swiGluBackward(const T *dy, const T *gateUp, const T *sigmoid, T *gradient, std::int64_t rows, std::int64_t width);

} // namespace winnow::loops
