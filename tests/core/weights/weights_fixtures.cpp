#include "tests/core/weights/weights_fixtures.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace winnow::test {

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "winnow-weights-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        std::abort();
    m_path = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::string goldenModel(const std::string &name)
{
    return std::string(WINNOW_GOLDEN_DIR) + "/model/" + name;
}

std::string readBytes(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeBytes(const std::string &path, std::string_view bytes)
{
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    ASSERT_TRUE(file.flush()) << path;
}

std::string safetensorsBytes(std::string_view header, std::string_view data)
{
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes.push_back(static_cast<char>(header.size() >> (8 * i) & 0xff));
    return bytes.append(header).append(data);
}

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return place == std::string::npos ? text : text.replace(place, from.size(), to);
}

std::string bytesOf(const TensorView &view)
{
    return {reinterpret_cast<const char *>(view.data.data()), view.data.size()};
}

std::vector<TensorToWrite> tensorsToWrite(const SafetensorsFile &file)
{
    std::vector<TensorToWrite> tensors;
    for (const auto &[name, view] : file.tensors())
        tensors.push_back({name, view.dtype, view.shape, view.data});
    return tensors;
}

} // namespace winnow::test
