#pragma once

#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"
#include "tests/support/tiny_task.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace winnow::test
{

/// Trains the run "tiny" through the real program and engine, each time into a store of its own in one folder.
class TinyRuns : public ::testing::Test
{
protected:
    explicit TinyRuns(const TinyRun &sizes) : m_sizes(sizes) { }
    void SetUp() override
    {
        const Status written = writeTinyRun(folder.path(), m_sizes);
        ASSERT_TRUE(written.ok()) << written.error().message;
    }
    std::vector<std::string> runArguments(const std::string &store, const std::vector<std::string> &more = {}) const
    {
        std::vector<std::string> arguments{winnowProgram(), "run", folder.file("run.toml"), "--json", "--store",
                                           folder.file(store)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    ProgramResult winnow(const std::vector<std::string> &arguments) const
    {
        return runWinnow(folder.path(), arguments);
    }
    ProgramResult finish(const std::string &store, const std::vector<std::string> &more = {}) const
    {
        return Program(folder.path(), runArguments(store, more), {}).wait();
    }
    ProgramResult resume(const std::string &store, const std::vector<std::string> &more = {}) const
    {
        std::vector<std::string> arguments{"resume", "tiny", "--json", "--store", folder.file(store)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return winnow(arguments);
    }
    std::string stateOf(const std::string &store) const
    {
        const ProgramResult shown = winnow({"show", "tiny", "--json", "--store", folder.file(store)});
        return nlohmann::json::parse(shown.lastLine())["state"];
    }

    StoreFolder folder;

private:
    TinyRun m_sizes;
};

} // namespace winnow::test
