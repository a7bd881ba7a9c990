#include "app/cli/scoring_session.h"

#include "app/cli/progress_bar.h"
#include "app/cli/text_table.h"
#include "core/model/internvl_config.h"
#include "core/run/engine.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

namespace winnow::cli
{

namespace fs = std::filesystem;

Result<SampleEncoder> openEncoder(const ScoringModel &model, SampleEncoderOptions base)
{
    std::error_code ec;
    if (!fs::is_directory(model.checkpoint, ec))
        return Error{"There is no checkpoint folder \"" + model.checkpoint + "\"."};
    WINNOW_ASSIGN(const InternVLConfig config,
                  InternVLConfig::fromFile((fs::path(model.checkpoint) / "config.json").string()));
    const std::string folder = model.tokenizer.empty() ? model.checkpoint : model.tokenizer;
    WINNOW_ASSIGN(Tokenizer tokenizer, Tokenizer::load(folder));
    if (tokenizer.vocabularySize() > config.language.vocab)
        return Error{"The tokenizer in \"" + folder + "\" has " + std::to_string(tokenizer.vocabularySize())
                     + " tokens, the model in \"" + model.checkpoint + "\" only "
                     + std::to_string(config.language.vocab)
                     + "; give the checkpoint's own tokenizer with --tokenizer."};
    base.tileSize = config.vision.imageSize;
    base.tokensPerTile = config.tokensPerTile();
    base.missingPicture = MissingPicture::TextOnly;
    WINNOW_ASSIGN(SampleEncoder encoder, SampleEncoder::create(std::move(tokenizer), std::move(base)));
    if (config.imageToken && *config.imageToken != encoder.imageContextId())
        return Error{"The checkpoint \"" + model.checkpoint + "\" marks pictures with token "
                     + std::to_string(*config.imageToken) + ", the tokenizer in \"" + folder + "\" with "
                     + std::to_string(encoder.imageContextId()) + "; give the checkpoint's own tokenizer."};
    return encoder;
}

Result<StepScores> scoreSamples(const ScoringModel &model, const RowDataset &samples)
{
    WINNOW_ASSIGN(const std::unique_ptr<Engine> engine, openEngine());
    const SampleEncoder &encoder = samples.encoder();
    ScoreRequest request;
    request.checkpoint = model.checkpoint;
    request.tokens = {encoder.sitePattern().plus, encoder.sitePattern().minus, encoder.imageContextId(),
                      encoder.padId()};
    request.precision = model.precision;
    request.threads = model.threads;
    request.samples = &samples;
    StopFlag stop;
    ProgressBar bar(model.progressLines);
    WINNOW_ASSIGN(StepScores scores, engine->score(request, bar, stop));
    if (scores.pPlusFull.size() != samples.size() || scores.pPlusPair.size() != samples.size())
        return Error{"The engine scored " + std::to_string(scores.pPlusFull.size()) + " of "
                     + std::to_string(samples.size()) + " samples."};
    if (const std::int64_t lost = samples.picturesLost(); lost > 0)
        return Error{std::to_string(lost)
                     + " pictures could be read at first and not any more while scoring; the"
                       " scores are not to be trusted. Try again when the files are there."};
    return scores;
}

RowDatasetOptions datasetOptions(const ScoringModel &model)
{
    const auto cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
    return {.threads = static_cast<int>(model.threads > 0 ? model.threads : std::max<std::int64_t>(1, cores - 1))};
}

std::int64_t printDropped(const std::string &path, const ReadReport &report)
{
    std::int64_t dropped = 0;
    for (const auto &[reason, drop] : report.dropped) {
        std::cerr << plainLine(path) << ": " << drop.count << " of " << report.rowsRead
                  << " rows are left out: " << reason << " (first: row " << drop.firstRow << ")\n";
        dropped += drop.count;
    }
    for (const std::string &note : report.notes)
        std::cerr << plainLine(path) << ": " << plainLine(note) << '\n';
    return dropped;
}

} // namespace winnow::cli
