#include "ui/dialogs/launch_dialog.h"

#include "core/base/options_io.h"
#include "ui/dialogs/option_field.h"
#include "ui/pages/page.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QDir>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui {

class LaunchDialog::SectionList : public QWidget {
public:
    SectionList(const Theme &theme, const QStringList &names, std::function<void(int)> chosen)
        : m_theme(theme), m_names(names), m_chosen(std::move(chosen)), m_bad(static_cast<std::size_t>(names.size()))
    {
        setFixedWidth(theme.scaled(164));
    }
    void setCurrent(int index)
    {
        m_current = index;
        update();
    }
    void setBad(int index, bool bad)
    {
        m_bad[static_cast<std::size_t>(index)] = bad;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.color(Token::Window));
        painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme.color(Token::Border));
        for (int i = 0; i < m_names.size(); ++i) {
            const QRectF box(9, 12 + i * 32, width() - 19, 30);
            const bool here = i == m_current;
            if (here)
                paintBox(painter, box, 6, m_theme.color(m_theme.dark() ? Token::Hover : Token::Surface), m_theme.color(Token::Border));
            QFont font = m_theme.font(TextRole::Panel);
            if (here)
                font.setWeight(QFont::DemiBold);
            paintText(painter, box.adjusted(10, 0, -30, 0), m_names[i], font, m_theme.color(Token::Text));
            const bool bad = m_bad[static_cast<std::size_t>(i)];
            paintIcon(painter, bad ? QStringLiteral("warning") : QStringLiteral("check"),
                      QRectF(box.right() - 24, box.center().y() - 7, 14, 14), m_theme.color(bad ? Token::Failed : Token::Keep));
        }
    }
    void mousePressEvent(QMouseEvent *event) override
    {
        const int index = static_cast<int>((event->position().y() - 12) / 32);
        if (index >= 0 && index < m_names.size())
            m_chosen(index);
    }

private:
    const Theme &m_theme;
    QStringList m_names;
    std::function<void(int)> m_chosen;
    std::vector<bool> m_bad;
    int m_current = 0;
};

