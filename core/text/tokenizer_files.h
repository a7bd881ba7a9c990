#pragma once

#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <string>

namespace winnow
{

/// Reads the parts of a tokenizer from a folder or a file, see Tokenizer::load.
Result<TokenizerParts> readTokenizerParts(const std::string &folderOrFile);

// One reader a form (spec tokenizer.md section 4).
Result<TokenizerParts> readVocabularyFolder(const std::string &folder);
Result<TokenizerParts> readTokenizerJson(const std::string &file);
Result<TokenizerParts> readTiktoken(const std::string &file);

/// Writes tokenizer.json under another name first, so that no half-written file is ever left under its own.
Status writeTokenizerJson(const TokenizerParts &parts, const std::string &file);

} // namespace winnow
