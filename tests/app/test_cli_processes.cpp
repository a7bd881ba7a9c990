#include "core/store/metric_store.h"
#include "core/store/weight_store.h"
#include "tests/support/tiny_runs.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

// Several processes of the real program that train one run together, over Gloo.
namespace winnow
{
namespace
{

using nlohmann::json;
using test::Program;
using test::ProgramResult;

class Processes : public test::TinyRuns
{
protected:
    Processes() : TinyRuns({.threads = 1, .checkpointEvery = 20, .iterations = 200, .evaluateEvery = 100}) { }
    std::map<std::string, MetricSeries> curves(const std::string &store) const
    {
        auto database = Database::open(folder.file(store));
        EXPECT_TRUE(database.ok());
        return MetricStore(*database).allSeries(RunId{1}).value();
    }
    void expectClose(const std::string &first, const std::string &second, double tolerance) const;
};

void Processes::expectClose(const std::string &first, const std::string &second, double tolerance) const
{
    const auto a = curves(first), b = curves(second);
    int compared = 0;
    for (const std::string name : {"loss.train", "loss.meta", "loss.holdout"}) {
        ASSERT_TRUE(a.contains(name) && b.contains(name)) << name;
        ASSERT_EQ(a.at(name).steps, b.at(name).steps) << name;
        for (std::size_t i = 0; i < a.at(name).values.size(); ++i, ++compared)
            EXPECT_NEAR(a.at(name).values[i], b.at(name).values[i], tolerance) << name << " " << i;
    }
    EXPECT_GT(compared, 400);
    auto left = Database::open(folder.file(first)), right = Database::open(folder.file(second));
    ASSERT_TRUE(left.ok() && right.ok());
    const auto weights = WeightStore(*left).all(RunId{1}).value(), others = WeightStore(*right).all(RunId{1}).value();
    ASSERT_EQ(weights.size(), others.size());
    ASSERT_FALSE(weights.empty());
    ASSERT_EQ(weights.back().values.size(), others.back().values.size());
    for (std::size_t i = 0; i < weights.back().values.size(); ++i)
        EXPECT_NEAR(weights.back().values[i], others.back().values[i], tolerance) << i;
}

TEST_F(Processes, TwoGiveWhatOneGives)
{
    for (const std::string method : {"table", "net"}) {
        const std::vector<std::string> set{"--set", "weighting.method=" + method};
        const auto with = [&](std::vector<std::string> more) {
            more.insert(more.end(), set.begin(), set.end());
            return more;
        };
        const ProgramResult two = finish(method + "2.db", with({"--processes", "2"}));
        ASSERT_EQ(two.status, 0) << two.err;
        const ProgramResult workers = finish(method + "w.db", with({"--set", "threads=2"}));
        ASSERT_EQ(workers.status, 0) << workers.err;
        EXPECT_EQ(json::parse(two.lastLine()), json::parse(workers.lastLine()))
            << "two processes share a batch as two workers of one do: the same bits";
        ASSERT_EQ(finish(method + "1.db", set).status, 0);
        expectClose(method + "2.db", method + "1.db", 1e-5);
        EXPECT_NE(two.err.find("Rank 1 is process"), std::string::npos);
        EXPECT_EQ(two.out.find("ank 1"), std::string::npos) << "nothing of the other rank on standard output";
    }
}

TEST_F(Processes, AStoppedRunOfTwoGoesOnWithTwo)
{
    const ProgramResult unbroken = finish("unbroken.db", {"--processes", "2"});
    ASSERT_EQ(unbroken.status, 0) << unbroken.err;
    Program stopped(folder.path(), runArguments("stopped.db", {"--processes", "2"}), {});
    ASSERT_TRUE(stopped.waitForErr("checkpoint of step 20")) << stopped.wait().err;
    stopped.signal(SIGTERM);
    const ProgramResult result = stopped.wait();
    ASSERT_EQ(result.status, 1) << result.err;
    ASSERT_EQ(json::parse(result.lastLine())["state"], "stopped") << result.err;
    const ProgramResult resumed = resume("stopped.db", {"--processes", "2"});
    ASSERT_EQ(resumed.status, 0) << resumed.err;
    EXPECT_EQ(json::parse(resumed.lastLine()), json::parse(unbroken.lastLine()));
}

/// The number of the process of rank 1, as the launcher tells it.
pid_t rankOne(const Program &program)
{
    const std::string err = program.errSoFar(), mark = "Rank 1 is process ";
    return static_cast<pid_t>(std::stol(err.substr(err.find(mark) + mark.size())));
}

bool isAlive(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line))
        return false;
    return line.substr(line.rfind(')') + 2, 1) != "Z";
}

