#include "core/base/json.h"
#include "core/base/options_schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

namespace winnow {

namespace {

constexpr std::size_t maximumTextBytes = 65536;

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row[b.size()];
}

std::string_view lastPart(std::string_view key)
{
    const std::size_t dot = key.rfind('.');
    return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

std::string joined(const std::vector<std::string> &parts, std::string_view separator)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text += separator;
        text += parts[i];
    }
    return text;
}

std::string boundText(const OptionEntry &entry, double value)
{
    if (entry.kind == OptionKind::Integer)
        return std::to_string(static_cast<std::int64_t>(value));
    std::string text = realText(value);
    if (text.ends_with(".0"))
        text.resize(text.size() - 2);
    return text;
}

/// "1 or more", "between 1 and 64", "at least 0 and below 1"; `exceeded`: the value was too large.
std::string allowedRange(const OptionEntry &entry, bool exceeded = false)
{
    const double low = entry.info.minimum;
    const double high = entry.info.maximum;
    const bool openLow = low == aboveZero;
    const bool openHigh = high == belowOne;
    if (openHigh)
        return (openLow ? "above 0" : "at least " + boundText(entry, low)) + " and below 1";
    if (openLow)
        return "above 0 and at most " + boundText(entry, high);
    // A limit that only guards the arithmetic is named only to those who exceed it.
    if (high >= 1e6 && low > -1e6)
        return boundText(entry, low) + " or more" + (exceeded ? ", at most " + boundText(entry, high) : "");
    return "between " + boundText(entry, low) + " and " + boundText(entry, high);
}

Error wrong(const OptionEntry &entry, const OptionValue &value, const std::string &allowed)
{
    return Error{entry.info.key + " is " + optionValueText(value) + "; it must be " + allowed};
}

std::string wantedType(const OptionEntry &entry)
{
    switch (entry.kind) {
    case OptionKind::Bool: return "true or false";
    case OptionKind::Integer: return "a whole number, " + allowedRange(entry);
    case OptionKind::Real: return "a number, " + allowedRange(entry);
    case OptionKind::Choice: return "one of " + joined(entry.info.choices, ", ");
    case OptionKind::Text: break;
    }
    return "text";
}

Result<OptionValue> checkText(const OptionEntry &entry, const std::string &text)
{
    if (text.size() > maximumTextBytes)
        return Error{entry.info.key + " has " + std::to_string(text.size()) + " bytes; it must have at most "
                     + std::to_string(maximumTextBytes)};
    if (!isUtf8(text))
        return Error{entry.info.key + " is not UTF-8 text; it must be"};
    if (text.find('\0') != std::string::npos)
        return Error{entry.info.key + " holds a zero byte; it must not"};
    const bool oneLine = entry.info.isPath || entry.info.key == "name";
    if (oneLine && text.find_first_of("\r\n") != std::string::npos)
        return wrong(entry, text, "one line");
    return OptionValue(text);
}

template <typename T>
bool parseWhole(std::string_view text, T &value)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return code == std::errc() && end == text.data() + text.size();
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

std::string realText(double value)
{
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string text(buffer.data(), end);
    if (text.find_first_of(".en") == std::string::npos)
        text += ".0";
    return text;
}

