#include "core/base/resource_path.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace winnow {
namespace {

TEST(ResourcePath, FindsTheResourcesOfTheSourceTree)
{
    unsetenv("WINNOW_RESOURCES");
    EXPECT_TRUE(std::filesystem::exists(resourceFolder() + "/presets/demo-table.toml")) << resourceFolder();
}

TEST(ResourcePath, TheEnvironmentNamesAnotherFolder)
{
    const std::filesystem::path folder
        = std::filesystem::temp_directory_path() / ("winnow-resources-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder / "presets");
    setenv("WINNOW_RESOURCES", folder.c_str(), 1);
    EXPECT_EQ(resourceFolder(), folder.string());
    unsetenv("WINNOW_RESOURCES");
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace winnow
