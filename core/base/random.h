#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <utility>
#include <vector>

namespace winnow {

/// Names what a random draw is for. Two draws with different streams never share numbers, and adding a draw to one
/// stream changes no other. Values are stored in checkpoints' settings implicitly: never renumber.
enum class RandomStream : std::uint64_t {
    DemoTrain = 1,
    DemoMeta = 2,
    DemoHoldout = 3,
    DemoTest = 4,
    DemoNoise = 5,
    DemoBase = 6,
    ModelInit = 10,
    NetInit = 11,
    TrainOrder = 20,
    MetaOrder = 21,
    PixelNoise = 22,
    DropPath = 23,
    PictureJitter = 24,
    Bootstrap = 30,
    ImportSample = 31,
    Answer = 32,
    Folds = 33,
};

/// Counter-based random numbers (SplitMix64 over a hash of seed, stream and position): the draw at a position does not
/// depend on any earlier draw, so a resumed run needs no generator state and the loader pool shares none.
class Random {
public:
    Random(std::uint64_t seed, RandomStream stream, std::initializer_list<std::uint64_t> position = {})
        : m_state(mix(seed ^ 0x9E3779B97F4A7C15ull))
    {
        m_state = mix(m_state ^ static_cast<std::uint64_t>(stream));
        for (std::uint64_t p : position)
            m_state = mix(m_state + 0x9E3779B97F4A7C15ull * (p + 1));
    }

    std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15ull;
        return mix(m_state);
    }

    /// Uniform in [0, 1), 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    /// Uniform in 0 .. bound - 1 without modulo bias; bound > 0.
    std::uint64_t below(std::uint64_t bound)
    {
        const std::uint64_t limit = -bound % bound;
        for (;;) {
            const std::uint64_t value = next();
            if (value >= limit)
                return value % bound;
        }
    }

    /// Standard normal (Box-Muller, one value a call).
    double normal()
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

    /// Fisher-Yates.
    template <typename T>
    void shuffle(std::vector<T> &values)
    {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[below(i)]);
    }

private:
    static std::uint64_t mix(std::uint64_t z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }

    std::uint64_t m_state;
};

} // namespace winnow
