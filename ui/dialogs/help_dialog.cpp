#include "ui/dialogs/help_dialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace winnow::ui {

HelpDialog::HelpDialog(const Theme &theme, PageId page, QWidget *parent) : QDialog(parent), m_theme(theme)
{
    setWindowTitle(tr("Help"));
    setObjectName(QStringLiteral("help"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setFixedSize(theme.scaled(620), theme.scaled(560));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 16, 16);
    layout->setSpacing(10);
    auto *scroll = new PlainScroll;
    auto *body = new QWidget;
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 10, 0);
    rows->setSpacing(4);
    const auto add = [&](const QString &text, TextRole role, const char *color, int space) {
        auto *label = new TextLabel(theme, text, role, color);
        label->setWordWrap(true);
        rows->addSpacing(space);
        rows->addWidget(label);
    };
    add(about(page), TextRole::Body, "text", 0);
    for (const Entry &entry : entries(page)) {
        add(entry.term, TextRole::PanelTitle, "text", 8);
        add(entry.text, TextRole::Panel, "text2", 0);
    }
    rows->addStretch();
    scroll->setContent(body);
    layout->addWidget(scroll, 1);
    auto *foot = new QHBoxLayout;
    foot->addWidget(new TextLabel(theme, tr("? lists all keys, Ctrl+K finds every command."), TextRole::Caption, "text3"));
    foot->addStretch();
    auto *close = new Button(theme, tr("Close"));
    close->setKeyHint(QStringLiteral("Esc"));
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot->addWidget(close);
    layout->addLayout(foot);
}

QString HelpDialog::about(PageId page)
{
    switch (page) {
    case PageId::Runs:
        return tr("Runs lists every training of the store, also those that other programs started. Filter by one line, group over "
                  "seeds, and act on the selected rows.");
    case PageId::Live:
        return tr("Live shows one run while it trains: loss, how well low weights find known noise, the weights over time, and "
                  "whether the run is healthy.");
    case PageId::Samples:
        return tr("Samples shows what the run learned of its training data: drag over low weights, look at the samples, decide "
                  "on each, and write a corrected data set.");
    case PageId::Compare:
        return tr("Compare sets runs against the reference A: accuracy with paired tests, and where their weights disagree.");
    case PageId::Evaluation:
        return tr("Evaluation picks the best of N candidates for every question by the stored step scores. Every control applies "
                  "at once, without new inference.");
    case PageId::Data:
    case PageId::Count: break;
    }
    return tr("Data lists the files that went in, what was dropped and why, and the corrected data sets that were made from them.");
}

QVector<HelpDialog::Entry> HelpDialog::entries(PageId page)
{
    const Entry accuracy{tr("Best-of-N accuracy"),
                         tr("Each candidate gets one score from p(+) of its steps; the candidate with the highest score is picked. "
                            "Accuracy = right picks / questions. 95% Wilson interval: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / "
                            "(1 + z²/n), z = 1.96.")};
    const Entry auroc{tr("AUROC of low weight"),
                      tr("Chance that a known flipped sample weighs less than a clean one: P(w flipped < w clean) + ½ P(equal). "
                         "95% interval by DeLong.")};
    const Entry effective{tr("Effective sample size"), tr("(sum w)² / sum w² over the positive weights. The number of samples means "
                                                          "that all weigh the same; 1 means that one sample carries everything.")};
    const Entry loss{tr("Loss"), tr("Mean cross-entropy over the judged steps of a batch, in nats: −log p(given label).")};
    switch (page) {
    case PageId::Runs:
        return {{tr("Query"), tr("For example mode = \"net\" and seed in (1, 2) and acc_best8 > 0.83 and tag ~ \"noise\". Names are "
                                 "completed; the wrong part is underlined.")},
                accuracy,
                {tr("Group rows"), tr("Over the finished runs of a group: mean ± sd with n − 1, or the 95% interval mean ± t · sd / √n.")},
                auroc,
                {tr("Precision of the lowest k"), tr("Known flipped samples among the k lowest weights, divided by k.")},
                effective};
    case PageId::Live:
        return {loss,
                {tr("Smoothing"), tr("Exponential mean over the whole series before a point: s = a · s + (1 − a) · value, corrected at the "
                                     "start. It does not depend on the zoom. The band is the minimum and maximum of the raw values.")},
                {tr("Hypergradient"), tr("dM/dw of a sample: how the meta loss M changes when the sample weighs more. Positive pushes its "
                                         "weight down.")},
                auroc, effective,
                {tr("Cursor"), tr("One cursor crosses all plots. A click pins it, a second one measures from there, a third one lets go.")}};
    case PageId::Samples:
        return {{tr("Learned weight"), tr("What the upper level gave the sample at the iteration looked at. For Instance Net a weight is "
                                          "as old as the sample's last visit; the age is shown.")},
                {tr("Loss (EMA)"), tr("Exponential mean of the sample's losses over its visits: new = keep · old + (1 − keep) · loss.")},
                {tr("Confidence"), tr("Mean p of the given label over the visits (data maps).")},
                {tr("Area under margin"), tr("Mean over the visits of logit of the given label minus that of the other.")},
                {tr("In-run Shapley"), tr("Sum of the hypergradients over the visits.")},
                {tr("Average precision"), tr("Mean of the precision at the place of each known flipped sample, most suspicious first.")},
                {tr("Consensus"), tr("Over runs that differ in the seed only: mean rank, and in how many runs the weight fell.")}};
    case PageId::Compare:
        return {{tr("Paired test"), tr("Over the same questions: difference of accuracy with a 95% bootstrap interval; McNemar's exact "
                                       "test on the questions that only one run gets right.")},
                {tr("Spearman's ρ, Kendall's τ"), tr("Rank correlations of the two runs' weights; τ is tau-b, with ties.")},
                {tr("Overlap of the k lowest"), tr("Samples that are among the k lowest weights of both runs, divided by k. Chance: k / n.")},
                {tr("Quadrants"), tr("A run rejects a sample whose weight is below 0.5.")}};
    case PageId::Evaluation:
        return {accuracy,
                {tr("Score of a candidate"), tr("Mean, minimum, maximum or last p(+) of its steps, the mean of log p(+), or its sum.")},
                {tr("Oracle, random, self-consistency"), tr("Right if any candidate is right; the expected share of a random pick; the "
                                                            "answer that most candidates give.")}};
    case PageId::Data:
    case PageId::Count: break;
    }
    return {{tr("Known noise"), tr("Rows that carry a mark of whether their label was flipped on purpose; the truth that detection is "
                                   "measured against.")},
            {tr("Hash"), tr("SHA-256 over the rows and pictures as they were read. Two runs with the same hash saw the same data.")}};
}

void HelpDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), 0, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
}

} // namespace winnow::ui
