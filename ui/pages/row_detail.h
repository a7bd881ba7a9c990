#pragma once

#include "ui/bridge/row_browser.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace winnow::ui
{

class Button;
class ChoiceField;
class PromptText;
class SamplePictures;
class SegmentedControl;
class TextLabel;
class Thumbnails;

/// One row of a data set: picture, sizes, and its text as steps or as the prompt that the model sees. Lives on the GUI
/// thread.
class RowDetail : public QWidget
{
    Q_OBJECT
public:
    RowDetail(const Theme &theme, Thumbnails &thumbnails, QWidget *parent = nullptr);

    /// `place`: "12 of 1 656".
    void showRow(const BrowsedRow &row, int candidate, bool questions, const QString &place);
    void clear(const QString &why);
    /// How pictures are cut, for the window that shows the tiles.
    void setTiling(int maxTiles, std::optional<int> tileSize);

Q_SIGNALS:
    void previousRequested();
    void nextRequested();
    void candidateChosen(int candidate);

private:
    QWidget *buildHead();
    QWidget *buildTop();
    void showFacts(const BrowsedRow &row, bool questions);
    void fillCandidates(const SampleRecord &sample, int candidate);
    void showText();
    QString stepsText() const;

    const Theme &m_theme;
    Thumbnails &m_thumbnails;
    BrowsedRow m_row;
    bool m_filled = false;
    bool m_questions = false;
    int m_maxTiles = 6;
    std::optional<int> m_tileSize;
    TextLabel *m_key = nullptr;
    TextLabel *m_place = nullptr;
    Button *m_previous = nullptr;
    Button *m_next = nullptr;
    SamplePictures *m_pictures = nullptr;
    TextLabel *m_subject = nullptr;
    TextLabel *m_sizes = nullptr;
    TextLabel *m_tokens = nullptr;
    TextLabel *m_sites = nullptr;
    TextLabel *m_problem = nullptr;
    ChoiceField *m_candidates = nullptr;
    SegmentedControl *m_form = nullptr;
    PromptText *m_text = nullptr;
};

} // namespace winnow::ui
