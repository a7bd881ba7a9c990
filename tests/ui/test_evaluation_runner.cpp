// An evaluation that the window asks for: the program that carries it out, and the dialog.
#include "tests/support/window_test.h"
#include "ui/bridge/evaluation_runner.h"
#include "ui/dialogs/evaluate_dialog.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"

#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace winnow::ui {
namespace {

class Evaluating : public test::ThemedTest {
protected:
    QTemporaryDir m_folder;
};

/// Stands for `winnow evaluate`: writes what it was asked, then does what `body` says.
QString fakeProgram(const QTemporaryDir &folder, const QByteArray &body)
{
    const QString path = folder.filePath(QStringLiteral("winnow"));
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("#!/bin/sh\necho \"$@\" > \"$(dirname \"$0\")/asked\"\n" + body);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

TEST_F(Evaluating, anEvaluationIsFollowedToItsEnd)
{
    EvaluationRunner runner(fakeProgram(m_folder, "echo 'progress 3/12 scoring' >&2\necho 'progress 12/12 scoring' >&2\n"
                                                  "echo 'best of 8'\necho '{\"accuracy\":0.85,\"low\":0.815,\"high\":0.885,"
                                                  "\"n\":400,\"candidates\":8}'\n"));
    QSignalSpy progress(&runner, &EvaluationRunner::progressed);
    QSignalSpy ended(&runner, &EvaluationRunner::ended);
    runner.start({RunId{7}, QStringLiteral("net-s1"), QStringLiteral("/data/a.db"), QStringLiteral("/data/test.json"), 4,
                  QStringLiteral("min")});
    EXPECT_TRUE(runner.busy());
    ASSERT_TRUE(ended.wait(60000));
    EXPECT_FALSE(runner.busy());
    EXPECT_TRUE(ended[0][0].toBool());
    EXPECT_EQ(ended[0][1].toString(), QStringLiteral("net-s1, best-of-8: 85.0% [81.5, 88.5], n = 400"));
    ASSERT_EQ(progress.size(), 3);
    EXPECT_EQ(progress[1][1].toLongLong(), 3);
    EXPECT_EQ(progress[2][2].toLongLong(), 12);
    QFile asked(m_folder.filePath(QStringLiteral("asked")));
    ASSERT_TRUE(asked.open(QIODevice::ReadOnly));
    EXPECT_EQ(asked.readAll().trimmed().toStdString(),
              "evaluate 7 --store /data/a.db --json --keep --progress-lines --test /data/test.json --n 4 --aggregate min");
}

TEST_F(Evaluating, anEvaluationIsCancelledOrTellsWhyItFailed)
{
    EvaluationRunner slow(fakeProgram(m_folder, "echo 'progress 1/12 scoring' >&2\nexec sleep 600\n"));
    QSignalSpy progress(&slow, &EvaluationRunner::progressed);
    QSignalSpy cancelled(&slow, &EvaluationRunner::ended);
    slow.start({RunId{1}, QStringLiteral("a"), {}, {}, 0, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return progress.size() >= 2; }, 60000));
    slow.cancel();
    ASSERT_TRUE(cancelled.wait(60000));
    EXPECT_FALSE(cancelled[0][0].toBool());
    EXPECT_TRUE(cancelled[0][1].toString().contains(QStringLiteral("cancelled")));

    EvaluationRunner bad(fakeProgram(m_folder, "echo 'error: There is no checkpoint folder \"x\".' >&2\nexit 1\n"));
    QSignalSpy failed(&bad, &EvaluationRunner::ended);
    bad.start({RunId{1}, QStringLiteral("a"), {}, {}, 0, {}});
    ASSERT_TRUE(failed.wait(60000));
    EXPECT_TRUE(failed[0][1].toString().contains(QStringLiteral("no checkpoint folder"))) << failed[0][1].toString().toStdString();

    EvaluationRunner absent(m_folder.filePath(QStringLiteral("nowhere")));
    QSignalSpy refused(&absent, &EvaluationRunner::ended);
    absent.start({RunId{1}, QStringLiteral("a"), {}, {}, 0, {}});
    ASSERT_EQ(refused.size(), 1);
    EXPECT_FALSE(refused[0][0].toBool());
}

TEST_F(Evaluating, theEvaluationDialogStartsOnlyWhatCanRun)
{
    EvaluationRunner runner(fakeProgram(m_folder, "exec sleep 600\n"));
    RunRow row;
    row.record.id = RunId{3};
    row.record.name = "net-s1";
    row.record.result.lastCheckpoint = "/runs/step-00000100";
    row.record.result.steps = 100;
    row.options.evaluation.aggregate = Aggregation::LogMean;
    RunRow bare;
    bare.record.id = RunId{4};
    bare.record.name = "queued";
    EvaluateDialog dialog(*s_theme, runner, RunRows({bare, row}), RunId{3}, QStringLiteral("/data/a.db"), nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *start = dialog.findChild<Button *>(QStringLiteral("start"));
    auto *test = dialog.findChild<QLineEdit *>(QStringLiteral("test"));
    auto *cancel = dialog.findChild<Button *>(QStringLiteral("cancel"));
    ASSERT_TRUE(start && test && cancel);
    const QList<ChoiceField *> choices = dialog.findChildren<ChoiceField *>();
    EXPECT_TRUE(std::any_of(choices.begin(), choices.end(), [](const ChoiceField *choice) {
        return choice->currentText() == QLatin1String("Log-mean") && choice->currentData() == QLatin1String("log_mean");
    })) << "named as on the page, passed on as the command line names it";
    EXPECT_FALSE(start->isEnabled()) << "no test file";
    test->setText(m_folder.filePath(QStringLiteral("absent.json")));
    EXPECT_FALSE(start->isEnabled());
    QFile file(m_folder.filePath(QStringLiteral("test.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    test->setText(file.fileName());
    ASSERT_TRUE(start->isEnabled());
    EXPECT_EQ(dialog.job().run, RunId{3}) << "a run without a checkpoint is not offered";
    start->click();
    EXPECT_TRUE(runner.busy());
    EXPECT_FALSE(start->isEnabled());
    EXPECT_TRUE(cancel->isVisible());
    QSignalSpy ended(&runner, &EvaluationRunner::ended);
    cancel->click();
    ASSERT_TRUE(ended.wait(60000));
    EXPECT_TRUE(start->isEnabled());
}

} // namespace
} // namespace winnow::ui
