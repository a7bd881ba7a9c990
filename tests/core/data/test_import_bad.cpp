// Bad inputs, each beside a good one: the bad one is named with file and place, the good one is imported.
#include "core/data/import/import_data.h"
#include "core/data/parquet/parquet_rows.h"
#include "core/image/png_encode.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

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

std::string pngBytes()
{
    const Picture picture{4, 4, std::vector<std::uint8_t>(48, 9)};
    const auto bytes = encodePng(picture).value();
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

ImportOptions optionsFor(ImportKind kind, const std::string &source, const TempFolder &folder)
{
    ImportOptions options;
    options.kind = kind;
    options.source = source;
    options.out = folder.file("out");
    return options;
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
        folder.write("good.png", pngBytes());
        const std::string source = folder.write("rows.jsonl", goodRow + "\n" + bad.row + "\n" + goodRow);
        const auto reports = importData(optionsFor(ImportKind::VisualPrm, source, folder));
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
    std::string zero = pngBytes(), huge = pngBytes(), header = pngBytes();
    zero.replace(16, 4, std::string(4, '\0'));
    huge.replace(16, 4, "\x7F\xFF\xFF\xFF");
    header.replace(12, 4, "XXXX");
    const std::vector<std::pair<const char *, std::string>> bad{
        {"empty", ""},
        {"text", "this is no picture"},
        {"cut", pngBytes().substr(0, 20)},
        {"zero", zero},
        {"huge", huge},
        {"header", header},
        {"gif", "GIF89a\x01\x01"},
        {"jpeg", "\xFF\xD8\xFF\xE0\xFF\xFF"},
        {"webp", "RIFF....WEBPVP8 "},
    };
    for (const auto &[name, bytes] : bad) {
        TempFolder folder;
        folder.write("good.png", pngBytes());
        folder.write("bad.png", bytes);
        const std::string row = R"({"image":"bad.png","conversations":)" + goodTurns + "}";
        const auto reports =
            importData(optionsFor(ImportKind::VisualPrm, folder.write("rows.jsonl", row + "\n" + goodRow), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_EQ(reports->front().rowsKept, 1) << name;
        const ImportDrop &drop = reports->front().dropped.at("picture cannot be opened");
        EXPECT_EQ(drop.rows.front().row, 0) << name;
        EXPECT_EQ(drop.rows.front().text, folder.file("bad.png")) << name;
    }
}

TEST(ImportBad, FilesAreNamedAndTheRestIsImported)
{
    const std::vector<std::pair<const char *, std::string>> bad{
        {"empty", ""},
        {"blank", " \n "},
        {"words", "hello"},
        {"cut", "[" + goodRow + ","},
        {"tail", "[" + goodRow + "] x"},
    };
    for (const auto &[name, text] : bad) {
        TempFolder folder;
        folder.write("in/good.png", pngBytes());
        folder.write("in/good.jsonl", goodRow);
        const std::string path = folder.write("in/bad.jsonl", text);
        const auto reports = importData(optionsFor(ImportKind::VisualPrm, folder.file("in"), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_GE(reports->front().rowsKept, 1) << name;
        ASSERT_EQ(reports->front().problems.size(), 1u) << name;
        EXPECT_NE(reports->front().problems[0].find(path), std::string::npos) << name;
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
        const auto reports = importData(optionsFor(ImportKind::Mmmu, folder.file("in"), folder));
        ASSERT_TRUE(reports.ok()) << name << ": " << reports.error().message;
        EXPECT_GE(reports->front().rowsKept, 6) << name;
        ASSERT_EQ(reports->front().problems.size(), 1u) << name;
        EXPECT_NE(reports->front().problems[0].find(path), std::string::npos) << name;
    }
}

TEST(ImportBad, SourcesThatGiveNothingAreRefused)
{
    TempFolder folder;
    std::filesystem::create_directories(folder.file("none"));
    const auto error = [&](ImportKind kind, const std::string &source) {
        const auto reports = importData(optionsFor(kind, source, folder));
        return reports.ok() ? std::string() : reports.error().message;
    };
    EXPECT_NE(error(ImportKind::VisualPrm, folder.file("absent")).find("absent"), std::string::npos);
    EXPECT_NE(error(ImportKind::Mmmu, folder.file("none")).find("holds no Parquet file"), std::string::npos);
    const std::string bad = folder.write("bad.jsonl", "{}\n");
    EXPECT_NE(error(ImportKind::VisualPrm, bad).find("field conversations"), std::string::npos);
    // An import must not write over its source.
    ImportOptions options = optionsFor(ImportKind::VisualPrm, folder.write("out/a.jsonl", goodRow), folder);
    EXPECT_FALSE(importData(options).ok());
    EXPECT_EQ(TempFolder::read(options.source), goodRow);
}

} // namespace
} // namespace winnow
