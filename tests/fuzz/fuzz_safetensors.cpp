#include "core/weights/checkpoint_files.h"
#include "tests/fuzz/fuzz_target.h"

#include <limits>

using namespace winnow;

namespace
{

/// Every byte of every view, so that a view that leaves the file is met.
unsigned sumOf(const TensorView &view)
{
    unsigned sum = 0;
    for (const std::byte value : view.data)
        sum += std::to_integer<unsigned>(value);
    return sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const fuzz::InputFile input(data, size);
    const auto file = SafetensorsFile::open(input.path());
    if (!file) {
        fuzz::require(file.error().message.starts_with(input.path()), "an error must begin with the file's name");
        return 0;
    }
    std::size_t bytes = 0;
    volatile unsigned sum = 0;
    for (const auto &[name, view] : file->tensors()) {
        std::size_t elements = 1;
        for (const std::int64_t side : view.shape)
            elements *= static_cast<std::size_t>(side);
        fuzz::require(view.data.size() == elements * dtypeSize(view.dtype), "a view must hold its shape");
        bytes += view.data.size();
        sum = sum + sumOf(view);
    }
    fuzz::require(bytes < size, "the views must fit in the file");
    for (const CheckpointLayout layout : {CheckpointLayout::Original, CheckpointLayout::Hf}) {
        const auto sizes = inferSizes(file->tensors(), layout);
        fuzz::require(sizes.ok() || !sizes.error().message.empty(), "an error must say something");
    }
    return 0;
}
