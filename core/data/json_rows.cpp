#include "core/data/json_rows.h"

#include "core/data/json_texts.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <vector>

namespace winnow
{

namespace
{

constexpr std::size_t maxRowBytes = std::size_t{64} << 20;
constexpr const char *notAnObject = "row is not a JSON object";
constexpr const char *notJson = "line is not valid JSON";

Error unreadable(const std::string &path, const std::string &why)
{
    return Error{path + ": the file cannot be read (" + why + ")."};
}

/// A file as a stream of bytes through a buffer of its own, so that memory does not grow with the file.
class ByteReader
{
public:
    static constexpr int end = -1;

    explicit ByteReader(const std::string &path) : m_file(path, std::ios::binary), m_buffer(std::size_t{1} << 20) { }
    bool opened() const { return m_file.is_open(); }
    bool failed() const { return m_file.bad(); }

    int peek()
    {
        if (m_place == m_filled && !fill())
            return end;
        return static_cast<unsigned char>(m_buffer[m_place]);
    }
    int next()
    {
        const int c = peek();
        m_place += c == end ? 0 : 1;
        return c;
    }
    /// First character that is neither white space nor a byte order mark, not taken.
    int skipSpace()
    {
        for (;; ++m_place) {
            const int c = peek();
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0xEF && c != 0xBB && c != 0xBF)
                return c;
        }
    }
    /// What the buffer holds; empty at the end of the file. take() goes past its beginning.
    std::string_view available()
    {
        return peek() == end ? std::string_view() : std::string_view(m_buffer.data() + m_place, m_filled - m_place);
    }
    void take(std::size_t count) { m_place += count; }
    /// Place in the file of what next() would give.
    std::uint64_t offset() const { return m_before + m_place; }

private:
    bool fill()
    {
        m_before += m_filled;
        m_file.read(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
        m_filled = static_cast<std::size_t>(m_file.gcount());
        m_place = 0;
        return m_filled > 0;
    }

    std::ifstream m_file;
    std::vector<char> m_buffer;
    std::size_t m_place = 0;
    std::size_t m_filled = 0;
    std::uint64_t m_before = 0; ///< bytes of the file in front of the buffer
};

/// Takes the text of a row and where it begins in the file. False: the walk is to end.
using TextVisit = std::function<bool(std::string_view text, bool tooLong, std::uint64_t offset)>;

/// One line without its end; what is over the limit is passed over. False at the end of the file.
bool readLine(ByteReader &file, std::string &line, bool &tooLong)
{
    line.clear();
    tooLong = false;
    bool any = false;
    for (std::string_view part = file.available(); !part.empty(); part = file.available()) {
        any = true;
        const std::size_t newline = part.find('\n');
        const std::string_view text = part.substr(0, newline);
        tooLong = tooLong || line.size() + text.size() > maxRowBytes;
        if (!tooLong)
            line += text;
        file.take(newline == std::string_view::npos ? part.size() : newline + 1);
        if (newline != std::string_view::npos)
            return true;
    }
    return any;
}

/// The text of one entry of an array, up to its comma or bracket. False: the file ends before the entry does.
bool readEntry(ByteReader &file, std::string &entry, bool &tooLong)
{
    entry.clear();
    tooLong = false;
    int depth = 0;
    bool inString = false, escaped = false;
    for (std::string_view part = file.available(); !part.empty(); part = file.available()) {
        std::size_t place = 0;
        bool ended = false;
        for (; place < part.size() && !ended; ++place) {
            const char c = part[place];
            if (inString) {
                inString = escaped || c != '"';
                escaped = !escaped && c == '\\';
                continue;
            }
            inString = c == '"';
            if (c == '{' || c == '[')
                ++depth;
            ended = depth == 0 && (c == ',' || c == ']');
            if (c == '}' || c == ']')
                --depth;
        }
        const std::size_t length = ended ? place - 1 : place;
        tooLong = tooLong || entry.size() + length > maxRowBytes;
        if (!tooLong)
            entry.append(part.substr(0, length));
        file.take(length);
        if (ended)
            return true;
    }
    return false;
}

Status walkArray(const std::string &path, ByteReader &file, const TextVisit &visit)
{
    std::int64_t rows = 0;
    const auto broken = [&](const std::string &where) {
        return Error{path + ": the file is not valid JSON (" + where + "); it may be cut short."};
    };
    std::string entry;
    bool tooLong = false;
    file.next(); // [
    if (file.skipSpace() == ']') {
        file.next();
    } else {
        for (int c = ','; c == ',';) {
            file.skipSpace();
            const std::uint64_t offset = file.offset();
            if (!readEntry(file, entry, tooLong))
                return broken("row " + std::to_string(rows) + " has no end");
            ++rows;
            if (!visit(entry, tooLong, offset))
                return {};
            c = file.next();
        }
    }
    if (file.skipSpace() != ByteReader::end)
        return broken("there is more after the array, behind row " + std::to_string(rows - 1));
    return {};
}

void walkLines(ByteReader &file, const TextVisit &visit)
{
    std::string line;
    bool tooLong = false;
    for (std::uint64_t offset = file.offset(); readLine(file, line, tooLong); offset = file.offset()) {
        std::string_view view(line);
        if (view.starts_with("\xEF\xBB\xBF"))
            view.remove_prefix(3);
        if (!tooLong && view.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        if (!visit(view, tooLong, offset + (line.size() - view.size())))
            break;
    }
}

/// Walks over the texts of the rows of an array or of lines, unparsed.
Status walkTexts(const std::string &path, bool &isArray, const TextVisit &visit)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return unreadable(path, error ? error.message() : "it is not a regular file");
    ByteReader file(path);
    if (!file.opened())
        return unreadable(path, "no right to open it");
    const int first = file.skipSpace();
    if (first == ByteReader::end && !file.failed())
        return Error{path + ": the file is empty; it must hold a JSON array of rows or one object a line (JSONL)."};
    if (first != '[' && first != '{' && !file.failed())
        return Error{path + ": the file is no JSON; it must hold a JSON array of rows or one object a line (JSONL)."};
    isArray = first == '[';
    std::int64_t rows = 0;
    const TextVisit counted = [&](std::string_view text, bool tooLong, std::uint64_t offset) {
        ++rows;
        return visit(text, tooLong, offset);
    };
    if (isArray && !file.failed())
        WINNOW_TRY(walkArray(path, file, counted));
    else if (!file.failed())
        walkLines(file, counted);
    if (file.failed())
        return unreadable(path, "the disk reports an error at row " + std::to_string(rows));
    return {};
}

} // namespace

Status forEachJsonRow(const std::string &path, ReadReport &report, const JsonRowVisit &visit)
{
    simdjson::dom::parser parser;
    bool isArray = false;
    return walkTexts(path, isArray, [&](std::string_view text, bool tooLong, std::uint64_t) {
        const std::int64_t row = report.rowsRead++;
        simdjson::dom::element element;
        simdjson::dom::object object;
        if (tooLong)
            report.drop("row is longer than 64 MiB", row);
        else if (parser.parse(text.data(), text.size()).get(element))
            report.drop(isArray ? "row is not valid JSON" : notJson, row);
        else if (element.get(object))
            report.drop(notAnObject, row);
        else
            return visit(row, object);
        return true;
    });
}

Status forEachJsonText(const std::string &path, const JsonTextVisit &visit)
{
    bool isArray = false;
    return walkTexts(path, isArray, [&](std::string_view text, bool tooLong, std::uint64_t offset) {
        return visit(tooLong ? std::string_view() : text, offset);
    });
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
