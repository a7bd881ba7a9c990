// Behaviours 17 and 21: what is read off a plot, and plots and tables as text.
#include "tests/support/window_test.h"
#include "ui/models/simple_table.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/plot_menu.h"
#include "ui/pages/table_menu.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/scatter_plot.h"
#include "ui/widgets/cell_text.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace winnow::ui {
namespace {

class Figures : public test::WindowTest {
protected:
    QTemporaryDir m_folder;
};

TEST_F(Figures, behaviour17TheCursorMeasuresDifferences)
{
    CurvePlot plot(*s_theme);
    plot.resize(600, 300);
    plot.setDescription(QStringLiteral("Loss"));
    plot.show();
    plot.setCurves({Curve{.name = QStringLiteral("Train"), .x = {0, 100, 200}, .y = {1.0, 0.75, 0.5}}});
    plot.setXRange(0, 200);
    QObject::connect(&plot, &Plot::cursorMoved, &plot, [&plot](double x) { plot.Plot::setCursor(x); });
    plot.Plot::setCursor(0.0);
    QTest::keyClick(&plot, Qt::Key_Return);
    EXPECT_EQ(plot.deltaFrom(), std::optional(0.0));
    plot.Plot::setCursor(200.0);
    EXPECT_TRUE(plot.accessibleDescription().contains(QStringLiteral("Δ −0.500"))) << plot.accessibleDescription().toStdString();
    EXPECT_TRUE(plot.accessibleDescription().contains(QStringLiteral("Δ +200")));
    QTest::keyClick(&plot, Qt::Key_Escape);
    EXPECT_FALSE(plot.pinned());
    EXPECT_FALSE(plot.deltaFrom().has_value());
    EXPECT_FALSE(plot.accessibleDescription().contains(QStringLiteral("Δ")));

    const QPoint left(120, 150);
    const QPoint right(400, 150);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, left);
    EXPECT_TRUE(plot.pinned());
    EXPECT_FALSE(plot.deltaFrom().has_value());
    QTest::mouseClick(&plot, Qt::LeftButton, {}, right);
    ASSERT_TRUE(plot.deltaFrom().has_value());
    EXPECT_NEAR(*plot.deltaFrom(), plot.xAxis->pixelToCoord(left.x()), 1e-9);
    EXPECT_NEAR(*plot.cursor(), plot.xAxis->pixelToCoord(right.x()), 1e-9);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, left);
    EXPECT_FALSE(plot.pinned());
}

TEST_F(Figures, behaviour21WhatIsInViewIsCopiedAsATable)
{
    CurvePlot plot(*s_theme);
    plot.resize(600, 300);
    plot.show();
    plot.setCurves({Curve{.name = QStringLiteral("Train\tx"), .x = {1, 2, 3}, .y = {0.1, std::nan(""), 0.3}},
                    Curve{.name = QStringLiteral("Test"), .x = {2}, .y = {0.5}, .low = {0.4}, .high = {0.6}}});
    plot.setXRange(0, 4);
    PlotMenu menu(*s_theme, nullptr, &plot);
    menu.copyTable();
    EXPECT_EQ(QApplication::clipboard()->text().toStdString(),
              "x\tTrain x\tTest\tTest low\tTest high\n1\t0.10000000000000001\t\t\t\n2\t\t0.5\t0.40000000000000002\t0.59999999999999998\n"
              "3\t0.29999999999999999\t\t\t\n");
    plot.showX(2.5, 4);
    menu.copyTable();
    EXPECT_EQ(QApplication::clipboard()->text().count(QLatin1Char('\n')), 2) << "only what is in view";
    ScatterPlot scatter(*s_theme);
    scatter.resize(300, 300);
    scatter.setPoints({0.5F, 1.0F}, {1.0F, 2.0F}, {});
    EXPECT_EQ(scatter.tableText().toStdString(), "row\tx\ty\tselected\n0\t0.5\t1\t0\n1\t1\t2\t0\n");
}

TEST_F(Figures, behaviour21TablesBecomeCsvMarkdownAndLatex)
{
    SimpleTable model;
    model.set({{QStringLiteral("Run")}, {QStringLiteral("Accuracy"), Qt::AlignRight}, {QStringLiteral("Loss")}},
              {{TextCell{.text = QStringLiteral("a|b, \"q\" & 50%_x")}, IntervalCell{Interval{0.85, 0.815, 0.885}, 0, 1, {}}, SparkCell{}},
               {TextCell{.text = QStringLiteral("<b>\\n")},
                TextCell{.text = QStringLiteral("−1\u2009402 ± 2"), .mono = true}, SparkCell{}}});
    EXPECT_EQ(formatTable(tableOf(model, TableForm::Csv), TableForm::Csv).toStdString(),
              "Run,Accuracy,Accuracy low,Accuracy high\n\"a|b, \"\"q\"\" & 50%_x\",0.84999999999999998,0.81499999999999995,"
              "0.88500000000000001\n<b>\\n,-1402 ± 2,,\n");
    EXPECT_EQ(formatTable(tableOf(model, TableForm::Markdown), TableForm::Markdown).toStdString(),
              "| Run | Accuracy |\n| --- | ---: |\n| a\\|b, \"q\" & 50%\\_x | 85.0% \\[81.5, 88.5\\] |\n| \\<b\\>\\\\n | −1\u2009402 ± 2 |\n");
    EXPECT_EQ(formatTable(tableOf(model, TableForm::Latex), TableForm::Latex).toStdString(),
              "\\begin{tabular}{lr}\n  \\toprule\n  Run & Accuracy \\\\\n  \\midrule\n  a|b, \"q\" \\& 50\\%\\_x & 85.0\\% [81.5, 88.5] \\\\\n"
              "  $<$b$>$\\textbackslash{}n & $-$1\\,402 $\\pm$ 2 \\\\\n  \\bottomrule\n\\end{tabular}\n");
}

TEST_F(Figures, behaviour21TheTablesOfThePagesAreWritten)
{
    writeStore(m_folder.filePath(QStringLiteral("store.db")), GeneratedKind::Full, 120, 24);
    openWindow(m_folder.filePath(QStringLiteral("store.db")));
    showPage(PageId::Compare);
    ComparePage &page = *m_window->comparePage();
    const TableText accuracy = page.accuracyTable(TableForm::Csv);
    ASSERT_EQ(accuracy.rows.size(), static_cast<qsizetype>(page.compared().size()));
    EXPECT_EQ(accuracy.header.size(), accuracy.rows[0].size());
    EXPECT_EQ(page.pairTable(TableForm::Latex).rows.size(), static_cast<qsizetype>(page.compared().size()) - 1);
    int written = 0;
    for (TableMenu *menu : m_window->findChildren<TableMenu *>())
        for (const char *suffix : {"csv", "md", "tex"}) {
            const QString path = m_folder.filePath(QStringLiteral("table%1.%2").arg(++written).arg(QLatin1String(suffix)));
            ASSERT_TRUE(menu->write(path).ok());
            QFile file(path);
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            EXPECT_GT(file.readAll().count('\n'), 2) << path.toStdString();
        }
    EXPECT_GE(written, 12) << "runs, accuracy, paired tests, samples";
    TableMenu *first = m_window->findChildren<TableMenu *>().front();
    EXPECT_FALSE(first->write(m_folder.filePath(QStringLiteral("no/such/folder.csv"))).ok());
}

} // namespace
} // namespace winnow::ui
