#include "core/text/tokenizer.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <unistd.h>

using namespace winnow;

namespace
{

/// The reader goes by the name, so the file in memory is reached through a link of the right one.
class NamedLink
{
public:
    explicit NamedLink(const std::string &target)
    {
        char folder[] = "/tmp/winnow-fuzz-XXXXXX";
        fuzz::require(::mkdtemp(folder) != nullptr, "no folder could be made");
        m_folder = folder;
        fuzz::require(::symlink(target.c_str(), path().c_str()) == 0, "no link could be made");
    }
    ~NamedLink()
    {
        ::unlink(path().c_str());
        ::rmdir(m_folder.c_str());
    }
    NamedLink(const NamedLink &) = delete;
    NamedLink &operator=(const NamedLink &) = delete;

    std::string path() const { return m_folder + "/tokenizer.json"; }

private:
    std::string m_folder;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const fuzz::InputFile input(data, size);
    const NamedLink link(input.path());
    const auto tokenizer = Tokenizer::load(link.path());
    if (!tokenizer) {
        fuzz::require(tokenizer.error().message.find("tokenizer.json") != std::string::npos,
                      "an error must name the file");
        return 0;
    }
    // The input itself is a text like any other.
    const std::string text(reinterpret_cast<const char *>(data), size < 4096 ? size : 4096);
    for (const std::int32_t id : tokenizer->encode(text))
        fuzz::require(id >= 0 && id < tokenizer->vocabularySize(), "every id must be in the vocabulary");
    return 0;
}
