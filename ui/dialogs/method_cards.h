#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QButtonGroup;

namespace winnow::ui
{

/// How weights are learned, as four cards of which one is chosen. Arrows move the choice.
class MethodCards : public QWidget
{
    Q_OBJECT
public:
    MethodCards(const Theme &theme, QWidget *parent = nullptr);

    QString current() const; ///< "table", "net", "domain", "none"
    void setCurrent(const QString &method);
    void setChanged(bool changed); ///< from the parent

Q_SIGNALS:
    void chosen(const QString &method);

private:
    QButtonGroup *m_group;
};

} // namespace winnow::ui
