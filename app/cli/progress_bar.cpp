#include "app/cli/progress_bar.h"

#include "app/cli/text_table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace winnow::cli
{

namespace
{

using namespace std::chrono_literals;

constexpr auto repaintEvery = 100ms;
constexpr auto plainLineEvery = 10s;
constexpr std::int64_t barWidth = 24;

std::size_t terminalWidth()
{
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

ProgressBar::ProgressBar(bool lines) : m_terminal(!lines && isatty(STDERR_FILENO) == 1), m_lines(lines) { }

std::string ProgressBar::describe(const std::string &phase, std::int64_t step, std::int64_t total,
                                  const Phase &state) const
{
    std::string text;
    if (m_terminal && total > 0) {
        const std::int64_t full = std::clamp<std::int64_t>(step * barWidth / total, 0, barWidth);
        text = "[" + std::string(static_cast<std::size_t>(full), '#')
            + std::string(static_cast<std::size_t>(barWidth - full), '.') + "] ";
    }
    text += phase + " " + std::to_string(step) + "/" + std::to_string(total);
    if (!m_loss.empty() && phase == "training")
        text += "  loss " + m_loss;
    const double elapsed = std::chrono::duration<double>(Clock::now() - state.begun).count();
    const std::int64_t done = step - state.firstStep;
    if (done > 0 && step < total)
        text += "  left " + durationText(elapsed / static_cast<double>(done) * static_cast<double>(total - step));
    return text;
}

void ProgressBar::onProgress(std::string_view phase, std::int64_t step, std::int64_t total)
{
    const Clock::time_point now = Clock::now();
    auto place = m_phases.find(phase);
    if (place == m_phases.end() || step < place->second.lastStep)
        place = m_phases.insert_or_assign(std::string(phase), Phase{now, step, step}).first;
    place->second.lastStep = step;
    const bool changed = m_phase != phase;
    const bool ended = step >= total;
    m_phase = phase;
    if (m_lines) {
        if (!changed && !ended && now - m_painted < repaintEvery)
            return;
        std::cerr << "progress " << step << "/" << total << " " << m_phase << std::endl;
    } else if (m_terminal) {
        if (!changed && !ended && now - m_painted < repaintEvery)
            return;
        std::cerr << "\r\x1b[K"
                  << shortened(describe(m_phase, step, total, place->second),
                               std::max<std::size_t>(terminalWidth(), 10) - 1)
                  << std::flush;
        m_open = true;
    } else {
        // Evaluations begin and end often; their lines would drown the others.
        if (now - m_painted < plainLineEvery && !(ended && m_phase.ends_with("training")))
            return;
        std::cerr << describe(m_phase, step, total, place->second) << std::endl;
    }
    m_painted = now;
}

void ProgressBar::onMetrics(std::int64_t, std::span<const MetricPoint> points)
{
    for (const MetricPoint &point : points)
        if (point.series == "loss.train")
            m_loss = fixedText(point.value);
}

void ProgressBar::onCheckpoint(const CheckpointInfo &checkpoint)
{
    if (!m_terminal)
        line("checkpoint of step " + std::to_string(checkpoint.step) + ": " + checkpoint.folder);
}

void ProgressBar::onEvent(EventLevel level, std::int64_t step, std::string_view text)
{
    if (level == EventLevel::Info)
        return;
    line((level == EventLevel::Error ? "error" : "warning") + (step >= 0 ? " at step " + std::to_string(step) : "")
         + ": " + plainLine(text));
}

void ProgressBar::line(const std::string &text)
{
    finish();
    std::cerr << text << std::endl;
}

void ProgressBar::finish()
{
    if (m_open)
        std::cerr << std::endl;
    m_open = false;
}

} // namespace winnow::cli
