#pragma once

#include "ui/theme/theme.h"

#include <QVector>
#include <QWidget>

namespace winnow::ui {

/// The pages at the left edge: icon over word, wheat mark on the current page, blue dot on Live while a run is active.
class Rail : public QWidget {
    Q_OBJECT
public:
    struct Item {
        QString icon;
        QString text;
        QString shortcut;
    };
    Rail(const Theme &theme, const QVector<Item> &items, const Item &bottom, QWidget *parent = nullptr);

    void setCurrent(int index);
    void setDot(int index, bool on);
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(int index); ///< the bottom item is items.size()

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect itemRect(int index) const;
    int itemAt(const QPoint &point) const;
    void paintItem(QPainter &painter, int index) const;

    const Theme &m_theme;
    QVector<Item> m_items;
    QVector<bool> m_dots;
    int m_current = 0;
    int m_hover = -1;
};

/// The mark of Winnow: grains over a basket.
void paintMark(QPainter &painter, const Theme &theme, const QRectF &rect);

} // namespace winnow::ui
