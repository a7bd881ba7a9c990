#pragma once

#include "core/weights/safetensors_file.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace winnow {

at::ScalarType scalarTypeOf(DType dtype);
DType dtypeOf(at::ScalarType type);

/// The view's elements as a tensor without copying; valid while the file is open. Any alignment: a view that is not
/// aligned to its dtype is copied.
at::Tensor tensorOf(const TensorView &view);

/// A vector without values. Memory of this size comes fresh from the system, which hands it out while it is first
/// written: in large pages where it has them, as that takes a fraction of the time.
at::Tensor emptyVector(std::int64_t size, at::ScalarType type);

/// All tensors of a file, copied into memory of their own.
Result<std::map<std::string, at::Tensor>> readTensors(const std::string &path);
Status writeTensors(const std::string &path, const std::map<std::string, at::Tensor> &tensors,
                    const std::map<std::string, std::string> &metadata = {});

} // namespace winnow
