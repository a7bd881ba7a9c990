#include "ui/dialogs/launch_dialog.h"

#include "core/base/options_command.h"
#include "core/base/options_io.h"
#include "ui/dialogs/ask_dialog.h"
#include "ui/dialogs/launch_side.h"
#include "ui/dialogs/method_cards.h"
#include "ui/dialogs/option_field.h"
#include "ui/dialogs/preflight_dialog.h"
#include "ui/dialogs/section_list.h"
#include "ui/pages/page.h"
#include "ui/theme/icons.h"
#include "ui/support/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_scroll.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui
{

namespace
{

/// A run may be resumed from any folder, so it keeps no relative path.
RunOptions withAbsolutePaths(RunOptions options)
{
    for (const OptionInfo &info : optionSchema()) {
        const QString path = info.isPath ? optionText(optionValue(options, info.key)) : QString();
        if (path.isEmpty() || QDir::isAbsolutePath(path))
            continue;
        if (const Status set =
                setOption(options, info.key, QDir::cleanPath(QDir::current().absoluteFilePath(path)).toStdString());
            !set.ok())
            return options; // checkOptions() says why
    }
    return options;
}

} // namespace

LaunchDialog::LaunchDialog(const Theme &theme, const RunOptions &options, const RunRow *parentRun, Context context,
                           QWidget *parent)
    : QDialog(parent),
      m_theme(theme),
      m_context(std::move(context)),
      m_options(options),
      m_base(options),
      m_parent(parentRun ? parentRun->id() : RunId{}),
      m_parentName(parentRun ? parentRun->name() : QString())
{
    setWindowTitle(tr("New run"));
    setModal(true);
    resize(theme.scaled(1000), theme.scaled(660));
    setupSections();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    QStringList titles;
    for (const QString &section : m_sections)
        titles << optionWords(section.toStdString());
    m_list = new SectionList(theme, titles, [this](int index) { showSection(index); });
    middle->addWidget(m_list);
    m_scroll = new PlainScroll;
    middle->addWidget(m_scroll, 1);
    m_side = new LaunchSide(theme, static_cast<bool>(m_parent));
    m_side->addPart(buildPlace());
    m_side->setName(QString::fromStdString(m_options.name));
    m_side->setSeeds(QString::number(m_options.seed));
    connect(m_side, &LaunchSide::edited, this, [this] {
        m_options.name = m_side->name().toStdString();
        validate();
    });
    middle->addWidget(m_side);
    layout->addLayout(middle, 1);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addWidget(buildFoot());
    buildForm();
    showSection(0);
    validate();
}

void LaunchDialog::setupSections()
{
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
}

QWidget *LaunchDialog::buildHead()
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
    m_presets = new QMenu(m_preset);
    fillPresets();
    m_preset->setMenu(m_presets);
    row->addWidget(m_preset);
    auto *close = new Button(m_theme, {}, Button::Kind::Flat);
    close->setIconName(QStringLiteral("cross"));
    close->setAccessibleName(tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::reject);
    row->addWidget(close);
    return head;
}

QString LaunchDialog::ownPresetFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/winnow/presets");
}

void LaunchDialog::fillPresets()
{
    m_presets->clear();
    for (const QString &folder : {ownPresetFolder(), m_context.presetFolder}) {
        if (folder.isEmpty()) // would be the current folder
            continue;
        for (const QFileInfo &file : QDir(folder).entryInfoList({QStringLiteral("*.toml")}, QDir::Files, QDir::Name)) {
            QString name = file.completeBaseName();
            name.replace(QLatin1Char('&'), QStringLiteral("&&"));
            connect(m_presets->addAction(name), &QAction::triggered, this,
                    [this, path = file.absoluteFilePath()] { applyPreset(path); });
        }
        if (!m_presets->isEmpty())
            m_presets->addSeparator();
    }
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
    copy->setToolTip(tr("Complete commands that carry these runs out without the window"));
    connect(copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(commands()); });
    row->addWidget(copy);
    auto *save = new Button(m_theme, tr("Save as preset…"), Button::Kind::Flat);
    connect(save, &Button::clicked, this, &LaunchDialog::savePreset);
    row->addWidget(save);
    m_look = new Button(m_theme, tr("Check files"), Button::Kind::Flat);
    m_look->setObjectName(QStringLiteral("check"));
    m_look->setToolTip(tr("Look at every row and picture, at rows that the files share, at disk, memory and time; starts "
                          "nothing"));
    connect(m_look, &Button::clicked, this, [this] { lookAtFiles(false); });
    row->addWidget(m_look);
    m_reason = new TextLabel(m_theme, {}, TextRole::Panel, "failed");
    m_reason->setObjectName(QStringLiteral("reason"));
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
    connect(m_start, &Button::clicked, this, [this] { lookAtFiles(true); });
    row->addWidget(m_start);
    return foot;
}

