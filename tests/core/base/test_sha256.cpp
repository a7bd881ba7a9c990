#include "core/base/sha256.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace winnow {
namespace {

// Vectors of NIST (FIPS 180-4 examples and the SHA-2 example page).
TEST(Sha256, nistVectors)
{
    EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(
        sha256Hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                  "mnopqrstnopqrstu"),
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    EXPECT_EQ(sha256Hex(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, piecesGiveTheSameDigestAsTheWhole)
{
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += static_cast<char>(i * 7);
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const std::string part = text.substr(0, length);
        Sha256 hash;
        for (std::size_t at = 0, piece = 1; at < length; at += piece, piece = piece % 67 + 3)
            hash.update(std::string_view(part).substr(at, piece));
        ASSERT_EQ(hash.hex(), sha256Hex(part)) << length;
        ASSERT_EQ(hash.hex(), sha256Hex(part)) << "asking twice changes nothing";
    }
}

TEST(Sha256, fileAndItsErrors)
{
    const std::string path = testing::TempDir() + "winnow-sha256.bin";
    std::ofstream(path, std::ios::binary) << "abc";
    EXPECT_EQ(sha256OfFile(path).value(), sha256Hex("abc"));
    std::filesystem::remove(path);
    const auto missing = sha256OfFile(path);
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().message.find(path), std::string::npos);
    EXPECT_FALSE(sha256OfFile(testing::TempDir()).ok());
}

} // namespace
} // namespace winnow
