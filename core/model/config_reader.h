#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

Result<nlohmann::json> parseConfigJson(std::string_view text, const std::string &path);
Result<std::string> readConfigFile(const std::string &path, std::size_t maxBytes);

/// Keeps the first thing that is wrong with a file, so that a reader can run through without a check after each field.
class ConfigProblem {
public:
    explicit ConfigProblem(std::string path) : m_path(std::move(path)) {}

    bool found() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }
    void set(const std::string &field, const std::string &what);

private:
    std::string m_path;
    std::optional<Error> m_error;
};

/// One object of a config.json. Every reader returns a value of the right kind and range; what is wrong goes to the
/// ConfigProblem, named by its full field name. A key whose value is null counts as absent, as in transformers.
class ConfigObject {
public:
    /// `json` and `problem` must outlive this.
    ConfigObject(const nlohmann::json &json, std::string place, ConfigProblem &problem);

    bool failed() const { return m_problem->found(); }
    void refuse(const std::string &key, const std::string &what) const;

    bool has(const std::string &key) const { return find(key) != nullptr; }
    ConfigObject child(const std::string &key) const;
    /// An absent object reads as an empty one.
    ConfigObject childOr(const std::string &key) const;

    int integer(const std::string &key, std::int64_t minimum, std::int64_t maximum) const;
    int integerOr(const std::string &key, std::int64_t minimum, std::int64_t maximum, int fallback) const;
    double number(const std::string &key, double minimum, double maximum) const;
    double numberOr(const std::string &key, double minimum, double maximum, double fallback) const;
    bool flag(const std::string &key) const;
    bool flagOr(const std::string &key, bool fallback) const;
    /// An integer, or a list of two equal ones.
    int sideLength(const std::string &key, std::int64_t maximum) const;

    using Texts = std::initializer_list<std::string_view>;
    std::string text(const std::string &key, Texts allowed) const;
    std::string textOr(const std::string &key, Texts allowed, std::string_view fallback) const;
    /// The first entry of a list of texts must be allowed; an absent list is accepted.
    void firstTextOr(const std::string &key, Texts allowed) const;

private:
    const nlohmann::json *find(const std::string &key) const;
    int integerOf(const nlohmann::json &value, const std::string &key, std::int64_t minimum, std::int64_t maximum) const;
    std::string textOf(const nlohmann::json &value, const std::string &key, Texts allowed) const;

    const nlohmann::json *m_json;
    std::string m_place;
    ConfigProblem *m_problem;
};

} // namespace winnow
