#include "core/data/json_rows.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace winnow {

namespace {

constexpr std::size_t maxLineBytes = std::size_t{64} << 20;
constexpr std::uintmax_t maxArrayBytes = 0xFFFFFFFFu - simdjson::SIMDJSON_PADDING;
constexpr const char *notAnObject = "row is not a JSON object";
constexpr const char *notJson = "line is not valid JSON";

Error unreadable(const std::string &path, const std::string &why)
{
    return Error{path + ": the file cannot be read (" + why + ")."};
}

/// First character that is neither white space nor a byte order mark; 0 at the end.
char firstCharacter(std::istream &file)
{
    for (int c = file.get(); c != std::char_traits<char>::eof(); c = file.get()) {
        const bool mark = c == 0xEF || c == 0xBB || c == 0xBF;
        if (!mark && c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return static_cast<char>(c);
    }
    return 0;
}

Status walkArray(const std::string &path, ReadReport &report, const JsonRowVisit &visit)
{
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(path, error);
    if (error)
        return unreadable(path, error.message());
    if (bytes > maxArrayBytes)
        return Error{path + ": a JSON array may have at most 4 GiB; write it as JSONL, one object a line."};
    simdjson::padded_string text;
    if (const auto code = simdjson::padded_string::load(path).get(text))
        return unreadable(path, simdjson::error_message(code));
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    std::string_view view(text);
    if (view.starts_with("\xEF\xBB\xBF"))
        view.remove_prefix(3);
    if (const auto code = parser.parse(view.data(), view.size(), false).get(document))
        return Error{path + ": the file is not valid JSON (" + simdjson::error_message(code)
                     + "); it may be cut short or not UTF-8."};
    simdjson::dom::array array;
    if (document.get(array))
        return Error{path + ": the file must hold a JSON array of rows, or one object a line (JSONL)."};
    for (const simdjson::dom::element element : array) {
        const std::int64_t row = report.rowsRead++;
        simdjson::dom::object object;
        if (element.get(object))
            report.drop(notAnObject, row);
        else if (!visit(row, object))
            return {};
    }
    return {};
}

/// std::getline with a limit: the rest of a longer line is passed over.
bool readLine(std::istream &file, std::string &line, bool &tooLong)
{
    line.clear();
    tooLong = false;
    std::streambuf *buffer = file.rdbuf();
    bool any = false;
    for (int c = buffer->sbumpc(); c != std::char_traits<char>::eof(); c = buffer->sbumpc()) {
        any = true;
        if (c == '\n')
            return true;
        if (line.size() < maxLineBytes)
            line += static_cast<char>(c);
        else
            tooLong = true;
    }
    return any;
}

Status walkLines(const std::string &path, ReadReport &report, const JsonRowVisit &visit)
{
    std::ifstream file(path, std::ios::binary);
    simdjson::dom::parser parser;
    std::string line;
    bool tooLong = false;
    while (readLine(file, line, tooLong)) {
        std::string_view view(line);
        if (view.starts_with("\xEF\xBB\xBF"))
            view.remove_prefix(3);
        if (view.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const std::int64_t row = report.rowsRead++;
        if (tooLong) {
            report.drop("line is longer than 64 MiB", row);
            continue;
        }
        simdjson::dom::element element;
        simdjson::dom::object object;
        if (parser.parse(view.data(), view.size()).get(element))
            report.drop(notJson, row);
        else if (element.get(object))
            report.drop(notAnObject, row);
        else if (!visit(row, object))
            return {};
    }
    return {};
}

} // namespace

Status forEachJsonRow(const std::string &path, ReadReport &report, const JsonRowVisit &visit)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return unreadable(path, error ? error.message() : "it is not a regular file");
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return unreadable(path, "no right to open it");
    const char first = firstCharacter(file);
    file.close();
    if (first == 0)
        return Error{path + ": the file is empty; it must hold a JSON array of rows or one object a line (JSONL)."};
    if (first == '[')
        return walkArray(path, report, visit);
    if (first == '{')
        return walkLines(path, report, visit);
    return Error{path + ": the file is no JSON; it must hold a JSON array of rows or one object a line (JSONL)."};
}

std::optional<std::string> textMember(const simdjson::dom::object &object, std::string_view name)
{
    std::string_view text;
    if (object.at_key(name).get(text))
        return std::nullopt;
    return std::string(text);
}

std::optional<bool> boolMember(const simdjson::dom::object &object, std::string_view name)
{
    bool value = false;
    if (object.at_key(name).get(value))
        return std::nullopt;
    return value;
}

bool hasMember(const simdjson::dom::object &object, std::string_view name)
{
    return object.at_key(name).error() == simdjson::SUCCESS;
}

std::optional<std::string> idMember(const simdjson::dom::object &object, std::string_view name)
{
    simdjson::dom::element element;
    if (object.at_key(name).get(element))
        return std::nullopt;
    std::string id;
    switch (element.type()) {
    case simdjson::dom::element_type::STRING: id = std::string(std::string_view(element)); break;
    case simdjson::dom::element_type::INT64: id = std::to_string(std::int64_t(element)); break;
    case simdjson::dom::element_type::UINT64: id = std::to_string(std::uint64_t(element)); break;
    case simdjson::dom::element_type::DOUBLE: id = nlohmann::json(double(element)).dump(); break;
    case simdjson::dom::element_type::BOOL: id = bool(element) ? "True" : "False"; break;
    default: break;
    }
    if (id.empty() || id == "-1" || id == "-1.0")
        return std::nullopt;
    return id;
}

} // namespace winnow
