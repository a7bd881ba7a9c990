#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui {

class Button;
class TextLabel;

/// What belongs here, and the one action that brings it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const Theme &theme, const QString &icon, const QString &sentence, const QString &action = {},
               QWidget *parent = nullptr);
    void setSentence(const QString &sentence);

Q_SIGNALS:
    void actionTriggered();

private:
    TextLabel *m_sentence;
};

} // namespace winnow::ui
