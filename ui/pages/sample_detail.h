#pragma once

#include "ui/models/page_data.h"
#include "ui/pages/sample_detail_parts.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace winnow::ui {

class CurvePlot;
class DecisionRow;
class PlainScroll;
class SamplePictures;
struct Curve;
class TextLabel;
class Thumbnails;

/// One sample at the right of the page: picture, question, steps with the model's view, weight path, suspicion by
/// ranker, p(given) over training; decisions stay fixed at the bottom.
class SampleDetail : public QWidget {
    Q_OBJECT
public:
    /// What of the page a sample is shown with.
    struct View {
        std::size_t sample = 0;
        int place = 0; ///< row in the table from 1; 0: not in the table
        int total = 0;
        double iteration = 0;
        double snapshotStep = 0;
        float weight = 0;
        std::int64_t weightRank = 0; ///< 1: lowest; 0: no weight
        std::optional<std::int32_t> age; ///< of the weight in iterations; net only
        Decision decision = Decision::None;
        QString note;
        std::vector<NeighbourList::Row> neighbours;
    };

    SampleDetail(const Theme &theme, Thumbnails &thumbnails, QWidget *parent = nullptr);

    /// `record` and `visits` may come later, with another call; until then their places say so.
    void setSample(const SamplesData *source, const std::optional<View> &view, const SampleRecord *record,
                   const std::optional<VisitColumns> &visits);
    void setCompact(bool compact);
    /// Opens the picture in a window of its own.
    void zoomPicture();

Q_SIGNALS:
    void decided(winnow::Decision decision);
    void previousRequested();
    void nextRequested();
    void sampleChosen(std::size_t sample);
    void noteEdited(std::size_t sample, const QString &note);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildContent();
    QWidget *buildTop();
    QWidget *buildDecisions();
    void buildNote(QVBoxLayout *rows);
    void showWords(const SamplesData &source, const View &view);
    void showSteps(const SamplesData &source, std::size_t sample);
    void showPath(const SamplesData &source, const View &view, const std::optional<VisitColumns> &visits);
    void showSuspicion(const SamplesData &source, std::size_t sample);
    void showProbabilities(const SamplesData &source, const View &view, const std::optional<VisitColumns> &visits);
    std::vector<Curve> stepCurves(const SamplesData &source, std::size_t sample) const;
    void keepNote();
    TextLabel *addSection(QVBoxLayout *layout, const QString &title);

    const Theme &m_theme;
    Thumbnails &m_thumbnails;
    TextLabel *m_key = nullptr;
    TextLabel *m_place = nullptr;
    SamplePictures *m_pictures = nullptr;
    TextLabel *m_subject = nullptr;
    TextLabel *m_question = nullptr;
    TextLabel *m_size = nullptr;
    SampleSteps *m_steps = nullptr;
    TextLabel *m_pathTitle = nullptr;
    TextLabel *m_pathValue = nullptr;
    CurvePlot *m_path = nullptr;
    TextLabel *m_suspicionTitle = nullptr;
    SuspicionBars *m_suspicion = nullptr;
    TextLabel *m_probabilityTitle = nullptr;
    CurvePlot *m_probabilities = nullptr;
    TextLabel *m_flipped = nullptr;
    DecisionRow *m_decisions = nullptr;
    QWidget *m_content = nullptr;
    NeighbourList *m_neighbours = nullptr;
    QLineEdit *m_note = nullptr;
    TextLabel *m_none = nullptr;
    PlainScroll *m_scroll = nullptr;
    const SamplesData *m_source = nullptr;
    std::optional<std::size_t> m_sample;
    std::optional<SampleRecord> m_record; ///< of the sample; nothing while it is read
    QString m_noteBefore;
};

} // namespace winnow::ui
