#include "app/cli/settings.h"

#include <filesystem>

namespace winnow::cli
{

Status applySetting(RunOptions &options, const std::string &setting)
{
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
        return Error{"--set needs key=value, not \"" + setting + "\"; for example --set train.batch=8."};
    return setOptionFromText(options, setting.substr(0, equals), setting.substr(equals + 1));
}

Status makePathsAbsolute(RunOptions &options)
{
    for (const OptionInfo &info : optionSchema()) {
        if (!info.isPath)
            continue;
        const OptionValue value = optionValue(options, info.key);
        const std::string *path = std::get_if<std::string>(&value);
        if (!path || path->empty())
            continue;
        std::error_code ec;
        const std::filesystem::path absolute = std::filesystem::absolute(*path, ec);
        if (ec)
            return Error{info.key + ": the path \"" + *path + "\" cannot be made absolute: " + ec.message() + "."};
        WINNOW_TRY(setOption(options, info.key, absolute.lexically_normal().string()));
    }
    return {};
}

} // namespace winnow::cli
