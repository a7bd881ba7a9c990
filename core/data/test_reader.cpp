#include "core/data/test_reader.h"

#include "core/data/conversation_reader.h"
#include "core/data/json_rows.h"
#include "core/data/row_fields.h"

namespace winnow {

namespace {

constexpr std::size_t maxCandidates = 1024;
constexpr std::size_t maxTextBytes = std::size_t{4} << 20;

/// The Error is the reason for dropping the row.
Status readCandidates(const simdjson::dom::object &object, QuestionRow &row)
{
    simdjson::dom::array candidates, truths;
    if (object.at_key("candidates").get(candidates))
        return Error{"field candidates is missing or not a list"};
    if (object.at_key("true_false").get(truths))
        return Error{"field true_false is missing or not a list"};
    if (candidates.size() == 0)
        return Error{"field candidates is empty"};
    if (candidates.size() > maxCandidates)
        return Error{"field candidates has more than 1024 entries"};
    if (candidates.size() != truths.size())
        return Error{"fields candidates and true_false differ in length"};
    for (const simdjson::dom::element element : candidates) {
        std::string_view text;
        if (element.get(text))
            return Error{"field candidates holds something that is not text"};
        if (text.size() > maxTextBytes)
            return Error{"field candidates holds a text of more than 4 MiB"};
        row.candidates.emplace_back(text);
    }
    for (const simdjson::dom::element element : truths) {
        bool truth = false;
        if (element.get(truth))
            return Error{"field true_false holds something other than true and false"};
        row.trueFalse.push_back(truth);
    }
    return {};
}

} // namespace

Result<QuestionRow> readQuestionRow(const simdjson::dom::object &object, const std::string &path, bool needsCandidates)
{
    QuestionRow row;
    auto question = textMember(object, "question");
    if (!question)
        return Error{"field question is missing or not text"};
    if (question->size() > maxTextBytes)
        return Error{"field question is longer than 4 MiB"};
    row.question = std::move(*question);
    if (needsCandidates || hasMember(object, "candidates"))
        WINNOW_TRY(readCandidates(object, row));
    WINNOW_ASSIGN(RowPictures pictures, rowPictures(object, {"image_path", "image"}, path, false));
    row.picturePath = std::move(pictures.first);
    row.furtherPictures = std::move(pictures.further);
    row.systemText = textMember(object, "system").value_or("");
    row.key = idMember(object, "question_id").value_or(idMember(object, "id").value_or(""));
    row.subject = textMember(object, "subject").value_or(subjectOfMmmuId(row.key));
    return row;
}

Result<QuestionFile> readQuestions(const std::string &path)
{
    QuestionFile file;
    WINNOW_TRY(forEachJsonRow(path, file.report, [&](std::int64_t number, const simdjson::dom::object &object) {
        Result<QuestionRow> row = readQuestionRow(object, path);
        if (!row) {
            file.report.drop(row.error().message, number);
            return true;
        }
        row->fileRow = number;
        file.questions.push_back(std::move(*row));
        return true;
    }));
    file.report.rowsKept = static_cast<std::int64_t>(file.questions.size());
    if (file.questions.empty())
        return noRowLeft(path, file.report);
    std::vector<KeyedRow> keys;
    for (const QuestionRow &row : file.questions)
        keys.push_back({row.key, row.fileRow});
    std::vector<std::string> names = uniqueKeys(keys, path, false, file.report);
    for (std::size_t i = 0; i < names.size(); ++i)
        file.questions[i].key = std::move(names[i]);
    return file;
}

} // namespace winnow
