#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <functional>
#include <vector>

namespace winnow::ui
{

/// The sections of a form, one of them shown, each with a tick or a warning. Lives on the GUI thread.
class SectionList : public QWidget
{
public:
    SectionList(const Theme &theme, const QStringList &names, std::function<void(int)> chosen);
    void setCurrent(int index);
    void setBad(int index, bool bad);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    QStringList m_names;
    std::function<void(int)> m_chosen;
    std::vector<bool> m_bad;
    int m_current = 0;
};

} // namespace winnow::ui
