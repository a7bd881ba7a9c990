#include "core/eval/answer_parser.h"

#include "core/base/random.h"
#include "core/eval/python_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace winnow {

namespace {

constexpr std::u32string_view answerMark = U"Answer:";
constexpr std::size_t npos = std::u32string_view::npos;

struct Match {
    std::size_t option = 0;
    std::size_t last = 0; ///< place of its last occurrence
};

/// One form of match over all options; `pattern` gives the text looked for.
template <typename Pattern>
std::vector<Match> occurrences(std::u32string_view text, std::size_t count, Pattern pattern)
{
    std::vector<Match> matches;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t last = text.rfind(pattern(i));
        if (last != npos)
            matches.push_back({i, last});
    }
    return matches;
}

char32_t letter(std::size_t option)
{
    return U'A' + static_cast<char32_t>(option);
}

std::optional<std::size_t> singleLetterAfterMark(std::u32string_view response, std::size_t count)
{
    const std::size_t mark = response.rfind(answerMark);
    if (mark == npos)
        return std::nullopt;
    const std::u32string_view answer = response.substr(mark + answerMark.size());
    const auto matches = occurrences(answer, count, [](std::size_t i) { return std::u32string(1, letter(i)); });
    return matches.size() == 1 ? std::optional(matches.front().option) : std::nullopt;
}

/// The shortest text after a cue, as the official code keeps it: an empty tail is replaced by whatever comes next.
std::u32string shortestTail(std::u32string_view part, bool lastPart)
{
    static constexpr std::array<std::u32string_view, 9> cues = {
        U"could be ", U"so ", U"is ", U"thus ", U"therefore ", U"final ", U"answer ", U"result ", U"="};
    std::u32string_view best;
    for (std::u32string_view cue : cues) {
        if (cue == U"=" && !lastPart)
            continue;
        const std::size_t at = part.rfind(cue);
        if (at == npos)
            continue;
        const std::u32string_view tail = stripSpace(part.substr(at + cue.size()));
        if (best.empty() || tail.size() < best.size())
            best = tail;
    }
    const bool mark = best.size() == 1 && std::u32string_view(U":,.!?;'").find(best.front()) != npos;
    return mark ? std::u32string() : std::u32string(best);
}

std::vector<OpenAnswer> normalized(std::u32string_view text)
{
    const std::u32string_view stripped = stripSpace(text);
    std::u32string withoutCommas(stripped);
    std::erase(withoutCommas, U',');
    if (const auto number = pythonFloat(withoutCommas))
        return {roundTwo(*number)};
    const std::u32string lower = lowerCase(stripped);
    const std::string utf8 = encodeUtf8(lower);
    if (lower.size() == 1)
        return {" " + utf8, utf8 + " "};
    return {utf8};
}

std::string asText(const OpenAnswer &answer)
{
    if (const auto *text = std::get_if<std::string>(&answer))
        return *text;
    std::array<char, 400> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), std::get<double>(answer));
    return {digits.data(), written.ptr};
}

} // namespace

std::optional<std::size_t> parseChoice(std::string_view response, const std::vector<std::string> &optionTexts,
                                       AnswerForm form)
{
    const std::u32string decoded = decodeUtf8(response);
    const std::size_t count = std::min<std::size_t>(optionTexts.size(), 26);
    if (form == AnswerForm::MmmuPro) {
        if (const auto single = singleLetterAfterMark(decoded, count))
            return single;
    }
    std::u32string_view stripped = decoded;
    for (char32_t c : std::u32string_view(U",.!?;:'"))
        stripped = stripCharacter(stripped, c);
    const std::u32string text = U' ' + std::u32string(stripped) + U' ';

    auto matches = occurrences(text, count, [](std::size_t i) { return U'(' + std::u32string(1, letter(i)) + U')'; });
    if (matches.empty() && form == AnswerForm::Mmmu)
        matches = occurrences(text, count, [](std::size_t i) { return U' ' + std::u32string(1, letter(i)) + U' '; });
    if (matches.empty() && form == AnswerForm::MmmuPro)
        matches = occurrences(text, count, [](std::size_t i) { return std::u32string(1, letter(i)) + U' '; });
    if (matches.empty() && form == AnswerForm::MmmuPro)
        matches = occurrences(text, count, [](std::size_t i) { return std::u32string(1, letter(i)) + U'.'; });
    if (matches.empty() && wordCount(text) > 5)
        matches =
            occurrences(lowerCase(text), count, [&](std::size_t i) { return lowerCase(decodeUtf8(optionTexts[i])); });
    if (matches.empty())
        return std::nullopt;
    // max_element returns the first of equals, as the official arg-max does.
    return std::max_element(matches.begin(), matches.end(),
                            [](const Match &a, const Match &b) { return a.last < b.last; })
        ->option;
}

