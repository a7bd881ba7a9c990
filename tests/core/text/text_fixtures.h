#pragma once

#include "core/text/tokenizer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace winnow::test
{

using Ids = std::vector<std::int32_t>;

inline std::string readFile(const std::string &file)
{
    std::ifstream stream(file, std::ios::binary);
    EXPECT_TRUE(stream.good()) << file;
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

inline void writeFile(const std::string &file, const std::string &text)
{
    std::ofstream(file, std::ios::binary) << text;
}

inline nlohmann::json readGolden(const std::string &name)
{
    return nlohmann::json::parse(readFile(std::string(WINNOW_GOLDEN_DIR "/") + name));
}

/// A new empty folder that goes away with the object.
class Folder
{
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "winnow-text-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    std::string operator/(const std::string &name) const { return m_path + "/" + name; }
    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

inline Tokenizer miniTokenizer()
{
    Result<Tokenizer> tokenizer = Tokenizer::load(WINNOW_GOLDEN_DIR "/tokenizer/mini-tokenizer.json");
    if (!tokenizer.ok())
        throw std::runtime_error(tokenizer.error().message);
    return *tokenizer;
}

} // namespace winnow::test
