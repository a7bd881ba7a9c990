#include "app/cli/demo/base_start.h"

#include "core/base/random.h"
#include "core/weights/safetensors_file.h"

#include <cstring>
#include <vector>

namespace winnow::cli {
namespace {

constexpr std::int32_t byteTokens = 256; ///< the same ids in every tokenizer of this kind
constexpr double newRowDeviation = 0.02; ///< the config's initializer_range

bool isVocabularyTensor(const std::string &name)
{
    return name.ends_with("embed_tokens.weight") || name.ends_with("lm_head.weight");
}

/// Row of `old` that token `id` of `now` had; -1: none.
std::int32_t oldRow(const Tokenizer &old, const Tokenizer &now, std::int32_t id)
{
    if (id < byteTokens)
        return id;
    const std::int32_t ids[] = {id};
    return old.tokenId(now.decode(ids)).value_or(-1);
}

std::vector<std::byte> rowsByText(const TensorView &tensor, const Tokenizer &old, const Tokenizer &now, Random &random)
{
    const auto width = static_cast<std::size_t>(tensor.shape[1]);
    const std::size_t rowBytes = width * sizeof(float);
    std::vector<std::byte> data(static_cast<std::size_t>(now.vocabularySize()) * rowBytes);
    for (std::int32_t id = 0; id < now.vocabularySize(); ++id) {
        std::byte *row = data.data() + static_cast<std::size_t>(id) * rowBytes;
        const std::int32_t from = oldRow(old, now, id);
        if (from >= 0 && from < tensor.shape[0]) {
            std::memcpy(row, tensor.data.data() + static_cast<std::size_t>(from) * rowBytes, rowBytes);
            continue;
        }
        for (std::size_t i = 0; i < width; ++i) {
            const auto value = static_cast<float>(newRowDeviation * random.normal());
            std::memcpy(row + i * sizeof(float), &value, sizeof(float));
        }
    }
    return data;
}

} // namespace

Status writeBaseStart(const std::string &from, const Tokenizer &tokenizer, std::uint64_t seed, const std::string &folder)
{
    WINNOW_ASSIGN(const Tokenizer old, Tokenizer::load(from));
    const std::string path = from + "/model.safetensors";
    WINNOW_ASSIGN(const SafetensorsFile file, SafetensorsFile::open(path));
    Random random(seed, RandomStream::ModelInit);
    std::vector<std::vector<std::byte>> made;
    std::vector<TensorToWrite> tensors;
    made.reserve(2); // the views below point into it
    for (const auto &[name, tensor] : file.tensors()) {
        if (!isVocabularyTensor(name)) {
            tensors.push_back({name, tensor.dtype, tensor.shape, tensor.data});
            continue;
        }
        if (tensor.dtype != DType::F32 || tensor.shape.size() != 2 || made.size() == 2)
            return Error{path + ": " + name + " must be a float32 matrix, and there may be one embedding and one output "
                                              "head; start from a folder that winnow demo --make-base wrote."};
        made.push_back(rowsByText(tensor, old, tokenizer, random));
        tensors.push_back({name, DType::F32, {tokenizer.vocabularySize(), tensor.shape[1]}, made.back()});
    }
    return writeSafetensors(folder + "/model.safetensors", std::move(tensors));
}

} // namespace winnow::cli
