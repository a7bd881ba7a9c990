// What the window derives of stored runs: their accuracies, and corrections that lead from one to another.
#include "core/eval/paired_test.h"
#include "core/eval/statistics.h"
#include "core/store/derivation_store.h"
#include "core/store/ranker_score_store.h"
#include "tests/support/window_test.h"
#include "ui/pages/run_summary.h"
#include "ui/pages/runs_page.h"
#include "ui/support/scoring.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cell_text.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/text_label.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

namespace winnow::ui {
namespace {

class StoredRuns : public test::WindowTest {
protected:
    QString path() const { return m_folder.filePath(QStringLiteral("store.db")); }

private:
    QTemporaryDir m_folder;
};

TEST_F(StoredRuns, everyAccuracyHasItsNumberOfQuestionsAndItsInterval)
{
    constexpr int count = 510; // more than are read in detail
    {
        auto db = Database::open(path().toStdString());
        ASSERT_TRUE(db.ok());
        for (int i = 0; i < count; ++i) {
            NewRun fresh;
            fresh.name = "run-" + std::to_string(i);
            fresh.configJson = "{}";
            fresh.stage = "bilevel";
            fresh.method = "table";
            fresh.environment = "{}";
            const auto run = RunStore(*db).create(fresh);
            ASSERT_TRUE(run.ok()) << run.error().message;
            EvaluationRecord evaluation;
            evaluation.run = *run;
            evaluation.step = 100;
            evaluation.n = i == 7 ? 50 : 400;
            evaluation.correct = evaluation.n * 4 / 5;
            evaluation.accuracy = 0.8;
            ASSERT_TRUE(EvaluationStore(*db).put(evaluation, {}).ok());
        }
    }
    openWindow(path());
    const RunsModel &model = m_window->runsPage()->model();
    ASSERT_EQ(model.runs().size(), static_cast<std::size_t>(count));
    for (const RunRow &row : model.runs()) {
        ASSERT_TRUE(row.accuracy.has_value());
        const std::int64_t n = row.record.name == "run-7" ? 50 : 400;
        EXPECT_EQ(row.questions, n);
        const winnow::Interval wilson = wilsonInterval(n * 4 / 5, n);
        EXPECT_NEAR(row.accuracy->low, wilson.low, 1e-12) << row.record.name;
        EXPECT_NEAR(row.accuracy->high, wilson.high, 1e-12);
    }
    const QString head = model.headerData(RunsModel::Accuracy, Qt::Horizontal, Qt::DisplayRole).toString();
    EXPECT_EQ(head.toStdString(), "Best-of-N") << "one header cannot speak for different numbers of questions";
    const int odd = m_window->runsPage()->model().rowOf(RunId{8});
    ASSERT_GE(odd, 0);
    EXPECT_TRUE(cellText(model.index(odd, RunsModel::Accuracy).data(CellRole).value<Cell>()).contains(QStringLiteral("n 50")));
}

TEST_F(StoredRuns, confidentLearningIsARankerOfTheSamplesWhereItWasDone)
{
    writeStore(path(), GeneratedKind::Full, 120, 24);
    StoreReader reader(Database::open(path().toStdString()).value());
    const auto all = reader.runs();
    ASSERT_TRUE(all.ok()) << all.error().message;
    const auto run = std::find_if(all->rows.begin(), all->rows.end(), [](const RunRow &row) {
        return row.record.state == RunState::Finished && row.record.datasets.contains("train");
    });
    ASSERT_NE(run, all->rows.end());
    const auto named = [](const RankerColumn &ranker) { return ranker.name == QStringLiteral("Confident learning"); };
    const auto before = reader.samples(run->id());
    ASSERT_TRUE(before.ok()) << before.error().message;
    const auto &rankers = (*before)->rankers;
    EXPECT_TRUE(std::none_of(rankers.begin(), rankers.end(), named));

    const std::vector<float> perfect((*before)->noise.begin(), (*before)->noise.end());
    ASSERT_FALSE(perfect.empty());
    ASSERT_TRUE(RankerScoreStore(reader.database()).put(run->id(), {confidentLearningName, perfect, "{}", 0}).ok());
    const auto after = reader.samples(run->id());
    ASSERT_TRUE(after.ok()) << after.error().message;
    const auto ranker = std::find_if((*after)->rankers.begin(), (*after)->rankers.end(), named);
    ASSERT_NE(ranker, (*after)->rankers.end());
    EXPECT_EQ(ranker->suspicion, perfect);
    ASSERT_TRUE(ranker->auroc.has_value());
    EXPECT_EQ(ranker->auroc->value, 1.0);
}

TEST_F(StoredRuns, idea10ACorrectionIsShownFromBothOfItsRuns)
{
    writeStore(path(), GeneratedKind::Full, 120, 24);
    openWindow(path());
    const auto &rows = m_window->runs().rows;
    const auto rowNamed = [&](const char *name) -> const RunRow & {
        return *std::find_if(rows.begin(), rows.end(), [&](const RunRow &row) { return row.record.name == name; });
    };
    const RunId before = rowNamed("table-s1").id();
    const RunId after = rowNamed("table-s2").id();
    const auto &files = rowNamed("table-s1").data;
    const std::string parent = std::find_if(files.begin(), files.end(), [](const RunData &file) { return file.role == QLatin1String("train"); })
                                   ->sha256.toStdString();
    // The second run stands for one on the corrected file: its training set gets an identity of its own.
    ASSERT_TRUE(m_session->writer().execute([&](Database &db) -> Status {
        DatasetRecord corrected = DatasetStore(db).get(RunStore(db).get(before)->datasets.at("train")).value();
        const auto samples = DatasetStore(db).samples(corrected.id).value();
        corrected.name = "corrected.json";
        corrected.sha256 = "corrected";
        const auto id = DatasetStore(db).put(corrected, samples);
        if (!id.ok())
            return id.error();
        WINNOW_TRY(RunStore(db).setDataset(after, "train", *id));
        return DerivationStore(db).put({parent, "corrected", "/tmp/corrected.json", before, 41, 118, 1959, 0});
    }).ok());
    for (const RunId run : {before, after}) {
        std::vector<LineagePair> pairs;
        m_session->request<std::vector<LineagePair>>(
            m_window.get(),
            [run](StoreReader &reader) {
                StoreReader fresh(Database::open(reader.database().path()).value()); // nothing kept from before
                return fresh.lineage(run);
            },
            [&pairs](const Result<std::vector<LineagePair>> &found) {
                ASSERT_TRUE(found.ok()) << found.error().message;
                pairs = *found;
            });
        settle();
        ASSERT_EQ(pairs.size(), 1U) << run.value;
        EXPECT_EQ(pairs[0].before.run, before);
        EXPECT_EQ(pairs[0].after.run, after);
        EXPECT_EQ(pairs[0].excluded, 41);
        EXPECT_EQ(pairs[0].flipped, 118);
        for (const LineageSide *side : {&pairs[0].before, &pairs[0].after}) {
            ASSERT_TRUE(side->averagePrecision.has_value());
            EXPECT_LE(side->averagePrecision->low, side->averagePrecision->value);
            EXPECT_GE(side->averagePrecision->high, side->averagePrecision->value);
            EXPECT_GT(side->noisy, 0);
        }
        ASSERT_TRUE(pairs[0].difference.has_value());
        EXPECT_EQ(pairs[0].paired, 24);

        RunSummary summary(*s_theme);
        const RunRow own = rowNamed(run == before ? "table-s1" : "table-s2");
        summary.setRun(&own, nullptr, nullptr);
        summary.setLineage(run, pairs);
        QSignalSpy asked(&summary, &RunSummary::runRequested);
        const QString other = QString::fromStdString(run == before ? "table-s2" : "table-s1");
        for (Button *button : summary.findChildren<Button *>())
            if (button->text() == other)
                button->click();
        ASSERT_TRUE(asked.size() == 1 || asked.wait(60000));
        EXPECT_EQ(asked[0][0].value<RunId>(), run == before ? after : before);
    }
}

TEST_F(StoredRuns, theSummarySetsARunAgainstTheReferenceOverTheSameQuestionsAsCompareDoes)
{
    writeStore(path(), GeneratedKind::Full, 120, 24);
    openWindow(path());
    const auto &rows = m_window->runs().rows;
    const auto rowNamed = [&](const char *name) {
        return *std::find_if(rows.begin(), rows.end(), [&](const RunRow &row) { return row.record.name == name; });
    };
    const RunRow table = rowNamed("table-s1");
    const RunRow none = rowNamed("none-s1");
    StoreReader reader(Database::open(path().toStdString()).value());
    const auto data = reader.evaluation({none.id(), table.id()}).value();
    const ScoringChoice choice{.candidates = commonCandidates(*data)};
    const auto picks = [&](std::size_t run) {
        return bestOfN(scoredQuestions(*data, data->runs[run], choice), choice.candidates, choice.ties);
    };
    const PairedTest test = pairedTest(picks(0), picks(1));
    ASSERT_EQ(test.questions, 24);
    const auto &[low, high] = test.bootstrap.interval;
    const QString paired = differenceText({test.bootstrap.difference, low, high});

    auto *page = m_window->runsPage();
    page->findChild<DataTable *>()->setCurrentIndex(page->model().index(page->model().rowOf(table.id()), RunsModel::Name));
    settle();
    const auto tipOf = [](const RunSummary &summary, const QString &text) -> std::optional<QString> {
        for (const TextLabel *label : summary.findChildren<TextLabel *>())
            if (label->text() == text)
                return label->toolTip();
        return std::nullopt;
    };
    const auto shown = tipOf(*page->findChild<RunSummary *>(), paired);
    ASSERT_TRUE(shown.has_value()) << "not " << paired.toStdString();
    EXPECT_TRUE(shown->contains(QStringLiteral("the same 24 questions"))) << shown->toStdString();
    EXPECT_TRUE(shown->contains(QStringLiteral("paired bootstrap")));

    // On other questions there is nothing to pair, and the summary says so.
    DatasetRecord other = DatasetStore(reader.database()).get(none.record.datasets.at("test")).value();
    const auto questions = DatasetStore(reader.database()).samples(other.id).value();
    other.sha256 = "other questions";
    const auto dataset = DatasetStore(reader.database()).put(other, questions);
    ASSERT_TRUE(dataset.ok()) << dataset.error().message;
    ASSERT_TRUE(RunStore(reader.database()).setDataset(none.id(), "test", *dataset).ok());
    const auto difference = pairedDifference(reader, none.id(), table.id());
    ASSERT_TRUE(difference.ok()) << difference.error().message;
    EXPECT_FALSE(difference->has_value());
    RunSummary summary(*s_theme);
    summary.setRun(&table, nullptr, &none);
    EXPECT_EQ(summary.reference(), none.id());
    summary.setDifference(table.id(), none.id(), difference);
    EXPECT_FALSE(tipOf(summary, paired).has_value());
    EXPECT_TRUE(tipOf(summary, QStringLiteral("unpaired: not the same questions")).has_value());
}

} // namespace
} // namespace winnow::ui
