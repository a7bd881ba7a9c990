#pragma once

#include "core/model/internvl_config.h"
#include "core/model/parameter_tap.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace winnow {

/// Where a tensor lies in the flat parameter vector.
struct ParameterSlot {
    std::string name;
    std::vector<std::int64_t> shape;
    std::int64_t offset = 0; ///< in elements
    std::int64_t count() const;
};

/// How all parameters of a model lie in one flat vector, so that clipping, AdamW, perturbation and dot products are
/// single passes over memory. Two views of the same memory exist:
///   - `named`: the tensors of the internal checkpoint layout (checkpoint_names.h);
///   - `leaves`: what the forward pass multiplies with. Tensors that are used together are neighbours in memory and
///     form one leaf: q, k, v of the language model, and gate, up.
class ParameterLayout {
public:
    ParameterLayout(const InternVLConfig &config, bool tied);

    std::int64_t size() const { return m_size; }
    bool tied() const { return m_tied; }
    const std::vector<ParameterSlot> &named() const { return m_named; }
    const std::vector<ParameterSlot> &leaves() const { return m_leaves; }
    /// Index of a leaf; the name must exist.
    std::size_t leafIndex(const std::string &name) const;
    /// Leaf that turns hidden states into logits: lm_head, or the embedding where the two are tied.
    std::size_t headIndex() const;
    std::size_t embeddingIndex() const { return leafIndex("language_model.model.embed_tokens.weight"); }
    bool hasLeaf(const std::string &name) const { return m_leafIndex.contains(name); }

private:
    void addNamed(const std::string &name, std::vector<std::int64_t> shape);
    void addLeaf(const std::string &name, std::vector<std::int64_t> shape, std::int64_t offset);
    void addBoth(const std::string &name, std::vector<std::int64_t> shape);
    void addVision(const InternVLConfig &config);
    void addLanguage(const InternVLConfig &config);

    std::vector<ParameterSlot> m_named;
    std::vector<ParameterSlot> m_leaves;
    std::map<std::string, std::size_t> m_leafIndex;
    std::int64_t m_size = 0;
    bool m_tied = false;
};

/// The flat vector [P] and its leaves as views. Copies share memory.
struct ParameterSet {
    std::shared_ptr<const ParameterLayout> layout;
    at::Tensor flat;
    std::vector<at::Tensor> leaves;
    ParameterTap *tap = nullptr; ///< sees the uses of the leaves in a backward pass, instead of their gradients

    static ParameterSet fromFlat(std::shared_ptr<const ParameterLayout> layout, const at::Tensor &flat);
    /// The same memory with leaves of its own that require gradients: each worker thread differentiates its own.
    ParameterSet trainable() const;
    /// The tensor of a named slot, a view.
    at::Tensor named(const ParameterSlot &slot) const;
    const at::Tensor &leaf(std::size_t index) const { return leaves[index]; }
};

/// What a forward pass in `type` multiplies with: `held` itself where that is its type, else leaves rounded to it in one
/// pass over memory into `buffer`, which is made at the first use and must not be changed while the set is in use. The
/// embedding and the output head stay as they are held: logits a bf16 step apart would hide what a weight changes, and a
/// frequent token's gradient is a sum of many small values. `flat` stays what it is.
ParameterSet inType(const ParameterSet &held, at::ScalarType type, at::Tensor &buffer);

/// Concatenates per-leaf gradients into a flat vector [P]; undefined gradients count as 0.
void flattenGradients(const ParameterLayout &layout, const std::vector<at::Tensor> &gradients, at::Tensor &flat);
/// The same, added to what is there.
void addGradients(const ParameterLayout &layout, const std::vector<at::Tensor> &gradients, at::Tensor &flat);

} // namespace winnow
