#include "core/weights/safetensors_rules.h"

#include <algorithm>
#include <limits>

namespace winnow::safetensors
{

std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t> &shape, DType dtype)
{
    std::uint64_t bytes = dtypeSize(dtype);
    bool empty = false;
    for (const std::int64_t size : shape) {
        if (size < 0)
            return std::nullopt;
        if (size == 0) {
            empty = true;
            continue;
        }
        // The limit is that of signed sizes, because views and tensors count in std::int64_t.
        if (bytes
            > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / static_cast<std::uint64_t>(size))
            return std::nullopt;
        bytes *= static_cast<std::uint64_t>(size);
    }
    return empty ? 0 : bytes;
}

std::string nameProblem(std::string_view name)
{
    if (name.empty())
        return "a tensor has an empty name";
    if (name.size() > maxNameBytes)
        return "a tensor's name is longer than " + std::to_string(maxNameBytes) + " bytes";
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        return "a tensor's name holds a control character";
    return {};
}

std::string tensorPlace(const std::string &path, const std::string &name)
{
    return path + ": tensor '" + name + "'";
}

} // namespace winnow::safetensors
