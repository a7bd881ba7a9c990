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
    if (m_firstBytes.find(text.front()) == std::string::npos)
        m_firstBytes.push_back(text.front());
}

/// Where a token may begin. All of Qwen's begin with one byte, which memchr finds.
std::size_t AddedTokenFinder::nextFirst(std::string_view text, std::size_t from) const
{
    return m_firstBytes.size() == 1 ? text.find(m_firstBytes.front(), from) : text.find_first_of(m_firstBytes, from);
}

AddedTokenFinder::Hit AddedTokenFinder::find(std::string_view text, std::size_t from) const
{
    for (std::size_t begin = nextFirst(text, from); begin < text.size(); begin = nextFirst(text, begin + 1)) {
        for (const Entry &entry : m_byFirstByte[static_cast<unsigned char>(text[begin])]) {
            if (text.compare(begin, entry.text.size(), entry.text) == 0)
                return {begin, entry.text.size(), entry.id};
        }
    }
    return {};
}

} // namespace winnow
