#include "core/run/hardware_sampler.h"

#include <dlfcn.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace winnow
{

namespace
{

constexpr double gigabyte = 1e9;
constexpr double megabyte = 1e6;

std::string textOf(const std::string &path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The number after "name:" at the beginning of a line.
std::optional<double> field(const std::string &text, const std::string &name)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.rfind(name + ":", 0) == 0) {
            std::istringstream number(line.substr(name.size() + 1));
            if (double value = 0; number >> value)
                return value;
        }
    return std::nullopt;
}

std::optional<double> rate(std::optional<double> now, std::optional<double> before, double per)
{
    return now && before && *now >= *before && per > 0 ? std::optional((*now - *before) / per) : std::nullopt;
}

void add(std::vector<HardwareReading> &out, const char *series, std::optional<double> value)
{
    if (value)
        out.push_back({series, *value});
}

} // namespace

/// The few functions of NVML that are used, as its header declares them; success is 0.
class HardwareSampler::Gpu
{
public:
    static std::unique_ptr<Gpu> open()
    {
        void *library = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
        if (!library)
            return nullptr;
        std::unique_ptr<Gpu> gpu(new Gpu(library));
        if (!gpu->m_utilization || !gpu->m_memory || !gpu->m_temperature || !gpu->m_power || !gpu->start())
            return nullptr;
        return gpu;
    }
    ~Gpu()
    {
        if (m_started && m_shutdown)
            m_shutdown();
        dlclose(m_library);
    }
    Gpu(const Gpu &) = delete;
    Gpu &operator=(const Gpu &) = delete;

    void add(std::vector<HardwareReading> &out) const
    {
        Utilization use{};
        if (m_utilization(m_device, &use) == 0)
            out.push_back({"hw.gpu", static_cast<double>(use.gpu)});
        Memory memory{};
        if (m_memory(m_device, &memory) == 0) {
            out.push_back({"hw.gpu_memory_gb", static_cast<double>(memory.used) / gigabyte});
            out.push_back({"hw.gpu_memory_total_gb", static_cast<double>(memory.total) / gigabyte});
        }
        unsigned value = 0;
        if (m_temperature(m_device, 0, &value) == 0)
            out.push_back({"hw.gpu_temperature", static_cast<double>(value)});
        if (m_power(m_device, &value) == 0)
            out.push_back({"hw.gpu_power", static_cast<double>(value) / 1000});
    }

private:
    struct Utilization {
        unsigned gpu;
        unsigned memory;
    };
    struct Memory {
        unsigned long long total;
        unsigned long long free;
        unsigned long long used;
    };

    explicit Gpu(void *library) : m_library(library)
    {
        load(m_init, "nvmlInit_v2");
        load(m_shutdown, "nvmlShutdown");
        load(m_handle, "nvmlDeviceGetHandleByIndex_v2");
        load(m_utilization, "nvmlDeviceGetUtilizationRates");
        load(m_memory, "nvmlDeviceGetMemoryInfo");
        load(m_temperature, "nvmlDeviceGetTemperature");
        load(m_power, "nvmlDeviceGetPowerUsage");
    }
    template <typename Function>
    void load(Function &function, const char *name)
    {
        function = reinterpret_cast<Function>(dlsym(m_library, name));
    }
    bool start()
    {
        m_started = m_init && m_init() == 0;
        return m_started && m_handle && m_handle(0, &m_device) == 0;
    }

    void *m_library;
    void *m_device = nullptr;
    bool m_started = false;
    int (*m_init)() = nullptr;
    int (*m_shutdown)() = nullptr;
    int (*m_handle)(unsigned, void **) = nullptr;
    int (*m_utilization)(void *, Utilization *) = nullptr;
    int (*m_memory)(void *, Memory *) = nullptr;
    int (*m_temperature)(void *, int, unsigned *) = nullptr;
    int (*m_power)(void *, unsigned *) = nullptr;
};

HardwareSampler::HardwareSampler(std::string folder, std::string proc)
    : m_folder(std::move(folder)), m_proc(std::move(proc)), m_gpu(Gpu::open())
{
}

HardwareSampler::~HardwareSampler() = default;

HardwareSampler::Counters HardwareSampler::counters() const
{
    Counters out;
    std::istringstream all(textOf(m_proc + "/stat"));
    std::string name;
    double user = 0, nice = 0, system = 0, idle = 0, wait = 0, interrupts = 0, soft = 0, stolen = 0;
    if (all >> name >> user >> nice >> system >> idle >> wait >> interrupts >> soft >> stolen && name == "cpu") {
        out.busy = user + nice + system + interrupts + soft + stolen;
        out.all = *out.busy + idle + wait;
    }
    // The program's name may hold anything but a ')' that ends the line's last one; the times are the 12th and 13th
    // after it.
    const std::string own = textOf(m_proc + "/self/stat");
    if (const std::size_t end = own.rfind(')'); end != std::string::npos) {
        std::istringstream rest(own.substr(end + 1));
        std::string skipped;
        for (int i = 0; i < 11; ++i)
            rest >> skipped;
        double inUser = 0, inSystem = 0;
        if (rest >> inUser >> inSystem)
            out.process = inUser + inSystem;
    }
    const std::string io = textOf(m_proc + "/self/io");
    out.readBytes = field(io, "read_bytes");
    out.writtenBytes = field(io, "write_bytes");
    return out;
}

void HardwareSampler::addMemory(std::vector<HardwareReading> &out) const
{
    std::istringstream pages(textOf(m_proc + "/self/statm"));
    double size = 0, resident = 0;
    if (pages >> size >> resident)
        out.push_back({"hw.memory_gb", resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / gigabyte});
    const std::string memory = textOf(m_proc + "/meminfo");
    const auto total = field(memory, "MemTotal");
    const auto available = field(memory, "MemAvailable");
    if (total && available && *total > 0)
        out.push_back({"hw.memory_used", 100 * (*total - *available) / *total});
    struct statvfs disk {
    };
    if (!m_folder.empty() && statvfs(m_folder.c_str(), &disk) == 0)
        out.push_back(
            {"hw.disk_free_gb", static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) / gigabyte});
}

std::vector<HardwareReading> HardwareSampler::sample()
{
    return sample(std::chrono::steady_clock::now());
}

std::vector<HardwareReading> HardwareSampler::sample(std::chrono::steady_clock::time_point now)
{
    std::vector<HardwareReading> out;
    const Counters current = counters();
    if (m_last) {
        const double seconds = std::chrono::duration<double>(now - m_lastAt).count();
        const auto jiffies = rate(current.all, m_last->all, 1);
        add(out, "hw.cpu", rate(current.busy, m_last->busy, jiffies.value_or(0) / 100));
        add(out, "hw.cpu_process", rate(current.process, m_last->process, jiffies.value_or(0) / 100));
        add(out, "hw.disk_read_mb", rate(current.readBytes, m_last->readBytes, seconds * megabyte));
        add(out, "hw.disk_write_mb", rate(current.writtenBytes, m_last->writtenBytes, seconds * megabyte));
    }
    m_last = current;
    m_lastAt = now;
    addMemory(out);
    if (m_gpu)
        m_gpu->add(out);
    return out;
}

} // namespace winnow
