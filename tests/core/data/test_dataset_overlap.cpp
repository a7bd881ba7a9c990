#include "core/data/dataset_overlap.h"
#include "core/data/row_index.h"
#include "core/data/row_survey.h"
#include "core/image/png_encode.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

namespace winnow
{
namespace
{

std::string png(int shade)
{
    const Picture picture{4, 4, std::vector<std::uint8_t>(48, static_cast<std::uint8_t>(shade))};
    const auto bytes = encodePng(picture).value();
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::vector<DataOverlap> found(OverlapFinder &finder)
{
    auto overlaps = finder.find();
    EXPECT_TRUE(overlaps.ok());
    return std::move(overlaps).value();
}

TEST(NormalizedQuestion, KeepsTheWordsAlone)
{
    const std::string plain = "what is a caf\xC3\xA9?";
    for (const char *text :
         {"What is a Caf\xC3\xA9?", "### Question:\nQuestion: What  is\na cafe\xCC\x81?\n",
          "<image>\nWhat is a CAF\xC3\x89?", "Question: What is <image 1> a caf\xC3\xA9? <image 12>"})
        EXPECT_EQ(normalizedQuestion(text), plain) << text;
    EXPECT_EQ(normalizedQuestion("<imagine> it"), "<imagine> it");
    EXPECT_EQ(normalizedQuestion(" <image>\n"), "");
}

TEST(Overlap, FindsAQuestionWhateverItsSpelling)
{
    OverlapFinder finder;
    finder.addFile("train");
    finder.addRow(0, "1", "Question: Who?", {});
    finder.addRow(1, "2", "How  MANY legs has it?", {});
    finder.addFile("test");
    finder.addRow(0, "9", "unseen", {});
    finder.addRow(5, "1", "how many legs has it?", {});
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 1u);
    EXPECT_EQ(overlaps[0].kind, OverlapKind::Question);
    EXPECT_EQ(overlaps[0].rows, 1);
    EXPECT_EQ(overlaps[0].of, 2);
    ASSERT_EQ(overlaps[0].examples.size(), 1u);
    EXPECT_EQ(overlaps[0].examples[0].first.fileRow, 1);
    EXPECT_EQ(overlaps[0].examples[0].second.fileRow, 5);
    EXPECT_EQ(
        overlapSentence(overlaps[0]),
        "1 of 2 rows of data.test has the question of a row of data.train (row 5 is row 1 there): what is measured "
        "on them is not unseen.");
}

TEST(Overlap, AnIdThatIsANameTellsAndANumberDoesNot)
{
    OverlapFinder finder;
    finder.addFile("meta");
    finder.addRow(0, "test_Art_113", "four options", {});
    finder.addRow(1, "17", "a", {});
    finder.addRow(2, "rows.json#3", "b", {});
    finder.addRow(3, "ai2d:4", "c", {});
    finder.addFile("test");
    finder.addRow(7, "test_Art_113", "ten options", {});
    finder.addRow(8, "17", "x", {});
    finder.addRow(9, "rows.json#3", "y", {});
    finder.addRow(10, "ai2d:4", "z", {});
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 1u);
    EXPECT_EQ(overlaps[0].kind, OverlapKind::Id);
    EXPECT_EQ(overlaps[0].rows, 1);
    EXPECT_EQ(overlaps[0].examples[0].second.id, "test_Art_113");
    EXPECT_NE(overlapSentence(overlaps[0]).find("row 7 (test_Art_113) is row 0 (test_Art_113) there"),
              std::string::npos);
}

TEST(Overlap, APictureIsKnownByItsBytes)
{
    TempFolder folder;
    const std::string one = folder.write("a/one.png", png(10));
    const std::string same = folder.write("b/other-name.png", png(10));
    const std::string other = folder.write("b/two.png", png(200)); // of the same size
    OverlapFinder finder;
    finder.addFile("train");
    finder.addRow(0, "", "what?", one);
    finder.addFile("test");
    finder.addRow(0, "", "which?", other);
    finder.addRow(1, "", "where?", same);
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 1u);
    EXPECT_EQ(overlaps[0].kind, OverlapKind::Picture);
    EXPECT_EQ(overlaps[0].rows, 1);
    EXPECT_EQ(overlaps[0].examples[0].second.fileRow, 1);
}

