#include "core/model/config_reader.h"

#include "core/weights/strict_json.h"

#include <algorithm>
#include <sstream>

namespace winnow {

using nlohmann::json;

namespace {

constexpr std::size_t maxConfigDepth = 32;

std::string shown(const json &value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 80);
}

std::string shown(double value)
{
    std::ostringstream out;
    out << value;
    return out.str();
}

const json &emptyObject()
{
    static const json empty = json::object();
    return empty;
}

} // namespace

Result<json> parseConfigJson(std::string_view text, const std::string &path)
{
    return parseStrictJson(text, path, maxConfigDepth);
}

Result<std::string> readConfigFile(const std::string &path, std::size_t maxBytes)
{
    return readSmallFile(path, maxBytes);
}

void ConfigProblem::set(const std::string &field, const std::string &what)
{
    if (!m_error)
        m_error = Error{m_path + ": " + field + " " + what + "."};
}

ConfigObject::ConfigObject(const json &value, std::string place, ConfigProblem &problem)
    : m_json(&value), m_place(std::move(place)), m_problem(&problem)
{
}

void ConfigObject::refuse(const std::string &key, const std::string &what) const
{
    m_problem->set(m_place + key, what);
}

const json *ConfigObject::find(const std::string &key) const
{
    const auto found = m_json->find(key);
    return found == m_json->end() || found->is_null() ? nullptr : &*found;
}

ConfigObject ConfigObject::child(const std::string &key) const
{
    if (!has(key))
        refuse(key, "is missing");
    return childOr(key);
}

ConfigObject ConfigObject::childOr(const std::string &key) const
{
    const json *value = find(key);
    if (value && !value->is_object()) {
        refuse(key, "must be an object, not " + shown(*value));
        value = nullptr;
    }
    return ConfigObject(value ? *value : emptyObject(), m_place + key + ".", *m_problem);
}

int ConfigObject::integerOf(const json &value, const std::string &key, std::int64_t minimum,
                            std::int64_t maximum) const
{
    const bool fits = value.is_number_integer()
                      && !(value.is_number_unsigned()
                           && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
                      && value.get<std::int64_t>() >= minimum && value.get<std::int64_t>() <= maximum;
    if (fits)
        return value.get<int>();
    refuse(key, "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum) + ", not "
                    + shown(value));
    return static_cast<int>(std::clamp<std::int64_t>(1, minimum, maximum));
}

int ConfigObject::integer(const std::string &key, std::int64_t minimum, std::int64_t maximum) const
{
    if (!has(key))
        refuse(key, "is missing");
    return integerOr(key, minimum, maximum, static_cast<int>(std::clamp<std::int64_t>(1, minimum, maximum)));
}

int ConfigObject::integerOr(const std::string &key, std::int64_t minimum, std::int64_t maximum, int fallback) const
{
    const json *value = find(key);
    return value ? integerOf(*value, key, minimum, maximum) : fallback;
}

double ConfigObject::number(const std::string &key, double minimum, double maximum) const
{
    if (!has(key))
        refuse(key, "is missing");
    return numberOr(key, minimum, maximum, maximum);
}

double ConfigObject::numberOr(const std::string &key, double minimum, double maximum, double fallback) const
{
    const json *value = find(key);
    if (!value)
        return fallback;
    if (value->is_number() && value->get<double>() >= minimum && value->get<double>() <= maximum)
        return value->get<double>();
    refuse(key, "must be a number from " + shown(minimum) + " to " + shown(maximum) + ", not " + shown(*value));
    return fallback;
}

bool ConfigObject::flag(const std::string &key) const
{
    if (!has(key))
        refuse(key, "is missing");
    return flagOr(key, false);
}

bool ConfigObject::flagOr(const std::string &key, bool fallback) const
{
    const json *value = find(key);
    if (!value)
        return fallback;
    if (value->is_boolean())
        return value->get<bool>();
    refuse(key, "must be true or false, not " + shown(*value));
    return fallback;
}

int ConfigObject::sideLength(const std::string &key, std::int64_t maximum) const
{
    const json *value = find(key);
    if (!value || !value->is_array())
        return integer(key, 1, maximum);
    if (value->size() != 2 || (*value)[0] != (*value)[1]) {
        refuse(key, "must be one number or a list of two equal ones, not " + shown(*value));
        return 1;
    }
    return integerOf((*value)[0], key, 1, maximum);
}

std::string ConfigObject::textOf(const json &value, const std::string &key, Texts allowed) const
{
    const bool fits = value.is_string()
                      && std::find(allowed.begin(), allowed.end(), value.get_ref<const std::string &>())
                             != allowed.end();
    if (fits)
        return value.get<std::string>();
    std::string list;
    for (const std::string_view name : allowed)
        list += (list.empty() ? "" : " or ") + std::string(name);
    refuse(key, "is " + shown(value) + "; only " + list + " is supported");
    return std::string(*allowed.begin());
}

std::string ConfigObject::text(const std::string &key, Texts allowed) const
{
    if (!has(key))
        refuse(key, "is missing");
    return textOr(key, allowed, *allowed.begin());
}

std::string ConfigObject::textOr(const std::string &key, Texts allowed, std::string_view fallback) const
{
    const json *value = find(key);
    return value ? textOf(*value, key, allowed) : std::string(fallback);
}

void ConfigObject::firstTextOr(const std::string &key, Texts allowed) const
{
    const json *value = find(key);
    if (!value)
        return;
    if (!value->is_array() || value->empty())
        refuse(key, "must be a list of names, not " + shown(*value));
    else
        textOf((*value)[0], key, allowed);
}

} // namespace winnow
