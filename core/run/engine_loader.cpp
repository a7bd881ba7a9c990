#include "core/base/build_stamp.h"
#include "core/run/engine.h"

#include <dlfcn.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace winnow {

namespace fs = std::filesystem;

namespace {

constexpr const char *moduleName = "libwinnow_engine.so";

fs::path programFolder()
{
    std::array<char, PATH_MAX> path{};
    const ssize_t length = readlink("/proc/self/exe", path.data(), path.size() - 1);
    return length > 0 ? fs::path(path.data()).parent_path() : fs::path();
}

/// Places in the order in which they are tried.
std::vector<fs::path> candidates()
{
    if (const char *named = std::getenv("WINNOW_ENGINE"); named && *named) {
        std::error_code ec;
        return {fs::is_directory(named, ec) ? fs::path(named) / moduleName : fs::path(named)};
    }
    const fs::path folder = programFolder();
    // Beside the program (build tree), in the installed library folder, beside the tests' folder.
    return {folder / moduleName, folder / ".." / "lib" / "winnow" / moduleName, folder / ".." / "lib" / moduleName,
            folder / ".." / "bin" / moduleName};
}

Result<std::string> findModule()
{
    const std::vector<fs::path> places = candidates();
    std::error_code ec;
    for (const fs::path &place : places)
        if (fs::is_regular_file(place, ec))
            return place.string();
    return Error{"The training engine is missing: there is no \"" + places.front().lexically_normal().string()
                 + "\". Build it with WINNOW_BUILD_ENGINE=ON, or name it in WINNOW_ENGINE."};
}

std::string lastError()
{
    const char *text = dlerror();
    return text ? text : "unknown reason";
}

Error otherBuild(const std::string &path, const std::string &what)
{
    return Error{"The training engine \"" + path + "\" belongs to another build of Winnow than this program (" + what
                 + "; the program has stamp " + buildStamp + "). Build both again, or install both from one package."};
}

} // namespace

Result<std::unique_ptr<Engine>> openEngine()
{
    WINNOW_ASSIGN(const std::string path, findModule());
    // Never closed: LibTorch cannot be unloaded. A second open gives the same module.
    void *module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module) {
        const std::string reason = lastError();
        // A function of the core library that is not there, or not in this form.
        if (reason.find("undefined symbol") != std::string::npos && reason.find("6winnow") != std::string::npos)
            return otherBuild(path, reason);
        return Error{"The training engine \"" + path + "\" cannot be opened: " + reason
                     + ". Run installer/setup to fetch LibTorch."};
    }
    const auto *build = static_cast<const char *>(dlsym(module, "winnow_engine_build"));
    const auto create = reinterpret_cast<WinnowEngineCreate>(dlsym(module, "winnow_engine_create"));
    if (!create)
        return Error{"\"" + path + "\" is not a training engine of Winnow. Check WINNOW_ENGINE."};
    if (!build || std::strcmp(build, buildStamp) != 0)
        return otherBuild(path, build ? std::string("stamp ") + build : "no stamp");
    std::unique_ptr<Engine> engine(create());
    if (!engine)
        return Error{"The training engine \"" + path + "\" could not be started."};
    return engine;
}

} // namespace winnow
