#include "app/cli/command_line.h"
#include "app/services.h"

#include <cstdlib>
#include <iostream>

int main(int argc, char **argv)
{
    if (const std::string problem = winnow::coreLibraryProblem(); !problem.empty()) {
        std::cerr << "error: " << problem << '\n';
        return EXIT_FAILURE;
    }
    return winnow::cli::runCommandLine(argc, argv);
}
