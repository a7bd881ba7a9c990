#include "core/base/resource_path.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace winnow {

std::string resourceFolder()
{
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<fs::path> places;
    if (const char *named = std::getenv("WINNOW_RESOURCES"); named && *named)
        places.emplace_back(named);
    if (const fs::path program = fs::read_symlink("/proc/self/exe", error); !error)
        places.push_back(program.parent_path() / ".." / "share" / "winnow");
    places.emplace_back(WINNOW_SOURCE_RESOURCES);
    for (const fs::path &place : places) {
        if (fs::is_directory(place / "presets", error))
            return place.lexically_normal().string();
    }
    return {};
}

} // namespace winnow
