// The window in its second language: complete, and every page painted with it.
#include "core/base/options.h"
#include "tests/support/window_test.h"
#include "ui/support/language.h"
#include "ui/support/words.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>

namespace winnow::ui {
namespace {

/// Before any test of the program: a window takes its words when it is made.
class SecondLanguage : public testing::Environment {
    void SetUp() override
    {
        ASSERT_EQ(installLanguage(*qApp, QStringLiteral("zh_CN")), QStringLiteral("zh_CN"))
            << "the catalogue is not in the program";
    }
};
[[maybe_unused]] const testing::Environment *const secondLanguage = testing::AddGlobalTestEnvironment(new SecondLanguage);

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

class LanguageWindow : public test::WindowTest {
protected:
    QTemporaryDir m_folder;
};

TEST_F(LanguageWindow, everyPageSpeaksIt)
{
    const QString path = m_folder.filePath(QStringLiteral("full.db"));
    writeStore(path, GeneratedKind::Full, 120, 24);
    openWindow(path);
    MainWindow &window = *m_window;
    for (int page = 0; page < static_cast<int>(PageId::Count); ++page) {
        showPage(static_cast<PageId>(page));
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
