#include "core/weights/safetensors_file.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

/// Reads inputs from standard input, each after its length as 8 little-endian bytes, and says for each on a line
/// whether the reader accepts it.
int main()
{
    std::uint64_t size = 0;
    while (std::fread(&size, sizeof size, 1, stdin) == 1) {
        std::vector<std::uint8_t> bytes(size);
        if (size > 0 && std::fread(bytes.data(), size, 1, stdin) != 1)
            return 1;
        const winnow::fuzz::InputFile input(bytes.data(), bytes.size());
        const auto file = winnow::SafetensorsFile::open(input.path());
        std::string verdict = file ? "accepted" : file.error().message.substr(input.path().size());
        std::replace(verdict.begin(), verdict.end(), '\n', ' '); // a dtype's name may hold any character
        std::puts(verdict.c_str());
    }
    return 0;
}
