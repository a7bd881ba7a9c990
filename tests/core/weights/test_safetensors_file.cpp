#include "tests/core/weights/weights_fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

using namespace winnow;
using namespace winnow::test;

namespace {

// Two tensors and their 20 bytes: "a" is F32 [2, 2], "b" is I16 [2].
const std::string goodHeader = R"({"__metadata__":{"format":"pt"},)"
                               R"("a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
                               R"("b":{"dtype":"I16","shape":[2],"data_offsets":[16,20]}})";
const std::string goodData = "0123456789abcdefghij";

struct BadFile {
    const char *what;
    std::string bytes;
    const char *says; ///< part of the sentence
};

BadFile badHeader(const char *what, const std::string &from, const std::string &to, const char *says)
{
    return {what, safetensorsBytes(replaced(goodHeader, from, to), goodData), says};
}

BadFile badText(const char *what, const std::string &header, const char *says)
{
    return {what, safetensorsBytes(header, goodData), says};
}

std::string withLength(std::uint64_t length)
{
    std::string bytes = safetensorsBytes(goodHeader, goodData);
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes;
}

std::vector<BadFile> badLengths()
{
    const std::string good = safetensorsBytes(goodHeader, goodData);
    return {
        {"empty file", "", "shorter than a header"},
        {"three bytes", good.substr(0, 3), "shorter than a header"},
        {"length only", good.substr(0, 8), "shorter than a header"},
        {"cut in the header", good.substr(0, 60), "but the file holds"},
        {"cut in the data", good.substr(0, good.size() - 1), "tensor 'b'"},
        {"no data", good.substr(0, good.size() - goodData.size()), "tensor 'a'"},
        {"a byte too many", good + "x", "the file holds 21"},
        {"header of 0 bytes", withLength(0), "does not begin with '{'"},
        {"header one short", withLength(goodHeader.size() - 1), "not valid JSON"},
        {"header one long", withLength(goodHeader.size() + 1), "not valid JSON"},
        {"header past the end", withLength(good.size()), "but the file holds"},
        {"header over the limit", withLength(100'000'001), "more than the limit"},
        {"header of 2^63", withLength(std::uint64_t{1} << 63), "more than the limit"},
        {"header of 2^64 - 8", withLength(std::numeric_limits<std::uint64_t>::max() - 7), "more than the limit"},
    };
}

std::vector<BadFile> badJson()
{
    return {
        badText("not JSON", "this is no header", "does not begin with '{'"),
        badText("array", "[]", "does not begin with '{'"),
        badText("leading space", " " + goodHeader, "does not begin with '{'"),
        badText("cut JSON", goodHeader.substr(0, goodHeader.size() - 1), "not valid JSON"),
        badText("text after JSON", goodHeader + "{}", "not valid JSON"),
        badHeader("trailing comma", "[2],", "[2,],", ", in 'b'"),
        badHeader("bad UTF-8", "\"b\"", "\"\xff\"", "not valid JSON"),
        badHeader("bad UTF-8 in the metadata", "\"pt\"", "\"\xc0\xaf\"", "not valid JSON"),
        badHeader("half a surrogate pair", "\"b\"", "\"\\ud800\"", "not valid JSON"),
        badText("padded with a line end", goodHeader + "  \n", "padded with something else than spaces, from byte"),
        badText("padded with a tab", goodHeader + "\t ", "padded with something else"),
        badText("padded with NUL", goodHeader + std::string(3, '\0'), "not valid JSON"),
        badHeader("metadata key twice", R"("format":"pt")", R"("format":"pt","format":"np")",
                  "'format' stands twice in one object, in '__metadata__'"),
        badHeader("deep nesting", "[2],", "[[[[[2]]]]],", "nested deeper than 4 levels, in 'b'"),
        badText("very deep nesting", "{\"a\":" + std::string(200000, '[') + std::string(200000, ']') + "}",
                "nested deeper than 4 levels, in 'a'"),
        badHeader("tensor twice", "\"b\":", "\"a\":", "'a' stands twice"),
        badHeader("key twice", "\"dtype\":\"I16\",", "\"dtype\":\"I16\",\"dtype\":\"U8\",",
                  "'dtype' stands twice in one object, in 'b'"),
        badHeader("metadata no object", "{\"format\":\"pt\"}", "7", "__metadata__"),
        badHeader("metadata no text", "\"pt\"", "7", "'format' is no text"),
        badHeader("empty name", "\"b\"", "\"\"", "empty name (its data_offsets: [16,20])"),
        badHeader("control character", "\"b\"", "\"b\\u0000\"", "control character (its data_offsets: [16,20])"),
        badHeader("long name", "\"b\"", "\"" + std::string(1025, 'n') + "\"", "bytes (its data_offsets: [16,20])"),
    };
}

std::vector<BadFile> badTensors()
{
    return {
        badHeader("tensor no object", R"({"dtype":"I16","shape":[2],"data_offsets":[16,20]})", "5", "tensor 'b'"),
        badHeader("unknown key", R"("dtype":"I16")", R"("dtype":"I16","stride":1)", "tensor 'b'"),
        badHeader("no dtype", R"("dtype":"I16",)", "", "tensor 'b' has no dtype"),
        badHeader("dtype no text", R"("I16")", "16", "tensor 'b' has no dtype"),
        badHeader("unknown dtype", "I16", "F6_E2M3", "dtype 'F6_E2M3'"),
        badHeader("dtype in lower case", "I16", "i16", "dtype 'i16'"),
        badHeader("no shape", R"("shape":[2],)", "", "tensor 'b' has no shape"),
        badHeader("shape no list", R"("shape":[2])", R"("shape":2)", "tensor 'b' has no shape"),
        badHeader("negative size", "[2],", "[-2],", "tensor 'b'"),
        badHeader("broken size", "[2],", "[2.0],", "tensor 'b'"),
        badHeader("size as text", "[2],", "[\"2\"],", "tensor 'b'"),
        badHeader("size above 2^63", "[2],", "[9223372036854775808],", "tensor 'b'"),
        badHeader("size above 2^64", "[2],", "[36893488147419103232],", "tensor 'b'"),
        badHeader("product wraps to 4", "[2],", "[4611686018427387905,2],", "beyond 64 bits"),
        badHeader("product wraps to 0", "[2,2]", "[4294967296,4294967296]", "beyond 64 bits"),
        badHeader("too many dimensions", "[2],", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],", "dimensions"),
        badHeader("shape too small", "[2],", "[1],", "need 2"),
        badHeader("shape too large", "[2],", "[3],", "need 6"),
        badHeader("wider dtype", "I16", "I32", "need 8"),
    };
}

std::vector<BadFile> badOffsets()
{
    return {
        badHeader("no offsets", R"(,"data_offsets":[16,20])", "", "tensor 'b' has no data_offsets"),
        badHeader("one offset", "[16,20]", "[16]", "tensor 'b' has no data_offsets"),
        badHeader("three offsets", "[16,20]", "[16,20,24]", "tensor 'b' has no data_offsets"),
        badHeader("negative offset", "[16,20]", "[-4,0]", "tensor 'b' has no data_offsets"),
        badHeader("broken offset", "[16,20]", "[16,20.0]", "tensor 'b' has no data_offsets"),
        badHeader("reversed", "[16,20]", "[20,16]", "tensor 'b' ends before"),
        badHeader("past the end", "[16,20]", "[17,21]", "tensor 'b' ends at byte 21"),
        badHeader("far past the end", "[16,20]", "[18446744073709551612,18446744073709551615]", "tensor 'b'"),
        badHeader("overlap", "[16,20]", "[12,16]", "they overlap"),
        badHeader("the same range twice", R"("dtype":"I16","shape":[2],"data_offsets":[16,20])",
                  R"("dtype":"F32","shape":[2,2],"data_offsets":[0,16])", "they overlap"),
        badHeader("gap", R"("shape":[2],"data_offsets":[16,20])", R"("shape":[1],"data_offsets":[18,20])", "a gap"),
        badHeader("gap at the start", R"("shape":[2,2],"data_offsets":[0,16])",
                  R"("shape":[3],"data_offsets":[4,16])", "a gap"),
        badHeader("end not covered", R"("shape":[2],"data_offsets":[16,20])",
                  R"("shape":[1],"data_offsets":[16,18])", "end at byte 18"),
        badText("nothing covers the data", "{}", "end at byte 0"),
    };
}

} // namespace

