#pragma once

#include "ui/theme/theme_tokens.h"

#include <QIcon>
#include <QRectF>
#include <QString>

class QPainter;

namespace winnow::ui {

class Theme;

/// An icon of resources/icons that is painted in `token`'s colour of the theme in force when it is painted; disabled
/// is text3. `name` is the file name without ".svg".
QIcon themedIcon(const Theme &theme, const QString &name, Token token = Token::Text2);

/// Paints such an icon into `rect` (square) in one colour.
void paintIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &color);

/// Names of all icons that the program carries.
QStringList iconNames();

} // namespace winnow::ui
