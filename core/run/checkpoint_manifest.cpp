#include "core/run/checkpoint_manifest.h"

#include "core/base/json.h"
#include "core/base/sha256.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace winnow {

namespace fs = std::filesystem;

namespace {

constexpr const char *manifestName = "manifest.json";
constexpr const char *temporarySuffix = ".tmp";

std::string because(int code)
{
    return ": " + std::string(std::strerror(code)) + ".";
}

/// Shows the folder's entries; an error of the listing, wherever in it, is given back (a range-for would throw it).
template <typename Visit>
std::error_code eachEntry(const fs::path &folder, Visit &&visit)
{
    std::error_code ec;
    for (fs::directory_iterator entry(folder, ec); !ec && entry != fs::directory_iterator(); entry.increment(ec))
        visit(*entry);
    return ec;
}

Status syncPath(const std::string &path, bool folder)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | (folder ? O_DIRECTORY : 0));
    if (file < 0)
        return Error{"Cannot open \"" + path + "\" to bring it to the disk" + because(errno)};
    const int code = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (code != 0)
        return Error{"Cannot bring \"" + path + "\" to the disk" + because(code) + " Check the disk and its space."};
    return {};
}

Status writeWhole(const std::string &path, const std::string &text)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return Error{"Cannot write \"" + path + "\"" + because(errno)};
    std::size_t done = 0;
    int code = 0;
    while (done < text.size() && code == 0) {
        const ssize_t n = ::write(file, text.data() + done, text.size() - done);
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (n < 0 && errno != EINTR)
            code = errno;
    }
    if (code == 0 && ::fsync(file) != 0)
        code = errno;
    if (::close(file) != 0 && code == 0)
        code = errno;
    return code == 0 ? Status{} : Status{Error{"Cannot write \"" + path + "\"" + because(code) + " Check the disk and its space."}};
}

/// A manifest is read from disk: a name must stay inside the folder.
bool isPlainName(const std::string &name)
{
    return !name.empty() && name != "." && name != ".." && name != manifestName
        && name.find_first_of(std::string("/\\\0", 3)) == std::string::npos;
}

Result<CheckpointManifest> describe(const std::string &folder, std::int64_t step)
{
    CheckpointManifest manifest;
    manifest.step = step;
    std::vector<fs::directory_entry> entries;
    if (const std::error_code ec = eachEntry(folder, [&](const auto &entry) { entries.push_back(entry); }))
        return Error{"Cannot list the checkpoint folder \"" + folder + "\": " + ec.message() + "."};
    for (const fs::directory_entry &entry : entries) {
        const std::string name = entry.path().filename().string();
        if (name == manifestName)
            continue;
        std::error_code ec;
        if (entry.is_symlink(ec) || !entry.is_regular_file(ec))
            return Error{"\"" + entry.path().string() + "\" is not a plain file; a checkpoint holds plain files only."};
        WINNOW_TRY(syncPath(entry.path().string(), false));
        WINNOW_ASSIGN(std::string hash, sha256OfFile(entry.path().string()));
        const std::uintmax_t bytes = entry.file_size(ec);
        if (ec)
            return Error{"Cannot look at \"" + entry.path().string() + "\": " + ec.message() + "."};
        manifest.files.push_back({name, bytes, std::move(hash)});
    }
    if (manifest.files.empty())
        return Error{"The checkpoint folder \"" + folder + "\" holds no file, so it cannot be completed."};
    std::sort(manifest.files.begin(), manifest.files.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    return manifest;
}

std::string manifestText(const CheckpointManifest &manifest)
{
    nlohmann::ordered_json json;
    json["format"] = 1;
    json["step"] = manifest.step;
    json["files"] = nlohmann::ordered_json::array();
    for (const CheckpointFile &file : manifest.files)
        json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    return json.dump(1) + "\n";
}

Error badManifest(const std::string &path)
{
    return Error{"\"" + path + "\" is not a manifest of a checkpoint; use another checkpoint."};
}

Result<CheckpointFile> readEntry(const nlohmann::json &entry, const std::string &path)
{
    if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string() || !entry.contains("bytes")
        || !entry["bytes"].is_number_unsigned() || !entry.contains("sha256") || !entry["sha256"].is_string()
        || !isPlainName(entry["name"].get<std::string>()))
        return badManifest(path);
    return CheckpointFile{entry["name"].get<std::string>(), entry["bytes"].get<std::uint64_t>(),
                          entry["sha256"].get<std::string>()};
}

