#include "core/run/prepared_rows.h"
#include "core/run/row_viewer.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

namespace winnow
{
namespace
{

class RowViewers : public testing::Test
{
protected:
    /// A file of rows that say each of `answers` once.
    std::string file(const std::string &name, const std::vector<std::string> &answers) const
    {
        std::string text;
        for (const std::string &answer : answers)
            text += R"({"id":")" + name + answer
                + R"(","true_false":true,"conversations":[{"from":"human","value":"Sum?\n)" + answer
                + R"("},{"from":"gpt","value":"+"}]})" + "\n";
        return folder.write(name, text);
    }
    static SampleRecord sampleOf(const std::string &path, std::int64_t row, RowKind kind)
    {
        const auto index = RowIndex::build(path);
        EXPECT_TRUE(index.ok());
        const auto read = index->conversation(row, kind);
        EXPECT_TRUE(read.ok()) << read.error().message;
        return sampleRecords(std::vector<ConversationRow>{*read}).front();
    }
    static DatasetRecord dataset(const std::string &path)
    {
        DatasetRecord record;
        record.kind = "train";
        record.path = path;
        return record;
    }

    TempFolder folder;
};

TEST_F(RowViewers, ShowsRowsOfBothFilesOfAJoinedSet)
{
    const std::string train = file("train.jsonl", {"a=1"}), meta = file("meta.jsonl", {"b=2", "c=3"});
    const auto viewer = RowViewer::open(dataset(train + " + " + meta));
    ASSERT_TRUE(viewer.ok()) << viewer.error().message;
    const auto first = viewer->view(sampleOf(train, 0, RowKind::Train), 0, {});
    ASSERT_TRUE(first.ok()) << first.error().message;
    EXPECT_NE(first->text.find("a=1"), std::string::npos);
    const auto same = viewer->view(sampleOf(meta, 0, RowKind::Meta), 0, {}); // row 0 of the other file
    ASSERT_TRUE(same.ok()) << same.error().message;
    EXPECT_NE(same->text.find("b=2"), std::string::npos);
    const auto longer = viewer->view(sampleOf(meta, 1, RowKind::Meta), 0, {}); // the first file has no row 1
    ASSERT_TRUE(longer.ok()) << longer.error().message;
    EXPECT_NE(longer->text.find("c=3"), std::string::npos);
}

TEST_F(RowViewers, NamesARowThatIsAnotherNow)
{
    const std::string path = file("rows.jsonl", {"a=1"}), other = file("other.jsonl", {"z=9"});
    const auto viewer = RowViewer::open(dataset(path));
    ASSERT_TRUE(viewer.ok());
    const auto view = viewer->view(sampleOf(other, 0, RowKind::Train), 0, {});
    ASSERT_FALSE(view.ok());
    EXPECT_NE(view.error().message.find("rows.jsonl, row 0"), std::string::npos) << view.error().message;
    EXPECT_FALSE(RowViewer::open(dataset(folder.file("none + nothing"))).ok());
}

TEST_F(RowViewers, AFileWhoseNameHasAPlusIsOneFile)
{
    const std::string path = file("a + b.jsonl", {"a=1"});
    const auto viewer = RowViewer::open(dataset(path));
    ASSERT_TRUE(viewer.ok()) << viewer.error().message;
    EXPECT_TRUE(viewer->view(sampleOf(path, 0, RowKind::Train), 0, {}).ok());
}

} // namespace
} // namespace winnow
