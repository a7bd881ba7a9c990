#pragma once

#include "core/store/event_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui {

/// The newest events of a run, newest first: time, mark, words. A click on one with a step moves the cursor there.
class EventList : public QWidget {
    Q_OBJECT
public:
    explicit EventList(const Theme &theme, QWidget *parent = nullptr);
    void setEvents(const std::vector<EventRecord> &events);

Q_SIGNALS:
    void stepChosen(double step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<EventRecord> m_events; ///< newest first
};

} // namespace winnow::ui
