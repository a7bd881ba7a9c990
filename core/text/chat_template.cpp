#include "core/text/chat_template.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace winnow
{

namespace
{

constexpr std::string_view userMark = "<|im_start|>user\n";
constexpr std::string_view pictureMark = "<image>";

std::string pictureBlock(int tokens)
{
    constexpr std::string_view context = "<IMG_CONTEXT>";
    std::string block = "<img>";
    block.reserve(static_cast<std::size_t>(tokens) * context.size() + 16);
    for (int i = 0; i < tokens; ++i)
        block += context;
    return block += "</img>";
}

} // namespace

std::string renderChat(std::span<const Turn> turns)
{
    std::string system;
    std::string body;
    for (const Turn &turn : turns) {
        if (turn.role == Turn::Role::System) {
            system = turn.text;
            continue;
        }
        body += turn.role == Turn::Role::User ? userMark : std::string_view("<|im_start|>assistant\n");
        if (!turn.text.empty())
            body.append(turn.text).append("<|im_end|>\n");
    }
    return "<|im_start|>system\n" + system + "<|im_end|>\n" + body;
}

Result<std::string> placePicture(std::string prompt, int imageTokens)
{
    return placePictures(std::move(prompt), std::span(&imageTokens, 1));
}

Result<std::string> placePictures(std::string prompt, std::span<const int> imageTokens)
{
    if (std::any_of(imageTokens.begin(), imageTokens.end(), [](int count) { return count < 1; }))
        return Error{"A picture needs at least one image token."};
    std::size_t marks = 0;
    for (std::size_t at = prompt.find(pictureMark); at != std::string::npos;
         at = prompt.find(pictureMark, at + pictureMark.size()))
        ++marks;
    const std::size_t pictures = imageTokens.size();
    if (marks == 0) {
        const std::size_t user = prompt.find(userMark);
        const std::size_t place = user == std::string::npos ? prompt.size() : user + userMark.size();
        for (std::size_t i = 0; i < pictures; ++i)
            prompt.insert(place, pictureMark);
    } else if (marks != pictures) {
        if (pictures == 1)
            return Error{"The conversation holds <image> more than once; a row has exactly one picture, so remove the"
                         " others."};
        return Error{"The conversation holds <image> " + std::to_string(marks) + " times, but the row has "
                     + std::to_string(pictures) + " pictures; write it once for each picture, or not at all."};
    }
    std::size_t place = 0;
    for (const int tokens : imageTokens) {
        place = prompt.find(pictureMark, place);
        const std::string block = pictureBlock(tokens);
        prompt.replace(place, pictureMark.size(), block);
        place += block.size();
    }
    return prompt;
}

std::string withoutPicture(std::string prompt)
{
    std::size_t place = prompt.find(pictureMark);
    while (place != std::string::npos) {
        prompt.erase(place, pictureMark.size());
        place = prompt.find(pictureMark, place);
    }
    return prompt;
}

} // namespace winnow
