#pragma once

#include "ui/plots/plot.h"

namespace winnow::ui {

/// Tick labels with thin spaces, a true minus, or as percent.
class NumberTicker : public QCPAxisTicker {
public:
    explicit NumberTicker(TickStyle style) : m_style(style) { setTickCount(5); }

protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar format, int precision) override;
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;

private:
    TickStyle m_style;
    double m_step = 1;
};

/// Powers of ten, and 2 and 5 times them where few fit.
class PowerTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar format, int precision) override;
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
};

/// Unit, names, labels, events: everything over the data that does not follow the pointer.
class PlotOverlay : public QCPLayerable {
    Q_OBJECT
public:
    explicit PlotOverlay(Plot *plot);

protected:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    Plot *m_plot;
};

/// The cursor line and its readout box.
class PlotCursor : public QCPLayerable {
    Q_OBJECT
public:
    explicit PlotCursor(Plot *plot);

protected:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    Plot *m_plot;
};

} // namespace winnow::ui
