#include "ui/pages/row_detail.h"

#include "ui/pages/page.h"
#include "ui/pages/sample_pictures.h"
#include "ui/support/number_format.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/prompt_text.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui
{

RowDetail::RowDetail(const Theme &theme, Thumbnails &thumbnails, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_thumbnails(thumbnails)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addWidget(buildTop());
    m_problem = new TextLabel(theme, {}, TextRole::Panel, "failed");
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(14, 0, 14, 8);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto *choice = new QHBoxLayout;
    choice->setContentsMargins(14, 0, 14, 8);
    choice->setSpacing(8);
    m_form = new SegmentedControl(theme, {tr("Prompt"), tr("Steps")});
    m_form->setObjectName(QStringLiteral("row-form"));
    m_form->setAccessibleName(tr("Text of the row"));
    m_form->setToolTip(
        tr("Prompt: as the model sees it, its own tokens tinted. Steps: question and steps as the store keeps "
           "them."));
    connect(m_form, &SegmentedControl::currentChanged, this, &RowDetail::showText);
    choice->addWidget(m_form);
    m_candidates = new ChoiceField(theme);
    m_candidates->setAccessibleName(tr("Candidate"));
    m_candidates->setToolTip(tr("Candidate whose prompt is shown"));
    connect(m_candidates, &ChoiceField::activated, this, &RowDetail::candidateChosen);
    choice->addWidget(m_candidates);
    choice->addStretch();
    layout->addLayout(choice);
    auto *around = new QVBoxLayout;
    around->setContentsMargins(14, 0, 14, 14);
    m_text = new PromptText(theme);
    m_text->setObjectName(QStringLiteral("prompt"));
    around->addWidget(m_text);
    layout->addLayout(around, 1);
    clear({});
}

QWidget *RowDetail::buildHead()
{
    auto *head = new QWidget;
    head->setFixedHeight(m_theme.scaled(36));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(14, 0, 6, 0);
    row->setSpacing(8);
    m_key = new TextLabel(m_theme, {}, TextRole::PanelTitle);
    m_key->setElide(Qt::ElideMiddle);
    m_place = new TextLabel(m_theme, {}, TextRole::Panel, "text3");
    row->addWidget(m_key, 1);
    row->addWidget(m_place);
    const auto button = [&](const char *icon, const QString &name, const QString &tip) {
        auto *made = new Button(m_theme, {}, Button::Kind::Flat);
        made->setSmall(true);
        made->setIconName(QLatin1String(icon));
        made->setAccessibleName(name);
        made->setToolTip(tip);
        row->addWidget(made);
        return made;
    };
    m_previous = button("chevron-left", tr("Previous row"), tr("Previous row (Ctrl+Left)"));
    m_next = button("chevron-right", tr("Next row"), tr("Next row (Ctrl+Right)"));
    connect(m_previous, &Button::clicked, this, &RowDetail::previousRequested);
    connect(m_next, &Button::clicked, this, &RowDetail::nextRequested);
    return head;
}

QWidget *RowDetail::buildTop()
{
    auto *top = new QWidget;
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(14, 12, 14, 10);
    row->setSpacing(12);
    m_pictures = new SamplePictures(m_theme, m_thumbnails);
    connect(m_pictures, &SamplePictures::clicked, this, [this] {
        m_pictures->zoom(QString::fromStdString(m_row.sample.key), m_maxTiles, m_tileSize);
    });
    row->addWidget(m_pictures, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    m_subject = new TextLabel(m_theme, {}, TextRole::Panel, "text2");
    m_sites = new TextLabel(m_theme, {}, TextRole::Panel);
    m_tokens = new TextLabel(m_theme, {}, TextRole::Panel);
    m_sizes = new TextLabel(m_theme, {}, TextRole::Caption, "text3");
    for (TextLabel *label : {m_subject, m_sites, m_tokens})
        label->setElide(Qt::ElideRight);
    m_sizes->setWordWrap(true);
    for (TextLabel *label : {m_subject, m_sites, m_tokens, m_sizes})
        words->addWidget(label);
    words->addStretch();
    row->addLayout(words, 1);
    return top;
}

void RowDetail::setTiling(int maxTiles, std::optional<int> tileSize)
{
    m_maxTiles = maxTiles;
    m_tileSize = tileSize;
}

void RowDetail::clear(const QString &why)
{
    m_filled = false;
    m_row = {};
    m_key->setFullText(tr("No row chosen"));
    m_place->setText({});
    m_pictures->setMessage({});
    for (TextLabel *label : {m_subject, m_sites, m_tokens, m_sizes})
        label->setFullText({});
    m_problem->hide();
    m_candidates->hide();
    m_text->setMessage(why);
}

void RowDetail::fillCandidates(const SampleRecord &sample, int candidate)
{
    const QSignalBlocker blocked(m_candidates);
    m_candidates->clear();
    for (std::size_t i = 0; i < sample.steps.size(); ++i) {
        const bool right = i < sample.labels.size() && sample.labels[i];
        m_candidates->addItem(tr("Candidate %1, %2").arg(i + 1).arg(right ? tr("right") : tr("wrong")));
    }
    m_candidates->setCurrentIndex(candidate);
    m_candidates->setVisible(m_questions && !sample.steps.empty());
}

void RowDetail::showRow(const BrowsedRow &row, int candidate, bool questions, const QString &place)
{
    m_row = row;
    m_filled = true;
    m_questions = questions;
    m_key->setFullText(QString::fromStdString(row.sample.key));
    m_place->setText(place);
    showFacts(row, questions);
    fillCandidates(row.sample, candidate);
    QString problem = row.problem;
    if (row.view && !row.view->problem.empty())
        problem = tr("A run leaves this row out: %1").arg(coreWords(row.view->problem));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_pictures->setPictures(pathList(row.sample.pictures()), tr("Text only"));
    showText();
}

void RowDetail::showFacts(const BrowsedRow &row, bool questions)
{
    const SampleRecord &sample = row.sample;
    QStringList about;
    about << tr("row %1").arg(thousands(sample.fileRow));
    if (!sample.subject.empty())
        about << QString::fromStdString(sample.subject);
    if (sample.knownNoise)
        about << (*sample.knownNoise ? tr("known noise") : tr("clean"));
    m_subject->setFullText(about.join(QStringLiteral(" · ")));
    const auto plus = std::count(sample.labels.begin(), sample.labels.end(), true);
    const auto minus = static_cast<qsizetype>(sample.labels.size()) - plus;
    QString sites = questions ? tr("%1 candidates: %2 right, %3 wrong").arg(sample.steps.size()).arg(plus).arg(minus)
                              : tr("%1 sites: %2 +, %3 −").arg(sample.labels.size()).arg(plus).arg(minus);
    if (sample.answerIsRight)
        sites += QStringLiteral(" · ") + (*sample.answerIsRight ? tr("answer right") : tr("answer wrong"));
    m_sites->setFullText(sites);
    if (!row.view) {
        m_tokens->setFullText(row.looking ? tr("Looking through the file…") : QString());
        m_sizes->setFullText({});
        return;
    }
    const PromptView &view = *row.view;
    const QString tiles = view.tiles == 0 ? tr("no tiles")
        : view.tiles == 1                 ? tr("1 tile")
                                          : tr("%1 tiles").arg(view.tiles);
    m_tokens->setFullText(view.tokens ? tr("%1 tokens, %2").arg(thousands(*view.tokens), tiles)
                                      : tr("%1, tokens not counted").arg(tiles));
    if (!view.pictureProblem.empty())
        m_sizes->setFullText(tr("Picture missing, shown as text only"));
    else if (view.pictures > 1)
        m_sizes->setFullText(tr("%1 pictures share the tiles").arg(view.pictures));
    else if (view.tiles > 1)
        m_sizes->setFullText(tr("%1 × %2 px, %3 × %4 tiles and the whole picture")
                                 .arg(view.width)
                                 .arg(view.height)
                                 .arg(view.columns)
                                 .arg(view.rows));
    else if (view.tiles == 1)
        m_sizes->setFullText(tr("%1 × %2 px").arg(view.width).arg(view.height));
    else
        m_sizes->setFullText({});
}

QString RowDetail::stepsText() const
{
    const SampleRecord &sample = m_row.sample;
    QString text = QString::fromStdString(sample.question) + QLatin1Char('\n');
    for (std::size_t i = 0; i < sample.steps.size(); ++i) {
        QString mark = m_questions ? tr("Candidate %1").arg(i + 1) : tr("Step %1").arg(i + 1);
        if (i < sample.labels.size())
            mark += m_questions ? (sample.labels[i] ? tr(", right") : tr(", wrong"))
                                : (sample.labels[i] ? QStringLiteral(", +") : QStringLiteral(", −"));
        text += QStringLiteral("\n%1\n%2\n").arg(mark, QString::fromStdString(sample.steps[i]));
    }
    return text;
}

void RowDetail::showText()
{
    if (!m_filled)
        return;
    if (m_form->current() == 1 || !m_row.view)
        m_text->setMessage(stepsText());
    else
        m_text->setPrompt(*m_row.view);
}

} // namespace winnow::ui
