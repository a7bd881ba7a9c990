#include "core/weights/checkpoint_files.h"

#include "core/weights/convert_values.h"
#include "core/weights/strict_json.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

namespace winnow {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t maxIndexBytes = 64 << 20;
constexpr std::size_t maxIndexDepth = 8;
constexpr std::size_t maxShards = 10000;
constexpr std::string_view headName = "language_model.lm_head.weight";

bool fileExists(const fs::path &path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

std::int64_t elementCount(const TensorView &view)
{
    return static_cast<std::int64_t>(view.data.size() / dtypeSize(view.dtype));
}

/// A shard's name is a plain file name beside the index: a path could lead anywhere.
bool isPlainShardName(std::string_view name)
{
    constexpr std::string_view suffix = ".safetensors";
    return name.size() > suffix.size() && name.size() <= 255 && name.ends_with(suffix) && name.front() != '.'
        && name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

/// The first names of a list, for a sentence.
std::string firstOf(const std::vector<std::string> &names)
{
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), shown); ++i)
        text += (i ? ", " : "") + names[i];
    return names.size() > shown ? text + " and " + std::to_string(names.size() - shown) + " more" : text;
}

} // namespace

Result<CheckpointFiles> CheckpointFiles::open(const std::string &folder, const std::optional<InternVLConfig> &config)
{
    CheckpointFiles files;
    files.m_folder = folder;
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
        return Error{folder + ": is no folder; give the folder that holds the checkpoint's model.safetensors."};
    WINNOW_TRY(files.openTensors());

    std::vector<std::string> names;
    for (const auto &[name, view] : files.m_tensors)
        names.push_back(name);
    files.m_layout = detectLayout(names);
    files.m_tied = !files.m_tensors.contains(std::string(headName));
    WINNOW_TRY(files.readConfig(config));
    files.compare();
    return files;
}

Status CheckpointFiles::openTensors()
{
    const fs::path folder(m_folder);
    if (fileExists(folder / "model.safetensors"))
        return addFile((folder / "model.safetensors").string());
    const fs::path index = folder / "model.safetensors.index.json";
    if (fileExists(index))
        return openIndexed(index.string());
    if (fileExists(folder / "pytorch_model.bin") || fileExists(folder / "pytorch_model.bin.index.json"))
        return Error{m_folder + ": holds only pytorch_model.bin; convert it to model.safetensors first."};
    return Error{m_folder + ": holds neither model.safetensors nor model.safetensors.index.json."};
}

Status CheckpointFiles::openIndexed(const std::string &indexPath)
{
    WINNOW_ASSIGN(const std::string text, readSmallFile(indexPath, maxIndexBytes));
    WINNOW_ASSIGN(const json index, parseStrictJson(text, indexPath, maxIndexDepth));
    if (!index.is_object() || !index.contains("weight_map") || !index["weight_map"].is_object()
        || index["weight_map"].empty())
        return Error{indexPath + ": has no weight_map that names tensors and their files."};
    const json &weightMap = index["weight_map"];
    std::set<std::string> shards;
    for (const auto &[name, shard] : weightMap.items()) {
        if (!shard.is_string() || !isPlainShardName(shard.get_ref<const std::string &>()))
            return Error{indexPath + ": weight_map gives tensor '" + name.substr(0, 200)
                         + "' no plain file name ending in .safetensors; shards must stand beside the index."};
        shards.insert(shard.get<std::string>());
    }
    if (shards.size() > maxShards)
        return Error{indexPath + ": weight_map names " + std::to_string(shards.size()) + " files, more than "
                     + std::to_string(maxShards) + "."};
    for (const std::string &shard : shards)
        WINNOW_TRY(addFile((fs::path(m_folder) / shard).string()));
    for (const auto &[name, shard] : weightMap.items()) {
        const std::string path = (fs::path(m_folder) / shard.get<std::string>()).string();
        const auto origin = m_origin.find(normaliseName(name));
        if (origin == m_origin.end() || origin->second != path)
            return Error{path + ": tensor '" + name.substr(0, 200) + "' is not in this file, where " + indexPath
                         + " says it is; copy the checkpoint again."};
    }
    return {};
}

