#include "core/data/conversation_reader.h"
#include "core/data/import/import_builder.h"
#include "core/data/row_fields.h"
#include "core/data/sample_encoder.h"
#include "core/data/test_reader.h"
#include "core/text/step_prompt.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace winnow
{

namespace
{

/// One source row on its way: where it stands, and what is left of it.
struct Place {
    const std::string &file;
    std::int64_t row;
};

std::string excerpt(const simdjson::dom::object &object)
{
    std::string text = simdjson::minify(object);
    return text.size() > 400 ? text.substr(0, 400) : text; // the report cuts at a character
}

/// All pictures that a row names: those of `images` where an earlier import kept them all. The Error is the reason for
/// dropping it.
Result<std::vector<std::string>> pictureNames(const simdjson::dom::object &object)
{
    simdjson::dom::element element;
    std::vector<std::string> names;
    const bool all = textMember(object, "several_pictures").value_or("") == "all";
    if (object.at_key(all ? "images" : "image").get(element) || element.is_null())
        return names;
    simdjson::dom::array list;
    const auto add = [&names](const simdjson::dom::element &entry) {
        std::string_view name;
        if (entry.get(name) || name.size() > 4096 || name.find('\0') != std::string_view::npos)
            return false;
        if (!name.empty())
            names.emplace_back(name);
        return true;
    };
    const Error noPath{all ? "field images holds something that is not a path" : "field image is not a path"};
    if (element.get(list)) {
        if (!add(element))
            return noPath;
        return names;
    }
    for (const simdjson::dom::element entry : list) {
        if (!add(entry))
            return noPath;
    }
    return names;
}

struct Scores {
    std::optional<double> mean;
    std::optional<double> least;
};

/// The raw form: one step with its Monte-Carlo score each; `+` where it is above 0.
Result<std::vector<Turn>> turnsOfRaw(const simdjson::dom::object &object, Scores &scores)
{
    const auto question = textMember(object, "question");
    if (!question)
        return Error{"field question is missing or not text"};
    simdjson::dom::array steps;
    if (object.at_key("steps_with_score").get(steps) || steps.size() == 0)
        return Error{"field steps_with_score is empty or not a list"};
    std::vector<Turn> turns{{Turn::Role::System, std::string(visualPrmSystemText())}};
    double sum = 0, least = 0, count = 0;
    for (const simdjson::dom::element element : steps) {
        simdjson::dom::object step;
        if (element.get(step))
            return Error{"field steps_with_score holds something that is not an object"};
        auto text = textMember(step, "step");
        double score = 0;
        if (!text)
            return Error{"field steps_with_score.step is missing or not text"};
        if (step.at_key("score").get(score))
            return Error{"field steps_with_score.score is missing or not a number"};
        const bool first = turns.size() == 1;
        turns.push_back(
            {Turn::Role::User,
             first ? "### Question:\n" + *question + "\n\n### Solution Process:\n" + *text : std::move(*text)});
        turns.push_back({Turn::Role::Assistant, score > 0 ? "+" : "-"});
        sum += score;
        least = count == 0 ? score : std::min(least, score);
        ++count;
    }
    scores = {sum / count, least};
    return turns;
}

/// Reasons for which a run could not use the row with so many pictures either.
std::string whyUnusable(const std::vector<Turn> &turns, std::size_t pictures)
{
    bool site = false;
    std::size_t places = 0;
    for (const Turn &turn : turns) {
        site = site || (turn.role == Turn::Role::Assistant && (turn.text == "+" || turn.text == "-"));
        for (std::size_t at = turn.text.find("<image>"); at != std::string::npos;
             at = turn.text.find("<image>", at + 1))
            ++places;
    }
    if (!site)
        return std::string(drop_reason::noSite);
    if (pictures > 1)
        return places > 0 && places != pictures ? std::string(drop_reason::otherPlaces) : std::string();
    return places > 1 ? std::string(drop_reason::severalPlaces) : std::string();
}

/// Reads conversations of either data set into one row file.
class ConversationImport
{
public:
    ConversationImport(ImportBuilder &builder, RowKind kind, bool visualPrm)
        : m_builder(builder), m_kind(kind), m_visualPrm(visualPrm)
    {
    }

    /// Error: stopped, or the row file cannot be written. What is wrong with the file stands in the report.
    Status readFile(const std::string &file, const std::string &stem);

private:
    Status take(const simdjson::dom::object &object, Place place);
    Result<ConversationRow> rowOf(const simdjson::dom::object &object, Place place, Scores &scores);
    bool usePictures(const simdjson::dom::object &object, Place place, ConversationRow &row);
    void nameRow(const simdjson::dom::object &object, Place place, ConversationRow &row, std::string &sourceId);

    ImportBuilder &m_builder;
    RowKind m_kind;
    bool m_visualPrm;
    std::string m_stem;
};

Status ConversationImport::readFile(const std::string &file, const std::string &stem)
{
    m_stem = stem;
    Status status;
    ReadReport read;
    const Status walk = forEachJsonRow(file, read, [&](std::int64_t row, const simdjson::dom::object &object) {
        status = m_builder.tick(shortName(file), row, -1);
        if (status.ok())
            status = take(object, {file, row});
        return status.ok();
    });
    ImportReport &report = m_builder.report();
    report.rowsRead += read.rowsRead;
    for (const auto &[reason, drop] : read.dropped) {
        for (std::int64_t i = 0; i < drop.count; ++i)
            m_builder.drop(reason, file, drop.firstRow, i == 0 ? std::string() : "or later");
    }
    if (!walk.ok())
        report.problems.push_back(walk.error().message);
    return status;
}

Result<ConversationRow> ConversationImport::rowOf(const simdjson::dom::object &object, Place place, Scores &scores)
{
    ConversationRow row;
    if (m_visualPrm && hasMember(object, "steps_with_score")) {
        WINNOW_ASSIGN(row.turns, turnsOfRaw(object, scores));
    } else {
        WINNOW_ASSIGN(row.turns, readConversationTurns(object));
    }
    if (m_kind == RowKind::Meta) {
        row.trueFalse = boolMember(object, "true_false");
        if (!row.trueFalse)
            return Error{"field true_false is missing or not true or false"};
    }
    if (m_visualPrm && m_builder.options().replaceSystemText) {
        std::erase_if(row.turns, [](const Turn &turn) { return turn.role == Turn::Role::System; });
        row.turns.insert(row.turns.begin(), {Turn::Role::System, std::string(visualPrmSystemText())});
    }
    std::size_t seen = 1;
    if (m_builder.keepsAll()) {
        const auto names = pictureNames(object);
        seen = names.ok() ? names->size() : 1;
    }
    if (std::string why = whyUnusable(row.turns, seen); !why.empty())
        return Error{std::move(why)};
    row.fileRow = place.row;
    row.subject = textMember(object, "subject").value_or(textMember(object, "dataset").value_or(""));
    row.knownNoise = boolMember(object, "noise");
    return row;
}

bool ConversationImport::usePictures(const simdjson::dom::object &object, Place place, ConversationRow &row)
{
    auto names = pictureNames(object);
    if (!names.ok()) {
        m_builder.drop(names.error().message, place.file, place.row, excerpt(object));
        return false;
    }
    std::string text = names->size() > 1 ? excerpt(object) : std::string();
    if (!m_builder.chooseOfSeveral(*names, place.file, place.row, text))
        return false;
    auto pictures = m_builder.usePictures(*names, place.file, place.row, m_kind == RowKind::Meta);
    if (!pictures)
        return false;
    row.picturePath = std::move(pictures->first);
    row.furtherPictures = std::move(pictures->further);
    return true;
}

void ConversationImport::nameRow(const simdjson::dom::object &object, Place place, ConversationRow &row,
                                 std::string &sourceId)
{
    const std::string id = idMember(object, "id").value_or("");
    if (m_visualPrm) { // every row carries -1: the line is the name
        m_builder.report().idsMissing += id.empty() ? 1 : 0;
        row.key = m_stem + ":" + std::to_string(place.row);
        sourceId = id;
        if (row.subject.empty())
            row.subject = m_stem;
        return;
    }
    if (row.subject.empty())
        row.subject = subjectOfMmmuId(id);
    if (m_kind == RowKind::Meta && !id.empty())
        row.unitKey = id; // the rows of one question share their id by design
    else
        row.key = m_builder.uniqueKey(id, place.file, place.row);
}

Status ConversationImport::take(const simdjson::dom::object &object, Place place)
{
    Scores scores;
    Result<ConversationRow> row = rowOf(object, place, scores);
    if (!row.ok()) {
        m_builder.drop(row.error().message, place.file, place.row, excerpt(object));
        return {};
    }
    if (!usePictures(object, place, row.value()))
        return {};
    std::string sourceId;
    nameRow(object, place, row.value(), sourceId);
    const auto response = textMember(object, "response");
    if (response && response->size() == 1 && std::isalpha(static_cast<unsigned char>(response->front())) != 0)
        m_builder.report().note(ImportReport::bareLetter, {place.file, place.row, std::string(*response)});
    return m_builder.keep(row.value(), sourceId, scores.mean, scores.least);
}

void noteConversations(ImportReport &report)
{
    if (report.idsMissing > 0)
        report.notes.push_back(std::to_string(report.idsMissing)
                               + " rows have no id or -1; file and row are their key.");
    if (report.idsRepeated > 0)
        report.notes.push_back(std::to_string(report.idsRepeated)
                               + " rows have an id that an earlier row has; file and row are their key.");
    if (const std::int64_t bareLetters = report.bareLetters(); bareLetters > 0)
        report.notes.push_back(
            std::to_string(bareLetters) + " of " + std::to_string(report.rowsKept)
            + " rows have a bare letter as the whole response: one step that reasons about nothing.");
    if (report.duplicates > 0)
        report.notes.push_back(std::to_string(report.duplicates)
                               + " rows have the texts, labels and picture of an earlier row; they are kept.");
}

Status readTest(ImportBuilder &builder, const std::string &file)
{
    auto questions = readQuestions(file);
    ImportReport &report = builder.report();
    if (!questions.ok()) {
        report.problems.push_back(questions.error().message);
        return {};
    }
    report.rowsRead += questions->report.rowsRead;
    report.notes = questions->report.notes;
    for (const auto &[reason, drop] : questions->report.dropped) {
        for (std::int64_t i = 0; i < drop.count; ++i)
            builder.drop(reason, file, drop.firstRow, i == 0 ? std::string() : "or later");
    }
    for (QuestionRow &row : questions->questions) {
        WINNOW_TRY(builder.tick(shortName(file), row.fileRow, static_cast<std::int64_t>(questions->questions.size())));
        std::vector<std::string> pictures = picturesOf(row);
        if (!builder.chooseOfSeveral(pictures, file, row.fileRow, row.key))
            continue;
        auto found = builder.usePictures(pictures, file, row.fileRow, false);
        if (!found)
            continue;
        row.picturePath = std::move(found->first);
        row.furtherPictures = std::move(found->further);
        QuestionExtras extras;
        extras.pictures = picturesOf(row);
        WINNOW_TRY(builder.keep(row, extras));
    }
    return {};
}

} // namespace

Result<ImportReport> importVisualPrm(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group)
{
    WINNOW_ASSIGN(const auto builder, ImportBuilder::create(options, hooks, group, "train"));
    ConversationImport import(*builder, RowKind::Train, true);
    builder->report().systemTextReplaced = options.replaceSystemText;
    std::unordered_map<std::string, int> stems;
    for (const std::string &file : group.files) {
        std::string stem = std::filesystem::path(file).stem().string();
        if (const int used = stems[stem]++; used > 0) // two folders may hold a file of one name
            stem += "~" + std::to_string(used + 1);
        WINNOW_TRY(import.readFile(file, stem));
    }
    WINNOW_ASSIGN(ImportReport report, builder->finish());
    noteConversations(report);
    return report;
}

Result<ImportReport> importDreamPrm(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group)
{
    const std::string &file = group.files.front();
    WINNOW_ASSIGN(const RowKind kind, detectRowKind(file));
    const char *name = kind == RowKind::Test ? "test" : kind == RowKind::Meta ? "meta" : "train";
    WINNOW_ASSIGN(const auto builder, ImportBuilder::create(options, hooks, group, name));
    if (kind == RowKind::Test) {
        WINNOW_TRY(readTest(*builder, file));
    } else {
        ConversationImport import(*builder, kind, false);
        WINNOW_TRY(import.readFile(file, group.name));
    }
    WINNOW_ASSIGN(ImportReport report, builder->finish());
    noteConversations(report);
    return report;
}

} // namespace winnow
