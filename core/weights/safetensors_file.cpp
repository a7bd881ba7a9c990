#include "core/weights/safetensors_file.h"

#include "core/weights/safetensors_rules.h"
#include "core/weights/strict_json.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace winnow {

namespace {

using nlohmann::json;

constexpr std::size_t maxHeaderDepth = 4; // object > tensor > array is 3
constexpr const char *damagedHint = "; the file is damaged or no safetensors file, copy or export it again.";

struct DTypeInfo {
    DType dtype;
    std::string_view name;
    std::size_t size;
};
constexpr auto dtypes = std::to_array<DTypeInfo>({
    {DType::F64, "F64", 8},
    {DType::F32, "F32", 4},
    {DType::F16, "F16", 2},
    {DType::BF16, "BF16", 2},
    {DType::I64, "I64", 8},
    {DType::I32, "I32", 4},
    {DType::I16, "I16", 2},
    {DType::I8, "I8", 1},
    {DType::U64, "U64", 8},
    {DType::U32, "U32", 4},
    {DType::U16, "U16", 2},
    {DType::U8, "U8", 1},
    {DType::Bool, "BOOL", 1},
    {DType::F8E4M3, "F8_E4M3", 1},
    {DType::F8E5M2, "F8_E5M2", 1},
    {DType::C64, "C64", 8},
});

std::optional<DType> dtypeFromName(std::string_view name)
{
    for (const DTypeInfo &info : dtypes) {
        if (info.name == name)
            return info.dtype;
    }
    return std::nullopt;
}

struct HeaderEntry {
    std::string name;
    TensorView view;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

Result<HeaderEntry> readEntry(const std::string &path, const std::string &name, const json &value,
                              std::uint64_t dataBytes)
{
    const std::string place = safetensors::tensorPlace(path, name);
    const auto refuse = [&](const std::string &what) { return Error{place + " " + what + damagedHint}; };
    if (!value.is_object())
        return refuse("is no object in the header");
    for (const auto &[key, unused] : value.items()) {
        if (key != "dtype" && key != "shape" && key != "data_offsets")
            return refuse("has the unknown header key '" + key.substr(0, 100) + "'");
    }
    HeaderEntry entry;
    entry.name = name;
    if (!value.contains("dtype") || !value["dtype"].is_string())
        return refuse("has no dtype");
    const std::string &dtypeText = value["dtype"].get_ref<const std::string &>();
    const std::optional<DType> dtype = dtypeFromName(dtypeText);
    if (!dtype)
        return Error{place + " has the dtype '" + dtypeText.substr(0, 40)
                     + "', which is not supported; convert it to F32, F16 or BF16."};
    entry.view.dtype = *dtype;

    if (!value.contains("shape") || !value["shape"].is_array())
        return refuse("has no shape");
    if (value["shape"].size() > safetensors::maxRank)
        return refuse("has more than " + std::to_string(safetensors::maxRank) + " dimensions");
    for (const json &size : value["shape"]) {
        if (!size.is_number_unsigned()
            || size.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return refuse("has a size in its shape that is not a whole number from 0 up");
        entry.view.shape.push_back(size.get<std::int64_t>());
    }
    const std::optional<std::uint64_t> bytes = safetensors::byteCount(entry.view.shape, *dtype);
    if (!bytes)
        return refuse("has a shape whose product is beyond 64 bits");

    if (!value.contains("data_offsets") || !value["data_offsets"].is_array() || value["data_offsets"].size() != 2
        || !value["data_offsets"][0].is_number_unsigned() || !value["data_offsets"][1].is_number_unsigned())
        return refuse("has no data_offsets of two whole numbers");
    entry.begin = value["data_offsets"][0].get<std::uint64_t>();
    entry.end = value["data_offsets"][1].get<std::uint64_t>();
    if (entry.begin > entry.end)
        return refuse("ends before it begins");
    if (entry.end > dataBytes)
        return refuse("ends at byte " + std::to_string(entry.end) + " of data, but the file holds "
                      + std::to_string(dataBytes));
    if (entry.end - entry.begin != *bytes)
        return refuse("takes " + std::to_string(entry.end - entry.begin) + " bytes, but its dtype and shape need "
                      + std::to_string(*bytes));
    return entry;
}

/// Tells a tensor whose name cannot be printed from the others.
std::string placeOfValue(const json &value)
{
    const bool known = value.is_object() && value.contains("data_offsets");
    return known ? " (its data_offsets: " + value["data_offsets"].dump().substr(0, 60) + ")" : std::string();
}

/// The data section must be covered exactly once, from its first to its last byte.
Status checkCover(const std::string &path, std::vector<HeaderEntry> &entries, std::uint64_t dataBytes)
{
    std::sort(entries.begin(), entries.end(), [](const HeaderEntry &a, const HeaderEntry &b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    std::uint64_t position = 0;
    for (const HeaderEntry &entry : entries) {
        if (entry.begin != position)
            return Error{safetensors::tensorPlace(path, entry.name) + " begins at byte " + std::to_string(entry.begin)
                         + " of data, but the tensor before it ends at " + std::to_string(position)
                         + (entry.begin < position ? " (they overlap)" : " (there is a gap)") + damagedHint};
        position = entry.end;
    }
    if (position != dataBytes)
        return Error{path + ": the tensors end at byte " + std::to_string(position) + " of data, but the file holds "
                     + std::to_string(dataBytes) + damagedHint};
    return {};
}

Status readMetadata(const std::string &path, const json &value, std::map<std::string, std::string> &metadata)
{
    if (!value.is_object())
        return Error{path + ": __metadata__ is no object" + std::string(damagedHint)};
    for (const auto &[key, text] : value.items()) {
        if (!text.is_string())
            return Error{path + ": __metadata__ entry '" + key.substr(0, 100) + "' is no text" + damagedHint};
        metadata.emplace(key, text.get<std::string>());
    }
    return {};
}

} // namespace

std::size_t dtypeSize(DType dtype)
{
    return dtypes[static_cast<std::size_t>(dtype)].size;
}

std::string_view dtypeName(DType dtype)
{
    return dtypes[static_cast<std::size_t>(dtype)].name;
}

// ------------------------------------------------------------------------------------------------ reading
struct SafetensorsFile::Mapping {
    std::string path;
    void *address = nullptr;
    std::size_t size = 0;
    std::map<std::string, TensorView> tensors;
    std::map<std::string, std::string> metadata;

    Mapping() = default;
    Mapping(const Mapping &) = delete;
    Mapping &operator=(const Mapping &) = delete;
    ~Mapping()
    {
        if (address)
            ::munmap(address, size);
    }

    std::span<const std::byte> bytes() const { return {static_cast<const std::byte *>(address), size}; }

    Status map();
    Status readHeader();
};

Status SafetensorsFile::Mapping::map()
{
    // O_NONBLOCK: opening a pipe of that name must not hang.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return Error{path + ": cannot be opened (" + std::strerror(errno) + ")."};
    struct stat info = {};
    std::string problem;
    if (::fstat(file, &info) != 0) {
        problem = std::string(" cannot be examined (") + std::strerror(errno) + ").";
    } else if (!S_ISREG(info.st_mode)) {
        problem = " is not a regular file.";
    } else if (static_cast<std::uint64_t>(info.st_size) <= safetensors::headerLengthBytes) {
        problem = " is shorter than a header" + std::string(damagedHint);
    } else {
        size = static_cast<std::size_t>(info.st_size);
        void *mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (mapped == MAP_FAILED)
            problem = std::string(" cannot be mapped into memory (") + std::strerror(errno) + ").";
        else
            address = mapped;
    }
    ::close(file);
    if (!problem.empty())
        return Error{path + ":" + problem};
    return {};
}

Status SafetensorsFile::Mapping::readHeader()
{
    std::uint64_t headerBytes = 0;
    for (std::size_t i = safetensors::headerLengthBytes; i-- > 0;)
        headerBytes = headerBytes << 8 | std::to_integer<std::uint64_t>(bytes()[i]);
    if (headerBytes > safetensors::maxHeaderBytes)
        return Error{path + ": the header claims " + std::to_string(headerBytes) + " bytes, more than the limit of "
                     + std::to_string(safetensors::maxHeaderBytes) + damagedHint};
    if (headerBytes > size - safetensors::headerLengthBytes)
        return Error{path + ": the header claims " + std::to_string(headerBytes) + " bytes, but the file holds "
                     + std::to_string(size - safetensors::headerLengthBytes) + " after its length" + damagedHint};
    const std::span<const std::byte> headerSpan = bytes().subspan(safetensors::headerLengthBytes, headerBytes);
    const std::string_view text(reinterpret_cast<const char *>(headerSpan.data()), headerSpan.size());
    if (text.empty() || text.front() != '{')
        return Error{path + ": the header does not begin with '{'" + std::string(damagedHint)};
    WINNOW_ASSIGN(const json header, parseStrictJson(text, path + ": header", maxHeaderDepth));
    // JSON lets any white space follow; the format lets spaces only, so that nothing can hide there.
    if (const std::size_t last = text.rfind('}'); text.find_last_not_of(' ') != last)
        return Error{path + ": the header is padded with something else than spaces, from byte "
                     + std::to_string(safetensors::headerLengthBytes + text.find_first_not_of(' ', last + 1)) + " on"
                     + damagedHint};

    const std::span<const std::byte> data = bytes().subspan(safetensors::headerLengthBytes + headerBytes);
    std::vector<HeaderEntry> entries;
    for (const auto &[name, value] : header.items()) {
        if (name == "__metadata__") {
            WINNOW_TRY(readMetadata(path, value, metadata));
            continue;
        }
        if (const std::string problem = safetensors::nameProblem(name); !problem.empty())
            return Error{path + ": " + problem + placeOfValue(value) + damagedHint};
        WINNOW_ASSIGN(HeaderEntry entry, readEntry(path, name, value, data.size()));
        entry.view.data = data.subspan(entry.begin, entry.end - entry.begin);
        entries.push_back(std::move(entry));
    }
    WINNOW_TRY(checkCover(path, entries, data.size()));
    for (HeaderEntry &entry : entries)
        tensors.emplace(std::move(entry.name), std::move(entry.view));
    return {};
}

Result<SafetensorsFile> SafetensorsFile::open(const std::string &path)
{
    auto mapping = std::make_unique<Mapping>();
    mapping->path = path;
    WINNOW_TRY(mapping->map());
    WINNOW_TRY(mapping->readHeader());
    return SafetensorsFile(std::move(mapping));
}

SafetensorsFile::SafetensorsFile(std::unique_ptr<Mapping> mapping) : m_mapping(std::move(mapping)) {}
SafetensorsFile::SafetensorsFile(SafetensorsFile &&) noexcept = default;
SafetensorsFile &SafetensorsFile::operator=(SafetensorsFile &&) noexcept = default;
SafetensorsFile::~SafetensorsFile() = default;

const std::string &SafetensorsFile::path() const
{
    return m_mapping->path;
}

const std::map<std::string, TensorView> &SafetensorsFile::tensors() const
{
    return m_mapping->tensors;
}

const std::map<std::string, std::string> &SafetensorsFile::metadata() const
{
    return m_mapping->metadata;
}

const TensorView *SafetensorsFile::find(const std::string &name) const
{
    const auto found = m_mapping->tensors.find(name);
    return found == m_mapping->tensors.end() ? nullptr : &found->second;
}

} // namespace winnow
