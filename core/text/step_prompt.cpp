#include "core/text/step_prompt.h"

#include "core/text/unicode_text.h"

#include <algorithm>

namespace winnow
{

namespace
{

bool startsWith(std::span<const std::int32_t> ids, std::span<const std::int32_t> pattern)
{
    return ids.size() >= pattern.size() && std::equal(pattern.begin(), pattern.end(), ids.begin());
}

Result<std::int32_t> labelId(const Tokenizer &tokenizer, std::string_view label)
{
    const std::vector<std::int32_t> ids = tokenizer.encode(label);
    if (ids.size() != 1)
        return Error{"The tokenizer encodes the step label '" + std::string(label)
                     + "' as several tokens; use one in which it is a single token."};
    return ids.front();
}

} // namespace

Result<SitePattern> makeSitePattern(const Tokenizer &tokenizer)
{
    for (const char *mark : {"<|im_start|>", "<|im_end|>"}) {
        if (!tokenizer.containsAddedToken(mark) || tokenizer.encode(mark).size() != 1)
            return Error{"The tokenizer has no added token " + std::string(mark)
                         + "; use that of an InternVL3 or Qwen2.5 checkpoint."};
    }
    SitePattern pattern;
    pattern.head = tokenizer.encode("<|im_start|>assistant\n");
    pattern.tail = tokenizer.encode("<|im_end|>\n");
    WINNOW_ASSIGN(pattern.plus, labelId(tokenizer, "+"));
    WINNOW_ASSIGN(pattern.minus, labelId(tokenizer, "-"));
    return pattern;
}

std::vector<Site> findSites(std::span<const std::int32_t> ids, const SitePattern &pattern)
{
    std::vector<Site> sites;
    const std::size_t head = pattern.head.size();
    const std::size_t length = head + 1 + pattern.tail.size();
    for (std::size_t i = 0; i + length <= ids.size(); ++i) {
        const std::int32_t label = ids[i + head];
        const bool isLabel = label == pattern.plus || label == pattern.minus;
        if (isLabel && startsWith(ids.subspan(i), pattern.head) && startsWith(ids.subspan(i + head + 1), pattern.tail))
            sites.push_back({static_cast<std::int32_t>(i + head - 1), label});
    }
    return sites;
}

int countUnsupervisedTurns(std::span<const std::int32_t> ids, const SitePattern &pattern)
{
    if (pattern.head.empty())
        return 0;
    // Without the head's newline: a text that starts with a line end may share one token with it.
    const std::span<const std::int32_t> role(pattern.head.data(), pattern.head.size() - 1);
    int turns = 0;
    for (std::size_t i = 0; i + role.size() <= ids.size(); ++i)
        turns += startsWith(ids.subspan(i), role) ? 1 : 0;
    return turns - static_cast<int>(findSites(ids, pattern).size());
}

std::string_view visualPrmSystemText()
{
    return "You are an advanced AI assistant, designed to serve as a process supervision model. In this task, I will "
           "provide a problem statement followed by the first step of the solution process. For each subsequent turn, "
           "I will give you a new step in the solution. Your role is to assess whether the solution process is correct "
           "up to the current step.\n\n"
           "- In the **first round**, I will input the problem and the first step of the solution process.\n"
           "- In **each subsequent round**, I will provide the next step in the solution.\n\n"
           "For each step, you should:\n"
           "- Respond with **\"+\"** if you believe the solution process is correct up to this step.\n"
           "- Respond with **\"-\"** if you detect any issues or errors in the process up to this step.\n\n"
           "Please note:\n"
           "- Only respond with **\"+\"** or **\"-\"**. Do not provide any additional explanations, comments, or "
           "justifications.\n\n"
           "Your task is to verify the accuracy and correctness of each step in the given solution process.";
}

std::vector<Turn> buildCandidateTurns(std::string_view systemText, std::string_view question,
                                      std::span<const std::string> steps)
{
    std::vector<Turn> turns;
    turns.reserve(2 + steps.size() * 2);
    turns.push_back({Turn::Role::System, std::string(systemText.empty() ? visualPrmSystemText() : systemText)});
    turns.push_back({Turn::Role::User, "### Question:\n" + pythonStrip(question)});
    for (const std::string &step : steps) {
        turns.push_back({Turn::Role::User, step});
        turns.push_back({Turn::Role::Assistant, "+"});
    }
    return turns;
}

} // namespace winnow
