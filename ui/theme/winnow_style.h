#pragma once

#include <QProxyStyle>

namespace winnow::ui {

class Theme;

/// Fusion with our metrics: 10 px scroll bars, 2 px focus ring, no icons in buttons, tooltips after 500 ms.
class WinnowStyle : public QProxyStyle {
    Q_OBJECT
public:
    explicit WinnowStyle(const Theme &theme);

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;

private:
    const Theme &m_theme;
};

} // namespace winnow::ui