LaunchDialog::LaunchDialog(const Theme &theme, const RunOptions &options, const RunRow *parentRun,
                           const std::vector<RunRow> &earlier, const QString &presetFolder, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_options(options), m_base(options),
      m_parent(parentRun ? parentRun->id() : RunId{}), m_parentName(parentRun ? parentRun->name() : QString()),
      m_earlier(earlier)
{
    setWindowTitle(tr("New run"));
    setModal(true);
    resize(theme.scaled(1000), theme.scaled(660));
    for (const OptionInfo &info : optionSchema()) {
        if (info.key == "name" || info.key == "seed")
            continue;
        const QString group = QString::fromStdString(info.group);
        if (!m_sections.contains(group))
            m_sections << group;
        m_sectionOf[info.key] = group;
    }
    if (const int weighting = static_cast<int>(m_sections.indexOf(QStringLiteral("Weighting"))); weighting > 0)
        m_sections.move(weighting, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead(presetFolder));
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    m_list = new SectionList(theme, m_sections, [this](int index) { showSection(index); });
    middle->addWidget(m_list);
    m_scroll = new QScrollArea;
    m_scroll->setProperty("role", QStringLiteral("plain"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    middle->addWidget(m_scroll, 1);
    middle->addWidget(buildEstimate());
    layout->addLayout(middle, 1);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addWidget(buildFoot());
    buildForm();
    showSection(0);
    validate();
}

QWidget *LaunchDialog::buildHead(const QString &presetFolder)
{
    auto *head = new Ground(m_theme, Token::Surface);
    head->setFixedHeight(m_theme.scaled(52));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(20, 0, 12, 0);
    row->setSpacing(10);
    row->addWidget(new TextLabel(m_theme, tr("New run"), TextRole::PageTitle));
    m_subtitle = new TextLabel(m_theme, {}, TextRole::Panel, "text3");
    m_subtitle->setElide(Qt::ElideMiddle);
    row->addWidget(m_subtitle, 1);
    row->addWidget(new TextLabel(m_theme, tr("Preset"), TextRole::Panel, "text2"));
    m_preset = new Button(m_theme, tr("Choose"));
    m_preset->setSmall(true);
    m_preset->setObjectName(QStringLiteral("preset"));
    auto *menu = new QMenu(m_preset);
    for (const QFileInfo &file : QDir(presetFolder).entryInfoList({QStringLiteral("*.toml")}, QDir::Files, QDir::Name))
        connect(menu->addAction(file.completeBaseName()), &QAction::triggered, this,
                [this, path = file.absoluteFilePath()] { applyPreset(path); });
    m_preset->setMenu(menu);
    row->addWidget(m_preset);
    auto *close = new Button(m_theme, {}, Button::Kind::Flat);
    close->setIconName(QStringLiteral("cross"));
    close->setAccessibleName(tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::reject);
    row->addWidget(close);
    return head;
}

QWidget *LaunchDialog::buildEstimate()
{
    auto *side = new Ground(m_theme, Token::Window);
    side->setFixedWidth(m_theme.scaled(252));
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(18, 18, 18, 12);
    layout->setSpacing(5);
    const auto heading = [&](const QString &text) {
        layout->addWidget(new TextLabel(m_theme, text, TextRole::Label, "text3"));
    };
    heading(tr("Estimate on this machine"));
    m_time = new TextLabel(m_theme, {}, TextRole::Verdict);
    layout->addWidget(m_time);
    m_timeNote = new TextLabel(m_theme, {}, TextRole::Caption, "text3");
    m_timeNote->setWordWrap(true);
    layout->addWidget(m_timeNote);
    layout->addSpacing(8);
    layout->addWidget(new Rule(m_theme, Qt::Horizontal));
    layout->addSpacing(4);
    heading(m_parent ? tr("Changed from parent") : tr("Changed from the preset"));
    m_changes = new QVBoxLayout;
    m_changes->setSpacing(2);
    layout->addLayout(m_changes);
    layout->addSpacing(8);
    layout->addWidget(new Rule(m_theme, Qt::Horizontal));
    layout->addSpacing(4);
    heading(tr("Name and seeds"));
    m_name = new QLineEdit(QString::fromStdString(m_options.name));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("run and its number"));
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setFont(m_theme.font(TextRole::Mono));
    layout->addWidget(m_name);
    auto *row = new QHBoxLayout;
    row->addWidget(new TextLabel(m_theme, tr("Seeds"), TextRole::Panel, "text2"));
    m_seeds = new QLineEdit(QString::number(m_options.seed));
    m_seeds->setAccessibleName(tr("Seeds"));
    m_seeds->setObjectName(QStringLiteral("seeds"));
    m_seeds->setFont(m_theme.font(TextRole::Mono));
    row->addWidget(m_seeds, 1);
    layout->addLayout(row);
    m_seedsNote = new TextLabel(m_theme, {}, TextRole::Caption, "text3");
    m_seedsNote->setWordWrap(true);
    layout->addWidget(m_seedsNote);
    layout->addWidget(buildPlace());
    layout->addStretch();
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_options.name = text.trimmed().toStdString();
        validate();
    });
    connect(m_seeds, &QLineEdit::textChanged, this, &LaunchDialog::validate);
    return side;
}

QWidget *LaunchDialog::buildPlace()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(new TextLabel(m_theme, tr("Run in"), TextRole::Panel, "text2"));
    m_place = new SegmentedControl(m_theme, {tr("This window"), tr("Own process")});
    m_place->setObjectName(QStringLiteral("place"));
    m_place->setAccessibleName(tr("Run in"));
    m_place->setSmall(true);
    layout->addWidget(m_place);
    auto *note = new TextLabel(m_theme, {}, TextRole::Caption, "text3");
    note->setWordWrap(true);
    layout->addWidget(note);
    const auto explain = [this, note] {
        note->setText(place() == RunPlace::Window ? tr("Closing the window asks what becomes of it.")
                                                  : tr("Goes on when the window is closed."));
    };
    connect(m_place, &SegmentedControl::currentChanged, this, explain);
    explain();
    return part;
}

RunPlace LaunchDialog::place() const
{
    return m_place->current() == 0 ? RunPlace::Window : RunPlace::OwnProcess;
}