TEST_F(Processes, AKilledRankEndsTheRunByName)
{
    Program program(folder.path(), runArguments("killed.db", {"--processes", "2", "--set", "train.iterations=1000000"}),
                    {});
    ASSERT_TRUE(program.waitForErr("checkpoint of step 20")) << program.wait().err;
    const pid_t pid = rankOne(program);
    const auto killed = std::chrono::steady_clock::now();
    ::kill(pid, SIGKILL);
    const ProgramResult result = program.wait();
    std::cout << "rank 0 ended " << std::chrono::duration<double>(std::chrono::steady_clock::now() - killed).count()
              << " s after rank 1 was killed\n";
    EXPECT_EQ(result.status, 1);
    const std::string expected = "Rank 1 (process " + std::to_string(pid) + ") was ended by signal 9.";
    EXPECT_NE(result.err.find(expected), std::string::npos) << result.err;
    EXPECT_NE(json::parse(result.lastLine())["error"].get<std::string>().find(expected), std::string::npos);
    EXPECT_EQ(stateOf("killed.db"), "failed");
}

TEST_F(Processes, AKilledRank0EndsTheOthers)
{
    Program program(folder.path(), runArguments("killed.db", {"--processes", "2", "--set", "train.iterations=1000000"}),
                    {});
    ASSERT_TRUE(program.waitForErr("checkpoint of step 20")) << program.wait().err;
    const pid_t pid = rankOne(program);
    ASSERT_TRUE(isAlive(pid));
    const auto killed = std::chrono::steady_clock::now();
    program.signal(SIGKILL);
    while (isAlive(pid))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::cout << "rank 1 ended " << std::chrono::duration<double>(std::chrono::steady_clock::now() - killed).count()
              << " s after rank 0 was killed\n";
    const ProgramResult result = program.wait();
    EXPECT_NE(result.err.find("error: rank 1: "), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("Rank 0 (process "), std::string::npos) << result.err;
    EXPECT_EQ(stateOf("killed.db"), "interrupted");
}

/// A port of this machine that was free a moment ago.
int freePort()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(::bind(socket, reinterpret_cast<const sockaddr *>(&address), size), 0);
    EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size), 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

TEST_F(Processes, TheEnvironmentOfTorchrunStartsThem)
{
    const ProgramResult alone = finish("alone.db", {"--set", "threads=2"});
    ASSERT_EQ(alone.status, 0) << alone.err;
    const std::string port = std::to_string(freePort());
    std::map<std::string, std::string> environment{
        {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "127.0.0.1"}, {"MASTER_PORT", port}, {"RANK", "1"}, {"LOCAL_RANK", "1"}};
    Program one(folder.path(), {test::winnowProgram(), "run", "unread.toml"}, environment);
    environment["RANK"] = environment["LOCAL_RANK"] = "0";
    const ProgramResult zero = Program(folder.path(), runArguments("together.db"), environment).wait();
    ASSERT_EQ(zero.status, 0) << zero.err;
    const ProgramResult other = one.wait();
    EXPECT_EQ(other.status, 0) << other.err;
    EXPECT_EQ(other.out, "");
    EXPECT_EQ(json::parse(zero.lastLine()), json::parse(alone.lastLine()));
}

TEST_F(Processes, WrongEnvironmentsAndSizesAreTold)
{
    const auto refused = [&](std::map<std::string, std::string> environment, const std::vector<std::string> &more) {
        const ProgramResult result = Program(folder.path(), runArguments("refused.db", more), environment).wait();
        EXPECT_EQ(result.status, 1) << result.err;
        return result.err;
    };
    EXPECT_NE(refused({{"WORLD_SIZE", "2"}}, {}).find("RANK"), std::string::npos);
    EXPECT_NE(refused({{"WORLD_SIZE", "2"}, {"RANK", "2"}}, {}).find("from 0 to 1"), std::string::npos);
    EXPECT_NE(refused({{"WORLD_SIZE", "2"}, {"RANK", "0"}, {"MASTER_PORT", "29999"}}, {}).find("MASTER_ADDR"),
              std::string::npos);
    EXPECT_NE(refused({}, {"--processes", "2", "--set", "train.batch=1"}).find("train.batch"), std::string::npos);
}

} // namespace
} // namespace winnow
