#include "ui/theme/theme_tokens.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

constexpr std::array tokenNames = {
    "window", "surface", "sunken", "hover", "border", "border2", "control", "text", "text2", "text3", "link", "ink",
    "onInk", "sel", "selline", "selrow", "plus", "minus", "keep", "flip", "exclude", "unsure", "finished", "paused",
    "failed", "interrupted", "running"};
static_assert(tokenNames.size() == static_cast<std::size_t>(Token::Count));

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

Error badToken(const QString &origin, const QString &name)
{
    return Error{QStringLiteral("Theme file %1: colour '%2' is missing or is not #RRGGBB. Add it.").arg(origin, name)
                     .toStdString()};
}

template <std::size_t N>
Status readColors(const QJsonObject &object, const char *key, std::array<QColor, N> &into, const QString &origin)
{
    const QJsonArray array = object.value(QLatin1String(key)).toArray();
    if (array.size() != static_cast<qsizetype>(N))
        return Error{QStringLiteral("Theme file %1: '%2' needs %3 colours.").arg(origin, QLatin1String(key)).arg(N)
                         .toStdString()};
    for (std::size_t i = 0; i < N; ++i) {
        into[i] = QColor(array.at(static_cast<qsizetype>(i)).toString());
        if (!into[i].isValid())
            return badToken(origin, QLatin1String(key));
    }
    return {};
}

} // namespace

const char *tokenName(Token token)
{
    return tokenNames[static_cast<std::size_t>(token)];
}

Result<ThemeTokens> parseTokens(const QByteArray &json, const QString &origin)
{
    QJsonParseError problem;
    const QJsonObject object = QJsonDocument::fromJson(json, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return Error{QStringLiteral("Theme file %1 is not JSON: %2.").arg(origin, problem.errorString()).toStdString()};
    ThemeTokens tokens;
    tokens.name = object.value(QLatin1String("name")).toString();
    tokens.dark = object.value(QLatin1String("dark")).toBool();
    tokens.bandOpacity = object.value(QLatin1String("bandOpacity")).toDouble(0.16);
    const QJsonObject colors = object.value(QLatin1String("colors")).toObject();
    for (std::size_t i = 0; i < tokenNames.size(); ++i) {
        const QString name = QLatin1String(tokenNames[i]);
        tokens.colors[i] = QColor(colors.value(name).toString());
        if (!tokens.colors[i].isValid())
            return badToken(origin, name);
    }
    WINNOW_TRY(readColors(object, "film", tokens.film, origin));
    WINNOW_TRY(readColors(object, "series", tokens.series, origin));
    return tokens;
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto blend = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgbF(blend(a.redF(), b.redF()), blend(a.greenF(), b.greenF()), blend(a.blueF(), b.blueF()));
}

QColor seriesTextColor(const ThemeTokens &tokens, int hue)
{
    return mixed(tokens.series[static_cast<std::size_t>(hue) % tokens.series.size()], tokens[Token::Text], 0.3);
}

} // namespace winnow::ui
