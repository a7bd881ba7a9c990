#include "core/eval/disciplines.h"

#include <string>
#include <unordered_map>

namespace winnow
{

namespace
{

constexpr std::string_view art = "Art & Design";
constexpr std::string_view business = "Business";
constexpr std::string_view science = "Science";
constexpr std::string_view health = "Health & Medicine";
constexpr std::string_view humanities = "Humanities & Social Science";
constexpr std::string_view engineering = "Tech & Engineering";

/// Lower case, with spaces for underscores; subjects are plain ASCII.
std::string plain(std::string_view subject)
{
    std::string out;
    for (const char c : subject)
        out += c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

} // namespace

std::string_view disciplineOf(std::string_view subject)
{
    static const std::unordered_map<std::string, std::string_view> table = {
        {"art", art},
        {"art theory", art},
        {"design", art},
        {"music", art},
        {"accounting", business},
        {"economics", business},
        {"finance", business},
        {"manage", business},
        {"marketing", business},
        {"biology", science},
        {"chemistry", science},
        {"geography", science},
        {"math", science},
        {"physics", science},
        {"basic medical science", health},
        {"clinical medicine", health},
        {"diagnostics and laboratory medicine", health},
        {"pharmacy", health},
        {"public health", health},
        {"history", humanities},
        {"literature", humanities},
        {"psychology", humanities},
        {"sociology", humanities},
        {"agriculture", engineering},
        {"architecture and engineering", engineering},
        {"computer science", engineering},
        {"electronics", engineering},
        {"energy and power", engineering},
        {"materials", engineering},
        {"mechanical engineering", engineering},
    };
    const auto found = table.find(plain(subject));
    return found == table.end() ? std::string_view() : found->second;
}

} // namespace winnow
