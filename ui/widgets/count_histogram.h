#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace winnow::ui
{

/// How many rows have how many of something, in equal bins from 0, with the median marked. Lives on the GUI thread.
class CountHistogram : public QWidget
{
    Q_OBJECT
public:
    struct Bins {
        double width = 1;
        std::vector<std::int64_t> counts;
        std::int64_t median = 0;
        QString unit; ///< "tokens"
    };
    explicit CountHistogram(const Theme &theme, QWidget *parent = nullptr);

    void setBins(const Bins &bins);
    /// Instead of bars: why there are none.
    void setMessage(const QString &text);
    QSize minimumSizeHint() const override { return {160, m_theme.scaled(90)}; }
    QSize sizeHint() const override { return {260, m_theme.scaled(150)}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF plotArea() const;
    void paintAxis(QPainter &painter, const QRectF &area) const;
    QString binText(std::size_t bin) const;

    const Theme &m_theme;
    Bins m_bins;
    QString m_message;
};

} // namespace winnow::ui
