#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, Bool, F8E4M3, F8E5M2, C64 };

WINNOW_CORE_API std::size_t dtypeSize(DType dtype);
/// As in the file's header: "F32", "BF16", ...
WINNOW_CORE_API std::string_view dtypeName(DType dtype);

/// A tensor's place in a memory-mapped file. `data` lives as long as the SafetensorsFile.
struct TensorView {
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> data; ///< little-endian, row-major, not necessarily aligned
};

/// Reads one .safetensors file by memory map. The header is untrusted: size, JSON, names, dtypes, shapes and offsets
/// are checked (no overlap, no gap, inside the file) before any view is handed out. Immutable after open; any thread.
class WINNOW_CORE_API SafetensorsFile {
public:
    static Result<SafetensorsFile> open(const std::string &path);

    SafetensorsFile(SafetensorsFile &&) noexcept;
    SafetensorsFile &operator=(SafetensorsFile &&) noexcept;
    ~SafetensorsFile();

    const std::string &path() const;
    const std::map<std::string, TensorView> &tensors() const;
    const std::map<std::string, std::string> &metadata() const;
    const TensorView *find(const std::string &name) const;

private:
    struct Mapping;
    explicit SafetensorsFile(std::unique_ptr<Mapping> mapping);
    std::unique_ptr<Mapping> m_mapping;
};

/// What is to be written. `data` must stay valid until writeSafetensors returns.
struct TensorToWrite {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> data;
};

/// Writes `path` by temporary file, fsync, rename and fsync of the folder. The data section starts 8-byte aligned;
/// tensors stand in the reference library's order (wide elements first, then by name), so each is aligned without a
/// gap and equal contents give equal bytes.
WINNOW_CORE_API Status writeSafetensors(const std::string &path, std::vector<TensorToWrite> tensors,
                                        const std::map<std::string, std::string> &metadata = {});

/// Takes the next bytes of a tensor.
using TensorSink = std::function<Status(std::span<const std::byte>)>;

/// A tensor whose bytes are made while they are written, so that a checkpoint of any size needs no memory of its own.
struct TensorToStream {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::function<Status(const TensorSink &)> produce; ///< called once; gives exactly the bytes of dtype and shape
};

/// The same file as writeSafetensors would write.
WINNOW_CORE_API Status streamSafetensors(const std::string &path, std::vector<TensorToStream> tensors,
                                         const std::map<std::string, std::string> &metadata = {});

} // namespace winnow
