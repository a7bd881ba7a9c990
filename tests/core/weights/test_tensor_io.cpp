#include "core/weights/convert_values.h"
#include "core/weights/tensor_io.h"

#include <ATen/ATen.h>

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <vector>

// Values on their way from a mapped file into memory, against the conversion that has no LibTorch in it.
namespace winnow {
namespace {

/// Every pattern of 16 bits, often enough for several stretches of a copy, and a rest.
std::vector<std::byte> patterns(DType dtype)
{
    constexpr std::size_t count = 5 * 65536 + 77;
    const std::size_t size = dtypeSize(dtype);
    std::vector<std::byte> bytes(count * size);
    for (std::size_t i = 0; i < count; ++i) {
        // Wider formats: the pattern in the upper half, and a lower half that decides how a value is rounded.
        const std::uint64_t bits
            = size == 2 ? i : static_cast<std::uint64_t>(static_cast<std::uint32_t>(i) << 16 | (i * 40503 & 0xffff));
        std::memcpy(bytes.data() + i * size, &bits, size);
    }
    return bytes;
}

at::Tensor withoutNan(const at::Tensor &values)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return values.nan_to_num(1, infinity, -infinity);
}

void expectRead(DType from, DType to, std::size_t offset)
{
    const std::vector<std::byte> bytes = patterns(from);
    std::vector<std::byte> mapped(bytes.size() + offset);
    std::memcpy(mapped.data() + offset, bytes.data(), bytes.size());
    const auto count = static_cast<std::int64_t>(bytes.size() / dtypeSize(from));
    const TensorView view{from, {count}, std::span<const std::byte>(mapped).subspan(offset)};
    const at::Tensor read = at::empty({count}, scalarTypeOf(to));
    readInto(read, view);
    const at::Tensor expected = at::empty_like(read);
    convertValues(from, bytes, to, {static_cast<std::byte *>(expected.data_ptr()), expected.nbytes()});
    EXPECT_TRUE(at::equal(read.isnan(), expected.isnan()));
    EXPECT_TRUE(at::equal(withoutNan(read), withoutNan(expected)))
        << dtypeName(from) << " to " << dtypeName(to) << ", " << offset << " bytes off";
}

TEST(TensorIo, ReadsEveryValueOfEveryFormatRoundedOnce)
{
    for (const DType from : {DType::F32, DType::F16, DType::BF16}) {
        for (const DType to : {DType::F64, DType::F32, DType::F16, DType::BF16})
            expectRead(from, to, 0);
    }
}

TEST(TensorIo, ReadsWhatIsNotAligned)
{
    expectRead(DType::BF16, DType::F16, 1);
    expectRead(DType::F32, DType::BF16, 3);
}

TEST(TensorIo, ReadsIntoAPartOfAVectorAndNothingElse)
{
    const std::vector<std::byte> bytes = patterns(DType::BF16);
    const auto count = static_cast<std::int64_t>(bytes.size() / 2);
    const at::Tensor whole = at::full({count + 20}, 7, at::kFloat);
    readInto(whole.narrow(0, 10, count), {DType::BF16, {count}, bytes});
    EXPECT_TRUE((whole.narrow(0, 0, 10) == 7).all().item<bool>());
    EXPECT_TRUE((whole.narrow(0, count + 10, 10) == 7).all().item<bool>());
    EXPECT_EQ(whole[10 + 0x3f80].item<float>(), 1.0f);
}

TEST(TensorIo, AVectorThatIsReadMayLieInLargePages)
{
    const at::Tensor vector = at::ones({1 << 21}, at::kFloat);
    adviseLargePages(vector);
    EXPECT_EQ(vector.sum().item<float>(), static_cast<float>(1 << 21));
}

} // namespace
} // namespace winnow
