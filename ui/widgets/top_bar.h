#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace winnow::ui {

class Button;
class TextLabel;

/// 48 px: page title, the page's own subject widgets, search field, the page's primary button, menu.
class TopBar : public QWidget {
    Q_OBJECT
public:
    TopBar(const Theme &theme, QWidget *parent = nullptr);

    /// Adds a page's widgets; `subject` and `primary` may be null. The bar owns them.
    void addPage(const QString &title, QWidget *subject, QWidget *primary);
    void setCurrent(int index);
    Button *searchButton() const { return m_search; }
    Button *menuButton() const { return m_menu; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Page {
        QString title;
        QWidget *subject;
        QWidget *primary;
    };
    const Theme &m_theme;
    QVector<Page> m_pages;
    TextLabel *m_title;
    QHBoxLayout *m_subjects;
    QHBoxLayout *m_primaries;
    Button *m_search;
    Button *m_menu;
};

} // namespace winnow::ui
