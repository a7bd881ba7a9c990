#include "core/base/options_command.h"

#include <array>
#include <charconv>

namespace winnow
{

namespace
{

std::string valueText(const OptionValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return std::to_string(*whole);
    if (const auto *real = std::get_if<double>(&value)) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *real).ptr;
        return {digits.data(), end};
    }
    return std::get<std::string>(value);
}

} // namespace

std::string shellWord(const std::string &text)
{
    constexpr const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=+,:@%-";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos)
        return text;
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string optionsToCommand(const RunOptions &options, const std::string &store)
{
    std::string command = "winnow run";
    for (const std::string &key : optionDifferences(RunOptions(), options))
        command += " --set " + shellWord(key + "=" + valueText(optionValue(options, key)));
    return command + " --store " + shellWord(store);
}

} // namespace winnow
