#include "core/model/internvl.h"

#include "core/model/step_part.h"

#include <ATen/ATen.h>

namespace winnow {

InternVL::InternVL(const InternVLConfig &config, bool tied)
    : m_config(config), m_layout(std::make_shared<ParameterLayout>(config, tied)), m_vision(config, *m_layout),
      m_projector(*m_layout), m_language(config, *m_layout)
{
}

at::Tensor InternVL::imageFeatures(const ParameterSet &parameters, const at::Tensor &pixels,
                                   ComputeForm attention, const at::Tensor &branchFactors) const
{
    const StepPart part(StepPart::vision);
    const std::int64_t patch = m_config.vision.patchSize;
    return m_projector.forward(parameters, m_vision.forward(parameters, pixels, attention, branchFactors),
                               pixels.size(2) / patch, pixels.size(3) / patch);
}

at::Tensor InternVL::inputEmbeddings(const ParameterSet &parameters, const PackedBatch &batch,
                                     ComputeForm attention) const
{
    const std::int64_t imageToken = m_config.imageToken.value_or(-1);
    const at::Tensor text = m_language.embed(parameters, batch.ids, imageToken);
    if (!batch.pixels.defined())
        return text;
    const at::Tensor rows = imageFeatures(parameters, batch.pixels, attention, batch.branchFactors).flatten(0, 1);
    TORCH_CHECK(rows.size(0) == batch.imageRows.size(0), "the batch holds ", batch.imageRows.size(0),
                " image tokens, but its tiles give ", rows.size(0), " image rows");
    return text.index_copy(0, batch.imageRows, rows);
}

at::Tensor InternVL::siteLogits(const ParameterSet &parameters, const PackedBatch &batch, ComputeForm attention) const
{
    const at::Tensor x = inputEmbeddings(parameters, batch, attention);
    const StepPart part(StepPart::language);
    return m_language.logits(parameters, m_language.hiddenAtSites(parameters, x, batch, attention));
}

} // namespace winnow
