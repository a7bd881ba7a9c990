#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace winnow::ui {

/// 24 px at the bottom: store, active run with progress, selection, device, last save.
class StatusBar : public QWidget {
    Q_OBJECT
public:
    struct ActiveRun {
        QString name;
        std::int64_t step = 0;
        std::int64_t total = 0;
    };
    StatusBar(const Theme &theme, QWidget *parent = nullptr);

    void setStore(const QString &text);
    void setActiveRun(const std::optional<ActiveRun> &run);
    void setSelection(const QString &text);
    void setDevice(const QString &text);
    void setSaved(const QString &text, bool trouble);

Q_SIGNALS:
    void activeRunClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void told();

    const Theme &m_theme;
    QString m_store;
    std::optional<ActiveRun> m_run;
    QString m_selection;
    QString m_device;
    QString m_saved;
    bool m_trouble = false;
    QRect m_runRect;
};

} // namespace winnow::ui
