#include "core/base/json.h"
#include "core/base/options_io.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <sstream>

// The shipped base of the demo: its training begun again by the real program, from what resources/demo/base/base.json
// records. The first stage starts from random weights, so its first steps can be repeated; each later one starts from
// the weights of the stage before it, which are not shipped, so of it only the settings can be held to the record.
namespace winnow
{
namespace
{

using nlohmann::json;
using test::Program;
using test::ProgramResult;
using test::StoreFolder;

json readJson(const std::string &path)
{
    return json::parse(test::readFile(path));
}

json recordedBase()
{
    return readJson(WINNOW_SOURCE_DIR "/resources/demo/base/base.json");
}

/// From the first stage to the last.
std::vector<json> recordedStages()
{
    std::vector<json> stages{recordedBase()};
    while (stages.front().contains("from"))
        stages.insert(stages.begin(), json(stages.front()["from"]));
    return stages;
}

/// The arguments of a recorded stage; `steps` may be others than the record's.
std::vector<std::string> argumentsOf(const json &settings, const std::string &folder, std::int64_t steps)
{
    const json &train = settings["train"];
    return {"demo",
            "--make-base",
            folder,
            "--base-seed",
            settings["seed"].dump(),
            "--base-steps",
            std::to_string(steps),
            "--base-batch",
            train["batch"].dump(),
            "--base-rate",
            train["optimizer"]["learning_rate"].dump(),
            "--threads",
            settings["threads"].dump()};
}

/// In the form of today, with what an older record does not name at its default.
json completed(const json &settings)
{
    const auto options = optionsFromJson(settings.dump());
    EXPECT_TRUE(options.ok()) << options.error().message;
    return options.ok() ? json::parse(optionsToJson(*options)) : json();
}

void expectRecordedSettings(const std::string &folder, const json &recorded)
{
    json made = readJson(folder + "/base.json")["settings"];
    made["train"]["iterations"] = recorded["train"]["iterations"];
    EXPECT_EQ(json::diff(completed(recorded), made), json::array()) << "the program trains with other settings now";
}

/// The command up to its numbers: "winnow demo --make-base STAGE2 --base-from STAGE1".
std::string foldersOf(const json &stage)
{
    const std::string command = stage["command"];
    return command.substr(0, command.find(" --base-seed"));
}

TEST(BaseAgain, TheProgramStillTrainsWithTheRecordedSettings)
{
    const StoreFolder folder;
    std::string before;
    int number = 0;
    for (const json &stage : recordedStages()) {
        const std::string made = folder.file("stage" + std::to_string(++number));
        std::vector<std::string> arguments = argumentsOf(stage["settings"], made, 2);
        if (!before.empty())
            arguments.insert(arguments.end(), {"--base-from", before});
        const ProgramResult result = test::runWinnow(folder.path(), arguments);
        ASSERT_EQ(result.status, 0) << result.err;
        expectRecordedSettings(made, stage["settings"]);
        EXPECT_EQ(foldersOf(readJson(made + "/base.json")), foldersOf(stage));
        before = made;
    }
    EXPECT_EQ(number, 3) << "easy rows, rows of every kind, digits of other writers";
}

/// Step to mean loss of the ten steps up to it.
std::map<std::int64_t, double> curveOf(const std::string &path)
{
    std::map<std::int64_t, double> curve;
    std::istringstream file(test::readFile(path));
    std::string line;
    std::getline(file, line); // names
    while (std::getline(file, line))
        curve[std::stoll(line)] = std::stod(line.substr(line.find(',') + 1));
    return curve;
}

TEST(BaseAgain, TheFirstStepsOfTheFirstStageHaveTheRecordedLosses)
{
    const StoreFolder folder;
    const json golden = readJson(WINNOW_GOLDEN_DIR "/demo/base_first_steps.json");
    const json settings = recordedStages().front()["settings"];
    std::vector<std::string> arguments = argumentsOf(settings, "DIR", settings["train"]["iterations"]);
    std::string command = "winnow";
    for (const std::string &argument : arguments)
        command += " " + argument;
    ASSERT_EQ(command, golden["command"]) << "the base was made anew: record these steps anew too";

    // The whole schedule, as recorded, and a stop after the steps that are compared.
    arguments[2] = folder.file("base");
    arguments.insert(arguments.begin(), test::winnowProgram());
    Program program(folder.path(), arguments, {{"XDG_DATA_HOME", folder.file("xdg")}});
    ASSERT_TRUE(program.waitForErr("step 50, loss")) << program.wait().err;
    program.signal(SIGINT);
    const ProgramResult result = program.wait();
    const auto curve = curveOf(folder.file("base/loss_curve.csv"));
    ASSERT_GE(curve.size(), 5u) << result.err;
    const double tolerance = golden["tolerance"];
    for (const auto &[step, loss] : golden["loss"].items()) {
        ASSERT_TRUE(curve.contains(std::stoll(step))) << step;
        EXPECT_NEAR(curve.at(std::stoll(step)), loss.get<double>(), tolerance) << "step " << step;
    }
}

} // namespace
} // namespace winnow
