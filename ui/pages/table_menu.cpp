#include "ui/pages/table_menu.h"

#include "ui/support/number_format.h"
#include "ui/support/words.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>

namespace winnow::ui {

TableMenu::TableMenu(QMenu *menu, QWidget *page, const QString &name, Source source)
    : QObject(menu), m_page(page), m_name(name), m_source(std::move(source))
{
    const std::pair<QString, QString> forms[] = {{tr("Table as CSV…"), QStringLiteral("csv")},
                                                 {tr("Table as Markdown…"), QStringLiteral("md")},
                                                 {tr("Table as LaTeX…"), QStringLiteral("tex")}};
    for (const auto &[words, suffix] : forms)
        menu->addAction(words, this, [this, words = words, suffix = suffix] { ask(words, suffix); });
    menu->addAction(tr("Copy as Markdown"), this, &TableMenu::copy);
}

Status TableMenu::write(const QString &path) const
{
    const TableForm form = tableFormOf(path);
    const QByteArray bytes = formatTable(m_source(form), form);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Error{tr("Could not write %1: %2. Choose another file.").arg(path, file.errorString()).toStdString()};
    return {};
}

void TableMenu::ask(const QString &title, const QString &suffix)
{
    auto *dialog = new QFileDialog(m_page->window(), title, m_name + QLatin1Char('.') + suffix, QStringLiteral("%1 (*.%1)").arg(suffix));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const Status written = write(path);
        Q_EMIT message(written.ok() ? tr("Wrote %1").arg(path) : coreWords(written.error().message));
    });
    dialog->open();
}

void TableMenu::copy()
{
    const TableText table = m_source(TableForm::Markdown);
    QGuiApplication::clipboard()->setText(QString::fromUtf8(formatTable(table, TableForm::Markdown)));
    Q_EMIT message(tr("Copied %1 rows").arg(thousands(table.rows.size())));
}

} // namespace winnow::ui
