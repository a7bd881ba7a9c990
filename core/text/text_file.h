#pragma once

#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace winnow
{

/// The whole of a file of at most 256 MB (the largest known tokenizer file has 20).
Result<std::string> readTextFile(const std::string &file);
Result<nlohmann::json> readJsonFile(const std::string &file);
/// Calls visit(line, number) for every line without its end, \n or \r\n; the first is number 1. Stops at an error.
template <typename Visit>
Status eachLine(std::string_view text, Visit visit)
{
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        begin = end + 1;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        WINNOW_TRY(visit(line, ++number));
    }
    return {};
}

/// Writes beside `file` and renames, so that a reader never sees half a file.
Status writeTextFile(const std::string &file, std::string_view text);

/// "a b" in printable spelling; `where` names the place in an error.
Result<MergeRule> parseMerge(std::string_view line, const std::string &where);
/// {"printable": id, ..}
Result<std::vector<VocabularyEntry>> parseVocabulary(const nlohmann::json &object, const std::string &where);
/// {content, special, lstrip, ..} as in added_tokens and added_tokens_decoder; the options must be off.
Result<AddedToken> parseAddedToken(const nlohmann::json &object, const nlohmann::json &id, const std::string &where);

} // namespace winnow
