#include "core/data/conversation_reader.h"
#include "core/data/import/import_builder.h"
#include "core/data/import/python_literal.h"
#include "core/data/parquet/parquet_rows.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

constexpr std::size_t maxTextBytes = std::size_t{4} << 20;

/// A name that is safe as a file name, from an id that may hold anything.
std::string fileNameOf(const std::string &id)
{
    std::string name;
    for (const char c : id.substr(0, 120)) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
        name += plain ? c : '_';
    }
    return name.empty() ? "row" : name;
}

/// The parts of MMMU's question that Winnow joins to the question text (spec data-formats.md section 3).
std::string questionText(const std::string &question, const std::vector<std::string> &options)
{
    std::string text = "Question: " + question;
    for (std::size_t i = 0; i < options.size(); ++i)
        text += (i == 0 ? "\n\nOptions: (" : " (") + std::string(1, static_cast<char>('A' + i)) + ") " + options[i];
    return text;
}

/// One file of a group while it is read.
class MmmuFile
{
public:
    MmmuFile(ImportBuilder &builder, std::string path, std::string pictureFolder)
        : m_builder(builder), m_path(std::move(path)), m_pictureFolder(std::move(pictureFolder))
    {
    }
    /// Error: stopped, or the disk cannot be written. What is wrong with the file stands in the report.
    Status read();

private:
    Status findColumns(const std::vector<ParquetColumn> &columns);
    Status take();
    const ParquetCell *cell(const char *name) const;
    std::string textOf(const char *name) const;
    /// The Error is the reason for dropping the row.
    Result<QuestionRow> question(QuestionExtras &extras);
    Status readAnswer(const QuestionRow &row, QuestionExtras &extras);
    Status readPictures(QuestionRow &row, QuestionExtras &extras, bool &kept);
    Result<std::string> writePicture(const ParquetCell &cell, const std::string &name);
    void drop(const std::string &reason) { m_builder.drop(reason, m_path, m_row, textOf("id")); }

    ImportBuilder &m_builder;
    std::string m_path;
    std::string m_pictureFolder;
    std::vector<ParquetColumn> m_columns;
    std::unordered_map<std::string, std::size_t> m_places;
    std::vector<ParquetCell> m_cells;
    std::int64_t m_row = 0;
    bool m_diskFailed = false;
};

Status MmmuFile::findColumns(const std::vector<ParquetColumn> &columns)
{
    m_columns = columns;
    for (std::size_t i = 0; i < columns.size(); ++i)
        m_places.emplace(columns[i].name, i);
    const auto need = [&](const char *name, ParquetColumn::Kind kind, const char *what) -> Status {
        const auto place = m_places.find(name);
        if (place == m_places.end())
            return Error{m_path + ": column " + name + " is missing; this is no file of MMMU or MMMU-Pro."};
        if (columns[place->second].kind != kind)
            return Error{m_path + ": column " + name + " must hold " + what + ", not " + columns[place->second].type
                         + "."};
        return {};
    };
    for (const char *name : {"id", "options", "answer"})
        WINNOW_TRY(need(name, ParquetColumn::Kind::Text, "text"));
    if (m_places.contains("question"))
        return need("question", ParquetColumn::Kind::Text, "text");
    return need("image", ParquetColumn::Kind::Picture, "a picture"); // vision: the question is drawn in it
}

Status MmmuFile::read()
{
    ImportReport &report = m_builder.report();
    auto rows = openParquet(m_path);
    if (!rows.ok()) {
        report.problems.push_back(rows.error().message);
        return {};
    }
    ParquetRows &file = *rows.value();
    if (const Status status = findColumns(file.columns()); !status.ok()) {
        report.problems.push_back(status.error().message);
        return {};
    }
    for (m_row = 0;; ++m_row) {
        WINNOW_TRY(m_builder.tick(shortName(m_path), m_row, file.rowCount()));
        const Result<bool> more = file.next(m_cells);
        if (!more.ok())
            report.problems.push_back(more.error().message);
        if (!more.ok() || !*more)
            return {};
        ++report.rowsRead;
        WINNOW_TRY(take());
    }
}

const ParquetCell *MmmuFile::cell(const char *name) const
{
    const auto place = m_places.find(name);
    return place == m_places.end() || m_cells[place->second].null ? nullptr : &m_cells[place->second];
}

std::string MmmuFile::textOf(const char *name) const
{
    const ParquetCell *found = cell(name);
    return found ? found->text : std::string();
}

Status MmmuFile::take()
{
    QuestionExtras extras;
    Result<QuestionRow> row = question(extras);
    if (!row.ok()) {
        drop(row.error().message);
        return {};
    }
    bool kept = true;
    WINNOW_TRY(readPictures(row.value(), extras, kept));
    if (!kept)
        return {};
    return m_builder.keep(row.value(), extras);
}

Result<QuestionRow> MmmuFile::question(QuestionExtras &extras)
{
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (!m_cells[i].error.empty())
            return Error{"field " + m_columns[i].name + " " + m_cells[i].error};
        if (m_columns[i].kind == ParquetColumn::Kind::Text && m_cells[i].text.size() > maxTextBytes)
            return Error{"field " + m_columns[i].name + " is longer than 4 MiB"};
    }
    const bool vision = !m_places.contains("question");
    std::string asked = vision ? "See the picture." : textOf("question");
    if (asked.empty())
        return Error{"field question is empty"};
    auto options = parsePythonList(cell("options") ? textOf("options") : "[]");
    if (!options.ok())
        return Error{"field options is no list: " + options.error().message};
    if (options->size() > 26)
        return Error{"field options has more than 26 entries"};
    extras.options = std::move(options).value();
    QuestionRow row;
    row.fileRow = m_row;
    row.question = questionText(asked, extras.options);
    WINNOW_TRY(readAnswer(row, extras));
    const std::string id = textOf("id");
    row.key = m_builder.uniqueKey(id == "-1" ? std::string() : id, m_path, m_row);
    row.subject = cell("subject") ? textOf("subject") : subjectOfMmmuId(id);
    for (const char *name : {"question_type", "explanation", "img_type", "topic_difficulty", "subfield"}) {
        if (const std::string value = textOf(name); !value.empty())
            extras.texts.emplace_back(name, value);
    }
    return row;
}

