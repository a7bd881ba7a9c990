#pragma once

#include <QScrollArea>

namespace winnow::ui {

/// Scrolls its content up and down on the ground that it stands on: no frame, no background of its own.
class PlainScroll : public QScrollArea {
    Q_OBJECT
public:
    explicit PlainScroll(QWidget *parent = nullptr);
    /// Takes `content` over.
    void setContent(QWidget *content);
};

} // namespace winnow::ui
