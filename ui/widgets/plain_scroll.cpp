#include "ui/widgets/plain_scroll.h"

namespace winnow::ui {

PlainScroll::PlainScroll(QWidget *parent) : QScrollArea(parent)
{
    setProperty("role", QStringLiteral("plain"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
}

void PlainScroll::setContent(QWidget *content)
{
    setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turned it on
}

} // namespace winnow::ui