Status CheckpointFiles::addFile(const std::string &path)
{
    WINNOW_ASSIGN(SafetensorsFile file, SafetensorsFile::open(path));
    for (const auto &[rawName, view] : file.tensors()) {
        const std::string name = normaliseName(rawName);
        const auto [origin, isNew] = m_origin.emplace(name, path);
        if (!isNew)
            return Error{path + ": tensor '" + rawName + "' is there already (as '" + name + "' in " + origin->second
                         + "); remove one of the two."};
        m_tensors.emplace(name, view);
    }
    m_files.push_back(std::move(file));
    return {};
}

Status CheckpointFiles::readConfig(const std::optional<InternVLConfig> &given)
{
    const fs::path path = fs::path(m_folder) / "config.json";
    if (given) {
        m_config = given;
    } else if (fileExists(path)) {
        WINNOW_ASSIGN(m_config, InternVLConfig::fromFile(path.string()));
    } else {
        auto inferred = inferSizes(m_tensors, m_layout);
        if (!inferred)
            return Error{m_folder + ": has no config.json, and the sizes cannot be read from the tensors ("
                         + inferred.error().message + "); add the model's config.json."};
        m_inferred = std::move(inferred).value();
    }
    if (m_config)
        m_config->language.tied = m_tied;
    if (m_inferred)
        m_inferred->language.tied = m_tied;
    return {};
}

void CheckpointFiles::compare()
{
    std::set<std::string> used;
    for (const TensorSource &source : tensorSources(m_config ? *m_config : *m_inferred, m_tied, m_layout)) {
        const std::vector<std::int64_t> shape = source.diskShape();
        for (const std::string &name : source.diskNames) {
            used.insert(name);
            const auto found = m_tensors.find(name);
            if (found == m_tensors.end()) {
                m_missing.push_back(name);
                continue;
            }
            const TensorView &view = found->second;
            m_parameters += elementCount(view);
            if (view.shape != shape)
                m_wrong.push_back(
                    {name, "has shape " + shapeText(view.shape) + ", but " + shapeText(shape) + " is needed"});
            else if (!isFloating(view.dtype))
                m_wrong.push_back({name, "has dtype " + std::string(dtypeName(view.dtype))
                                             + ", but F32, F16, BF16 or F64 is needed"});
        }
    }
    for (const auto &[name, view] : m_tensors) {
        if (!used.contains(name))
            m_extra.push_back(name);
    }
}

std::optional<Error> CheckpointFiles::problem() const
{
    if (!m_missing.empty())
        return Error{m_folder + ": " + std::to_string(m_missing.size()) + " tensors of the model are missing ("
                     + firstOf(m_missing) + "); the checkpoint is incomplete or its config.json belongs to another."};
    if (!m_wrong.empty())
        return Error{m_folder + ": tensor '" + m_wrong.front().name + "' " + m_wrong.front().problem
                     + (m_wrong.size() > 1 ? " (and " + std::to_string(m_wrong.size() - 1) + " more are wrong)" : "")
                     + "; config.json and the weights do not belong together."};
    if (!m_config)
        return Error{m_folder + ": has no config.json; head counts and rope theta cannot be read from the tensors, so "
                                "add the model's config.json."};
    return std::nullopt;
}

Result<std::vector<TensorToLoad>> CheckpointFiles::plan() const
{
    if (std::optional<Error> error = problem())
        return *error;
    std::vector<TensorToLoad> plan;
    for (TensorSource &source : tensorSources(*m_config, m_tied, m_layout)) {
        std::vector<TensorView> views;
        for (const std::string &name : source.diskNames)
            views.push_back(m_tensors.at(name));
        plan.push_back({std::move(source), std::move(views)});
    }
    return plan;
}

} // namespace winnow
