// Bad inputs, each beside a good one: the bad one is named with file and place, the good one is imported.
#include "core/data/parquet/parquet_rows.h"
#include "tests/core/data/import_fixture.h"

#include <gtest/gtest.h>

#include <map>

namespace winnow
{
namespace
{

const std::string goodTurns = R"([{"from":"human","value":"q"},{"from":"gpt","value":"+"}])";
const std::string goodRow = R"({"id":1,"image":"good.png","conversations":)" + goodTurns + "}";

std::string withTurns(const std::string &turns)
{
    std::string row = R"({"conversations":)";
    return row.append(turns).append("}");
}

struct BadRow {
    const char *name;
    std::string row;
    const char *reason; ///< its beginning
};

std::vector<BadRow> badRows()
{
    return {
        {"cut object", R"({"conversations":[)", "line is not valid JSON"},
        {"words", "hello", "line is not valid JSON"},
        {"number", "12", "row is not a JSON object"},
        {"list", "[1]", "row is not a JSON object"},
        {"bad UTF-8", "{\"conversations\":\"\xFF\xFE\"}", "line is not valid JSON"},
        {"control character", "{\"conversations\":\"\x01\"}", "line is not valid JSON"},
        {"deep", std::string(5000, '['), "line is not valid JSON"},
        {"no turns", "{}", "field conversations is missing"},
        {"turns text", withTurns("\"x\""), "field conversations is missing or not a list"},
        {"turns null", withTurns("null"), "field conversations is missing or not a list"},
        {"turns empty", withTurns("[]"), "field conversations is empty"},
        {"turn number", withTurns("[1]"), "field conversations holds something"},
        {"no from", withTurns(R"([{"value":"x"}])"), "field conversations.from"},
        {"foreign role", withTurns(R"([{"from":"robot","value":"x"}])"), "field conversations.from"},
        {"no value", withTurns(R"([{"from":"gpt"}])"), "field conversations.value"},
        {"no site", withTurns(R"([{"from":"gpt","value":"yes"}])"), "no step with + or -"},
        {"two places", withTurns(R"([{"from":"human","value":"<image><image>"},{"from":"gpt","value":"+"}])"),
         "more than one <image>"},
        {"picture number", R"({"image":3,"conversations":)" + goodTurns + "}", "field image is not a path"},
        {"picture NUL", R"({"image":"a\u0000","conversations":)" + goodTurns + "}", "field image is not a path"},
        {"raw without question", R"({"steps_with_score":[]})", "field question is missing"},
        {"raw without steps", R"({"question":"q","steps_with_score":[]})", "field steps_with_score is empty"},
        {"raw step", R"({"question":"q","steps_with_score":[1]})", "field steps_with_score holds"},
        {"raw score", R"({"question":"q","steps_with_score":[{"step":"a","score":"1"}]})",
         "field steps_with_score.score"},
    };
}

TEST(ImportBad, RowsAreNamedAndTheRestIsImported)
{
    for (const BadRow &bad : badRows()) {
        TempFolder folder;
        folder.write("good.png", pngBytes(4, 4));
        const std::string source = folder.write("rows.jsonl", goodRow + "\n" + bad.row + "\n" + goodRow);
        const auto reports = importData(importOptions(ImportKind::VisualPrm, source, folder));
        ASSERT_TRUE(reports.ok()) << bad.name << ": " << reports.error().message;
        const ImportReport &report = reports->front();
        EXPECT_EQ(report.rowsRead, 3) << bad.name;
        EXPECT_EQ(report.rowsKept, 2) << bad.name;
        ASSERT_EQ(report.dropped.size(), 1u) << bad.name;
        const auto &[reason, drop] = *report.dropped.begin();
        EXPECT_EQ(reason.substr(0, std::string(bad.reason).size()), bad.reason) << bad.name;
        EXPECT_EQ(drop.rows.front().row, 1) << bad.name;
        EXPECT_EQ(drop.rows.front().file, source) << bad.name;
    }
}

TEST(ImportBad, PicturesAreNamedAndTheRestIsImported)
{
    std::string zero = pngBytes(4, 4), huge = pngBytes(4, 4), header = pngBytes(4, 4);
    zero.replace(16, 4, std::string(4, '\0'));
    huge.replace(16, 4, "\x7F\xFF\xFF\xFF");
    header.replace(12, 4, "XXXX");
    const std::vector<std::pair<const char *, std::string>> bad{
        {"empty", ""},
        {"text", "this is no picture"},
        {"cut", pngBytes(4, 4).substr(0, 20)},
        {"zero", zero},
        {"huge", huge},
        {"header", header},
        {"gif", "GIF89a\x01\x01"},
        {"jpeg", "\xFF\xD8\xFF\xE0\xFF\xFF"},
        {"webp", "RIFF....WEBPVP8 "},
    };
    for (const auto &[name, bytes] : bad) {
        TempFolder folder;
        folder.write("good.png", pngBytes(4, 4));
        folder.write("bad.png", bytes);
        const std::string row = R"({"image":"bad.png","conversations":)" + goodTurns + "}";
        const auto reports =
            importData(importOptions(ImportKind::VisualPrm, folder.write("rows.jsonl", row + "\n" + goodRow), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_EQ(reports->front().rowsKept, 1) << name;
        const ImportRows &drop = reports->front().dropped.at("picture cannot be opened");
        EXPECT_EQ(drop.rows.front().row, 0) << name;
        EXPECT_EQ(drop.rows.front().text, folder.file("bad.png")) << name;
    }
}

TEST(ImportBad, FilesAreNamedAndTheRestIsImported)
{
    struct BadFile {
        const char *name;
        std::string text;
        const char *says; ///< with the place, where it is not the whole file
    };
    const std::vector<BadFile> bad{
        {"empty", "", "the file is empty"},
        {"blank", " \n ", "the file is empty"},
        {"words", "hello", "the file is no JSON"},
        {"cut", "[" + goodRow + ",", "row 1 has no end"},
        {"tail", "[" + goodRow + "] x", "more after the array, behind row 0"},
    };
    for (const auto &[name, text, says] : bad) {
        TempFolder folder;
        folder.write("in/good.png", pngBytes(4, 4));
        folder.write("in/good.jsonl", goodRow);
        const std::string path = folder.write("in/bad.jsonl", text);
        const auto reports = importData(importOptions(ImportKind::VisualPrm, folder.file("in"), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_GE(reports->front().rowsKept, 1) << name;
        ASSERT_EQ(reports->front().problems.size(), 1u) << name;
        const std::string &problem = reports->front().problems[0];
        EXPECT_EQ(problem.find(path), 0u) << name << ": " << problem;
        EXPECT_NE(problem.find(says), std::string::npos) << name << ": " << problem;
    }
}

TEST(ImportBad, ParquetFilesAreNamedAndTheRestIsImported)
{
    if (!parquetAvailable())
        GTEST_SKIP() << "this build has no Parquet reader";
    const std::string good =
        TempFolder::read(std::string(WINNOW_GOLDEN_DIR) + "/import/validation-snappy-dictionary.parquet");
    ASSERT_GT(good.size(), 10'000u);
    std::string noise = good, footer = good, length = good;
    for (std::size_t i = 2000; i < 6000; ++i)
        noise[i] = static_cast<char>(i * 37); // pages
    for (std::size_t i = good.size() - 3000; i < good.size() - 8; ++i)
        footer[i] = static_cast<char>(i * 91);
    length.replace(length.size() - 8, 4, "\xFF\xFF\xFF\x7F");
    const std::vector<std::pair<const char *, std::string>> bad{
        {"empty", ""},
        {"words", "PAR1 but nothing else"},
        {"head only", good.substr(0, 4096)},
        {"tail only", good.substr(good.size() - 4096)},
        {"noise", noise},
        {"footer", footer},
        {"footer length", length},
    };
    for (const auto &[name, bytes] : bad) {
        TempFolder folder;
        const std::string path = folder.write("in/validation-0-bad.parquet", bytes);
        folder.write("in/validation-1-good.parquet", good);
        const auto reports = importData(importOptions(ImportKind::Mmmu, folder.file("in"), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_GE(reports->front().rowsKept, 6) << name;
        ASSERT_EQ(reports->front().problems.size(), 1u) << name;
        const std::string &problem = reports->front().problems[0];
        EXPECT_EQ(problem.find(path + ": "), 0u) << name << ": " << problem;
        const bool rows = std::string(name) == "noise";
        EXPECT_NE(problem.find(rows ? "cannot be read from row " : "is no Parquet file"), std::string::npos)
            << name << ": " << problem;
    }
}

/// bad-rows.parquet and the others are written by tests/parity/check_parquet.py --golden.
TEST(ImportBad, ParquetRowsAreNamedAndTheRestIsImported)
{
    if (!parquetAvailable())
        GTEST_SKIP() << "this build has no Parquet reader";
    TempFolder folder;
    const std::string source = std::string(WINNOW_GOLDEN_DIR) + "/import/bad-rows.parquet";
    const auto reports = importData(importOptions(ImportKind::Mmmu, source, folder));
    ASSERT_TRUE(reports.ok()) << reports.error().message;
    const ImportReport &report = reports->front();
    EXPECT_EQ(report.rowsRead, 13);
    EXPECT_EQ(report.rowsKept, 2) << "the first and the last";
    const std::map<std::int64_t, std::string> reasons{
        {1, "field question is empty"},
        {2, "field question is empty"},
        {3, "field options is no list"},
        {4, "field options is no list"},
        {5, "field options is no list"},
        {6, "field options has more than 26 entries"},
        {7, "field answer is none of the letters of its options"},
        {8, "field answer is none of the letters of its options"},
        {9, "field image_1 is no picture that can be opened"},
        {10, "field image_1 is no picture that can be opened"},
        {11, "field image_1 is no picture that can be opened"},
    };
    std::map<std::int64_t, std::string> found;
    for (const auto &[reason, drop] : report.dropped) {
        for (const ImportPlace &place : drop.rows) {
            EXPECT_EQ(place.file, source);
            found[place.row] = reason;
        }
    }
    ASSERT_EQ(found.size(), reasons.size());
    for (const auto &[row, reason] : reasons)
        EXPECT_EQ(found[row].substr(0, reason.size()), reason) << "row " << row;
}

TEST(ImportBad, ParquetColumnsAreNamedAndTheRestIsImported)
{
    if (!parquetAvailable())
        GTEST_SKIP() << "this build has no Parquet reader";
    const std::string golden = std::string(WINNOW_GOLDEN_DIR) + "/import/";
    for (const auto &[name, column] : {std::pair("no-id", "column id"), std::pair("no-question", "column image"),
                                       std::pair("options-list", "column options"),
                                       std::pair("answer-number", "column answer")}) {
        TempFolder folder;
        const std::string path =
            folder.write("in/validation-0-bad.parquet", TempFolder::read(golden + "bad-" + name + ".parquet"));
        folder.write("in/validation-1-good.parquet", TempFolder::read(golden + "validation-zstd-plain.parquet"));
        const auto reports = importData(importOptions(ImportKind::Mmmu, folder.file("in"), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_EQ(reports->front().rowsKept, 6) << name;
        ASSERT_EQ(reports->front().problems.size(), 1u) << name;
        EXPECT_EQ(reports->front().problems[0].find(path + ": " + column), 0u) << reports->front().problems[0];
    }
}

TEST(ImportBad, MetaAndTestRowsAreNamedAndTheRestIsImported)
{
    const std::string turns = R"(,"conversations":)" + goodTurns + "}";
    const std::string goodMeta = R"({"id":"test_Art_1","true_false":true)" + turns;
    const std::string goodTest = R"({"question":"q","candidates":["a","b"],"true_false":[true,false]})";
    const std::string many = "[" + [] {
        std::string list = "\"a\"";
        for (int i = 0; i < 1024; ++i)
            list += ",\"a\"";
        return list;
    }() + "]";
    struct Bad {
        const std::string *good;
        std::string row;
        const char *reason;
    };
    const std::vector<Bad> list{
        {&goodMeta, R"({"id":"a")" + turns, "field true_false is missing"},
        {&goodMeta, R"({"id":"a","true_false":"yes")" + turns, "field true_false is missing or not true or false"},
        {&goodMeta, R"({"id":"a","true_false":1)" + turns, "field true_false is missing or not true or false"},
        {&goodMeta, R"({"id":"a","true_false":null)" + turns, "field true_false is missing or not true or false"},
        {&goodMeta, R"({"id":"a","true_false":true,"image":{"path":"x"})" + turns, "field image is not a path"},
        {&goodTest, R"({"candidates":["a"],"true_false":[true]})", "field question is missing"},
        {&goodTest, R"({"question":1,"candidates":["a"],"true_false":[true]})", "field question is missing or not text"},
        {&goodTest, R"({"question":"q","candidates":"a","true_false":[true]})", "field candidates"},
        {&goodTest, R"({"question":"q","candidates":["a"]})", "field true_false"},
        {&goodTest, R"({"question":"q","candidates":["a"],"true_false":[true,false]})",
         "fields candidates and true_false differ in length"},
        {&goodTest, R"({"question":"q","candidates":[1],"true_false":[true]})", "field candidates holds something"},
        {&goodTest, R"({"question":"q","candidates":["a"],"true_false":["yes"]})", "field true_false holds something"},
        {&goodTest, R"({"question":"q","candidates":)" + many + R"(,"true_false":[true]})",
         "field candidates has more than 1024"},
    };
    for (const Bad &bad : list) {
        for (const bool array : {false, true}) {
            TempFolder folder;
            const std::string between = array ? ",\n" : "\n";
            const std::string rows = *bad.good + between + bad.row + between + *bad.good;
            const std::string source = folder.write("rows.json", array ? "[" + rows + "]" : rows);
            const auto reports = importData(importOptions(ImportKind::DreamPrm, source, folder));
            ASSERT_TRUE(reports.ok()) << bad.row << ": " << reports.error().message;
            const ImportReport &report = reports->front();
            EXPECT_EQ(report.rowsKept, 2) << bad.row;
            ASSERT_EQ(report.dropped.size(), 1u) << bad.row;
            const auto &[reason, drop] = *report.dropped.begin();
            EXPECT_EQ(reason.find(bad.reason), 0u) << bad.row << ": " << reason;
            EXPECT_EQ(drop.rows.front().row, 1) << bad.row;
            EXPECT_EQ(drop.rows.front().file, source) << bad.row;
        }
    }
}

TEST(ImportBad, SourcesThatGiveNothingAreRefused)
{
    TempFolder folder;
    std::filesystem::create_directories(folder.file("none"));
    const auto error = [&](ImportKind kind, const std::string &source) {
        const auto reports = importData(importOptions(kind, source, folder));
        return reports.ok() ? std::string() : reports.error().message;
    };
    EXPECT_NE(error(ImportKind::VisualPrm, folder.file("absent")).find("absent"), std::string::npos);
    EXPECT_NE(error(ImportKind::Mmmu, folder.file("none")).find("holds no Parquet file"), std::string::npos);
    const std::string bad = folder.write("bad.jsonl", "{}\n");
    EXPECT_NE(error(ImportKind::VisualPrm, bad).find("field conversations"), std::string::npos);
    // An import must not write over its source.
    ImportOptions options = importOptions(ImportKind::VisualPrm, folder.write("out/a.jsonl", goodRow), folder);
    EXPECT_FALSE(importData(options).ok());
    EXPECT_EQ(TempFolder::read(options.source), goodRow);
}

} // namespace
} // namespace winnow
