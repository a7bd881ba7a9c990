#include "core/kernels/cpu_loops.h"

namespace winnow::loops {
namespace {

constexpr int lanes = 16; ///< independent partial sums: they vectorise, and their order is fixed

template <typename T>
inline T sumOf(const T (&partial)[lanes])
{
    T total = 0;
    for (const T value : partial)
        total += value;
    return total;
}

template <typename T>
inline __attribute__((always_inline)) void rmsNormRows(const T *x, const T *w, T *y, T *inverse, std::int64_t rows,
                                                       std::int64_t width, T epsilon)
{
    for (std::int64_t r = 0; r < rows; ++r, x += width, y += width) {
        T partial[lanes] = {};
        std::int64_t i = 0;
        for (; i + lanes <= width; i += lanes)
            for (int l = 0; l < lanes; ++l)
                partial[l] += x[i + l] * x[i + l];
        for (; i < width; ++i)
            partial[0] += x[i] * x[i];
        const T scale = T(1) / std::sqrt(sumOf(partial) / static_cast<T>(width) + epsilon);
        inverse[r] = scale;
        for (std::int64_t k = 0; k < width; ++k)
            y[k] = w[k] * (x[k] * scale);
    }
}

template <typename T>
inline __attribute__((always_inline)) void rmsNormBackwardRows(const T *dy, const T *x, const T *w, const T *inverse,
                                                               T *dx, T *dw, std::int64_t rows, std::int64_t width)
{
    for (std::int64_t r = 0; r < rows; ++r, x += width, dy += width, dx += width) {
        T partial[lanes] = {};
        std::int64_t i = 0;
        for (; i + lanes <= width; i += lanes)
            for (int l = 0; l < lanes; ++l)
                partial[l] += w[i + l] * dy[i + l] * x[i + l];
        for (; i < width; ++i)
            partial[0] += w[i] * dy[i] * x[i];
        const T scale = inverse[r];
        const T back = scale * scale * sumOf(partial) / static_cast<T>(width);
        for (std::int64_t k = 0; k < width; ++k) {
            dx[k] = scale * (w[k] * dy[k] - x[k] * back);
            dw[k] += dy[k] * (x[k] * scale);
        }
    }
}

template <typename T>
inline __attribute__((always_inline)) void rotateRows(const T *x, const T *cosine, const T *sine, T *y,
                                                      std::int64_t rows, std::int64_t heads, std::int64_t width, T sign)
{
    const std::int64_t half = width / 2;
    for (std::int64_t r = 0; r < rows; ++r, cosine += width, sine += width) {
        for (std::int64_t h = 0; h < heads; ++h, x += width, y += width) {
            for (std::int64_t k = 0; k < half; ++k) {
                const T s = sign * sine[k];
                y[k] = x[k] * cosine[k] - x[k + half] * s;
                y[k + half] = x[k + half] * cosine[k] + x[k] * s;
            }
        }
    }
}

template <typename T>
inline __attribute__((always_inline)) void swiGluRows(const T *gateUp, const T *sigmoid, T *y, std::int64_t rows,
                                                      std::int64_t width)
{
    for (std::int64_t r = 0; r < rows; ++r, gateUp += 2 * width, sigmoid += width, y += width)
        for (std::int64_t k = 0; k < width; ++k)
            y[k] = gateUp[k] * sigmoid[k] * gateUp[width + k];
}

template <typename T>
inline __attribute__((always_inline)) void swiGluBackwardRows(const T *dy, const T *gateUp, const T *sigmoid,
                                                              T *gradient, std::int64_t rows, std::int64_t width)
{
    for (std::int64_t r = 0; r < rows; ++r, gateUp += 2 * width, gradient += 2 * width, sigmoid += width, dy += width)
        for (std::int64_t k = 0; k < width; ++k) {
            const T silu = gateUp[k] * sigmoid[k];
            gradient[k] = dy[k] * gateUp[width + k] * (sigmoid[k] + silu * (T(1) - sigmoid[k]));
            gradient[width + k] = dy[k] * silu;
        }
}

} // namespace

// target_clones does not apply to templates, so each dtype gets its own functions.
#define WINNOW_DEFINE_LOOPS(T)                                                                                         \
    template <>                                                                                                        \
    WINNOW_CLONES void rmsNorm<T>(const T *x, const T *w, T *y, T *inverse, std::int64_t rows, std::int64_t width,     \
                                  T epsilon)                                                                           \
    {                                                                                                                  \
        rmsNormRows(x, w, y, inverse, rows, width, epsilon);                                                           \
    }                                                                                                                  \
    template <>                                                                                                        \
    WINNOW_CLONES void rmsNormBackward<T>(const T *dy, const T *x, const T *w, const T *inverse, T *dx, T *dw,         \
                                          std::int64_t rows, std::int64_t width)                                       \
    {                                                                                                                  \
        rmsNormBackwardRows(dy, x, w, inverse, dx, dw, rows, width);                                                   \
    }                                                                                                                  \
    template <>                                                                                                        \
    WINNOW_CLONES void rotate<T>(const T *x, const T *cosine, const T *sine, T *y, std::int64_t rows,                  \
                                 std::int64_t heads, std::int64_t width, T sign)                                       \
    {                                                                                                                  \
        rotateRows(x, cosine, sine, y, rows, heads, width, sign);                                                      \
    }                                                                                                                  \
    template <>                                                                                                        \
    WINNOW_CLONES void swiGlu<T>(const T *gateUp, const T *sigmoid, T *y, std::int64_t rows, std::int64_t width)       \
    {                                                                                                                  \
        swiGluRows(gateUp, sigmoid, y, rows, width);                                                                   \
    }                                                                                                                  \
    template <>                                                                                                        \
    WINNOW_CLONES void swiGluBackward<T>(const T *dy, const T *gateUp, const T *sigmoid, T *gradient,                  \
                                         std::int64_t rows, std::int64_t width)                                        \
    {                                                                                                                  \
        swiGluBackwardRows(dy, gateUp, sigmoid, gradient, rows, width);                                                \
    }

WINNOW_DEFINE_LOOPS(float)
WINNOW_DEFINE_LOOPS(double)

} // namespace winnow::loops
