#include "core/engine/engine_impl.h"

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

// `winnow bench step` of engine-only builds, which have no command-line library. The same options as the full program.
namespace {

int usage()
{
    std::cerr << "usage: winnow bench step [--shape demo|quarter|1b] [--batch B] [--meta M] [--device cpu]\n"
                 "       [--precision fp32|fp64|bf16|bf16-pure] [--hypergradient one-step|reference|before-step]\n"
                 "       [--estimator dot|streamed|fd|jvp] [--threads T] [--iterations N] [--json]\n";
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    ::setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
    if (argc < 3 || std::string(argv[1]) != "bench" || std::string(argv[2]) != "step")
        return usage();
    winnow::BenchStepRequest request;
    std::map<std::string, std::string *> texts{{"--shape", &request.shape},
                                               {"--device", &request.device},
                                               {"--precision", &request.precision},
                                               {"--hypergradient", &request.hypergradient},
                                               {"--estimator", &request.estimator}};
    std::map<std::string, std::int64_t *> numbers{{"--batch", &request.batch},
                                                  {"--meta", &request.metaBatch},
                                                  {"--threads", &request.threads},
                                                  {"--iterations", &request.iterations}};
    for (int i = 3; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--json")
            continue; // the output is one JSON object in any case
        if (i + 1 >= argc || (!texts.contains(name) && !numbers.contains(name)))
            return usage();
        const std::string value = argv[++i];
        if (texts.contains(name)) {
            *texts[name] = value;
            continue;
        }
        char *end = nullptr;
        *numbers[name] = std::strtoll(value.c_str(), &end, 10);
        if (value.empty() || *end != '\0') {
            std::cerr << "error: " << name << " needs a whole number, not \"" << value << "\"\n";
            return 2;
        }
    }
    winnow::EngineImpl engine;
    const auto result = engine.benchStep(request);
    if (!result.ok()) {
        std::cerr << "error: " << result.error().message << '\n';
        return 1;
    }
    std::cout << *result << '\n';
    return 0;
}
