#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QSlider>
#include <QWidget>

namespace winnow::ui {

/// A thin bar of what is done.
class ProgressBar : public QWidget {
    Q_OBJECT
public:
    ProgressBar(const Theme &theme, int height, Token token, QWidget *parent = nullptr);
    void setShare(double share);
    void setToken(Token token);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Token m_token;
    double m_share = 0;
};

/// On or off, painted as a pill.
class Switch : public QAbstractButton {
    Q_OBJECT
public:
    Switch(const Theme &theme, QWidget *parent = nullptr);
    QSize sizeHint() const override { return {30, 18}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

/// A slider with a round handle and optional tick marks below the groove.
class Slider : public QSlider {
    Q_OBJECT
public:
    Slider(const Theme &theme, QWidget *parent = nullptr);
    void setTicks(const QVector<int> &values);
    QSize sizeHint() const override { return {110, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double xOf(int value) const;

    const Theme &m_theme;
    QVector<int> m_ticks;
};

/// A choice as a field: our border and chevron, the style's popup.
class ChoiceField : public QComboBox {
    Q_OBJECT
public:
    ChoiceField(const Theme &theme, QWidget *parent = nullptr);
    void setChanged(bool changed);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    const Theme &m_theme;
    bool m_changed = false;
};

/// A filter as a pill: wheat when it is in force, with a cross to take it away.
class Chip : public QAbstractButton {
    Q_OBJECT
public:
    Chip(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    void setActive(bool active);
    void setArrow(bool arrow);
    void setPlus(bool plus);
    QSize sizeHint() const override;
    /// Enough for a few letters; the rest is elided and stands in the tooltip.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int before() const; ///< pixels left of the words
    int after() const;  ///< pixels right of them

    const Theme &m_theme;
    bool m_active = false;
    bool m_arrow = false;
    bool m_plus = false;
};

} // namespace winnow::ui
