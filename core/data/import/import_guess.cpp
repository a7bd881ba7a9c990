#include "core/data/import/import_guess.h"

#include "core/data/conversation_reader.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace winnow
{

namespace fs = std::filesystem;

Result<ImportKind> guessImportKind(const std::string &source)
{
    std::error_code ec;
    std::string file = source;
    if (fs::is_directory(source, ec)) {
        file.clear();
        fs::recursive_directory_iterator walk(source, fs::directory_options::skip_permission_denied, ec), end;
        for (; !ec && walk != end; walk.increment(ec)) {
            const std::string name = walk->path().filename().string();
            const bool rows = name.ends_with(".parquet") || name.ends_with(".jsonl") || name.ends_with(".json");
            // The first one in the alphabet, so that the same folder gives the same answer.
            if (rows && !name.ends_with(".report.json") && (file.empty() || walk->path().string() < file))
                file = walk->path().string();
        }
    }
    std::string lower = file;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower.ends_with(".parquet")) {
        const bool pro = lower.find("mmmu_pro") != std::string::npos || lower.find("mmmu-pro") != std::string::npos
            || lower.find("options") != std::string::npos || lower.find("vision") != std::string::npos;
        return pro ? ImportKind::MmmuPro : ImportKind::Mmmu;
    }
    if (!lower.ends_with(".json") && !lower.ends_with(".jsonl"))
        return Error{source + ": there is no JSON, JSONL or Parquet file."};
    const auto kind = detectRowKind(file);
    if (!kind.ok()) // the raw form of VisualPRM has no conversations
        return ImportKind::VisualPrm;
    const bool lines = lower.ends_with(".jsonl");
    return *kind == RowKind::Train && lines ? ImportKind::VisualPrm : ImportKind::DreamPrm;
}

} // namespace winnow
