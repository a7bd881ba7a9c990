#pragma once

#include "ui/theme/theme.h"

#include <QPixmap>
#include <QWidget>

class QHBoxLayout;
class QTimer;

namespace winnow::ui {

class Button;
class TextLabel;

/// A surface that floats over a page at its lower edge. Its shadow is painted once into a pixmap.
class FloatingBar : public QWidget {
    Q_OBJECT
public:
    FloatingBar(const Theme &theme, QWidget *parent);
    /// Centres it `distance` above the parent's lower edge.
    void place(int distance = 14);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    const Theme &theme() const { return m_theme; }
    QHBoxLayout *row() const { return m_row; }

private:
    const Theme &m_theme;
    QHBoxLayout *m_row;
    QPixmap m_shadow;
};

/// "3 runs selected" and what can be done with them; the first action is the page's filled button.
class SelectionBar : public FloatingBar {
    Q_OBJECT
public:
    SelectionBar(const Theme &theme, QWidget *parent);
    Button *addAction(const QString &text, const QString &icon, const QString &key = {});
    void setCount(int count, const QString &what);

Q_SIGNALS:
    void clearRequested();

private:
    TextLabel *m_count;
    TextLabel *m_what;
    Button *m_clear;
    bool m_hasFirst = false;
};

/// A message that goes away by itself after 8 s, with one action ("Undo").
class Toast : public FloatingBar {
    Q_OBJECT
public:
    Toast(const Theme &theme, QWidget *parent);
    void showMessage(const QString &text, const QString &action = {});

Q_SIGNALS:
    void actionTriggered();

private:
    TextLabel *m_text;
    Button *m_action;
    QTimer *m_timer;
};

} // namespace winnow::ui
