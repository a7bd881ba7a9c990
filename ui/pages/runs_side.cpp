#include "ui/pages/runs_side.h"

#include "ui/models/run_looks.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui
{

ViewList::ViewList(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Views"));
}

void ViewList::setEntries(const QVector<std::pair<QString, int>> &entries)
{
    m_entries = entries;
    setFixedHeight(static_cast<int>(entries.size()) * m_theme.scaled(30));
    update();
}

void ViewList::setCurrent(int index)
{
    m_current = index;
    update();
}

void ViewList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int high = m_theme.scaled(30);
    for (int i = 0; i < m_entries.size(); ++i) {
        const QRectF box(0, i * high + 2, width(), high - 4);
        const bool here = i == m_current;
        if (here)
            paintBox(painter, box, 6, m_theme.color(m_theme.dark() ? Token::Hover : Token::Surface),
                     m_theme.color(hasFocus() ? Token::Link : Token::Border));
        QFont font = m_theme.font(TextRole::Panel);
        if (here)
            font.setWeight(QFont::DemiBold);
        paintText(painter, box.adjusted(8, 0, -40, 0), m_entries[i].first, font, m_theme.color(Token::Text));
        paintText(painter, box.adjusted(8, 0, -8, 0), thousands(m_entries[i].second), m_theme.font(TextRole::Mono),
                  m_theme.color(Token::Text3), Qt::AlignRight);
    }
}

void ViewList::mousePressEvent(QMouseEvent *event)
{
    const int index = static_cast<int>(event->position().y()) / m_theme.scaled(30);
    if (index >= 0 && index < m_entries.size())
        Q_EMIT chosen(index);
}

void ViewList::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0)
        QWidget::keyPressEvent(event);
    else if (m_current + step >= 0 && m_current + step < m_entries.size())
        Q_EMIT chosen(m_current + step);
}

RunsSide::RunsSide(const Theme &theme, RunsModel &model, QWidget *parent)
    : Ground(theme, Token::Window, parent),
      m_theme(theme),
      m_model(model),
      m_views(new ViewList(theme)),
      m_queries(new QWidget),
      m_group(new ChoiceField(theme)),
      m_spread(new ChoiceField(theme)),
      m_drawn(new TextLabel(theme, {}, TextRole::Caption, "text3"))
{
    setFixedWidth(theme.scaled(176));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 14, 10, 12);
    layout->setSpacing(6);
    heading(layout, tr("Views"));
    connect(m_views, &ViewList::chosen, this, &RunsSide::viewChosen);
    layout->addWidget(m_views);
    layout->addSpacing(16);
    heading(layout, tr("Saved queries"));
    layout->addWidget(m_queries);
    layout->addSpacing(16);
    heading(layout, tr("Group by"));
    m_group->setAccessibleName(tr("Group by"));
    m_group->setMaxVisibleItems(18);
    connect(m_group, &QComboBox::activated, this, [this](int index) {
        m_groupBy = m_group->itemData(index).toString();
        Q_EMIT groupByChosen(m_groupBy);
    });
    m_spread->addItems({tr("Mean ± sd"), tr("95% interval")});
    m_spread->setAccessibleName(tr("What group rows show"));
    m_spread->setToolTip(
        tr("Over the finished runs of a group. sd: with n − 1. 95% interval of the mean: mean ± t · sd / √n."));
    connect(m_spread, &QComboBox::activated, this, &RunsSide::spreadChosen);
    for (ChoiceField *field : {m_group, m_spread}) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(8, 0, 8, 0);
        row->addWidget(field);
        layout->addLayout(row);
    }
    layout->addStretch();
    auto *note =
        new TextLabel(theme, tr("Interval of a run: 95% Wilson over its questions. Group rows: finished runs only."),
                      TextRole::Caption, "text3");
    for (TextLabel *label : {m_drawn, note}) {
        label->setWordWrap(true);
        label->setContentsMargins(8, 0, 4, 0);
        layout->addWidget(label);
    }
}

void RunsSide::heading(QVBoxLayout *layout, const QString &text)
{
    auto *label = new TextLabel(m_theme, text, TextRole::Label, "text3");
    label->setContentsMargins(8, 0, 0, 2);
    layout->addWidget(label);
}

