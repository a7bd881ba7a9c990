#include "core/data/demo/demo_base.h"

#include "core/data/demo/demo_files.h"
#include "core/data/sample_encoder.h"
#include "core/image/dynamic_tiling.h"
#include "core/text/chat_template.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace winnow {

namespace {

std::string joinedSteps(const DemoChain &chain)
{
    std::string text;
    for (const std::string &step : chain.steps)
        text += (text.empty() ? "" : "\n") + step;
    return text;
}

/// Every token that an assistant turn says becomes a site; the turn's end mark too if `withEnd`.
std::vector<Site> spokenSites(const std::vector<std::int32_t> &ids, const std::vector<std::int32_t> &head,
                              std::int32_t turnEnd, bool withEnd)
{
    std::vector<Site> sites;
    auto place = std::search(ids.begin(), ids.end(), head.begin(), head.end());
    while (place != ids.end()) {
        auto token = place + static_cast<std::ptrdiff_t>(head.size());
        for (; token != ids.end(); ++token) {
            const bool end = *token == turnEnd;
            if (!end || withEnd)
                sites.push_back({static_cast<std::int32_t>(token - ids.begin()) - 1, *token});
            if (end)
                break;
        }
        place = std::search(token, ids.end(), head.begin(), head.end());
    }
    return sites;
}

/// Words for right and wrong, each one token by itself and in the system text, none of them a real label.
constexpr std::array<std::pair<char, char>, 16> judgeWords{{{'y', 'n'}, {'g', 'h'}, {'o', 'v'}, {'r', 'u'},
                                                            {'j', 'k'}, {'p', 'q'}, {'A', 'Z'}, {'G', 'B'},
                                                            {'T', 'F'}, {'R', 'W'}, {'!', '?'}, {'>', '<'},
                                                            {'*', '~'}, {'$', '%'}, {'&', '#'}, {'C', 'X'}}};

DigitPose drawPose(Random &random, DemoBaseRows::Level level)
{
    using Level = DemoBaseRows::Level;
    switch (level) {
    case Level::Easy: break;
    case Level::Full: return random.below(2) == 0 ? DigitPose{} : drawSlightPose(random);
    case Level::Writers: return random.below(4) == 0 ? DigitPose{} : drawWritersPose(random);
    }
    return {};
}

} // namespace

Result<std::unique_ptr<DemoBaseRows>> DemoBaseRows::create(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed,
                                                           std::size_t rows, Level level)
{
    for (const char *mark : {"<|im_start|>", "<|im_end|>", "<img>", "</img>", "<IMG_CONTEXT>"}) {
        if (!tokenizer.tokenId(mark))
            return Error{std::string("The tokenizer has no token ") + mark + "; the demo's base needs its own."};
    }
    return std::unique_ptr<DemoBaseRows>(new DemoBaseRows(std::move(sheet), std::move(tokenizer), seed, rows, level));
}

DemoBaseRows::DemoBaseRows(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed, std::size_t rows, Level level)
    : m_sheet(std::move(sheet))
    , m_tokenizer(std::move(tokenizer))
    , m_seed(seed)
    , m_rows(rows)
    , m_level(level)
    , m_head(m_tokenizer.encode("<|im_start|>assistant\n"))
    , m_turnEnd(m_tokenizer.tokenId("<|im_end|>").value_or(-1))
{
}

DemoBaseRows::Kind DemoBaseRows::kindOf(std::size_t row)
{
    switch (row % 4) {
    case 0: return Kind::Chain;
    case 1: return Kind::Read;
    case 2: return Kind::Judge;
    default: return Kind::JudgeInWords;
    }
}

DemoBaseRows::Row DemoBaseRows::row(std::size_t index) const
{
    Random random(m_seed, RandomStream::DemoBase, {static_cast<std::uint64_t>(index)});
    const bool easy = m_level == Level::Easy;
    Row row;
    row.kind = kindOf(index);
    // The kind of row takes turns by 4; dividing keeps kind and subject independent.
    row.problem = drawDemoProblem(m_sheet, random, demoKindOfRow(index / 4), 0, DigitSheet::trainPictures);
    const DemoChain chain = drawDemoChain(row.problem, random, row.kind == Kind::Chain ? 1.0 : demoRightInBaseJudge);
    for (std::size_t i = 0; i < row.problem.pictures.size(); ++i)
        row.poses.push_back(drawPose(random, m_level));
    const Turn question{Turn::Role::User, demoQuestionTurn(row.problem)};
    if (row.kind == Kind::Chain) {
        row.turns = {{Turn::Role::System, std::string(demoChainText)},
                     question,
                     {Turn::Role::Assistant, joinedSteps(chain)}};
        row.read = row.turns;
        return row;
    }
    const bool words = row.kind == Kind::JudgeInWords && !easy;
    const auto [rightWord, wrongWord] = judgeWords[words ? random.below(judgeWords.size()) : 0];
    const std::string right(1, rightWord), wrong(1, wrongWord);
    const bool reading = row.kind == Kind::Read;
    const bool readsRight = !reading && !easy && random.below(2) == 0;
    const std::string system =
        reading ? std::string(demoReadText) : "Judge each step with " + right + " or " + wrong + ".";
    row.turns = {{Turn::Role::System, system}, question};
    row.read = row.turns;
    for (std::size_t i = 0; i < chain.steps.size(); ++i) {
        const std::string truth = reading ? std::to_string(chain.values[i]) : chain.labels[i] ? right : wrong;
        for (std::vector<Turn> *turns : {&row.turns, &row.read}) {
            turns->push_back({Turn::Role::User, chain.steps[i]});
            turns->push_back({Turn::Role::Assistant, turns == &row.read && readsRight ? right : truth});
        }
    }
    return row;
}

std::shared_ptr<const EncodedSample> DemoBaseRows::get(std::size_t index) const
{
    const Row row = this->row(index);
    auto sample = std::make_shared<EncodedSample>();
    sample->tiles = tilePicture(m_sheet.sideBySide(row.problem.pictures, row.poses), demoMaxTiles, demoTileSize);
    const std::vector<int> tiles = tileCounts(sample->tiles);
    auto truth = encodeTurns(m_tokenizer, row.turns, tiles, demoTokensPerTile);
    auto read = encodeTurns(m_tokenizer, row.read, tiles, demoTokensPerTile);
    assert(truth.ok() && read.ok() && "the demo's own text holds no <image>");
    assert(truth->size() == read->size() && "every verdict is one token");
    sample->sites = spokenSites(*truth, m_head, m_turnEnd, row.kind == Kind::Chain);
    sample->ids = std::move(*read);
    return sample;
}

} // namespace winnow
