#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace winnow::ui {

/// The only label of the program: plain text always (text from data must not become links or pictures), with a font
/// role and a colour role, and elided instead of clipped when asked to.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    TextLabel(const Theme &theme, const QString &text, TextRole role, const char *colorRole = "text",
              QWidget *parent = nullptr);

    void setElide(Qt::TextElideMode mode);
    void setColorRole(const char *role);
    void setFullText(const QString &text);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

Q_SIGNALS:
    void clicked();

private:
    const Theme &m_theme;
    TextRole m_role;
    Qt::TextElideMode m_elide = Qt::ElideNone;
};

} // namespace winnow::ui
