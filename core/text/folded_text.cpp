#include "core/text/folded_text.h"

#include "core/text/unicode_text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>
#include <stdexcept>

namespace winnow
{

namespace
{

std::int32_t lengthOf(std::string_view text)
{
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw std::length_error("a text of more than 2 GiB cannot be compared");
    return static_cast<std::int32_t>(text.size());
}

} // namespace

std::string foldedText(std::string_view text)
{
    std::string folded;
    if (std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; })) {
        folded = text;
        for (char &c : folded)
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    } else {
        const std::string repaired = repairUtf8(text);
        UErrorCode error = U_ZERO_ERROR;
        const icu::Normalizer2 *fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
        if (U_FAILURE(error))
            throw std::runtime_error("the ICU case folding data cannot be read");
        folded.reserve(repaired.size());
        icu::StringByteSink<std::string> sink(&folded);
        fold->normalizeUTF8(0, icu::StringPiece(repaired.data(), lengthOf(repaired)), sink, nullptr, error);
        if (U_FAILURE(error)) // the data is there, so memory is what is left
            throw std::bad_alloc();
    }
    std::string words;
    words.reserve(folded.size());
    const std::int32_t length = lengthOf(folded);
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(folded.data());
    bool space = false;
    for (std::int32_t i = 0; i < length;) {
        const std::int32_t begin = i;
        UChar32 character = 0;
        U8_NEXT_OR_FFFD(bytes, i, length, character);
        if (isPythonSpace(static_cast<char32_t>(character))) {
            space = !words.empty();
            continue;
        }
        if (space)
            words += ' ';
        space = false;
        words.append(folded, static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
    return words;
}

} // namespace winnow
