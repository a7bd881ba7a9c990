#pragma once

namespace winnow::cli {

/// Parses the arguments, runs the chosen command and returns the exit status (0 only on success).
int runCommandLine(int argc, char **argv);

} // namespace winnow::cli
