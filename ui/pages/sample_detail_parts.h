#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/cells.h"

#include <QImage>
#include <QWidget>

#include <optional>

namespace winnow::ui {

/// The picture of a sample, small; a click or Enter asks for the large one.
class SamplePicture : public QWidget {
    Q_OBJECT
public:
    explicit SamplePicture(const Theme &theme, QWidget *parent = nullptr);
    void setImage(const QImage &image, const QString &whenMissing);

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    QImage m_image;
    QString m_missing;
};

/// Steps of a solution with given label, the model's p(+), and where the two disagree.
class SampleSteps : public QWidget {
    Q_OBJECT
public:
    struct Row {
        StepMark mark;
        QString text;
        std::optional<float> p;
    };
    explicit SampleSteps(const Theme &theme, QWidget *parent = nullptr);
    void setRows(std::vector<Row> rows, const QString &when);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<Row> m_rows;
    QString m_when;
};

/// Rank of a sample by each ranker, as bars.
class SuspicionBars : public QWidget {
    Q_OBJECT
public:
    struct Row {
        QString name;
        double rank = 0; ///< NaN: not seen
        QString note;    ///< for instance the spread over runs
    };
    explicit SuspicionBars(const Theme &theme, QWidget *parent = nullptr);
    void setRows(std::vector<Row> rows, double total);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<Row> m_rows;
    double m_total = 1;
};

/// The samples beside the current one in the order of the table.
class NeighbourList : public QWidget {
    Q_OBJECT
public:
    struct Row {
        std::size_t sample = 0;
        int place = 0; ///< row in the table, from 1
        QString key;
        QString weight;
        BadgeLook decision; ///< empty text: none
        bool current = false;
    };
    explicit NeighbourList(const Theme &theme, QWidget *parent = nullptr);
    void setRows(std::vector<Row> rows);

Q_SIGNALS:
    void chosen(std::size_t sample);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<Row> m_rows;
};

} // namespace winnow::ui
