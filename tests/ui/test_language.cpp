// The window in its second language: complete, and every page painted with it.
#include "core/base/options.h"
#include "core/base/resource_path.h"
#include "ui/bridge/store_session.h"
#include "ui/main_window.h"
#include "ui/support/generated_store.h"
#include "ui/support/language.h"
#include "ui/support/words.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>

namespace winnow::ui {
namespace {

bool chinese(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

TEST(Language, theWordsOfTheSettingsAreThoseOfTheSchema)
{
    const auto &known = optionStrings();
    const auto has = [&](const std::string &text) {
        return std::any_of(known.begin(), known.end(), [&](const char *own) { return text == own; });
    };
    for (const OptionInfo &option : optionSchema())
        for (const std::string &text : {option.label, option.help, option.group}) {
            EXPECT_TRUE(has(text)) << "add to option_strings.cpp: " << text;
            EXPECT_TRUE(chinese(optionWords(text)) || text == "Epsilon" || text.starts_with("Beta ")) << text;
        }
    EXPECT_EQ(groupWords(QStringLiteral("Cold start")), QStringLiteral("冷启动"));
    EXPECT_EQ(rankerWords(QStringLiteral("Consensus of 3 runs")), QStringLiteral("3 次运行的共识"));
}

TEST(Language, everyPageSpeaksIt)
{
    Theme theme;
    ASSERT_TRUE(theme.install(*qApp, Theme::Mode::Light).ok());
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("full.db"));
    ASSERT_TRUE(writeGeneratedStore(path.toStdString(), resourceFolder() + "/demo", GeneratedKind::Full, 120, 24).ok());
    StoreSession session;
    ASSERT_TRUE(session.open(path).ok());
    session.freeze(true);
    MainWindow window(theme, session, MainWindow::Programs{"test", "{}", {}, {}});
    window.show();
    const auto settle = [&] {
        int quiet = 0;
        EXPECT_TRUE(QTest::qWaitFor([&] {
            quiet = session.pending() == 0 && window.haveRuns() ? quiet + 1 : 0;
            return quiet > 5;
        }, 60000));
    };
    for (int page = 0; page < static_cast<int>(PageId::Count); ++page) {
        window.showPage(static_cast<PageId>(page));
        settle();
        EXPECT_FALSE(window.grab().isNull());
        int words = 0;
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            words += label->isVisible() && chinese(label->text()) ? 1 : 0;
            EXPECT_FALSE(label->text().contains(QStringLiteral("%1"))) << label->text().toStdString();
        }
        EXPECT_GE(words, 2) << "page " << page;
        for (const QAbstractButton *button : window.findChildren<QAbstractButton *>())
            EXPECT_FALSE(button->text().contains(QStringLiteral("%1"))) << button->text().toStdString();
    }
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (winnow::ui::installLanguage(application, QStringLiteral("zh_CN")) != QStringLiteral("zh_CN"))
        return 2; // the catalogue is not in the program
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
