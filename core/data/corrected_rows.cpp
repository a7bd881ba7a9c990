#include "core/data/corrected_rows.h"

#include "core/data/dataset_identity.h"
#include "core/data/json_rows.h"
#include "core/data/picture_path.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace winnow {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string rowName(const std::string &path, std::int64_t row)
{
    return path + ", row " + std::to_string(row);
}

Json labelList(const std::vector<bool> &labels)
{
    Json list = Json::array();
    for (const bool plus : labels)
        list.push_back(plus ? "+" : "-");
    return list;
}

/// One pass over the source file.
class Corrector {
public:
    Corrector(const CorrectionRequest &request, std::ostream &out, bool array)
        : m_request(request), m_out(out), m_array(array)
    {
        std::error_code ignored;
        m_moved = !fs::equivalent(folderOf(request.source), folderOf(request.target), ignored);
    }

    Result<CorrectionResult> run();
    const Json &changes() const { return m_changes; }

private:
    static fs::path folderOf(const std::string &file)
    {
        const fs::path folder = fs::path(file).parent_path();
        return folder.empty() ? fs::path(".") : folder;
    }
    Status row(std::int64_t row, const simdjson::dom::object &object);
    Status relabel(Json &json, std::int64_t row, const RowCorrection &correction);
    void anchorPicture(Json &json) const;
    void write(const std::string &text);

    const CorrectionRequest &m_request;
    std::ostream &m_out;
    bool m_array;
    bool m_moved = false;
    CorrectionResult m_result;
    Json m_changes = Json::array();
};

void Corrector::write(const std::string &text)
{
    if (m_array)
        m_out << (m_result.rowsKept == 0 ? "[\n" : ",\n");
    m_out << text;
    if (!m_array)
        m_out << '\n';
    ++m_result.rowsKept;
}

void Corrector::anchorPicture(Json &json) const
{
    const auto anchor = [this](Json &written) {
        if (!written.is_string() || written.get<std::string>().empty()
            || fs::path(written.get<std::string>()).is_absolute())
            return;
        const std::string found = resolvePicturePath(written.get<std::string>(), m_request.source, false);
        written = fs::absolute(found).lexically_normal().string();
    };
    if (const auto image = json.find("image"); image != json.end())
        anchor(image->is_array() && image->size() == 1 ? image->front() : *image);
    if (const auto images = json.find("images"); images != json.end() && images->is_array())
        std::for_each(images->begin(), images->end(), anchor);
}

Status Corrector::relabel(Json &json, std::int64_t row, const RowCorrection &correction)
{
    std::vector<bool> old;
    std::size_t next = 0;
    const auto turns = json.find("conversations");
    if (turns == json.end() || !turns->is_array())
        return Error{rowName(m_request.source, row) + ": 'conversations' is missing, so its labels cannot be flipped."};
    for (Json &turn : *turns) {
        if (!turn.is_object() || turn.value("from", "") != "gpt")
            continue;
        Json &value = turn["value"];
        old.push_back(value == "+");
        if (next < correction.labels.size() && old.back() != correction.labels[next]) {
            if (value != "+" && value != "-")
                return Error{rowName(m_request.source, row) + ": step " + std::to_string(next + 1)
                             + " has no label + or -, so it cannot be flipped. Exclude the row instead."};
            value = correction.labels[next] ? "+" : "-";
            ++m_result.labelsChanged;
        }
        ++next;
    }
    if (next != correction.labels.size())
        return Error{rowName(m_request.source, row) + " has " + std::to_string(next) + " labels, the correction "
                     + std::to_string(correction.labels.size()) + ". The file changed since it was read; import it again."};
    if (old == correction.labels)
        return {};
    ++m_result.flipped;
    if (json.erase("noise") > 0)
        ++m_result.noiseMarksRemoved;
    m_changes.push_back({{"row", row}, {"key", correction.key}, {"change", "flip"}, {"old", labelList(old)}, {"new", labelList(correction.labels)}});
    return {};
}

