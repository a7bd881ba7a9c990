#include "core/model/model_loader.h"

#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/weights/convert_values.h"
#include "core/weights/tensor_io.h"

#include <ATen/ATen.h>

#include <fstream>

namespace winnow {
namespace {

/// Tensors of the -hf layout by on-disk name, as views of the flat vector.
std::map<std::string, at::Tensor> hfTensors(const InternVL &model, const ParameterSet &parameters)
{
    std::map<std::string, at::Tensor> tensors;
    for (const ParameterSlot &slot : model.layout()->named()) {
        const at::Tensor tensor = parameters.named(slot);
        const std::vector<std::string> names = diskNames(slot.name, CheckpointLayout::Hf);
        const auto parts = tensor.chunk(static_cast<std::int64_t>(names.size()), 0);
        for (std::size_t i = 0; i < names.size(); ++i)
            tensors[names[i]] = parts[i];
    }
    return tensors;
}

double initialScale(const std::string &name, bool &constant)
{
    const auto endsWith = [&](std::string_view text) { return name.ends_with(text); };
    constant = true;
    if (endsWith(".ls1") || endsWith(".ls2"))
        return 0.1;
    if (endsWith("norm1.weight") || endsWith("norm2.weight") || endsWith("layernorm.weight") || endsWith("norm.weight")
        || endsWith("mlp1.0.weight"))
        return 1.0;
    if (endsWith(".bias"))
        return 0.0;
    constant = false;
    return 0.02;
}

} // namespace

Result<LoadedModel> loadModel(const std::string &folder, at::ScalarType dtype)
{
    WINNOW_ASSIGN(const CheckpointFiles files, CheckpointFiles::open(folder));
    if (!files.config())
        return Error{folder + " holds no config.json; copy the model's config.json beside its weights."};
    WINNOW_ASSIGN(const std::vector<TensorToLoad> plan, files.plan());
    LoadedModel loaded;
    loaded.model = std::make_unique<InternVL>(*files.config(), files.tied());
    const auto &layout = loaded.model->layout();
    at::Tensor flat = at::empty({layout->size()}, dtype);
    loaded.parameters = ParameterSet::fromFlat(layout, flat);
    std::map<std::string, const TensorToLoad *> sources;
    for (const TensorToLoad &tensor : plan)
        sources[tensor.source.internalName] = &tensor;
    for (const ParameterSlot &slot : layout->named()) {
        const auto source = sources.find(slot.name);
        if (source == sources.end())
            return Error{folder + ": the checkpoint has no tensor " + slot.name + "."};
        at::Tensor target = loaded.parameters.named(slot);
        const auto parts = target.chunk(static_cast<std::int64_t>(source->second->views.size()), 0);
        for (std::size_t i = 0; i < source->second->views.size(); ++i)
            readInto(parts[i], source->second->views[i]);
    }
    adviseLargePages(flat);
    return loaded;
}

Result<LoadedModel> initializeModel(const std::string &configJson, std::uint64_t seed, at::ScalarType dtype)
{
    WINNOW_ASSIGN(const InternVLConfig config, InternVLConfig::fromJson(configJson, "config.json"));
    LoadedModel made;
    made.model = std::make_unique<InternVL>(config, config.language.tied);
    const auto &layout = made.model->layout();
    at::Tensor values = at::empty({layout->size()}, at::kFloat);
    float *data = values.data_ptr<float>();
    std::uint64_t index = 0;
    for (const ParameterSlot &slot : layout->named()) {
        bool constant = false;
        const double scale = initialScale(slot.name, constant);
        Random random(seed, RandomStream::ModelInit, {index++});
        for (std::int64_t i = 0; i < slot.count(); ++i)
            data[slot.offset + i] = static_cast<float>(constant ? scale : scale * random.normal());
    }
    made.parameters = ParameterSet::fromFlat(layout, values.to(dtype));
    return made;
}

Status saveModel(const std::string &folder, const InternVL &model, const ParameterSet &parameters)
{
    WINNOW_TRY(writeTensors(folder + "/model.safetensors", hfTensors(model, parameters), {{"format", "pt"}}));
    InternVLConfig config = model.config();
    config.language.tied = model.layout()->tied();
    config.dtype = transformersDtype(dtypeOf(parameters.flat.scalar_type()));
    const std::string path = folder + "/config.json";
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << config.toHfJson();
    file.close();
    if (!file)
        return Error{"Could not write " + path + "; check the free space and the permissions of its folder."};
    return {};
}

std::string weightsSha256(const InternVL &model, const ParameterSet &parameters)
{
    Sha256 hash;
    const auto addText = [&](const std::string &text) { hash.update(std::as_bytes(std::span(text.data(), text.size()))); };
    for (const auto &[name, tensor] : hfTensors(model, parameters)) {
        const at::Tensor bytes = tensor.to(at::kCPU).contiguous();
        std::string head = name + "\n" + std::string(dtypeName(dtypeOf(bytes.scalar_type()))) + "\n";
        for (const std::int64_t size : bytes.sizes())
            head += std::to_string(size) + ",";
        addText(head + "\n");
        hash.update({static_cast<const std::byte *>(bytes.const_data_ptr()), static_cast<std::size_t>(bytes.nbytes())});
    }
    return hash.hex();
}

} // namespace winnow
