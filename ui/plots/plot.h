#pragma once

#include "ui/theme/theme.h"

#include "ui/plots/qcustomplot_keywords.h"

#include <optional>

namespace winnow::ui {

/// How tick labels are written.
enum class TickStyle { Number, Percent, Clock }; ///< clock: seconds since 1970 as local time

/// The wrapper over QCustomPlot that every plot derives from (ui-design section 8): ground, axes, ticks, unit after the
/// last tick, direct labels, events, the newest-iteration line, one cursor with its readout box, brush and zoom.
/// Values are data coordinates. The cursor lives on its own buffered layer, so moving it repaints one layer only.
class Plot : public QCustomPlot {
    Q_OBJECT
public:
    struct DirectLabel {
        QString text;
        double y = 0;
        SeriesLook look;
        bool inSeriesColor = true;
    };
    struct Event {
        enum class Kind { NotFinite, Alert, Resume };
        Kind kind = Kind::Alert;
        double x = 0;
        QString text;
    };
    struct ReadoutRow {
        QString name;
        QString value;
        SeriesLook look;
        std::optional<double> y; ///< dot on the cursor line
    };
    struct Corner {
        QString text;
        Qt::Alignment where;
        bool strong = false;
    };

    explicit Plot(const Theme &theme, QWidget *parent = nullptr);
    ~Plot() override;

    /// Fixed margins, so that stacked plots align. The right one holds the direct labels; while there are none, the curves
    /// get its room.
    void setPlotMargins(int left, int top, int right, int bottom);
    void setXUnit(const QString &unit);  ///< after the last tick
    void setXName(const QString &name);  ///< below the axis, right
    void setYName(const QString &name);  ///< inside, top left
    void setXStyle(TickStyle style);
    void setYStyle(TickStyle style);
    void setYTicks(int count);
    void setXTicks(int count);
    void setLogX(const QVector<double> &ticks);
    void setLinearX();
    /// Logarithmic axes with ticks at powers of ten; the plot says "log scale".
    void setLogScale(bool x, bool y);
    bool logX() const { return xAxis->scaleType() == QCPAxis::stLogarithmic; }
    bool logY() const { return yAxis->scaleType() == QCPAxis::stLogarithmic; }
    /// Shows this stretch of x; kept while data grows, until it is fitted again.
    void showX(double low, double high);
    /// All of it again.
    void fit();
    bool userZoomed() const { return m_zoomed; }
    void setDirectLabels(const QVector<DirectLabel> &labels);
    void setEvents(const QVector<Event> &events);
    void setCorners(const QVector<Corner> &corners);
    void setNewest(std::optional<double> x);
    /// Dashed lines where a value means something.
    void setGuides(const QVector<double> &horizontal, const QVector<double> &vertical = {});
    void setCursor(std::optional<double> x, const QString &flag = {});
    std::optional<double> cursor() const { return m_cursor; }
    /// A pinned cursor stays where it is; with `from` the readout tells the difference between there and the cursor. One
    /// click pins, a second one measures from there, a third one lets go; Enter and Escape by keyboard.
    void setMarks(bool pinned, std::optional<double> from);
    bool pinned() const { return m_pinned; }
    std::optional<double> deltaFrom() const { return m_from; }
    /// What the keys do in every plot.
    struct KeyHelp {
        QString keys;
        QString text;
    };
    static QVector<KeyHelp> keyHelp();
    /// What is in view as a table: fields apart by tabs, numbers in full precision with a dot. Empty: nothing to copy.
    virtual QString tableText() const { return {}; }
    void setReadoutVisible(bool visible);
    /// Dragging moves the view along x; otherwise a drag is for the page.
    void setPannable(bool on) { m_pannable = on; }
    void setHorizontalCursor(bool on) { m_horizontalCursor = on; }
    /// Text for the keyboard, the accessible name and "copy".
    void setDescription(const QString &name);

    const Theme &theme() const { return m_theme; }
    using QCustomPlot::setCursor;

Q_SIGNALS:
    void cursorMoved(double x);
    void cursorLeft();
    void marksChanged(bool pinned, std::optional<double> from);
    /// The person zoomed or moved along x.
    void viewMoved(double low, double high);
    void viewFitted();
    /// E was pressed: the page shows what can be exported.
    void exportRequested();

protected:
    virtual void applyTheme();
    virtual void fitAxes() {}
    virtual void plotResized() {}
    virtual void scaleChanged() {}
    /// Nothing is drawn: no cursor line either.
    virtual bool isEmpty() const { return false; }
    virtual QVector<ReadoutRow> readout(double x) const;
    virtual QString readoutTitle(double x) const;
    /// A difference of two values of a row, with its sign.
    virtual QString differenceText(double difference) const;
    /// Draws between the axes and the labels.
    virtual void paintOverlay(QCPPainter &painter);

    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

    QRectF plotRect() const { return axisRect()->rect(); }
    void queueReplot() { replot(QCustomPlot::rpQueuedReplot); }

private:
    friend class PlotOverlay;
    friend class PlotCursor;
    void paintDecoration(QCPPainter &painter);
    void paintUnits(QCPPainter &painter);
    void paintLabels(QCPPainter &painter);
    void paintEvents(QCPPainter &painter);
    void paintCursor(QCPPainter &painter);
    void paintFrom(QCPPainter &painter);
    void paintReadout(QCPPainter &painter, double x, const QVector<ReadoutRow> &rows);
    QVector<ReadoutRow> measured() const; ///< readout() at the cursor, with differences
    QString measuredTitle() const;
    struct Key;
    static const QVector<Key> &keyTable();
    void markClicked(double x);
    void zoomBy(double factor);
    void moveBy(double share);
    void moveCursor(double share);
    void fitByKey();
    void markByKey();
    void unmark();
    void tellAccessibly();
    void styleAxis(QCPAxis *axis);
    void fitMargins();
    void moved();

    const Theme &m_theme;
    QMargins m_margins;
    QString m_xUnit;
    QString m_xName;
    QString m_yName;
    QVector<DirectLabel> m_labels;
    QVector<Event> m_events;
    QVector<Corner> m_corners;
    std::optional<double> m_newest;
    QVector<double> m_guidesY;
    QVector<double> m_guidesX;
    std::optional<double> m_cursor;
    QString m_flag;
    QString m_name;
    bool m_readoutVisible = true;
    bool m_pinned = false;
    std::optional<double> m_from; ///< where a difference is measured from
    bool m_horizontalCursor = false;
    bool m_zoomed = false;
    TickStyle m_styles[2] = {TickStyle::Number, TickStyle::Number}; ///< x, y while linear
    bool m_logNamed[2] = {false, false}; ///< x, y: "log scale" is written by the plot
    std::optional<QPointF> m_pressedAt;
    QCPRange m_pressedRange;
    bool m_pannable = false;
    bool m_panning = false;
};

} // namespace winnow::ui
