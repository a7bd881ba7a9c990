// make_task FOLDER: data, model and run.toml of a small training, for robustness.py.
#include "tests/support/tiny_task.h"

#include <cstdlib>
#include <iostream>

int main(int argc, char **argv)
{
    using namespace winnow;
    if (argc != 2) {
        std::cerr << "make_task FOLDER\n";
        return EXIT_FAILURE;
    }
    const test::TinyRun sizes{.threads = 1, .checkpointEvery = 20, .iterations = 120, .evaluateEvery = 40};
    const Status written = test::writeTinyRun(argv[1], sizes);
    if (!written.ok())
        std::cerr << written.error().message << '\n';
    return written.ok() ? EXIT_SUCCESS : EXIT_FAILURE;
}
