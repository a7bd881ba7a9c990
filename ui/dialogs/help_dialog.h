#pragma once

#include "ui/pages/page.h"

#include <QDialog>

namespace winnow::ui {

/// What a page shows, and each of its statistics with its formula.
class HelpDialog : public QDialog {
    Q_OBJECT
public:
    HelpDialog(const Theme &theme, PageId page, QWidget *parent);

    struct Entry {
        QString term;
        QString text;
    };
    static QString about(PageId page);
    static QVector<Entry> entries(PageId page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace winnow::ui
