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

std::vector<std::string> allPictures(const std::string &first, const std::vector<std::string> &further)
{
    std::vector<std::string> all;
    if (!first.empty())
        all.push_back(first);
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

Result<EncodedSample> asResult(EncodeOutcome outcome)
{
    if (outcome.sample)
        return std::move(*outcome.sample);
    return Error{std::move(outcome.message)};
}

} // namespace

std::vector<std::string> picturesOf(const ConversationRow &row)
{
    return allPictures(row.picturePath, row.furtherPictures);
}

std::vector<std::string> picturesOf(const QuestionRow &question)
{
    return allPictures(question.picturePath, question.furtherPictures);
}

std::vector<int> tileCounts(const Tiles &tiles)
{
    if (tiles.count == 0)
        return {};
    return tiles.ofPicture.empty() ? std::vector<int>{tiles.count} : tiles.ofPicture;
}

Result<std::vector<std::int32_t>> encodeTurns(const Tokenizer &tokenizer, std::span<const Turn> turns,
                                              std::span<const int> tileCounts, int tokensPerTile)
{
    std::string prompt = renderChat(turns);
    if (tileCounts.empty())
        return tokenizer.encode(withoutPicture(std::move(prompt)));
    std::vector<int> tokens;
    for (const int count : tileCounts)
        tokens.push_back(count * tokensPerTile);
    WINNOW_ASSIGN(const std::string placed, placePictures(std::move(prompt), tokens));
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

Result<Tiles> SampleEncoder::loadTiles(std::span<const std::string> paths) const
{
    std::vector<Tiles> parts;
    for (const std::string &path : paths) {
        WINNOW_ASSIGN(const Picture picture, readPicture(path));
        parts.push_back(tilePicture(picture, shareOfTiles(m_options.maxTiles, paths.size()), m_options.tileSize));
    }
    if (parts.size() > 1)
        return joinTiles(parts);
    return parts.empty() ? Tiles{} : std::move(parts.front());
}

EncodeOutcome SampleEncoder::examineTurns(std::span<const Turn> turns, const Result<Tiles> &tiles,
                                          const std::string &name) const
{
    if (!tiles && m_options.missingPicture == MissingPicture::Drop)
        return refused(drop_reason::picture, name, tiles.error().message);
    const std::vector<int> counts = tiles ? tileCounts(*tiles) : std::vector<int>{};
    auto ids = encodeTurns(m_tokenizer, turns, counts, m_options.tokensPerTile);
    if (!ids)
        return refused(counts.size() > 1 ? drop_reason::otherPlaces : drop_reason::severalPlaces, name,
                       ids.error().message);
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
    EncodeOutcome outcome = examineTurns(row.turns, loadTiles(picturesOf(row)), "row " + std::to_string(row.fileRow));
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
    return asResult(examine(question, candidate, loadTiles(picturesOf(question))));
}

std::vector<Turn> SampleEncoder::candidateTurns(const QuestionRow &question, std::size_t candidate) const
{
    const std::string &system = question.systemText.empty() ? m_options.systemText : question.systemText;
    return buildCandidateTurns(system, question.question,
                               candidateSteps(question.candidates[candidate], m_options.splitter));
}

} // namespace winnow
