#pragma once

#include "core/store/run_state.h"
#include "ui/theme/theme_tokens.h"

#include <QString>
#include <QWidget>

namespace winnow::ui {

class Theme;

/// Icon, colour and word of a state or decision: never colour alone.
struct BadgeLook {
    QString icon;
    Token token = Token::Unsure;
    QString text;
};

BadgeLook stateBadge(RunState state);
void paintBadge(QPainter &painter, const Theme &theme, const BadgeLook &look, const QRectF &rect);

/// A badge as a widget (head of Live, summary of a run).
class Badge : public QWidget {
    Q_OBJECT
public:
    Badge(const Theme &theme, QWidget *parent = nullptr);
    void setLook(const BadgeLook &look);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    BadgeLook m_look;
};

} // namespace winnow::ui