QWidget *LaunchDialog::buildFoot()
{
    auto *foot = new Ground(m_theme, Token::Surface);
    foot->setFixedHeight(m_theme.scaled(56));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(20, 0, 20, 0);
    row->setSpacing(8);
    auto *copy = new Button(m_theme, tr("Copy command"), Button::Kind::Flat);
    copy->setIconName(QStringLiteral("clone"));
    connect(copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(commandLine()); });
    row->addWidget(copy);
    m_reason = new TextLabel(m_theme, {}, TextRole::Panel, "failed");
    m_reason->setElide(Qt::ElideRight);
    m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_reason, 1);
    auto *cancel = new Button(m_theme, tr("Cancel"));
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    row->addWidget(cancel);
    m_start = new Button(m_theme, tr("Start 1 run"), Button::Kind::Filled);
    m_start->setIconName(QStringLiteral("play"));
    m_start->setKeyHint(QStringLiteral("Ctrl ↵"));
    m_start->setShortcut(QKeySequence(QStringLiteral("Ctrl+Return")));
    m_start->setObjectName(QStringLiteral("start"));
    connect(m_start, &Button::clicked, this, [this] {
        QString problem;
        const std::vector<std::int64_t> all = seeds(&problem);
        if (!problem.isEmpty())
            return;
        Q_EMIT startRequested(m_options, all, m_parent);
        accept();
    });
    row->addWidget(m_start);
    return foot;
}

void LaunchDialog::buildForm()
{
    for (const OptionInfo &info : optionSchema()) {
        if (info.key == "name" || info.key == "seed")
            continue;
        auto *field = new OptionField(m_theme, info, optionValue(m_options, info.key), this);
        field->hide();
        connect(field, &OptionField::edited, this, [this, field] { fieldEdited(field); });
        m_fields.push_back(field);
    }
}

void LaunchDialog::showSection(int index)
{
    m_list->setCurrent(index);
    for (OptionField *field : m_fields) { // fields outlive the section that shows them
        field->setParent(this);
        field->hide();
    }
    auto *page = new Ground(m_theme, Token::Surface);
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(12);
    int place = 0;
    for (OptionField *field : m_fields) {
        if (m_sectionOf.at(field->key()) != m_sections[index])
            continue;
        grid->addWidget(field, place / 3, place % 3, Qt::AlignTop);
        field->show();
        ++place;
    }
    for (int column = 0; column < 3; ++column)
        grid->setColumnStretch(column, 1);
    grid->setRowStretch(place / 3 + 1, 1);
    m_scroll->setWidget(page);
}

void LaunchDialog::applyPreset(const QString &path)
{
    auto read = readOptionsFile(path.toStdString());
    if (!read.ok()) {
        m_reason->setFullText(QString::fromStdString(read.error().message));
        return;
    }
    RunOptions preset = std::move(read).value();
    // A preset leaves the data to whoever uses it.
    if (preset.data.train.empty())
        preset.data = m_options.data;
    if (preset.model.checkpoint.empty()) {
        preset.model.checkpoint = m_options.model.checkpoint;
        preset.model.tokenizer = m_options.model.tokenizer;
    }
    preset.seed = m_options.seed;
    m_options = preset;
    m_base = preset;
    m_typing.clear();
    for (OptionField *field : m_fields)
        field->setValue(optionValue(m_options, field->key()));
    m_name->setText(QString::fromStdString(m_options.name));
    m_preset->setText(QFileInfo(path).completeBaseName());
    validate();
}

void LaunchDialog::fieldEdited(OptionField *field)
{
    const Status status = setOptionFromText(m_options, field->key(), field->text().trimmed().toStdString());
    if (status.ok())
        m_typing.erase(field->key());
    else
        m_typing[field->key()] = QString::fromStdString(status.error().message);
    validate();
}

std::vector<std::int64_t> LaunchDialog::seeds(QString *problem) const
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