void RunsSide::refresh(const std::vector<SavedQuery> &queries)
{
    using View = RunsModel::View;
    QVector<std::pair<QString, int>> views{{tr("All runs"), m_model.countOf(View::All)},
                                           {tr("Active"), m_model.countOf(View::Active)},
                                           {tr("This week"), m_model.countOf(View::Week)},
                                           {tr("Archived"), m_model.countOf(View::Archived)}};
    if (const int deleted = m_model.countOf(View::Deleted); deleted > 0 || m_model.view() == View::Deleted)
        views.push_back({tr("Deleted"), deleted});
    m_views->setEntries(views);
    m_views->setCurrent(static_cast<int>(m_model.view()));
    const int all = static_cast<int>(m_model.runs().size()) - m_model.countOf(View::Deleted);
    const int drawn = m_model.drawn();
    m_drawn->setText(drawn < all ? tr("%1 of %2 runs drawn").arg(thousands(drawn), thousands(all)) : QString());
    m_drawn->setToolTip(
        tr("The newest %1 runs are drawn until you show others with the eye.").arg(static_cast<int>(mostDrawn)));
    fillQueries(queries);
    fillGroups();
}

void RunsSide::fillQueries(const std::vector<SavedQuery> &queries)
{
    QVector<std::pair<QString, QString>> now;
    for (const SavedQuery &query : queries)
        now.push_back({QString::fromStdString(query.name), QString::fromStdString(query.text)});
    if (now == m_known && m_queries->layout())
        return;
    m_known = now;
    delete m_queries->layout();
    qDeleteAll(m_queries->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    auto *layout = new QVBoxLayout(m_queries);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    if (now.isEmpty()) {
        auto *label = new TextLabel(m_theme, tr("None. Type a filter, then Save query."), TextRole::Caption, "text3");
        label->setWordWrap(true);
        label->setContentsMargins(8, 0, 4, 0);
        layout->addWidget(label);
    }
    for (const auto &[name, text] : now) {
        auto *label = new TextLabel(m_theme, name, TextRole::Panel, "text2");
        label->setElide(Qt::ElideMiddle);
        label->setContentsMargins(8, 4, 4, 4);
        label->setCursor(Qt::PointingHandCursor);
        label->setToolTip(text.toHtmlEscaped());
        label->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(label, &TextLabel::clicked, this, [this, query = text] { Q_EMIT queryChosen(query); });
        connect(label, &QWidget::customContextMenuRequested, this, [this, label, own = name](const QPoint &point) {
            auto *menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addAction(tr("Remove query"), this, [this, own] { Q_EMIT queryRemoved(own); });
            menu->popup(label->mapToGlobal(point));
        });
        layout->addWidget(label);
    }
}

void RunsSide::fillGroups()
{
    QVector<std::pair<QString, QString>> groups{{tr("Weighting"), QStringLiteral("weighting")},
                                                {tr("Stage"), QStringLiteral("stage")},
                                                {tr("State"), QStringLiteral("state")},
                                                {tr("Seed"), QStringLiteral("seed")},
                                                {tr("Parent"), QStringLiteral("parent")},
                                                {tr("Training data"), QStringLiteral("data")},
                                                {tr("Nothing"), QString()}};
    const VaryingSettings &settings = m_model.varying();
    for (const QString &key : settings.differ + settings.same)
        groups.push_back({key, key});
    bool same = m_group->count() == groups.size();
    for (int i = 0; same && i < groups.size(); ++i)
        same = m_group->itemData(i).toString() == groups[i].second;
    if (!same) { // not while the list is open and nothing new is in it
        m_group->clear();
        for (const auto &[label, key] : groups)
            m_group->addItem(label, key);
    }
    setGroupBy(m_groupBy);
}

void RunsSide::setGroupBy(const QString &key)
{
    m_groupBy = key;
    if (const int index = m_group->findData(key); index >= 0)
        m_group->setCurrentIndex(index);
}

void RunsSide::setSpread(int index)
{
    m_spread->setCurrentIndex(index);
}

} // namespace winnow::ui
