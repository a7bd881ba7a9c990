#include "core/data/demo/digit_steps.h"

#include "core/data/demo/demo_files.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

namespace winnow {
namespace {

const DigitSheet &sheet()
{
    static const DigitSheet loaded = std::move(DigitSheet::load(std::string(WINNOW_SOURCE_DIR) + "/resources/demo")).value();
    return loaded;
}

DemoTask task(std::uint64_t seed)
{
    DemoTaskOptions options;
    options.seed = seed;
    return std::move(generateDemoTask(sheet(), options)).value();
}

/// Five standard deviations of a binomial share.
double bound(double p, double n)
{
    return 5.0 * std::sqrt(p * (1 - p) / n);
}

TEST(DigitSheet, HoldsThePublishedDigits)
{
    std::map<int, int> counts;
    for (int i = 0; i < DigitSheet::count; ++i)
        ++counts[sheet().label(i)];
    // Class counts that scikit-learn's documentation gives.
    const std::map<int, int> published{{0, 178}, {1, 182}, {2, 177}, {3, 183}, {4, 181},
                                       {5, 182}, {6, 181}, {7, 179}, {8, 174}, {9, 180}};
    EXPECT_EQ(counts, published);
    // First row of the first picture of the data set: 0 0 5 13 9 1 0 0 of 16.
    const int ink[] = {0, 0, 5, 13, 9, 1, 0, 0};
    for (std::size_t x = 0; x < 8; ++x)
        EXPECT_EQ(sheet().pixels(0)[x], 255 - static_cast<int>(std::floor(ink[x] * 255 / 16.0 + 0.5)));
}

TEST(DigitSheet, PutsDigitsIntoWhiteCells)
{
    const int indices[] = {0, 1, 2};
    const Picture picture = sheet().sideBySide(indices);
    EXPECT_EQ(picture.width, 30);
    EXPECT_EQ(picture.height, 10);
    EXPECT_EQ(picture.rgb[0], 255);
    for (std::size_t channel = 0; channel < 3; ++channel)
        EXPECT_EQ(picture.rgb[(1 * 30 + 10 + 1 + 4) * 3 + channel], sheet().pixels(1)[4]);
}

TEST(DigitSheet, AnUnmovedPoseIsThePlainPictureAndAShiftMovesIt)
{
    const int indices[] = {0, 5};
    const Picture plain = sheet().sideBySide(indices);
    EXPECT_EQ(sheet().sideBySide(indices, std::vector<DigitPose>(2)).rgb, plain.rgb);
    const Picture moved = sheet().sideBySide(indices, std::vector<DigitPose>{{.shiftX = 1}, {.shiftY = -1}});
    const auto at = [](const Picture &picture, std::size_t x, std::size_t y) { return picture.rgb[(y * 20 + x) * 3]; };
    for (std::size_t y = 1; y < 9; ++y) {
        for (std::size_t x = 1; x < 9; ++x) {
            EXPECT_EQ(at(moved, x, y), at(plain, x - 1, y));
            EXPECT_EQ(at(moved, 10 + x, y), at(plain, 10 + x, y + 1));
        }
    }
    constexpr double quarter = 1.57079632679489662;
    const Picture turned = sheet().sideBySide(indices, std::vector<DigitPose>{{.angle = quarter}, {.angle = quarter}});
    for (std::size_t y = 0; y < 10; ++y) {
        for (std::size_t x = 0; x < 10; ++x)
            EXPECT_EQ(at(turned, 9 - y, x), at(plain, x, y));
    }
}

TEST(DigitSheet, NamesABrokenLabelFile)
{
    TempFolder folder;
    folder.write("optdigits_labels.txt", "012");
    const auto broken = DigitSheet::load(folder.path());
    ASSERT_FALSE(broken.ok());
    EXPECT_NE(broken.error().message.find("optdigits_labels.txt"), std::string::npos);
}

TEST(DigitSteps, RandomAndOracleStayInTheFixedRanges)
{
    for (std::uint64_t seed : {0, 1, 2, 3, 4, 10, 11, 12}) {
        const DemoTask made = task(seed);
        EXPECT_GE(made.randomAccuracy(), 0.25) << seed;
        EXPECT_LE(made.randomAccuracy(), 0.31) << seed;
        EXPECT_GE(made.oracleAccuracy(), 0.87) << seed;
        EXPECT_LE(made.oracleAccuracy(), 0.94) << seed;
    }
}

TEST(DigitSteps, HasTheFixedCountsAndPictures)
{
    const DemoTask made = task(3);
    EXPECT_EQ(made.train.size(), 2000u);
    EXPECT_EQ(made.meta.size(), 400u);
    EXPECT_EQ(made.holdout.size(), 100u);
    EXPECT_EQ(made.test.size(), 400u);
    std::set<std::size_t> lengths[3];
    auto look = [&](const DemoProblem &problem, int low, int high) {
        for (std::size_t i = 0; i < problem.pictures.size(); ++i) {
            EXPECT_GE(problem.pictures[i], low);
            EXPECT_LE(problem.pictures[i], high);
            EXPECT_EQ(problem.digits[i], sheet().label(problem.pictures[i]));
        }
        lengths[static_cast<std::size_t>(problem.subject)].insert(problem.digits.size());
    };
    for (const auto *rows : {&made.train, &made.meta, &made.holdout}) {
        for (const DemoRow &row : *rows)
            look(row.problem, 0, 1399);
    }
    for (const DemoQuestion &question : made.test) {
        EXPECT_EQ(question.candidates.size(), 8u);
        look(question.problem, 1400, 1796);
    }
    EXPECT_EQ(lengths[0], (std::set<std::size_t>{2, 3}));
    EXPECT_EQ(lengths[1], (std::set<std::size_t>{2}));
    EXPECT_EQ(lengths[2], (std::set<std::size_t>{2, 3}));
}

TEST(DigitSteps, FlipsTheFixedShareOfEachSubjectInTrainOnly)
{
    for (std::uint64_t seed : {0, 10}) {
        const DemoTask made = task(seed);
        std::map<int, int> rows, flipped;
        for (const DemoRow &row : made.train) {
            ++rows[static_cast<int>(row.problem.subject)];
            flipped[static_cast<int>(row.problem.subject)] += row.noise ? 1 : 0;
        }
        const double rates[] = {0.2, 0.3, 0.4};
        for (int s = 0; s < 3; ++s) {
            EXPECT_NEAR(rows[s] / 2000.0, 1.0 / 3, bound(1.0 / 3, 2000));
            EXPECT_NEAR(flipped[s], rates[s] * rows[s], 0.51);
        }
        for (const auto *clean : {&made.meta, &made.holdout}) {
            for (const DemoRow &row : *clean)
                EXPECT_FALSE(row.noise);
        }
    }
}

struct Shares {
    double readings = 0, misread = 0, operations = 0, operationsRight = 0;
    void add(const DemoProblem &problem, const DemoChain &chain)
    {
        readings += static_cast<double>(problem.digits.size());
        misread += chain.misreadings;
        ++operations;
        operationsRight += chain.operationRight ? 1 : 0;
    }
    void expect(double p) const
    {
        EXPECT_NEAR(1 - misread / readings, p, bound(p, readings));
        EXPECT_NEAR(operationsRight / operations, p, bound(p, operations));
    }
};

TEST(DigitSteps, FallibleStepsAreRightWithTheFixedProbability)
{
    Shares train, meta, test;
    for (std::uint64_t seed : {0, 1, 2}) {
        const DemoTask made = task(seed);
        for (const DemoRow &row : made.train)
            train.add(row.problem, row.chain);
        for (const DemoRow &row : made.meta)
            meta.add(row.problem, row.chain);
        for (const DemoQuestion &question : made.test) {
            for (const DemoChain &chain : question.candidates)
                test.add(question.problem, chain);
        }
    }
    train.expect(0.7);
    meta.expect(0.7);
    test.expect(0.6);
}

/// Reads the numbers out of a step's text, independently of the code that wrote it.
std::vector<int> numbers(const std::string &text)
{
    std::vector<int> found;
    for (std::size_t i = 0; i < text.size();) {
        if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
            ++i;
            continue;
        }
        std::size_t length = 0;
        found.push_back(std::stoi(text.substr(i), &length));
        i += length;
    }
    return found;
}

int solveAgain(DemoSubject subject, std::vector<int> operands)
{
    if (subject == DemoSubject::Difference)
        return std::abs(operands[0] - operands[1]);
    std::sort(operands.begin(), operands.end());
    if (subject == DemoSubject::Largest)
        return operands.back();
    int sum = 0;
    for (int v : operands)
        sum += v;
    return sum;
}

void checkChain(const DemoProblem &problem, const DemoChain &chain)
{
    const std::size_t n = problem.digits.size();
    ASSERT_EQ(chain.steps.size(), n + 2);
    bool right = true;
    std::vector<int> written;
    for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(chain.steps[i].substr(0, 2), std::string(1, static_cast<char>('a' + i)) + "=");
        written.push_back(numbers(chain.steps[i])[0]);
        right = right && written[i] == problem.digits[i];
        EXPECT_EQ(chain.labels[i], right) << chain.steps[i];
        EXPECT_EQ(chain.values[i], problem.digits[i]);
    }
    std::vector<int> operation = numbers(chain.steps[n]);
    const int result = operation.back();
    operation.pop_back();
    EXPECT_EQ(operation, written) << "later steps follow from what was written";
    const int due = solveAgain(problem.subject, written);
    EXPECT_LE(std::abs(result - due), 2);
    right = right && result == due;
    EXPECT_EQ(chain.labels[n], right);
    EXPECT_EQ(chain.values[n], due);
    EXPECT_EQ(chain.steps[n + 1], "Answer: " + std::to_string(result));
    EXPECT_EQ(chain.labels[n + 1], right);
    EXPECT_EQ(chain.values[n + 1], solveAgain(problem.subject, problem.digits));
    EXPECT_EQ(chain.answerRight, result == solveAgain(problem.subject, problem.digits));
}

