#include "core/data/picture_path.h"

#include <filesystem>
#include <vector>

namespace winnow {

std::string resolvePicturePath(const std::string &written, const std::string &rowFile, bool metaFile)
{
    namespace fs = std::filesystem;
    if (written.empty())
        return {};
    std::vector<fs::path> forms;
    if (metaFile && written.starts_with("../"))
        forms.emplace_back(written.substr(1));
    forms.emplace_back(written);
    std::vector<fs::path> places;
    for (const fs::path &form : forms) {
        if (form.is_absolute()) {
            places.push_back(form);
            continue;
        }
        places.push_back(fs::path(rowFile).parent_path() / form);
        places.push_back(form);
    }
    for (const fs::path &place : places) {
        std::error_code error;
        if (fs::is_regular_file(place, error))
            return place.lexically_normal().string();
    }
    return places.front().lexically_normal().string();
}

} // namespace winnow
