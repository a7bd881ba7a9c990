#include "core/data/import/imported_rows.h"

#include "core/data/conversation_reader.h"
#include "core/data/row_fields.h"
#include "core/data/test_reader.h"

namespace winnow
{

namespace
{

/// Walks over the file and hands on `batch` rows at a time.
template <typename Row, typename Parse, typename Visit>
Status inBatches(const std::string &path, std::size_t batch, Parse parse, const Visit &visit)
{
    std::vector<Row> rows;
    Status status;
    ReadReport read;
    WINNOW_TRY(forEachJsonRow(path, read, [&](std::int64_t number, const simdjson::dom::object &object) {
        Result<Row> row = parse(object);
        if (!row.ok()) {
            status =
                Error{path + ": row " + std::to_string(number) + ": " + row.error().message + "; import it again."};
            return false;
        }
        row->fileRow = number;
        rows.push_back(std::move(row).value());
        if (rows.size() < batch)
            return true;
        status = visit(rows);
        rows.clear();
        return status.ok();
    }));
    WINNOW_TRY(status);
    return rows.empty() ? Status{} : visit(rows);
}

Result<ConversationRow> trainRow(const simdjson::dom::object &object, const std::string &path)
{
    ConversationRow row;
    WINNOW_ASSIGN(row.turns, readConversationTurns(object));
    WINNOW_ASSIGN(RowPictures pictures, rowPictures(object, {"image"}, path, false));
    row.picturePath = std::move(pictures.first);
    row.furtherPictures = std::move(pictures.further);
    row.unitKey = row.key = idMember(object, "id").value_or("");
    row.subject = textMember(object, "subject").value_or("");
    row.knownNoise = boolMember(object, "noise");
    return row;
}

Result<QuestionRow> questionRow(const simdjson::dom::object &object, const std::string &path)
{
    QuestionRow row;
    row.question = textMember(object, "question").value_or("");
    WINNOW_ASSIGN(RowPictures pictures, rowPictures(object, {"image_path"}, path, false));
    row.picturePath = std::move(pictures.first);
    row.furtherPictures = std::move(pictures.further);
    row.key = idMember(object, "id").value_or("");
    row.subject = textMember(object, "subject").value_or("");
    return row;
}

} // namespace

Status forEachImportedRow(const ImportReport &report, std::size_t batch, const ImportedRowVisitor &visitor)
{
    const std::string &path = report.rowFile;
    if (report.rowKind == "meta") {
        WINNOW_ASSIGN(const ConversationFile file, readConversations(path, RowKind::Meta));
        return visitor.rows(file.rows);
    }
    if (report.rowKind == "test") {
        WINNOW_ASSIGN(const QuestionFile file, readQuestions(path));
        return visitor.questions(file.questions);
    }
    if (report.rowKind == "questions")
        return inBatches<QuestionRow>(
            path, batch, [&](const auto &object) { return questionRow(object, path); }, visitor.questions);
    return inBatches<ConversationRow>(
        path, batch, [&](const auto &object) { return trainRow(object, path); }, visitor.rows);
}

} // namespace winnow