TEST(DigitSteps, LabelsFollowFromTheWrittenSteps)
{
    const DemoTask made = task(1);
    for (const DemoRow &row : made.train)
        checkChain(row.problem, row.chain);
    for (const DemoQuestion &question : made.test) {
        for (const DemoChain &chain : question.candidates)
            checkChain(question.problem, chain);
    }
}

TEST(DigitSteps, WrongReadingsAndOperationsAreUniform)
{
    std::map<int, double> offsets, slips;
    double misread = 0, slipped = 0;
    for (std::uint64_t seed : {20, 21, 22}) {
        for (const DemoRow &row : task(seed).train) {
            for (std::size_t i = 0; i < row.problem.digits.size(); ++i) {
                const int offset = (numbers(row.chain.steps[i])[0] - row.problem.digits[i] + 10) % 10;
                if (offset != 0) {
                    ++offsets[offset];
                    ++misread;
                }
            }
            const std::size_t n = row.problem.digits.size();
            const int due = row.chain.values[n], result = numbers(row.chain.steps[n]).back();
            if (result != due && due >= 2) {
                ++slips[result - due];
                ++slipped;
            }
            EXPECT_GE(result, 0);
        }
    }
    EXPECT_EQ(offsets.size(), 9u);
    for (const auto &[offset, count] : offsets)
        EXPECT_NEAR(count / misread, 1.0 / 9, bound(1.0 / 9, misread)) << offset;
    EXPECT_EQ(slips.size(), 4u);
    for (const auto &[slip, count] : slips)
        EXPECT_NEAR(count / slipped, 0.25, bound(0.25, slipped)) << slip;
}

