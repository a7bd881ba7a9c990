#include "ui/models/dataset_rows_model.h"

#include <algorithm>

namespace winnow::ui
{

namespace
{
constexpr int longestQuestion = 400; // characters of a cell: what a row can show and a tool tip can hold
}

DatasetRowsModel::DatasetRowsModel(QObject *parent) : QAbstractTableModel(parent)
{
    m_ask.setSingleShot(true);
    m_ask.setInterval(0); // all rows of one repaint together
    connect(&m_ask, &QTimer::timeout, this, &DatasetRowsModel::ask);
}

void DatasetRowsModel::setRows(std::int64_t rows, bool questions)
{
    beginResetModel();
    m_rows = rows;
    m_questions = questions;
    m_searching = false;
    m_found.clear();
    m_held.clear();
    m_uses.clear();
    m_wantedPages.clear();
    m_askedPages.clear();
    endResetModel();
}

void DatasetRowsModel::startSearch()
{
    beginResetModel();
    m_searching = true;
    m_found.clear();
    m_wantedPages.clear();
    m_askedPages.clear();
    endResetModel();
}

void DatasetRowsModel::endSearch()
{
    if (!m_searching)
        return;
    beginResetModel();
    m_searching = false;
    m_found.clear();
    m_wantedPages.clear();
    m_askedPages.clear();
    endResetModel();
}

void DatasetRowsModel::addFound(const std::vector<std::int64_t> &indices)
{
    if (indices.empty() || !m_searching)
        return;
    const int first = rowCount();
    m_askedPages.remove(first / pageRows); // it was asked for when it was shorter
    beginInsertRows({}, first, first + static_cast<int>(indices.size()) - 1);
    m_found.insert(m_found.end(), indices.begin(), indices.end());
    endInsertRows();
}

void DatasetRowsModel::take(const std::vector<BrowsedRow> &rows)
{
    for (const BrowsedRow &row : rows) {
        const std::int64_t index = row.sample.index;
        if (const auto known = m_held.find(index); known != m_held.end()) {
            known->second.row = row;
        } else {
            m_uses.push_front(index);
            m_held.emplace(index, Held{row, m_uses.begin()});
        }
    }
    while (m_held.size() > mostHeld) {
        const std::int64_t index = m_uses.back();
        m_uses.pop_back();
        m_held.erase(index);
        m_askedPages.remove(rowOf(index) / pageRows);
    }
    if (!rows.empty() && rowCount() > 0)
        Q_EMIT dataChanged(this->index(0, 0), this->index(rowCount() - 1, ColumnCount - 1));
}

void DatasetRowsModel::forget()
{
    m_held.clear();
    m_uses.clear();
    m_askedPages.clear();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

std::int64_t DatasetRowsModel::indexAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return -1;
    return m_searching ? m_found[static_cast<std::size_t>(row)] : row;
}

int DatasetRowsModel::rowOf(std::int64_t index) const
{
    if (!m_searching)
        return index >= 0 && index < m_rows ? static_cast<int>(index) : -1;
    const auto place = std::lower_bound(m_found.begin(), m_found.end(), index);
    return place != m_found.end() && *place == index ? static_cast<int>(place - m_found.begin()) : -1;
}

int DatasetRowsModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return static_cast<int>(m_searching ? static_cast<std::int64_t>(m_found.size()) : m_rows);
}

const BrowsedRow *DatasetRowsModel::held(std::int64_t index) const
{
    const auto place = m_held.find(index);
    if (place == m_held.end())
        return nullptr;
    m_uses.splice(m_uses.begin(), m_uses, place->second.use);
    return &place->second.row;
}

void DatasetRowsModel::ask()
{
    for (const int page : std::as_const(m_wantedPages)) {
        if (m_askedPages.contains(page))
            continue;
        m_askedPages.insert(page);
        std::vector<std::int64_t> indices;
        for (int row = page * pageRows; row < std::min((page + 1) * pageRows, rowCount()); ++row)
            indices.push_back(indexAt(row));
        if (!indices.empty())
            Q_EMIT wanted(indices);
    }
    m_wantedPages.clear();
}

Cell DatasetRowsModel::cellOf(const BrowsedRow &row, int column) const
{
    const SampleRecord &sample = row.sample;
    const auto text = [](const std::string &s) { return QString::fromStdString(s); };
    switch (column) {
    case FileRow:
        return TextCell{
            .text = thousands(sample.fileRow), .token = Token::Text3, .mono = true, .alignment = Qt::AlignRight};
    case Key: {
        const QString key = text(sample.key);
        const qsizetype number = key.lastIndexOf(QLatin1Char('#')); // of a key made of a file's name and a row
        return TextCell{.text = number > 12 ? QStringLiteral("…") + key.mid(number) : key};
    }
    case Subject: return TextCell{.text = text(sample.subject), .token = Token::Text2};
    case Question: {
        QString question = text(sample.question).left(longestQuestion).simplified();
        if (question.startsWith(QLatin1String("### Question:")))
            question = question.mid(13).trimmed();
        if (question.startsWith(QLatin1String("Question:")))
            question = question.mid(9).trimmed();
        return TextCell{.text = question};
    }
    case Labels: {
        StepsCell steps;
        for (const bool plus : sample.labels)
            steps.steps.push_back({plus, false});
        return steps;
    }
    case Tokens: {
        const bool known = row.view && row.view->tokens;
        return TextCell{.text = known ? thousands(*row.view->tokens) : QStringLiteral("–"),
                        .token = known ? Token::Text : Token::Text3,
                        .mono = true,
                        .alignment = Qt::AlignRight};
    }
    case Tiles: {
        if (!row.view)
            return TextCell{
                .text = QStringLiteral("–"), .token = Token::Text3, .mono = true, .alignment = Qt::AlignRight};
        const bool missing = !row.view->pictureProblem.empty();
        return TextCell{.text = missing ? tr("missing") : QString::number(row.view->tiles),
                        .token = missing ? Token::Failed : Token::Text,
                        .mono = !missing,
                        .alignment = Qt::AlignRight};
    }
    default: return {};
    }
}

QVariant DatasetRowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == RowStateRole)
        return static_cast<int>(RowPlain);
    if (role != CellRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const BrowsedRow *row = held(indexAt(index.row()));
    if (!row) {
        m_wantedPages.insert(index.row() / pageRows);
        if (!m_ask.isActive())
            m_ask.start();
        return role == CellRole && index.column() == Key
            ? QVariant::fromValue(Cell(TextCell{.text = QStringLiteral("…"), .token = Token::Text3}))
            : QVariant();
    }
    if (role == CellRole)
        return QVariant::fromValue(cellOf(*row, index.column()));
    const Cell cell = cellOf(*row, index.column());
    const auto *text = std::get_if<TextCell>(&cell);
    if (!text)
        return {};
    return role == Qt::ToolTipRole ? text->text.toHtmlEscaped() : text->text;
}

QVariant DatasetRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool number = section == FileRow || section == Tokens || section == Tiles;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(number ? Qt::AlignRight : Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FileRow: return tr("Row");
    case Key: return tr("Id");
    case Subject: return tr("Subject");
    case Question: return tr("Question");
    case Labels: return m_questions ? tr("Candidates") : tr("Sites");
    case Tokens: return tr("Tokens");
    case Tiles: return tr("Tiles");
    default: return {};
    }
}

} // namespace winnow::ui
