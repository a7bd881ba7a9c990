#pragma once

#include "core/eval/best_of_n.h"
#include "core/eval/statistics.h"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow
{

/// A question on which two runs pick differently.
struct FlippedPick {
    std::size_t question = 0;
    Pick a;
    Pick b;

    bool gained() const { return b.correct && !a.correct; }
    bool lost() const { return a.correct && !b.correct; }
};

/// How run b stands against run a on the same questions.
struct PairedTest {
    enum class Verdict { NoQuestions, NoDifference, BIsBetter, AIsBetter };

    std::int64_t questions = 0;
    std::int64_t both = 0; ///< right in both
    std::int64_t neither = 0;
    BootstrapDifference bootstrap; ///< b minus a, share of questions
    McNemar mcNemar; ///< onlyA: a alone is right
    std::int64_t tiesA = 0;
    std::int64_t tiesB = 0;
    std::int64_t withoutScoreA = 0; ///< questions where no candidate had a usable score; they count as wrong
    std::int64_t withoutScoreB = 0;
    std::vector<FlippedPick>
        changed; ///< gained, lost, and both wrong or both right by another candidate; in order of the questions

    /// By the interval of the bootstrap: a difference is claimed only where it leaves out 0.
    WINNOW_CORE_API Verdict verdict() const;
    std::int64_t gained() const { return mcNemar.onlyB; }
    std::int64_t lost() const { return mcNemar.onlyA; }
};

/// Both results must be of the same questions in the same order.
WINNOW_CORE_API PairedTest pairedTest(const BestOfN &a, const BestOfN &b, std::uint64_t seed = 1);

/// "No difference can be shown." or "B is better by 2.1 points."
WINNOW_CORE_API std::string verdictSentence(const PairedTest &test, const std::string &a, const std::string &b);

} // namespace winnow
