#include "core/data/question_folds.h"

#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace winnow
{
namespace
{

std::vector<FoldRow> rowsOf(std::size_t questions, std::size_t each)
{
    std::vector<FoldRow> rows;
    for (std::size_t c = 0; c < each; ++c) // rows of a question do not stand together
        for (std::size_t q = 0; q < questions; ++q)
            rows.push_back({"Question " + std::to_string(q), {}});
    return rows;
}

TEST(QuestionFolds, RowsOfOneQuestionShareAFoldAndFoldsAreOfOneSize)
{
    const auto rows = rowsOf(20, 3);
    const auto folds = questionFolds(rows, 5, 7);
    ASSERT_TRUE(folds.ok()) << folds.error().message;
    std::map<std::string, std::set<std::uint32_t>> foldsOf;
    std::vector<int> sizes(5);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        foldsOf[rows[i].question].insert((*folds)[i]);
        ++sizes.at((*folds)[i]);
    }
    EXPECT_EQ(foldsOf.size(), 20u);
    for (const auto &[question, its] : foldsOf)
        EXPECT_EQ(its.size(), 1u) << question;
    EXPECT_EQ(sizes, std::vector<int>(5, 12));
    EXPECT_EQ(*questionFolds(rows, 5, 7), *folds);
    EXPECT_NE(*questionFolds(rows, 5, 8), *folds);
}

TEST(QuestionFolds, OneTextOverTwoPicturesIsTwoQuestionsAndEqualPicturesAreOne)
{
    const TempFolder folder;
    const std::string a = folder.write("a.png", "first"), b = folder.write("b.png", "second");
    const std::string again = folder.write("c.png", "first");
    const std::vector<FoldRow> rows{{"What is the sum?", a}, {"What is  the SUM?", again}, {"What is the sum?", b}};
    const auto folds = questionFolds(rows, 2, 1);
    ASSERT_TRUE(folds.ok()) << folds.error().message;
    EXPECT_EQ((*folds)[0], (*folds)[1]) << "the same words over the same bytes";
    EXPECT_NE((*folds)[0], (*folds)[2]);
}

TEST(QuestionFolds, TooFewQuestionsAreRefused)
{
    EXPECT_NE(questionFolds(rowsOf(3, 4), 4, 1).error().message.find("3 different questions"), std::string::npos);
    EXPECT_FALSE(questionFolds(rowsOf(3, 4), 1, 1).ok());
}

} // namespace
} // namespace winnow
