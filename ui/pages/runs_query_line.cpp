#include "ui/pages/runs_query_line.h"

#include "ui/models/run_query_parts.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QListWidget>
#include <QStyle>
#include <QTextCharFormat>

#include <algorithm>

namespace winnow::ui
{

namespace
{

constexpr int listedAtOnce = 8;

Token colourOf(const QueryPart &part)
{
    if (part.is("and") || part.is("or") || part.is("not") || part.is("in"))
        return Token::Text2;
    if (part.kind == QueryPart::Kind::Quoted)
        return Token::Keep;
    if (part.kind == QueryPart::Kind::Word)
        return findRunField(part.text) ? Token::Link : Token::Keep;
    return Token::Text;
}

} // namespace

RunsQueryLine::RunsQueryLine(const Theme &theme, QWidget *parent) : QLineEdit(parent), m_theme(theme)
{
    setFont(theme.font(TextRole::Mono));
    setAccessibleName(tr("Filter runs"));
    connect(this, &QLineEdit::textChanged, this, &RunsQueryLine::read);
    connect(this, &QLineEdit::textEdited, this, &RunsQueryLine::openList);
}

void RunsQueryLine::read()
{
    RunQuery::Problem problem;
    const auto query = RunQuery::parse(text(), &problem);
    m_problem = query ? std::nullopt : std::optional(problem);
    if (property("invalid").toBool() == query.has_value()) {
        setProperty("invalid", !query.has_value());
        style()->unpolish(this);
        style()->polish(this);
        setFont(m_theme.font(TextRole::Mono));
    }
    paintParts();
    Q_EMIT problemChanged(problem.message);
    if (query)
        Q_EMIT queryChanged(*query);
}

void RunsQueryLine::paintParts()
{
    // A line edit takes formats for parts of its text through input method events only.
    QList<QInputMethodEvent::Attribute> attributes;
    const auto add = [&](int from, int length, const QTextCharFormat &format) {
        attributes << QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat, from - cursorPosition(), length,
                                                   format);
    };
    for (const QueryPart &part : queryParts(text())) {
        const bool wrong = m_problem && part.from >= m_problem->from && part.from < m_problem->from + m_problem->length;
        QTextCharFormat format;
        format.setForeground(m_theme.color(wrong ? Token::Failed : colourOf(part)));
        if (wrong) {
            format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            format.setUnderlineColor(m_theme.color(Token::Failed));
        }
        if (part.length > 0)
            add(part.from, part.length, format);
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
}

bool RunsQueryLine::listIsOpen() const
{
    return m_list && m_list->isVisible();
}

QStringList RunsQueryLine::listed() const
{
    QStringList words;
    for (int i = 0; m_list && i < m_list->count(); ++i)
        words << m_list->item(i)->text();
    return words;
}

void RunsQueryLine::openList()
{
    m_completion = RunQuery::complete(text(), cursorPosition(), m_rows);
    if (!m_list) {
        m_list = new QListWidget(window());
        m_list->setProperty("role", QStringLiteral("popup"));
        m_list->setFocusPolicy(Qt::NoFocus);
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_list->setFont(m_theme.font(TextRole::Mono));
        m_list->setAccessibleName(tr("What may come next"));
        connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { take(item->text()); });
    }
    m_list->clear();
    m_list->addItems(m_completion.words);
    if (m_completion.words.isEmpty()) {
        m_list->hide();
        return;
    }
    const QFontMetrics metrics(font());
    int wide = 0;
    for (const QString &word : std::as_const(m_completion.words))
        wide = std::max(wide, metrics.horizontalAdvance(word));
    const int back = metrics.horizontalAdvance(text().mid(m_completion.from, cursorPosition() - m_completion.from));
    const QPoint at = mapTo(window(), QPoint(cursorRect().center().x() - back, height() + 2));
    const int high =
        m_theme.scaled(24) * static_cast<int>(std::min<qsizetype>(listedAtOnce, m_completion.words.size())) + 10;
    m_list->setGeometry(at.x() - 10, at.y(), std::clamp(wide + 44, 120, 360), high);
    m_list->raise();
    m_list->show();
}

void RunsQueryLine::take(const QString &word)
{
    const QString room = word.endsWith(QLatin1Char('(')) ? QString() : QStringLiteral(" ");
    setSelection(m_completion.from, m_completion.length);
    insert(word + room);
    openList();
}

void RunsQueryLine::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        openList();
        return;
    }
    if (!listIsOpen()) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    const int row = m_list->currentRow();
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int next = event->key() == Qt::Key_Down ? row + 1 : row - 1;
        m_list->setCurrentRow(std::clamp(next, 0, m_list->count() - 1));
        return;
    }
    case Qt::Key_Tab: take(m_list->item(std::max(0, row))->text()); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row >= 0)
            take(m_list->item(row)->text());
        else
            m_list->hide();
        return;
    case Qt::Key_Escape: m_list->hide(); return;
    default: QLineEdit::keyPressEvent(event);
    }
}

bool RunsQueryLine::focusNextPrevChild(bool next)
{
    // Tab takes a word while the list is open.
    return !listIsOpen() && QLineEdit::focusNextPrevChild(next);
}

void RunsQueryLine::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (m_list)
        m_list->hide();
}

void RunsQueryLine::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintParts();
}

} // namespace winnow::ui
