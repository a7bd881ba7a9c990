#include "core/run/hardware_recorder.h"

#include "core/store/metric_store.h"

#include <utility>
#include <vector>

namespace winnow {

namespace {

constexpr std::chrono::seconds sensorsEvery{2};

} // namespace

HardwareRecorder::HardwareRecorder(StoreWriter &writer, RunId run, std::string folder) :
    m_writer(writer), m_run(run), m_sampler(std::move(folder)), m_read(std::chrono::steady_clock::now())
{
    m_sampler.sample(); // rates count from here
}

void HardwareRecorder::tick()
{
    if (std::chrono::steady_clock::now() - m_read < sensorsEvery)
        return;
    m_read = std::chrono::steady_clock::now();
    std::vector<MetricRow> rows;
    const std::int64_t now = utcMilliseconds();
    for (HardwareReading &reading : m_sampler.sample())
        rows.push_back({std::move(reading.series), m_step, reading.value, now});
    const std::size_t count = rows.size();
    m_writer.post([run = m_run, rows = std::move(rows)](Database &db) { return MetricStore(db).append(run, rows); },
                  count);
}

void HardwareRecorder::onProgress(std::string_view phase, std::int64_t step, std::int64_t)
{
    if (phase == "training") // scoring counts samples
        m_step = step;
}

} // namespace winnow
