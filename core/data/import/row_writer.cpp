#include "core/data/import/row_writer.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>

#include <unistd.h>

namespace winnow
{

void appendJsonText(std::string &out, std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    out.append(text, plain, std::string_view::npos);
    out += '"';
}

void JsonLine::key(std::string_view name)
{
    if (m_text.size() > 1)
        m_text += ',';
    appendJsonText(m_text, name);
    m_text += ':';
}

void JsonLine::text(std::string_view name, std::string_view value)
{
    key(name);
    appendJsonText(m_text, value);
}

void JsonLine::flag(std::string_view name, bool value)
{
    key(name);
    m_text += value ? "true" : "false";
}

void JsonLine::texts(std::string_view name, const std::vector<std::string> &values)
{
    key(name);
    m_text += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        m_text += i ? "," : "";
        appendJsonText(m_text, values[i]);
    }
    m_text += ']';
}

void JsonLine::flags(std::string_view name, const std::vector<bool> &values)
{
    key(name);
    m_text += '[';
    for (std::size_t i = 0; i < values.size(); ++i)
        m_text.append(i ? "," : "").append(values[i] ? "true" : "false");
    m_text += ']';
}

void JsonLine::turns(std::string_view name, const std::vector<Turn> &turns)
{
    key(name);
    m_text += '[';
    for (std::size_t i = 0; i < turns.size(); ++i) {
        m_text += i ? "," : "";
        const Turn::Role role = turns[i].role;
        m_text += role == Turn::Role::System ? R"({"from":"system","value":)"
            : role == Turn::Role::User       ? R"({"from":"human","value":)"
                                             : R"({"from":"gpt","value":)";
        appendJsonText(m_text, turns[i].text);
        m_text += '}';
    }
    m_text += ']';
}

void JsonLine::number(std::string_view name, double value)
{
    if (!std::isfinite(value))
        return;
    key(name);
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    m_text.append(digits, end);
}

const std::string &JsonLine::end()
{
    m_text += "}\n";
    return m_text;
}

Result<std::unique_ptr<RowWriter>> RowWriter::create(const std::string &path)
{
    std::unique_ptr<RowWriter> writer(new RowWriter(path));
    writer->m_file = std::fopen(writer->m_partPath.c_str(), "wb");
    if (!writer->m_file)
        return writer->problem(std::strerror(errno));
    return writer;
}

RowWriter::~RowWriter()
{
    if (!m_file)
        return;
    std::fclose(m_file);
    std::error_code ignored;
    std::filesystem::remove(m_partPath, ignored);
}

Error RowWriter::problem(const std::string &why) const
{
    return Error{m_path + ": the rows cannot be written (" + why + ")."};
}

Status RowWriter::write(std::string_view line, std::span<const std::string> pictures)
{
    if (std::fwrite(line.data(), 1, line.size(), m_file) != line.size())
        return problem(std::strerror(errno));
    m_hash.update(line);
    m_pictures.addRow(pictures);
    return {};
}

Result<std::string> RowWriter::finish()
{
    const bool written = std::fflush(m_file) == 0 && fsync(fileno(m_file)) == 0;
    const int code = errno;
    const bool closed = std::fclose(m_file) == 0;
    m_file = nullptr;
    std::error_code ec;
    if (!written || !closed) {
        std::filesystem::remove(m_partPath, ec);
        return problem(std::strerror(written ? errno : code));
    }
    std::filesystem::rename(m_partPath, m_path, ec);
    if (ec)
        return problem(ec.message());
    return m_pictures.identity(m_hash.hex());
}

} // namespace winnow