TEST(SafetensorsFile, ReadsWhatIsThere)
{
    TemporaryFolder folder;
    const std::string path = folder.path("good.safetensors");
    writeBytes(path, safetensorsBytes(goodHeader, goodData));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->path(), path);
    ASSERT_EQ(file->tensors().size(), 2u);
    const TensorView *b = file->find("b");
    ASSERT_NE(b, nullptr);
    EXPECT_EQ(b->dtype, DType::I16);
    EXPECT_EQ(b->shape, (std::vector<std::int64_t>{2}));
    EXPECT_EQ(bytesOf(*b), "ghij");
    EXPECT_EQ(file->find("c"), nullptr);
    EXPECT_EQ(file->metadata().at("format"), "pt");
}

TEST(SafetensorsFile, AcceptsScalarsEmptyTensorsAndPadding)
{
    TemporaryFolder folder;
    const std::string path = folder.path("odd.safetensors");
    writeBytes(path, safetensorsBytes(R"({"s":{"dtype":"F64","shape":[],"data_offsets":[0,8]},)"
                                      R"("e":{"dtype":"F32","shape":[0,7,4],"data_offsets":[8,8]}}   )",
                                      "12345678"));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->find("s")->data.size(), 8u);
    EXPECT_TRUE(file->find("s")->shape.empty());
    EXPECT_TRUE(file->find("e")->data.empty());
}

