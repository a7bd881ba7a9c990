#include "core/data/prompt_view.h"

#include "core/data/sample_encoder.h"
#include "core/image/dynamic_tiling.h"
#include "core/image/picture_size.h"
#include "core/text/chat_template.h"
#include "core/text/qwen_added_tokens.h"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace winnow
{

namespace
{

constexpr std::string_view pictureToken = "<IMG_CONTEXT>";
constexpr std::string_view answerHead = "<|im_start|>assistant\n";
constexpr std::string_view turnEnd = "<|im_end|>";

/// Tiles of each picture; none when one of them cannot be used, as in a run.
std::vector<int> lookAtPictures(std::span<const std::string> pictures, const PromptViewOptions &options,
                                PromptView &view)
{
    std::vector<int> counts;
    for (const std::string &picture : pictures) {
        const auto size = pictureSizeOfFile(picture);
        if (!size.ok()) {
            view.pictureProblem = size.error().message;
            return {};
        }
        const int most = shareOfTiles(options.maxTiles, pictures.size());
        const TileGrid grid = chooseGrid(size->width, size->height, most, options.tileSize);
        const int cut = grid.columns * grid.rows;
        counts.push_back(cut + (cut > 1 ? 1 : 0));
        if (counts.size() > 1)
            continue;
        view.width = size->width;
        view.height = size->height;
        view.columns = grid.columns;
        view.rows = grid.rows;
    }
    return counts;
}

std::vector<std::string> spellingsOf(const Tokenizer *tokenizer)
{
    std::vector<std::string> spellings;
    if (tokenizer) {
        for (const AddedToken &token : tokenizer->addedTokens())
            spellings.push_back(token.text);
    } else {
        for (const QwenAddedToken &token : qwenAddedTokens)
            spellings.emplace_back(token.text);
    }
    std::erase(spellings, std::string());
    // Of two that begin alike the longer one is meant.
    std::sort(spellings.begin(), spellings.end(),
              [](const std::string &a, const std::string &b) { return a.size() > b.size(); });
    return spellings;
}

/// Writes the many tokens of each picture once, with their number.
void collapsePictures(PromptView &view, std::span<const int> tokens)
{
    std::size_t begin = 0;
    for (const int count : tokens) {
        begin = view.text.find(pictureToken, begin);
        const std::string shown = std::string(pictureToken) + " \xC3\x97 " + std::to_string(count);
        view.text.replace(begin, pictureToken.size(), shown);
        view.marks.push_back({PromptMark::Kind::Picture, begin, shown.size()});
        begin += shown.size();
    }
}

void markSpecials(PromptView &view, const std::vector<std::string> &spellings)
{
    const std::vector<PromptMark> pictures = view.marks;
    auto picture = pictures.begin();
    for (std::size_t place = 0; place < view.text.size();) {
        if (picture != pictures.end() && place == picture->begin) {
            place += picture->length;
            ++picture;
            continue;
        }
        const std::string_view rest = std::string_view(view.text).substr(place);
        const auto found = std::find_if(spellings.begin(), spellings.end(),
                                        [rest](const std::string &spelling) { return rest.starts_with(spelling); });
        if (found == spellings.end()) {
            ++place;
            continue;
        }
        view.marks.push_back({PromptMark::Kind::Special, place, found->size()});
        place += found->size();
    }
}

/// A label is what is supervised: head, + or -, end of the turn (spec preprocessing.md section 4).
void markLabels(PromptView &view)
{
    const std::string_view text = view.text;
    for (std::size_t head = text.find(answerHead); head != std::string_view::npos; head = text.find(answerHead, head)) {
        const std::size_t begin = head + answerHead.size();
        const std::size_t end = std::min(text.find(turnEnd, begin), text.size());
        const std::string_view said = text.substr(begin, end - begin);
        head = begin;
        const bool ended = text.substr(end).starts_with("<|im_end|>\n");
        if (ended && (said == "+" || said == "-")) {
            view.labels.push_back(said == "+");
            view.marks.push_back({said == "+" ? PromptMark::Kind::Plus : PromptMark::Kind::Minus, begin, 1});
        } else if (!said.empty() && said.find("<|im_start|>") == std::string_view::npos) {
            view.marks.push_back({PromptMark::Kind::Unsupervised, begin, said.size()});
        }
    }
}

/// Marks of the data's own inside what an assistant says stay what they are; the words around them give way.
void putInOrder(std::vector<PromptMark> &marks)
{
    std::stable_sort(marks.begin(), marks.end(), [](const PromptMark &a, const PromptMark &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.kind < b.kind;
    });
    std::vector<PromptMark> kept;
    for (const PromptMark &mark : marks) {
        if (!kept.empty() && mark.begin < kept.back().begin + kept.back().length) {
            if (kept.back().kind != PromptMark::Kind::Unsupervised)
                continue;
            kept.back().length = mark.begin - kept.back().begin;
        }
        kept.push_back(mark);
    }
    std::erase_if(kept, [](const PromptMark &mark) { return mark.length == 0; });
    marks = std::move(kept);
}

} // namespace

PromptView viewPrompt(const std::vector<Turn> &turns, const std::string &picture, const PromptViewOptions &options,
                      std::span<const std::string> further)
{
    PromptView view;
    std::vector<std::string> pictures(further.begin(), further.end());
    if (!picture.empty())
        pictures.insert(pictures.begin(), picture);
    const std::vector<int> tiles = lookAtPictures(pictures, options, view);
    view.pictures = static_cast<int>(tiles.size());
    view.tiles = std::accumulate(tiles.begin(), tiles.end(), 0);
    std::string prompt = renderChat(turns);
    if (view.tiles > 0) {
        auto placed = placePictures(prompt, std::vector<int>(tiles.size(), 1));
        if (placed.ok()) {
            view.text = std::move(placed).value();
            std::vector<int> tokens = tiles;
            for (int &count : tokens)
                count *= options.tokensPerTile;
            collapsePictures(view, tokens);
        } else {
            view.problem = placed.error().message;
            view.text = std::move(prompt);
        }
    } else {
        view.text = withoutPicture(std::move(prompt));
    }
    markSpecials(view, spellingsOf(options.tokenizer));
    markLabels(view);
    putInOrder(view.marks);
    if (view.labels.empty() && view.problem.empty())
        view.problem = std::string(drop_reason::noSite);
    if (options.tokenizer) {
        if (const auto ids = encodeTurns(*options.tokenizer, turns, tiles, options.tokensPerTile); ids.ok())
            view.tokens = static_cast<std::int64_t>(ids->size());
    }
    return view;
}

} // namespace winnow
