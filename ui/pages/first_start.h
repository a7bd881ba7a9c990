#pragma once

#include <QWidget>

namespace winnow::ui {

class Theme;

/// The first thing anyone sees: the basket, one sentence, three ways to begin.
class FirstStart : public QWidget {
    Q_OBJECT
public:
    explicit FirstStart(const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void demoRequested();
    void importRequested();
    void openStoreRequested();
};

} // namespace winnow::ui