TEST(SafetensorsFile, AcceptsOddFilesThatTheReferenceReaderAccepts)
{
    struct Odd {
        const char *what;
        std::string header;
        std::size_t dataBytes;
        std::size_t tensors;
    };
    const auto one = [](const std::string &name, const std::string &dtype, const std::string &shape, int bytes) {
        return "{\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[0,"
            + std::to_string(bytes) + "]}}";
    };
    const std::vector<Odd> list{
        {"no tensor", "{}", 0, 0},
        {"metadata alone", R"({"__metadata__":{}})", 0, 0},
        {"metadata last", R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"__metadata__":{"a":""}})", 1, 1},
        {"scalar", one("s", "F32", "[]", 4), 4, 1},
        {"empty tensor", one("e", "F32", "[0]", 0), 0, 1},
        {"empty by a later size", one("e", "I64", "[7,0,1000]", 0), 0, 1},
        {"two empty tensors at one place", R"({"b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)"
                                           R"("a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}})", 0, 2},
        {"empty between two", R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
                              R"("e":{"dtype":"F64","shape":[0],"data_offsets":[2,2]},)"
                              R"("b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})", 4, 3},
        {"header not in order of the data", R"({"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},)"
                                            R"("a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", 4, 2},
        {"keys in another order", R"({"a":{"data_offsets":[0,2],"shape":[1],"dtype":"BF16"}})", 2, 1},
        {"white space in the header", "{ \"a\" : { \"dtype\":\"I8\",\n\"shape\":[ 3 ],\"data_offsets\":[0,\t3] } }", 3, 1},
        {"many spaces behind", one("a", "U8", "[1]", 1) + std::string(5000, ' '), 1, 1},
        {"data not aligned", one("abc", "F64", "[1]", 8), 8, 1},
        {"name in other scripts", one("\xe5\xb1\x82.\xce\xb1.\xf0\x9f\x98\x80", "BOOL", "[1]", 1), 1, 1},
        {"escaped name", one("a\\\"b\\\\c\\/d", "U8", "[1]", 1), 1, 1},
        {"name of 1024 bytes", one(std::string(1024, 'n'), "U8", "[1]", 1), 1, 1},
        {"16 dimensions", one("x", "U8", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]", 2), 2, 1},
        {"unsigned 16", one("x", "U16", "[3]", 6), 6, 1},
        {"unsigned 32", one("x", "U32", "[3]", 12), 12, 1},
        {"unsigned 64", one("x", "U64", "[3]", 24), 24, 1},
        {"8-bit floats", one("x", "F8_E4M3", "[5]", 5), 5, 1},
        {"other 8-bit floats", one("x", "F8_E5M2", "[5]", 5), 5, 1},
        {"complex", one("x", "C64", "[2]", 16), 16, 1},
    };
    TemporaryFolder folder;
    const std::string path = folder.path("odd.safetensors");
    for (const Odd &odd : list) {
        writeBytes(path, safetensorsBytes(odd.header, std::string(odd.dataBytes, 'd')));
        const auto file = SafetensorsFile::open(path);
        ASSERT_TRUE(file) << odd.what << ": " << file.error().message;
        EXPECT_EQ(file->tensors().size(), odd.tensors) << odd.what;
    }
    EXPECT_GE(list.size(), 15u);
}

