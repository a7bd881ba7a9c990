#include "core/weights/tensor_io.h"

#include <ATen/ATen.h>

#include <cstring>

#include <sys/mman.h>

namespace winnow {

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

at::Tensor emptyVector(std::int64_t size, at::ScalarType type)
{
    at::Tensor values = at::empty({size}, type);
#ifdef MADV_HUGEPAGE
    constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
    const auto address = reinterpret_cast<std::uintptr_t>(values.data_ptr());
    const std::uintptr_t begin = (address + page - 1) / page * page;
    const std::uintptr_t end = (address + values.nbytes()) / page * page;
    // Advice: where it is not taken, the vector is filled more slowly and nothing else is different.
    if (begin < end)
        ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE);
#endif
    return values;
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
