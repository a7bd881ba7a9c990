// Widgets where they have less room than they want.
#include "tests/support/window_test.h"
#include "ui/models/simple_table.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cells.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/panel.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPainter>

namespace winnow::ui {
namespace {

class Widgets : public test::ThemedTest {};

QImage painted(QWidget &widget, int width)
{
    widget.resize(width, widget.sizeHint().height());
    return widget.grab().toImage();
}

TEST_F(Widgets, aTableMadeLowerKeepsItsCurrentRowWhole)
{
    SimpleTable model;
    std::vector<SimpleTable::Row> rows(8, SimpleTable::Row{TextCell{.text = QStringLiteral("a")}});
    model.set({{QStringLiteral("Name")}}, std::move(rows));
    DataTable table(*s_theme);
    table.setModel(&model);
    table.setColumns({{60, 1}});
    table.resize(200, 500);
    table.show();
    table.setCurrentIndex(model.index(5, 0));
    QCoreApplication::processEvents();
    const int below = table.visualRect(model.index(5, 0)).bottom();
    table.resize(200, table.horizontalHeader()->height() + below - 10);
    QCoreApplication::processEvents();
    EXPECT_LT(table.visualRect(model.index(5, 0)).bottom(), table.viewport()->height());
    // Also where it is made lower while its page is not shown.
    table.resize(200, 500);
    table.setCurrentIndex(model.index(6, 0));
    table.hide();
    table.resize(200, table.horizontalHeader()->height() + below + 10);
    table.show();
    QCoreApplication::processEvents();
    EXPECT_LT(table.visualRect(model.index(6, 0)).bottom(), table.viewport()->height());
    // One that the person scrolled away from stays away.
    table.setCurrentIndex(model.index(0, 0));
    table.scrollToBottom();
    const int top = table.visualRect(model.index(0, 0)).top();
    ASSERT_LT(top, 0);
    table.resize(200, table.height() - 20);
    QCoreApplication::processEvents();
    EXPECT_LE(table.visualRect(model.index(0, 0)).top(), top);
}

TEST_F(Widgets, aNarrowChipKeepsItsCloseMarkClear)
{
    Chip words(*s_theme, QStringLiteral("weight ≤ 0.450 at 1 500, a rule of many words"));
    Chip none(*s_theme, QString());
    for (Chip *chip : {&words, &none})
        chip->setActive(true);
    const int width = 90;
    ASSERT_LT(width, words.sizeHint().width());
    ASSERT_LE(words.minimumSizeHint().width(), width);
    const QImage full = painted(words, width);
    const QImage empty = painted(none, width);
    const QRect mark(width - 26, 0, 24, full.height());
    EXPECT_EQ(full.copy(mark), empty.copy(mark)) << "the words run into the close mark";
    EXPECT_NE(full, empty);
}

TEST_F(Widgets, aNarrowButtonKeepsTheSwatchOfItsRun)
{
    Button narrow(*s_theme, QStringLiteral("A  net-label-aware-input-seed-17"));
    Button wide(*s_theme, QStringLiteral("A"));
    for (Button *button : {&narrow, &wide}) {
        button->setSmall(true);
        button->setSwatch(SeriesLook{3, 0, false});
    }
    const QRect swatch(4, 2, 26, 18);
    EXPECT_EQ(painted(narrow, 96).copy(swatch), painted(wide, 96).copy(swatch)) << "the swatch is cut or moved";
}

TEST_F(Widgets, aMenuAtTheEdgeStaysInItsWindow)
{
    QWidget window;
    window.setGeometry(100, 100, 400, 300);
    QMenu menu;
    menu.addAction(QStringLiteral("Export report of the compared runs"));
    Button left(*s_theme, QStringLiteral("More"), Button::Kind::Outlined, &window);
    Button right(*s_theme, QStringLiteral("More"), Button::Kind::Outlined, &window);
    right.move(window.width() - right.sizeHint().width() - 8, 0);
    window.show();
    for (Button *button : {&left, &right}) {
        button->resize(button->sizeHint());
        button->setMenu(&menu);
        button->click();
        EXPECT_TRUE(menu.isVisible());
        const int from = button->mapToGlobal(QPoint()).x();
        const int at = button == &left ? from : from + button->width() - menu.width();
        EXPECT_EQ(menu.x(), at);
        menu.close();
    }
}

TEST_F(Widgets, aStepWithoutRoomBesideItsScoreStandsAboveIt)
{
    const auto painted = [&](const QString &text, int widest, double width) {
        QImage image(400, 48, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintCell(painter, *s_theme, StepScoreCell{text, 1.0, widest}, QRectF(0, 0, width, 47));
        return image;
    };
    const QString answer = QStringLiteral("Answer: 8");
    const int words = textWidth(s_theme->font(TextRole::Mono), answer);
    const double narrow = 12 + words + 4; // as wide as the words, not as words and score
    const QImage whole = painted(answer, 2000, 400);
    const QRect cell(0, 0, static_cast<int>(narrow), 48);
    EXPECT_EQ(painted(answer, words, narrow).copy(cell), whole.copy(cell));
    // A shorter one of the same column lies alike, and where all fit the score stays beside them.
    EXPECT_NE(painted(QStringLiteral("a=8"), words, narrow), painted(QStringLiteral("a=8"), 0, narrow));
    EXPECT_EQ(painted(QStringLiteral("a=8"), words, 400), painted(QStringLiteral("a=8"), 0, 400));
}

TEST_F(Widgets, aLegendWithoutRoomInTheHeaderStandsBelowIt)
{
    Panel panel(*s_theme, QStringLiteral("Weight against loss"));
    panel.setBody(new QWidget);
    panel.addTool(new Button(*s_theme, QStringLiteral("Loss (EMA)")));
    panel.setLegend({{QStringLiteral("known flipped"), {}, LegendItem::Kind::Cross},
                     {QStringLiteral("clean"), {}, LegendItem::Kind::Dot}});
    panel.show();
    for (const int width : {300, 900, 300}) {
        panel.resize(width, 200);
        QCoreApplication::processEvents();
        int whole = 0;
        for (const LegendBar *bar : panel.findChildren<LegendBar *>())
            if (bar->isVisible() && bar->toolTip().contains(QStringLiteral("clean"))) {
                ++whole;
                EXPECT_GE(bar->width(), bar->sizeHint().width()) << "a class is not shown at " << width;
                EXPECT_EQ(bar->mapTo(&panel, QPoint()).y() > 30, width == 300);
            }
        EXPECT_EQ(whole, 1) << width;
    }
}

TEST_F(Widgets, aBodyThatFillsItsRectangleLeavesTheCornersOfItsPanelRound)
{
    Panel panel(*s_theme, QStringLiteral("Loss"));
    auto *body = new QWidget;
    body->setAutoFillBackground(true);
    body->setPalette(QPalette(Qt::red));
    panel.setBody(body);
    panel.resize(200, 120);
    panel.show();
    QCoreApplication::processEvents();
    const QImage image = panel.grab().toImage();
    const QColor red = image.pixelColor(100, 100);
    for (const int x : {1, 198}) {
        EXPECT_EQ(image.pixelColor(x, 118), s_theme->color(Token::Window)) << x;
        EXPECT_EQ(image.pixelColor(x, 60), red) << x;
    }
}

} // namespace
} // namespace winnow::ui
