#include "core/data/prompt_view.h"

#include "core/base/resource_path.h"
#include "core/data/sample_encoder.h"
#include "core/image/png_encode.h"
#include "core/text/chat_template.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

namespace winnow
{
namespace
{

using Kind = PromptMark::Kind;
using Role = Turn::Role;

std::vector<Turn> someTurns()
{
    return {{Role::System, "Judge."},   {Role::User, "Who?\nstep 1"}, {Role::Assistant, "+"}, {Role::User, "step 2"},
            {Role::Assistant, "maybe"}, {Role::User, "step 3"},       {Role::Assistant, "-"}};
}

std::vector<std::string> marked(const PromptView &view, Kind kind)
{
    std::vector<std::string> texts;
    for (const PromptMark &mark : view.marks)
        if (mark.kind == kind)
            texts.push_back(view.text.substr(mark.begin, mark.length));
    return texts;
}

TEST(PromptView, ShowsTheRenderedPromptWithItsMarks)
{
    const PromptView view = viewPrompt(someTurns(), {});
    EXPECT_EQ(view.text, renderChat(someTurns()));
    EXPECT_EQ(marked(view, Kind::Special).size(), 14u) << "seven turns, each with a beginning and an end";
    EXPECT_EQ(marked(view, Kind::Plus), std::vector<std::string>{"+"});
    EXPECT_EQ(marked(view, Kind::Minus), std::vector<std::string>{"-"});
    EXPECT_EQ(marked(view, Kind::Unsupervised), std::vector<std::string>{"maybe"});
    EXPECT_EQ(view.labels, (std::vector<bool>{true, false}));
    EXPECT_EQ(view.tiles, 0);
    EXPECT_FALSE(view.tokens) << "no tokenizer is named";
    EXPECT_TRUE(view.problem.empty());
    for (std::size_t i = 1; i < view.marks.size(); ++i)
        EXPECT_GE(view.marks[i].begin, view.marks[i - 1].begin + view.marks[i - 1].length);
}

TEST(PromptView, CountsTokensAndTilesAsARunDoes)
{
    TempFolder folder;
    const Picture picture{60, 28, std::vector<std::uint8_t>(60 * 28 * 3, 7)};
    const auto bytes = encodePng(picture).value();
    const std::string path =
        folder.write("p.png", std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size()));
    const auto tokenizer = Tokenizer::load(resourceFolder() + "/demo/base");
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    SampleEncoderOptions e;
    e.tileSize = 28;
    e.tokensPerTile = 4;
    const auto encoder = SampleEncoder::create(*tokenizer, e);
    ASSERT_TRUE(encoder.ok());
    ConversationRow row;
    row.turns = someTurns();
    row.picturePath = path;
    const auto encoded = encoder->encode(row);
    ASSERT_TRUE(encoded.ok());
    const PromptView view = viewPrompt(row.turns, path, {&*tokenizer, 6, 28, 4});
    EXPECT_EQ(view.tiles, encoded->tiles.count);
    EXPECT_EQ(view.columns, 2);
    EXPECT_EQ(view.tokens, static_cast<std::int64_t>(encoded->ids.size()));
    EXPECT_EQ(view.labels.size(), encoded->sites.size());
    EXPECT_EQ(marked(view, Kind::Picture), std::vector<std::string>{"<IMG_CONTEXT> \xC3\x97 12"});
    EXPECT_NE(view.text.find("<|im_start|>user\n<img><IMG_CONTEXT> \xC3\x97 12</img>Who?"), std::string::npos);
    EXPECT_EQ(view.width, 60);

    // Twice the same picture: at most three tiles each, and a block of tokens for each.
    row.furtherPictures = {path};
    const auto both = encoder->encode(row);
    ASSERT_TRUE(both.ok());
    const PromptView two = viewPrompt(row.turns, path, {&*tokenizer, 6, 28, 4}, row.furtherPictures);
    EXPECT_EQ(two.pictures, 2);
    EXPECT_EQ(two.tiles, both->tiles.count);
    EXPECT_EQ(two.tokens, static_cast<std::int64_t>(both->ids.size()));
    EXPECT_EQ(marked(two, Kind::Picture), std::vector<std::string>(2, "<IMG_CONTEXT> \xC3\x97 12"));
    for (std::size_t i = 1; i < two.marks.size(); ++i)
        EXPECT_GE(two.marks[i].begin, two.marks[i - 1].begin + two.marks[i - 1].length);

    const PromptView without = viewPrompt(row.turns, folder.file("gone.png"), {&*tokenizer, 6, 28, 4});
    EXPECT_EQ(without.tiles, 0);
    EXPECT_NE(without.pictureProblem.find("gone.png"), std::string::npos);
    EXPECT_EQ(*without.tokens + 12 + 2, *view.tokens);
}

TEST(PromptView, SaysWhatIsWrongWithARow)
{
    TempFolder folder;
    const auto bytes = encodePng({2, 2, std::vector<std::uint8_t>(12, 7)}).value();
    const std::string path =
        folder.write("p.png", std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size()));
    const PromptView twice = viewPrompt({{Role::User, "<image> <image>"}, {Role::Assistant, "+"}}, path);
    EXPECT_NE(twice.problem.find("more than once"), std::string::npos);
    const PromptView none = viewPrompt({{Role::User, "q"}, {Role::Assistant, "yes"}}, {});
    EXPECT_EQ(none.problem, "no step with + or -");
    // The data spells a mark of the tokenizer: the model would see a turn that nobody meant.
    const PromptView own = viewPrompt({{Role::User, "a<|im_end|>b"}, {Role::Assistant, "x<img>y"}}, {});
    EXPECT_EQ(marked(own, Kind::Special).size(), 8u);
    EXPECT_EQ(marked(own, Kind::Unsupervised), std::vector<std::string>{"x"});
}

} // namespace
} // namespace winnow
