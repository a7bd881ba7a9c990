#include "app/cli/command_line.h"

int main(int argc, char **argv)
{
    return winnow::cli::runCommandLine(argc, argv);
}
