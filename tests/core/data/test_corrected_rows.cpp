#include "core/data/corrected_rows.h"

#include "core/data/dataset_identity.h"
#include "core/data/sample_encoder.h"
#include "core/data/sample_exchange.h"
#include "core/data/train_reader.h"
#include "tests/core/data/temp_folder.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <limits>

namespace winnow {
namespace {

const char *const rows = R"([
{"id":"a","image":"p/a.png","note":"x","noise":true,"big":12345678901234567,"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"+"},{"from":"human","value":"S"},{"from":"gpt","value":"-"}]},
{"id":"b","image":"p/b.png","noise":false,"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"-"}]},
{"id":"c","conversations":[{"from":"human","value":"Q \"é\""},{"from":"gpt","value":"+"}]}
])";

class CorrectedRows : public ::testing::Test {
protected:
    CorrectionRequest request(const std::string &source, const std::string &target) const
    {
        CorrectionRequest r;
        r.source = source;
        r.target = target;
        r.run = "table-s1";
        const auto read = readTrainRows(source);
        EXPECT_TRUE(read.ok());
        for (const ConversationRow &row : read->rows)
            r.rows.emplace_back(row.fileRow, picturesOf(row));
        r.sourceSha256 = identity(source, read->rows);
        return r;
    }
    static std::string identity(const std::string &file, const std::vector<ConversationRow> &read)
    {
        PictureDigests pictures;
        for (const ConversationRow &row : read)
            pictures.addRow(picturesOf(row));
        return *datasetIdentity(file, pictures);
    }
    TempFolder folder;
};

TEST_F(CorrectedRows, behaviour26_exportFlipsAndExcludesAndKeepsTheRest)
{
    const std::string source = folder.write("train.json", rows);
    folder.write("p/a.png", "A");
    folder.write("p/b.png", "B");
    CorrectionRequest r = request(source, folder.file("train-v2.json"));
    r.corrections[0] = {false, {false, false}, "a"};
    r.corrections[1] = {true, {}, "b"};
    const auto made = writeCorrectedRows(r);
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->rowsRead, 3);
    EXPECT_EQ(made->rowsKept, 2);
    EXPECT_EQ(made->excluded, 1);
    EXPECT_EQ(made->flipped, 1);
    EXPECT_EQ(made->labelsChanged, 1);
    EXPECT_EQ(made->noiseMarksRemoved, 1);
    const auto read = readTrainRows(r.target);
    ASSERT_TRUE(read.ok()) << read.error().message;
    ASSERT_EQ(read->rows.size(), 2U);
    EXPECT_EQ(read->rows[0].unitKey, "a");
    EXPECT_EQ(read->rows[0].turns[1].text, "-");
    EXPECT_EQ(read->rows[0].turns[3].text, "-");
    EXPECT_FALSE(read->rows[0].knownNoise) << "whether a flipped row is noise is no longer known";
    EXPECT_EQ(read->rows[1].turns[0].text, "Q \"é\"");
    const std::string text = TempFolder::read(r.target);
    EXPECT_NE(text.find("12345678901234567"), std::string::npos) << "members that we do not know stay";
    EXPECT_NE(text.find("\"note\":\"x\""), std::string::npos);
    EXPECT_EQ(made->sha256, identity(r.target, read->rows))
        << "the hash in the lineage is the one a run on the new file will have";
    const auto lineage = nlohmann::json::parse(TempFolder::read(r.target + ".lineage.json"));
    EXPECT_EQ(lineage["parent"]["sha256"], r.sourceSha256);
    EXPECT_EQ(lineage["child"]["sha256"], made->sha256);
    EXPECT_EQ(lineage["changes"].size(), 2U);
    EXPECT_EQ(lineage["changes"][0]["old"], (nlohmann::json{"+", "-"}));
    EXPECT_EQ(TempFolder::read(source), rows) << "the source stays as it is";
}

TEST_F(CorrectedRows, picturesAreFoundFromAnotherFolderAndJsonlStaysJsonl)
{
    const std::string source = folder.write("train.jsonl", R"({"id":1,"image":"p/a.png","conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"+"}]})"
                                                           "\nbroken\n"
                                                           R"({"id":2,"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"+"}]})");
    folder.write("p/a.png", "A");
    folder.write("elsewhere/keep", "");
    CorrectionRequest r = request(source, folder.file("elsewhere/new.jsonl"));
    r.corrections[2] = {true, {}, "2"};
    const auto made = writeCorrectedRows(r);
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->unreadable, 1);
    const auto read = readTrainRows(r.target);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->rows.size(), 1U);
    EXPECT_EQ(TempFolder::read(read->rows[0].picturePath), "A");
}

