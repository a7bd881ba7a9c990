#include "core/data/conversation_reader.h"

#include "core/data/json_rows.h"
#include "core/data/row_fields.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace winnow {

namespace {

constexpr std::size_t maxTurns = 4096;
constexpr std::size_t maxTurnBytes = std::size_t{4} << 20;

/// The Error of these functions is the reason for dropping the row.
Result<Turn> readTurn(const simdjson::dom::element &element)
{
    simdjson::dom::object object;
    if (element.get(object))
        return Error{"field conversations holds something that is not an object"};
    const auto from = textMember(object, "from");
    auto value = textMember(object, "value");
    if (!from)
        return Error{"field conversations.from is missing or not text"};
    if (!value)
        return Error{"field conversations.value is missing or not text"};
    if (value->size() > maxTurnBytes)
        return Error{"field conversations.value is longer than 4 MiB"};
    Turn turn;
    if (*from == "system")
        turn.role = Turn::Role::System;
    else if (*from == "human")
        turn.role = Turn::Role::User;
    else if (*from == "gpt")
        turn.role = Turn::Role::Assistant;
    else
        return Error{"field conversations.from is none of system, human and gpt"};
    turn.text = std::move(*value);
    return turn;
}

MetaForm formOf(const std::vector<ConversationRow> &rows)
{
    bool minus = false, allTrue = true;
    for (const ConversationRow &row : rows) {
        allTrue = allTrue && row.trueFalse.value_or(true);
        for (const Turn &turn : row.turns)
            minus = minus || (turn.role == Turn::Role::Assistant && turn.text == "-");
    }
    if (!minus)
        return MetaForm::AnswerLevel;
    return allTrue ? MetaForm::StepLevel : MetaForm::Mixed;
}

void nameRows(ConversationFile &file, const std::string &path, RowKind kind, bool share)
{
    std::vector<KeyedRow> keys;
    for (const ConversationRow &row : file.rows)
        keys.push_back({row.unitKey, row.fileRow});
    const std::vector<std::string> names = uniqueKeys(keys, path, kind == RowKind::Train, file.report);
    std::int64_t withoutPicture = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        ConversationRow &row = file.rows[i];
        row.key = names[i];
        // The rows of one meta question share their id by design, and meta rows have no weight.
        if (row.unitKey.empty() || (kind == RowKind::Train && !share))
            row.unitKey = row.key;
        withoutPicture += row.picturePath.empty() ? 1 : 0;
    }
    if (withoutPicture > 0)
        file.report.notes.push_back(std::to_string(withoutPicture) + " rows name no picture and are text only.");
}

} // namespace

Result<std::vector<Turn>> readConversationTurns(const simdjson::dom::object &object)
{
    simdjson::dom::array array;
    if (object.at_key("conversations").get(array))
        return Error{"field conversations is missing or not a list"};
    if (array.size() == 0)
        return Error{"field conversations is empty"};
    if (array.size() > maxTurns)
        return Error{"field conversations has more than 4096 turns"};
    std::vector<Turn> turns;
    for (const simdjson::dom::element element : array) {
        WINNOW_ASSIGN(Turn turn, readTurn(element));
        turns.push_back(std::move(turn));
    }
    return turns;
}

Result<ConversationRow> readConversationRow(const simdjson::dom::object &object, const std::string &path, RowKind kind)
{
    ConversationRow row;
    WINNOW_ASSIGN(row.turns, readConversationTurns(object));
    WINNOW_ASSIGN(RowPictures pictures, rowPictures(object, {"image"}, path, kind == RowKind::Meta));
    row.picturePath = std::move(pictures.first);
    row.furtherPictures = std::move(pictures.further);
    if (kind == RowKind::Meta) {
        row.trueFalse = boolMember(object, "true_false");
        if (!row.trueFalse)
            return Error{"field true_false is missing or not true or false"};
    }
    row.unitKey = idMember(object, "id").value_or("");
    row.subject = textMember(object, "subject").value_or(textMember(object, "dataset").value_or(""));
    if (row.subject.empty())
        row.subject = subjectOfMmmuId(row.unitKey);
    row.knownNoise = boolMember(object, "noise");
    return row;
}

std::string_view metaFormName(MetaForm form)
{
    switch (form) {
    case MetaForm::AnswerLevel: return "answer-level";
    case MetaForm::StepLevel: return "step-level";
    case MetaForm::Mixed: break;
    }
    return "mixed";
}

std::string subjectOfMmmuId(std::string_view id)
{
    const std::size_t first = id.find('_'), last = id.rfind('_');
    if (first == std::string_view::npos || last <= first + 1 || last + 1 >= id.size())
        return {};
    const std::string_view split = id.substr(0, first), number = id.substr(last + 1);
    const bool known = split == "test" || split == "validation" || split == "dev";
    const bool digits = std::all_of(number.begin(), number.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    return known && digits ? std::string(id.substr(first + 1, last - first - 1)) : std::string();
}

Result<ConversationFile> readConversations(const std::string &path, RowKind kind,
                                           const ConversationReadOptions &options)
{
    ConversationFile file;
    WINNOW_TRY(forEachJsonRow(path, file.report, [&](std::int64_t number, const simdjson::dom::object &object) {
        Result<ConversationRow> row = readConversationRow(object, path, kind);
        if (!row) {
            file.report.drop(row.error().message, number);
            return true;
        }
        row->fileRow = number;
        file.rows.push_back(std::move(*row));
        return true;
    }));
    file.report.rowsKept = static_cast<std::int64_t>(file.rows.size());
    if (file.rows.empty())
        return noRowLeft(path, file.report);
    nameRows(file, path, kind, options.shareRepeatedIds);
    file.form = formOf(file.rows);
    return file;
}

Result<RowKind> detectRowKind(const std::string &path)
{
    std::optional<RowKind> kind;
    ReadReport report;
    WINNOW_TRY(forEachJsonRow(path, report, [&](std::int64_t, const simdjson::dom::object &object) {
        if (hasMember(object, "candidates"))
            kind = RowKind::Test;
        else if (hasMember(object, "conversations"))
            kind = hasMember(object, "true_false") ? RowKind::Meta : RowKind::Train;
        return !kind;
    }));
    if (!kind)
        return Error{path + ": no row has conversations (train, meta) or candidates (test); it is no file of rows."};
    return *kind;
}

} // namespace winnow
