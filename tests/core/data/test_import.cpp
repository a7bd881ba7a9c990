#include "core/base/sha256.h"
#include "core/data/conversation_reader.h"
#include "core/data/dataset_identity.h"
#include "core/data/import/import_counts.h"
#include "core/data/import/imported_rows.h"
#include "core/data/parquet/parquet_rows.h"
#include "core/data/sample_encoder.h"
#include "core/data/test_reader.h"
#include "core/image/picture_size.h"
#include "tests/core/data/import_fixture.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <sstream>

namespace winnow
{
namespace
{

using Json = nlohmann::json;

std::vector<Json> linesOf(const std::string &path)
{
    std::vector<Json> lines;
    std::istringstream text(TempFolder::read(path));
    for (std::string line; std::getline(text, line);)
        lines.push_back(Json::parse(line));
    return lines;
}

std::string turns(const std::string &labels)
{
    std::string text = R"([{"from":"system","value":"judge"})";
    for (const char label : labels)
        text.append(R"(,{"from":"human","value":"step"},{"from":"gpt","value":")").append(1, label).append("\"}");
    return text + "]";
}

std::string visualRow(const std::string &image, const std::string &labels)
{
    return R"({"id":-1,"image":)" + image + R"(,"conversations":)" + turns(labels) + "}";
}

/// What a run finds in the file.
template <typename Row>
std::string identityOf(const std::string &file, const std::vector<Row> &rows)
{
    PictureDigests pictures;
    for (const Row &row : rows)
        pictures.addRow(picturesOf(row));
    return datasetIdentity(file, pictures).value();
}

TEST(Import, VisualPrmRowsAreKeyedByLineAndCounted)
{
    TempFolder folder;
    folder.write("p.png", pngBytes(448, 448));
    const std::string source =
        folder.write("ai2d.jsonl",
                     visualRow(R"("p.png")", "++-") + "\n" + visualRow(R"("p.png")", "++-") + "\n{bad\n"
                         + visualRow(R"(["p.png","p.png"])", "+") + "\n" + visualRow(R"("gone.png")", "+") + "\n"
                         + visualRow(R"("p.png")", "") + "\n" + visualRow(R"(["p.png"])", "-x") + "\n");
    const auto reports = importData(importOptions(ImportKind::VisualPrm, source, folder));
    ASSERT_TRUE(reports.ok()) << reports.error().message;
    ASSERT_EQ(reports->size(), 1u);
    const ImportReport &report = reports->front();
    EXPECT_EQ(report.rowsRead, 7);
    EXPECT_EQ(report.rowsKept, 3);
    EXPECT_EQ(report.sites, 7);
    EXPECT_EQ(report.plus, 4);
    EXPECT_EQ(report.minus, 3);
    EXPECT_EQ(report.duplicates, 1);
    EXPECT_EQ(report.idsMissing, 3);
    EXPECT_EQ(report.severalPictures, 1);
    EXPECT_EQ(report.severalPicturesRule, "row dropped");
    EXPECT_EQ(report.picturesMissing, 1);
    EXPECT_EQ(report.dropped.at("line is not valid JSON").rows.front().row, 2);
    EXPECT_EQ(report.dropped.at("several pictures").rows.front().row, 3);
    EXPECT_EQ(report.dropped.at("picture cannot be opened").rows.front().row, 4);
    EXPECT_EQ(report.dropped.at("no step with + or -").rows.front().row, 5);
    EXPECT_EQ(report.tiles.median, 1);
    const auto lines = linesOf(report.rowFile);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0]["id"], "ai2d:0");
    EXPECT_EQ(lines[2]["id"], "ai2d:6");
    EXPECT_EQ(lines[2]["conversations"][2]["value"], "-");
    // A run reads the file as it stands, and finds the identity that the import wrote down.
    const auto file = readConversations(report.rowFile, RowKind::Train);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->report.rowsKept, 3);
    EXPECT_EQ(file->rows[0].key, "ai2d:0");
    EXPECT_EQ(identityOf(report.rowFile, file->rows), report.sha256);
}

