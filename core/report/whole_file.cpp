#include "core/report/whole_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace winnow {

Status writeWholeFile(const std::string &path, std::string_view bytes, const std::string &what)
{
    const auto failed = [&](const std::string &why) {
        std::error_code ignored;
        std::filesystem::remove(path + ".part", ignored);
        return Error{what + " could not be written to \"" + path + "\": " + why + ". Choose another file."};
    };
    std::ofstream file(path + ".part", std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
        return failed(std::strerror(errno));
    std::error_code ec;
    std::filesystem::rename(path + ".part", path, ec);
    return ec ? Status(failed(ec.message())) : Status();
}

} // namespace winnow