/// One rename. A checkpoint of the same step (computed again after a resume) changes places with the new one in the same
/// call, so that a whole folder bears the final name at every moment; the old one is removed afterwards.
Status putInPlace(const std::string &temporary, const std::string &final)
{
    if (::rename(temporary.c_str(), final.c_str()) == 0)
        return {};
    std::error_code ec;
    if (errno == ENOTEMPTY || errno == EEXIST) {
        if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, final.c_str(), RENAME_EXCHANGE) == 0) {
            fs::remove_all(temporary, ec);
            return ec ? Status{Error{"Cannot remove the replaced checkpoint \"" + temporary + "\": " + ec.message() + "."}}
                      : Status{};
        }
        if (errno == EINVAL || errno == ENOSYS) { // a file system without exchange
            fs::remove_all(final, ec);
            if (!ec && ::rename(temporary.c_str(), final.c_str()) == 0)
                return {};
        }
    }
    return Error{"Cannot complete the checkpoint \"" + final + "\"" + because(errno)};
}

} // namespace

std::uint64_t CheckpointManifest::totalBytes() const
{
    std::uint64_t total = 0;
    for (const CheckpointFile &file : files)
        total += file.bytes;
    return total;
}

std::string checkpointFolderName(std::int64_t step)
{
    char name[32];
    std::snprintf(name, sizeof name, "step-%08lld", static_cast<long long>(step));
    return name;
}

std::optional<std::int64_t> checkpointStepOf(const std::string &folderName)
{
    const std::string name = fs::path(folderName).filename().string();
    if (name.size() < 13 || name.size() > 23 || !name.starts_with("step-")
        || name.find_first_not_of("0123456789", 5) != std::string::npos)
        return std::nullopt;
    return std::stoll(name.substr(5));
}

Result<std::string> beginCheckpoint(const std::string &runFolder, std::int64_t step)
{
    const std::string folder = (fs::path(runFolder) / (checkpointFolderName(step) + temporarySuffix)).string();
    std::error_code ec;
    fs::remove_all(folder, ec);
    if (!ec)
        fs::create_directories(folder, ec);
    if (ec)
        return Error{"Cannot make the checkpoint folder \"" + folder + "\": " + ec.message() + "."};
    return folder;
}

Result<std::string> completeCheckpoint(const std::string &temporaryFolder, std::int64_t step)
{
    const fs::path runFolder = fs::path(temporaryFolder).parent_path();
    WINNOW_ASSIGN(const CheckpointManifest manifest, describe(temporaryFolder, step));
    WINNOW_TRY(writeWhole((fs::path(temporaryFolder) / manifestName).string(), manifestText(manifest)));
    WINNOW_TRY(syncPath(temporaryFolder, true));
    const fs::path final = runFolder / checkpointFolderName(step);
    WINNOW_TRY(putInPlace(temporaryFolder, final.string()));
    WINNOW_TRY(syncPath(runFolder.empty() ? "." : runFolder.string(), true));
    return final.string();
}

Result<CheckpointManifest> readManifest(const std::string &folder)
{
    const std::string path = (fs::path(folder) / manifestName).string();
    WINNOW_ASSIGN(const std::string text, readTextFile(path));
    WINNOW_ASSIGN(const nlohmann::json json, parseJson(text, path));
    if (!json.is_object() || !json.contains("step") || !json["step"].is_number_integer() || !json.contains("files")
        || !json["files"].is_array() || json["files"].empty())
        return badManifest(path);
    CheckpointManifest manifest;
    manifest.step = json["step"].get<std::int64_t>();
    for (const nlohmann::json &entry : json["files"]) {
        WINNOW_ASSIGN(CheckpointFile file, readEntry(entry, path));
        manifest.files.push_back(std::move(file));
    }
    return manifest;
}