Status MmmuFile::readAnswer(const QuestionRow &, QuestionExtras &extras)
{
    const std::string answer = textOf("answer");
    auto &answers = m_builder.report().answers;
    if (answer.empty() || answer == "?") { // the test split keeps its answers back
        ++answers["withheld"];
        return {};
    }
    const bool open = extras.options.empty();
    if (!open) {
        const bool letter =
            answer.size() == 1 && answer[0] >= 'A' && static_cast<std::size_t>(answer[0] - 'A') < extras.options.size();
        if (!letter)
            return Error{"field answer is none of the letters of its options"};
        extras.answers = {answer};
        ++answers[answer];
        return {};
    }
    ++answers["open"];
    extras.answers = {answer};
    if (answer.front() == '[') { // several accepted answers; an interval such as [0, 1) stays text
        auto list = parsePythonList(answer);
        if (list.ok() && !list->empty())
            extras.answers = std::move(list).value();
    }
    return {};
}

Result<std::string> MmmuFile::writePicture(const ParquetCell &found, const std::string &name)
{
    const std::span bytes = std::as_bytes(std::span(found.text.data(), found.text.size()));
    WINNOW_ASSIGN(const PictureSize size, pictureSize(bytes, name));
    const std::string path = (fs::path(m_pictureFolder) / (name + "." + size.format)).string();
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(found.text.data(), static_cast<std::streamsize>(found.text.size()));
    file.close();
    m_diskFailed = !file;
    if (m_diskFailed)
        return Error{path + ": the picture cannot be written; check the free space."};
    ++m_builder.report().picturesWritten;
    return path;
}

Status MmmuFile::readPictures(QuestionRow &row, QuestionExtras &extras, bool &kept)
{
    static constexpr std::array<const char *, 8> names{"image",   "image_1", "image_2", "image_3",
                                                       "image_4", "image_5", "image_6", "image_7"};
    ImportReport &report = m_builder.report();
    for (const char *name : names) {
        const ParquetCell *found = cell(name);
        if (!found)
            continue;
        Result<std::string> path = Error{};
        if (!found->text.empty()) {
            path = writePicture(*found, fileNameOf(row.key) + "_" + name);
        } else {
            const ImportedPicture &beside = m_builder.picture(found->path, m_path, false);
            path = beside.size ? Result<std::string>(beside.path) : Error{"it is not there"};
        }
        if (m_diskFailed)
            return path.error();
        if (path.ok()) {
            extras.pictures.push_back(path.value());
            continue;
        }
        ++report.picturesMissing;
        if (m_builder.dropsMissing() || !found->text.empty()) { // bytes that are no picture stay none
            drop("field " + std::string(name) + " is no picture that can be opened");
            kept = false;
            return {};
        }
    }
    if (extras.pictures.size() > 1)
        ++report.severalPictures;
    if (extras.pictures.size() > 1 && m_builder.dropsSeveral()) {
        drop("several pictures");
        kept = false;
    }
    if (extras.pictures.empty() && kept)
        ++report.withoutPicture;
    row.picturePath = extras.pictures.empty() ? std::string() : extras.pictures.front();
    if (m_builder.keepsAll() && extras.pictures.size() > 1)
        row.furtherPictures.assign(extras.pictures.begin() + 1, extras.pictures.end());
    return {};
}

void noteQuestions(ImportReport &report)
{
    report.notes.push_back(
        "The questions have no candidates yet, so they cannot be evaluated before some are generated.");
    if (report.severalPictures > 0)
        report.notes.push_back(std::to_string(report.severalPictures) + " questions have several pictures: "
                               + report.severalPicturesRule + " (all are written and named in field images).");
    if (report.idsMissing + report.idsRepeated > 0)
        report.notes.push_back(std::to_string(report.idsMissing) + " rows have no id or -1, "
                               + std::to_string(report.idsRepeated)
                               + " one that an earlier row has; file and row are their key.");
    if (report.withoutPicture > 0)
        report.notes.push_back(std::to_string(report.withoutPicture) + " questions have no picture and are text only.");
    if (report.duplicates > 0)
        report.notes.push_back(std::to_string(report.duplicates)
                               + " rows have the question, options and picture of an earlier row; they are kept.");
}

} // namespace

Result<ImportReport> importMmmu(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group)
{
    std::error_code ec;
    const fs::path pictures = fs::absolute(fs::path(options.out) / "pictures" / group.name, ec).lexically_normal();
    fs::create_directories(pictures, ec);
    if (ec)
        return Error{pictures.string() + ": the folder for pictures cannot be made (" + ec.message() + ")."};
    WINNOW_ASSIGN(const auto builder, ImportBuilder::create(options, hooks, group, "questions"));
    for (const std::string &file : group.files)
        WINNOW_TRY(MmmuFile(*builder, file, pictures.string()).read());
    WINNOW_ASSIGN(ImportReport report, builder->finish());
    noteQuestions(report);
    return report;
}

} // namespace winnow
