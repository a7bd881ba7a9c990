#include "core/text/tokenizer_files.h"

#include <filesystem>
#include <system_error>

namespace winnow
{

Result<TokenizerParts> readTokenizerParts(const std::string &folderOrFile)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path path(folderOrFile);
    const auto holds = [&](const char *name) { return fs::is_regular_file(path / name, error); };
    if (fs::is_directory(path, error)) {
        const bool addedTokens = holds("added_tokens.json") || holds("tokenizer_config.json");
        if (holds("vocab.json") && holds("merges.txt") && (addedTokens || !holds("tokenizer.json")))
            return readVocabularyFolder(folderOrFile);
        if (holds("tokenizer.json"))
            return readTokenizerJson((path / "tokenizer.json").string());
        if (holds("qwen.tiktoken"))
            return readTiktoken((path / "qwen.tiktoken").string());
        return Error{"Folder " + folderOrFile
                     + " holds no tokenizer: vocab.json with merges.txt, tokenizer.json or qwen.tiktoken is needed."};
    }
    if (!fs::is_regular_file(path, error))
        return Error{"Tokenizer " + folderOrFile + " does not exist or is neither a folder nor a file."};
    if (path.extension() == ".tiktoken")
        return readTiktoken(folderOrFile);
    if (path.filename() == "vocab.json" || path.extension() != ".json")
        return Error{"File " + folderOrFile
                     + " alone is no tokenizer; name its folder, a tokenizer.json or a qwen.tiktoken."};
    return readTokenizerJson(folderOrFile);
}

} // namespace winnow