TEST(Import, RowsOfSeveralPicturesSayWhatTheImportChose)
{
    TempFolder folder;
    folder.write("p.png", pngBytes(448, 448));
    folder.write("q.png", pngBytes(900, 450));
    const std::string source =
        folder.write("in.jsonl",
                     visualRow(R"(["p.png","q.png"])", "+") + "\n" + visualRow(R"(["p.png"])", "+") + "\n"
                         + visualRow(R"(["p.png","gone.png"])", "+") + "\n" + visualRow(R"(["p.png","p.png"])", "+")
                         + "\n");
    for (const SeveralPictures rule : {SeveralPictures::First, SeveralPictures::All, SeveralPictures::Drop}) {
        ImportOptions options = importOptions(ImportKind::VisualPrm, source, folder);
        options.severalPictures = rule;
        const auto reports = importData(options);
        ASSERT_TRUE(reports.ok()) << reports.error().message;
        const ImportReport &report = reports->front();
        const bool all = rule == SeveralPictures::All, drop = rule == SeveralPictures::Drop;
        EXPECT_EQ(report.severalPictures, 3);
        EXPECT_EQ(report.severalPicturesRule,
                  all ? "all pictures, tiles shared" : drop ? "row dropped" : "first picture");
        EXPECT_EQ(report.rowsKept, rule == SeveralPictures::First ? 4 : all ? 3 : 1);
        EXPECT_EQ(report.picturesMissing, all ? 1 : 0);
        EXPECT_EQ(report.tiles.largest, all ? 4 : 1) << "1 of the square, 2 and a thumbnail of the wide one";
        // A run sees what was chosen, with no setting of its own.
        const auto file = readConversations(report.rowFile, RowKind::Train);
        ASSERT_TRUE(file.ok()) << file.error().message;
        EXPECT_EQ(file->rows[0].picturePath, folder.file("p.png"));
        EXPECT_EQ(file->rows[0].furtherPictures,
                  all ? std::vector<std::string>{folder.file("q.png")} : std::vector<std::string>{});
        EXPECT_EQ(file->rows.back().furtherPictures.size(), all ? 1u : 0u) << "the same picture twice";
        EXPECT_EQ(identityOf(report.rowFile, file->rows), report.sha256);
        const Json first = linesOf(report.rowFile)[0];
        EXPECT_EQ(first.value("several_pictures", ""), all ? "all" : "");
        ImportReport counted = report;
        ASSERT_TRUE(countEveryRow(options, {}, counted).ok());
        EXPECT_EQ(counted.tiles.mean, report.tiles.mean);
    }
}

TEST(Import, AnImportOfAnImportKeepsAllPicturesOfItsRows)
{
    TempFolder folder;
    for (const char *name : {"p.png", "q.png"})
        folder.write(name, pngBytes(448, 448));
    const std::string images = R"("several_pictures":"all","images":["p.png","q.png"])";
    const std::string train = folder.write("train.jsonl", R"({"id":"a",)" + images + R"(,"image":"p.png","conversations":)"
                                               + turns("+") + "}\n");
    const std::string test =
        folder.write("test.json", R"([{"id":"b","question":"q","image_path":"p.png","candidates":["A"],"true_false":[true],)"
                                      + images + "}]");
    for (const std::string &source : {train, test}) {
        for (const SeveralPictures rule : {SeveralPictures::First, SeveralPictures::All, SeveralPictures::Drop}) {
            ImportOptions options = importOptions(ImportKind::DreamPrm, source, folder);
            options.severalPictures = rule;
            const auto reports = importData(options);
            EXPECT_EQ(reports.ok(), rule != SeveralPictures::Drop) << source << ": the only row is dropped";
            if (!reports.ok())
                continue;
            const ImportReport &report = reports->front();
            EXPECT_EQ(report.severalPictures, 1) << source;
            std::vector<std::string> pictures;
            if (source == test) {
                const auto file = readQuestions(report.rowFile);
                ASSERT_TRUE(file.ok()) << file.error().message;
                pictures = picturesOf(file->questions.front());
                EXPECT_EQ(identityOf(report.rowFile, file->questions), report.sha256);
            } else {
                const auto file = readConversations(report.rowFile, RowKind::Train);
                ASSERT_TRUE(file.ok()) << file.error().message;
                pictures = picturesOf(file->rows.front());
                EXPECT_EQ(identityOf(report.rowFile, file->rows), report.sha256);
            }
            std::vector<std::string> wanted{folder.file("p.png")};
            if (rule == SeveralPictures::All)
                wanted.push_back(folder.file("q.png"));
            EXPECT_EQ(pictures, wanted) << source;
        }
    }
}

TEST(Import, RowsThatMisnameTheirPicturesAreDropped)
{
    const auto dropped = [](const std::string &fields) {
        TempFolder folder;
        const std::string path = folder.write("rows.jsonl",
                                              visualRow("null", "+") + "\n{" + fields + R"(,"conversations":)" + turns("+")
                                                  + "}\n");
        const auto file = readConversations(path, RowKind::Train);
        EXPECT_TRUE(file.ok() && file->report.dropped.size() == 1) << fields;
        return file.ok() && !file->report.dropped.empty() ? file->report.dropped.begin()->first : std::string();
    };
    EXPECT_EQ(dropped(R"("several_pictures":1)"), "field several_pictures is not text");
    EXPECT_EQ(dropped(R"("several_pictures":"some")"), "field several_pictures is neither first nor all");
    EXPECT_EQ(dropped(R"("several_pictures":"all")"), "field images is empty or not a list");
    EXPECT_EQ(dropped(R"("several_pictures":"all","images":[])"), "field images is empty or not a list");
    EXPECT_EQ(dropped(R"("several_pictures":"all","images":["a",""])"),
              "field images holds something that is not a path");
    EXPECT_EQ(dropped(R"("image":["a","b"])"), "field image names several pictures");
}

