#include "core/data/demo/demo_files.h"

#include "core/image/png_encode.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

enum class LabelForm { AsNoted, AnswerLevel, StepLevel };

std::string rowName(const char *kind, std::size_t row)
{
    char text[32];
    std::snprintf(text, sizeof text, "%s-%05zu", kind, row);
    return text;
}

Status writeBytes(const std::filesystem::path &path, const char *data, std::size_t size)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(data, static_cast<std::streamsize>(size));
    file.close();
    if (!file)
        return Error{path.string() + ": the file cannot be written; check the folder's rights and free space."};
    return {};
}

/// One row a line: a person can look at it and tools can compare it.
Status writeRows(const std::filesystem::path &path, const std::vector<Json> &rows)
{
    std::string text = "[\n";
    for (std::size_t i = 0; i < rows.size(); ++i)
        text += rows[i].dump() + (i + 1 < rows.size() ? ",\n" : "\n");
    text += "]\n";
    return writeBytes(path, text.data(), text.size());
}

std::string pictureName(const std::string &name)
{
    return "pictures/" + name + ".png";
}

Status writePicture(const DemoProblem &problem, const DigitSheet &sheet, const std::filesystem::path &path)
{
    WINNOW_ASSIGN(const std::vector<std::byte> png, encodePng(sheet.sideBySide(problem.pictures)));
    return writeBytes(path, reinterpret_cast<const char *>(png.data()), png.size());
}

Json turn(const char *from, std::string value)
{
    return Json{{"from", from}, {"value", std::move(value)}};
}

Json conversation(const DemoRow &row, LabelForm form)
{
    Json turns = Json::array();
    turns.push_back(turn("system", std::string(demoJudgeText)));
    turns.push_back(turn("human", demoQuestionTurn(row.problem)));
    for (std::size_t i = 0; i < row.chain.steps.size(); ++i) {
        const bool plus = form == LabelForm::AnswerLevel || row.chain.labels[i] != row.noise;
        turns.push_back(turn("human", row.chain.steps[i]));
        turns.push_back(turn("gpt", plus ? "+" : "-"));
    }
    return turns;
}

std::string subjectName(const DemoProblem &problem)
{
    return std::string(demoSubjectNames[static_cast<std::size_t>(problem.subject)]);
}

Json rowJson(const DemoRow &row, const std::string &name, LabelForm form)
{
    Json json;
    json["id"] = name;
    json["question_id"] = name;
    json["subject"] = subjectName(row.problem);
    if (form == LabelForm::AsNoted) {
        json["noise"] = row.noise;
    } else {
        json["response"] = row.chain.text();
        json["true_false"] = form == LabelForm::StepLevel || row.chain.answerRight;
    }
    json["image"] = pictureName(name);
    json["conversations"] = conversation(row, form);
    return json;
}

Json questionJson(const DemoQuestion &question, const std::string &name)
{
    Json json;
    json["question_id"] = name;
    json["subject"] = subjectName(question.problem);
    json["question"] = question.problem.question();
    json["image_path"] = pictureName(name);
    json["system"] = demoJudgeText;
    json["candidates"] = Json::array();
    json["true_false"] = Json::array();
    for (const DemoChain &chain : question.candidates) {
        json["candidates"].push_back(chain.text());
        json["true_false"].push_back(chain.answerRight);
    }
    return json;
}

/// Rows and pictures of one kind; with `answerLevel` also the second form of the same rows.
Status writeKind(const std::vector<DemoRow> &rows, const char *kind, LabelForm form, const DigitSheet &sheet,
                 const std::filesystem::path &folder)
{
    std::vector<Json> json;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string name = rowName(kind, i);
        json.push_back(rowJson(rows[i], name, form));
        WINNOW_TRY(writePicture(rows[i].problem, sheet, folder / pictureName(name)));
    }
    return writeRows(folder / (std::string(kind) + ".json"), json);
}

Status writeAnswerLevel(const std::vector<DemoRow> &rows, const std::filesystem::path &folder)
{
    std::vector<Json> json;
    for (std::size_t i = 0; i < rows.size(); ++i)
        json.push_back(rowJson(rows[i], rowName("meta", i), LabelForm::AnswerLevel));
    return writeRows(folder / "meta_answer_level.json", json);
}

Status writeTest(const std::vector<DemoQuestion> &questions, const DigitSheet &sheet,
                 const std::filesystem::path &folder)
{
    std::vector<Json> json;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const std::string name = rowName("test", i);
        json.push_back(questionJson(questions[i], name));
        WINNOW_TRY(writePicture(questions[i].problem, sheet, folder / pictureName(name)));
    }
    return writeRows(folder / "test.json", json);
}

Status writeSummary(const DemoTask &task, const std::filesystem::path &path)
{
    Json noise, corrupted;
    for (std::size_t s = 0; s < demoSubjectNames.size(); ++s) {
        std::size_t flipped = 0;
        for (const DemoRow &row : task.train)
            flipped += row.noise && static_cast<std::size_t>(row.problem.subject) == s ? 1 : 0;
        noise[std::string(demoSubjectNames[s])] = task.options.noise[s];
        corrupted[std::string(demoSubjectNames[s])] = flipped;
    }
    Json json;
    json["task"] = "digit-steps";
    json["version"] = 1;
    json["seed"] = task.options.seed;
    json["noise"] = noise;
    json["corrupted_rows"] = corrupted;
    json["train_rows"] = task.train.size();
    json["meta_rows"] = task.meta.size();
    json["holdout_rows"] = task.holdout.size();
    json["questions"] = task.test.size();
    json["candidates"] = task.options.candidates;
    json["random"] = task.randomAccuracy();
    json["oracle"] = task.oracleAccuracy();
    const std::string text = json.dump(2) + "\n";
    return writeBytes(path, text.data(), text.size());
}

} // namespace

std::string demoQuestionTurn(const DemoProblem &problem)
{
    return "### Question:\n" + problem.question();
}

Status writeDemoTask(const DemoTask &task, const DigitSheet &sheet, const std::string &folder)
{
    const std::filesystem::path base(folder);
    std::error_code error;
    std::filesystem::create_directories(base / "pictures", error);
    if (error)
        return Error{(base / "pictures").string() + ": the folder cannot be made (" + error.message() + ")."};
    WINNOW_TRY(writeKind(task.train, "train", LabelForm::AsNoted, sheet, base));
    WINNOW_TRY(writeKind(task.meta, "meta", LabelForm::StepLevel, sheet, base));
    WINNOW_TRY(writeAnswerLevel(task.meta, base));
    WINNOW_TRY(writeKind(task.holdout, "holdout", LabelForm::StepLevel, sheet, base));
    WINNOW_TRY(writeTest(task.test, sheet, base));
    return writeSummary(task, base / "task.json");
}

} // namespace winnow
