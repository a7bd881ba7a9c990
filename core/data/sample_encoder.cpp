#include "core/data/sample_encoder.h"

#include "core/image/decode.h"
#include "core/image/dynamic_tiling.h"
#include "core/text/chat_template.h"
#include "core/text/step_splitter.h"

#include <algorithm>

namespace winnow {

namespace {

EncodeOutcome refused(std::string_view reason, const std::string &name, const std::string &detail)
{
    EncodeOutcome outcome;
    outcome.reason = reason;
    outcome.message = name + ": " + std::string(reason) + (detail.empty() ? "" : " (" + detail + ")") + ".";
    return outcome;
}

Status check(const SampleEncoderOptions &options)
{
    if (options.tileSize < 1 || options.tileSize > 4096)
        return Error{"The tile size must lie between 1 and 4096 pixels; look at force_image_size in config.json."};
    if (options.tokensPerTile < 1 || options.tokensPerTile > 65536)
        return Error{"A tile must have 1 to 65,536 tokens; look at patch_size and downsample_ratio in config.json."};
    if (options.maxTiles < 1 || options.maxTiles > 1024)
        return Error{"The largest number of tiles must lie between 1 and 1024."};
    if (options.tokenLimit < 1)
        return Error{"The token limit must be at least 1."};
    return {};
}

Result<EncodedSample> asResult(EncodeOutcome outcome)
{
    if (outcome.sample)
        return std::move(*outcome.sample);
    return Error{std::move(outcome.message)};
}

} // namespace

Result<std::vector<std::int32_t>> encodeTurns(const Tokenizer &tokenizer, std::span<const Turn> turns, int tileCount,
                                              int tokensPerTile)
{
    std::string prompt = renderChat(turns);
    if (tileCount == 0)
        return tokenizer.encode(withoutPicture(std::move(prompt)));
    WINNOW_ASSIGN(const std::string placed, placePicture(std::move(prompt), tileCount * tokensPerTile));
    return tokenizer.encode(placed);
}

Result<SampleEncoder> SampleEncoder::create(Tokenizer tokenizer, SampleEncoderOptions options)
{
    WINNOW_TRY(check(options));
    WINNOW_ASSIGN(SitePattern pattern, makeSitePattern(tokenizer));
    const auto context = tokenizer.tokenId("<IMG_CONTEXT>");
    if (!context || !tokenizer.tokenId("<img>") || !tokenizer.tokenId("</img>"))
        return Error{"The tokenizer has no <img>, </img> or <IMG_CONTEXT>; it is not one of an InternVL checkpoint."};
    SampleEncoder encoder(std::move(tokenizer), std::move(options), std::move(pattern));
    encoder.m_imageContext = *context;
    // <|endoftext|> pads; a tokenizer without it pads with 0, which is never looked at.
    encoder.m_pad = encoder.m_tokenizer.tokenId("<|endoftext|>").value_or(0);
    return encoder;
}

SampleEncoder::SampleEncoder(Tokenizer tokenizer, SampleEncoderOptions options, SitePattern pattern)
    : m_tokenizer(std::move(tokenizer))
    , m_options(std::move(options))
    , m_pattern(std::move(pattern))
{
}

Result<Tiles> SampleEncoder::loadTiles(const std::string &path) const
{
    if (path.empty())
        return Tiles{};
    WINNOW_ASSIGN(const Picture picture, readPicture(path));
    return tilePicture(picture, m_options.maxTiles, m_options.tileSize);
}

EncodeOutcome SampleEncoder::examineTurns(std::span<const Turn> turns, const Result<Tiles> &tiles,
                                          const std::string &name) const
{
    if (!tiles && m_options.missingPicture == MissingPicture::Drop)
        return refused(drop_reason::picture, name, tiles.error().message);
    const int tileCount = tiles ? tiles->count : 0;
    auto ids = encodeTurns(m_tokenizer, turns, tileCount, m_options.tokensPerTile);
    if (!ids)
        return refused(drop_reason::severalPlaces, name, ids.error().message);
    if (static_cast<std::int64_t>(ids->size()) > m_options.tokenLimit)
        return refused(drop_reason::tooLong, name,
                       std::to_string(ids->size()) + " tokens, limit " + std::to_string(m_options.tokenLimit));
    EncodedSample sample;
    sample.sites = findSites(*ids, m_pattern);
    if (sample.sites.empty())
        return refused(drop_reason::noSite, name, {});
    EncodeOutcome outcome;
    outcome.unsupervisedTurns = countUnsupervisedTurns(*ids, m_pattern);
    outcome.hasAddedToken = std::any_of(turns.begin(), turns.end(), [this](const Turn &turn) {
        return m_tokenizer.containsAddedToken(turn.text);
    });
    sample.ids = std::move(*ids);
    sample.pictureMissing = !tiles;
    if (tiles)
        sample.tiles = *tiles;
    outcome.sample = std::move(sample);
    return outcome;
}

EncodeOutcome SampleEncoder::examine(const ConversationRow &row) const
{
    EncodeOutcome outcome = examineTurns(row.turns, loadTiles(row.picturePath), "row " + std::to_string(row.fileRow));
    if (outcome.sample)
        outcome.sample->answerIsRight = row.trueFalse.value_or(true);
    return outcome;
}

EncodeOutcome SampleEncoder::examine(const QuestionRow &question, std::size_t candidate,
                                     const Result<Tiles> &tiles) const
{
    EncodeOutcome outcome =
        examineTurns(candidateTurns(question, candidate), tiles,
                     "row " + std::to_string(question.fileRow) + ", candidate " + std::to_string(candidate));
    if (outcome.sample && candidate < question.trueFalse.size())
        outcome.sample->answerIsRight = question.trueFalse[candidate];
    return outcome;
}

Result<EncodedSample> SampleEncoder::encode(const ConversationRow &row) const
{
    return asResult(examine(row));
}

Result<EncodedSample> SampleEncoder::encode(const QuestionRow &question, std::size_t candidate) const
{
    if (candidate >= question.candidates.size())
        return Error{"row " + std::to_string(question.fileRow) + " has no candidate " + std::to_string(candidate)
                     + "."};
    return asResult(examine(question, candidate, loadTiles(question.picturePath)));
}

std::vector<Turn> SampleEncoder::candidateTurns(const QuestionRow &question, std::size_t candidate) const
{
    const std::string &system = question.systemText.empty() ? m_options.systemText : question.systemText;
    return buildCandidateTurns(system, question.question,
                               candidateSteps(question.candidates[candidate], m_options.splitter));
}

} // namespace winnow
