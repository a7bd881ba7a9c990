#include "core/weights/checkpoint_files.h"

#include <cmath>
#include <numeric>

namespace winnow {

namespace {

constexpr std::int64_t maxSize = 10'000'000; // keeps products inside 64 bits; no model comes near

/// Looks tensors up by internal name and keeps the first name that was not there.
class ShapeReader {
public:
    ShapeReader(const std::map<std::string, TensorView> &tensors, CheckpointLayout layout)
        : m_tensors(tensors), m_layout(layout)
    {
    }

    bool has(const std::string &internalName) const
    {
        return m_tensors.contains(diskNames(internalName, m_layout).front());
    }

    /// Size of one dimension; 1 after a failure.
    std::int64_t size(const std::string &internalName, std::size_t rank, std::size_t dimension)
    {
        const std::string name = diskNames(internalName, m_layout).front();
        const auto found = m_tensors.find(name);
        if (found != m_tensors.end() && found->second.shape.size() == rank && found->second.shape[dimension] > 0
            && found->second.shape[dimension] <= maxSize)
            return found->second.shape[dimension];
        if (m_problem.empty())
            m_problem = "tensor '" + name + (found == m_tensors.end() ? "' is missing" : "' has an unexpected shape");
        return 1;
    }

    int layers(const std::string &before, const std::string &after) const
    {
        int count = 0;
        while (has(before + std::to_string(count) + after))
            ++count;
        return count;
    }

    void refuse(const std::string &problem)
    {
        if (m_problem.empty())
            m_problem = problem;
    }
    const std::string &problem() const { return m_problem; }

private:
    const std::map<std::string, TensorView> &m_tensors;
    CheckpointLayout m_layout;
    std::string m_problem;
};

void inferVision(ShapeReader &shapes, InternVLConfig::Vision &vision)
{
    const std::string embeddings = "vision_model.embeddings.";
    const std::string layer = "vision_model.encoder.layers.0.";
    vision.hidden = static_cast<int>(shapes.size(embeddings + "class_embedding", 3, 2));
    vision.patchSize = static_cast<int>(shapes.size(embeddings + "patch_embedding.weight", 4, 2));
    const std::int64_t patches = shapes.size(embeddings + "position_embedding", 3, 1) - 1;
    const auto grid = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(patches))));
    if (grid < 1 || grid * grid != patches || grid * vision.patchSize > maxSize)
        shapes.refuse("the position embedding is not one of a square picture");
    else
        vision.imageSize = static_cast<int>(grid * vision.patchSize);
    vision.layers = shapes.layers("vision_model.encoder.layers.", ".norm1.weight");
    vision.mlp = static_cast<int>(shapes.size(layer + "mlp.fc1.weight", 2, 0));
    vision.rmsNorm = !shapes.has(layer + "norm1.bias");
    vision.qkvBias = shapes.has(layer + "attn.qkv.bias");
    vision.qkNorm = shapes.has(layer + "attn.q_norm.weight");
    vision.heads = 1;
    vision.dropPathRate = 0.0;
}

void inferLanguage(ShapeReader &shapes, InternVLConfig::Language &language)
{
    const std::string layer = "language_model.model.layers.0.";
    language.vocab = static_cast<int>(shapes.size("language_model.model.embed_tokens.weight", 2, 0));
    language.hidden = static_cast<int>(shapes.size("language_model.model.embed_tokens.weight", 2, 1));
    language.layers = shapes.layers("language_model.model.layers.", ".input_layernorm.weight");
    language.mlp = static_cast<int>(shapes.size(layer + "mlp.gate_proj.weight", 2, 0));
    const std::int64_t queries = shapes.size(layer + "self_attn.q_proj.weight", 2, 0);
    const std::int64_t keys = shapes.size(layer + "self_attn.k_proj.weight", 2, 0);
    // Any head width that divides both fits the shapes.
    language.headDim = static_cast<int>(std::gcd(queries, keys));
    language.heads = static_cast<int>(queries / language.headDim);
    language.kvHeads = static_cast<int>(keys / language.headDim);
}

} // namespace

Result<InternVLConfig> inferSizes(const std::map<std::string, TensorView> &tensors, CheckpointLayout layout)
{
    ShapeReader shapes(tensors, layout);
    InternVLConfig config;
    inferVision(shapes, config.vision);
    inferLanguage(shapes, config.language);
    if (!shapes.problem().empty())
        return Error{shapes.problem()};
    return config;
}

} // namespace winnow