std::string optionValueText(const OptionValue &value)
{
    if (const bool *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    if (const double *number = std::get_if<double>(&value))
        return realText(*number);
    constexpr std::size_t shown = 80;
    const std::string &text = std::get<std::string>(value);
    if (text.size() <= shown)
        return '"' + text + '"';
    std::size_t cut = shown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
        --cut;
    return '"' + text.substr(0, cut) + "...\"";
}

const OptionEntry *findOption(std::string_view key)
{
    static const std::map<std::string_view, const OptionEntry *> index = [] {
        std::map<std::string_view, const OptionEntry *> made;
        for (const OptionEntry &entry : optionTable())
            made.emplace(entry.info.key, &entry);
        return made;
    }();
    const auto found = index.find(key);
    return found == index.end() ? nullptr : found->second;
}

bool isOptionGroup(std::string_view prefix)
{
    const std::string start = std::string(prefix) + '.';
    return std::any_of(optionTable().begin(), optionTable().end(),
                       [&](const OptionEntry &entry) { return entry.info.key.starts_with(start); });
}

Error unknownOption(std::string_view key)
{
    const std::string_view shown = key.substr(0, 80);
    const std::string start = "there is no setting " + optionValueText(std::string(shown));
    std::vector<std::string> nearest;
    std::size_t best = std::numeric_limits<std::size_t>::max();
    for (const OptionEntry &entry : optionTable()) {
        const std::string &candidate = entry.info.key;
        const std::size_t whole = editDistance(shown, candidate);
        // Someone who leaves the section out means the same word elsewhere.
        const std::size_t last = editDistance(lastPart(shown), lastPart(candidate)) + 1;
        const std::size_t distance = std::min(whole, last);
        if (distance < best) {
            best = distance;
            nearest.clear();
        }
        if (distance == best)
            nearest.push_back(candidate);
    }
    if (best <= std::max<std::size_t>(2, lastPart(shown).size() / 3) && nearest.size() <= 3)
        return Error{start + "; did you mean " + joined(nearest, " or ") + "?"};
    return Error{start
                 + "; settings are name, stage, seed, threads, checkpoint_every, or begin with model., data., "
                   "train., weighting., meta., evaluation. or ranking."};
}

Result<OptionValue> checkOptionValue(const OptionEntry &entry, const OptionValue &value)
{
    switch (entry.kind) {
    case OptionKind::Bool:
        if (!std::holds_alternative<bool>(value))
            return wrong(entry, value, wantedType(entry));
        return value;
    case OptionKind::Integer: {
        const auto *number = std::get_if<std::int64_t>(&value);
        if (number == nullptr)
            return wrong(entry, value, wantedType(entry));
        if (*number < static_cast<std::int64_t>(entry.info.minimum)
            || *number > static_cast<std::int64_t>(entry.info.maximum))
            return wrong(entry, value, allowedRange(entry, *number > 0));
        return value;
    }
    case OptionKind::Real: {
        double number = 0;
        if (const auto *whole = std::get_if<std::int64_t>(&value))
            number = static_cast<double>(*whole);
        else if (const auto *real = std::get_if<double>(&value))
            number = *real;
        else
            return wrong(entry, value, wantedType(entry));
        // Written so that NaN is refused too.
        if (!(number >= entry.info.minimum && number <= entry.info.maximum))
            return wrong(entry, value, allowedRange(entry, number > entry.info.maximum));
        return OptionValue(number);
    }
    case OptionKind::Choice: {
        const auto *name = std::get_if<std::string>(&value);
        const auto &choices = entry.info.choices;
        if (name == nullptr || std::find(choices.begin(), choices.end(), *name) == choices.end())
            return wrong(entry, value, wantedType(entry));
        return value;
    }
    case OptionKind::Text:
        if (const auto *text = std::get_if<std::string>(&value))
            return checkText(entry, *text);
        return wrong(entry, value, wantedType(entry));
    }
    return wrong(entry, value, wantedType(entry));
}

const std::vector<OptionInfo> &optionSchema()
{
    static const std::vector<OptionInfo> schema = [] {
        std::vector<OptionInfo> made;
        for (const OptionEntry &entry : optionTable())
            made.push_back(entry.info);
        return made;
    }();
    return schema;
}

Status setOption(RunOptions &options, std::string_view key, const OptionValue &value)
{
    const OptionEntry *entry = findOption(key);
    if (entry == nullptr)
        return unknownOption(key);
    WINNOW_ASSIGN(const OptionValue accepted, checkOptionValue(*entry, value));
    entry->set(options, accepted);
    return {};
}

Status setOptionFromText(RunOptions &options, std::string_view key, std::string_view text)
{
    const OptionEntry *entry = findOption(key);
    if (entry == nullptr)
        return unknownOption(key);
    const std::string_view word = trimmed(text);
    // Anything that does not parse stays text, so that checkOptionValue words the one message about it.
    OptionValue value = std::string(entry->kind == OptionKind::Text ? text : word);
    std::int64_t whole = 0;
    double real = 0;
    if (entry->kind == OptionKind::Bool && (word == "true" || word == "false"))
        value = word == "true";
    else if (entry->kind == OptionKind::Integer && parseWhole(word, whole))
        value = whole;
    else if (entry->kind == OptionKind::Real && parseWhole(word, real))
        value = real;
    return setOption(options, key, value);
}

std::vector<std::string> optionDifferences(const RunOptions &a, const RunOptions &b)
{
    std::vector<std::string> keys;
    for (const OptionEntry &entry : optionTable()) {
        if (entry.get(a) != entry.get(b))
            keys.push_back(entry.info.key);
    }
    return keys;
}

} // namespace winnow