TEST(SafetensorsFile, RefusesEveryDamageWithASentence)
{
    TemporaryFolder folder;
    const std::string path = folder.path("bad file.safetensors");
    std::size_t count = 0;
    for (const auto &list : {badLengths(), badJson(), badTensors(), badOffsets()}) {
        for (const BadFile &bad : list) {
            writeBytes(path, bad.bytes);
            const auto file = SafetensorsFile::open(path);
            ++count;
            ASSERT_FALSE(file) << bad.what;
            const std::string &message = file.error().message;
            EXPECT_EQ(message.find(path), 0u) << bad.what << ": " << message;
            EXPECT_NE(message.find(bad.says), std::string::npos) << bad.what << ": " << message;
            EXPECT_EQ(message.back(), '.') << message;
        }
    }
    EXPECT_GE(count, 60u);
}

TEST(SafetensorsFile, SurvivesEveryCutAndManyFlippedBytes)
{
    TemporaryFolder folder;
    const std::string path = folder.path("cut.safetensors");
    const std::string good = safetensorsBytes(goodHeader, goodData);
    for (std::size_t size = 0; size < good.size(); ++size) {
        writeBytes(path, std::string_view(good).substr(0, size));
        EXPECT_FALSE(SafetensorsFile::open(path)) << size;
    }
    for (std::size_t place = 0; place < good.size() - goodData.size(); ++place) {
        for (const char mask : {'\x01', '\x10', '\x80'}) {
            std::string bytes = good;
            bytes[place] = static_cast<char>(bytes[place] ^ mask);
            writeBytes(path, bytes);
            const auto file = SafetensorsFile::open(path);
            if (!file)
                continue;
            // A changed name or dtype of the same width may pass; the views must still lie inside the file.
            for (const auto &[name, view] : file->tensors())
                EXPECT_LE(bytesOf(view).size(), goodData.size());
        }
    }
}

TEST(SafetensorsFile, RefusesWhatIsNoFile)
{
    TemporaryFolder folder;
    for (const std::string &path : {folder.path("missing.safetensors"), folder.path()}) {
        const auto file = SafetensorsFile::open(path);
        ASSERT_FALSE(file);
        EXPECT_EQ(file.error().message.find(path), 0u) << file.error().message;
    }
}

