#include "core/data/row_index.h"

#include "core/data/json_texts.h"
#include "core/data/row_fields.h"

#include <filesystem>
#include <fstream>
#include <tuple>
#include <utility>

namespace winnow
{

namespace
{

namespace fs = std::filesystem;

constexpr std::size_t rowsBetweenLooks = 1024;

/// Size and age of a file; (0, 0) when it cannot be looked at.
std::pair<std::uint64_t, std::int64_t> stampOf(const std::string &path)
{
    std::error_code sizeError, timeError;
    const auto bytes = fs::file_size(path, sizeError);
    const auto time = fs::last_write_time(path, timeError);
    if (sizeError || timeError)
        return {0, 0};
    return {bytes, static_cast<std::int64_t>(time.time_since_epoch().count())};
}

} // namespace

Result<RowIndex> RowIndex::build(const std::string &path, const StopFlag *stop)
{
    RowIndex index(path);
    std::tie(index.m_fileBytes, index.m_writtenAt) = stampOf(path);
    bool stopped = false;
    WINNOW_TRY(forEachJsonText(path, [&](std::string_view text, std::uint64_t offset) {
        index.m_begin.push_back(offset);
        index.m_length.push_back(static_cast<std::uint32_t>(text.size())); // at most 64 MiB
        stopped = stop && index.m_begin.size() % rowsBetweenLooks == 0 && stop->stopRequested();
        return !stopped;
    }));
    if (stopped)
        return Error{path + ": looking for its rows was stopped."};
    return index;
}

bool RowIndex::isCurrent() const
{
    return stampOf(m_path) == std::pair(m_fileBytes, m_writtenAt);
}

Result<std::string> RowIndex::text(std::int64_t row) const
{
    const std::string name = m_path + ", row " + std::to_string(row);
    if (row < 0 || row >= size())
        return Error{name + ": the file has only " + std::to_string(size()) + " rows. Import it again."};
    const auto place = static_cast<std::size_t>(row);
    std::ifstream file(m_path, std::ios::binary);
    std::string text(m_length[place], '\0');
    file.seekg(static_cast<std::streamoff>(m_begin[place]));
    if (!file || !file.read(text.data(), static_cast<std::streamsize>(text.size())))
        return Error{name + ": it cannot be read; was the file moved or cut? Bring it back, then import it again."};
    return text;
}

template <typename Row, typename Read>
Result<Row> RowIndex::parsed(std::int64_t row, Read read) const
{
    WINNOW_ASSIGN(const std::string line, text(row));
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const std::string name = m_path + ", row " + std::to_string(row);
    if (parser.parse(line).get(object))
        return Error{name + ": it is no JSON object."};
    Result<Row> result = read(object);
    if (!result.ok())
        return Error{name + ": " + result.error().message + "."};
    result->fileRow = row;
    return result;
}

Result<ConversationRow> RowIndex::conversation(std::int64_t row, RowKind kind) const
{
    auto result = parsed<ConversationRow>(
        row, [&](const simdjson::dom::object &object) { return readConversationRow(object, m_path, kind); });
    if (result.ok())
        result->key = result->unitKey;
    return result;
}

Result<QuestionRow> RowIndex::question(std::int64_t row) const
{
    return parsed<QuestionRow>(
        row, [&](const simdjson::dom::object &object) { return readQuestionRow(object, m_path, false); });
}

} // namespace winnow
