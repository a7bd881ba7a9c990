#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/data/demo/digit_sheet.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// The digit-steps demo (design.md section 7): questions on two or three handwritten digits, solved by chains of
/// steps that may be wrong. All draws come from (seed, stream, row), so the same seed gives the same bytes.

enum class DemoSubject { Sum, Difference, Largest };
inline constexpr std::array<std::string_view, 3> demoSubjectNames{"sum", "difference", "largest"};

inline constexpr double demoRightInTrain = 0.7; ///< train, meta and hold-out: chance that a fallible step is right
inline constexpr double demoRightInTest = 0.6;

/// What the picture shows and what is asked.
struct DemoProblem {
    DemoSubject subject = DemoSubject::Sum;
    std::vector<int> pictures; ///< indices into the sheet
    std::vector<int> digits;   ///< their labels
    int answer = 0;
    WINNOW_CORE_API std::string question() const;
};

/// One chain of steps. A label is right only if the step and all before it are right.
struct DemoChain {
    std::vector<std::string> steps;
    std::vector<int> values;      ///< right value of each step: the digit, the result of the written operands, the answer
    std::vector<bool> labels;     ///< true: `+`
    bool answerRight = false;     ///< the final answer equals the true one, by whatever way
    int misreadings = 0;          ///< readings that are wrong
    bool operationRight = false;  ///< the result follows from the written operands
    /// The form in which a model writes it: `[Reasoning]`, steps between blank lines, `Answer: ..` last.
    WINNOW_CORE_API std::string text() const;
};

struct DemoRow {
    DemoProblem problem;
    DemoChain chain;
    bool noise = false; ///< all its labels are flipped in the file
};

struct DemoQuestion {
    DemoProblem problem;
    std::vector<DemoChain> candidates;
};

struct DemoTaskOptions {
    std::uint64_t seed = 1;
    std::array<double, 3> noise{0.2, 0.3, 0.4}; ///< share of flipped train rows by subject, 0 .. 1
    int trainRows = 2000;
    int metaRows = 400;
    int holdoutRows = 100;
    int questions = 400;
    int candidates = 8;
};

struct DemoTask {
    DemoTaskOptions options;
    std::vector<DemoRow> train;
    std::vector<DemoRow> meta;
    std::vector<DemoRow> holdout;
    std::vector<DemoQuestion> test;

    /// Share of right candidates: accuracy of picking one blindly. In 0.25 .. 0.31 for the shipped sizes.
    WINNOW_CORE_API double randomAccuracy() const;
    /// Share of questions with a right candidate. In 0.87 .. 0.94 for the shipped sizes.
    WINNOW_CORE_API double oracleAccuracy() const;
};

/// Subject and number of digits of a task's row: the subjects take turns, and so do two and three digits within sum and
/// largest, so each task has the same mixture (shares drawn by chance moved the oracle by up to 0.05 between seeds).
struct DemoKind {
    DemoSubject subject = DemoSubject::Sum;
    int digits = 2;
};
WINNOW_CORE_API DemoKind demoKindOfRow(std::uint64_t row);

/// Draws a problem with pictures firstPicture .. firstPicture + pictureCount - 1.
WINNOW_CORE_API DemoProblem drawDemoProblem(const DigitSheet &sheet, Random &random, DemoKind kind,
                                            int firstPicture, int pictureCount);
/// Draws a chain whose readings and operation are each right with `rightProbability`.
WINNOW_CORE_API DemoChain drawDemoChain(const DemoProblem &problem, Random &random, double rightProbability);

/// Draws the whole task. Error: a noise rate outside 0 .. 1 or a negative size.
WINNOW_CORE_API Result<DemoTask> generateDemoTask(const DigitSheet &sheet, const DemoTaskOptions &options);

} // namespace winnow