TEST(WriteSafetensors, ReadsBackAlignedAndInAnyOrderTheSameBytes)
{
    TemporaryFolder folder;
    const std::array<std::byte, 3> flags{std::byte{1}, std::byte{0}, std::byte{1}};
    const std::array<float, 4> floats{1.5f, -2.0f, 0.0f, 3.25f};
    const std::array<double, 1> doubles{0.1};
    std::vector<TensorToWrite> tensors{
        {"flags", DType::Bool, {3}, flags},
        {"floats", DType::F32, {2, 2}, std::as_bytes(std::span(floats))},
        {"naïve \"quoted\"", DType::F64, {}, std::as_bytes(std::span(doubles))},
        {"empty", DType::F16, {0, 7}, {}},
    };
    const std::string first = folder.path("first.safetensors");
    const std::string second = folder.path("second.safetensors");
    ASSERT_TRUE(writeSafetensors(first, tensors, {{"step", "7"}, {"format", "pt"}}));
    std::reverse(tensors.begin(), tensors.end());
    ASSERT_TRUE(writeSafetensors(second, tensors, {{"format", "pt"}, {"step", "7"}}));
    EXPECT_EQ(readBytes(first), readBytes(second));

    const auto file = SafetensorsFile::open(first);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->metadata().at("step"), "7");
    ASSERT_EQ(file->tensors().size(), tensors.size());
    for (const TensorToWrite &tensor : tensors) {
        const TensorView *view = file->find(tensor.name);
        ASSERT_NE(view, nullptr) << tensor.name;
        EXPECT_EQ(view->dtype, tensor.dtype);
        EXPECT_EQ(view->shape, tensor.shape);
        EXPECT_TRUE(std::ranges::equal(view->data, tensor.data)) << tensor.name;
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(view->data.data()) % dtypeSize(view->dtype), 0u) << tensor.name;
    }
}

TEST(WriteSafetensors, CopiesTheFixturesByteForByteInTheData)
{
    TemporaryFolder folder;
    const auto source = SafetensorsFile::open(goldenModel("tiny-a-original/model.safetensors"));
    ASSERT_TRUE(source) << source.error().message;
    const std::string path = folder.path("copy.safetensors");
    ASSERT_TRUE(writeSafetensors(path, tensorsToWrite(*source), source->metadata()));
    // The fixture was written by the reference library, so the order of tensors and the header agree as well.
    EXPECT_EQ(readBytes(path), readBytes(source->path()));
}

TEST(WriteSafetensors, ReplacesAFileThatIsOpenAndLeavesNothingBeside)
{
    TemporaryFolder folder;
    const std::string path = folder.path("model.safetensors");
    const std::array<std::byte, 2> one{std::byte{1}, std::byte{2}};
    const std::array<std::byte, 2> two{std::byte{3}, std::byte{4}};
    ASSERT_TRUE(writeSafetensors(path, {{"x", DType::U8, {2}, one}}));
    const auto before = SafetensorsFile::open(path);
    ASSERT_TRUE(before);
    ASSERT_TRUE(writeSafetensors(path, {{"x", DType::U8, {2}, two}}));
    EXPECT_EQ(bytesOf(*before->find("x")), "\x01\x02");
    const auto after = SafetensorsFile::open(path);
    ASSERT_TRUE(after);
    EXPECT_EQ(bytesOf(*after->find("x")), "\x03\x04");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(WriteSafetensors, RefusesWhatCannotBeReadBack)
{
    TemporaryFolder folder;
    const std::string path = folder.path("bad.safetensors");
    const std::array<std::byte, 4> bytes{};
    const std::vector<std::vector<TensorToWrite>> bad{
        {{"x", DType::F32, {2}, bytes}},
        {{"x", DType::F32, {-1}, bytes}},
        {{"", DType::F32, {1}, bytes}},
        {{"__metadata__", DType::F32, {1}, bytes}},
        {{"x\n", DType::F32, {1}, bytes}},
        {{"x\xff", DType::F32, {1}, bytes}},
        {{"x", DType::F32, {1}, bytes}, {"x", DType::U8, {4}, bytes}},
    };
    for (const auto &tensors : bad) {
        const Status status = writeSafetensors(path, tensors);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().message.find(path), 0u) << status.error().message;
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    const Status nowhere = writeSafetensors(folder.path("no/such/folder.safetensors"), {});
    ASSERT_FALSE(nowhere);
    EXPECT_NE(nowhere.error().message.find("cannot be created"), std::string::npos);
}

TEST(WriteSafetensors, WritesAFileWithoutTensors)
{
    TemporaryFolder folder;
    ASSERT_TRUE(writeSafetensors(folder.path("none.safetensors"), {}));
    const auto file = SafetensorsFile::open(folder.path("none.safetensors"));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_TRUE(file->tensors().empty());
}
