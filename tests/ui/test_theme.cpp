#include "ui/theme/theme_tokens.h"

#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

namespace winnow::ui {
namespace {

ThemeTokens read(const char *name)
{
    QFile file(QStringLiteral(WINNOW_SOURCE_DIR "/resources/themes/%1.json").arg(QLatin1String(name)));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    auto tokens = parseTokens(file.readAll(), file.fileName());
    EXPECT_TRUE(tokens.ok());
    return tokens.value();
}

double lowest(const ThemeTokens &t, const QColor &color, std::initializer_list<Token> grounds)
{
    double least = 21;
    for (const Token ground : grounds)
        least = std::min(least, contrastRatio(color, t[ground]));
    return least;
}

TEST(Theme, contrastOfBlackOnWhiteIsTwentyOne)
{
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 1e-3);
    EXPECT_NEAR(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST(Theme, textReachesTheContrastOfTheDesign)
{
    for (const char *name : {"light", "dark"}) {
        const ThemeTokens t = read(name);
        const auto onAll = {Token::Window, Token::Surface, Token::Sunken, Token::Hover, Token::SelRow};
        for (const Token token : {Token::Text, Token::Text2, Token::Text3, Token::Link, Token::Plus, Token::Minus, Token::Keep,
                                  Token::Flip, Token::Exclude, Token::Unsure, Token::Finished, Token::Paused, Token::Failed,
                                  Token::Interrupted, Token::Running, Token::SelLine})
            EXPECT_GE(lowest(t, t[token], onAll), 4.495) << name << " " << tokenName(token);
        EXPECT_GE(lowest(t, t[Token::Control], {Token::Window, Token::Surface, Token::Sunken, Token::Hover}), 3.0) << name;
        EXPECT_GE(contrastRatio(t[Token::Ink], t[Token::OnInk]), 7.0) << name;
    }
}

TEST(Theme, figuresOfTheDesignAreRecomputed)
{
    const auto onAll = {Token::Window, Token::Surface, Token::Sunken, Token::Hover, Token::SelRow};
    const ThemeTokens light = read("light");
    const ThemeTokens dark = read("dark");
    EXPECT_NEAR(lowest(light, light[Token::Text], onAll), 15.0, 0.06);
    EXPECT_NEAR(lowest(light, light[Token::Text3], onAll), 4.58, 0.01);
    EXPECT_NEAR(lowest(dark, dark[Token::Text], onAll), 11.4, 0.06);
    EXPECT_NEAR(lowest(dark, dark[Token::Text3], onAll), 4.50, 0.01);
}

TEST(Theme, seriesAreSeenAndTheirTextIsRead)
{
    for (const char *name : {"light", "dark"}) {
        const ThemeTokens t = read(name);
        for (int hue = 0; hue < 6; ++hue) {
            EXPECT_GE(contrastRatio(t.series[static_cast<std::size_t>(hue)], t[Token::Surface]), t.dark ? 5.0 : 3.3) << name << hue;
            EXPECT_GE(contrastRatio(seriesTextColor(t, hue), t[Token::Surface]), t.dark ? 7.0 : 5.0) << name << hue;
        }
    }
}

TEST(Theme, aMissingColourIsNamed)
{
    QFile file(QStringLiteral(WINNOW_SOURCE_DIR "/resources/themes/light.json"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    QByteArray json = file.readAll();
    json.replace("\"selline\"", "\"other\"");
    const auto tokens = parseTokens(json, QStringLiteral("light.json"));
    ASSERT_FALSE(tokens.ok());
    EXPECT_NE(tokens.error().message.find("selline"), std::string::npos);
}

TEST(Icons, everyIconOfTheDesignIsThereAndHasOneColour)
{
    const QStringList wanted = QStringLiteral(
        "runs live samples compare evaluation data settings help search menu plus play pause stop resume clone check cross "
        "warning bolt clock flip ban question undo redo eye eye-off pin tag note archive trash filter columns group export "
        "import folder lasso rectangle zoom-in expand more chevron-up chevron-down chevron-left chevron-right log gpu link "
        "flask key moon").split(QLatin1Char(' '));
    for (const QString &name : wanted) {
        QFile file(QStringLiteral(WINNOW_SOURCE_DIR "/resources/icons/%1.svg").arg(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        const QByteArray svg = file.readAll();
        EXPECT_TRUE(svg.contains("stroke=\"currentColor\"")) << name.toStdString();
        EXPECT_FALSE(svg.contains("#")) << name.toStdString();
    }
}

} // namespace
} // namespace winnow::ui