Status Corrector::row(std::int64_t row, const simdjson::dom::object &object)
{
    const auto at = m_request.corrections.find(row);
    const bool corrected = at != m_request.corrections.end();
    if (corrected && at->second.exclude) {
        ++m_result.excluded;
        m_changes.push_back({{"row", row}, {"key", at->second.key}, {"change", "exclude"}});
        return {};
    }
    std::string text = simdjson::minify(object);
    if (m_moved || (corrected && !at->second.labels.empty())) {
        Json json = Json::parse(text, nullptr, false); // valid: simdjson parsed it
        if (corrected && !at->second.labels.empty())
            WINNOW_TRY(relabel(json, row, at->second));
        if (m_moved)
            anchorPicture(json);
        text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    write(text);
    return {};
}

Result<CorrectionResult> Corrector::run()
{
    ReadReport report;
    Status failed;
    WINNOW_TRY(forEachJsonRow(m_request.source, report, [&](std::int64_t at, const simdjson::dom::object &object) {
        failed = row(at, object);
        return failed.ok();
    }));
    WINNOW_TRY(std::move(failed));
    for (const auto &[reason, drop] : report.dropped)
        m_result.unreadable += drop.count;
    m_result.rowsRead = report.rowsRead;
    if (m_result.rowsKept == 0)
        return Error{m_request.source + ": every row is excluded, so nothing is left to train on. Keep some rows."};
    if (m_array)
        m_out << "\n]\n";
    return m_result;
}

char firstCharacterOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    char c = 0;
    while (file.get(c))
        if (c == '[' || c == '{')
            return c;
    return 0;
}

Error unwritable(const std::string &path)
{
    return Error{path + ": the file cannot be written. Choose a folder that can be written to, with room on its disk."};
}

Status writeLineage(const CorrectionRequest &request, const CorrectionResult &result, const Json &changes, const std::string &path)
{
    const Json lineage = {{"winnow_lineage", 1},
                          {"parent", {{"path", fs::absolute(request.source).lexically_normal().string()}, {"sha256", request.sourceSha256}}},
                          {"child", {{"path", fs::absolute(request.target).lexically_normal().string()}, {"sha256", result.sha256}}},
                          {"run", request.run},
                          {"rows_read", result.rowsRead},
                          {"rows_kept", result.rowsKept},
                          {"excluded", result.excluded},
                          {"flipped", result.flipped},
                          {"labels_changed", result.labelsChanged},
                          {"noise_marks_removed", result.noiseMarksRemoved},
                          {"unreadable", result.unreadable},
                          {"changes", changes}};
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << lineage.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
    out.close();
    return out ? Status() : Status(unwritable(path));
}

Status checkSource(const CorrectionRequest &request)
{
    std::error_code ignored;
    if (fs::equivalent(request.source, request.target, ignored))
        return Error{request.target + " is the file that the decisions are about. Choose another name, so that it stays as it is."};
    PictureDigests pictures;
    for (const auto &[row, shown] : request.rows)
        pictures.addRow(shown);
    WINNOW_ASSIGN(const std::string identity, datasetIdentity(request.source, pictures));
    if (identity != request.sourceSha256)
        return Error{request.source + ": the file or its pictures changed since they were read (" + identity.substr(0, 6)
                     + " instead of " + request.sourceSha256.substr(0, 6) + "), so the decisions may be about other rows. "
                     "Put the old file back, or run on the new one and decide again."};
    return {};
}

} // namespace

Result<CorrectionResult> writeCorrectedRows(const CorrectionRequest &request)
{
    WINNOW_TRY(checkSource(request));
    const std::string partial = request.target + ".part";
    const std::string lineage = request.target + ".lineage.json";
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    if (!out)
        return unwritable(request.target);
    Corrector corrector(request, out, firstCharacterOf(request.source) == '[');
    auto result = corrector.run();
    out.close();
    std::error_code ec;
    const auto giveUp = [&](Error error) {
        fs::remove(partial, ec);
        fs::remove(lineage + ".part", ec);
        return error;
    };
    if (!result.ok())
        return giveUp(result.error());
    if (!out)
        return giveUp(unwritable(request.target));
    PictureDigests pictures;
    for (const auto &[row, shown] : request.rows) {
        const auto at = request.corrections.find(row);
        if (at == request.corrections.end() || !at->second.exclude)
            pictures.addRow(shown);
    }
    auto identity = datasetIdentity(partial, pictures);
    if (!identity.ok())
        return giveUp(identity.error());
    result->sha256 = *identity;
    if (const Status written = writeLineage(request, *result, corrector.changes(), lineage + ".part"); !written.ok())
        return giveUp(written.error());
    fs::rename(lineage + ".part", lineage, ec);
    if (!ec)
        fs::rename(partial, request.target, ec);
    if (ec)
        return giveUp(unwritable(request.target));
    return result;
}

} // namespace winnow
