#include "core/text/chat_template.h"

#include <string_view>

namespace winnow
{

namespace
{

constexpr std::string_view userMark = "<|im_start|>user\n";
constexpr std::string_view pictureMark = "<image>";

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
    if (imageTokens < 1)
        return Error{"A picture needs at least one image token."};
    std::size_t place = prompt.find(pictureMark);
    if (place == std::string::npos) {
        const std::size_t user = prompt.find(userMark);
        place = user == std::string::npos ? prompt.size() : user + userMark.size();
        prompt.insert(place, pictureMark);
    } else if (prompt.find(pictureMark, place + pictureMark.size()) != std::string::npos) {
        return Error{"The conversation holds <image> more than once; a row has exactly one picture, so remove the"
                     " others."};
    }
    constexpr std::string_view context = "<IMG_CONTEXT>";
    std::string block = "<img>";
    block.reserve(static_cast<std::size_t>(imageTokens) * context.size() + 16);
    for (int i = 0; i < imageTokens; ++i)
        block += context;
    block += "</img>";
    prompt.replace(place, pictureMark.size(), block);
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
