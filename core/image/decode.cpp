#include "core/image/decode.h"

#include "core/image/decode_formats.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace winnow {
namespace {

template <std::size_t N>
bool hasBytesAt(std::span<const std::byte> bytes, std::size_t offset, const std::array<unsigned char, N> &expected)
{
    return bytes.size() >= offset + N && std::memcmp(bytes.data() + offset, expected.data(), N) == 0;
}

Error tooManyBytes(const std::string &name)
{
    return Error{name + " is larger than 100 MB; give a smaller picture file"};
}

} // namespace

Status image::checkPictureSize(std::int64_t width, std::int64_t height, const std::string &name)
{
    if (width < 1 || height < 1)
        return Error{name + " declares a picture without pixels; replace the file"};
    const std::string size = std::to_string(width) + " x " + std::to_string(height);
    if (width > maxPictureSide || height > maxPictureSide)
        return Error{name + " is " + size + " pixels; scale it down to at most " + std::to_string(maxPictureSide) +
                     " pixels a side"};
    if (width * height > maxPicturePixels)
        return Error{name + " is " + size + " pixels; scale it down to at most 100 million pixels"};
    return {};
}

Status image::checkDataForPixels(std::int64_t bitsOfPixels, std::size_t fileBytes, std::int64_t mostBitsPerByte,
                                 const std::string &name, const char *format)
{
    if (bitsOfPixels / mostBitsPerByte <= static_cast<std::int64_t>(fileBytes))
        return {};
    return damagedPicture(name, format, "it is too short for the pixels that it declares");
}

Error image::damagedPicture(const std::string &name, const char *format, const std::string &detail)
{
    return Error{name + " is a truncated or damaged " + format + " file (" + detail + "); replace the file"};
}

Result<Picture> decodePicture(std::span<const std::byte> bytes, const std::string &nameForErrors)
{
    if (bytes.size() > maxPictureFileBytes)
        return tooManyBytes(nameForErrors);
    if (hasBytesAt<8>(bytes, 0, {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}))
        return image::decodePng(bytes, nameForErrors);
    if (hasBytesAt<3>(bytes, 0, {0xff, 0xd8, 0xff}))
        return image::decodeJpeg(bytes, nameForErrors);
    if (hasBytesAt<4>(bytes, 0, {'R', 'I', 'F', 'F'}) && hasBytesAt<4>(bytes, 8, {'W', 'E', 'B', 'P'}))
        return image::decodeWebp(bytes, nameForErrors);
    if (bytes.empty())
        return Error{nameForErrors + " is empty; give a PNG, JPEG or WebP file"};
    return Error{nameForErrors + " is not a PNG, JPEG or WebP picture; convert it to one of these"};
}

Result<Picture> readPicture(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{"cannot open the picture " + path + ": " + std::generic_category().message(errno) +
                     "; check the path and the rights"};
    std::vector<std::byte> bytes;
    std::array<char, 1 << 16> block;
    // Read up to the limit instead of asking for the size: a pipe or a growing file has no reliable one.
    while (file.read(block.data(), block.size()) || file.gcount() > 0) {
        const auto *start = reinterpret_cast<const std::byte *>(block.data());
        bytes.insert(bytes.end(), start, start + file.gcount());
        if (bytes.size() > maxPictureFileBytes)
            return tooManyBytes(path);
    }
    if (file.bad())
        return Error{"reading the picture " + path + " failed; check that it is a file and that its disk works"};
    return decodePicture(bytes, path);
}

} // namespace winnow
