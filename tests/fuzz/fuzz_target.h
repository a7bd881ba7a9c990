#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

/// libFuzzer's entry. Without libFuzzer, replay_main.cpp calls it for each file that it is given.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace winnow::fuzz
{

/// A file in memory that holds the input, for code that takes a path.
class InputFile
{
public:
    InputFile(const std::uint8_t *data, std::size_t size);
    ~InputFile();
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    const std::string &path() const { return m_path; }

private:
    int m_file = -1;
    std::string m_path;
};

/// Ends the program: what must hold for every input did not.
void require(bool holds, const char *what);

} // namespace winnow::fuzz
