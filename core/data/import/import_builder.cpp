#include "core/data/import/import_builder.h"

#include "core/data/conversation_reader.h"
#include "core/data/picture_path.h"
#include "core/data/sample_encoder.h"

#include <filesystem>
#include <functional>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

constexpr std::int64_t tickRows = 256;

std::size_t mixed(std::size_t seed, std::string_view text)
{
    return seed * 0x9E3779B97F4A7C15ull ^ std::hash<std::string_view>{}(text);
}

} // namespace

std::string shortName(const std::string &path)
{
    return fs::path(path).filename().string();
}

Result<std::unique_ptr<ImportBuilder>> ImportBuilder::create(const ImportOptions &options, const ImportHooks &hooks,
                                                             const ImportGroup &group, std::string rowKind)
{
    std::unique_ptr<ImportBuilder> builder(new ImportBuilder(options, hooks));
    ImportReport &report = builder->m_report;
    report.kind = importKindName(options.kind);
    report.source = options.source;
    report.files = group.files;
    report.rowKind = std::move(rowKind);
    report.rowFile = (fs::path(options.out) / (group.name + ".jsonl")).string();
    report.severalPicturesRule = builder->dropsSeveral() ? "row dropped"
        : builder->keepsAll()                            ? "all pictures, tiles shared"
                                                         : "first picture";
    report.missingPicturesRule = builder->dropsMissing() ? "row dropped" : "row kept without it";
    std::error_code ec;
    for (const std::string &file : group.files) {
        if (fs::equivalent(file, report.rowFile, ec))
            return Error{report.rowFile
                         + ": the import would write over the file that it reads; choose another folder for --out."};
    }
    WINNOW_ASSIGN(builder->m_writer, RowWriter::create(report.rowFile));
    return builder;
}

Status ImportBuilder::tick(const std::string &file, std::int64_t row, std::int64_t rows)
{
    if (row % tickRows != 0)
        return {};
    if (m_hooks.stop && m_hooks.stop->stopRequested())
        return Error{"The import was stopped; what was being written was removed."};
    if (m_hooks.progress)
        m_hooks.progress(file, row, rows);
    return {};
}

void ImportBuilder::drop(const std::string &reason, const std::string &file, std::int64_t row, std::string text)
{
    m_report.drop(reason, {file, row, std::move(text)});
}

const ImportedPicture &ImportBuilder::picture(const std::string &written, const std::string &file, bool metaFile)
{
    const auto [place, fresh] = m_pictures.try_emplace(written);
    if (!fresh || written.empty())
        return place->second;
    ImportedPicture &picture = place->second;
    const std::string from = m_options.pictures.empty() ? file : (fs::path(m_options.pictures) / "rows").string();
    std::error_code ec;
    picture.path = fs::absolute(resolvePicturePath(written, from, metaFile), ec).lexically_normal().string();
    if (auto size = pictureSizeOfFile(picture.path); size.ok())
        picture.size = std::move(size).value();
    return picture;
}

bool ImportBuilder::chooseOfSeveral(std::vector<std::string> &written, const std::string &file, std::int64_t row,
                                    const std::string &text)
{
    if (written.size() < 2)
        return true;
    ++m_report.severalPictures;
    if (dropsSeveral()) {
        drop("several pictures", file, row, text);
        return false;
    }
    if (keepsAll() && written.size() > maxPicturesOfRow) {
        drop("field image names more than 64 pictures", file, row, text);
        return false;
    }
    if (!keepsAll())
        written.resize(1);
    return true;
}

std::optional<RowPictures> ImportBuilder::usePictures(const std::vector<std::string> &written, const std::string &file,
                                                      std::int64_t row, bool metaFile)
{
    RowPictures found;
    const ImportedPicture *missing = nullptr;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const ImportedPicture &one = picture(written[i], file, metaFile);
        if (!missing && !one.size && !one.path.empty())
            missing = &one;
        if (i == 0)
            found.first = one.path;
        else
            found.further.push_back(one.path);
    }
    m_report.withoutPicture += found.first.empty() ? 1 : 0;
    if (!missing)
        return found;
    ++m_report.picturesMissing;
    if (!dropsMissing())
        return found; // the path stays, so that the picture is found once it is there
    drop("picture cannot be opened", file, row, missing->path);
    return std::nullopt;
}

std::string ImportBuilder::uniqueKey(const std::string &id, const std::string &file, std::int64_t row)
{
    if (id.empty())
        ++m_report.idsMissing;
    else if (m_keys.insert(id).second)
        return id;
    else
        ++m_report.idsRepeated;
    std::string key = shortName(file) + "#" + std::to_string(row);
    while (!m_keys.insert(key).second)
        key += "'";
    return key;
}

/// Row files lie in the folder of their pictures where these came inside a file: such paths are written relative, so
/// that the folder can be moved.
std::string ImportBuilder::written(const std::string &picture) const
{
    if (picture.empty())
        return picture;
    std::error_code ec;
    const fs::path near = fs::path(picture).lexically_relative(fs::absolute(m_options.out, ec).lexically_normal());
    const bool inside = !near.empty() && *near.begin() != "..";
    return inside ? near.string() : picture;
}

