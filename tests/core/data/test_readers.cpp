#include "core/data/meta_reader.h"
#include "core/data/picture_path.h"
#include "core/data/test_reader.h"
#include "core/data/train_reader.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

namespace winnow {
namespace {

const std::string goodTurns = R"([{"from":"system","value":"s"},{"from":"human","value":"q"},{"from":"gpt","value":"+"}])";

std::string list(const std::string &rows)
{
    std::string text = "[";
    return text.append(rows).append("]");
}

std::string row(const std::string &members)
{
    std::string text = "{";
    return text.append(members).append(R"(,"conversations":)").append(goodTurns).append("}");
}

TEST(Readers, ReadBothFormsAlike)
{
    TempFolder folder;
    const std::string a = row(R"("id":"x","image":"p.png","subject":"sum","noise":true)");
    const std::string b = row(R"("id":2,"image":["q.png"],"dataset":"d","split":{"any":1})");
    for (const std::string &path : {folder.write("a.json", "\xEF\xBB\xBF " + list(a + ",\n" + b)),
                                    folder.write("a.jsonl", a + "\r\n\n" + b)}) {
        const auto file = readTrainRows(path);
        ASSERT_TRUE(file.ok()) << file.error().message;
        ASSERT_EQ(file->rows.size(), 2u);
        EXPECT_EQ(file->rows[0].key, "x");
        EXPECT_EQ(file->rows[0].unitKey, "x");
        EXPECT_EQ(file->rows[0].subject, "sum");
        EXPECT_EQ(file->rows[0].knownNoise, true);
        EXPECT_EQ(file->rows[0].picturePath, folder.file("p.png"));
        ASSERT_EQ(file->rows[0].turns.size(), 3u);
        EXPECT_EQ(file->rows[0].turns[2].role, Turn::Role::Assistant);
        EXPECT_EQ(file->rows[1].key, "2");
        EXPECT_EQ(file->rows[1].subject, "d");
        EXPECT_FALSE(file->rows[1].knownNoise.has_value());
        EXPECT_EQ(file->rows[1].fileRow, 1);
    }
}

TEST(Readers, NameRowsWithoutAUsableId)
{
    TempFolder folder;
    const std::string path = folder.write(
        "t.json", list(row(R"("id":-1)") + "," + row(R"("image":"a")") + "," + row(R"("id":"r")") + ","
                       + row(R"("id":"r")") + "," + row(R"("id":true)") + "," + row(R"("id":"t.json#0")")));
    auto file = readTrainRows(path);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->rows[0].key, "t.json#0");
    EXPECT_EQ(file->rows[1].key, "t.json#1");
    EXPECT_EQ(file->rows[2].key, "t.json#2");
    EXPECT_EQ(file->rows[3].key, "t.json#3");
    EXPECT_EQ(file->rows[3].unitKey, "t.json#3");
    EXPECT_EQ(file->rows[4].key, "True");
    EXPECT_NE(file->rows[5].key, file->rows[0].key);
    ASSERT_EQ(file->report.notes.size(), 3u);
    EXPECT_EQ(file->report.notes[0].substr(0, 6), "2 rows");
    EXPECT_EQ(file->report.notes[1].substr(0, 6), "2 rows");
    file = readTrainRows(path, {.shareRepeatedIds = true});
    EXPECT_EQ(file->rows[2].unitKey, "r");
    EXPECT_EQ(file->rows[3].unitKey, "r");
    EXPECT_EQ(file->rows[0].unitKey, "t.json#0");
}

TEST(Readers, CountWhatTheyDrop)
{
    TempFolder folder;
    const std::string path = folder.write(
        "t.jsonl", row(R"("id":1)") + "\n{broken\n" + row(R"("id":2,"image":["a","b"])") + "\n"
            + row(R"("id":3,"image":["a","b"])") + "\n[1]\n");
    const auto file = readTrainRows(path);
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file->report.rowsRead, 5);
    EXPECT_EQ(file->report.rowsKept, 1);
    EXPECT_EQ(file->report.dropped.at("line is not valid JSON"), (DropCount{1, 1}));
    EXPECT_EQ(file->report.dropped.at("field image names several pictures"), (DropCount{2, 2}));
    EXPECT_EQ(file->report.dropped.at("row is not a JSON object"), (DropCount{1, 4}));
}

struct BadFile {
    const char *name;
    std::string text;
    const char *word; ///< the error must say it
};

TEST(Readers, RefuseBadRowFilesWithTheField)
{
    const std::vector<BadFile> bad{
        {"empty", "", "empty"},
        {"blank", " \n\t ", "empty"},
        {"text", "hello", "no JSON"},
        {"number", "12", "no JSON"},
        {"cut", std::string("[").append(row(R"("id":1)")).append(","), "not valid JSON"},
        {"cutString", R"([{"id":"a)", "not valid JSON"},
        {"badUtf8", "[{\"id\":\"\xFF\"}]", "not valid JSON"},
        {"emptyList", "[]", "holds no row"},
        {"numbers", "[1,2]", "not a JSON object"},
        {"pretty", "{\n\"id\": 1\n}", "not valid JSON"},
        {"noTurns", R"([{"id":1}])", "field conversations"},
        {"turnsText", R"([{"conversations":"x"}])", "field conversations"},
        {"turnsEmpty", R"([{"conversations":[]}])", "is empty"},
        {"turnNumber", R"([{"conversations":[1]}])", "not an object"},
        {"noFrom", R"([{"conversations":[{"value":"x"}]}])", "conversations.from"},
        {"badFrom", R"([{"conversations":[{"from":"robot","value":"x"}]}])", "conversations.from"},
        {"noValue", R"([{"conversations":[{"from":"gpt"}]}])", "conversations.value"},
        {"nullValue", R"([{"conversations":[{"from":"gpt","value":null}]}])", "conversations.value"},
        {"imageNumber", list(row(R"("image":3)")), "field image"},
        {"imageNul", list(row(R"("image":"a\u0000b")")), "field image"},
        {"longText", R"([{"conversations":[{"from":"human","value":")" + std::string((4u << 20) + 1, 'x') + "\"}]}]",
         "4 MiB"},
        {"deep", std::string(5000, '['), "not valid JSON"},
    };
    TempFolder folder;
    for (const BadFile &file : bad) {
        const std::string path = folder.write(file.name, file.text);
        const auto read = readTrainRows(path);
        ASSERT_FALSE(read.ok()) << file.name;
        EXPECT_NE(read.error().message.find(file.word), std::string::npos) << file.name << ": " << read.error().message;
        EXPECT_NE(read.error().message.find(path), std::string::npos) << file.name;
    }
    EXPECT_FALSE(readTrainRows(folder.file("absent")).ok());
    EXPECT_FALSE(readTrainRows(folder.path()).ok());
}

TEST(Readers, MetaRowsNeedTheirTruth)
{
    TempFolder folder;
    for (const char *truth : {R"("id":1)", R"("true_false":"yes")", R"("true_false":1)", R"("true_false":null)"}) {
        const auto read = readMetaRows(folder.write("m.json", list(row(truth))));
        ASSERT_FALSE(read.ok()) << truth;
        EXPECT_NE(read.error().message.find("field true_false"), std::string::npos);
    }
    const auto four = readMetaRows(folder.write(
        "m.json", list(row(R"("id":"test_Art_Theory_3","true_false":true)") + ","
                       + row(R"("id":"test_Art_Theory_3","true_false":false)"))));
    ASSERT_TRUE(four.ok());
    EXPECT_EQ(four->rows[0].trueFalse, true);
    EXPECT_EQ(four->rows[1].trueFalse, false);
    EXPECT_EQ(four->rows[1].key, "m.json#1");
    EXPECT_EQ(four->rows[1].unitKey, "test_Art_Theory_3");
    EXPECT_EQ(four->rows[1].subject, "Art_Theory");
    EXPECT_EQ(four->form, MetaForm::AnswerLevel);
}

TEST(Readers, MetaPicturesLoseTheirFirstCharacter)
{
    TempFolder folder;
    folder.write("data/meta_images/a.png", "x");
    folder.write("outside.png", "x");
    folder.write("sub/rows.json", "");
    EXPECT_EQ(resolvePicturePath("../data/meta_images/a.png", folder.file("rows.json"), true),
              folder.file("data/meta_images/a.png"));
    // A path that is meant as written still works.
    EXPECT_EQ(resolvePicturePath("../outside.png", folder.file("sub/rows.json"), true), folder.file("outside.png"));
    EXPECT_EQ(resolvePicturePath("../data/b.png", folder.file("sub/rows.json"), false), folder.file("data/b.png"));
    EXPECT_EQ(resolvePicturePath("../data/b.png", folder.file("sub/rows.json"), true), folder.file("sub/data/b.png"));
    EXPECT_EQ(resolvePicturePath("/a/b.png", folder.file("rows.json"), true), "/a/b.png");
    EXPECT_EQ(resolvePicturePath("", folder.file("rows.json"), true), "");
}

TEST(Readers, ReadQuestions)
{
    TempFolder folder;
    const auto file = readQuestions(folder.write(
        "t.json", R"([{"question":"q","image_path":"a.png","candidates":["x","y"],"true_false":[true,false]},
                     {"question":"r","candidates":["x"],"true_false":[true],"question_id":"validation_Math_7","system":"s"}])"));
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file->questions[0].key, "t.json#0");
    EXPECT_EQ(file->questions[0].picturePath, folder.file("a.png"));
    EXPECT_EQ(file->questions[0].trueFalse, (std::vector<bool>{true, false}));
    EXPECT_EQ(file->questions[1].key, "validation_Math_7");
    EXPECT_EQ(file->questions[1].subject, "Math");
    EXPECT_EQ(file->questions[1].systemText, "s");
}

TEST(Readers, RefuseBadQuestionsWithTheField)
{
    const std::vector<BadFile> bad{
        {"a", R"([{"candidates":["x"],"true_false":[true]}])", "field question"},
        {"b", R"([{"question":"q","true_false":[true]}])", "field candidates"},
        {"c", R"([{"question":"q","candidates":["x"]}])", "field true_false"},
        {"d", R"([{"question":"q","candidates":[],"true_false":[]}])", "field candidates is empty"},
        {"e", R"([{"question":"q","candidates":["x"],"true_false":[true,false]}])", "differ in length"},
        {"f", R"([{"question":"q","candidates":[1],"true_false":[true]}])", "not text"},
        {"g", R"([{"question":"q","candidates":["x"],"true_false":["no"]}])", "field true_false"},
        {"h", R"([{"question":"q","candidates":["x"],"true_false":[true],"image_path":{}}])", "field image_path"},
    };
    TempFolder folder;
    for (const BadFile &file : bad) {
        const auto read = readQuestions(folder.write(file.name, file.text));
        ASSERT_FALSE(read.ok()) << file.name;
        EXPECT_NE(read.error().message.find(file.word), std::string::npos) << file.name << ": " << read.error().message;
        EXPECT_NE(read.error().message.find("row 0"), std::string::npos) << read.error().message;
    }
}

} // namespace
} // namespace winnow
