#include "core/data/question_folds.h"

#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/data/dataset_overlap.h"

#include <algorithm>
#include <unordered_map>

namespace winnow
{

namespace
{

/// Rows of each question, in the order in which the questions first appear.
std::vector<std::vector<std::size_t>> rowsOfQuestions(std::span<const FoldRow> rows)
{
    std::unordered_map<std::string, std::string> pictures; ///< digest by path
    std::unordered_map<std::string, std::size_t> places;
    std::vector<std::vector<std::size_t>> questions;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string &path = rows[row].picture;
        const auto [picture, isNew] = pictures.try_emplace(path);
        if (isNew && !path.empty()) {
            auto digest = sha256OfFile(path);
            picture->second = digest.ok() ? std::move(digest).value() : path;
        }
        const std::string question = normalizedQuestion(rows[row].question) + '\n' + picture->second;
        const auto place = places.try_emplace(question, questions.size()).first->second;
        if (place == questions.size())
            questions.emplace_back();
        questions[place].push_back(row);
    }
    return questions;
}

} // namespace

Result<std::vector<std::uint32_t>> questionFolds(std::span<const FoldRow> rows, std::size_t folds, std::uint64_t seed)
{
    if (folds < 2)
        return Error{"Cross-validation needs at least 2 folds, not " + std::to_string(folds) + "."};
    std::vector<std::vector<std::size_t>> questions = rowsOfQuestions(rows);
    if (questions.size() < folds)
        return Error{"The training rows ask " + std::to_string(questions.size()) + " different questions, too few for "
                     + std::to_string(folds) + " folds that share none; take fewer folds."};
    Random(seed, RandomStream::Folds).shuffle(questions);
    std::vector<std::size_t> sizes(folds);
    std::vector<std::uint32_t> foldOf(rows.size());
    for (const std::vector<std::size_t> &question : questions) {
        const auto fold = std::min_element(sizes.begin(), sizes.end()) - sizes.begin();
        sizes[static_cast<std::size_t>(fold)] += question.size();
        for (const std::size_t row : question)
            foldOf[row] = static_cast<std::uint32_t>(fold);
    }
    return foldOf;
}

} // namespace winnow
