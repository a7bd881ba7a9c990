#pragma once

#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <functional>

class QLineEdit;

namespace winnow::ui {

class ActionRegistry;

/// Ctrl+K: finds commands (">"), runs ("@") and samples ("#"); fuzzy, arrows and Enter.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    struct Item {
        QString icon;
        QString text;
        QString place;
        QString shortcut;
        QChar kind;
        std::function<void()> run;
    };
    CommandPalette(const Theme &theme, std::vector<Item> items, QWidget *parent);
    void setText(const QString &text);
    using FoundItems = std::function<void(std::vector<Item>)>;
    using Finder = std::function<void(const QString &pattern, const FoundItems &found)>;
    /// What "#" finds: too many to be listed beforehand, so it is asked for with what is typed, and may answer later.
    void setSampleFinder(Finder finder) { m_finder = std::move(finder); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void filter(const QString &text);
    void showMatching(QChar kind, const QString &pattern);
    void choose(bool keepOpen);

    const Theme &m_theme;
    std::vector<Item> m_items;
    std::size_t m_fixed = 0; ///< of m_items: not from the finder
    Finder m_finder;
    std::vector<std::size_t> m_shown;
    std::size_t m_current = 0;
    QLineEdit *m_field;
};

} // namespace winnow::ui
