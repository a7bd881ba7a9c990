#include "core/data/demo/demo_base.h"

#include "core/data/demo/demo_files.h"
#include "core/data/sample_encoder.h"
#include "core/image/dynamic_tiling.h"
#include "core/text/chat_template.h"

#include <algorithm>
#include <cassert>

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

} // namespace

Result<std::unique_ptr<DemoBaseRows>> DemoBaseRows::create(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed,
                                                           std::size_t rows)
{
    for (const char *mark : {"<|im_start|>", "<|im_end|>", "<img>", "</img>", "<IMG_CONTEXT>"}) {
        if (!tokenizer.tokenId(mark))
            return Error{std::string("The tokenizer has no token ") + mark + "; the demo's base needs its own."};
    }
    return std::unique_ptr<DemoBaseRows>(new DemoBaseRows(std::move(sheet), std::move(tokenizer), seed, rows));
}

DemoBaseRows::DemoBaseRows(DigitSheet sheet, Tokenizer tokenizer, std::uint64_t seed, std::size_t rows)
    : m_sheet(std::move(sheet))
    , m_tokenizer(std::move(tokenizer))
    , m_seed(seed)
    , m_rows(rows)
    , m_head(m_tokenizer.encode("<|im_start|>assistant\n"))
    , m_turnEnd(m_tokenizer.tokenId("<|im_end|>").value_or(-1))
{
}

DemoBaseRows::Kind DemoBaseRows::kindOf(std::size_t row)
{
    switch (row % 4) {
    case 0: return Kind::Chain;
    case 1: return Kind::Read;
    default: return Kind::Judge;
    }
}

std::vector<Turn> DemoBaseRows::turns(std::size_t row, DemoProblem &problem) const
{
    Random random(m_seed, RandomStream::DemoBase, {static_cast<std::uint64_t>(row)});
    // The kind of row takes turns by 4; dividing keeps kind and subject independent.
    problem = drawDemoProblem(m_sheet, random, demoKindOfRow(row / 4), 0, DigitSheet::trainPictures);
    const Kind kind = kindOf(row);
    const DemoChain chain = drawDemoChain(problem, random, kind == Kind::Chain ? 1.0 : demoRightInBaseJudge);
    if (kind == Kind::Chain) {
        return {{Turn::Role::System, std::string(demoChainText)},
                {Turn::Role::User, demoQuestionTurn(problem)},
                {Turn::Role::Assistant, joinedSteps(chain)}};
    }
    std::vector<Turn> turns{{Turn::Role::System, std::string(kind == Kind::Read ? demoReadText : demoBaseJudgeText)},
                            {Turn::Role::User, demoQuestionTurn(problem)}};
    for (std::size_t i = 0; i < chain.steps.size(); ++i) {
        turns.push_back({Turn::Role::User, chain.steps[i]});
        turns.push_back({Turn::Role::Assistant,
                         kind == Kind::Read ? std::to_string(chain.values[i]) : chain.labels[i] ? "y" : "n"});
    }
    return turns;
}

std::shared_ptr<const EncodedSample> DemoBaseRows::get(std::size_t row) const
{
    DemoProblem problem;
    const std::vector<Turn> conversation = turns(row, problem);
    auto sample = std::make_shared<EncodedSample>();
    sample->tiles = tilePicture(m_sheet.sideBySide(problem.pictures), demoMaxTiles, demoTileSize);
    auto ids = encodeTurns(m_tokenizer, conversation, sample->tiles.count, demoTokensPerTile);
    assert(ids.ok() && "the demo's own text holds no <image>");
    sample->ids = std::move(*ids);
    sample->sites = spokenSites(sample->ids, m_head, m_turnEnd, kindOf(row) == Kind::Chain);
    return sample;
}

} // namespace winnow
