#include "app/services.h"

#include "code_version.h"
#include "core/base/build_stamp.h"
#include "core/store/run_store.h"

#include <nlohmann/json.hpp>

#include <sys/utsname.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

/// Of the GPU, as the kernel module tells it; empty without one.
std::string driverVersion()
{
    std::ifstream file("/proc/driver/nvidia/version");
    std::string line;
    if (!std::getline(file, line))
        return {};
    const std::size_t at = line.find_first_of("0123456789");
    return "NVIDIA " + (at == std::string::npos ? line : line.substr(at, line.find(' ', at) - at));
}

RunServiceSettings runSettings()
{
    RunServiceSettings settings;
    settings.codeVersion = codeVersion();
    settings.environment = environmentJson();
    return settings;
}

} // namespace

std::string coreLibraryProblem()
{
    const std::string core = winnow_core_build();
    if (core == buildStamp)
        return {};
    return "this program and its libwinnow_core.so belong to different builds of Winnow (stamps "
        + std::string(buildStamp) + " and " + core + "). Build both again, or install both from one package.";
}

Result<std::string> storePathOf(const std::string &store)
{
    if (store.empty())
        return defaultStorePath();
    std::error_code ec;
    const fs::path path = fs::absolute(store, ec);
    if (ec)
        return Error{"The store \"" + store + "\" cannot be reached: " + ec.message() + "."};
    return path.lexically_normal().string();
}

Result<Database> openStoreToRead(const std::string &store)
{
    WINNOW_ASSIGN(const std::string path, storePathOf(store));
    std::error_code ec;
    if (!store.empty() && !fs::exists(path, ec))
        return Error{"There is no store \"" + path + "\"; check --store, or start a run with it first."};
    WINNOW_ASSIGN(Database database, Database::open(path));
    if (const auto marked = RunStore(database).markInterrupted(); !marked.ok())
        return marked.error();
    return database;
}

std::string codeVersion()
{
    return WINNOW_CODE_VERSION;
}

std::string environmentJson()
{
    nlohmann::ordered_json environment;
    utsname system{};
    if (uname(&system) == 0)
        environment["system"] = std::string(system.sysname) + ' ' + system.release + ' ' + system.machine;
    environment["compiler"] = "GCC-compatible " __VERSION__;
    environment["build"] = WINNOW_BUILD_TYPE;
    environment["libtorch"] = WINNOW_LIBTORCH_VERSION;
    if (const std::string driver = driverVersion(); !driver.empty())
        environment["driver"] = driver;
    environment["cores"] = std::thread::hardware_concurrency();
    return environment.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Services::Services(std::unique_ptr<StoreWriter> writer, std::vector<RunId> interrupted)
    : m_writer(std::move(writer)), m_runs(*m_writer, runSettings()), m_interrupted(std::move(interrupted))
{
}

Result<std::unique_ptr<Services>> Services::open(const std::string &store)
{
    WINNOW_ASSIGN(const std::string path, storePathOf(store));
    WINNOW_ASSIGN(std::unique_ptr<StoreWriter> writer, StoreWriter::open(path));
    std::vector<RunId> interrupted;
    WINNOW_TRY(writer->execute([&interrupted](Database &database) -> Status {
        auto marked = RunStore(database).markInterrupted();
        if (!marked.ok())
            return marked.error();
        interrupted = std::move(marked).value();
        return {};
    }));
    return std::unique_ptr<Services>(new Services(std::move(writer), std::move(interrupted)));
}

Result<std::unique_ptr<Services>> Services::openExisting(const std::string &store)
{
    WINNOW_TRY(openStoreToRead(store));
    return open(store);
}

} // namespace winnow