/// Rows of which all pictures are seen say so themselves: a run needs no setting to see what the import chose.
void ImportBuilder::writePictures(const std::vector<std::string> &pictures, bool all)
{
    if (pictures.size() < 2)
        return;
    std::vector<std::string> names;
    for (const std::string &picture : pictures)
        names.push_back(written(picture));
    m_line.texts("images", names);
    if (all)
        m_line.text("several_pictures", "all");
}

void ImportBuilder::countRow(const std::string &subject, std::size_t textHash, const std::vector<Turn> &turns,
                             const std::vector<std::string> &pictures)
{
    ++m_report.rowsKept;
    ++m_report.subjects[subject];
    std::size_t hash = pictures.empty() ? mixed(textHash, {}) : textHash;
    for (const std::string &picture : pictures)
        hash = mixed(hash, picture);
    if (!m_hashes.insert(hash).second)
        ++m_report.duplicates;
    m_sample.add(turns, m_tiles.of(pictures));
}

Status ImportBuilder::keep(const ConversationRow &row, const std::string &sourceId, std::optional<double> meanScore,
                           std::optional<double> minScore)
{
    std::size_t hash = row.trueFalse ? (*row.trueFalse ? 2 : 1) : 0;
    for (const Turn &turn : row.turns) {
        hash = mixed(hash, turn.text);
        if (turn.role != Turn::Role::Assistant)
            continue;
        const bool plus = turn.text == "+", minus = turn.text == "-";
        m_report.sites += plus || minus ? 1 : 0;
        m_report.plus += plus ? 1 : 0;
        m_report.minus += minus ? 1 : 0;
        m_minus = m_minus || minus;
    }
    if (row.trueFalse) {
        ++(*row.trueFalse ? m_report.answersRight : m_report.answersWrong);
        m_wrong = m_wrong || !*row.trueFalse;
    }
    const std::vector<std::string> pictures = picturesOf(row);
    countRow(row.subject, hash, row.turns, pictures);
    m_line.begin();
    m_line.text("id", row.unitKey.empty() ? row.key : row.unitKey);
    if (row.trueFalse)
        m_line.flag("true_false", *row.trueFalse);
    if (!row.picturePath.empty())
        m_line.text("image", written(row.picturePath));
    writePictures(pictures, true);
    if (!row.subject.empty())
        m_line.text("subject", row.subject);
    if (row.knownNoise)
        m_line.flag("noise", *row.knownNoise);
    if (!sourceId.empty())
        m_line.text("source_id", sourceId);
    if (meanScore)
        m_line.number("mean_score", *meanScore);
    if (minScore)
        m_line.number("min_score", *minScore);
    m_line.turns("conversations", row.turns);
    return m_writer->write(m_line.end(), pictures);
}

Status ImportBuilder::keep(const QuestionRow &row, const QuestionExtras &extras)
{
    std::size_t hash = mixed(0, row.question);
    for (const std::string &candidate : row.candidates)
        hash = mixed(hash, candidate);
    for (const bool right : row.trueFalse)
        ++(right ? m_report.answersRight : m_report.answersWrong);
    const std::vector<std::string> pictures = picturesOf(row);
    countRow(row.subject, hash, countedTurns(row), pictures);
    m_line.begin();
    m_line.text("id", row.key);
    m_line.text("question", row.question);
    if (!row.picturePath.empty())
        m_line.text("image_path", written(row.picturePath));
    writePictures(extras.pictures, !row.furtherPictures.empty());
    if (!row.subject.empty())
        m_line.text("subject", row.subject);
    if (!row.systemText.empty())
        m_line.text("system", row.systemText);
    for (const auto &[name, value] : extras.texts)
        m_line.text(name, value);
    if (!extras.options.empty())
        m_line.texts("options", extras.options);
    if (!extras.answers.empty())
        m_line.texts("answers", extras.answers);
    if (!row.candidates.empty()) {
        m_line.texts("candidates", row.candidates);
        m_line.flags("true_false", row.trueFalse);
    }
    return m_writer->write(m_line.end(), pictures);
}

Result<ImportReport> ImportBuilder::finish()
{
    const std::string first = m_report.files.empty() ? m_report.source : m_report.files.front();
    if (m_report.rowsKept == 0) {
        std::string why = m_report.problems.empty() ? std::string() : " " + m_report.problems.front();
        for (const auto &[reason, drop] : m_report.dropped)
            why += " " + std::to_string(drop.count) + " x " + reason + ", first in " + drop.rows.front().file + " row "
                + std::to_string(drop.rows.front().row) + ".";
        return Error{first + ": none of the " + std::to_string(m_report.rowsRead) + " rows can be used." + why};
    }
    if (m_report.rowKind == "meta") {
        const MetaForm form = !m_minus ? MetaForm::AnswerLevel : m_wrong ? MetaForm::Mixed : MetaForm::StepLevel;
        m_report.metaForm = metaFormName(form);
    }
    WINNOW_TRY(m_sample.count(m_options, m_report));
    WINNOW_ASSIGN(m_report.sha256, m_writer->finish());
    return std::move(m_report);
}

} // namespace winnow
