#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui
{

/// A flat ground with a border, as a panel has it, for content with a head of its own.
class Surface : public QWidget
{
    Q_OBJECT
public:
    /// Takes over the content.
    Surface(const Theme &theme, QWidget *content, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace winnow::ui
