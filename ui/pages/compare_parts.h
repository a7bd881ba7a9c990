#pragma once

#include "core/eval/statistics.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui {

/// The paired test of two runs: verdict in words first, then the interval, the 2x2 table and McNemar.
class VerdictView : public QWidget {
    Q_OBJECT
public:
    struct Content {
        bool there = false;
        QString absent; ///< why there is none
        double difference = 0;
        double low = 0;
        double high = 0;
        QString sentence;
        QString verdict;
        std::int64_t both = 0;
        std::int64_t lost = 0;
        std::int64_t gained = 0;
        std::int64_t neither = 0;
        double p = 1;
        std::int64_t tiesA = 0;
        std::int64_t tiesB = 0;
        std::int64_t unusable = 0;
    };
    explicit VerdictView(const Theme &theme, QWidget *parent = nullptr);
    void setContent(const Content &content);

Q_SIGNALS:
    void flippedRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void paintTable(QPainter &painter, const QRectF &box) const;

    const Theme &m_theme;
    Content m_content;
    QRectF m_link;
};

/// Published numbers stand here and nowhere else: own ground, dashed border, hollow diamonds, own axis, no interval.
class PublishedShelf : public QWidget {
    Q_OBJECT
public:
    explicit PublishedShelf(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace winnow::ui