std::size_t randomChoice(std::uint64_t seed, std::uint64_t question, std::uint64_t candidate, std::size_t optionCount)
{
    if (optionCount == 0)
        return 0;
    return Random(seed, RandomStream::Answer, {question, candidate}).below(optionCount);
}

std::vector<OpenAnswer> normalizeAnswer(std::string_view text)
{
    return normalized(decodeUtf8(text));
}

std::vector<OpenAnswer> parseOpenResponse(std::string_view response)
{
    const std::u32string decoded = decodeUtf8(response);
    const std::u32string text = lowerCase(stripCharacter(stripSpace(decoded), U'.'));
    std::vector<std::u32string> keys;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(U'\n', start), text.size());
        std::u32string tail = shortestTail(std::u32string_view(text).substr(start, end - start), end == text.size());
        if (!tail.empty())
            keys.push_back(std::move(tail));
        start = end + 1;
    }
    if (keys.empty())
        keys.push_back(text);
    for (std::size_t i = 0, count = keys.size(); i < count; ++i) {
        for (std::u32string &number : findNumbers(keys[i]))
            keys.push_back(std::move(number));
    }
    std::vector<OpenAnswer> answers;
    for (const std::u32string &key : keys) {
        for (OpenAnswer &answer : normalized(key)) {
            if (std::find(answers.begin(), answers.end(), answer) == answers.end())
                answers.push_back(std::move(answer));
        }
    }
    return answers;
}

bool openAnswerIsRight(const std::vector<std::string> &golds, const std::vector<OpenAnswer> &predictions)
{
    for (const std::string &gold : golds) {
        for (const OpenAnswer &wanted : normalizeAnswer(gold)) {
            for (const OpenAnswer &given : predictions) {
                const auto *text = std::get_if<std::string>(&wanted);
                const auto *givenText = std::get_if<std::string>(&given);
                if (text != nullptr && givenText != nullptr && givenText->find(*text) != std::string::npos)
                    return true;
                if (text == nullptr && givenText == nullptr && std::get<double>(wanted) == std::get<double>(given))
                    return true;
            }
        }
    }
    return false;
}

JudgedAnswer judgeCandidate(std::string_view candidate, const AnswerKey &key, AnswerForm form)
{
    constexpr std::string_view mark = "Answer:";
    const std::size_t at = candidate.find(mark);
    std::string_view text = at == std::string_view::npos ? candidate : candidate.substr(at + mark.size());
    JudgedAnswer judged;
    if (key.options.empty()) {
        const auto predictions = parseOpenResponse(text);
        judged.parsed = true;
        judged.right = openAnswerIsRight(key.golds, predictions);
        judged.normalized = asText(predictions.front());
        return judged;
    }
    // The line end after the letter would hide it from the " X " form.
    const std::u32string decoded = decodeUtf8(text);
    const auto choice = parseChoice(encodeUtf8(stripSpace(decoded)), key.options, form);
    judged.parsed = choice.has_value();
    if (choice) {
        judged.normalized = std::string(1, static_cast<char>('A' + *choice));
        judged.right = std::find(key.golds.begin(), key.golds.end(), *judged.normalized) != key.golds.end();
    }
    return judged;
}

std::optional<std::string> finalAnswer(std::string_view candidate)
{
    if (candidate.find("Answer:") == std::string_view::npos)
        return std::nullopt;
    return judgeCandidate(candidate, AnswerKey{}).normalized; // no options, no gold: only the answer is wanted
}

} // namespace winnow
