#pragma once

#include "ui/theme/theme.h"

#include <QPainter>

namespace winnow::ui {

/// Small shapes that several widgets and delegates paint alike.
void paintSwatch(QPainter &painter, const Theme &theme, const SeriesLook &look, const QRectF &rect);
void paintMarker(QPainter &painter, Marker marker, QPointF center, double size, const QColor &color,
                 const QColor &ground);
/// A key name in its box; returns the width it took. `right` is the box's right edge.
int paintKey(QPainter &painter, const Theme &theme, const QString &key, int right, int centerY, bool onInk = false);
int keyWidth(const Theme &theme, const QString &key);
void paintFocusRing(QPainter &painter, const Theme &theme, const QRectF &rect, double radius);
/// A rounded box with a crisp 1 px line.
void paintBox(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &line,
              double lineWidth = 1);
/// Text with elision, vertically centred.
void paintText(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, const QColor &color,
               Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight);
int textWidth(const QFont &font, const QString &text);

} // namespace winnow::ui
