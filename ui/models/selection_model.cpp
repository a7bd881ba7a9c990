#include "ui/models/selection_model.h"

#include <algorithm>

namespace winnow::ui {

namespace {

QByteArray packed(const std::vector<std::uint8_t> &mask)
{
    QByteArray bits(static_cast<qsizetype>((mask.size() + 7) / 8), 0);
    char *out = bits.data();
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask[i])
            out[i / 8] = static_cast<char>(out[i / 8] | (1 << (i % 8)));
    return qCompress(bits, 1);
}

void unpack(const QByteArray &compressed, std::vector<std::uint8_t> &mask)
{
    const QByteArray bits = qUncompress(compressed);
    for (std::size_t i = 0; i < mask.size(); ++i)
        mask[i] = (bits[static_cast<qsizetype>(i / 8)] >> (i % 8)) & 1;
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

SelectionModel::SelectionModel(QObject *parent) : QObject(parent)
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
    return {packed(m_selected), m_filters, m_text, m_limit};
}

void SelectionModel::reset(std::size_t samples)
{
    m_selected.assign(samples, 0);
    m_filters.clear();
    m_stack.clear();
    m_count = 0;
    m_current.reset();
    m_text.clear();
    m_limit.reset();
    touch(nullptr);
}

void SelectionModel::select(const std::vector<std::uint32_t> &indices, How how, QObject *origin, const QString &text,
                            std::optional<double> weightLimit)
{
    std::vector<std::uint8_t> mask = how == How::Replace ? std::vector<std::uint8_t>(m_selected.size()) : m_selected;
    for (const std::uint32_t i : indices) {
        if (i >= mask.size())
            continue;
        mask[i] = how == How::Remove ? 0 : how == How::Toggle ? !mask[i] : 1;
    }
    selectMask(std::move(mask), origin, how == How::Replace ? text : QString(),
               how == How::Replace ? weightLimit : std::nullopt);
}

void SelectionModel::selectMask(std::vector<std::uint8_t> selected, QObject *origin, const QString &text,
                                std::optional<double> weightLimit)
{
    State before = state();
    selected.resize(m_selected.size());
    m_selected = std::move(selected);
    m_text = text;
    m_limit = weightLimit;
    recount();
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
    if (index == m_current || (index && *index >= m_selected.size()))
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
    unpack(state.selected, m_selected);
    m_filters = state.filters;
    m_text = state.text;
    m_limit = state.limit;
    recount();
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

void SelectionModel::recount()
{
    m_count = static_cast<std::size_t>(std::count(m_selected.begin(), m_selected.end(), std::uint8_t{1}));
}

void SelectionModel::touch(QObject *origin, bool onlyCurrent)
{
    m_origin = origin;
    m_revision += onlyCurrent ? 0 : 1;
    if (!m_timer.isActive())
        m_timer.start();
}

} // namespace winnow::ui