TEST(Overlap, FurtherPicturesOfARowCountToo)
{
    TempFolder folder;
    const std::vector<std::string> shared{folder.write("a/second.png", png(10))};
    const std::vector<std::string> same{folder.write("b/third.png", png(100)), folder.write("b/second.png", png(10))};
    OverlapFinder finder;
    finder.addFile("train");
    finder.addRow(0, "", "what?", folder.write("a/first.png", png(20)), shared);
    finder.addFile("test");
    finder.addRow(0, "", "which?", folder.write("b/none.png", png(30)));
    finder.addRow(1, "", "where?", folder.write("b/first.png", png(40)), same);
    finder.addRow(2, "", "who?", same[1]);
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 1u);
    EXPECT_EQ(overlaps[0].kind, OverlapKind::Picture);
    EXPECT_EQ(overlaps[0].rows, 2);
    EXPECT_EQ(overlaps[0].of, 3);
}

TEST(Overlap, ATextThatIsAskedOfManyPicturesNeedsThePictureToo)
{
    TempFolder folder;
    OverlapFinder finder;
    finder.addFile("train");
    for (int i = 0; i < 3; ++i)
        finder.addRow(i, "", "What is the sum?", folder.write("t" + std::to_string(i) + ".png", png(i)));
    finder.addRow(3, "", "Which is larger?",
                  folder.file("t1.png")); // the first row of that picture is another question
    finder.addFile("test");
    finder.addRow(0, "", "What is the sum?", folder.write("x.png", png(100)));
    EXPECT_TRUE(found(finder).empty());
    finder.addRow(1, "", "What is the sum?", folder.write("y.png", png(1)));
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 1u);
    EXPECT_EQ(overlaps[0].kind, OverlapKind::Question);
    EXPECT_EQ(overlaps[0].examples[0].first.fileRow, 1);
}

TEST(Overlap, ATextThatIsAskedOfManyPicturesNeedsAllOfThem)
{
    TempFolder folder;
    const std::string first = folder.write("first.png", png(1));
    const std::vector<std::string> red{folder.write("red.png", png(2))}, blue{folder.write("blue.png", png(3))};
    OverlapFinder finder;
    finder.addFile("train");
    finder.addRow(0, "", "Which is larger?", first, red);
    finder.addRow(1, "", "Which is larger?", first, blue);
    finder.addFile("test");
    const std::vector<std::string> sameBlue{folder.write("other/blue.png", png(3))};
    finder.addRow(0, "", "Which is larger?", folder.write("other/first.png", png(1)), sameBlue);
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 1u);
    EXPECT_EQ(overlaps[0].kind, OverlapKind::Question);
    EXPECT_EQ(overlaps[0].examples[0].first.fileRow, 1) << "both rows of the first file begin with that picture";
}

TEST(Overlap, EachTwoFilesAreComparedAndAStopEndsIt)
{
    OverlapFinder finder;
    for (const char *role : {"train", "meta", "test"}) {
        finder.addFile(role);
        finder.addRow(0, "", "the same", {});
    }
    const auto overlaps = found(finder);
    ASSERT_EQ(overlaps.size(), 3u);
    EXPECT_EQ(overlaps[1].first + overlaps[1].second, "traintest");
    StopFlag stop;
    stop.requestStop();
    EXPECT_FALSE(finder.find(&stop).ok());
}

const std::string turns =
    R"([{"from":"system","value":"s"},{"from":"human","value":"q\n### Solution Process:\nfirst"},)"
    R"({"from":"gpt","value":"+"},{"from":"human","value":"second"},{"from":"gpt","value":"-"}])";

std::string row(const std::string &members)
{
    return "{" + members + R"(,"conversations":)" + turns + "}";
}

