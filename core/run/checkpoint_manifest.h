#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// A checkpoint folder `step-00001200` (design.md section 8): its files, and manifest.json with the size and SHA-256 of
/// each, written last. A folder without a manifest, or with a file that differs from it, is no checkpoint.
struct CheckpointFile {
    std::string name; ///< relative to the folder
    std::uint64_t bytes = 0;
    std::string sha256;
};

struct WINNOW_CORE_API CheckpointManifest {
    std::int64_t step = 0;
    std::vector<CheckpointFile> files; ///< by name
    std::uint64_t totalBytes() const;
};

/// "step-00001200".
WINNOW_CORE_API std::string checkpointFolderName(std::int64_t step);
/// The step of such a name, which may come with its path; nothing for any other name.
WINNOW_CORE_API std::optional<std::int64_t> checkpointStepOf(const std::string &folderName);

/// Makes an empty folder `<runFolder>/step-XXXXXXXX.tmp` to write the files into; leftovers of an earlier try go first.
WINNOW_CORE_API Result<std::string> beginCheckpoint(const std::string &runFolder, std::int64_t step);
/// Fsyncs every file of the temporary folder, writes and fsyncs the manifest, renames the folder to its final name
/// (an older one of the same step is replaced) and fsyncs the run folder. Returns the final folder.
WINNOW_CORE_API Result<std::string> completeCheckpoint(const std::string &temporaryFolder, std::int64_t step);

/// Reads the manifest; checks names (no path leaves the folder), not contents.
WINNOW_CORE_API Result<CheckpointManifest> readManifest(const std::string &folder);
/// Reads the manifest and every file; an error names the file that is missing or differs.
WINNOW_CORE_API Result<CheckpointManifest> verifyCheckpoint(const std::string &folder);

/// Folders of `runFolder` that carry a manifest, newest step first. Not verified. What cannot be read is left out, and
/// `problems` gets a sentence for it.
WINNOW_CORE_API std::vector<std::string> listCheckpoints(const std::string &runFolder,
                                                         std::vector<std::string> *problems = nullptr);
/// The newest folder that verifies; empty when there is none. `problems` gets a sentence for each that does not, and
/// for what cannot be read.
WINNOW_CORE_API std::string newestVerifiedCheckpoint(const std::string &runFolder,
                                                     std::vector<std::string> *problems = nullptr);
/// Removes all checkpoints but the two newest verified ones and those named in `keep` (folders or their names), and
/// leftover temporary folders. Never removes anything when fewer than two verify.
WINNOW_CORE_API Status pruneCheckpoints(const std::string &runFolder, const std::vector<std::string> &keep);
/// Takes the manifest away, so that the folder is no longer resumed from.
WINNOW_CORE_API Status invalidateCheckpoint(const std::string &folder);

} // namespace winnow
