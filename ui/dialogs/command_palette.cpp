#include "ui/dialogs/command_palette.h"

#include "ui/theme/icons.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPointer>

#include <algorithm>
#include <iterator>

namespace winnow::ui {

namespace {
constexpr int fieldHeight = 44;
constexpr int rowHeight = 34;
constexpr std::size_t shownRows = 10;

/// Letters in order, near each other and at word beginnings score higher; below 0: no match.
int fuzzyScore(const QString &text, const QString &pattern)
{
    int score = 0;
    qsizetype at = -1;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        const qsizetype found = text.indexOf(wanted, at + 1, Qt::CaseInsensitive);
        if (found < 0)
            return -1;
        score += found == at + 1 ? 4 : found == 0 || !text[found - 1].isLetterOrNumber() ? 3 : 1;
        at = found;
    }
    return score * 100 - static_cast<int>(text.size());
}
} // namespace

CommandPalette::CommandPalette(const Theme &theme, std::vector<Item> items, QWidget *parent)
    : QDialog(parent, Qt::FramelessWindowHint | Qt::Popup), m_theme(theme), m_items(std::move(items)), m_field(new QLineEdit(this))
{
    m_fixed = m_items.size();
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("role", QStringLiteral("palette"));
    setFixedSize(theme.scaled(640), fieldHeight + static_cast<int>(shownRows) * rowHeight + 12);
    if (parent) {
        const QPoint corner = parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 96));
        move(corner);
    }
    m_field->setProperty("role", QStringLiteral("bare"));
    m_field->setPlaceholderText(tr("Type a command; @ for a run, # for a sample"));
    m_field->setFont(theme.font(TextRole::Body));
    m_field->setGeometry(44, 8, width() - 60, fieldHeight - 16);
    m_field->installEventFilter(this);
    m_field->setFocus();
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    filter({});
}

void CommandPalette::setText(const QString &text)
{
    m_field->setText(text);
}

void CommandPalette::filter(const QString &text)
{
    QString pattern = text;
    QChar kind;
    if (!pattern.isEmpty() && QStringLiteral(">@#").contains(pattern[0])) {
        kind = pattern[0];
        pattern.remove(0, 1);
    }
    m_items.resize(m_fixed);
    showMatching(kind, pattern);
    if (kind != QLatin1Char('#') || !m_finder)
        return;
    m_finder(pattern.trimmed(), [self = QPointer(this), kind, pattern, text](std::vector<Item> items) {
        if (!self || self->m_field->text() != text) // closed, or typed on
            return;
        self->m_items.resize(self->m_fixed);
        std::move(items.begin(), items.end(), std::back_inserter(self->m_items));
        self->showMatching(kind, pattern);
    });
}

void CommandPalette::showMatching(QChar kind, const QString &pattern)
{
    std::vector<std::pair<int, std::size_t>> scored;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (!kind.isNull() && m_items[i].kind != kind)
            continue;
        const int score = fuzzyScore(m_items[i].text, pattern);
        if (pattern.trimmed().isEmpty() || score >= 0 || fuzzyScore(m_items[i].text, pattern) > -1)
            scored.emplace_back(pattern.trimmed().isEmpty() ? 0 : -score, i);
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    m_shown.clear();
    for (const auto &[score, index] : scored)
        m_shown.push_back(index);
    m_current = 0;
    update();
}

void CommandPalette::choose(bool keepOpen)
{
    if (m_current >= m_shown.size())
        return;
    const std::function<void()> run = m_items[m_shown[m_current]].run;
    if (!keepOpen)
        close();
    run();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            const std::size_t last = m_shown.empty() ? 0 : m_shown.size() - 1;
            m_current = key->key() == Qt::Key_Down ? std::min(last, m_current + 1) : m_current - std::min<std::size_t>(m_current, 1);
            update();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            choose(key->modifiers() & Qt::ControlModifier);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), 0, m_theme.color(Token::Surface), m_theme.color(Token::Border2));
    paintIcon(painter, QStringLiteral("search"), QRectF(16, 14, 16, 16), m_theme.color(Token::Text3));
    painter.fillRect(QRect(0, fieldHeight, width(), 1), m_theme.color(Token::Border));
    const std::size_t first = m_current >= shownRows ? m_current - shownRows + 1 : 0;
    for (std::size_t i = first; i < m_shown.size() && i < first + shownRows; ++i) {
        const Item &item = m_items[m_shown[i]];
        const QRectF row(6, fieldHeight + 6 + static_cast<double>(i - first) * rowHeight, width() - 12, rowHeight);
        if (i == m_current)
            paintBox(painter, row, 6, m_theme.color(Token::Hover), Qt::transparent);
        paintIcon(painter, item.icon, QRectF(row.left() + 10, row.center().y() - 8, 16, 16), m_theme.color(Token::Text2));
        const QFont font = m_theme.font(TextRole::Panel);
        paintText(painter, row.adjusted(38, 0, -160, 0), item.text, font, m_theme.color(Token::Text));
        const double used = 38 + textWidth(font, item.text) + 10;
        paintText(painter, row.adjusted(used, 0, -110, 0), item.place, m_theme.font(TextRole::Caption), m_theme.color(Token::Text3));
        if (!item.shortcut.isEmpty())
            paintKey(painter, m_theme, item.shortcut, static_cast<int>(row.right()) - 8, static_cast<int>(row.center().y()));
    }
    if (m_shown.empty())
        paintText(painter, QRectF(16, fieldHeight + 6, width() - 32, rowHeight), tr("Nothing matches."),
                  m_theme.font(TextRole::Panel), m_theme.color(Token::Text3));
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!rect().contains(event->position().toPoint())) {
        close();
        return;
    }
    const double row = (event->position().y() - fieldHeight - 6) / rowHeight;
    const std::size_t first = m_current >= shownRows ? m_current - shownRows + 1 : 0;
    if (row >= 0 && first + static_cast<std::size_t>(row) < m_shown.size()) {
        m_current = first + static_cast<std::size_t>(row);
        choose(false);
    }
}

} // namespace winnow::ui
