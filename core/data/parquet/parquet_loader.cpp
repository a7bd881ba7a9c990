#include "core/data/parquet/parquet_rows.h"

#include <dlfcn.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

constexpr const char *moduleName = "libwinnow_parquet.so";

/// Beside the program (build tree), in the installed library folder, beside the tests' folder.
std::vector<fs::path> places()
{
    if (const char *named = std::getenv("WINNOW_PARQUET"); named && *named)
        return {named};
    std::array<char, PATH_MAX> path{};
    const ssize_t length = readlink("/proc/self/exe", path.data(), path.size() - 1);
    const fs::path folder = length > 0 ? fs::path(path.data()).parent_path() : fs::path();
    return {folder / moduleName, folder / ".." / "lib" / "winnow" / moduleName, folder / ".." / "lib" / moduleName,
            folder / ".." / "bin" / moduleName};
}

struct ParquetModule {
    WinnowParquetOpen open = nullptr;
};

Result<ParquetModule> openModule()
{
    std::error_code ec;
    std::string path;
    for (const fs::path &place : places()) {
        if (path.empty() && fs::is_regular_file(place, ec))
            path = place.string();
    }
    if (path.empty())
        return Error{"The Parquet reader was left out of this build. Run installer/setup without --without-parquet and "
                     "build again, or name libwinnow_parquet.so in WINNOW_PARQUET."};
    // Never closed: Arrow keeps threads and pools. A second open gives the same module.
    void *module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module) {
        const char *why = dlerror();
        return Error{"The Parquet reader \"" + path + "\" cannot be opened: " + (why ? why : "unknown reason")
                     + ". Run installer/setup to fetch Arrow."};
    }
    const auto version = reinterpret_cast<WinnowParquetVersion>(dlsym(module, "winnow_parquet_version"));
    const auto open = reinterpret_cast<WinnowParquetOpen>(dlsym(module, "winnow_parquet_open"));
    if (!version || !open)
        return Error{"\"" + path + "\" is not a Parquet reader of Winnow. Check WINNOW_PARQUET."};
    if (version() != parquetBoundaryVersion)
        return Error{"The Parquet reader \"" + path + "\" belongs to another build of Winnow. Build both again."};
    return ParquetModule{open};
}

} // namespace

Result<std::unique_ptr<ParquetRows>> openParquet(const std::string &path)
{
    std::error_code ec;
    if (!fs::is_regular_file(path, ec))
        return Error{path + ": the file cannot be read (" + (ec ? ec.message() : "it is not a regular file") + ")."};
    WINNOW_ASSIGN(const ParquetModule module, openModule());
    std::string error;
    std::unique_ptr<ParquetRows> rows(module.open(path.c_str(), &error));
    if (!rows)
        return Error{error};
    return rows;
}

bool parquetAvailable()
{
    return openModule().ok();
}

} // namespace winnow
