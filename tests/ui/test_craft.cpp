// Behaviour 14, and what holds the window together: keys, settings, its layout, the tour, the way through panels.
#include "tests/support/window_test.h"
#include "ui/action_registry.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_view.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/samples_page.h"
#include "ui/support/preferences.h"
#include "ui/widgets/button.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/tour_card.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

namespace winnow::ui {
namespace {

class Craft : public test::WindowTest {
protected:
    void open(const QString &settings = {})
    {
        const QString path = m_folder.filePath(QStringLiteral("store.db"));
        if (!QFile::exists(path))
            writeStore(path, GeneratedKind::Full, 120, 24);
        openWindow(path, Follow::No, {"test", "{}", {}, {}, settings});
    }

    QTemporaryDir m_folder;
};

TEST_F(Craft, behaviour14EveryKeyIsListedAndCanBeChanged)
{
    const QString settings = m_folder.filePath(QStringLiteral("window.ini"));
    open(settings);
    const auto &entries = m_window->actions().entries();
    std::set<QString> names;
    for (const auto &entry : entries) {
        EXPECT_TRUE(names.insert(entry.action->objectName()).second) << entry.action->objectName().toStdString();
        EXPECT_FALSE(entry.action->objectName().isEmpty());
        for (const QKeySequence &key : entry.action->shortcuts())
            EXPECT_EQ(m_window->actions().holderOf(key, entry.action), nullptr) << key.toString().toStdString();
    }
    for (const char *name : {"samples.keep", "samples.exclude", "live.pause", "runs.compare", "evaluation.next", "help.page", "help.shortcuts"})
        EXPECT_TRUE(names.contains(QLatin1String(name))) << name;
    m_window->showSettings(true);
    auto *view = m_window->findChild<ShortcutsView *>();
    ASSERT_TRUE(view);
    EXPECT_GT(view->rowCount(), static_cast<int>(entries.size())) << "the keys of plots and tables too";
    const auto box = [view](const QWidget *part) { return QRect(part->mapTo(view, QPoint()), part->size()); };
    const QRect table = box(view->findChild<DataTable *>());
    EXPECT_GE(table.top() - box(view->findChild<QLineEdit *>()).bottom(), 12) << "the list touches neither field";
    EXPECT_GE(box(view->findChild<QKeySequenceEdit *>()).top() - table.bottom(), 12);
    const auto rowOf = [&](const char *name) {
        const auto at = std::find_if(entries.begin(), entries.end(),
                                     [&](const auto &entry) { return entry.action->objectName() == QLatin1String(name); });
        return static_cast<int>(at - entries.begin());
    };
    EXPECT_FALSE(view->assign(rowOf("samples.keep"), QKeySequence(Qt::Key_X))) << "the key of Exclude on the same page";
    EXPECT_FALSE(view->assign(rowOf("samples.keep"), QKeySequence(Qt::CTRL | Qt::Key_K))) << "the key of the window";
    EXPECT_TRUE(view->assign(rowOf("samples.keep"), QKeySequence(Qt::Key_P))) << "Live's P is another page";

    m_window->close();
    open(settings); // the next window keeps it
    m_window->showPage(PageId::Samples);
    settle();
    SamplesPage &page = *m_window->samplesPage();
    ASSERT_TRUE(page.selection().current().has_value());
    const std::size_t sample = *page.selection().current();
    QTest::keyClick(&page, Qt::Key_K);
    EXPECT_EQ(page.model().decisionOf(sample), Decision::None);
    QTest::keyClick(&page, Qt::Key_P);
    EXPECT_EQ(page.model().decisionOf(sample), Decision::Keep);
}

TEST_F(Craft, settingsHoldAtOnceAndForTheNextWindow)
{
    const QString settings = m_folder.filePath(QStringLiteral("window.ini"));
    open(settings);
    auto *table = m_window->runsPage()->findChild<DataTable *>();
    const int before = table->verticalHeader()->defaultSectionSize();
    m_window->preferences().setRowHeight(40);
    EXPECT_GT(table->verticalHeader()->defaultSectionSize(), before);
    m_window->preferences().setAppearance(QStringLiteral("dark"));
    EXPECT_TRUE(s_theme->dark());
    m_window->preferences().setGrouped(false);
    EXPECT_EQ(thousands(1402).toStdString(), "1402");
    m_window->preferences().setThreads(3);
    for (int section = 0; section < SettingsDialog::SectionCount; ++section) {
        m_window->showSettings(false);
        auto *dialog = m_window->findChild<SettingsDialog *>();
        ASSERT_TRUE(dialog);
        dialog->showSection(static_cast<SettingsDialog::Section>(section));
        EXPECT_FALSE(dialog->grab().isNull());
        dialog->accept();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    Preferences kept(settings);
    EXPECT_EQ(kept.rowHeight(), 40);
    EXPECT_EQ(kept.appearance(), QStringLiteral("dark"));
    EXPECT_FALSE(kept.grouped());
    EXPECT_EQ(kept.threads(), 3);
    m_window->preferences().setAppearance(QStringLiteral("light"));
    m_window->preferences().setRowHeight(32);
    m_window->preferences().setGrouped(true);
}

TEST_F(Craft, theWindowIsLeftAndFoundAsItWas)
{
    const QString settings = m_folder.filePath(QStringLiteral("window.ini"));
    const auto splitter = [this] {
        m_window->showPage(PageId::Compare);
        settle();
        return m_window->comparePage()->findChild<QSplitter *>();
    };
    open(settings);
    const QList<int> standard = splitter()->sizes();
    splitter()->setSizes({standard[0] + 60, standard[1] - 60});
    QCoreApplication::processEvents();
    const QList<int> left = splitter()->sizes();
    ASSERT_NE(left, standard);
    m_window->close();
    open(settings);
    const QList<int> found = splitter()->sizes();
    ASSERT_EQ(found.size(), left.size());
    for (qsizetype i = 0; i < left.size(); ++i)
        EXPECT_NEAR(found[i], left[i], 2);
}

TEST_F(Craft, theTourLeadsThroughEveryPageAndIsSeenOnce)
{
    open();
    EXPECT_FALSE(m_window->preferences().tourSeen());
    m_window->startTour();
    auto *tour = m_window->findChild<TourCard *>();
    ASSERT_TRUE(tour && tour->isVisible());
    std::set<PageId> pages;
    for (int step = 0; step < tour->steps(); ++step) {
        pages.insert(m_window->page());
        EXPECT_EQ(tour->step(), step);
        EXPECT_TRUE(m_window->rect().contains(tour->geometry())) << "step " << step;
        QTest::keyClick(tour, Qt::Key_Return);
    }
    EXPECT_EQ(pages.size(), static_cast<std::size_t>(PageId::Count));
    EXPECT_FALSE(tour->isVisible());
    EXPECT_TRUE(m_window->preferences().tourSeen());
}

TEST_F(Craft, theTourCoversNothingThatIsPressed)
{
    open();
    m_window->resize(1366, 768);
    m_window->startTour();
    auto *tour = m_window->findChild<TourCard *>();
    const auto clear = [&](const QWidget *widget) {
        const QRect box(widget->mapTo(m_window.get(), QPoint()), widget->size());
        return widget->isVisible() && !box.intersects(tour->geometry()) && m_window->rect().contains(tour->geometry());
    };
    // The bar comes while the card is there: the first step says to select runs.
    const RunsModel &model = m_window->runsPage()->model();
    std::vector<RunId> some;
    for (int row = 0; row < model.rowCount() && some.size() < 3; ++row)
        if (const RunRow *run = model.runAt(row))
            some.push_back(run->id());
    m_window->runsPage()->selectRuns(some);
    const auto *bar = m_window->runsPage()->findChild<SelectionBar *>();
    ASSERT_TRUE(bar);
    EXPECT_TRUE(QTest::qWaitFor([&] { return clear(bar); }, 20000));
    for (const QSize size : {QSize(1366, 768), QSize(1180, 700), QSize(1920, 1080)}) {
        m_window->resize(size);
        tour->goTo(2);
        settle();
        ASSERT_EQ(m_window->page(), PageId::Samples);
        int buttons = 0;
        for (const Button *button : m_window->samplesPage()->findChildren<Button *>()) {
            if (!QStringList({QStringLiteral("Keep"), QStringLiteral("Flip"), QStringLiteral("Exclude"), QStringLiteral("Unsure")})
                     .contains(button->accessibleName()))
                continue;
            EXPECT_TRUE(clear(button)) << button->accessibleName().toStdString() << " at " << size.width();
            ++buttons;
        }
        EXPECT_EQ(buttons, 4);
    }
}

TEST_F(Craft, f6GoesThroughThePanelsOfAPage)
{
    open();
    m_window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    m_window->showPage(PageId::Live);
    settle();
    std::set<QWidget *> reached;
    for (int i = 0; i < 6; ++i) {
        m_window->focusPanel(1);
        reached.insert(QApplication::focusWidget());
    }
    EXPECT_GE(reached.size(), 5U);
}

} // namespace
} // namespace winnow::ui
