#include "core/eval/published_anchors.h"

namespace winnow {

const std::vector<PublishedAnchor> &publishedAnchors()
{
    static constexpr std::string_view board = "leaderboard";
    static constexpr std::string_view scaling = "test-time scaling on GPT-5-mini w/ thinking";
    static constexpr std::string_view checks = "checks";
    static constexpr std::string_view paper = "DreamPRM-1.5, paper and README: published, MMMU validation";
    static constexpr std::string_view scaled =
        "DreamPRM-1.5, paper and README: published, MMMU validation, GPT-5-mini candidates, 8 per question";
    static constexpr std::string_view hidden =
        "DreamPRM-1.5, commented out in the README and not in the paper: GPT-5-mini candidates, 8 per question";
    static const std::vector<PublishedAnchor> anchors = {
        {board, "GPT-5 w/ thinking", 84.2, {}, paper},
        {board, "Gemini 2.5 Pro Deep-Think", 84.0, {}, paper},
        {board, "o3", 82.9, {}, paper},
        {scaling, "base", 80.0, {}, scaled},
        {scaling, "VanillaPRM, No Selection", 79.1, -0.9, scaled},
        {scaling, "Self-consistency", 81.4, 1.4, scaled},
        {scaling, "VisualPRM (400k)", 80.5, 0.5, scaled},
        {scaling, "DreamPRM-1.5 Instance Table", 84.6, 4.6, scaled},
        {scaling, "DreamPRM-1.5 Instance Net", 83.6, 3.6, scaled},
        {checks, "Table sanity check", 90.4, {}, hidden},
        {checks, "Net sanity check", 86.3, {}, hidden},
        {checks, "oracle", 90.7, {}, hidden},
    };
    return anchors;
}

std::string_view publishedAnchorsNote()
{
    return "Published, not measured here. On 900 questions one standard error at 84% is 1.2 points; the number of "
           "questions actually used is not stated.";
}

} // namespace winnow
