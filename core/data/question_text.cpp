#include "core/data/question_text.h"

#include <algorithm>

namespace winnow
{

std::string_view questionOf(const std::vector<Turn> &turns)
{
    const auto user =
        std::find_if(turns.begin(), turns.end(), [](const Turn &t) { return t.role == Turn::Role::User; });
    if (user == turns.end())
        return {};
    std::string_view question = user->text;
    question = question.substr(0, question.find(solutionMark));
    while (question.ends_with('\n'))
        question.remove_suffix(1);
    return question;
}

} // namespace winnow
