#include "core/data/import/import_data.h"

#include "core/data/import/import_builder.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

bool isParquetKind(ImportKind kind)
{
    return kind == ImportKind::Mmmu || kind == ImportKind::MmmuPro;
}

/// Files of the kind in a folder, sorted, so that the same folder gives the same rows.
Result<std::vector<std::string>> findFiles(const ImportOptions &options)
{
    std::error_code ec;
    std::vector<std::string> files;
    const bool folder = fs::is_directory(options.source, ec);
    if (!folder && !fs::exists(options.source, ec))
        return Error{options.source + ": there is no such file or folder."};
    if (!folder)
        return std::vector<std::string>{options.source};
    const auto wanted = [&](const fs::path &path) {
        const std::string name = path.filename().string();
        if (name.ends_with(".report.json"))
            return false;
        if (isParquetKind(options.kind))
            return name.ends_with(".parquet");
        return name.ends_with(".jsonl") || (options.kind == ImportKind::DreamPrm && name.ends_with(".json"));
    };
    const fs::path out = fs::absolute(options.out, ec).lexically_normal();
    fs::recursive_directory_iterator walk(options.source, fs::directory_options::skip_permission_denied, ec), end;
    for (; !ec && walk != end; walk.increment(ec)) {
        std::error_code ignored;
        if (walk->is_directory(ignored) && fs::absolute(walk->path(), ignored).lexically_normal() == out)
            walk.disable_recursion_pending(); // what an earlier import wrote
        else if (walk->is_regular_file(ignored) && wanted(walk->path()))
            files.push_back(walk->path().string());
    }
    if (ec)
        return Error{options.source + ": the folder cannot be read (" + ec.message() + ")."};
    if (files.empty())
        return Error{options.source + ": the folder holds no " + (isParquetKind(options.kind) ? "Parquet" : "JSONL")
                     + " file."};
    std::sort(files.begin(), files.end());
    return files;
}

std::string safeName(const std::string &text)
{
    std::string name;
    for (const char c : text) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
        if (plain)
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (name.ends_with('-') || name.ends_with('.'))
        name.pop_back();
    while (name.starts_with('.'))
        name.erase(0, 1);
    return name.empty() ? "rows" : name;
}

/// Which row file a source file belongs to: the split of MMMU (`validation-00000-of-00001.parquet`), the
/// configuration's folder of MMMU-Pro, one for all of VisualPRM.
std::string groupOf(const ImportOptions &options, const std::string &file, bool folder)
{
    const fs::path path(file);
    const std::string stem = path.stem().string();
    if (options.kind == ImportKind::VisualPrm)
        return folder ? "train" : safeName(stem);
    if (options.kind == ImportKind::DreamPrm)
        return safeName(stem);
    const std::string split = stem.substr(0, stem.find('-'));
    if (options.kind == ImportKind::Mmmu || !folder)
        return safeName(split);
    const std::string config = fs::path(file).parent_path().filename().string();
    return safeName(config + "-" + split);
}

std::vector<ImportGroup> groupsOf(const ImportOptions &options, const std::vector<std::string> &files)
{
    std::error_code ec;
    const bool folder = fs::is_directory(options.source, ec);
    std::vector<ImportGroup> groups;
    std::map<std::string, std::size_t> places;
    for (const std::string &file : files) {
        std::string name = groupOf(options, file, folder);
        if (options.kind == ImportKind::DreamPrm) { // a.json and a.jsonl stay apart
            while (places.contains(name))
                name += "-2";
        }
        const auto [place, fresh] = places.try_emplace(name, groups.size());
        if (fresh)
            groups.push_back({name, {}});
        groups[place->second].files.push_back(file);
    }
    return groups;
}

Result<ImportReport> importGroup(const ImportOptions &options, const ImportHooks &hooks, const ImportGroup &group)
{
    switch (options.kind) {
    case ImportKind::VisualPrm: return importVisualPrm(options, hooks, group);
    case ImportKind::DreamPrm: return importDreamPrm(options, hooks, group);
    case ImportKind::Mmmu:
    case ImportKind::MmmuPro: break;
    }
    return importMmmu(options, hooks, group);
}

Status writeReport(const ImportReport &report)
{
    const std::string path = fs::path(report.rowFile).replace_extension().string() + ".report.json";
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << importReportToJson(report) << '\n';
    file.close();
    return file ? Status{} : Status{Error{path + ": the report cannot be written; check the free space."}};
}

ImportOptions withDefaults(ImportOptions options)
{
    const bool drops = options.kind == ImportKind::VisualPrm;
    if (options.severalPictures == SeveralPictures::Default)
        options.severalPictures = drops ? SeveralPictures::Drop : SeveralPictures::First;
    if (options.missingPictures == RowRule::Default)
        options.missingPictures = drops ? RowRule::Drop : RowRule::Keep;
    return options;
}

} // namespace

Result<std::vector<ImportReport>> importData(const ImportOptions &given, const ImportHooks &hooks)
{
    const ImportOptions options = withDefaults(given);
    WINNOW_ASSIGN(const std::vector<std::string> files, findFiles(options));
    std::error_code ec;
    fs::create_directories(options.out, ec);
    if (ec)
        return Error{options.out + ": the folder cannot be made (" + ec.message() + ")."};
    std::vector<ImportReport> reports;
    std::vector<std::string> failures;
    for (const ImportGroup &group : groupsOf(options, files)) {
        const auto begun = std::chrono::steady_clock::now();
        auto report = importGroup(options, hooks, group);
        if (hooks.stop && hooks.stop->stopRequested())
            return Error{"The import was stopped; what was being written was removed."};
        if (!report.ok()) {
            failures.push_back(report.error().message);
            continue;
        }
        report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        reports.push_back(std::move(report).value());
    }
    if (reports.empty())
        return Error{failures.front()};
    // The first report carries what became of files that gave no rows.
    reports.front().problems.insert(reports.front().problems.end(), failures.begin(), failures.end());
    for (const ImportReport &report : reports)
        WINNOW_TRY(writeReport(report));
    return reports;
}

} // namespace winnow
