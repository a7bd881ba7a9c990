#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

#include <optional>

class QBoxLayout;
class QVBoxLayout;

namespace winnow::ui {

class Button;
class LegendBar;
class TextLabel;
class Strip;

/// One entry of a legend in a panel header.
struct LegendItem {
    enum class Kind { Line, Cross, Dot, Text };
    QString text;
    SeriesLook look;
    Kind kind = Kind::Line;
};

/// A flat surface with a 32 px header (title, unit in grey, legend, tools right) and a body. A legend that has no room in
/// the header stands on a line of its own below it. Shows errors in an inline strip and loading as a 2 px bar below the
/// header while the old body stays, dimmed.
class Panel : public QFrame {
    Q_OBJECT
public:
    Panel(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setUnit(const QString &unit);
    void setLegend(const QVector<LegendItem> &items);
    /// The widget that fills the body; the panel owns it.
    void setBody(QWidget *body, QMargins margins = QMargins(0, 0, 0, 0));
    QWidget *body() const { return m_body; }
    void addTool(QWidget *tool);
    void addLeading(QWidget *widget);
    /// "Expand" and "more" as on plots; expand moves the body into a window.
    void addPlotTools();
    void setDashed(bool dashed);
    void setLoading(bool loading);
    void showError(const QString &message);
    void clearError();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void expand();
    void placeLegend();
    int legendRoom() const; ///< what the rest of the header leaves

    const Theme &m_theme;
    TextLabel *m_title;
    TextLabel *m_unit;
    LegendBar *m_legend; ///< in the header; takes its free room
    LegendBar *m_legendLine; ///< below the header
    QVector<LegendItem> m_legendItems;
    std::optional<bool> m_legendBelow; ///< nothing: new items, not placed yet
    QBoxLayout *m_header;
    QVBoxLayout *m_layout;
    QWidget *m_body = nullptr;
    QWidget *m_expand = nullptr;
    Strip *m_strip = nullptr;
    bool m_dashed = false;
    bool m_loading = false;
};

/// Names with line swatches, drawn in a row. Those that have no room are counted, and named by the tooltip.
class LegendBar : public QWidget {
    Q_OBJECT
public:
    LegendBar(const Theme &theme, QWidget *parent = nullptr);
    void setItems(const QVector<LegendItem> &items);
    QSize sizeHint() const override; ///< room for every name
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int itemWidth(const LegendItem &item) const;

    const Theme &m_theme;
    QVector<LegendItem> m_items;
};

/// A message line inside a panel or page: what happened, where, what to do, and buttons.
class Strip : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Error, Interrupted, Info };
    Strip(const Theme &theme, Kind kind, QWidget *parent = nullptr);
    void setMessage(const QString &text);
    Button *addAction(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Kind m_kind;
    TextLabel *m_text;
    QBoxLayout *m_layout;
};

} // namespace winnow::ui