TEST(RowSurvey, CountsAndNamesWithoutKeepingRows)
{
    TempFolder folder;
    folder.write("p.png", png(1));
    const std::string path = folder.write("m.jsonl",
                                          row(R"("id":"a","image":"p.png","true_false":true)") + "\n"
                                              + row(R"("id":"a","image":"gone.png","true_false":true)") + "\n{}\n"
                                              + row(R"("id":-1,"true_false":true)") + "\n");
    std::vector<std::string> seen;
    RowSurveyHooks hooks;
    hooks.row = [&](std::int64_t number, const std::string &id, std::string_view question, const std::string &picture,
                    const std::vector<std::string> &further) {
        EXPECT_TRUE(further.empty());
        seen.push_back(std::to_string(number) + "|" + id + "|" + std::string(question) + "|"
                       + std::filesystem::path(picture).filename().string());
    };
    const auto survey = surveyRows(path, RowKind::Meta, hooks);
    ASSERT_TRUE(survey.ok()) << survey.error().message;
    EXPECT_EQ(survey->report.rowsRead, 4);
    EXPECT_EQ(survey->report.rowsKept, 3);
    EXPECT_EQ(survey->report.dropped.size(), 1u);
    EXPECT_EQ(survey->form, MetaForm::StepLevel);
    EXPECT_EQ(survey->withPicture, 2);
    EXPECT_EQ(survey->picturesMissing, 1);
    EXPECT_EQ(survey->firstMissingRow, 1);
    EXPECT_EQ(survey->report.notes.size(), 2u) << "an id that is missing and one that is repeated";
    EXPECT_EQ(seen, (std::vector<std::string>{"0|a|q|p.png", "1|a|q|gone.png", "3||q|"}));

    StopFlag stop;
    stop.requestStop();
    hooks.stop = &stop;
    EXPECT_FALSE(surveyRows(path, RowKind::Meta, hooks).ok());
    EXPECT_FALSE(surveyRows(folder.file("nothing.jsonl"), RowKind::Meta).ok());
    EXPECT_NE(surveyRows(path, RowKind::Test).error().message.find("row 0"), std::string::npos);
}

TEST(RowIndex, ReadsAnyRowOfBothForms)
{
    TempFolder folder;
    std::string lines = "\xEF\xBB\xBF", array = "[";
    for (int i = 0; i < 300; ++i) {
        const std::string text = i == 7 ? "17" : row("\"id\":\"r" + std::to_string(i) + "\",\"note\":\"a \\\" ] , [\"");
        lines += text + (i % 3 == 0 ? "\r\n\n" : "\n");
        array += (i > 0 ? " ,\n " : "\n") + text;
    }
    for (const std::string &path : {folder.write("a.jsonl", lines), folder.write("a.json", array + "]\n")}) {
        const auto index = RowIndex::build(path);
        ASSERT_TRUE(index.ok()) << index.error().message;
        ASSERT_EQ(index->size(), 300);
        for (const int i : {299, 0, 8, 150}) {
            const auto read = index->conversation(i, RowKind::Train);
            ASSERT_TRUE(read.ok()) << read.error().message;
            EXPECT_EQ(read->key, "r" + std::to_string(i));
            EXPECT_EQ(read->fileRow, i);
            EXPECT_EQ(read->turns.size(), 5u);
        }
        EXPECT_NE(index->conversation(7, RowKind::Train).error().message.find("row 7"), std::string::npos);
        EXPECT_NE(index->conversation(300, RowKind::Train).error().message.find("300 rows"), std::string::npos);
        EXPECT_FALSE(index->conversation(-1, RowKind::Train).ok());
        EXPECT_TRUE(index->isCurrent());
        folder.write(std::filesystem::path(path).filename(), "[]");
        EXPECT_FALSE(index->isCurrent());
        EXPECT_FALSE(index->conversation(200, RowKind::Train).ok()) << "the file was cut";
    }
}

TEST(RowIndex, ReadsQuestionsThatWaitForCandidates)
{
    TempFolder folder;
    const std::string path = folder.write("q.jsonl",
                                          R"({"id":"a","question":"one?"})"
                                          "\n"
                                          R"({"id":"b","question":"two?","candidates":["x"],"true_false":[true]})"
                                          "\n"
                                          R"({"id":"c","question":"three?","candidates":["x"]})"
                                          "\n");
    const auto index = RowIndex::build(path);
    ASSERT_TRUE(index.ok());
    EXPECT_EQ(index->question(0)->question, "one?");
    EXPECT_EQ(index->question(1)->candidates.size(), 1u);
    EXPECT_FALSE(index->question(2).ok());
}

} // namespace
} // namespace winnow
