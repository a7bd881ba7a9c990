#include "core/base/options_io.h"

#include "core/base/json.h"
#include "core/base/options_schema.h"

#include <toml++/toml.h>

#include <array>
#include <filesystem>
#include <type_traits>

namespace winnow {

namespace {

constexpr std::size_t maximumBytes = 1 << 20;

std::string groupMisused(const std::string &key)
{
    return key + " is a single value; it is a section and must hold settings such as " + [&] {
        for (const OptionEntry &entry : optionTable()) {
            if (entry.info.key.starts_with(key + '.'))
                return entry.info.key;
        }
        return key;
    }();
}

// ------------------------------------------------------------------------------------------------ JSON
Result<OptionValue> valueOf(const nlohmann::json &node, const std::string &key)
{
    if (node.is_boolean())
        return OptionValue(node.get<bool>());
    if (node.is_number_unsigned() && node.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return Error{key + " is " + node.dump() + "; it must be a smaller number"};
    if (node.is_number_integer())
        return OptionValue(node.get<std::int64_t>());
    if (node.is_number_float())
        return OptionValue(node.get<double>());
    if (node.is_string())
        return OptionValue(node.get<std::string>());
    return Error{key + (node.is_null() ? " is null" : " is a list or an object")
                 + "; it must be a single value (text, a number, true or false)"};
}

Status readObject(const nlohmann::json &object, const std::string &prefix, RunOptions &options)
{
    for (const auto &[name, node] : object.items()) {
        const std::string key = prefix + name;
        if (findOption(key) == nullptr && isOptionGroup(key)) {
            if (!node.is_object())
                return Error{groupMisused(key)};
            WINNOW_TRY(readObject(node, key + '.', options));
            continue;
        }
        if (findOption(key) == nullptr)
            return unknownOption(key);
        WINNOW_ASSIGN(const OptionValue value, valueOf(node, key));
        WINNOW_TRY(setOption(options, key, value));
    }
    return {};
}

// ------------------------------------------------------------------------------------------------ TOML
std::string where(const std::string &path, const toml::source_region &source)
{
    return path + ", line " + std::to_string(source.begin.line) + ": ";
}

Result<OptionValue> valueOf(const toml::node &node, const std::string &key)
{
    if (const auto *flag = node.as_boolean())
        return OptionValue(flag->get());
    if (const auto *number = node.as_integer())
        return OptionValue(std::int64_t{number->get()});
    if (const auto *number = node.as_floating_point())
        return OptionValue(number->get());
    if (const auto *text = node.as_string())
        return OptionValue(text->get());
    return Error{key
                 + " is a list, a table, a date or a time; it must be a single value (text, a number, true or false)"};
}

std::string resolved(const std::string &text, const std::string &baseFolder)
{
    const std::filesystem::path path(text);
    if (text.empty() || baseFolder.empty() || path.is_absolute())
        return text;
    return (std::filesystem::path(baseFolder) / path).lexically_normal().string();
}

struct TomlSource {
    const std::string &path;
    const std::string &baseFolder;
};

Status readTable(const toml::table &table, const std::string &prefix, const TomlSource &source, RunOptions &options)
{
    for (auto &&[name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        const OptionEntry *entry = findOption(key);
        if (entry == nullptr && isOptionGroup(key)) {
            if (!node.is_table())
                return Error{where(source.path, node.source()) + groupMisused(key)};
            WINNOW_TRY(readTable(*node.as_table(), key + '.', source, options));
            continue;
        }
        if (entry == nullptr)
            return Error{where(source.path, node.source()) + unknownOption(key).message};
        auto value = valueOf(node, key);
        if (value.ok() && entry->info.isPath && std::holds_alternative<std::string>(*value))
            value = OptionValue(resolved(std::get<std::string>(*value), source.baseFolder));
        const Status set = value.ok() ? setOption(options, key, *value) : Status(value.error());
        if (!set.ok())
            return Error{where(source.path, node.source()) + set.error().message};
    }
    return {};
}

std::string tomlString(const std::string &text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string quoted = "\"";
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            quoted += "\\u00";
            quoted += digits[byte >> 4];
            quoted += digits[byte & 15];
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string tomlValue(const OptionValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value))
        return tomlString(*text);
    return optionValueText(value);
}

} // namespace

std::string optionsToJson(const RunOptions &options)
{
    nlohmann::ordered_json root = nlohmann::ordered_json::object();
    for (const OptionEntry &entry : optionTable()) {
        nlohmann::ordered_json *node = &root;
        std::string_view rest = entry.info.key;
        for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
            node = &(*node)[std::string(rest.substr(0, dot))];
            rest.remove_prefix(dot + 1);
        }
        std::visit([&](const auto &value) { (*node)[std::string(rest)] = value; }, entry.get(options));
    }
    return root.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<RunOptions> optionsFromJson(std::string_view json)
{
    WINNOW_ASSIGN(const nlohmann::json root, parseJson(json, "the settings", maximumBytes));
    if (!root.is_object())
        return Error{"the settings are not a JSON object; they must be one"};
    RunOptions options;
    WINNOW_TRY(readObject(root, "", options));
    return options;
}

std::string optionsToToml(const RunOptions &options)
{
    const RunOptions defaults;
    std::string text;
    std::string section;
    // Schema order keeps the settings of a section together but for the optimisers, which are sections of their own:
    // those are held back until their parent is written.
    std::string later;
    std::string laterSection;
    const auto write = [](std::string &out, std::string &open, const std::string &wanted, const std::string &line) {
        if (open != wanted) {
            out += (out.empty() ? "[" : "\n[") + wanted + "]\n";
            open = wanted;
        }
        out += line;
    };
    for (const OptionEntry &entry : optionTable()) {
        const OptionValue value = entry.get(options);
        if (value == entry.get(defaults))
            continue;
        const std::string &key = entry.info.key;
        const std::size_t dot = key.rfind('.');
        const std::string wanted = dot == std::string::npos ? "" : key.substr(0, dot);
        const std::string line = key.substr(dot == std::string::npos ? 0 : dot + 1) + " = " + tomlValue(value) + "\n";
        const bool nested = wanted.find('.') != std::string::npos;
        write(nested ? later : text, nested ? laterSection : section, wanted, line);
    }
    if (!later.empty())
        text += (text.empty() ? "" : "\n") + later;
    return text;
}

Result<RunOptions> optionsFromToml(std::string_view toml, const std::string &path, const std::string &baseFolder)
{
    if (toml.size() > maximumBytes)
        return Error{path + " has " + std::to_string(toml.size()) + " bytes; a settings file has at most "
                     + std::to_string(maximumBytes)};
    try {
        const toml::table table = toml::parse(toml, path);
        RunOptions options;
        WINNOW_TRY(readTable(table, "", TomlSource{path, baseFolder}, options));
        return options;
    } catch (const toml::parse_error &error) {
        return Error{where(path, error.source()) + "not valid TOML (" + std::string(error.description())
                     + "); correct it there"};
    }
}

Result<RunOptions> readOptionsFile(const std::string &path)
{
    WINNOW_ASSIGN(const std::string text, readTextFile(path, maximumBytes));
    std::error_code code;
    const std::filesystem::path absolute = std::filesystem::absolute(path, code);
    if (code)
        return Error{path + " cannot be resolved to an absolute path (" + code.message() + ")"};
    return optionsFromToml(text, path, absolute.parent_path().string());
}

} // namespace winnow
