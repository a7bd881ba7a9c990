#include "ui/dialogs/launch_side.h"

#include "ui/dialogs/option_field.h"
#include "ui/support/words.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui
{

namespace
{

constexpr int changesShown = 5;

/// A value that is no longer: with a line through it. Its own painting, because a polished label takes its role's font.
class StruckLabel : public TextLabel
{
public:
    using TextLabel::TextLabel;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        TextLabel::paintEvent(event);
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        const int wide = std::min(contentsRect().width(), fontMetrics().horizontalAdvance(text()));
        const int y = contentsRect().center().y();
        painter.drawLine(contentsRect().left(), y, contentsRect().left() + wide, y);
    }
};

QString estimateNote(const LaunchEstimate &estimate, std::int64_t iterations)
{
    if (!estimate.seconds)
        return QObject::tr("%1 iterations. No earlier run on this device, so the time is not known.")
            .arg(thousands(iterations));
    const QString speed =
        QObject::tr("%1 iterations at %2/s").arg(thousands(iterations), fixedText(estimate.perSecond, 1));
    const QString runs =
        estimate.runs == 1 ? QObject::tr("1 earlier run") : QObject::tr("%1 earlier runs").arg(estimate.runs);
    return estimate.rough ? QObject::tr("Rough: %1, scaled from %2 with other settings on this device").arg(speed, runs)
                          : QObject::tr("%1, from %2 on this device").arg(speed, runs);
}

} // namespace

