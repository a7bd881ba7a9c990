#include "core/weights/safetensors_rules.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace winnow
{

namespace
{

/// A file beside `path` that takes its place on commit() and vanishes otherwise.
class TemporaryFile
{
public:
    explicit TemporaryFile(std::string path) : m_path(std::move(path)) { }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;
    ~TemporaryFile()
    {
        if (m_file >= 0)
            ::close(m_file);
        if (!m_temporary.empty())
            ::unlink(m_temporary.c_str());
    }

    Status create()
    {
        for (int attempt = 0; attempt < 1000 && m_file < 0; ++attempt) {
            const std::string name = m_path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
            m_file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (m_file >= 0)
                m_temporary = name;
            else if (errno != EEXIST)
                break;
        }
        return m_file >= 0 ? Status() : failed("cannot be created");
    }

    Status write(std::span<const std::byte> data)
    {
        while (!data.empty()) {
            const std::size_t part = std::min<std::size_t>(data.size(), std::size_t{1} << 30);
            const ssize_t done = ::write(m_file, data.data(), part);
            if (done < 0 && errno == EINTR)
                continue;
            if (done < 0)
                return failed("cannot be written");
            data = data.subspan(static_cast<std::size_t>(done));
        }
        return {};
    }

    Status commit()
    {
        if (::fsync(m_file) != 0)
            return failed("cannot be written to the disk");
        if (::close(std::exchange(m_file, -1)) != 0)
            return failed("cannot be closed");
        if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
            return failed("cannot be put in its place");
        m_temporary.clear();
        const std::size_t slash = m_path.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : m_path.substr(0, slash);
        const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const bool synced = handle >= 0 && (::fsync(handle) == 0 || errno == EINVAL);
        const int error = errno;
        if (handle >= 0)
            ::close(handle);
        errno = error;
        return synced ? Status() : failed("stands in a folder that cannot be synchronised");
    }

private:
    Status failed(const std::string &what) const
    {
        return Error{m_path + ": " + what + " (" + std::strerror(errno) + ")."};
    }

    std::string m_path;
    std::string m_temporary;
    int m_file = -1;
};

/// The reference library's order: wide elements first, then by name, so every tensor starts aligned without gaps.
bool writtenBefore(const TensorToStream &a, const TensorToStream &b)
{
    const std::size_t sizeA = dtypeSize(a.dtype);
    const std::size_t sizeB = dtypeSize(b.dtype);
    return sizeA != sizeB ? sizeA > sizeB : a.name < b.name;
}

Status checkToWrite(const std::string &path, const std::vector<TensorToStream> &tensors)
{
    std::map<std::string_view, int> names;
    for (const TensorToStream &tensor : tensors) {
        if (const std::string problem = safetensors::nameProblem(tensor.name); !problem.empty())
            return Error{path + ": not written, " + problem + "."};
        if (tensor.name == "__metadata__")
            return Error{path + ": not written, '__metadata__' is not allowed as a tensor's name."};
        if (++names[tensor.name] > 1)
            return Error{safetensors::tensorPlace(path, tensor.name) + " was given twice; not written."};
        if (!safetensors::byteCount(tensor.shape, tensor.dtype) || tensor.shape.size() > safetensors::maxRank)
            return Error{safetensors::tensorPlace(path, tensor.name) + " has a shape that cannot be written."};
    }
    return {};
}

Result<std::string> headerText(const std::string &path, const std::vector<TensorToStream> &tensors,
                               const std::map<std::string, std::string> &metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t position = 0;
    for (const TensorToStream &tensor : tensors) {
        // Not operator[]: ordered_json looks through all earlier keys there, and names were checked already.
        nlohmann::ordered_json entry;
        const std::uint64_t end = position + *safetensors::byteCount(tensor.shape, tensor.dtype);
        entry["dtype"] = dtypeName(tensor.dtype);
        entry["shape"] = tensor.shape;
        entry["data_offsets"] = {position, end};
        header.get_ref<nlohmann::ordered_json::object_t &>().emplace_back(tensor.name, std::move(entry));
        position = end;
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const std::exception &) {
        return Error{path + ": not written, a tensor's name or the metadata is not valid UTF-8."};
    }
    text.resize((text.size() + 7) / 8 * 8, ' ');
    if (text.size() > safetensors::maxHeaderBytes)
        return Error{path + ": not written, the header would be larger than readers accept."};
    return text;
}

Error wrongByteCount(const std::string &path, const std::string &name, std::uint64_t bytes)
{
    return Error{safetensors::tensorPlace(path, name) + " has " + std::to_string(bytes)
                 + " bytes, which do not fit its dtype and shape; not written."};
}

Status writeTensor(const std::string &path, const TensorToStream &tensor, TemporaryFile &file)
{
    std::uint64_t written = 0;
    WINNOW_TRY(tensor.produce([&](std::span<const std::byte> bytes) {
        written += bytes.size();
        return file.write(bytes);
    }));
    if (written != *safetensors::byteCount(tensor.shape, tensor.dtype))
        return wrongByteCount(path, tensor.name, written);
    return {};
}

} // namespace

Status streamSafetensors(const std::string &path, std::vector<TensorToStream> tensors,
                         const std::map<std::string, std::string> &metadata)
{
    WINNOW_TRY(checkToWrite(path, tensors));
    std::sort(tensors.begin(), tensors.end(), writtenBefore);
    WINNOW_ASSIGN(const std::string header, headerText(path, tensors, metadata));

    std::array<std::byte, safetensors::headerLengthBytes> length{};
    for (std::size_t i = 0; i < length.size(); ++i)
        length[i] = static_cast<std::byte>(header.size() >> (8 * i) & 0xff);
    TemporaryFile file(path);
    WINNOW_TRY(file.create());
    WINNOW_TRY(file.write(length));
    WINNOW_TRY(file.write(std::as_bytes(std::span(header.data(), header.size()))));
    for (const TensorToStream &tensor : tensors)
        WINNOW_TRY(writeTensor(path, tensor, file));
    return file.commit();
}

Status writeSafetensors(const std::string &path, std::vector<TensorToWrite> tensors,
                        const std::map<std::string, std::string> &metadata)
{
    std::vector<TensorToStream> streamed;
    for (TensorToWrite &tensor : tensors) {
        // Looked at before anything is written, as far as the shape makes sense at all.
        const auto bytes = safetensors::byteCount(tensor.shape, tensor.dtype);
        if (bytes && *bytes != tensor.data.size())
            return wrongByteCount(path, tensor.name, tensor.data.size());
        streamed.push_back({std::move(tensor.name), tensor.dtype, std::move(tensor.shape),
                            [data = tensor.data](const TensorSink &sink) { return sink(data); }});
    }
    return streamSafetensors(path, std::move(streamed), metadata);
}

} // namespace winnow
