#include "core/text/added_token_finder.h"

#include <algorithm>

namespace winnow
{

void AddedTokenFinder::add(const std::string &text, std::int32_t id)
{
    std::vector<Entry> &entries = m_byFirstByte[static_cast<unsigned char>(text.front())];
    const auto place = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry &entry) { return entry.text.size() < text.size(); });
    entries.insert(place, {text, id});
}

AddedTokenFinder::Hit AddedTokenFinder::find(std::string_view text, std::size_t from) const
{
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        for (const Entry &entry : m_byFirstByte[static_cast<unsigned char>(text[begin])]) {
            if (text.compare(begin, entry.text.size(), entry.text) == 0)
                return {begin, entry.text.size(), entry.id};
        }
    }
    return {};
}

} // namespace winnow