/// Before anything starts: what is wrong with the files is said here and not by a failed run.
void LaunchDialog::lookAtFiles(bool starting)
{
    QString problem;
    const std::vector<std::int64_t> all = m_side->seeds(&problem);
    if (m_looking || (starting && !problem.isEmpty()))
        return;
    const RunOptions options = withAbsolutePaths(m_options);
    auto *dialog = new PreflightDialog(m_theme,
                                       {options, earlierRunsOf(m_context.earlier),
                                        QFileInfo(m_context.store).absolutePath(), starting, m_start->text()},
                                       this);
    connect(dialog, &PreflightDialog::passed, this, [this, options, all] {
        Q_EMIT startRequested(options, all, m_parent);
        accept();
    });
    connect(dialog, &QDialog::finished, this, [this] {
        m_looking = false;
        validate();
    });
    m_looking = true; // a second click starts nothing twice
    m_start->setEnabled(false);
    dialog->begin();
}

void LaunchDialog::buildForm()
{
    m_method = new MethodCards(m_theme, this);
    m_method->setCurrent(optionText(optionValue(m_options, "weighting.method")));
    m_method->hide();
    connect(m_method, &MethodCards::chosen, this,
            [this](const QString &method) { setOption("weighting.method", method); });
    for (const OptionInfo &info : optionSchema()) {
        if (info.key == "name" || info.key == "seed" || info.key == "weighting.method")
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
    m_method->setParent(this);
    m_method->hide();
    auto *page = new Ground(m_theme, Token::Surface);
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(12);
    int place = 0;
    if (m_sectionOf.at("weighting.method") == m_sections[index]) {
        auto *label = new TextLabel(m_theme, tr("Method"), TextRole::Panel, "text2");
        grid->addWidget(label, 0, 0, 1, 3);
        grid->addWidget(m_method, 1, 0, 1, 3);
        m_method->show();
        place = 6;
    }
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
    m_scroll->setContent(page);
}

void LaunchDialog::applyPreset(const QString &path)
{
    auto read = readOptionsFile(path.toStdString());
    if (!read.ok()) {
        m_reason->setFullText(coreWords(read.error().message));
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
    if (!m_parent) // a clone stays measured against its parent
        m_base = preset;
    m_typing.clear();
    for (OptionField *field : m_fields)
        field->setValue(optionValue(m_options, field->key()));
    m_method->setCurrent(optionText(optionValue(m_options, "weighting.method")));
    m_side->setName(QString::fromStdString(m_options.name));
    m_preset->setText(QFileInfo(path).completeBaseName());
    validate();
}

void LaunchDialog::savePreset()
{
    auto *dialog = new AskDialog(m_theme, tr("Save as preset"), tr("Save"), AskDialog::Field::Line, this);
    dialog->setText(m_side->name());
    dialog->setCheck([](const QString &name) {
        const QString own = name.trimmed();
        if (own.isEmpty() || own.contains(QLatin1Char('/')) || own.startsWith(QLatin1Char('.')))
            return AskDialog::Verdict{tr("Give it a name without '/' that does not begin with a dot."), false};
        const bool taken = QFileInfo::exists(ownPresetFolder() + QLatin1Char('/') + own + QStringLiteral(".toml"));
        return AskDialog::Verdict{
            taken ? tr("Replaces your preset of that name.") : tr("Goes to %1").arg(ownPresetFolder()), true};
    });
    connect(dialog, &AskDialog::confirmed, this, [this](const QString &name) {
        const QString path = ownPresetFolder() + QLatin1Char('/') + name.trimmed() + QStringLiteral(".toml");
        QDir().mkpath(ownPresetFolder());
        QSaveFile file(path);
        const QByteArray text = QByteArray::fromStdString(optionsToToml(m_options));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
            m_reason->setFullText(tr("Could not write %1: %2").arg(path, file.errorString()));
            return;
        }
        fillPresets();
        m_preset->setText(name.trimmed());
    });
    dialog->open();
}

void LaunchDialog::setOption(const std::string &key, const QString &text)
{
    const Status status = setOptionFromText(m_options, key, text.trimmed().toStdString());
    if (status.ok())
        m_typing.erase(key);
    else
        m_typing[key] = coreWords(status.error().message);
    validate();
}

void LaunchDialog::fieldEdited(OptionField *field)
{
    setOption(field->key(), field->text());
}

std::map<std::string, QString> LaunchDialog::problems() const
{
    std::map<std::string, QString> problems;
    for (const OptionProblem &problem : checkOptions(m_options))
        problems.emplace(problem.key, coreWords(problem.message));
    for (const OptionInfo &info : optionSchema()) {
        if (!info.isPath)
            continue;
        const QString path = optionText(optionValue(m_options, info.key));
        if (!path.isEmpty() && !QFileInfo::exists(path))
            problems.emplace(info.key, tr("There is no such file or folder."));
    }
    for (const auto &[key, text] : m_typing)
        problems[key] = text;
    return problems;
}

QString LaunchDialog::reasonFor(const std::map<std::string, QString> &problems, const QString &seedProblem) const
{
    if (problems.empty())
        return seedProblem;
    const std::string &key = problems.begin()->first;
    QString label = QString::fromStdString(key);
    for (const OptionInfo &info : optionSchema())
        if (info.key == key)
            label = optionWords(info.label);
    return problems.size() == 1 ? tr("1 setting needs a change: %1").arg(label)
                                : tr("%1 settings need a change, first %2").arg(problems.size()).arg(label);
}

void LaunchDialog::validate()
{
    const std::map<std::string, QString> wrong = problems();
    for (int i = 0; i < m_sections.size(); ++i)
        m_list->setBad(i, std::any_of(wrong.begin(), wrong.end(), [&](const auto &problem) {
                           const auto section = m_sectionOf.find(problem.first);
                           return section != m_sectionOf.end() && section->second == m_sections[i];
                       }));
    for (OptionField *field : m_fields) {
        const auto problem = wrong.find(field->key());
        field->setProblem(problem == wrong.end() ? QString() : problem->second);
        field->setChanged(optionValue(m_options, field->key()) != optionValue(m_base, field->key()));
    }
    m_method->setChanged(m_options.weighting.method != m_base.weighting.method);
    QString seedProblem;
    const auto count = m_side->seeds(&seedProblem).size();
    m_side->showSeeds(count, seedProblem);
    m_side->showEstimate(estimateLaunch(m_options, m_context.earlier, QFileInfo(m_context.store).absolutePath()),
                         m_options, count);
    const int changes = m_side->showChanges(m_base, m_options);
    const QString words = changes == 0 ? tr("no change yet")
        : changes == 1                 ? tr("1 change")
                                       : tr("%1 changes").arg(changes);
    m_subtitle->setFullText(m_parent           ? tr("cloned from %1, %2").arg(m_parentName, words)
                                : changes == 0 ? QString()
                                               : words);
    const QString reason = reasonFor(wrong, seedProblem);
    m_reason->setFullText(reason);
    m_start->setText(count > 1 ? tr("Start %1 runs").arg(count) : tr("Start 1 run"));
    m_start->setEnabled(reason.isEmpty() && !m_looking);
    m_look->setEnabled(!m_looking);
}

RunOptions LaunchDialog::optionsOf(std::int64_t seed, bool several) const
{
    RunOptions own = withAbsolutePaths(m_options);
    own.seed = seed;
    if (several && !own.name.empty())
        own.name += "-s" + std::to_string(seed);
    return own;
}

QString LaunchDialog::commands() const
{
    QString problem;
    const std::vector<std::int64_t> all = m_side->seeds(&problem);
    QStringList lines;
    for (const std::int64_t seed : all)
        lines << QString::fromStdString(
            optionsToCommand(optionsOf(seed, all.size() > 1), m_context.store.toStdString()));
    return lines.join(QLatin1Char('\n'));
}

void LaunchDialog::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Token::Surface));
}

} // namespace winnow::ui