TEST(Import, VisualPrmRawBecomesConversations)
{
    TempFolder folder;
    const std::string source =
        folder.write("raw.jsonl",
                     R"({"question":"q","steps_with_score":[{"step":"a","score":0.25},{"step":"b","score":0.0}]})"
                     "\n"
                     R"({"question":"q","steps_with_score":[{"step":"a"}]})");
    const auto reports = importData(importOptions(ImportKind::VisualPrm, source, folder));
    ASSERT_TRUE(reports.ok()) << reports.error().message;
    const auto lines = linesOf(reports->front().rowFile);
    ASSERT_EQ(lines.size(), 1u);
    const Json &conversation = lines[0]["conversations"];
    ASSERT_EQ(conversation.size(), 5u);
    EXPECT_EQ(conversation[1]["value"], "### Question:\nq\n\n### Solution Process:\na");
    EXPECT_EQ(conversation[2]["value"], "+");
    EXPECT_EQ(conversation[3]["value"], "b");
    EXPECT_EQ(conversation[4]["value"], "-");
    EXPECT_EQ(lines[0]["mean_score"], 0.125);
    EXPECT_EQ(lines[0]["min_score"], 0.0);
    EXPECT_EQ(reports->front().dropped.begin()->first, "field steps_with_score.score is missing or not a number");
}

TEST(Import, DreamPrmFilesStayApartAndKeepTheirTruth)
{
    TempFolder folder;
    const std::string rowsOf = turns("+");
    folder.write("in/meta.json",
                 R"([{"id":"test_Art_1","true_false":true,"response":"D","image":"../data/x.png","conversations":)"
                     + rowsOf + R"(},{"id":"test_Art_1","true_false":false,"response":"long","conversations":)" + rowsOf
                     + "}]");
    folder.write("in/train.json",
                 R"([{"id":7,"conversations":)" + rowsOf + R"(},{"id":7,"conversations":)" + rowsOf + "}]");
    folder.write("in/test.json", R"([{"question":"q","candidates":["a","b"],"true_false":[true,false]}])");
    folder.write("in/broken.json", "[{");
    const auto reports = importData(importOptions(ImportKind::DreamPrm, folder.file("in"), folder));
    ASSERT_TRUE(reports.ok()) << reports.error().message;
    ASSERT_EQ(reports->size(), 3u);
    const ImportReport &meta = reports->at(0), &test = reports->at(1), &train = reports->at(2);
    EXPECT_EQ(meta.metaForm, "answer-level");
    EXPECT_EQ(meta.bareLetters(), 1);
    const ImportRows &bare = meta.noted.at("a bare letter is the whole response");
    EXPECT_EQ(bare.count, 1);
    ASSERT_EQ(bare.rows.size(), 1u);
    EXPECT_EQ(bare.rows[0].row, 0);
    EXPECT_EQ(bare.rows[0].text, "D");
    EXPECT_EQ(meta.picturesMissing, 1);
    EXPECT_EQ(meta.rowsKept, 2);
    EXPECT_EQ(meta.answersRight, 1);
    EXPECT_EQ(meta.subjects.at("Art"), 2);
    ASSERT_EQ(meta.problems.size(), 1u); // the broken file, named
    EXPECT_NE(meta.problems[0].find("broken.json"), std::string::npos);
    EXPECT_EQ(test.rowKind, "test");
    EXPECT_EQ(test.answersWrong, 1);
    EXPECT_EQ(train.idsRepeated, 1);
    EXPECT_EQ(linesOf(train.rowFile)[1]["id"], "train.json#1");
    EXPECT_EQ(linesOf(meta.rowFile)[1]["id"], "test_Art_1");
    EXPECT_EQ(importReportToJson(importReportFromJson(importReportToJson(meta)).value()), importReportToJson(meta));
}

TEST(Import, SampleIsSeededAndMarked)
{
    TempFolder folder;
    std::string text;
    for (int i = 0; i < 500; ++i) {
        folder.write("p" + std::to_string(i % 4) + ".png", pngBytes(448 * (1 + i % 4), 448));
        text += visualRow("\"p" + std::to_string(i % 4) + ".png\"", "+") + "\n";
    }
    ImportOptions options = importOptions(ImportKind::VisualPrm, folder.write("a.jsonl", text), folder);
    options.sampleRows = 50;
    const auto first = importData(options), again = importData(options);
    options.seed = 1;
    const auto other = importData(options);
    options.sampleRows = 0;
    const auto all = importData(options);
    ASSERT_TRUE(first.ok() && again.ok() && other.ok() && all.ok());
    EXPECT_EQ(first->front().sampleRows, 50);
    EXPECT_EQ(first->front().tiles.bins, again->front().tiles.bins);
    EXPECT_NE(first->front().tiles.bins, other->front().tiles.bins);
    EXPECT_EQ(all->front().sampleRows, 500);
    EXPECT_EQ(all->front().tiles.rows, 500);
    EXPECT_EQ(all->front().tiles.largest, 5); // four and the thumbnail
}

