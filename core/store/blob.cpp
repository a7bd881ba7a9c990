#include "core/store/blob.h"

#include <zlib.h>

#include <bit>
#include <new>

namespace winnow {

namespace {

static_assert(std::endian::native == std::endian::little, "the store keeps little-endian arrays");

// A row says how many values it holds; a damaged one must not make us ask for all memory.
constexpr std::size_t maxValues = std::size_t{1} << 30;

template <typename T>
std::string pack(std::span<const T> values)
{
    const auto size = static_cast<uLong>(values.size_bytes());
    uLongf packed = compressBound(size);
    std::string out(packed, '\0');
    const int code = compress2(reinterpret_cast<Bytef *>(out.data()), &packed,
                               reinterpret_cast<const Bytef *>(values.data()), size, 1);
    if (code != Z_OK)
        throw std::bad_alloc(); // the only other way to fail with a buffer of compressBound bytes
    out.resize(packed);
    return out;
}

template <typename T>
Result<std::vector<T>> unpack(const void *data, std::size_t bytes, std::size_t count)
{
    if (count > maxValues)
        return Error{"A stored array says it holds " + std::to_string(count)
                     + " values, more than a store can hold: the row is damaged."};
    std::vector<T> out(count);
    T empty{};
    auto size = static_cast<uLongf>(count * sizeof(T));
    auto *target = reinterpret_cast<Bytef *>(count ? out.data() : &empty);
    const int code = uncompress(target, &size, static_cast<const Bytef *>(data), static_cast<uLong>(bytes));
    if (code != Z_OK || size != count * sizeof(T))
        return Error{"A stored array of " + std::to_string(count)
                     + " values cannot be unpacked: the row is damaged. Restore the store from a backup."};
    return out;
}

} // namespace

std::string packFloats(std::span<const float> values)
{
    return pack(values);
}

std::string packInts(std::span<const std::int32_t> values)
{
    return pack(values);
}

Result<std::vector<float>> unpackFloats(const void *data, std::size_t bytes, std::size_t count)
{
    return unpack<float>(data, bytes, count);
}

Result<std::vector<std::int32_t>> unpackInts(const void *data, std::size_t bytes, std::size_t count)
{
    return unpack<std::int32_t>(data, bytes, count);
}

} // namespace winnow
