#include "ui/pages/question_view.h"

#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace winnow::ui {

QuestionView::QuestionView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_question(new TextLabel(theme, {}, TextRole::BodyStrong)),
      m_right(new TextLabel(theme, {}, TextRole::Panel, "text2")), m_picks(new TextLabel(theme, {}, TextRole::Panel, "text2"))
{
    setFixedHeight(theme.scaled(92));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(172, 6, 14, 10);
    layout->setSpacing(3);
    layout->addStretch();
    for (TextLabel *label : {m_question, m_right, m_picks}) {
        label->setElide(Qt::ElideRight);
        layout->addWidget(label);
    }
    layout->addStretch();
}

void QuestionView::setQuestion(const QImage &image, const QString &question, const QString &right, const QString &picks)
{
    m_image = image;
    m_question->setFullText(question);
    m_right->setFullText(right);
    m_picks->setFullText(picks);
    update();
}

void QuestionView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box(13, 4, 146, 78);
    paintBox(painter, box, 4, m_image.isNull() ? m_theme.color(Token::Sunken) : QColor(Qt::white), m_theme.color(Token::Border2));
    if (m_image.isNull()) {
        paintText(painter, box, tr("No picture"), m_theme.font(TextRole::Caption), m_theme.color(Token::Text3), Qt::AlignHCenter);
        return;
    }
    const QSizeF size = QSizeF(m_image.size()).scaled(box.size() - QSizeF(8, 6), Qt::KeepAspectRatio);
    painter.drawImage(QRectF(box.center() - QPointF(size.width() / 2, size.height() / 2), size), m_image);
}

} // namespace winnow::ui
