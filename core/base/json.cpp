#include "core/base/json.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace winnow {

namespace {

constexpr int maximumDepth = 64;

/// The parser itself has no limit, and destroying or writing a very deep value uses the stack.
bool tooDeep(std::string_view text)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maximumDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

std::string place(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    const std::string_view before = text.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t lineStart = before.rfind('\n');
    const std::size_t column = lineStart == std::string_view::npos ? offset + 1 : offset - lineStart;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

} // namespace

bool isUtf8(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + length > text.size())
            return false;
        const auto second = static_cast<unsigned char>(text[i + 1]);
        const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high)
            return false;
        for (std::size_t k = 2; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80)
                return false;
        }
        i += length;
    }
    return true;
}

Result<nlohmann::json> parseJson(std::string_view text, const std::string &what, std::size_t maxBytes)
{
    if (text.size() > maxBytes)
        return Error{what + " has " + std::to_string(text.size()) + " bytes of JSON; at most "
                     + std::to_string(maxBytes) + " are read"};
    if (!isUtf8(text))
        return Error{what + " is not UTF-8 text; save it as UTF-8"};
    if (tooDeep(text))
        return Error{what + " is nested deeper than " + std::to_string(maximumDepth) + " levels; flatten it"};
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error &error) {
        return Error{what + " is not valid JSON at " + place(text, error.byte == 0 ? 0 : error.byte - 1)
                     + "; correct it there"};
    } catch (const nlohmann::json::exception &error) {
        return Error{what + " holds a JSON value that cannot be read (" + error.what() + ")"};
    }
}

Result<std::string> readTextFile(const std::string &path, std::size_t maxBytes)
{
    std::error_code code;
    const bool regular = std::filesystem::is_regular_file(path, code);
    if (code)
        return Error{path + " cannot be opened (" + code.message() + "); check the path and its permissions"};
    if (!regular)
        return Error{path + " is not a file; name a file"};
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{path + " cannot be opened (" + std::generic_category().message(errno)
                     + "); check the path and its permissions"};
    std::string text;
    std::string buffer(1 << 16, '\0');
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        text.append(buffer, 0, static_cast<std::size_t>(file.gcount()));
        if (text.size() > maxBytes)
            return Error{path + " is longer than " + std::to_string(maxBytes) + " bytes, the most that is read here"};
    }
    if (file.bad())
        return Error{path + " could not be read to its end; check the disk"};
    return text;
}

} // namespace winnow
