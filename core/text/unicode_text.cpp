#include "core/text/unicode_text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

namespace winnow
{

namespace
{

/// Bytes at the beginning that are ASCII, eight at a time.
std::size_t asciiPrefix(std::string_view text)
{
    std::size_t offset = 0;
    for (std::uint64_t word = 0; offset + sizeof word <= text.size(); offset += sizeof word) {
        std::memcpy(&word, text.data() + offset, sizeof word);
        if ((word & 0x8080808080808080U) != 0)
            break;
    }
    while (offset < text.size() && static_cast<unsigned char>(text[offset]) < 0x80)
        ++offset;
    return offset;
}

bool isAscii(std::string_view text)
{
    return asciiPrefix(text) == text.size();
}

std::int32_t icuLength(std::string_view text)
{
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw std::length_error("a text of more than 2 GiB cannot be tokenized");
    return static_cast<std::int32_t>(text.size());
}

bool isWellFormed(std::string_view text)
{
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(text.data());
    const std::int32_t length = icuLength(text);
    for (auto i = static_cast<std::int32_t>(asciiPrefix(text)); i < length;) {
        UChar32 codePoint = 0;
        U8_NEXT(bytes, i, length, codePoint);
        if (codePoint < 0)
            return false;
    }
    return true;
}

/// What stands in `text`, which is well-formed, in the form that `composer` gives.
std::string composedBy(const icu::Normalizer2 &composer, std::string_view text)
{
    std::string composed;
    composed.reserve(text.size());
    icu::StringByteSink<std::string> sink(&composed);
    UErrorCode error = U_ZERO_ERROR;
    composer.normalizeUTF8(0, icu::StringPiece(text.data(), icuLength(text)), sink, nullptr, error);
    if (U_FAILURE(error)) // the data was checked when the tokenizer was loaded, so memory is what is left
        throw std::bad_alloc();
    return composed;
}

/// NFC of the characters that Unicode 9 knows; to it, all others have no combining class and compose with nothing.
/// U+0EBA is old, but its class came with Unicode 12.
class Unicode9Composer
{
public:
    Unicode9Composer()
    {
        const icu::Normalizer2 *nfc = icu::Normalizer2::getNFCInstance(m_error);
        m_known.applyPattern(icu::UnicodeString(u"[[:age=9.0:]-[\\u0EBA]]"), m_error);
        m_known.freeze();
        if (U_SUCCESS(m_error))
            m_composer = std::make_unique<const icu::FilteredNormalizer2>(*nfc, m_known);
    }
    UErrorCode error() const { return m_error; }
    const icu::Normalizer2 &get() const { return *m_composer; }

private:
    UErrorCode m_error = U_ZERO_ERROR;
    icu::UnicodeSet m_known;
    std::unique_ptr<const icu::FilteredNormalizer2> m_composer;
};

const Unicode9Composer &unicode9Composer()
{
    static const Unicode9Composer composer;
    return composer;
}

} // namespace

std::string repairUtf8(std::string_view text)
{
    if (isWellFormed(text))
        return std::string(text);
    std::string result;
    result.reserve(text.size());
    const std::int32_t length = icuLength(text);
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(text.data());
    for (std::int32_t i = 0; i < length;) {
        const std::int32_t begin = i;
        UChar32 codePoint = 0;
        U8_NEXT(bytes, i, length, codePoint);
        if (codePoint < 0)
            result += "\xEF\xBF\xBD";
        else
            result.append(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)));
    }
    return result;
}

std::string composeUtf8(std::string_view text)
{
    std::string storage;
    const std::string_view composed = composeUtf8(text, storage);
    return composed.data() == storage.data() ? std::move(storage) : std::string(composed);
}

std::string_view composeUtf8(std::string_view text, std::string &storage)
{
    if (isAscii(text))
        return text;
    if (!isWellFormed(text)) {
        storage = repairUtf8(text);
        text = storage;
    }
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2 *nfc = icu::Normalizer2::getNFCInstance(error);
    if (U_FAILURE(error))
        throw std::runtime_error("the ICU normalisation data cannot be read");
    const icu::StringPiece piece(text.data(), icuLength(text));
    if (nfc->isNormalizedUTF8(piece, error) && U_SUCCESS(error))
        return text;
    storage = composedBy(*nfc, text);
    return storage;
}

std::string composeUtf8ByUnicode9(std::string_view text)
{
    if (isAscii(text))
        return std::string(text);
    if (U_FAILURE(unicode9Composer().error()))
        throw std::runtime_error("the ICU data on the age of characters cannot be read");
    return composedBy(unicode9Composer().get(), repairUtf8(text));
}

Status checkUnicodeData()
{
    UErrorCode error = U_ZERO_ERROR;
    icu::Normalizer2::getNFCInstance(error);
    if (U_SUCCESS(error))
        error = unicode9Composer().error();
    if (U_FAILURE(error))
        return Error{std::string("The ICU library has no normalisation data (") + u_errorName(error)
                     + "); reinstall the ICU package."};
    return {};
}

bool isLetter(char32_t character)
{
    return (U_GET_GC_MASK(static_cast<UChar32>(character)) & U_GC_L_MASK) != 0;
}

bool isNumber(char32_t character)
{
    return (U_GET_GC_MASK(static_cast<UChar32>(character)) & U_GC_N_MASK) != 0;
}

bool isDecimalDigit(char32_t character)
{
    return (U_GET_GC_MASK(static_cast<UChar32>(character)) & U_GC_ND_MASK) != 0;
}

bool isPatternSpace(char32_t character)
{
    if (character < 0x80)
        return character == 0x20 || (character >= 0x09 && character <= 0x0D);
    return character == 0x85 || character == 0xA0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200A)
        || character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F
        || character == 0x3000;
}

bool isPythonSpace(char32_t character)
{
    return isPatternSpace(character) || (character >= 0x1C && character <= 0x1F);
}

std::u32string toCodePoints(std::string_view text)
{
    std::u32string codePoints;
    codePoints.reserve(text.size());
    const std::int32_t length = icuLength(text);
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(text.data());
    for (std::int32_t i = 0; i < length;) {
        UChar32 codePoint = 0;
        U8_NEXT_OR_FFFD(bytes, i, length, codePoint);
        codePoints.push_back(static_cast<char32_t>(codePoint));
    }
    return codePoints;
}

std::string fromCodePoints(std::u32string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char32_t codePoint : text) {
        std::uint8_t bytes[U8_MAX_LENGTH];
        std::int32_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(codePoint));
        result.append(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(length));
    }
    return result;
}

std::string pythonStrip(std::string_view text)
{
    const std::u32string codePoints = toCodePoints(text);
    const auto keep = [](char32_t c) { return !isPythonSpace(c); };
    const auto begin = std::find_if(codePoints.begin(), codePoints.end(), keep);
    const auto end = std::find_if(codePoints.rbegin(), codePoints.rend(), keep).base();
    return begin < end ? fromCodePoints(std::u32string(begin, end)) : std::string();
}

} // namespace winnow
