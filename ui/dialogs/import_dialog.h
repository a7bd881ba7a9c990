#pragma once

#include "core/data/import/import_report.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QGridLayout;
class QLineEdit;

namespace winnow::ui
{

class Button;
class SegmentedControl;
class TextLabel;

/// What is imported and how: source, kind, where its pictures are, where the rows go. Gives ImportOptions; the import
/// itself runs after the dialog is closed.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    struct Places {
        QString dataFolder; ///< row files of an import go to a folder of their own in it
        QString tokenizer; ///< that tokens are counted with; may be empty
    };
    ImportDialog(const Theme &theme, const Places &places, QWidget *parent);

    /// As if chosen; the kind is guessed.
    void setSource(const QString &path);
    /// After an import that failed: what had been chosen.
    void setOptions(const ImportOptions &options);
    ImportOptions options() const;

Q_SIGNALS:
    void importRequested(const winnow::ImportOptions &options);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildFields(QGridLayout *grid);
    QLineEdit *addPath(QGridLayout *grid, const QString &name, const char *object, const QString &hint,
                       const QString &tip);
    void addChooser(QGridLayout *grid, QLineEdit *line, const QString &words, bool folder);
    QWidget *buildFoot();
    void choose(QLineEdit *line, const QString &title, bool folder);
    void sourceEdited();
    void guessKind();
    void setKind(ImportKind kind);
    void kindChanged();
    void proposeFolder();
    void validate();
    ImportKind kind() const;

    const Theme &m_theme;
    Places m_places;
    bool m_kindChosen = false; ///< by a person, so it is not guessed over
    bool m_outChosen = false;
    int m_guess = 0; ///< number of the newest one
    QLineEdit *m_source = nullptr;
    SegmentedControl *m_kind = nullptr;
    TextLabel *m_kindNote = nullptr;
    QLineEdit *m_pictures = nullptr;
    QLineEdit *m_out = nullptr;
    QLineEdit *m_tokenizer = nullptr;
    SegmentedControl *m_missing = nullptr;
    SegmentedControl *m_several = nullptr;
    SegmentedControl *m_system = nullptr;
    TextLabel *m_reason = nullptr;
    Button *m_import = nullptr;
};

} // namespace winnow::ui