void LaunchDialog::validate()
{
    std::map<std::string, QString> problems;
    for (const OptionProblem &problem : checkOptions(m_options))
        problems.emplace(problem.key, QString::fromStdString(problem.message));
    for (const auto &[key, text] : m_typing)
        problems[key] = text;
    std::vector<bool> bad(static_cast<std::size_t>(m_sections.size()));
    for (OptionField *field : m_fields) {
        const auto problem = problems.find(field->key());
        field->setProblem(problem == problems.end() ? QString() : problem->second);
        field->setChanged(optionValue(m_options, field->key()) != optionValue(m_base, field->key()));
        if (problem != problems.end())
            bad[static_cast<std::size_t>(m_sections.indexOf(m_sectionOf.at(field->key())))] = true;
    }
    for (int i = 0; i < m_sections.size(); ++i)
        m_list->setBad(i, bad[static_cast<std::size_t>(i)]);
    QString seedProblem;
    const auto count = seeds(&seedProblem).size();
    m_seedsNote->setText(!seedProblem.isEmpty() ? seedProblem
                         : count == 1 ? tr("1 run")
                                      : tr("%1 runs, one after the other").arg(count));
    m_seedsNote->setColorRole(seedProblem.isEmpty() ? "text3" : "failed");
    QString reason = seedProblem;
    if (!problems.empty()) {
        const std::string key = problems.begin()->first;
        reason = problems.size() == 1 ? tr("1 setting needs a change: %1").arg(QString::fromStdString(key))
                                      : tr("%1 settings need a change").arg(problems.size());
    }
    m_reason->setFullText(reason);
    m_start->setText(count > 1 ? tr("Start %1 runs").arg(count) : tr("Start 1 run"));
    m_start->setEnabled(reason.isEmpty());
    showEstimate();
    showChanges();
}

void LaunchDialog::showEstimate()
{
    double perStep = 0;
    int used = 0;
    for (const RunRow &run : m_earlier) {
        if (run.record.state != RunState::Finished || run.record.result.steps <= 0 || !run.optionsValid ||
            run.options.stage != m_options.stage || run.options.weighting.method != m_options.weighting.method ||
            run.options.train.batch != m_options.train.batch || run.options.model.precision != m_options.model.precision)
            continue;
        perStep += run.record.result.seconds / static_cast<double>(run.record.result.steps);
        ++used;
    }
    QString problem;
    const auto count = std::max<std::size_t>(1, seeds(&problem).size());
    const std::int64_t iterations = m_options.train.iterations;
    if (used == 0) {
        m_time->setText(tr("%1 steps").arg(thousands(iterations * static_cast<std::int64_t>(count))));
        m_timeNote->setText(tr("No earlier run of this kind on this device: time and memory are not known yet."));
        return;
    }
    perStep /= used;
    const QString one = durationText(perStep * static_cast<double>(iterations));
    m_time->setText(count > 1 ? QStringLiteral("%1 × %2").arg(count).arg(one) : one);
    m_timeNote->setText(tr("%1 iterations at %2/s, from %3 earlier runs on this device")
                            .arg(thousands(iterations), fixedText(1 / perStep, 1)).arg(used));
}

void LaunchDialog::showChanges()
{
    while (QLayoutItem *item = m_changes->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    int changes = 0;
    for (const std::string &key : optionDifferences(m_base, m_options)) {
        if (key == "name" || key == "seed")
            continue;
        if (++changes > 5)
            continue;
        m_changes->addWidget(new TextLabel(m_theme, QString::fromStdString(key), TextRole::Panel, "text2"));
        auto *values = new TextLabel(m_theme,
                                     QStringLiteral("%1 → %2").arg(optionText(optionValue(m_base, key)),
                                                                   optionText(optionValue(m_options, key))),
                                     TextRole::Mono);
        values->setElide(Qt::ElideMiddle);
        m_changes->addWidget(values);
    }
    if (changes > 5)
        m_changes->addWidget(new TextLabel(m_theme, tr("and %1 more").arg(changes - 5), TextRole::Caption, "text3"));
    if (changes == 0)
        m_changes->addWidget(new TextLabel(m_theme, tr("Nothing"), TextRole::Panel, "text3"));
    const QString origin = m_parent ? tr("cloned from %1, ").arg(m_parentName) : QString();
    m_subtitle->setFullText(origin + (changes == 0   ? QString()
                                      : changes == 1 ? tr("1 change")
                                                     : tr("%1 changes").arg(changes)));
}

QString LaunchDialog::commandLine() const
{
    QString command = QStringLiteral("winnow run run.toml");
    for (const std::string &key : optionDifferences(RunOptions(), m_options)) {
        QString value = optionText(optionValue(m_options, key));
        if (value.contains(QLatin1Char(' ')))
            value = QLatin1Char('\'') + value.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
        command += QStringLiteral(" --set %1=%2").arg(QString::fromStdString(key), value);
    }
    return command;
}

void LaunchDialog::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Token::Surface));
}

} // namespace winnow::ui