TEST(Import, StopsAndLeavesNothingHalf)
{
    TempFolder folder;
    const std::string source = folder.write("a.jsonl", visualRow("null", "+"));
    StopFlag stop;
    stop.requestStop();
    ImportHooks hooks;
    hooks.stop = &stop;
    EXPECT_FALSE(importData(importOptions(ImportKind::VisualPrm, source, folder), hooks).ok());
    EXPECT_TRUE(std::filesystem::is_empty(folder.file("out")));
}

TEST(Import, MmmuQuestionsShowAllTheirPicturesWhenAsked)
{
    if (!parquetAvailable())
        GTEST_SKIP() << "this build has no Parquet reader";
    TempFolder folder;
    ImportOptions options = importOptions(
        ImportKind::Mmmu, std::string(WINNOW_GOLDEN_DIR) + "/import/validation-zstd-dictionary.parquet", folder);
    options.severalPictures = SeveralPictures::All;
    const auto reports = importData(options);
    ASSERT_TRUE(reports.ok()) << reports.error().message;
    EXPECT_EQ(reports->front().severalPicturesRule, "all pictures, tiles shared");
    const auto lines = linesOf(reports->front().rowFile);
    std::vector<QuestionRow> questions;
    ImportedRowVisitor visitor;
    visitor.questions = [&](const std::vector<QuestionRow> &rows) {
        questions.insert(questions.end(), rows.begin(), rows.end());
        return Status{};
    };
    ASSERT_TRUE(forEachImportedRow(reports->front(), 2, visitor).ok());
    ASSERT_EQ(questions.size(), lines.size());
    std::size_t several = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::vector<std::string> pictures;
        for (const Json &name : lines[i].value("images", Json::array()))
            pictures.push_back(folder.file("out/" + name.get<std::string>()));
        several += pictures.empty() ? 0 : 1;
        EXPECT_EQ(lines[i].value("several_pictures", ""), pictures.empty() ? "" : "all");
        if (!pictures.empty()) {
            pictures.erase(pictures.begin());
            EXPECT_EQ(questions[i].furtherPictures, pictures);
        }
    }
    EXPECT_GT(several, 0u);
}

/// pyarrow's files, against what Python's ast.literal_eval and pyarrow say (check_parquet.py --golden).
TEST(Import, MmmuParquetEqualsPyarrow)
{
    if (!parquetAvailable())
        GTEST_SKIP() << "this build has no Parquet reader";
    const std::string golden = std::string(WINNOW_GOLDEN_DIR) + "/import/";
    const auto wanted = linesOf(golden + "validation.expected.jsonl");
    ASSERT_FALSE(wanted.empty());
    for (const char *form : {"snappy-dictionary", "snappy-plain", "zstd-dictionary", "zstd-plain"}) {
        TempFolder folder;
        const std::string source = golden + "validation-" + form + ".parquet";
        const auto reports = importData(importOptions(ImportKind::Mmmu, source, folder));
        ASSERT_TRUE(reports.ok()) << reports.error().message;
        const auto lines = linesOf(reports->front().rowFile);
        ASSERT_EQ(lines.size(), wanted.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            for (const auto &[name, value] : wanted[i].items()) {
                if (name != "pictures") {
                    EXPECT_EQ(lines[i].value(name, Json::array()), value) << form << ", row " << i << ", " << name;
                }
            }
            Json names = lines[i].value("images", Json::array());
            if (names.empty() && lines[i].contains("image_path"))
                names.push_back(lines[i]["image_path"]);
            ASSERT_EQ(names.size(), wanted[i]["pictures"].size());
            for (std::size_t k = 0; k < names.size(); ++k)
                EXPECT_EQ(sha256OfFile(folder.file("out/" + names[k].get<std::string>())).value(),
                          wanted[i]["pictures"][k].get<std::string>());
        }
    }
}

TEST(Import, PictureSizesComeFromTheHeader)
{
    const std::string png = pngBytes(33, 7);
    const auto size = pictureSize(std::as_bytes(std::span(png.data(), png.size())), "x");
    ASSERT_TRUE(size.ok());
    EXPECT_EQ(size->width, 33);
    EXPECT_EQ(size->height, 7);
    EXPECT_EQ(size->format, "png");
}

} // namespace
} // namespace winnow
