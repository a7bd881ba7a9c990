#include "core/weights/tensor_io.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

namespace winnow {
namespace {

/// Gives a stretch of memory its pages at once instead of one by one as it is touched. Advice, as below.
void takePages(const void *start, std::size_t bytes, int how)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto address = reinterpret_cast<std::uintptr_t>(start);
    const std::uintptr_t begin = address / page * page;
    if (bytes > 0)
        ::madvise(reinterpret_cast<void *>(begin), address + bytes - begin, how);
}

bool isSmall(at::ScalarType type)
{
    return type == at::kHalf || type == at::kBFloat16;
}

} // namespace

at::ScalarType scalarTypeOf(DType dtype)
{
    switch (dtype) {
    case DType::F64: return at::kDouble;
    case DType::F32: return at::kFloat;
    case DType::F16: return at::kHalf;
    case DType::BF16: return at::kBFloat16;
    case DType::I64: return at::kLong;
    case DType::I32: return at::kInt;
    case DType::I16: return at::kShort;
    case DType::I8: return at::kChar;
    case DType::U64: return at::kUInt64;
    case DType::U32: return at::kUInt32;
    case DType::U16: return at::kUInt16;
    case DType::U8: return at::kByte;
    case DType::Bool: return at::kBool;
    case DType::F8E4M3: return at::kFloat8_e4m3fn;
    case DType::F8E5M2: return at::kFloat8_e5m2;
    case DType::C64: return at::kComplexFloat;
    }
    TORCH_INTERNAL_ASSERT(false, "unknown dtype");
}

DType dtypeOf(at::ScalarType type)
{
    switch (type) {
    case at::kDouble: return DType::F64;
    case at::kFloat: return DType::F32;
    case at::kHalf: return DType::F16;
    case at::kBFloat16: return DType::BF16;
    case at::kLong: return DType::I64;
    case at::kInt: return DType::I32;
    case at::kShort: return DType::I16;
    case at::kChar: return DType::I8;
    case at::kByte: return DType::U8;
    case at::kBool: return DType::Bool;
    default: TORCH_CHECK(false, "safetensors has no dtype for ", type);
    }
}

at::Tensor tensorOf(const TensorView &view)
{
    const at::ScalarType type = scalarTypeOf(view.dtype);
    const auto address = reinterpret_cast<std::uintptr_t>(view.data.data());
    if (address % dtypeSize(view.dtype) == 0 && !view.data.empty())
        return at::from_blob(const_cast<std::byte *>(view.data.data()), view.shape, type);
    at::Tensor copy = at::empty(view.shape, type);
    std::memcpy(copy.data_ptr(), view.data.data(), view.data.size());
    return copy;
}

void readInto(at::Tensor target, const TensorView &view)
{
    // What the system cleared for the next stretch is still in the cache when the values are written over it.
    constexpr std::int64_t stretch = 1 << 17;
    const at::Tensor from = tensorOf(view).flatten(), to = target.view({-1});
    // From one 16-bit format to the other there is no vector instruction; float32 holds both exactly and has them.
    const at::ScalarType given = from.scalar_type(), wanted = to.scalar_type();
    const bool byFloat = given != wanted && isSmall(given) && isSmall(wanted);
#ifdef MADV_POPULATE_READ
    takePages(from.const_data_ptr(), from.nbytes(), MADV_POPULATE_READ);
#endif
    for (std::int64_t start = 0; start < from.numel(); start += stretch) {
        const std::int64_t count = std::min(stretch, from.numel() - start);
        const at::Tensor source = from.narrow(0, start, count);
        at::Tensor part = to.narrow(0, start, count);
#ifdef MADV_POPULATE_WRITE
        takePages(part.const_data_ptr(), part.nbytes(), MADV_POPULATE_WRITE);
#endif
        part.copy_(byFloat ? source.to(at::kFloat) : source);
    }
}

void adviseLargePages(const at::Tensor &vector)
{
#ifdef MADV_HUGEPAGE
    constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
    const auto address = reinterpret_cast<std::uintptr_t>(vector.data_ptr());
    const std::uintptr_t begin = (address + page - 1) / page * page;
    const std::uintptr_t end = (address + vector.nbytes()) / page * page;
    if (begin < end) // advice: where it is not taken, nothing else is different
        ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

Result<std::map<std::string, at::Tensor>> readTensors(const std::string &path)
{
    WINNOW_ASSIGN(const SafetensorsFile file, SafetensorsFile::open(path));
    std::map<std::string, at::Tensor> tensors;
    for (const auto &[name, view] : file.tensors())
        tensors[name] = tensorOf(view).clone();
    return tensors;
}

Status writeTensors(const std::string &path, const std::map<std::string, at::Tensor> &tensors,
                    const std::map<std::string, std::string> &metadata)
{
    std::vector<at::Tensor> kept;
    std::vector<TensorToWrite> list;
    for (const auto &[name, tensor] : tensors) {
        kept.push_back(tensor.detach().to(at::kCPU).contiguous());
        const at::Tensor &t = kept.back();
        list.push_back({name, dtypeOf(t.scalar_type()), t.sizes().vec(),
                        {static_cast<const std::byte *>(t.const_data_ptr()), static_cast<std::size_t>(t.nbytes())}});
    }
    return writeSafetensors(path, std::move(list), metadata);
}

} // namespace winnow