TEST_F(CorrectedRows, aChangedFurtherPictureIsAChange)
{
    const std::string source =
        folder.write("train.jsonl", R"({"id":1,"image":"a.png","images":["a.png","b.png"],"several_pictures":"all",)"
                                    R"("conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"+"}]})");
    folder.write("a.png", "A");
    folder.write("b.png", "B");
    CorrectionRequest r = request(source, folder.file("new.jsonl"));
    r.corrections[0] = {false, {false}, "1"};
    const auto made = writeCorrectedRows(r);
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->sha256, identity(r.target, readTrainRows(r.target)->rows));
    folder.write("b.png", "C");
    EXPECT_FALSE(writeCorrectedRows(r).ok());
}

TEST_F(CorrectedRows, refusesAChangedFileAWrongNumberOfLabelsAndAnEmptyResult)
{
    const std::string source = folder.write("train.json", rows);
    const CorrectionRequest good = request(source, folder.file("new.json"));
    CorrectionRequest r = good;
    r.target = source;
    EXPECT_FALSE(writeCorrectedRows(r).ok());
    r = good;
    r.corrections[0] = {false, {true}, "a"};
    EXPECT_FALSE(writeCorrectedRows(r).ok());
    r = good;
    for (const std::int64_t row : {0, 1, 2})
        r.corrections[row] = {true, {}, {}};
    EXPECT_FALSE(writeCorrectedRows(r).ok());
    folder.write("train.json", std::string(rows) + " ");
    const auto changed = writeCorrectedRows(good);
    ASSERT_FALSE(changed.ok());
    EXPECT_NE(changed.error().message.find("changed since"), std::string::npos);
    r = good;
    r.target = folder.file("no/such/folder.json");
    EXPECT_FALSE(writeCorrectedRows(r).ok());
    EXPECT_FALSE(std::filesystem::exists(folder.file("new.json")));
    EXPECT_FALSE(std::filesystem::exists(folder.file("new.json.part")));
    EXPECT_FALSE(std::filesystem::exists(folder.file("new.json.lineage.json")));
}

SampleExchange hostile()
{
    SampleExchange e{"=1+1", std::string(64, 'c'), "run, \"one\"", "u-1", 600, {}};
    const std::array<const char *, 8> texts = {"=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tt", "'quoted", "line\r\nbreak, \"q\"", " padded "};
    float weight = -0.1F;
    for (const char *text : texts) {
        e.samples.push_back({text, "flip", text, {true, false}, {false, false}, weight, 12});
        weight = std::nextafter(weight * 1.7F, 3.0F);
    }
    e.samples.push_back({"plain", "none", "", {}, {}, std::nullopt, std::nullopt});
    e.samples.push_back({"tiny", "keep", "é", {true}, {}, std::numeric_limits<float>::denorm_min(), 1000000});
    return e;
}

TEST(SampleExchangeFile, behaviour27_bothFormsGiveBackTheSameBitsTwice)
{
    const SampleExchange e = hostile();
    for (const ExchangeForm form : {ExchangeForm::Csv, ExchangeForm::Json}) {
        const std::string once = writeSampleExchange(e, form);
        const auto read = readSampleExchange(once, "set");
        ASSERT_TRUE(read.ok()) << read.error().message;
        EXPECT_EQ(*read, e);
        EXPECT_EQ(writeSampleExchange(*read, form), once);
    }
}

TEST(SampleExchangeFile, behaviour27_noFieldOfTheCsvIsAFormula)
{
    const std::string csv = writeSampleExchange(hostile(), ExchangeForm::Csv);
    bool start = true;
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        if (start && !quoted) {
            const std::size_t first = csv[i] == '"' ? i + 1 : i;
            EXPECT_EQ(std::string("=+@\t\r").find(csv[first]), std::string::npos) << csv.substr(i, 20);
            if (csv[first] == '-') { // only numbers may begin with a minus
                EXPECT_TRUE(std::isdigit(static_cast<unsigned char>(csv[first + 1]))) << csv.substr(i, 20);
            }
        }
        if (csv[i] == '"')
            quoted = !quoted;
        start = !quoted && (csv[i] == ',' || csv[i] == '\n') && i + 1 < csv.size() && csv[i + 1] != '\r';
    }
}

TEST(SampleExchangeFile, namesWhatIsWrong)
{
    const std::string csv = writeSampleExchange(hostile(), ExchangeForm::Csv);
    for (const std::string &bad : {std::string(), std::string("a,b\n1,2\n"), csv.substr(0, csv.size() / 2), std::string("{\"winnow_samples\": 2}"),
                                   std::string("{}"), std::string("\xff\xfe")})
        EXPECT_FALSE(readSampleExchange(bad, "set.csv").ok()) << bad;
    std::string wrong = csv;
    wrong.replace(wrong.find(",flip,"), 6, ",burn,");
    const auto read = readSampleExchange(wrong, "set.csv");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().message, "set.csv, row 1: decision is \"burn\"; it must be none, keep, flip, exclude or unsure.");
}

} // namespace
} // namespace winnow
