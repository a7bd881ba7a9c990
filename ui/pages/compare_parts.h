#pragma once

#include "core/eval/paired_test.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace winnow::ui {

class Button;

/// The paired test of two runs: verdict in words first, then the interval, the 2x2 table and McNemar.
class VerdictView : public QWidget {
    Q_OBJECT
public:
    struct Content {
        QString absent; ///< why there is no test
        QString b;      ///< letter of the run beside A
        std::optional<PairedTest> test;
        QString sentence;
        QString verdict;
        std::int64_t unparsable = 0; ///< candidates without an answer
    };
    explicit VerdictView(const Theme &theme, QWidget *parent = nullptr);
    void setContent(const Content &content);
    const Content &content() const { return m_content; }

Q_SIGNALS:
    void flippedRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void paintTable(QPainter &painter, const QRectF &box);

    const Theme &m_theme;
    Content m_content;
    Button *m_flipped;
    QRectF m_links[2]; ///< gained, lost
};

/// Published numbers stand here and nowhere else: own ground, dashed border, hollow diamonds, own axis, no interval.
class PublishedShelf : public QWidget {
    Q_OBJECT
public:
    explicit PublishedShelf(const Theme &theme, QWidget *parent = nullptr);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int lay(QPainter *painter, int width) const; ///< paints when there is a painter; the height that it takes

    const Theme &m_theme;
};

} // namespace winnow::ui
