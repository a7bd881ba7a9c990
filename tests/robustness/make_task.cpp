// make_task FOLDER: data, model and run.toml of a small training, for robustness.py.
#include "tests/support/tiny_task.h"

#include <filesystem>
#include <fstream>
#include <iostream>

int main(int argc, char **argv)
{
    using namespace winnow;
    if (argc != 2) {
        std::cerr << "make_task FOLDER\n";
        return EXIT_FAILURE;
    }
    const std::string folder = argv[1];
    std::filesystem::create_directories(folder + "/model");
    for (const Status &written : {test::writeTinyTask(folder + "/data"), test::writeTinyCheckpoint(folder + "/model")})
        if (!written.ok()) {
            std::cerr << written.error().message << '\n';
            return EXIT_FAILURE;
        }
    std::ofstream config(folder + "/run.toml");
    config << "name = \"tiny\"\nseed = 3\nthreads = 1\ncheckpoint_every = 20\n[model]\ncheckpoint = \"" << folder
           << "/model\"\n[data]\ntrain = \"" << folder << "/data/train.json\"\nmeta = \"" << folder
           << "/data/meta.json\"\nholdout = \"" << folder << "/data/holdout.json\"\ntest = \"" << folder
           << "/data/test.json\"\n[train]\niterations = 120\nbatch = 4\n[meta]\nbatch = 4\n"
              "[evaluation]\nevery = 40\ncandidates = 3\n";
    config.close();
    return config ? EXIT_SUCCESS : EXIT_FAILURE;
}
