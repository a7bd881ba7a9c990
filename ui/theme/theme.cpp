#include "ui/theme/theme.h"

#include "ui/theme/style_sheet.h"
#include "ui/theme/system_scheme.h"
#include "ui/theme/winnow_style.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QScreen>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

struct RoleFont {
    double pixels;
    QFont::Weight weight;
    bool mono;
};

RoleFont roleFont(TextRole role)
{
    switch (role) {
    case TextRole::Caption: return {11, QFont::Normal, false};
    case TextRole::Panel: return {12, QFont::Normal, false};
    case TextRole::Body: return {13, QFont::Normal, false};
    case TextRole::BodyStrong: return {13, QFont::DemiBold, false};
    case TextRole::Label: return {11.5, QFont::Medium, false};
    case TextRole::PanelTitle: return {12.5, QFont::DemiBold, false};
    case TextRole::PageTitle: return {16, QFont::DemiBold, false};
    case TextRole::Figure: return {18, QFont::DemiBold, false};
    case TextRole::Verdict: return {22, QFont::DemiBold, false};
    case TextRole::FirstStart: return {24, QFont::DemiBold, false};
    case TextRole::Mono: return {11.5, QFont::Normal, true};
    case TextRole::MonoStrong: return {11.5, QFont::DemiBold, true};
    case TextRole::MonoSmall: return {10.5, QFont::Normal, true};
    }
    return {12, QFont::Normal, false};
}

Result<ThemeTokens> readTokens(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{QStringLiteral("Could not open theme file %1: %2.").arg(path, file.errorString()).toStdString()};
    return parseTokens(file.readAll(), path);
}

QPalette paletteOf(const ThemeTokens &t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t[Token::Window]);
    palette.setColor(QPalette::WindowText, t[Token::Text]);
    palette.setColor(QPalette::Base, t[Token::Surface]);
    palette.setColor(QPalette::AlternateBase, t[Token::Hover]);
    palette.setColor(QPalette::Text, t[Token::Text]);
    palette.setColor(QPalette::PlaceholderText, t[Token::Text3]);
    palette.setColor(QPalette::Button, t[Token::Surface]);
    palette.setColor(QPalette::ButtonText, t[Token::Text]);
    palette.setColor(QPalette::BrightText, t[Token::Failed]);
    palette.setColor(QPalette::ToolTipBase, t[Token::Surface]);
    palette.setColor(QPalette::ToolTipText, t[Token::Text]);
    palette.setColor(QPalette::Highlight, t[Token::Link]);
    palette.setColor(QPalette::HighlightedText, t.dark ? t[Token::OnInk] : QColor(Qt::white));
    palette.setColor(QPalette::Link, t[Token::Link]);
    palette.setColor(QPalette::LinkVisited, t[Token::Link]);
    palette.setColor(QPalette::Light, t[Token::Surface]);
    palette.setColor(QPalette::Midlight, t[Token::Hover]);
    palette.setColor(QPalette::Mid, t[Token::Border2]);
    palette.setColor(QPalette::Dark, t[Token::Control]);
    palette.setColor(QPalette::Shadow, t[Token::Border2]);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t[Token::Text3]);
    return palette;
}

} // namespace

Theme::Theme(QObject *parent) : QObject(parent) {}
Theme::~Theme() = default;

Status Theme::install(QApplication &application, Mode mode)
{
    WINNOW_ASSIGN(m_lightTokens, readTokens(QStringLiteral(":/themes/light.json")));
    WINNOW_ASSIGN(m_darkTokens, readTokens(QStringLiteral(":/themes/dark.json")));
    m_application = &application;
    const double points = application.font().pointSizeF();
    m_factor = std::clamp(points > 0 ? points / 10.0 : 1.0, 0.85, 1.5);
    if (qEnvironmentVariableIsSet("WINNOW_TEXT_SCALE"))
        m_factor = std::clamp(qEnvironmentVariable("WINNOW_TEXT_SCALE").toDouble(), 0.85, 1.5);
    else if (QGuiApplication::platformName() == QLatin1String("offscreen"))
        m_factor = 1.0; // this platform has no desktop font of its own
    m_system = new SystemScheme(this);
    connect(m_system, &SystemScheme::changed, this, [this] {
        if (m_mode == Mode::System)
            setDark(m_system->dark());
    });
    application.setStyle(new WinnowStyle(*this)); // the application owns its style
    m_mode = mode;
    m_dark = mode == Mode::Dark || (mode == Mode::System && m_system->dark());
    apply();
    return {};
}

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    setDark(mode == Mode::Dark || (mode == Mode::System && m_system && m_system->dark()));
}

Theme::Mode Theme::modeOf(const QString &name)
{
    return name == QLatin1String("dark") ? Mode::Dark : name == QLatin1String("light") ? Mode::Light : Mode::System;
}

void Theme::setRowPixels(int pixels)
{
    if (pixels == m_rowPixels)
        return;
    m_rowPixels = pixels;
    Q_EMIT changed();
}

void Theme::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    apply();
}

void Theme::apply()
{
    if (!m_application)
        return;
    m_system->ignorePaletteChanges(true); // the change below is ours, not the desktop's
    m_application->setFont(font(TextRole::Panel));
    m_application->setPalette(paletteOf(tokens()));
    m_application->setStyleSheet(styleSheet(*this));
    m_system->ignorePaletteChanges(false);
    Q_EMIT changed();
}

QColor Theme::seriesColor(const SeriesLook &look) const
{
    return look.neutral ? color(Token::Text3) : tokens().series[static_cast<std::size_t>(look.hue) % 6];
}

QColor Theme::seriesText(const SeriesLook &look) const
{
    return look.neutral ? color(Token::Text3) : seriesTextColor(tokens(), look.hue);
}

QColor Theme::withOpacity(const QColor &base, double opacity) const
{
    QColor result = base;
    result.setAlphaF(static_cast<float>(opacity));
    return result;
}

QFont Theme::font(TextRole role) const
{
    const RoleFont wanted = roleFont(role);
    QFont font;
    if (wanted.mono)
        font.setFamilies({QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono"),
                          QStringLiteral("Noto Sans Mono CJK SC")});
    else
        font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
                          QStringLiteral("Noto Sans CJK JP"), QStringLiteral("Noto Sans CJK KR"),
                          QStringLiteral("Noto Naskh Arabic"), QStringLiteral("Noto Sans Hebrew")});
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double dpi = screen ? screen->logicalDotsPerInchY() : 96.0;
    font.setPointSizeF(wanted.pixels * m_factor * 72.0 / dpi); // half pixels exist only in points
    font.setWeight(wanted.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

int Theme::scaled(double pixels) const
{
    return static_cast<int>(std::lround(pixels * m_factor));
}

} // namespace winnow::ui
