#include "core/data/demo/digit_steps.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace winnow {

namespace {

int solve(DemoSubject subject, const std::vector<int> &operands)
{
    switch (subject) {
    case DemoSubject::Sum: {
        int sum = 0;
        for (int v : operands)
            sum += v;
        return sum;
    }
    case DemoSubject::Difference: return std::abs(operands[0] - operands[1]);
    case DemoSubject::Largest: break;
    }
    return *std::max_element(operands.begin(), operands.end());
}

std::string joined(const std::vector<int> &values, char separator)
{
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            text += separator;
        text += std::to_string(values[i]);
    }
    return text;
}

std::string operationText(DemoSubject subject, const std::vector<int> &operands, int result)
{
    std::string text;
    switch (subject) {
    case DemoSubject::Sum: text.append(joined(operands, '+')); break;
    case DemoSubject::Difference: text.append("|").append(joined(operands, '-')).append("|"); break;
    case DemoSubject::Largest: text.append("max(").append(joined(operands, ',')).append(")"); break;
    }
    return text.append("=").append(std::to_string(result));
}

/// A wrong result: 1 or 2 beside the right one, never below 0, each possible value equally likely.
int slip(int right, Random &random)
{
    std::vector<int> wrong;
    for (int offset : {-2, -1, 1, 2}) {
        if (right + offset >= 0)
            wrong.push_back(right + offset);
    }
    return wrong[random.below(wrong.size())];
}

DemoRow drawRow(const DigitSheet &sheet, std::uint64_t seed, RandomStream stream, int row)
{
    Random random(seed, stream, {static_cast<std::uint64_t>(row)});
    DemoRow result;
    result.problem = drawDemoProblem(sheet, random, demoKindOfRow(static_cast<std::uint64_t>(row)), 0,
                                     DigitSheet::trainPictures);
    result.chain = drawDemoChain(result.problem, random, demoRightInTrain);
    return result;
}

/// Flips exactly round(rate * rows) rows of each subject. The rows are taken from the front of a shuffled list, so a
/// higher rate flips those of a lower one and more.
void corrupt(DemoTask &task)
{
    for (std::size_t subject = 0; subject < demoSubjectNames.size(); ++subject) {
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < task.train.size(); ++i) {
            if (static_cast<std::size_t>(task.train[i].problem.subject) == subject)
                rows.push_back(i);
        }
        Random random(task.options.seed, RandomStream::DemoNoise, {subject});
        random.shuffle(rows);
        const auto flipped = std::llround(task.options.noise[subject] * static_cast<double>(rows.size()));
        for (std::size_t i = 0; i < static_cast<std::size_t>(flipped); ++i)
            task.train[rows[i]].noise = true;
    }
}

Status check(const DemoTaskOptions &options)
{
    for (std::size_t i = 0; i < options.noise.size(); ++i) {
        if (!(options.noise[i] >= 0.0 && options.noise[i] <= 1.0))
            return Error{"The noise rate of subject '" + std::string(demoSubjectNames[i])
                         + "' must lie between 0 and 1."};
    }
    for (int size : {options.trainRows, options.metaRows, options.holdoutRows, options.questions}) {
        if (size < 0 || size > 10'000'000)
            return Error{"A size of the demo must lie between 0 and 10,000,000 rows."};
    }
    if (options.candidates < 1 || options.candidates > 1024)
        return Error{"The demo needs 1 to 1024 candidates a question."};
    return {};
}

} // namespace

std::string DemoProblem::question() const
{
    switch (subject) {
    case DemoSubject::Sum: return "What is their sum?";
    case DemoSubject::Difference: return "What is their difference?";
    case DemoSubject::Largest: break;
    }
    return "Which is the largest?";
}

std::string DemoChain::text() const
{
    std::string all = "[Reasoning]\n";
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i > 0)
            all += "\n\n";
        all += steps[i];
    }
    return all;
}

double DemoTask::randomAccuracy() const
{
    std::size_t right = 0, all = 0;
    for (const DemoQuestion &question : test) {
        for (const DemoChain &chain : question.candidates) {
            right += chain.answerRight ? 1 : 0;
            ++all;
        }
    }
    return all == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(all);
}

