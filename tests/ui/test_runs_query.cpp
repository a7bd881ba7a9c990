// Behaviour 2: the one line that filters runs.
#include "core/base/options.h"
#include "tests/support/made_up_runs.h"
#include "ui/models/run_query.h"
#include "ui/models/run_fields.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace winnow::ui
{
namespace
{

using test::finishedRun;
using test::sixRuns;

std::int64_t matching(const QString &text, const RunRows &rows)
{
    RunQuery::Problem problem;
    const auto query = RunQuery::parse(text, &problem);
    EXPECT_TRUE(query) << text.toStdString() << ": " << problem.message.toStdString();
    return query ? std::count_if(rows.begin(), rows.end(), [&](const RunRow &row) { return query->matches(row); }) : -1;
}

RunQuery::Problem problemOf(const char *text)
{
    RunQuery::Problem problem;
    EXPECT_FALSE(RunQuery::parse(QString::fromUtf8(text), &problem)) << text;
    return problem;
}

TEST(RunsQuery, behaviour2_filtersByOneLine)
{
    const RunRows rows = sixRuns();
    EXPECT_EQ(
        matching(QStringLiteral("mode = \"net\" and seed in (1,2) and acc_best8 > 0.83 and tag ~ \"noise\""), rows), 1);
    EXPECT_EQ(matching(QStringLiteral("mode = \"net\" and seed in (1,2)"), rows), 4);
    EXPECT_EQ(matching(QStringLiteral("acc_best8 > .83"), rows), 4);
    EXPECT_EQ(matching(QStringLiteral("acc_best8 != 0.84"), rows), 4)
        << "a run that was not evaluated meets no condition";
    EXPECT_EQ(matching(QStringLiteral("not mode = net or seed = 3"), rows), 2);
    EXPECT_EQ(matching(QStringLiteral("(mode = table or seed = 1) and acc_best8 > .845"), rows), 2);
    EXPECT_EQ(matching(QStringLiteral("tag != abl"), rows), 5);
    EXPECT_EQ(matching(QStringLiteral("tag = ABL"), rows), 1);
    EXPECT_EQ(matching(QStringLiteral("meta.gradient_ema >= .5"), rows), 1);
    EXPECT_EQ(matching(QStringLiteral("started = 1970-01-01 or started < 1980-01-01"), rows), 6);
    EXPECT_EQ(matching({}, rows), 6);
}

TEST(RunsQuery, behaviour2_anySettingIsUsableByItsKey)
{
    RunRow row = finishedRun(1, "table", 0.8);
    row.options.name = row.record.name;
    for (const OptionInfo &option : optionSchema()) {
        const QString key = QString::fromStdString(option.key);
        const RunField *field = findRunField(key);
        ASSERT_TRUE(field) << option.key;
        const QString text = QStringLiteral("%1 = \"%2\"").arg(key, runValueText(row, *field));
        RunQuery::Problem problem;
        const auto query = RunQuery::parse(text, &problem);
        ASSERT_TRUE(query) << text.toStdString() << problem.message.toStdString();
        EXPECT_TRUE(query->matches(row)) << text.toStdString();
    }
}

TEST(RunsQuery, behaviour2_saysWhereAndWhatIsWrong)
{
    const auto unknown = problemOf("mode = net and sed > 3");
    EXPECT_EQ(unknown.message, QStringLiteral("Unknown name 'sed'. Did you mean 'seed'?"));
    EXPECT_EQ(unknown.from, 15);
    EXPECT_EQ(unknown.length, 3);
    const auto choice = problemOf("mode = tabel");
    EXPECT_TRUE(choice.message.endsWith(QStringLiteral("Did you mean 'table'?"))) << choice.message.toStdString();
    EXPECT_EQ(choice.from, 7);
    EXPECT_EQ(problemOf("seed > x").from, 7);
    EXPECT_EQ(problemOf("name > 3").from, 5);
    EXPECT_EQ(problemOf("tag ~ \"a(\"").from, 6);
    EXPECT_EQ(problemOf("seed in 1").from, 8);
    EXPECT_EQ(problemOf("seed in (1, 2").from, 8);
    EXPECT_EQ(problemOf("(seed = 1").from, 0);
    EXPECT_EQ(problemOf("tag = \"open").from, 6);
    EXPECT_EQ(problemOf("seed = 1 mode = net").from, 9);
    EXPECT_EQ(problemOf("started > yesterday").from, 10);
    for (const char *bad :
         {"seed", "seed >", "= 3", "seed 3", "and", "seed = 1 and", "seed in ()", "not", "()", ")", "seed = 1)"})
        EXPECT_FALSE(problemOf(bad).message.isEmpty()) << bad;
}

TEST(RunsQuery, behaviour2_completesNamesSignsAndValues)
{
    const RunRows rows = sixRuns();
    const auto words = [&rows](const char *text) {
        const QString own = QString::fromUtf8(text);
        return RunQuery::complete(own, static_cast<int>(own.size()), rows).words;
    };
    EXPECT_EQ(words("acc").value(0), QStringLiteral("acc_best8"));
    EXPECT_TRUE(words("").contains(QStringLiteral("seed")));
    EXPECT_TRUE(words("gradient_e").contains(QStringLiteral("meta.gradient_ema"))) << "a part in the middle is enough";
    EXPECT_TRUE(words("seed ").contains(QStringLiteral(">=")));
    EXPECT_FALSE(words("mode ").contains(QStringLiteral(">=")));
    EXPECT_EQ(words("mode = "),
              (QStringList{QStringLiteral("none"), QStringLiteral("domain"), QStringLiteral("table"),
                           QStringLiteral("net")}));
    EXPECT_TRUE(words("tag ~ \"noi").contains(QStringLiteral("noise-30")));
    EXPECT_EQ(words("mode = net "), (QStringList{QStringLiteral("and"), QStringLiteral("or")}));
    EXPECT_TRUE(words("seed in (1, ").contains(QStringLiteral("2")));
    EXPECT_TRUE(words("mode = net and s").contains(QStringLiteral("seed")));
    const auto place = RunQuery::complete(QStringLiteral("mode = net and sta"), 18, rows);
    EXPECT_EQ(place.from, 15);
    EXPECT_EQ(place.length, 3);
}

} // namespace
} // namespace winnow::ui
