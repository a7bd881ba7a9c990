#include "core/text/step_splitter.h"

#include "core/text/unicode_text.h"

#include <algorithm>
#include <cstddef>
#include <optional>

// The regular expressions of the reference (spec preprocessing.md section 6) as scanners over code points, with the
// white space and digits of Python's `re`:
//   mark   = (Step|步骤) \s* \d+ \s* [:：.]?  |  \d+ \s* [.、)]  |  [①-⑳]        (any case)
//   head   = ^ \s* mark \s*        inline = (^|\s) mark \s+        gap = (\r?\n\s*){2,}

namespace winnow
{

namespace
{

using Text = std::u32string;
using View = std::u32string_view;

constexpr std::size_t npos = View::npos;
constexpr View lineEnds = U"\n\r\v\f\x1C\x1D\x1E\u0085\u2028\u2029"; ///< of Python's str.splitlines()

View stripRight(View text)
{
    while (!text.empty() && isPythonSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

View strip(View text)
{
    while (!text.empty() && isPythonSpace(text.front()))
        text.remove_prefix(1);
    return stripRight(text);
}

std::size_t skipSpaces(View text, std::size_t offset)
{
    while (offset < text.size() && isPythonSpace(text[offset]))
        ++offset;
    return offset;
}

std::size_t skipDigits(View text, std::size_t offset)
{
    while (offset < text.size() && isDecimalDigit(text[offset]))
        ++offset;
    return offset;
}

bool isOneOf(View text, std::size_t offset, View characters)
{
    return offset < text.size() && characters.find(text[offset]) != npos;
}

/// Length of `Step` (any case; U+017F folds to s) or of its Chinese word at `offset`; 0 without one.
std::size_t stepWord(View text, std::size_t offset)
{
    if (text.substr(offset, 2) == U"步骤")
        return 2;
    const bool matches = isOneOf(text, offset, U"sSſ") && isOneOf(text, offset + 1, U"tT")
        && isOneOf(text, offset + 2, U"eE") && isOneOf(text, offset + 3, U"pP");
    return matches ? 4 : 0;
}

/// A marker found at some offset.
struct Mark {
    std::size_t end = 0; ///< behind the marker itself
    std::size_t bodyEnd = 0; ///< behind its digits (`Step 3` without its mark), where an inline marker may end too
    bool isStop = false; ///< it ends in a full stop: it could be a number at the end of a sentence
    bool isNumber = false; ///< digits alone, without a word
};

std::optional<Mark> markAt(View text, std::size_t offset)
{
    if (offset < text.size() && text[offset] >= U'①' && text[offset] <= U'⑳')
        return Mark{offset + 1, offset + 1, false, false};
    const std::size_t word = stepWord(text, offset);
    const std::size_t digits = word == 0 ? offset : skipSpaces(text, offset + word);
    const std::size_t bodyEnd = skipDigits(text, digits);
    if (bodyEnd == digits)
        return std::nullopt;
    const std::size_t sign = skipSpaces(text, bodyEnd);
    const bool stop = isOneOf(text, sign, U".");
    if (word > 0)
        return isOneOf(text, sign, U":：.") ? Mark{sign + 1, bodyEnd, stop, false}
                                            : Mark{bodyEnd, bodyEnd, false, false};
    if (!isOneOf(text, sign, U".、)"))
        return std::nullopt;
    return Mark{sign + 1, sign + 1, stop, true};
}

/// Splits candidates in one of the two ways.
class Splitter
{
public:
    explicit Splitter(StepSplitter kind) : m_keepNumbers(kind == StepSplitter::KeepNumbers) { }
    std::vector<Text> split(View text) const;

private:
    std::optional<std::size_t> headEnd(View text) const;
    std::optional<std::size_t> inlineEnd(View text, std::size_t begin, std::size_t markBegin) const;
    Text stripMark(View text) const;
    std::vector<std::size_t> inlineMarks(View text) const;
    std::vector<Text> blocksByLines(const std::vector<View> &lines) const;
    void splitBlock(View block, std::vector<Text> &steps) const;

    bool m_keepNumbers;
};

std::optional<std::size_t> Splitter::headEnd(View text) const
{
    const auto mark = markAt(text, skipSpaces(text, 0));
    if (!mark)
        return std::nullopt;
    const std::size_t end = skipSpaces(text, mark->end);
    if (m_keepNumbers && mark->isNumber && mark->isStop) {
        const bool isDecimal = mark->end < text.size() && isDecimalDigit(text[mark->end]);
        if (isDecimal || end == text.size())
            return std::nullopt;
    }
    return end;
}

/// End of an inline marker with the white space behind it, which it must have.
std::optional<std::size_t> Splitter::inlineEnd(View text, std::size_t begin, std::size_t markBegin) const
{
    const auto mark = markAt(text, markBegin);
    if (!mark)
        return std::nullopt;
    if (m_keepNumbers && mark->isStop && markBegin > 0) {
        // Between two words of a sentence the number is part of it; a list goes on at a line's start or after a stop.
        const View before = stripRight(text.substr(0, begin));
        const View gap = text.substr(before.size(), markBegin - before.size());
        const bool newLine = gap.find_first_of(lineEnds) != npos;
        const bool finished = before.empty() || View(U".!?。！？…").find(before.back()) != npos;
        if (!newLine && !finished)
            return std::nullopt;
    }
    for (const std::size_t end : {mark->end, mark->bodyEnd}) {
        const std::size_t behind = skipSpaces(text, end);
        if (behind > end)
            return behind;
    }
    return std::nullopt;
}

Text Splitter::stripMark(View text) const
{
    return Text(strip(text.substr(headEnd(text).value_or(0))));
}

std::vector<std::size_t> Splitter::inlineMarks(View text) const
{
    std::vector<std::size_t> begins;
    std::size_t offset = 0;
    while (offset < text.size()) {
        std::optional<std::size_t> end = offset == 0 ? inlineEnd(text, 0, 0) : std::nullopt;
        if (!end && isPythonSpace(text[offset]))
            end = inlineEnd(text, offset, offset + 1);
        if (end)
            begins.push_back(offset);
        offset = end.value_or(offset + 1);
    }
    return begins;
}

/// Python's str.splitlines().
std::vector<View> splitLines(View text)
{
    std::vector<View> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find_first_of(lineEnds, begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + (text.substr(end, 2) == U"\r\n" ? 2 : 1);
    }
    return lines;
}

/// Parts between runs of white space that hold two line ends, counted from the first line end of the run.
std::vector<View> splitAtGaps(View text)
{
    std::vector<View> parts;
    std::size_t begin = 0;
    std::size_t offset = 0;
    while (offset < text.size()) {
        const bool lineEnd = text[offset] == U'\n' || text.substr(offset, 2) == U"\r\n";
        const std::size_t runEnd = lineEnd ? skipSpaces(text, offset) : offset;
        const View run = text.substr(offset, runEnd - offset);
        if (std::count(run.begin(), run.end(), U'\n') >= 2) {
            parts.push_back(text.substr(begin, offset - begin));
            begin = runEnd;
        }
        offset = std::max(runEnd, offset + 1);
    }
    parts.push_back(text.substr(begin));
    std::erase_if(parts, [](View part) { return strip(part).empty(); });
    return parts;
}

std::vector<Text> Splitter::blocksByLines(const std::vector<View> &lines) const
{
    std::vector<Text> blocks;
    std::vector<Text> current;
    const auto close = [&] {
        Text block;
        for (const Text &line : current)
            block.append(&line == &current.front() ? U"" : U"\n").append(line);
        if (!strip(block).empty())
            blocks.emplace_back(stripRight(block));
        current.clear();
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (headEnd(lines[i]) && (i == 0 || strip(lines[i - 1]).empty())) {
            close();
            current.push_back(stripMark(lines[i]));
        } else {
            current.emplace_back(stripRight(lines[i]));
        }
    }
    close();
    return blocks;
}

void Splitter::splitBlock(View block, std::vector<Text> &steps) const
{
    std::vector<std::size_t> begins = inlineMarks(block);
    const bool marked = !begins.empty();
    if (!marked || begins.front() != 0)
        begins.insert(begins.begin(), 0);
    std::vector<Text> pieces;
    for (std::size_t i = 0; i < begins.size(); ++i) {
        const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : block.size();
        const View piece = strip(block.substr(begins[i], end - begins[i]));
        if (!piece.empty())
            pieces.push_back(marked ? stripMark(piece) : Text(piece));
    }
    std::erase_if(pieces, [](const Text &piece) { return piece.empty(); });
    if (pieces.empty() && !strip(block).empty())
        pieces.emplace_back(strip(block));
    for (const Text &piece : pieces) {
        if (Text step = stripMark(piece); !step.empty())
            steps.push_back(std::move(step));
    }
}

std::vector<Text> Splitter::split(View whole) const
{
    const View text = strip(whole);
    const std::vector<View> lines = splitLines(text);
    const auto marked = std::count_if(lines.begin(), lines.end(), [&](View line) { return headEnd(line).has_value(); });
    std::vector<Text> blocks;
    if (marked >= 2) {
        blocks = blocksByLines(lines);
    } else {
        const std::vector<View> parts = splitAtGaps(text);
        if (parts.size() >= 2)
            blocks.assign(parts.begin(), parts.end());
        else
            blocks.emplace_back(text);
    }
    std::vector<Text> steps;
    for (const Text &block : blocks)
        splitBlock(block, steps);
    if (steps.empty())
        steps.emplace_back();
    return steps;
}

} // namespace

std::vector<std::string> candidateSteps(std::string_view candidate, StepSplitter kind)
{
    const Text text = toCodePoints(candidate);
    constexpr View reasoningMark = U"[Reasoning]";
    constexpr View answerMark = U"Answer:";
    View reasoning = text;
    if (const std::size_t mark = text.find(reasoningMark); mark != npos) {
        const std::size_t begin = mark + reasoningMark.size();
        std::size_t end = text.find(answerMark, begin);
        if (end != npos) {
            end -= end > begin && text[end - 1] == U'\n' ? 1 : 0;
            reasoning = View(text).substr(begin, end - begin);
        }
    }
    std::vector<std::string> steps;
    for (const Text &step : Splitter(kind).split(reasoning))
        steps.push_back(fromCodePoints(step));
    if (const std::size_t mark = text.find(answerMark); mark != npos) {
        const View answer = strip(View(text).substr(mark + answerMark.size()));
        if (!answer.empty())
            steps.push_back("Answer: " + fromCodePoints(answer));
    }
    return steps;
}

} // namespace winnow