Result<CheckpointManifest> verifyCheckpoint(const std::string &folder)
{
    WINNOW_ASSIGN(CheckpointManifest manifest, readManifest(folder));
    for (const CheckpointFile &file : manifest.files) {
        const std::string path = (fs::path(folder) / file.name).string();
        std::error_code ec;
        const std::uintmax_t bytes = fs::file_size(path, ec);
        if (ec)
            return Error{"The checkpoint \"" + folder + "\" misses its file \"" + file.name + "\"; use another checkpoint."};
        if (bytes != file.bytes)
            return Error{"\"" + path + "\" has " + std::to_string(bytes) + " bytes instead of "
                         + std::to_string(file.bytes) + "; use another checkpoint."};
        WINNOW_ASSIGN(const std::string hash, sha256OfFile(path));
        if (hash != file.sha256)
            return Error{"\"" + path + "\" is damaged: its SHA-256 differs from the manifest's; use another checkpoint."};
    }
    return manifest;
}

std::vector<std::string> listCheckpoints(const std::string &runFolder, std::vector<std::string> *problems)
{
    const auto tell = [problems](std::string text) {
        if (problems)
            problems->push_back(std::move(text));
    };
    std::vector<std::pair<std::int64_t, std::string>> found;
    const std::error_code unlisted = eachEntry(runFolder, [&](const fs::directory_entry &entry) {
        const auto step = checkpointStepOf(entry.path().string());
        if (!step)
            return;
        std::error_code unseen;
        const fs::file_status manifest = fs::status(entry.path() / manifestName, unseen);
        if (fs::is_regular_file(manifest))
            found.emplace_back(*step, entry.path().string());
        else if (!fs::status_known(manifest) || manifest.type() == fs::file_type::unknown)
            tell("The checkpoint \"" + entry.path().string() + "\" cannot be read: " + unseen.message()
                 + ". It is left out; check its permissions and the disk.");
    });
    if (unlisted && unlisted != std::errc::no_such_file_or_directory) // a new run has no folder yet
        tell("The run folder \"" + runFolder + "\" cannot be listed: " + unlisted.message()
             + ". Checkpoints in it may be missed; check its permissions and the disk.");
    std::sort(found.rbegin(), found.rend());
    std::vector<std::string> folders;
    for (auto &[step, folder] : found)
        folders.push_back(std::move(folder));
    return folders;
}

std::string newestVerifiedCheckpoint(const std::string &runFolder, std::vector<std::string> *problems)
{
    for (const std::string &folder : listCheckpoints(runFolder, problems)) {
        const auto manifest = verifyCheckpoint(folder);
        if (manifest.ok())
            return folder;
        if (problems)
            problems->push_back(manifest.error().message);
    }
    return {};
}

Status pruneCheckpoints(const std::string &runFolder, const std::vector<std::string> &keep)
{
    const auto kept = [&](const std::string &folder) {
        return std::any_of(keep.begin(), keep.end(), [&](const std::string &k) {
            return fs::path(k).filename() == fs::path(folder).filename();
        });
    };
    std::vector<std::string> old;
    int verified = 0;
    for (const std::string &folder : listCheckpoints(runFolder)) {
        if (verified < 2)
            verified += verifyCheckpoint(folder).ok() ? 1 : 0; // a damaged one between them stays to be looked at
        else if (!kept(folder))
            old.push_back(folder);
    }
    std::error_code ec;
    for (const std::string &folder : old) {
        // Without its manifest first, so that a removal cut in the middle leaves no half checkpoint.
        WINNOW_TRY(invalidateCheckpoint(folder));
        fs::remove_all(folder, ec);
        if (ec)
            return Error{"Cannot remove the old checkpoint \"" + folder + "\": " + ec.message() + "."};
    }
    std::vector<fs::path> leftovers;
    if (const std::error_code unlisted = eachEntry(runFolder, [&](const fs::directory_entry &entry) {
            if (entry.path().extension() == temporarySuffix && entry.path().filename().string().rfind("step-", 0) == 0)
                leftovers.push_back(entry.path());
        }))
        return Error{"Cannot list the run folder \"" + runFolder + "\": " + unlisted.message() + "."};
    for (const fs::path &path : leftovers)
        fs::remove_all(path, ec);
    return {};
}

Status invalidateCheckpoint(const std::string &folder)
{
    std::error_code ec;
    fs::remove(fs::path(folder) / manifestName, ec);
    if (ec)
        return Error{"Cannot remove the manifest of \"" + folder + "\": " + ec.message() + "."};
    return {};
}

} // namespace winnow
