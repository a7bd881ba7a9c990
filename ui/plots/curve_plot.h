#pragma once

#include "ui/plots/plot.h"
#include "ui/plots/series_pyramid.h"

#include <functional>
#include <memory>

namespace winnow::ui {

class CurveSheet;

/// One curve of a CurvePlot. x ascending; y may hold NaN (a gap).
struct Curve {
    QString name = {};
    SeriesLook look = {};
    std::vector<double> x = {};
    std::vector<double> y = {};
    std::vector<double> low = {};  ///< interval band; empty: none
    std::vector<double> high = {};
    bool smooth = false;      ///< follows the smoothing control; the raw values stay beneath as a band, min to max
    bool markers = false;
    bool steps = false;       ///< piecewise constant
    double width = 1.75;
};

/// Points that go behind a curve.
struct CurveTail {
    std::vector<double> x;
    std::vector<double> y;
};

/// Curves over a common x, fed from min/max pyramids with at most two points a pixel column.
class CurvePlot : public Plot {
    Q_OBJECT
public:
    using Formatter = std::function<QString(double)>;

    explicit CurvePlot(const Theme &theme, QWidget *parent = nullptr);
    ~CurvePlot() override;

    void setCurves(std::vector<Curve> curves);
    const std::vector<Curve> &curves() const { return m_curves; }
    /// Points behind those of each curve, in the order of setCurves(); `x` not below the last one. Costs by the new points, not
    /// by all. Bands are not for it.
    void append(const std::vector<CurveTail> &tails);
    void setSmoothing(double share); ///< of the old value kept, 0 to 0.99
    void setXRange(double low, double high);
    /// Fixed limits; without them the axis fits the data with room above.
    void setYRange(std::optional<double> low, std::optional<double> high);
    void setFormatter(Formatter formatter) { m_formatter = std::move(formatter); }
    void setTitleFormatter(Formatter formatter) { m_titleFormatter = std::move(formatter); }
    /// The smoothed value of a curve at its end; NaN without points.
    double lastValue(std::size_t curve) const;
    void showExtremeLabel(bool on) { m_extremeLabel = on; }
    /// Values that are not finite, over all curves.
    std::size_t notFinite() const;
    /// Values of 0 or less while y is logarithmic.
    std::size_t valuesOffLogScale() const { return m_belowZero; }
    /// The curve as it is shown at its i-th point: smoothed over the whole series before it, whatever the zoom.
    double shownValue(std::size_t curve, std::size_t point) const;
    /// What the painter is given of a curve for this view (tests and benches).
    const QCPGraph *lineGraph(std::size_t curve) const;
    const QCPGraph *bandTop(std::size_t curve) const;
    /// How often the painter's points were made anew: once a view that is painted (tests).
    std::size_t timesFed() const { return m_timesFed; }
    /// "series,x,value" of all points, or of those in view; numbers in full precision with a dot.
    QByteArray csv(bool visibleOnly) const;
    /// One line an x in view, one column a curve; the raw values.
    QString tableText() const override;

protected:
    void applyTheme() override;
    void fitAxes() override;
    bool isEmpty() const override;
    QVector<ReadoutRow> readout(double x) const override;
    QString readoutTitle(double x) const override;
    QString differenceText(double difference) const override;
    void paintOverlay(QCPPainter &painter) override;
    void scaleChanged() override;

private:
    struct Drawn;
    /// What the painter's points depend on, besides the curves.
    struct View {
        QCPRange x;
        QCPRange y; ///< while it is logarithmic
        QRect area;
        bool logX = false;
        bool logY = false;
        bool operator==(const View &) const = default;
    };
    bool smoothed(const Curve &curve) const { return curve.smooth && m_smoothing > 0; }
    std::vector<double> columnEdges() const;
    void rawBand(const Drawn &drawn, QVector<QCPGraphData> &low, QVector<QCPGraphData> &high) const;
    void paintNotFinite(QCPPainter &painter) const;
    void paintExtreme(QCPPainter &painter) const;
    void countBelowZero();
    void findExtreme(std::size_t from = 1);
    void feed() const;
    void feedBand(Drawn &drawn, const Curve &curve) const;
    void feedLine(Drawn &drawn, const Curve &curve, std::span<const double> edges) const;
    void changed();
    void smoothAll();
    void smoothOn(std::size_t curve);
    void styleCurves();

    CurveSheet *m_sheet; ///< the plot owns it
    std::vector<Curve> m_curves;
    std::vector<std::unique_ptr<Drawn>> m_drawn;
    double m_smoothing = 0;
    double m_xLow = 0;
    double m_xHigh = 1;
    std::optional<double> m_yLow;
    std::optional<double> m_yHigh;
    Formatter m_formatter;
    Formatter m_titleFormatter;
    bool m_extremeLabel = false;
    std::optional<std::size_t> m_extreme; ///< point of the first curve that stands out most above its line
    mutable std::optional<View> m_fed;    ///< the view that the painter's points are for; none: of other curves
    mutable std::size_t m_timesFed = 0;
    std::size_t m_belowZero = 0; ///< values that a log axis cannot hold
};

/// The upper end of an axis that grows in steps: the smallest of 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8 x 10^n >= value.
double steppedUpper(double value);

} // namespace winnow::ui
