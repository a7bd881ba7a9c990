#include "core/text/byte_table.h"

#include <array>

namespace winnow
{

namespace
{

constexpr bool standsForItself(int byte)
{
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

/// Code points that the table uses: 0x21..0xFF for bytes that stand for themselves, 0x100..0x143 for the other 68.
constexpr int printableEnd = 0x100 + 68;

struct Tables {
    std::array<char32_t, 256> printable{};
    std::array<short, printableEnd> byteOf{};
    std::array<unsigned char, 256> byteOfRank{};
};

constexpr Tables makeTables()
{
    Tables tables;
    tables.byteOf.fill(-1);
    int replaced = 0;
    int kept = 0;
    for (int byte = 0; byte < 256; ++byte) {
        const bool itself = standsForItself(byte);
        const int codePoint = itself ? byte : 0x100 + replaced;
        tables.printable[static_cast<std::size_t>(byte)] = static_cast<char32_t>(codePoint);
        tables.byteOf[static_cast<std::size_t>(codePoint)] = static_cast<short>(byte);
        const int rank = itself ? kept++ : 256 - 68 + replaced++;
        tables.byteOfRank[static_cast<std::size_t>(rank)] = static_cast<unsigned char>(byte);
    }
    return tables;
}

constexpr Tables tables = makeTables();

} // namespace

char32_t byteToPrintable(unsigned char byte)
{
    return tables.printable[byte];
}

unsigned char qwenByteOfRank(int rank)
{
    return tables.byteOfRank[static_cast<std::size_t>(rank)];
}

std::string bytesToPrintable(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const char32_t codePoint = byteToPrintable(static_cast<unsigned char>(byte));
        if (codePoint < 0x80) {
            text.push_back(static_cast<char>(codePoint));
        } else {
            text.push_back(static_cast<char>(0xC0 | (codePoint >> 6)));
            text.push_back(static_cast<char>(0x80 | (codePoint & 0x3F)));
        }
    }
    return text;
}

std::optional<std::string> printableToBytes(std::string_view printable)
{
    std::string bytes;
    bytes.reserve(printable.size());
    for (std::size_t i = 0; i < printable.size(); ++i) {
        int codePoint = static_cast<unsigned char>(printable[i]);
        if (codePoint >= 0x80) {
            // Every character of the table lies below U+0144, so two bytes are all there can be.
            if ((codePoint & 0xE0) != 0xC0 || i + 1 == printable.size())
                return std::nullopt;
            const int low = static_cast<unsigned char>(printable[++i]);
            if ((low & 0xC0) != 0x80)
                return std::nullopt;
            codePoint = (codePoint & 0x1F) << 6 | (low & 0x3F);
        }
        if (codePoint >= printableEnd || tables.byteOf[static_cast<std::size_t>(codePoint)] < 0)
            return std::nullopt;
        bytes.push_back(static_cast<char>(tables.byteOf[static_cast<std::size_t>(codePoint)]));
    }
    return bytes;
}

} // namespace winnow
