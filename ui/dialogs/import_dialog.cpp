#include "ui/dialogs/import_dialog.h"

#include "core/data/import/import_guess.h"
#include "ui/pages/page.h"
#include "ui/support/tile_sizes.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPointer>
#include <QSignalBlocker>
#include <QThreadPool>
#include <QVBoxLayout>

namespace winnow::ui
{

namespace
{

constexpr ImportKind kinds[] = {ImportKind::VisualPrm, ImportKind::DreamPrm, ImportKind::Mmmu, ImportKind::MmmuPro};

int placeOf(ImportKind kind)
{
    for (int i = 0; i < static_cast<int>(std::size(kinds)); ++i) {
        if (kinds[i] == kind)
            return i;
    }
    return 0;
}

constexpr SeveralPictures severalRules[] = {SeveralPictures::First, SeveralPictures::All, SeveralPictures::Drop};

int placeOf(SeveralPictures rule)
{
    return rule == SeveralPictures::All ? 1 : rule == SeveralPictures::Drop ? 2 : 0;
}

} // namespace

ImportDialog::ImportDialog(const Theme &theme, const Places &places, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_places(places)
{
    setWindowTitle(tr("Import data"));
    setModal(true);
    setObjectName(QStringLiteral("import"));
    setAcceptDrops(true);
    resize(theme.scaled(720), theme.scaled(470));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(20, 16, 20, 12);
    head->setSpacing(3);
    head->addWidget(new TextLabel(theme, tr("Import data"), TextRole::PageTitle));
    auto *words =
        new TextLabel(theme,
                      tr("Each row is checked and written into a row file of Winnow's own; what is dropped is "
                         "counted, with the reason. The source is only read."),
                      TextRole::Panel, "text2");
    words->setWordWrap(true);
    head->addWidget(words);
    layout->addLayout(head);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    auto *form = new QWidget;
    auto *grid = new QGridLayout(form);
    grid->setContentsMargins(20, 16, 20, 16);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(10);
    buildFields(grid);
    layout->addWidget(form, 1);
    layout->addWidget(new Rule(theme, Qt::Horizontal));
    layout->addWidget(buildFoot());
    m_tokenizer->setText(places.tokenizer);
    kindChanged();
    validate();
}

QLineEdit *ImportDialog::addPath(QGridLayout *grid, const QString &name, const char *object, const QString &hint,
                                 const QString &tip)
{
    const int row = grid->rowCount();
    auto *label = new TextLabel(m_theme, name, TextRole::Panel, "text2");
    auto *line = new QLineEdit;
    line->setObjectName(QLatin1String(object));
    line->setAccessibleName(name);
    line->setPlaceholderText(hint);
    line->setToolTip(tip);
    grid->addWidget(label, row, 0);
    grid->addWidget(line, row, 1);
    return line;
}

void ImportDialog::addChooser(QGridLayout *grid, QLineEdit *line, const QString &words, bool folder)
{
    const int row = grid->rowCount() - 1;
    auto *button = new Button(m_theme, words);
    button->setAccessibleName(tr("%1 for %2").arg(words, line->accessibleName()));
    button->setToolTip(folder ? tr("Choose a folder") : tr("Choose a file"));
    connect(button, &Button::clicked, this, [this, line, folder] { choose(line, line->accessibleName(), folder); });
    // Buttons for folders stand below each other; a field without one for files is longer.
    grid->addWidget(button, row, folder ? 3 : 2);
    if (folder && !grid->itemAtPosition(row, 2)) {
        grid->removeWidget(line);
        grid->addWidget(line, row, 1, 1, 2);
    }
}

void ImportDialog::buildFields(QGridLayout *grid)
{
    grid->setColumnStretch(1, 1);
    m_source = addPath(grid, tr("Source"), "import-source", tr("JSON, JSONL or Parquet file, or a folder of them"),
                       tr("What is read. A folder is searched for files of the kind."));
    addChooser(grid, m_source, tr("File…"), false);
    addChooser(grid, m_source, tr("Folder…"), true);
    connect(m_source, &QLineEdit::textChanged, this, &ImportDialog::sourceEdited);

    const int row = grid->rowCount();
    grid->addWidget(new TextLabel(m_theme, tr("Kind"), TextRole::Panel, "text2"), row, 0);
    m_kind = new SegmentedControl(
        m_theme,
        {QStringLiteral("VisualPRM"), QStringLiteral("DreamPRM"), QStringLiteral("MMMU"), QStringLiteral("MMMU-Pro")});
    m_kind->setObjectName(QStringLiteral("import-kind"));
    m_kind->setAccessibleName(tr("Kind"));
    connect(m_kind, &SegmentedControl::currentChanged, this, [this] {
        m_kindChosen = true;
        kindChanged();
    });
    grid->addWidget(m_kind, row, 1, Qt::AlignLeft);
    m_kindNote = new TextLabel(m_theme, {}, TextRole::Caption, "text3");
    m_kindNote->setWordWrap(true);
    grid->addWidget(m_kindNote, row + 1, 1, 1, 3);

    m_pictures = addPath(grid, tr("Pictures"), "import-pictures", tr("the folder of the row file"),
                         tr("Folder that relative picture paths start from"));
    addChooser(grid, m_pictures, tr("Folder…"), true);
    m_out = addPath(grid, tr("Rows go to"), "import-out", {},
                    tr("Folder for the row files, their reports, and pictures that come inside a file"));
    addChooser(grid, m_out, tr("Folder…"), true);
    connect(m_out, &QLineEdit::textEdited, this, [this] { m_outChosen = true; });
    connect(m_out, &QLineEdit::textChanged, this, &ImportDialog::validate);
    m_tokenizer = addPath(grid, tr("Tokenizer"), "import-tokenizer", tr("none: tokens are not counted"),
                          tr("Folder of a checkpoint or tokenizer that tokens are counted with"));
    addChooser(grid, m_tokenizer, tr("Folder…"), true);
    connect(m_tokenizer, &QLineEdit::textChanged, this, &ImportDialog::validate);

    const int rules = grid->rowCount();
    const auto rule = [&](int at, const QString &name, const QStringList &choices, const QString &tip) {
        grid->addWidget(new TextLabel(m_theme, name, TextRole::Panel, "text2"), at, 0);
        auto *control = new SegmentedControl(m_theme, choices);
        control->setSmall(true);
        control->setAccessibleName(name);
        control->setToolTip(tip);
        grid->addWidget(control, at, 1, Qt::AlignLeft);
        return control;
    };
    m_missing = rule(rules, tr("Picture missing"), {tr("Keep the row"), tr("Drop the row")},
                     tr("What becomes of a row whose picture cannot be opened. Kept rows find it once it is there."));
    m_several = rule(rules + 1, tr("Several pictures"), {tr("First picture"), tr("All pictures"), tr("Drop the row")},
                     tr("What becomes of a row that names more than one picture. All of them share its tiles."));
    m_system = rule(rules + 2, tr("System text"), {tr("As in the file"), tr("As in meta rows")},
                    tr("VisualPRM's prompt has one blank line more than the one that meta rows carry."));
    grid->setRowStretch(rules + 3, 1);
}

QWidget *ImportDialog::buildFoot()
{
    auto *foot = new QWidget;
    foot->setFixedHeight(m_theme.scaled(56));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(20, 0, 20, 0);
    row->setSpacing(8);
    m_reason = new TextLabel(m_theme, {}, TextRole::Panel, "text3");
    m_reason->setObjectName(QStringLiteral("import-reason"));
    m_reason->setElide(Qt::ElideMiddle);
    row->addWidget(m_reason, 1);
    auto *cancel = new Button(m_theme, tr("Cancel"));
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    row->addWidget(cancel);
    m_import = new Button(m_theme, tr("Import"), Button::Kind::Filled);
    m_import->setObjectName(QStringLiteral("import-start"));
    m_import->setIconName(QStringLiteral("import"));
    m_import->setKeyHint(QStringLiteral("Ctrl ↵"));
    m_import->setShortcut(QKeySequence(QStringLiteral("Ctrl+Return")));
    connect(m_import, &Button::clicked, this, [this] {
        const ImportOptions chosen = options();
        accept();
        Q_EMIT importRequested(chosen);
    });
    row->addWidget(m_import);
    return foot;
}

void ImportDialog::choose(QLineEdit *line, const QString &title, bool folder)
{
    auto *dialog = new QFileDialog(this, title, line->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (folder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    else
        dialog->setNameFilters({tr("Data sets (*.json *.jsonl *.parquet)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this, line](const QString &path) {
        line->setText(path);
        m_outChosen = m_outChosen || line == m_out;
    });
    dialog->open();
}

ImportKind ImportDialog::kind() const
{
    return kinds[m_kind->current()];
}

void ImportDialog::setSource(const QString &path)
{
    m_source->setText(path);
}

void ImportDialog::sourceEdited()
{
    guessKind();
    proposeFolder();
    validate();
}

void ImportDialog::guessKind()
{
    const int number = ++m_guess;
    const QString path = m_source->text().trimmed();
    if (m_kindChosen || !QFileInfo::exists(path))
        return;
    // A folder may be large, so it is walked through elsewhere.
    QThreadPool::globalInstance()->start([guard = QPointer<ImportDialog>(this), path, number] {
        const auto guess = guessImportKind(path.toStdString());
        QMetaObject::invokeMethod(
            qApp,
            [guard, guess, number] {
                if (!guard || guard->m_guess != number || guard->m_kindChosen || !guess.ok())
                    return;
                guard->setKind(*guess);
            },
            Qt::QueuedConnection);
    });
}

void ImportDialog::setKind(ImportKind kind)
{
    const QSignalBlocker blocked(m_kind); // it was not a person who chose
    m_kind->setCurrent(placeOf(kind));
    kindChanged();
}

void ImportDialog::kindChanged()
{
    const bool visual = kind() == ImportKind::VisualPrm;
    switch (kind()) {
    case ImportKind::VisualPrm:
        m_kindNote->setText(
            tr("Training rows with a label each step, as JSONL; all files of a folder become one set."));
        break;
    case ImportKind::DreamPrm:
        m_kindNote->setText(tr("Train, meta or test rows of DreamPRM-1.5, as JSON or JSONL; each file becomes a set."));
        break;
    case ImportKind::Mmmu:
        m_kindNote->setText(tr("Questions as Parquet, pictures inside; each split becomes a set."));
        break;
    case ImportKind::MmmuPro:
        m_kindNote->setText(tr("Questions as Parquet, pictures inside; each configuration becomes a set."));
        break;
    }
    m_missing->setCurrent(visual ? 1 : 0);
    m_several->setCurrent(visual ? 2 : 0);
    m_system->setEnabled(visual); // others have one system text, or none
    if (!visual)
        m_system->setCurrent(0);
}

/// A folder that is not there yet, so that the rows of an earlier import stay as they are.
void ImportDialog::proposeFolder()
{
    if (m_outChosen)
        return;
    const QString name = QFileInfo(m_source->text().trimmed()).completeBaseName();
    if (name.isEmpty()) {
        m_out->clear();
        return;
    }
    const QDir folder(m_places.dataFolder);
    QString free = name;
    for (int i = 2; folder.exists(free); ++i)
        free = QStringLiteral("%1-%2").arg(name).arg(i);
    m_out->setText(folder.filePath(free));
}

void ImportDialog::validate()
{
    if (!m_import)
        return;
    const QString source = m_source->text().trimmed();
    const QString tokenizer = m_tokenizer->text().trimmed();
    QString reason;
    if (source.isEmpty())
        reason = tr("Choose what is imported");
    else if (!QFileInfo::exists(source))
        reason = tr("There is no such file or folder: %1").arg(source);
    else if (m_out->text().trimmed().isEmpty())
        reason = tr("Choose where the rows go");
    else if (!tokenizer.isEmpty() && !QFileInfo::exists(tokenizer))
        reason = tr("There is no such tokenizer: %1").arg(tokenizer);
    m_reason->setFullText(reason);
    m_reason->setColorRole(source.isEmpty() ? "text3" : "failed");
    m_import->setEnabled(reason.isEmpty());
}

void ImportDialog::setOptions(const ImportOptions &options)
{
    m_kindChosen = true;
    m_outChosen = true;
    setKind(options.kind);
    m_source->setText(QString::fromStdString(options.source));
    m_out->setText(QString::fromStdString(options.out));
    m_pictures->setText(QString::fromStdString(options.pictures));
    m_tokenizer->setText(QString::fromStdString(options.tokenizer));
    m_missing->setCurrent(options.missingPictures == RowRule::Drop ? 1 : 0);
    m_several->setCurrent(placeOf(options.severalPictures));
    m_system->setCurrent(options.replaceSystemText ? 1 : 0);
    validate();
}

ImportOptions ImportDialog::options() const
{
    ImportOptions options;
    const auto text = [](const QLineEdit *line) { return line->text().trimmed().toStdString(); };
    options.kind = kind();
    options.source = text(m_source);
    options.out = text(m_out);
    options.pictures = text(m_pictures);
    options.tokenizer = text(m_tokenizer);
    options.missingPictures = m_missing->current() == 1 ? RowRule::Drop : RowRule::Keep;
    options.severalPictures = severalRules[static_cast<std::size_t>(m_several->current())];
    options.replaceSystemText = m_system->current() == 1;
    takeTileSizes(options, m_tokenizer->text().trimmed());
    return options;
}

void ImportDialog::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color(Token::Surface));
}

} // namespace winnow::ui
