#pragma once

#include "ui/theme/theme.h"

#include <QImage>
#include <QWidget>

namespace winnow::ui {

class TextLabel;

/// One question: picture, words, what is right and who picked what.
class QuestionView : public QWidget {
    Q_OBJECT
public:
    explicit QuestionView(const Theme &theme, QWidget *parent = nullptr);
    void setQuestion(const QImage &image, const QString &question, const QString &right, const QString &picks);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QImage m_image;
    TextLabel *m_question;
    TextLabel *m_right;
    TextLabel *m_picks;
};

} // namespace winnow::ui
