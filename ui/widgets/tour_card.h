#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace winnow::ui {

class Button;
class TextLabel;

/// A card in the corner of the window that leads through it, one step after the other. Esc or "End the tour" closes it.
class TourCard : public QWidget {
    Q_OBJECT
public:
    struct Step {
        QString title;
        QString text;
    };
    TourCard(const Theme &theme, const QVector<Step> &steps, QWidget *window);
    void start();
    void goTo(int step);
    int step() const { return m_step; }
    int steps() const { return static_cast<int>(m_steps.size()); }
    /// At the lower right of the window, above the status bar; where something to press stands there, at the lower left, or
    /// above it.
    void place();
    /// Marks a widget that the card keeps clear of while it is shown.
    static void keepClear(QWidget *widget);

Q_SIGNALS:
    void stepShown(int step);
    void ended();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void end();
    std::vector<QRect> obstacles();

    const Theme &m_theme;
    QVector<Step> m_steps;
    int m_step = 0;
    TextLabel *m_title;
    TextLabel *m_text;
    TextLabel *m_count;
    Button *m_back;
    Button *m_next;
};

} // namespace winnow::ui
