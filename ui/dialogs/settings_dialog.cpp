#include "ui/dialogs/settings_dialog.h"

#include "core/run/hardware_sampler.h"
#include "ui/dialogs/shortcuts_view.h"
#include "ui/support/number_format.h"
#include "ui/support/preferences.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QStackedWidget>
#include <QThread>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui {

SettingsDialog::SettingsDialog(Theme &theme, Preferences &preferences, const ActionRegistry &actions, const Facts &facts,
                               QWidget *parent)
    : QDialog(parent), m_theme(theme), m_preferences(preferences), m_facts(facts)
{
    setWindowTitle(tr("Settings"));
    setObjectName(QStringLiteral("settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setFixedSize(theme.scaled(860), theme.scaled(600));
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *side = new QWidget;
    side->setFixedWidth(theme.scaled(176));
    m_list = new QVBoxLayout(side);
    m_list->setContentsMargins(12, 20, 12, 16);
    m_list->setSpacing(2);
    auto *title = new TextLabel(theme, tr("Settings"), TextRole::PageTitle);
    title->setContentsMargins(8, 0, 0, 10);
    m_list->addWidget(title);
    outer->addWidget(side);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(24, 22, 24, 16);
    m_stack = new QStackedWidget;
    right->addWidget(m_stack, 1);
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    auto *close = new Button(theme, tr("Close"));
    close->setKeyHint(QStringLiteral("Esc"));
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot->addWidget(close);
    right->addLayout(foot);
    outer->addLayout(right, 1);
    buildAppearance();
    buildStore();
    buildDevices();
    buildThumbnails();
    buildAlerts();
    auto *shortcuts = addSection(Shortcuts, tr("Shortcuts"));
    shortcuts->insertWidget(1, new ShortcutsView(theme, preferences, actions), 1);
    m_list->addStretch();
    showSection(Appearance);
}

QVBoxLayout *SettingsDialog::addSection(Section section, const QString &name)
{
    auto *button = new Button(m_theme, name, Button::Kind::Flat);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setLeading(true);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(button, &Button::clicked, this, [this, section] { showSection(section); });
    m_list->addWidget(button);
    m_buttons << button;
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    layout->addWidget(new TextLabel(m_theme, name, TextRole::BodyStrong));
    m_stack->addWidget(page);
    return layout;
}

void SettingsDialog::showSection(Section section)
{
    m_stack->setCurrentIndex(section);
    m_buttons[section]->setChecked(true);
}

void SettingsDialog::addRow(QVBoxLayout *layout, const QString &name, QWidget *editor, const QString &hint)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(14);
    auto *label = new TextLabel(m_theme, name, TextRole::Panel, "text2");
    label->setFixedWidth(m_theme.scaled(170));
    label->setWordWrap(true);
    row->addWidget(label, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    if (editor->accessibleName().isEmpty())
        editor->setAccessibleName(name);
    column->addWidget(editor, 0, Qt::AlignLeft);
    if (!hint.isEmpty()) {
        auto *words = new TextLabel(m_theme, hint, TextRole::Caption, "text3");
        words->setWordWrap(true);
        column->addWidget(words);
        editor->setToolTip(hint.toHtmlEscaped());
    }
    row->addLayout(column, 1);
    layout->addLayout(row);
}

void SettingsDialog::addSwitch(QVBoxLayout *layout, const QString &name, bool on, const QString &hint, std::function<void(bool)> set)
{
    auto *made = new Switch(m_theme);
    made->setChecked(on);
    connect(made, &QAbstractButton::toggled, this, std::move(set));
    addRow(layout, name, made, hint);
}

void SettingsDialog::buildAppearance()
{
    QVBoxLayout *layout = addSection(Appearance, tr("Appearance"));
    static const QStringList modes{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
    auto *mode = new SegmentedControl(m_theme, {tr("System"), tr("Light"), tr("Dark")});
    mode->setCurrent(std::max(0, static_cast<int>(modes.indexOf(m_preferences.appearance()))));
    connect(mode, &SegmentedControl::currentChanged, this, [this](int index) { m_preferences.setAppearance(modes[index]); });
    addRow(layout, tr("Colours"), mode, tr("System follows the desktop while the program runs."));
    auto *rows = new SegmentedControl(m_theme, {tr("Dense"), tr("Normal"), tr("Wide")});
    const QList<int> heights{28, 32, 40};
    rows->setCurrent(static_cast<int>(heights.indexOf(m_preferences.rowHeight())));
    connect(rows, &SegmentedControl::currentChanged, this, [this, heights](int index) { m_preferences.setRowHeight(heights[index]); });
    addRow(layout, tr("Rows of tables"), rows);
    auto *numbers = new SegmentedControl(m_theme, {QStringLiteral("1\u2009402"), QStringLiteral("1402")});
    numbers->setCurrent(m_preferences.grouped() ? 0 : 1);
    connect(numbers, &SegmentedControl::currentChanged, this, [this](int index) { m_preferences.setGrouped(index == 0); });
    addRow(layout, tr("Thousands"), numbers, tr("On screen; files have plain numbers."));
    static const QStringList languages{QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("zh_CN")};
    auto *language = new SegmentedControl(m_theme, {tr("System"), QStringLiteral("English"), QStringLiteral("简体中文")});
    language->setCurrent(std::max(0, static_cast<int>(languages.indexOf(m_preferences.language()))));
    language->setObjectName(QStringLiteral("language"));
    connect(language, &SegmentedControl::currentChanged, this, [this](int index) { m_preferences.setLanguage(languages[index]); });
    addRow(layout, tr("Language"), language, tr("Holds when the program starts again."));
    layout->addStretch();
}

void SettingsDialog::buildStore()
{
    QVBoxLayout *layout = addSection(Store, tr("Store"));
    const QFileInfo file(m_facts.store);
    auto *path = new TextLabel(m_theme, file.absoluteFilePath(), TextRole::Panel);
    path->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    path->setWordWrap(true);
    addRow(layout, tr("File"), path, tr("Runs, figures, weights, decisions and sets are in this one file; checkpoints lie beside it."));
    addRow(layout, tr("Size"), new TextLabel(m_theme, megabytes(static_cast<std::uint64_t>(file.size())), TextRole::Mono));
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *open = new Button(m_theme, tr("Open store…"));
    connect(open, &Button::clicked, this, [this] {
        accept();
        Q_EMIT openStoreRequested();
    });
    auto *backup = new Button(m_theme, tr("Back up…"));
    backup->setToolTip(tr("A copy of the store as it is now, also while runs write to it"));
    connect(backup, &Button::clicked, this, &SettingsDialog::backupRequested);
    auto *folder = new Button(m_theme, tr("Show folder"));
    connect(folder, &Button::clicked, this, [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath())); });
    for (Button *button : {open, backup, folder})
        row->addWidget(button);
    addRow(layout, tr("Do"), buttons);
    layout->addStretch();
}

void SettingsDialog::buildDevices()
{
    QVBoxLayout *layout = addSection(Devices, tr("Devices"));
    const int cores = QThread::idealThreadCount();
    auto *threads = new QLineEdit(m_preferences.threads() > 0 ? QString::number(m_preferences.threads()) : QString());
    threads->setObjectName(QStringLiteral("threads"));
    threads->setPlaceholderText(QString::number(std::max(1, cores - 1)));
    threads->setValidator(new QIntValidator(1, 1024, threads));
    threads->setFixedWidth(m_theme.scaled(90));
    connect(threads, &QLineEdit::textChanged, this, [this](const QString &text) { m_preferences.setThreads(text.toInt()); });
    addRow(layout, tr("Threads of new runs"), threads, tr("Empty: all of the %1 cores but one.").arg(cores));
    QStringList sensors;
    const bool gpu = HardwareSampler().hasGpu();
    sensors << tr("CPU with %1 cores").arg(cores) << (gpu ? tr("GPU with sensors (NVML)") : tr("no GPU sensor"));
    addRow(layout, tr("This machine"), new TextLabel(m_theme, sensors.join(QStringLiteral(", ")), TextRole::Panel));
    addRow(layout, tr("Device of the newest run"),
           new TextLabel(m_theme, m_facts.device.isEmpty() ? tr("known when a run starts") : m_facts.device, TextRole::Panel));
    layout->addStretch();
}

void SettingsDialog::buildThumbnails()
{
    QVBoxLayout *layout = addSection(Thumbnails, tr("Thumbnails"));
    auto *size = new QLineEdit(QString::number(m_preferences.thumbnailMegabytes()));
    size->setObjectName(QStringLiteral("thumbnails"));
    size->setValidator(new QIntValidator(8, 4096, size));
    size->setFixedWidth(m_theme.scaled(90));
    connect(size, &QLineEdit::textChanged, this, [this, size](const QString &text) {
        if (size->hasAcceptableInput())
            m_preferences.setThumbnailMegabytes(text.toInt());
    });
    addRow(layout, tr("Cache, MB"), size, tr("8 to 4096. Pictures of samples that were shown stay in memory up to this size."));
    addRow(layout, tr("In use"), new TextLabel(m_theme, megabytes(static_cast<std::uint64_t>(m_facts.thumbnailKilobytes) * 1024), TextRole::Mono));
    layout->addStretch();
}

void SettingsDialog::buildAlerts()
{
    QVBoxLayout *layout = addSection(Alerts, tr("Alerts"));
    addSwitch(layout, tr("When a run ends"), m_preferences.noticeEnds(), tr("A notice of the desktop, also while the window is hidden."),
              [this](bool on) { m_preferences.setNoticeEnds(on); });
    addSwitch(layout, tr("On alerts"), m_preferences.noticeAlerts(),
              tr("Loss that is no number, no progress, collapsed weights, a disk that is almost full: once per event."),
              [this](bool on) { m_preferences.setNoticeAlerts(on); });
    auto *note = new TextLabel(m_theme, tr("Alerts are marked on the curves and listed in Events in any case."), TextRole::Caption, "text3");
    note->setWordWrap(true);
    layout->addWidget(note);
    layout->addStretch();
}

void SettingsDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), 0, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
    const int side = m_theme.scaled(176);
    painter.fillRect(QRect(1, 1, side - 1, height() - 2), m_theme.color(Token::Sunken));
    painter.fillRect(QRect(side, 1, 1, height() - 2), m_theme.color(Token::Border));
}

} // namespace winnow::ui
