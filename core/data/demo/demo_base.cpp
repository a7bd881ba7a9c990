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

/// Single characters that are one token by themselves and in the system text, and that no step, value or real label
/// is written with.
std::vector<std::string> judgeWords(const Tokenizer &tokenizer)
{
    constexpr std::string_view taken = "+-abcmax|(),=:.";
    std::vector<std::string> words;
    for (char c = '!'; c <= '~'; ++c) {
        const std::string word(1, c);
        const bool digit = c >= '0' && c <= '9';
        if (!digit && taken.find(c) == std::string_view::npos && tokenizer.encode(" " + word).size() == 2
            && tokenizer.encode(" " + word + ".").size() == 3)
            words.push_back(word);
    }
    return words;
}

DigitPose drawPose(Random &random)
{
    const auto around = [&random](double span) { return span * (2.0 * random.uniform() - 1.0); };
    return {around(0.6), around(0.6), around(0.15), 1.0 + around(0.08)};
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
    , m_words(judgeWords(m_tokenizer))
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
    Row row;
    row.kind = kindOf(index);
    // The kind of row takes turns by 4; dividing keeps kind and subject independent.
    row.problem = drawDemoProblem(m_sheet, random, demoKindOfRow(index / 4), 0, DigitSheet::trainPictures);
    const DemoChain chain = drawDemoChain(row.problem, random, row.kind == Kind::Chain ? 1.0 : demoRightInBaseJudge);
    for (std::size_t i = 0; i < row.problem.pictures.size(); ++i)
        row.poses.push_back(easy(index) || random.below(2) == 0 ? DigitPose{} : drawPose(random));
    const Turn question{Turn::Role::User, demoQuestionTurn(row.problem)};
    if (row.kind == Kind::Chain) {
        row.turns = {{Turn::Role::System, std::string(demoChainText)},
                     question,
                     {Turn::Role::Assistant, joinedSteps(chain)}};
        row.read = row.turns;
        return row;
    }
    std::string right = "y", wrong = "n";
    if (row.kind == Kind::JudgeInWords && !easy(index)) {
        const std::size_t first = random.below(m_words.size());
        const std::size_t other = random.below(m_words.size() - 1);
        right = m_words[first];
        wrong = m_words[other + (other >= first ? 1 : 0)];
    }
    const bool reading = row.kind == Kind::Read;
    const bool readsRight = !reading && !easy(index) && random.below(2) == 0;
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
    auto truth = encodeTurns(m_tokenizer, row.turns, sample->tiles.count, demoTokensPerTile);
    auto read = encodeTurns(m_tokenizer, row.read, sample->tiles.count, demoTokensPerTile);
    assert(truth.ok() && read.ok() && "the demo's own text holds no <image>");
    assert(truth->size() == read->size() && "every verdict is one token");
    sample->sites = spokenSites(*truth, m_head, m_turnEnd, row.kind == Kind::Chain);
    sample->ids = std::move(*read);
    return sample;
}

} // namespace winnow
