#include "ui/models/selection_model.h"

#include <algorithm>

namespace winnow::ui {

namespace {
constexpr std::size_t undoSteps = 100;
}

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

void SelectionModel::reset(std::size_t samples)
{
    m_selected.assign(samples, 0);
    m_filters.clear();
    m_undo.clear();
    m_redo.clear();
    m_count = 0;
    m_current.reset();
    m_text.clear();
    m_limit.reset();
    touch(nullptr);
}

void SelectionModel::select(const std::vector<std::uint32_t> &indices, How how, QObject *origin, const QString &text,
                            std::optional<double> weightLimit)
{
    m_undo.push_back(state());
    if (m_undo.size() > undoSteps)
        m_undo.erase(m_undo.begin());
    m_redo.clear();
    if (how == How::Replace)
        std::fill(m_selected.begin(), m_selected.end(), std::uint8_t{0});
    for (const std::uint32_t i : indices) {
        if (i >= m_selected.size())
            continue;
        m_selected[i] = how == How::Remove ? 0 : how == How::Toggle ? !m_selected[i] : 1;
    }
    m_text = how == How::Replace ? text : QString();
    m_limit = how == How::Replace ? weightLimit : std::nullopt;
    recount();
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
    touch(origin);
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
    m_undo.push_back(state());
    m_redo.clear();
    m_filters = std::move(filters);
    touch(origin);
}

void SelectionModel::restore(const State &state)
{
    m_selected = state.selected;
    m_filters = state.filters;
    m_text = state.text;
    m_limit = state.limit;
    recount();
    touch(nullptr);
}

bool SelectionModel::undo()
{
    if (m_undo.empty())
        return false;
    m_redo.push_back(state());
    const State back = std::move(m_undo.back());
    m_undo.pop_back();
    restore(back);
    return true;
}

bool SelectionModel::redo()
{
    if (m_redo.empty())
        return false;
    m_undo.push_back(state());
    const State forward = std::move(m_redo.back());
    m_redo.pop_back();
    restore(forward);
    return true;
}

void SelectionModel::recount()
{
    m_count = static_cast<std::size_t>(std::count(m_selected.begin(), m_selected.end(), std::uint8_t{1}));
}

void SelectionModel::touch(QObject *origin)
{
    m_origin = origin;
    if (!m_timer.isActive())
        m_timer.start();
}

} // namespace winnow::ui
