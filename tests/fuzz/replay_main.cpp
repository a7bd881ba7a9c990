#include "tests/fuzz/fuzz_target.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

/// Runs the target on every file named, as libFuzzer does with files on its command line.
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        if (!file) {
            std::fprintf(stderr, "%s cannot be read\n", argv[i]);
            return 1;
        }
        // Of its exact size, so that AddressSanitizer sees a read past the end.
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
        const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    std::printf("%d inputs replayed\n", argc - 1);
    return argc > 1 ? 0 : 1;
}
