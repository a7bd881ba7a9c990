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

/// Copies the view's values into `target` (contiguous, as many elements), rounded once to its dtype.
void readInto(at::Tensor target, const TensorView &view);

/// Lets the system gather the vector's pages into large ones in the background; products read those faster. Only once
/// the values are there: large pages on the first write take twice as long where a virtual machine's host has to find
/// them first.
void adviseLargePages(const at::Tensor &vector);

/// All tensors of a file, copied into memory of their own.
Result<std::map<std::string, at::Tensor>> readTensors(const std::string &path);
Status writeTensors(const std::string &path, const std::map<std::string, at::Tensor> &tensors,
                    const std::map<std::string, std::string> &metadata = {});

} // namespace winnow
