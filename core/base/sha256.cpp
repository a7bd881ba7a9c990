#include "core/base/sha256.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

namespace winnow {

namespace {

constexpr std::array<std::uint32_t, 64> roundConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

} // namespace

Sha256::Sha256()
    : m_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}, m_block{}
{
}

void Sha256::compress(const std::byte *block)
{
    std::array<std::uint32_t, 64> w;
    for (std::size_t i = 0; i < 16; ++i) {
        w[i] = 0;
        for (std::size_t k = 0; k < 4; ++k)
            w[i] = w[i] << 8 | std::to_integer<std::uint32_t>(block[i * 4 + k]);
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = m_state;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i] + w[i];
        const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i)
        m_state[i] += added[i];
}

void Sha256::update(std::span<const std::byte> bytes)
{
    m_byteCount += bytes.size();
    while (!bytes.empty()) {
        if (m_blockUsed == 0 && bytes.size() >= m_block.size()) {
            compress(bytes.data());
            bytes = bytes.subspan(m_block.size());
            continue;
        }
        const std::size_t taken = std::min(bytes.size(), m_block.size() - m_blockUsed);
        std::memcpy(m_block.data() + m_blockUsed, bytes.data(), taken);
        m_blockUsed += taken;
        bytes = bytes.subspan(taken);
        if (m_blockUsed == m_block.size()) {
            compress(m_block.data());
            m_blockUsed = 0;
        }
    }
}

std::string Sha256::hex() const
{
    Sha256 last = *this;
    const std::uint64_t bits = m_byteCount * 8;
    std::array<std::byte, 72> padding{};
    padding[0] = std::byte{0x80};
    const std::size_t zerosEnd = (m_blockUsed < 56 ? 56 : 120) - m_blockUsed;
    for (std::size_t i = 0; i < 8; ++i)
        padding[zerosEnd + i] = static_cast<std::byte>(bits >> (56 - 8 * i));
    last.update(std::span<const std::byte>(padding.data(), zerosEnd + 8));

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(64);
    for (std::uint32_t word : last.m_state) {
        for (int shift = 28; shift >= 0; shift -= 4)
            text += digits[word >> shift & 15u];
    }
    return text;
}

std::string sha256Hex(std::span<const std::byte> bytes)
{
    Sha256 hash;
    hash.update(bytes);
    return hash.hex();
}

std::string sha256Hex(std::string_view text)
{
    return sha256Hex(std::as_bytes(std::span(text.data(), text.size())));
}

Result<std::string> sha256OfFile(const std::string &path)
{
    // fopen succeeds on a folder, and reading a pipe would wait for ever.
    std::error_code code;
    const bool regular = std::filesystem::is_regular_file(path, code);
    if (code)
        return Error{path + " cannot be opened (" + code.message() + "); check the path and its permissions"};
    if (!regular)
        return Error{path + " is not a file, so it has no SHA-256; name a file"};
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return Error{path + " cannot be opened (" + std::generic_category().message(errno)
                     + "); check the path and its permissions"};
    Sha256 hash;
    std::vector<std::byte> buffer(1 << 18);
    std::size_t count = 0;
    while ((count = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0)
        hash.update(std::span<const std::byte>(buffer.data(), count));
    if (std::ferror(file.get()) != 0)
        return Error{path + " could not be read to its end (" + std::generic_category().message(errno)
                     + "); check the disk"};
    return hash.hex();
}

} // namespace winnow
