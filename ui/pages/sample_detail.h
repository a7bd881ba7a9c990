#pragma once

#include "ui/models/page_data.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace winnow::ui {

class Button;
class CurvePlot;
class TextLabel;

/// One sample at the right of the page: picture, question, steps with the model's view, weight path, suspicion by
/// ranker, p(given) over training; decisions stay fixed at the bottom.
class SampleDetail : public QWidget {
    Q_OBJECT
public:
    explicit SampleDetail(const Theme &theme, QWidget *parent = nullptr);

    void setSample(const SamplesData *source, std::optional<std::size_t> sample, int place, int total, double iteration,
                   float weight, Decision decision);
    void setCompact(bool compact);

Q_SIGNALS:
    void decided(winnow::Decision decision);
    void previousRequested();
    void nextRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Picture;
    class Steps;
    class Suspicion;

    QWidget *buildHead();
    QWidget *buildDecisions();
    void showPath(const SamplesData &source, std::size_t sample, double iteration, float weight);
    void showProbabilities(const SamplesData &source, std::size_t sample, double iteration);
    TextLabel *addSection(QVBoxLayout *layout, const QString &title);

    const Theme &m_theme;
    TextLabel *m_key = nullptr;
    TextLabel *m_place = nullptr;
    Picture *m_picture = nullptr;
    TextLabel *m_subject = nullptr;
    TextLabel *m_question = nullptr;
    TextLabel *m_size = nullptr;
    Steps *m_steps = nullptr;
    TextLabel *m_pathTitle = nullptr;
    TextLabel *m_pathValue = nullptr;
    CurvePlot *m_path = nullptr;
    TextLabel *m_suspicionTitle = nullptr;
    Suspicion *m_suspicion = nullptr;
    TextLabel *m_probabilityTitle = nullptr;
    CurvePlot *m_probabilities = nullptr;
    TextLabel *m_flipped = nullptr;
    std::vector<std::pair<Decision, Button *>> m_decisions;
    QWidget *m_content = nullptr;
    TextLabel *m_none = nullptr;
    QScrollArea *m_scroll = nullptr;
};

} // namespace winnow::ui