double DemoTask::oracleAccuracy() const
{
    const auto solvable = std::count_if(test.begin(), test.end(), [](const DemoQuestion &question) {
        return std::any_of(question.candidates.begin(), question.candidates.end(),
                           [](const DemoChain &chain) { return chain.answerRight; });
    });
    return test.empty() ? 0.0 : static_cast<double>(solvable) / static_cast<double>(test.size());
}

DemoKind demoKindOfRow(std::uint64_t row)
{
    const auto subject = static_cast<DemoSubject>(row % demoSubjectNames.size());
    const bool three = subject != DemoSubject::Difference && row / demoSubjectNames.size() % 2 == 1;
    return {subject, three ? 3 : 2};
}

DemoProblem drawDemoProblem(const DigitSheet &sheet, Random &random, DemoKind kind, int firstPicture, int pictureCount)
{
    DemoProblem problem;
    problem.subject = kind.subject;
    for (int i = 0; i < kind.digits; ++i) {
        const int picture = firstPicture + static_cast<int>(random.below(static_cast<std::uint64_t>(pictureCount)));
        problem.pictures.push_back(picture);
        problem.digits.push_back(sheet.label(picture));
    }
    problem.answer = solve(problem.subject, problem.digits);
    return problem;
}

DemoChain drawDemoChain(const DemoProblem &problem, Random &random, double rightProbability)
{
    DemoChain chain;
    std::vector<int> written;
    bool soFar = true;
    auto add = [&](std::string step, int value, bool right) {
        soFar = soFar && right;
        chain.steps.push_back(std::move(step));
        chain.values.push_back(value);
        chain.labels.push_back(soFar);
    };
    for (std::size_t i = 0; i < problem.digits.size(); ++i) {
        int digit = problem.digits[i];
        const bool right = random.uniform() < rightProbability;
        if (!right) {
            digit = (digit + 1 + static_cast<int>(random.below(9))) % 10;
            ++chain.misreadings;
        }
        written.push_back(digit);
        add(std::string(1, static_cast<char>('a' + i)) + "=" + std::to_string(digit), problem.digits[i], right);
    }
    const int value = solve(problem.subject, written);
    chain.operationRight = random.uniform() < rightProbability;
    const int result = chain.operationRight ? value : slip(value, random);
    add(operationText(problem.subject, written, result), value, chain.operationRight);
    chain.answerRight = result == problem.answer;
    // The last step copies the result; copying cannot fail, so it is right whenever all before it are.
    add("Answer: " + std::to_string(result), problem.answer, true);
    return chain;
}

Result<DemoTask> generateDemoTask(const DigitSheet &sheet, const DemoTaskOptions &options)
{
    WINNOW_TRY(check(options));
    DemoTask task;
    task.options = options;
    for (int row = 0; row < options.trainRows; ++row)
        task.train.push_back(drawRow(sheet, options.seed, RandomStream::DemoTrain, row));
    for (int row = 0; row < options.metaRows; ++row)
        task.meta.push_back(drawRow(sheet, options.seed, RandomStream::DemoMeta, row));
    for (int row = 0; row < options.holdoutRows; ++row)
        task.holdout.push_back(drawRow(sheet, options.seed, RandomStream::DemoHoldout, row));
    for (int row = 0; row < options.questions; ++row) {
        const auto position = static_cast<std::uint64_t>(row);
        Random problemDraws(options.seed, RandomStream::DemoTest, {position});
        DemoQuestion question;
        question.problem = drawDemoProblem(sheet, problemDraws, demoKindOfRow(position), DigitSheet::trainPictures,
                                           DigitSheet::count - DigitSheet::trainPictures);
        for (int c = 0; c < options.candidates; ++c) {
            Random draws(options.seed, RandomStream::DemoTest, {position, static_cast<std::uint64_t>(c)});
            question.candidates.push_back(drawDemoChain(question.problem, draws, demoRightInTest));
        }
        task.test.push_back(std::move(question));
    }
    corrupt(task);
    return task;
}

} // namespace winnow