TEST(DigitSteps, RefusesARateOutsideItsRange)
{
    DemoTaskOptions options;
    options.noise[1] = 1.5;
    const auto made = generateDemoTask(sheet(), options);
    ASSERT_FALSE(made.ok());
    EXPECT_NE(made.error().message.find("difference"), std::string::npos);
    options.noise[1] = std::nan("");
    EXPECT_FALSE(generateDemoTask(sheet(), options).ok());
}

TEST(DigitSteps, ARowDoesNotDependOnTheNumberOfRows)
{
    DemoTaskOptions small;
    small.seed = 3;
    small.trainRows = 200;
    small.questions = 40;
    const DemoTask quick = std::move(generateDemoTask(sheet(), small)).value();
    const DemoTask whole = task(3);
    for (std::size_t i = 0; i < quick.train.size(); ++i)
        EXPECT_EQ(quick.train[i].chain.steps, whole.train[i].chain.steps);
    for (std::size_t i = 0; i < quick.test.size(); ++i)
        EXPECT_EQ(quick.test[i].candidates[7].steps, whole.test[i].candidates[7].steps);
}

std::map<std::string, std::string> filesOf(std::uint64_t seed, const TempFolder &folder)
{
    DemoTaskOptions options;
    options.seed = seed;
    options.trainRows = 60;
    options.metaRows = 20;
    options.holdoutRows = 10;
    options.questions = 12;
    const DemoTask made = std::move(generateDemoTask(sheet(), options)).value();
    EXPECT_TRUE(writeDemoTask(made, sheet(), folder.path()).ok());
    std::map<std::string, std::string> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file())
            files[std::filesystem::relative(entry.path(), folder.path()).string()] = TempFolder::read(entry.path());
    }
    return files;
}

TEST(DemoFiles, EqualSeedsGiveEqualBytesAndOthersDiffer)
{
    TempFolder a, b, c;
    const auto first = filesOf(5, a);
    EXPECT_EQ(first, filesOf(5, b));
    const auto other = filesOf(6, c);
    for (const char *name : {"train.json", "meta.json", "meta_answer_level.json", "holdout.json", "test.json",
                             "task.json", "pictures/train-00000.png"}) {
        ASSERT_TRUE(first.contains(name)) << name;
        EXPECT_NE(first.at(name), other.at(name)) << name;
    }
    EXPECT_EQ(first.size(), 6u + 60 + 20 + 10 + 12);
}

TEST(DemoFiles, NameAFolderThatCannotBeMade)
{
    TempFolder folder;
    const std::string blocked = folder.write("file", "x") + "/below";
    const Status status = writeDemoTask(task(1), sheet(), blocked);
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("below"), std::string::npos);
}

} // namespace
} // namespace winnow
