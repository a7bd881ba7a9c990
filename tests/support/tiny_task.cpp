#include "tests/support/tiny_task.h"

#include "core/base/random.h"
#include "core/data/demo/demo_base.h"
#include "core/data/demo/demo_files.h"
#include "core/weights/checkpoint_names.h"
#include "core/weights/safetensors_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace winnow::test
{

namespace
{

bool endsWith(const std::string &text, std::string_view end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Norms begin at 1, biases at 0, the rest small, as a fresh model has them.
std::vector<float> startingValues(const std::string &name, std::size_t count, Random &random)
{
    const bool isNorm = name.find("norm") != std::string::npos || name.find("mlp1.0.") != std::string::npos;
    std::vector<float> values(count, isNorm && endsWith(name, "weight") ? 1.0f : 0.0f);
    if (isNorm || endsWith(name, "bias"))
        return values;
    for (float &value : values)
        value = static_cast<float>(0.05 * random.normal());
    return values;
}

std::string tinyConfigJson(const Tokenizer &tokenizer, InternVLConfig &config)
{
    config = *InternVLConfig::fromJson(demoBaseConfigJson(tokenizer), "config.json");
    config.vision.hidden = 32;
    config.vision.mlp = 64;
    config.language.hidden = 64;
    config.language.layers = 2;
    config.language.headDim = 16;
    config.language.mlp = 96;
    config.dtype = "float32";
    return config.toHfJson();
}

} // namespace

Status writeTinyTask(const std::string &folder, const TinyTask &sizes)
{
    WINNOW_ASSIGN(const DigitSheet sheet, DigitSheet::load(WINNOW_SOURCE_DIR "/resources/demo"));
    DemoTaskOptions options;
    options.seed = sizes.seed;
    options.noise = {0.4, 0.4, 0.4};
    options.trainRows = sizes.trainRows;
    options.metaRows = sizes.metaRows;
    options.holdoutRows = sizes.holdoutRows;
    options.questions = sizes.questions;
    options.candidates = sizes.candidates;
    WINNOW_ASSIGN(const DemoTask task, generateDemoTask(sheet, options));
    return writeDemoTask(task, sheet, folder);
}

Status writeTinyCheckpoint(const std::string &folder, std::uint64_t seed)
{
    WINNOW_ASSIGN(const Tokenizer tokenizer, makeDemoTokenizer());
    WINNOW_TRY(writeDemoBaseFiles(tokenizer, folder));
    InternVLConfig config;
    std::ofstream file(folder + "/config.json", std::ios::binary | std::ios::trunc);
    file << tinyConfigJson(tokenizer, config);
    file.close();
    if (!file)
        return Error{"config.json cannot be written"};
    const std::vector<TensorSource> sources = tensorSources(config, config.language.tied, CheckpointLayout::Hf);
    std::vector<std::vector<float>> values;
    std::vector<TensorToWrite> tensors;
    values.reserve(10000); // the views below point into it
    for (const TensorSource &source : sources) {
        const std::vector<std::int64_t> shape = source.diskShape();
        std::size_t count = 1;
        for (const std::int64_t side : shape)
            count *= static_cast<std::size_t>(side);
        for (const std::string &name : source.diskNames) {
            Random random(seed, RandomStream::ModelInit, {values.size()});
            values.push_back(startingValues(source.internalName, count, random));
            tensors.push_back({name, DType::F32, shape, std::as_bytes(std::span(values.back()))});
        }
    }
    return writeSafetensors(folder + "/model.safetensors", std::move(tensors));
}

Status writeTinyRun(const std::string &folder, const TinyRun &sizes)
{
    WINNOW_TRY(writeTinyTask(folder + "/data"));
    WINNOW_TRY(writeTinyCheckpoint(folder + "/model"));
    std::ofstream file(folder + "/run.toml");
    file << "name = \"tiny\"\nseed = 3\nthreads = " << sizes.threads << "\ncheckpoint_every = " << sizes.checkpointEvery
         << "\n[model]\ncheckpoint = \"model\"\n"
            "[data]\ntrain = \"data/train.json\"\nmeta = \"data/meta.json\"\n"
            "holdout = \"data/holdout.json\"\ntest = \"data/test.json\"\n"
            "[train]\nbatch = 4\niterations = "
         << sizes.iterations << "\n[meta]\nbatch = 4\n[evaluation]\ncandidates = 3\nevery = " << sizes.evaluateEvery
         << "\n";
    file.close();
    return file ? Status{} : Status{Error{"run.toml cannot be written"}};
}

} // namespace winnow::test
