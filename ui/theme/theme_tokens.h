#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QColor>
#include <QString>

#include <array>

namespace winnow::ui {

/// Colours of the window by meaning (ui-design section 7.1).
enum class Token {
    Window, Surface, Sunken, Hover, Border, Border2, Control, Text, Text2, Text3, Link, Ink, OnInk, Sel, SelLine,
    SelRow, Plus, Minus, Keep, Flip, Exclude, Unsure, Finished, Paused, Failed, Interrupted, Running, Count
};

/// The colours of one theme, read from one JSON file.
struct ThemeTokens {
    QString name;
    bool dark = false;
    std::array<QColor, static_cast<std::size_t>(Token::Count)> colors;
    std::array<QColor, 5> film;   ///< zero to many samples
    std::array<QColor, 6> series; ///< hues of runs
    double bandOpacity = 0.16;

    const QColor &operator[](Token token) const { return colors[static_cast<std::size_t>(token)]; }
};

/// Name of a token in the JSON file.
const char *tokenName(Token token);
/// Reads a token file; every colour must be there. `origin` is named in errors.
Result<ThemeTokens> parseTokens(const QByteArray &json, const QString &origin);

/// WCAG 2 contrast, 1 to 21.
double contrastRatio(const QColor &a, const QColor &b);
/// `share` of `b` in `a`, in sRGB.
QColor mixed(const QColor &a, const QColor &b, double share);
/// Text in a series colour: mixed 30 % towards text.
QColor seriesTextColor(const ThemeTokens &tokens, int hue);

} // namespace winnow::ui
