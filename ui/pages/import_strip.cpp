#include "ui/pages/import_strip.h"

#include "ui/support/number_format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text_label.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>

namespace winnow::ui
{

ImportStrip::ImportStrip(const Theme &theme, ImportJob &job, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_job(job),
      m_text(new TextLabel(theme, {}, TextRole::Panel)),
      m_bar(new ProgressBar(theme, 6, Token::Link)),
      m_cancel(new Button(theme, tr("Cancel import"))),
      m_again(new Button(theme, tr("Change and import again…"))),
      m_close(new Button(theme, tr("Dismiss"), Button::Kind::Flat))
{
    setObjectName(QStringLiteral("import-strip"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(38, 6, 8, 6);
    row->setSpacing(10);
    m_text->setObjectName(QStringLiteral("import-text"));
    m_text->setWordWrap(true);
    row->addWidget(m_text, 1);
    m_bar->setFixedWidth(theme.scaled(180));
    m_bar->setAccessibleName(tr("Import"));
    row->addWidget(m_bar);
    m_cancel->setObjectName(QStringLiteral("import-cancel"));
    m_cancel->setToolTip(tr("End the import. What was being written is removed; counting can be ended without loss."));
    m_again->setToolTip(tr("Open the import dialog with what had been chosen"));
    m_close->setToolTip(tr("Hide this message"));
    for (Button *button : {m_cancel, m_again, m_close}) {
        button->setSmall(true);
        row->addWidget(button);
    }
    connect(m_cancel, &Button::clicked, &job, &ImportJob::cancel);
    connect(m_again, &Button::clicked, this, [this] {
        hide();
        Q_EMIT againRequested();
    });
    connect(m_close, &Button::clicked, this, &QWidget::hide);
    connect(&job, &ImportJob::progressed, this, &ImportStrip::showProgress);
    connect(&job, &ImportJob::failed, this, &ImportStrip::showFailure);
    connect(&job, &ImportJob::ended, this, &ImportStrip::hideWhenDone);
    hide();
}

void ImportStrip::showProgress(const QString &file, qint64 row, qint64 rows)
{
    if (!m_job.running()) // told before it ended, heard after
        return;
    m_failed = false;
    const QString name = QFileInfo(m_job.source()).fileName();
    const QString place =
        rows > 0 ? tr("row %1 of %2").arg(thousands(row), thousands(rows)) : tr("row %1").arg(thousands(row));
    switch (m_job.phase()) {
    case ImportJob::Phase::Reading:
        m_text->setText(tr("Importing %1: reading %2, %3").arg(name, QFileInfo(file).fileName(), place));
        break;
    case ImportJob::Phase::Storing: m_text->setText(tr("Importing %1: storing %2").arg(name, place)); break;
    case ImportJob::Phase::Counting:
        m_text->setText(tr("Counting tokens and tiles of all rows of %1: %2").arg(name, place));
        break;
    case ImportJob::Phase::Idle: break;
    }
    m_bar->setVisible(rows > 0);
    m_bar->setShare(rows > 0 ? static_cast<double>(row) / static_cast<double>(rows) : 0);
    m_cancel->setText(m_job.phase() == ImportJob::Phase::Counting ? tr("Stop counting") : tr("Cancel import"));
    m_cancel->show();
    m_again->hide();
    m_close->hide();
    show();
    update();
}

void ImportStrip::showFailure(const QString &message)
{
    m_failed = true;
    m_text->setText(message);
    m_bar->hide();
    m_cancel->hide();
    m_again->setVisible(m_job.imports());
    m_close->show();
    show();
    update();
}

void ImportStrip::hideWhenDone()
{
    if (!m_failed)
        hide();
}

void ImportStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor color = m_theme.color(m_failed ? Token::Failed : Token::Link);
    painter.fillRect(rect(), mixed(m_theme.color(Token::Surface), color, 0.08));
    painter.fillRect(QRect(0, 0, 3, height()), color);
    paintIcon(painter, m_failed ? QStringLiteral("warning") : QStringLiteral("import"),
              QRectF(13, (height() - 16) / 2.0, 16, 16), color);
}

} // namespace winnow::ui
