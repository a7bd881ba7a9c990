#include "core/eval/paired_test.h"

#include "core/base/decimal_text.h"
#include "core/eval/scoring.h"

#include <cassert>
#include <cmath>

namespace winnow
{

PairedTest::Verdict PairedTest::verdict() const
{
    if (questions == 0)
        return Verdict::NoQuestions;
    if (bootstrap.interval.low > 0)
        return Verdict::BIsBetter;
    return bootstrap.interval.high < 0 ? Verdict::AIsBetter : Verdict::NoDifference;
}

PairedTest pairedTest(const BestOfN &a, const BestOfN &b, std::uint64_t seed)
{
    assert(a.picks.size() == b.picks.size());
    PairedTest test;
    test.questions = a.questions;
    const std::vector<double> x = correctness(a);
    const std::vector<double> y = correctness(b);
    test.bootstrap = pairedBootstrap(y, x, seed);
    test.mcNemar = mcNemarExact(x, y);
    test.tiesA = a.ties;
    test.tiesB = b.ties;
    test.withoutScoreA = a.notTaken;
    test.withoutScoreB = b.notTaken;
    for (std::size_t q = 0; q < a.picks.size(); ++q) {
        const Pick &first = a.picks[q];
        const Pick &second = b.picks[q];
        test.both += first.correct && second.correct ? 1 : 0;
        test.neither += !first.correct && !second.correct ? 1 : 0;
        if (first.candidate != second.candidate || first.correct != second.correct)
            test.changed.push_back({q, first, second});
    }
    return test;
}

std::string verdictSentence(const PairedTest &test, const std::string &a, const std::string &b)
{
    const std::string points = decimalText(std::abs(test.bootstrap.difference) * 100, 1);
    switch (test.verdict()) {
    case PairedTest::Verdict::NoQuestions: return "No question was answered by both.";
    case PairedTest::Verdict::NoDifference: return "No difference can be shown.";
    case PairedTest::Verdict::BIsBetter: return b + " is better by " + points + " points.";
    case PairedTest::Verdict::AIsBetter: break;
    }
    return a + " is better by " + points + " points.";
}

} // namespace winnow
