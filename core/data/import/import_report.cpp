#include "core/data/import/import_report.h"

#include <nlohmann/json.hpp>

#include <array>

namespace winnow
{

namespace
{

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kindNames{"visualprm", "mmmu", "mmmu-pro", "dreamprm"};
constexpr std::size_t maxPlaceText = 300;

/// Calls visit(name, member) for every plain member: the one list behind writing and reading.
template <typename Report, typename Visit>
void eachMember(Report &r, Visit visit)
{
    visit("kind", r.kind);
    visit("source", r.source);
    visit("files", r.files);
    visit("row_file", r.rowFile);
    visit("row_kind", r.rowKind);
    visit("meta_form", r.metaForm);
    visit("sha256", r.sha256);
    visit("rows_read", r.rowsRead);
    visit("rows_kept", r.rowsKept);
    visit("problems", r.problems);
    visit("sites", r.sites);
    visit("plus", r.plus);
    visit("minus", r.minus);
    visit("answers_right", r.answersRight);
    visit("answers_wrong", r.answersWrong);
    visit("duplicates", r.duplicates);
    visit("ids_missing", r.idsMissing);
    visit("ids_repeated", r.idsRepeated);
    visit("several_pictures", r.severalPictures);
    visit("several_pictures_rule", r.severalPicturesRule);
    visit("pictures_missing", r.picturesMissing);
    visit("missing_pictures_rule", r.missingPicturesRule);
    visit("without_picture", r.withoutPicture);
    visit("pictures_written", r.picturesWritten);
    visit("system_text_replaced", r.systemTextReplaced);
    visit("subjects", r.subjects);
    visit("answers", r.answers);
    visit("sample_rows", r.sampleRows);
    visit("sample_seed", r.sampleSeed);
    visit("notes", r.notes);
    visit("seconds", r.seconds);
}

Json histogramJson(const ImportHistogram &h)
{
    return {{"bin_width", h.binWidth}, {"bins", h.bins},     {"rows", h.rows},
            {"mean", h.mean},          {"median", h.median}, {"largest", h.largest}};
}

ImportHistogram histogramOf(const Json &json)
{
    ImportHistogram h;
    json.at("bin_width").get_to(h.binWidth);
    json.at("bins").get_to(h.bins);
    json.at("rows").get_to(h.rows);
    json.at("mean").get_to(h.mean);
    json.at("median").get_to(h.median);
    json.at("largest").get_to(h.largest);
    return h;
}

Json rowsJson(const std::map<std::string, ImportRows> &byReason)
{
    Json all = Json::array();
    for (const auto &[reason, entry] : byReason) {
        Json rows = Json::array();
        for (const ImportPlace &place : entry.rows)
            rows.push_back({{"file", place.file}, {"row", place.row}, {"text", place.text}});
        all.push_back({{"reason", reason}, {"count", entry.count}, {"rows", std::move(rows)}});
    }
    return all;
}

std::map<std::string, ImportRows> rowsOf(const Json &json)
{
    std::map<std::string, ImportRows> byReason;
    for (const Json &one : json) {
        ImportRows &entry = byReason[one.at("reason").get<std::string>()];
        one.at("count").get_to(entry.count);
        for (const Json &row : one.at("rows"))
            entry.rows.push_back({row.at("file").get<std::string>(), row.at("row").get<std::int64_t>(),
                                  row.at("text").get<std::string>()});
    }
    return byReason;
}

void add(ImportRows &entry, ImportPlace place)
{
    ++entry.count;
    if (entry.rows.size() >= ImportRows::maxPlaces)
        return;
    if (place.text.size() > maxPlaceText) {
        std::size_t end = maxPlaceText;
        while (end > 0 && (static_cast<unsigned char>(place.text[end]) & 0xC0) == 0x80)
            --end; // not inside a character
        place.text.resize(end);
    }
    entry.rows.push_back(std::move(place));
}

} // namespace

std::string_view importKindName(ImportKind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

Result<ImportKind> importKindFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (kindNames[i] == name)
            return static_cast<ImportKind>(i);
    }
    return Error{"There is no import \"" + std::string(name) + "\"; choose visualprm, mmmu, mmmu-pro or dreamprm."};
}

void ImportReport::drop(const std::string &reason, ImportPlace place)
{
    add(dropped[reason], std::move(place));
}

void ImportReport::note(const std::string &what, ImportPlace place)
{
    add(noted[what], std::move(place));
}

std::int64_t ImportReport::bareLetters() const
{
    const auto found = noted.find(bareLetter);
    return found == noted.end() ? 0 : found->second.count;
}

std::string importReportToJson(const ImportReport &report)
{
    Json json;
    eachMember(report, [&json](const char *name, const auto &member) { json[name] = member; });
    json["dropped"] = rowsJson(report.dropped);
    json["noted"] = rowsJson(report.noted);
    json["bare_letters"] = report.bareLetters(); // a figure of its own for who reads no lists
    json["tokens"] = histogramJson(report.tokens);
    json["tiles"] = histogramJson(report.tiles);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ImportReport> importReportFromJson(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    ImportReport report;
    try {
        eachMember(report, [&json](const char *name, auto &member) { json.at(name).get_to(member); });
        report.dropped = rowsOf(json.at("dropped"));
        report.noted = rowsOf(json.value("noted", Json::array())); // reports of earlier versions have none
        report.tokens = histogramOf(json.at("tokens"));
        report.tiles = histogramOf(json.at("tiles"));
    } catch (const nlohmann::json::exception &e) {
        return Error{std::string("The import report cannot be read: ") + e.what()};
    }
    return report;
}

} // namespace winnow
