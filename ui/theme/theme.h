#pragma once

#include "ui/theme/series_look.h"
#include "ui/theme/theme_tokens.h"

#include <QFont>
#include <QObject>

class QApplication;

namespace winnow::ui {

class SystemScheme;

/// Text sizes of ui-design section 7.3.
enum class TextRole { Caption, Panel, Body, BodyStrong, Label, PanelTitle, PageTitle, Figure, Verdict, FirstStart, Mono, MonoStrong,
                      MonoSmall };

/// Colours, fonts and style of the application. Lives on the GUI thread, made once in main and handed to every widget
/// that paints. Changing it sets palette first, then the one style sheet; widgets repaint through PaletteChange.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };

    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    /// Reads both token files and applies the mode to `application`.
    Status install(QApplication &application, Mode mode);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    /// "system", "light" or "dark"; anything else is System.
    static Mode modeOf(const QString &name);
    bool dark() const { return tokens().dark; }

    const ThemeTokens &tokens() const { return m_dark ? m_darkTokens : m_lightTokens; }
    const QColor &color(Token token) const { return tokens()[token]; }
    QColor seriesColor(const SeriesLook &look) const;
    QColor seriesText(const SeriesLook &look) const;
    QColor withOpacity(const QColor &color, double opacity) const;

    QFont font(TextRole role) const;
    /// `pixels` of the design (96 dpi, 10 pt desktop font) in device independent pixels of this desktop.
    int scaled(double pixels) const;
    /// Height of a row of a table: 28, 32 or 40 pixels of the design, scaled.
    int rowHeight() const { return scaled(m_rowPixels); }
    void setRowPixels(int pixels);

Q_SIGNALS:
    void changed();

private:
    void apply();
    void setDark(bool dark);

    QApplication *m_application = nullptr;
    SystemScheme *m_system = nullptr;
    ThemeTokens m_lightTokens;
    ThemeTokens m_darkTokens;
    Mode m_mode = Mode::System;
    bool m_dark = false;
    double m_factor = 1.0;
    int m_rowPixels = 32;
};

} // namespace winnow::ui
