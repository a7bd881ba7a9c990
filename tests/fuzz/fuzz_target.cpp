#include "tests/fuzz/fuzz_target.h"

#include <cstdio>
#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

namespace winnow::fuzz
{

InputFile::InputFile(const std::uint8_t *data, std::size_t size) : m_file(::memfd_create("input", MFD_CLOEXEC))
{
    require(m_file >= 0, "no file in memory could be made");
    while (size > 0) {
        const ssize_t done = ::write(m_file, data, size);
        require(done > 0, "the file in memory cannot be written");
        data += done;
        size -= static_cast<std::size_t>(done);
    }
    m_path = "/proc/self/fd/" + std::to_string(m_file);
}

InputFile::~InputFile()
{
    ::close(m_file);
}

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

} // namespace winnow::fuzz
