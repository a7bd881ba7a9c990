#include "app/services.h"

#include "tests/core/store/store_folder.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace winnow
{
namespace
{

using test::StoreFolder;

TEST(Services, TheDefaultStoreIsInTheDataFolder)
{
    const StoreFolder folder;
    setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
    const auto services = Services::open("");
    ASSERT_TRUE(services.ok()) << services.error().message;
    EXPECT_EQ((*services)->storePath(), folder.file("winnow/winnow.db"));
    EXPECT_EQ((*services)->runs().runsFolder(), folder.file("winnow/runs"));
    EXPECT_TRUE((*services)->interrupted().empty());
    EXPECT_TRUE((*services)->database().ok());
}

TEST(Services, LookingMakesNoNamedStore)
{
    const StoreFolder folder;
    const auto missing = openStoreToRead(folder.file("none.db"));
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().message.find("none.db"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.file("none.db")));
}

TEST(Services, AStoreThatIsNoneIsLeftAlone)
{
    const StoreFolder folder;
    test::writeFile(folder.file("text.db"), std::string(5000, 'x'));
    EXPECT_FALSE(Services::open(folder.file("text.db")).ok());
    EXPECT_EQ(test::readFile(folder.file("text.db")), std::string(5000, 'x'));
}

TEST(Services, SaysWhatItWasBuiltFrom)
{
    EXPECT_FALSE(codeVersion().empty());
    const auto environment = nlohmann::json::parse(environmentJson());
    EXPECT_GT(environment["cores"].get<int>(), 0);
    EXPECT_NE(environment["libtorch"].get<std::string>().find('.'), std::string::npos) << environment["libtorch"];
    EXPECT_FALSE(environment["compiler"].get<std::string>().empty());
}

} // namespace
} // namespace winnow
