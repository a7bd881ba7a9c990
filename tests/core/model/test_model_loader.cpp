#include "core/base/random.h"
#include "core/model/model_loader.h"
#include "core/weights/convert_values.h"
#include "core/weights/tensor_io.h"
#include "tests/core/weights/weights_fixtures.h"

#include <ATen/ATen.h>

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

// Checkpoints straight into a dtype of memory, and back to disk.
namespace winnow
{
namespace
{

using namespace test;

LoadedModel loaded(const std::string &folder, at::ScalarType dtype)
{
    auto model = loadModel(folder, dtype);
    if (!model)
        throw std::runtime_error(model.error().message);
    return std::move(model).value();
}

TEST(ModelLoader, EveryDiskDtypeIntoEveryMemoryDtype)
{
    TemporaryFolder folder;
    const std::string golden = std::string(WINNOW_GOLDEN_DIR) + "/model/tiny-a-hf";
    const at::Tensor values = loaded(golden, at::kFloat).parameters.flat;
    for (const DType disk : {DType::F32, DType::F16, DType::BF16}) {
        const std::string path = folder.path(std::string(dtypeName(disk)));
        std::filesystem::copy(golden, path);
        // Rounded by LibTorch, not by our own converter.
        std::map<std::string, at::Tensor> tensors = *readTensors(golden + "/model.safetensors");
        for (auto &[name, tensor] : tensors)
            tensor = tensor.to(scalarTypeOf(disk));
        ASSERT_TRUE(writeTensors(path + "/model.safetensors", tensors));
        const at::Tensor stored = values.to(scalarTypeOf(disk));
        for (const at::ScalarType memory : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16}) {
            const LoadedModel model = loaded(path, memory);
            EXPECT_EQ(model.parameters.flat.scalar_type(), memory);
            EXPECT_TRUE(at::equal(model.parameters.flat, stored.to(memory))) << dtypeName(disk) << " to " << memory;
        }
    }
}

TEST(ModelLoader, ConvertsAsLibTorchRounds)
{
    at::Tensor values = at::empty({100000}, at::kDouble);
    Random random(3, RandomStream::ModelInit, {0});
    for (std::int64_t i = 0; i < values.numel(); ++i)
        values.data_ptr<double>()[i] = random.normal() * std::pow(2.0, static_cast<double>(i % 40) - 28.0);
    const at::Tensor singles = values.to(at::kFloat);
    for (const DType to : {DType::F16, DType::BF16}) {
        at::Tensor ours = at::empty_like(singles, scalarTypeOf(to));
        convertValues(DType::F32, {static_cast<const std::byte *>(singles.const_data_ptr()), singles.nbytes()}, to,
                      {static_cast<std::byte *>(ours.data_ptr()), ours.nbytes()});
        EXPECT_TRUE(at::equal(ours, singles.to(scalarTypeOf(to)))) << dtypeName(to);
    }
}

TEST(ModelLoader, SavesInTheDtypeOfTheParametersAndNamesIt)
{
    TemporaryFolder folder;
    const std::string golden = std::string(WINNOW_GOLDEN_DIR) + "/model/tiny-b-hf";
    for (const auto &[dtype, name] : {std::pair{at::kDouble, "float64"},
                                      {at::kFloat, "float32"},
                                      {at::kHalf, "float16"},
                                      {at::kBFloat16, "bfloat16"}}) {
        const LoadedModel model = loaded(golden, dtype);
        std::filesystem::create_directory(folder.path(name));
        ASSERT_TRUE(saveModel(folder.path(name), *model.model, model.parameters));
        const auto files = CheckpointFiles::open(folder.path(name));
        ASSERT_TRUE(files) << files.error().message;
        EXPECT_FALSE(files->problem());
        EXPECT_EQ(files->config()->dtype, name);
        const LoadedModel again = loaded(folder.path(name), dtype);
        EXPECT_TRUE(at::equal(again.parameters.flat, model.parameters.flat));
    }
}

} // namespace
} // namespace winnow
