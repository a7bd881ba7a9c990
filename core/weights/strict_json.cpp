#include "core/weights/strict_json.h"

#include <cstring>
#include <unordered_set>
#include <vector>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace winnow {

namespace {

using nlohmann::json;

/// Walks the text without building anything and stops at the first breach.
class StrictCheck : public nlohmann::json_sax<json> {
public:
    explicit StrictCheck(std::size_t maxDepth) : m_maxDepth(maxDepth) {}

    const std::string &problem() const { return m_problem; }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }

    bool key(string_t &name) override
    {
        if (m_keys.back().insert(name).second) {
            if (m_keys.size() == 1)
                m_member = name;
            return true;
        }
        m_problem = "the key '" + name.substr(0, 200) + "' stands twice in one object" + inMember();
        return false;
    }

    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        m_problem = "not valid JSON at byte " + std::to_string(position) + inMember();
        return false;
    }

private:
    /// Where in the outermost object that is.
    std::string inMember() const
    {
        const bool inside = m_keys.size() > 1 && !m_member.empty();
        return inside ? ", in '" + m_member.substr(0, 200) + "'" : std::string();
    }

    bool enter()
    {
        m_keys.emplace_back();
        if (m_keys.size() <= m_maxDepth)
            return true;
        m_problem = "nested deeper than " + std::to_string(m_maxDepth) + " levels" + inMember();
        return false;
    }

    bool leave()
    {
        m_keys.pop_back();
        return true;
    }

    std::size_t m_maxDepth;
    std::vector<std::unordered_set<std::string>> m_keys;
    std::string m_member; ///< of the outermost object, the last that began
    std::string m_problem;
};

} // namespace

Result<json> parseStrictJson(std::string_view text, const std::string &where, std::size_t maxDepth)
{
    // The parser takes NUL for the end, and whatever stands behind it would go unseen.
    if (const std::size_t place = text.find('\0'); place != std::string_view::npos)
        return Error{where + ": not valid JSON at byte " + std::to_string(place + 1) + "."};
    try {
        StrictCheck check(maxDepth);
        if (!json::sax_parse(text.begin(), text.end(), &check))
            return Error{where + ": " + check.problem() + "."};
        return json::parse(text.begin(), text.end());
    } catch (const std::exception &exception) {
        return Error{where + ": cannot be read as JSON (" + exception.what() + ")."};
    }
}

Result<std::string> readSmallFile(const std::string &path, std::size_t maxBytes)
{
    // O_NONBLOCK: opening a pipe of that name must not hang.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return Error{path + ": cannot be opened (" + std::strerror(errno) + ")."};
    struct stat info = {};
    std::string problem;
    std::string text;
    if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        problem = "is not a regular file";
    } else if (static_cast<std::uint64_t>(info.st_size) > maxBytes) {
        problem = "is larger than " + std::to_string(maxBytes) + " bytes, which no file of its kind is";
    } else {
        text.resize(static_cast<std::size_t>(info.st_size));
        std::size_t done = 0;
        while (done < text.size()) {
            const ssize_t got = ::read(file, text.data() + done, text.size() - done);
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0) {
                problem = got < 0 ? std::string("cannot be read (") + std::strerror(errno) + ")"
                                  : std::string("became shorter while it was read");
                break;
            }
            done += static_cast<std::size_t>(got);
        }
    }
    ::close(file);
    if (!problem.empty())
        return Error{path + ": " + problem + "."};
    return text;
}

} // namespace winnow
