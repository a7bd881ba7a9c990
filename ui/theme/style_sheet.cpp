#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

namespace winnow::ui {

namespace {

const char *const sheet = R"(
QMainWindow, QDialog { background: @window; }
QLabel { background: transparent; }
QLabel[role="text"] { color: @text; }
QLabel[role="text2"] { color: @text2; }
QLabel[role="text3"] { color: @text3; }
QLabel[role="failed"] { color: @failed; }
QLabel[role="selline"] { color: @selline; }
QToolTip { background: @surface; color: @text; border: 1px solid @border2; padding: 4px 6px; }
QMenu { background: @surface; border: 1px solid @border2; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; color: @text; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenuBar { background: @window; border-bottom: 1px solid @border; }
QLineEdit, QPlainTextEdit { background: @surface; color: @text; border: 1px solid @control; border-radius: 6px;
    padding: 0px 8px; selection-background-color: @link; selection-color: @surface; }
QLineEdit { min-height: 28px; }
QPlainTextEdit { padding: 4px 8px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @link; padding: 0px 7px; }
QPlainTextEdit:focus { padding: 3px 7px; }
QPlainTextEdit[readOnly="true"]:!focus { border-color: @border2; }
QLineEdit[changed="true"] { background: @selrow; border-color: @sel; }
QLineEdit[invalid="true"] { border: 2px solid @failed; padding: 0px 7px; }
QLineEdit[role="bare"] { border: none; background: transparent; padding: 0px; min-height: 22px; }
QLineEdit:disabled { color: @text3; border-color: @border2; }
QTableView, QListView, QTreeView { background: @surface; border: none; color: @text; outline: none;
    selection-background-color: @selrow; selection-color: @text; }
QFrame[role="popup"] { background: @surface; border: 1px solid @border2; }
QListView[role="popup"] { background: @surface; border: 1px solid @border2; border-radius: 6px; padding: 4px; }
QListView[role="popup"]::item { padding: 3px 8px; border-radius: 4px; }
QListView[role="popup"]::item:selected { background: @hover; color: @text; }
QAbstractScrollArea[role="plain"] { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0px; }
QScrollBar::handle { background: @border2; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: @control; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QSplitter::handle { background: transparent; }
QCheckBox { spacing: 6px; color: @text; }
QDialog[role="palette"] { background: @surface; border: 1px solid @border2; }
)";

} // namespace

QString styleSheet(const Theme &theme)
{
    QString text = QString::fromLatin1(sheet);
    // Longer names first: "text2" must not be taken for "text".
    for (int i = static_cast<int>(Token::Count) - 1; i >= 0; --i) {
        const auto token = static_cast<Token>(i);
        const QString name = QLatin1Char('@') + QLatin1String(tokenName(token));
        text.replace(name + QLatin1Char(';'), theme.color(token).name() + QLatin1Char(';'));
        text.replace(name + QLatin1Char(' '), theme.color(token).name() + QLatin1Char(' '));
    }
    return text;
}

} // namespace winnow::ui
