#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>

#include <optional>

class QMenu;

namespace winnow::ui {

/// Every push button of the program: icon, words, key hint, line swatch of a run, menu arrow.
class Button : public QAbstractButton {
    Q_OBJECT
public:
    enum class Kind { Filled, Outlined, Flat, Field, Link };

    Button(const Theme &theme, const QString &text, Kind kind = Kind::Outlined, QWidget *parent = nullptr);

    void setKind(Kind kind);
    Kind kind() const { return m_kind; }
    void setIconName(const QString &name);
    void setKeyHint(const QString &key);
    void setSwatch(const std::optional<SeriesLook> &look);
    void setMenu(QMenu *menu);
    void setMenuArrow(bool on);
    void setSmall(bool small);
    /// Words at the left edge of a button that is wider than they are (lists of choices).
    void setLeading(bool on);
    void setTint(std::optional<Token> token);
    /// Wheat outline and tint (a filter), or the tint's colour as outline when checked.
    void setEmphasis(bool on);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    int contentWidth() const;
    int contentWidth(bool withKey) const;
    bool showsKey() const;
    QColor inkColor() const;
    void paintGround(QPainter &painter) const;

    const Theme &m_theme;
    Kind m_kind;
    QString m_icon;
    QString m_key;
    std::optional<SeriesLook> m_swatch;
    std::optional<Token> m_tint;
    QMenu *m_menu = nullptr;
    bool m_arrow = false;
    bool m_small = false;
    bool m_leading = false;
    bool m_emphasis = false;
    bool m_ring = false;
};

} // namespace winnow::ui