LaunchSide::LaunchSide(const Theme &theme, bool hasParent, QWidget *parent)
    : Ground(theme, Token::Window, parent),
      m_theme(theme),
      m_layout(new QVBoxLayout),
      m_time(new TextLabel(theme, {}, TextRole::Verdict)),
      m_timeNote(new TextLabel(theme, {}, TextRole::Caption, "text3")),
      m_memoryNote(new TextLabel(theme, {}, TextRole::Caption, "text3")),
      m_changes(new QVBoxLayout),
      m_name(new QLineEdit),
      m_seeds(new QLineEdit),
      m_seedsNote(new TextLabel(theme, {}, TextRole::Caption, "text3"))
{
    setFixedWidth(theme.scaled(252));
    auto *content = new QWidget; // many changes from the parent do not fit
    content->setLayout(m_layout);
    auto *scroll = new PlainScroll;
    scroll->setContent(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    m_layout->setContentsMargins(18, 18, 18, 12);
    m_layout->setSpacing(5);
    heading(tr("Estimate on this machine"));
    m_layout->addWidget(m_time);
    m_time->setObjectName(QStringLiteral("estimate-time"));
    m_timeNote->setWordWrap(true);
    m_timeNote->setObjectName(QStringLiteral("estimate-note"));
    m_layout->addWidget(m_timeNote);
    m_layout->addSpacing(4);
    m_memory = line(tr("Memory"), "estimate-memory");
    m_disk = line(tr("Each checkpoint"), "estimate-disk");
    m_memoryNote->setWordWrap(true);
    m_layout->addWidget(m_memoryNote);
    rule();
    heading(hasParent ? tr("Changed from parent") : tr("Changed from the preset"));
    m_changes->setSpacing(2);
    m_layout->addLayout(m_changes);
    rule();
    heading(tr("Name and seeds"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("run and its number"));
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setFont(theme.font(TextRole::Mono));
    m_layout->addWidget(m_name);
    auto *row = new QHBoxLayout;
    row->addWidget(new TextLabel(theme, tr("Seeds"), TextRole::Panel, "text2"));
    m_seeds->setAccessibleName(tr("Seeds"));
    m_seeds->setObjectName(QStringLiteral("seeds"));
    m_seeds->setFont(theme.font(TextRole::Mono));
    row->addWidget(m_seeds, 1);
    m_layout->addLayout(row);
    m_seedsNote->setWordWrap(true);
    m_layout->addWidget(m_seedsNote);
    m_layout->addStretch();
    connect(m_name, &QLineEdit::textChanged, this, &LaunchSide::edited);
    connect(m_seeds, &QLineEdit::textChanged, this, &LaunchSide::edited);
}

void LaunchSide::addPart(QWidget *part)
{
    m_layout->insertWidget(m_layout->count() - 1, part); // above the stretch
}

void LaunchSide::heading(const QString &text)
{
    m_layout->addWidget(new TextLabel(m_theme, text, TextRole::Label, "text3"));
}

void LaunchSide::rule()
{
    m_layout->addSpacing(8);
    m_layout->addWidget(new Rule(m_theme, Qt::Horizontal));
    m_layout->addSpacing(4);
}

TextLabel *LaunchSide::line(const QString &name, const char *object)
{
    auto *row = new QHBoxLayout;
    row->addWidget(new TextLabel(m_theme, name, TextRole::Panel, "text2"));
    auto *value = new TextLabel(m_theme, {}, TextRole::Mono);
    value->setObjectName(QLatin1String(object));
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setElide(Qt::ElideRight);
    row->addWidget(value, 1);
    m_layout->addLayout(row);
    return value;
}

QString LaunchSide::name() const
{
    return m_name->text().trimmed();
}

void LaunchSide::setName(const QString &name)
{
    m_name->setText(name);
}

void LaunchSide::setSeeds(const QString &seeds)
{
    m_seeds->setText(seeds);
}

std::vector<std::int64_t> LaunchSide::seeds(QString *problem) const
{
    std::vector<std::int64_t> result;
    for (const QString &part : m_seeds->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool fine = false;
        const std::int64_t seed = part.trimmed().toLongLong(&fine);
        if (!fine || seed < 0) {
            *problem = tr("Seeds are whole numbers, for example 3, 4, 5.");
            return {};
        }
        if (std::find(result.begin(), result.end(), seed) == result.end())
            result.push_back(seed);
    }
    if (result.empty())
        *problem = tr("Give at least one seed.");
    return result;
}

void LaunchSide::showSeeds(std::size_t count, const QString &problem)
{
    m_seedsNote->setText(!problem.isEmpty() ? problem
                             : count == 1   ? tr("1 run")
                                            : tr("%1 runs, one after the other").arg(count));
    m_seedsNote->setColorRole(problem.isEmpty() ? "text3" : "failed");
}

void LaunchSide::showEstimate(const LaunchEstimate &estimate, const RunOptions &options, std::size_t count)
{
    count = std::max<std::size_t>(1, count);
    const QString one = estimate.seconds ? estimateText(*estimate.seconds) : tr("Not known");
    m_time->setText(estimate.seconds && count > 1 ? QStringLiteral("%1 × %2").arg(count).arg(one) : one);
    m_timeNote->setText(estimateNote(estimate, options.train.iterations));
    if (estimate.memory == 0) {
        m_memory->setFullText(QStringLiteral("–"));
        m_disk->setFullText(QStringLiteral("–"));
        m_memoryNote->setText(tr("Memory: %1.").arg(coreWords(estimate.noSizes)));
        m_memory->setColorRole("text3");
        m_memoryNote->setColorRole("text3");
        return;
    }
    const QString need = megabytes(estimate.memory);
    const QString there = gigabytes(estimate.memoryThere);
    m_memory->setFullText(estimate.memoryThere > 0 ? tr("≈ %1 of %2").arg(need, there) : tr("≈ %1").arg(need));
    m_memory->setColorRole(estimate.fits() ? "text" : "failed");
    m_disk->setFullText(megabytes(estimate.checkpoint));
    const bool diskFull = estimate.diskFree > 0 && estimate.checkpoint * count > estimate.diskFree;
    m_memoryNote->setText(!estimate.fits() ? tr("Does not fit: %1 of %2 GB. Lower the batch, the tiles or the threads.")
                                                 .arg(fixedText(static_cast<double>(estimate.memory) / 1e9, 1),
                                                      fixedText(static_cast<double>(estimate.memoryThere) / 1e9, 1))
                              : diskFull
                              ? tr("The disk has %1 left. Purge old runs first.").arg(gigabytes(estimate.diskFree))
                              : QString());
    m_memoryNote->setColorRole(estimate.fits() && !diskFull ? "text3" : "failed");
}

int LaunchSide::showChanges(const RunOptions &base, const RunOptions &options)
{
    while (QLayoutItem *item = m_changes->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    int changes = 0;
    for (const std::string &key : optionDifferences(base, options)) {
        if (key == "name" || key == "seed" || ++changes > changesShown)
            continue;
        m_changes->addWidget(new TextLabel(m_theme, QString::fromStdString(key), TextRole::Panel, "text2"));
        auto *holder = new QWidget;
        auto *row = new QHBoxLayout(holder);
        row->setContentsMargins(0, 0, 0, 2);
        row->setSpacing(6);
        const QString before = optionText(optionValue(base, key));
        const QString after = optionText(optionValue(options, key));
        TextLabel *old = new StruckLabel(m_theme, before.isEmpty() ? tr("empty") : before, TextRole::Mono, "text3");
        auto *now =
            new TextLabel(m_theme, QStringLiteral("→ ") + (after.isEmpty() ? tr("empty") : after), TextRole::Mono);
        for (TextLabel *label : {old, now}) {
            label->setElide(Qt::ElideMiddle);
            label->setToolTip(QStringLiteral("%1 → %2").arg(before, after).toHtmlEscaped());
        }
        row->addWidget(old, 0);
        row->addWidget(now, 1);
        m_changes->addWidget(holder);
    }
    if (changes > changesShown)
        m_changes->addWidget(
            new TextLabel(m_theme, tr("and %1 more").arg(changes - changesShown), TextRole::Caption, "text3"));
    if (changes == 0)
        m_changes->addWidget(new TextLabel(m_theme, tr("Nothing"), TextRole::Panel, "text3"));
    return changes;
}

} // namespace winnow::ui
