#include "core/base/build_stamp.h"
#include "core/run/engine.h"
#include "tests/core/store/store_folder.h"
#include "tests/support/program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

// Parts of different builds refuse one another with a sentence, instead of reading each other's structs.
namespace winnow {
namespace {

using test::readFile;
using test::StoreFolder;
using test::writeFile;

std::string moduleOf(const std::string &kind)
{
    return std::string(WINNOW_STRANGE_MODULES) + "/" + kind + ".so";
}

std::string refusalOf(const std::string &kind)
{
    setenv("WINNOW_ENGINE", moduleOf(kind).c_str(), 1);
    const auto engine = openEngine();
    unsetenv("WINNOW_ENGINE");
    return engine.ok() ? "opened" : engine.error().message;
}

bool holds(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

TEST(BuildStamp, AnEngineOfAnotherBuildIsRefused)
{
    const std::string refusal = refusalOf("other_stamp");
    EXPECT_TRUE(holds(refusal, "other_stamp.so\" belongs to another build of Winnow")) << refusal;
    EXPECT_TRUE(holds(refusal, "stamp 0123456789abcdef-abi1;")) << refusal;
    EXPECT_TRUE(holds(refusal, buildStamp)) << refusal;
    EXPECT_TRUE(holds(refusal, "Build both again")) << refusal;
}

TEST(BuildStamp, AnEngineFromBeforeTheStampIsRefused)
{
    const std::string refusal = refusalOf("without_stamp");
    EXPECT_TRUE(holds(refusal, "belongs to another build of Winnow than this program (no stamp;")) << refusal;
}

TEST(BuildStamp, AnEngineThatNeedsAnotherCoreLibraryIsRefused)
{
    const std::string refusal = refusalOf("unresolved");
    EXPECT_TRUE(holds(refusal, "belongs to another build of Winnow")) << refusal;
    EXPECT_TRUE(holds(refusal, "goneWithAnotherBuild")) << refusal;
}

TEST(BuildStamp, ALibraryThatIsNoEngineIsNamed)
{
    const std::string refusal = refusalOf("no_engine");
    EXPECT_TRUE(holds(refusal, "is not a training engine of Winnow")) << refusal;
}

TEST(BuildStamp, AProgramRefusesACoreLibraryOfAnotherBuild)
{
    const StoreFolder folder;
    EXPECT_STREQ(winnow_core_build(), buildStamp);
    EXPECT_EQ(test::runWinnow(folder.path(), {"--version"}).status, 0);
    // The sanitizer's option lets a build with it load something else first.
    const auto refused = test::runWinnow(
        folder.path(), {"--version"},
        {{"LD_PRELOAD", moduleOf("other_stamp")}, {"ASAN_OPTIONS", "verify_asan_link_order=0"}});
    EXPECT_EQ(refused.status, 1);
    EXPECT_TRUE(holds(refused.err, "belong to different builds of Winnow")) << refused.err;
    EXPECT_TRUE(holds(refused.err, "0123456789abcdef-abi1")) << refused.err;
}

/// What the script of the build makes of a folder of sources.
class StampScript : public testing::Test {
protected:
    std::string stamp() const
    {
        const std::string command = "\"" WINNOW_CMAKE "\" -DSOURCE_DIR=\"" + folder.path() + "\" -DOUTPUT=\""
            + folder.file("stamp.h") + "\" -P \"" WINNOW_SOURCE_DIR "/installer/cmake/WinnowBuildStamp.cmake\"";
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
        return readFile(folder.file("stamp.h"));
    }
    void header(const std::string &name, const std::string &text) const
    {
        std::filesystem::create_directories(std::filesystem::path(folder.file(name)).parent_path());
        writeFile(folder.file(name), text);
    }

    StoreFolder folder;
};

TEST_F(StampScript, ChangesWithEverySharedHeaderAndWithNothingElse)
{
    header("core/run/request.h", "struct Request { int a; };");
    header("core/base/options.h", "");
    header("core/train/passes.h", "1");
    header("core/run/request.cpp", "1");
    const std::string first = stamp();
    EXPECT_TRUE(holds(first, "#define WINNOW_HEADERS_HASH \"")) << first;
    const auto written = std::filesystem::last_write_time(folder.file("stamp.h"));
    header("core/train/passes.h", "2");
    header("core/run/request.cpp", "2");
    EXPECT_EQ(stamp(), first);
    EXPECT_EQ(std::filesystem::last_write_time(folder.file("stamp.h")), written) << "so that nothing is built again";
    header("core/run/request.h", "struct Request { int a, b; };");
    const std::string second = stamp();
    EXPECT_NE(second, first);
    header("core/run/more.h", "");
    EXPECT_NE(stamp(), second);
}

} // namespace
} // namespace winnow
