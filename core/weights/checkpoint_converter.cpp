#include "core/weights/checkpoint_converter.h"

#include "core/weights/convert_values.h"
#include "core/weights/strict_json.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace winnow
{

namespace
{

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t maxConfigBytes = 16 << 20;
constexpr std::size_t chunkBytes = 4 << 20; // of the source, converted at a time

constexpr auto sharedFiles = std::to_array<std::string_view>(
    {"added_tokens.json", "chat_template.jinja", "chat_template.json", "generation_config.json", "merges.txt",
     "qwen.tiktoken", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.json"});
/// Mean something else, or nothing, in the other layout.
constexpr auto layoutFiles = std::to_array<std::string_view>({"preprocessor_config.json", "processor_config.json"});

/// Bytes of one dtype that follow one another in a tensor to be written.
struct Piece {
    DType dtype;
    std::span<const std::byte> data;
};

struct Target {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<Piece> pieces;
    DType dtype = DType::F32;

    std::int64_t bytes() const
    {
        std::int64_t size = static_cast<std::int64_t>(dtypeSize(dtype));
        for (const std::int64_t side : shape)
            size *= side;
        return size;
    }
};

/// The dtype that holds the values of all pieces.
DType commonDtype(const std::vector<Piece> &pieces)
{
    DType common = pieces.front().dtype;
    for (const Piece &piece : pieces) {
        if (piece.dtype == common)
            continue;
        const std::size_t wider = std::max(dtypeSize(piece.dtype), dtypeSize(common));
        common = wider == dtypeSize(DType::F64) ? DType::F64 : DType::F32; // also for F16 beside BF16
    }
    return common;
}

/// The tensors on disk that one tensor of the model becomes: itself, its three parts, or the three joined.
std::vector<Target> targetsOf(const TensorToLoad &tensor, const ConvertOptions &options)
{
    const TensorSource &source = tensor.source;
    TensorSource target{source.internalName, diskNames(source.internalName, options.layout), source.shape};
    const std::size_t names = target.diskNames.size();
    std::vector<Target> targets;
    for (std::size_t i = 0; i < names; ++i) {
        Target one{target.diskNames[i], target.diskShape(), {}, DType::F32};
        if (tensor.views.size() == names) {
            one.pieces.push_back({tensor.views[i].dtype, tensor.views[i].data});
        } else if (names == 1) {
            for (const TensorView &view : tensor.views)
                one.pieces.push_back({view.dtype, view.data});
        } else {
            const TensorView &whole = tensor.views.front();
            const std::size_t part = whole.data.size() / names;
            one.pieces.push_back({whole.dtype, whole.data.subspan(i * part, part)});
        }
        one.dtype = options.dtype.value_or(commonDtype(one.pieces));
        targets.push_back(std::move(one));
    }
    return targets;
}

Status writePieces(const std::vector<Piece> &pieces, DType dtype, const TensorSink &sink)
{
    std::vector<std::byte> converted;
    for (const Piece &piece : pieces) {
        if (piece.dtype == dtype) {
            WINNOW_TRY(sink(piece.data));
            continue;
        }
        const std::size_t width = dtypeSize(piece.dtype);
        for (std::size_t begin = 0; begin < piece.data.size(); begin += chunkBytes) {
            const auto in = piece.data.subspan(begin, std::min(chunkBytes, piece.data.size() - begin));
            converted.resize(in.size() / width * dtypeSize(dtype));
            convertValues(piece.dtype, in, dtype, converted);
            WINNOW_TRY(sink(converted));
        }
    }
    return {};
}

Status prepareFolder(const std::string &out, std::int64_t bytes)
{
    std::error_code error;
    if (fs::exists(out, error) && (!fs::is_directory(out, error) || !fs::is_empty(out, error)))
        return Error{out + ": is there already and not empty; name a new folder."};
    fs::create_directories(out, error);
    if (error)
        return Error{out + ": cannot be created (" + error.message() + ")."};
    const fs::space_info space = fs::space(out, error);
    if (!error && space.available < static_cast<std::uintmax_t>(bytes))
        return Error{out + ": the checkpoint takes " + std::to_string(bytes) + " bytes, but only "
                     + std::to_string(space.available) + " are free there."};
    return {};
}

Status writeText(const std::string &path, const std::string &text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        return Error{path + ": cannot be written; check the free space and the permissions of its folder."};
    return {};
}

/// Names the new dtype wherever a config.json names one.
void setDtype(Json &object, std::string_view dtype)
{
    for (const char *key : {"dtype", "torch_dtype"}) {
        if (object.contains(key) && object[key].is_string())
            object[key] = dtype;
    }
    for (auto &[key, value] : object.items()) {
        if (value.is_object())
            setDtype(value, dtype);
    }
}

/// config.json as it stands where the layout stays, so that nothing is lost that Winnow has no use for.
Result<std::string> configText(const CheckpointFiles &files, const ConvertOptions &options)
{
    const std::string path = (fs::path(files.folder()) / "config.json").string();
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        WINNOW_ASSIGN(std::string text, readSmallFile(path, maxConfigBytes));
        WINNOW_ASSIGN(const CheckpointLayout layout, configLayout(text, path));
        if (layout == options.layout && !options.dtype)
            return text;
        if (layout == options.layout) {
            Json document = Json::parse(text, nullptr, false); // was read as JSON when the checkpoint was opened
            setDtype(document, transformersDtype(*options.dtype));
            return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
        }
    }
    InternVLConfig config = *files.config();
    if (!config.imageToken)
        config.imageToken = options.imageToken;
    if (options.dtype)
        config.dtype = transformersDtype(*options.dtype);
    return options.layout == CheckpointLayout::Hf ? config.toHfJson() : config.toOriginalJson();
}

Result<std::vector<std::string>> copySmallFiles(const CheckpointFiles &files, const std::string &out,
                                                CheckpointLayout layout)
{
    std::vector<std::string> names(sharedFiles.begin(), sharedFiles.end());
    if (layout == files.layout())
        names.insert(names.end(), layoutFiles.begin(), layoutFiles.end());
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(files.folder(), error)) {
        if (layout == files.layout() && entry.path().extension() == ".py")
            names.push_back(entry.path().filename().string());
    }
    std::vector<std::string> copied;
    for (const std::string &name : names) {
        if (!fs::is_regular_file(fs::path(files.folder()) / name, error))
            continue;
        fs::copy_file(fs::path(files.folder()) / name, fs::path(out) / name, error);
        if (error)
            return Error{out + "/" + name + ": cannot be written (" + error.message() + ")."};
        copied.push_back(name);
    }
    return copied;
}

} // namespace

Result<ConvertReport> convertCheckpoint(const CheckpointFiles &files, const std::string &out,
                                        const ConvertOptions &options)
{
    WINNOW_ASSIGN(const std::vector<TensorToLoad> plan, files.plan());
    if (options.dtype && !isFloating(*options.dtype))
        return Error{"A checkpoint cannot be written as " + std::string(dtypeName(*options.dtype))
                     + "; choose F64, F32, F16 or BF16."};
    if (options.layout == CheckpointLayout::Hf && !files.config()->imageToken && !options.imageToken)
        return Error{files.folder()
                     + ": neither config.json nor a tokenizer names the id of <IMG_CONTEXT>, which the "
                       "-hf layout needs; name the model's tokenizer."};
    ConvertReport report;
    std::vector<TensorToStream> tensors;
    for (const TensorToLoad &tensor : plan) {
        for (Target &target : targetsOf(tensor, options)) {
            ++report.tensors;
            report.bytes += target.bytes();
            tensors.push_back({std::move(target.name), target.dtype, std::move(target.shape),
                               [pieces = std::move(target.pieces), dtype = target.dtype](const TensorSink &sink) {
                                   return writePieces(pieces, dtype, sink);
                               }});
        }
    }
    WINNOW_ASSIGN(const std::string config, configText(files, options));
    WINNOW_TRY(prepareFolder(out, report.bytes));
    WINNOW_TRY(streamSafetensors(out + "/model.safetensors", std::move(tensors), {{"format", "pt"}}));
    WINNOW_TRY(writeText(out + "/config.json", config));
    WINNOW_ASSIGN(report.copied, copySmallFiles(files, out, options.layout));
    return report;
}

} // namespace winnow
