#pragma once

#include "core/weights/safetensors_file.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::test {

/// A folder that vanishes with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;
    ~TemporaryFolder();

    std::string path(const std::string &name = {}) const { return name.empty() ? m_path.string() : (m_path / name).string(); }

private:
    std::filesystem::path m_path;
};

std::string goldenModel(const std::string &name);
std::string readBytes(const std::string &path);
void writeBytes(const std::string &path, std::string_view bytes);

/// The bytes of a safetensors file with this header and data; the length field is right.
std::string safetensorsBytes(std::string_view header, std::string_view data);

std::string replaced(std::string text, const std::string &from, const std::string &to);

std::string bytesOf(const TensorView &view);
std::vector<TensorToWrite> tensorsToWrite(const SafetensorsFile &file);

} // namespace winnow::test
