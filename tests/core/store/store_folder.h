#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace winnow::test {

/// A folder that is removed with all it holds.
class StoreFolder {
public:
    StoreFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "winnow-test-XXXXXX").string();
        m_path = mkdtemp(name.data());
    }
    ~StoreFolder()
    {
        std::error_code ec;
        std::filesystem::remove_all(m_path, ec);
    }
    StoreFolder(const StoreFolder &) = delete;
    StoreFolder &operator=(const StoreFolder &) = delete;

    std::string file(const std::string &name) const { return (m_path / name).string(); }
    std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

inline std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeFile(const std::string &path, const std::string &bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

} // namespace winnow::test
