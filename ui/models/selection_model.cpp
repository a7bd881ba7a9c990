#include "ui/models/selection_model.h"

#include <algorithm>

namespace winnow::ui {

namespace {

QByteArray packed(const std::vector<std::uint8_t> &mask)
{
    QByteArray bits(static_cast<qsizetype>((mask.size() + 7) / 8), 0);
    char *out = bits.data();
    std::size_t i = 0;
    for (; i + 8 <= mask.size(); i += 8) {
        unsigned byte = 0;
        for (std::size_t k = 0; k < 8; ++k)
            byte |= static_cast<unsigned>(mask[i + k] != 0) << k;
        out[i / 8] = static_cast<char>(byte);
    }
    for (; i < mask.size(); ++i)
        out[i / 8] = static_cast<char>(out[i / 8] | (mask[i] != 0 ? 1 << (i % 8) : 0));
    return qCompress(bits, 1);
}

std::vector<std::uint8_t> unpacked(const QByteArray &compressed, std::size_t size)
{
    const QByteArray bits = qUncompress(compressed);
    const char *in = bits.constData();
    std::vector<std::uint8_t> mask(size);
    for (std::size_t i = 0; i < size && i / 8 < static_cast<std::size_t>(bits.size()); ++i)
        mask[i] = (in[i / 8] >> (i % 8)) & 1;
    return mask;
}

} // namespace

/// One step of undo over filters and selection. It is made after the change, so the first redo() has nothing to do.
class SelectionModel::Change : public QUndoCommand {
public:
    Change(SelectionModel &model, const QString &text, State before)
        : QUndoCommand(text), m_model(model), m_before(std::move(before)), m_after(model.state())
    {
    }
    void undo() override { m_model.restore(m_before); }
    void redo() override
    {
        if (m_done)
            m_model.restore(m_after);
        m_done = true;
    }

private:
    SelectionModel &m_model;
    State m_before;
    State m_after;
    bool m_done = false;
};

SelectionModel::SelectionModel(QObject *parent)
    : QObject(parent), m_selected(std::make_shared<const std::vector<std::uint8_t>>())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(16);
    connect(&m_timer, &QTimer::timeout, this, &SelectionModel::changed);
}

SelectionModel::How SelectionModel::howOf(Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ShiftModifier)
        return How::Add;
    if (modifiers & Qt::AltModifier)
        return How::Remove;
    return modifiers & Qt::ControlModifier ? How::Toggle : How::Replace;
}

SelectionModel::State SelectionModel::state() const
{
    return {m_packed, m_filters, m_text, m_limit};
}

void SelectionModel::reset(std::size_t samples)
{
    setMask(std::vector<std::uint8_t>(samples));
    m_filters.clear();
    m_stack.clear();
    m_current.reset();
    m_text.clear();
    m_limit.reset();
    touch(nullptr);
}

void SelectionModel::select(const std::vector<std::uint32_t> &indices, How how, QObject *origin, const QString &text,
                            std::optional<double> weightLimit)
{
    std::vector<std::uint8_t> mask(size());
    for (const std::uint32_t i : indices)
        if (i < mask.size())
            mask[i] = 1;
    selectMask(std::move(mask), how, origin, text, weightLimit);
}

void SelectionModel::selectMask(std::vector<std::uint8_t> indices, How how, QObject *origin, const QString &text,
                                std::optional<double> weightLimit)
{
    indices.resize(size());
    if (how == How::Replace)
        return selectMask(std::move(indices), origin, text, weightLimit);
    const std::vector<std::uint8_t> &now = *m_selected;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const bool named = indices[i] != 0;
        const bool before = now[i] != 0;
        indices[i] = (how == How::Add ? before || named : how == How::Remove ? before && !named : before != named) ? 1 : 0;
    }
    selectMask(std::move(indices), origin);
}

void SelectionModel::selectMask(std::vector<std::uint8_t> selected, QObject *origin, const QString &text,
                                std::optional<double> weightLimit)
{
    State before = state();
    selected.resize(size());
    setMask(std::move(selected));
    m_text = text;
    m_limit = weightLimit;
    m_stack.push(new Change(*this, tr("selection of %n samples", nullptr, static_cast<int>(m_count)), std::move(before)));
    touch(origin);
}

void SelectionModel::clearSelection(QObject *origin)
{
    if (m_count > 0)
        select({}, How::Replace, origin);
}

void SelectionModel::setCurrent(std::optional<std::size_t> index, QObject *origin)
{
    if (index == m_current || (index && *index >= size()))
        return;
    m_current = index;
    touch(origin, true);
}

void SelectionModel::setIteration(double step, QObject *origin)
{
    if (step == m_iteration)
        return;
    m_iteration = step;
    touch(origin);
}

void SelectionModel::setFilters(std::vector<Filter> filters, QObject *origin)
{
    State before = state();
    m_filters = std::move(filters);
    m_stack.push(new Change(*this, tr("filter"), std::move(before)));
    touch(origin);
}

void SelectionModel::restore(const State &state)
{
    setMask(unpacked(state.selected, size()));
    m_filters = state.filters;
    m_text = state.text;
    m_limit = state.limit;
    touch(nullptr);
}

bool SelectionModel::undo()
{
    const bool can = m_stack.canUndo();
    m_stack.undo();
    return can;
}

bool SelectionModel::redo()
{
    const bool can = m_stack.canRedo();
    m_stack.redo();
    return can;
}

void SelectionModel::setMask(std::vector<std::uint8_t> mask)
{
    m_count = 0;
    for (const std::uint8_t one : mask)
        m_count += one;
    m_packed = packed(mask);
    m_selected = std::make_shared<const std::vector<std::uint8_t>>(std::move(mask));
}

void SelectionModel::touch(QObject *origin, bool onlyCurrent)
{
    m_origin = origin;
    m_revision += onlyCurrent ? 0 : 1;
    if (!m_timer.isActive())
        m_timer.start();
}

} // namespace winnow::ui
