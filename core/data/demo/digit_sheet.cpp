#include "core/data/demo/digit_sheet.h"

#include "core/base/json.h"
#include "core/image/decode.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace winnow {

namespace {

Result<std::vector<std::uint8_t>> readLabels(const std::string &path)
{
    WINNOW_ASSIGN(const std::string text, readTextFile(path));
    std::vector<std::uint8_t> labels;
    for (char c : text) {
        if (c == '\n' || c == '\r')
            continue;
        if (c < '0' || c > '9')
            return Error{path + ": only digits and line ends belong here; install the file of this version again."};
        labels.push_back(static_cast<std::uint8_t>(c - '0'));
    }
    if (labels.size() != DigitSheet::count)
        return Error{path + ": " + std::to_string(labels.size()) + " labels instead of "
                     + std::to_string(DigitSheet::count) + "; install the file of this version again."};
    return labels;
}

} // namespace

Result<DigitSheet> DigitSheet::load(const std::string &folder)
{
    const std::filesystem::path base(folder);
    const std::string path = (base / "optdigits.png").string();
    DigitSheet sheet;
    WINNOW_ASSIGN(sheet.m_labels, readLabels((base / "optdigits_labels.txt").string()));
    WINNOW_ASSIGN(const Picture picture, readPicture(path));
    constexpr int lines = (count + perLine - 1) / perLine;
    if (picture.width != perLine * side || picture.height != lines * side)
        return Error{path + ": the sheet must be " + std::to_string(perLine * side) + " x "
                     + std::to_string(lines * side) + " pixels; install the file of this version again."};
    sheet.m_pixels.reserve(std::size_t{count} * side * side);
    for (int index = 0; index < count; ++index) {
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const std::size_t row = static_cast<std::size_t>(index / perLine * side + y);
                const std::size_t column = static_cast<std::size_t>(index % perLine * side + x);
                sheet.m_pixels.push_back(picture.rgb[(row * perLine * side + column) * 3]);
            }
        }
    }
    return sheet;
}

std::span<const std::uint8_t> DigitSheet::pixels(int index) const
{
    return std::span(m_pixels).subspan(static_cast<std::size_t>(index) * side * side, std::size_t{side} * side);
}

Picture DigitSheet::sideBySide(std::span<const int> indices) const
{
    constexpr int margin = (cell - side) / 2;
    Picture picture;
    picture.width = cell * static_cast<int>(indices.size());
    picture.height = cell;
    picture.rgb.assign(static_cast<std::size_t>(picture.width) * cell * 3, 255);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const auto digit = pixels(indices[i]);
        for (std::size_t y = 0; y < side; ++y) {
            for (std::size_t x = 0; x < side; ++x) {
                const std::size_t column = i * cell + margin + x;
                const std::size_t at = ((y + margin) * static_cast<std::size_t>(picture.width) + column) * 3;
                std::fill_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>(at), 3, digit[y * side + x]);
            }
        }
    }
    return picture;
}

double DigitSheet::greyAt(int index, double x, double y) const
{
    const auto digit = pixels(index);
    const auto at = [&](int column, int line) {
        const bool inside = column >= 0 && column < side && line >= 0 && line < side;
        return inside ? static_cast<double>(digit[static_cast<std::size_t>(line * side + column)]) : 255.0;
    };
    const int left = static_cast<int>(std::floor(x));
    const int top = static_cast<int>(std::floor(y));
    const double right = x - left, below = y - top;
    return (1 - below) * ((1 - right) * at(left, top) + right * at(left + 1, top))
        + below * ((1 - right) * at(left, top + 1) + right * at(left + 1, top + 1));
}

Picture DigitSheet::sideBySide(std::span<const int> indices, std::span<const DigitPose> poses) const
{
    constexpr double middle = (cell - 1) / 2.0;
    Picture picture;
    picture.width = cell * static_cast<int>(indices.size());
    picture.height = cell;
    picture.rgb.reserve(static_cast<std::size_t>(picture.width) * cell * 3);
    for (int y = 0; y < cell; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const auto i = static_cast<std::size_t>(x / cell);
            const DigitPose &pose = poses[i];
            const auto place = pose.scanned(x % cell - middle, y - middle, cell);
            const double paper = greyAt(indices[i], place.x + (side - 1) / 2.0, place.y + (side - 1) / 2.0) / 255.0;
            const double grey = 255.0 * (1.0 - std::pow(1.0 - paper, pose.ink));
            picture.rgb.insert(picture.rgb.end(), 3, static_cast<std::uint8_t>(std::lround(grey)));
        }
    }
    return picture;
}

} // namespace winnow
