#pragma once

#include "core/base/export.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow
{

/// One reading of one sensor; a sensor that is absent gives none. Series:
/// "hw.cpu" use of all cores by all programs, %; "hw.cpu_process" share of all cores that this process uses, %;
/// "hw.memory_gb" resident memory of this process; "hw.memory_used" memory of the machine in use, %;
/// "hw.disk_read_mb", "hw.disk_write_mb" of this process, MB/s; "hw.disk_free_gb" where the run's folder is;
/// "hw.gpu" use, %; "hw.gpu_memory_gb", "hw.gpu_memory_total_gb"; "hw.gpu_temperature", degrees C; "hw.gpu_power", W.
struct HardwareReading {
    std::string series;
    double value = 0;
};

/// Reads the machine: /proc, and the first GPU through NVIDIA's management library, which is opened at run time and may
/// be missing. One thread at a time. Rates are over the time since the last call; the first call gives none.
class WINNOW_CORE_API HardwareSampler
{
public:
    /// `folder`: on the disk whose free space counts; empty: none. `proc` is another folder in tests only.
    explicit HardwareSampler(std::string folder = {}, std::string proc = "/proc");
    ~HardwareSampler();
    HardwareSampler(const HardwareSampler &) = delete;
    HardwareSampler &operator=(const HardwareSampler &) = delete;

    std::vector<HardwareReading> sample();
    /// The same at a given time, for tests.
    std::vector<HardwareReading> sample(std::chrono::steady_clock::time_point now);
    bool hasGpu() const { return m_gpu != nullptr; }

private:
    struct Counters {
        std::optional<double> busy; ///< jiffies of all cores
        std::optional<double> all;
        std::optional<double> process; ///< jiffies of this process
        std::optional<double> readBytes;
        std::optional<double> writtenBytes;
    };
    class Gpu;
    Counters counters() const;
    void addMemory(std::vector<HardwareReading> &out) const;

    const std::string m_folder;
    const std::string m_proc;
    std::unique_ptr<Gpu> m_gpu;
    std::optional<Counters> m_last;
    std::chrono::steady_clock::time_point m_lastAt;
};

} // namespace winnow
