#include "ui/models/run_query.h"

#include "ui/models/run_query_parts.h"

#include <QDate>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace winnow::ui
{

namespace
{

using Node = RunQuery::Node;
using NodePtr = std::shared_ptr<const Node>;
using Part = QueryPart;

/// Reads the parts from left to right; the first problem ends it.
class Parser
{
public:
    Parser(std::vector<Part> parts, RunQuery::Problem *problem) : m_parts(std::move(parts)), m_problem(problem) { }

    NodePtr all()
    {
        NodePtr node = either();
        if (node && here().kind != Part::Kind::End)
            return fail(QObject::tr("Put 'and' or 'or' before '%1'.").arg(here().text), here());
        return node;
    }

private:
    const Part &here() const { return m_parts[m_at]; }
    const Part &next() // stays at the end
    {
        const Part &part = here();
        m_at += part.kind == Part::Kind::End ? 0 : 1;
        return part;
    }

    NodePtr fail(const QString &message, const Part &part)
    {
        if (m_problem && m_problem->message.isEmpty())
            *m_problem = {message, part.from, part.length};
        return nullptr;
    }

    bool refuse(const QString &message, const Part &part)
    {
        fail(message, part);
        return false;
    }

    NodePtr joined(const char *word, Node::Kind kind, NodePtr (Parser::*side)())
    {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        do {
            NodePtr child = (this->*side)();
            if (!child)
                return nullptr;
            node->children.push_back(std::move(child));
        } while (here().is(word) && (++m_at, true));
        return node->children.size() == 1 ? node->children.front() : node;
    }
    NodePtr either() { return joined("or", Node::Kind::Or, &Parser::both); }
    NodePtr both() { return joined("and", Node::Kind::And, &Parser::one); }

    NodePtr one()
    {
        if (here().is("not")) {
            ++m_at;
            auto node = std::make_shared<Node>();
            node->kind = Node::Kind::Not;
            NodePtr child = one();
            if (!child)
                return nullptr;
            node->children.push_back(std::move(child));
            return node;
        }
        if (here().kind != Part::Kind::Open)
            return term();
        const Part open = next();
        NodePtr node = either();
        if (node && here().kind != Part::Kind::Close)
            return fail(QObject::tr("This bracket is not closed."), open);
        ++m_at;
        return node;
    }

    NodePtr term()
    {
        const Part name = next();
        if (name.kind == Part::Kind::Wrong)
            return fail(QObject::tr("This quote is not closed."), name);
        if (name.kind != Part::Kind::Word || name.is("and") || name.is("or") || name.is("in"))
            return fail(QObject::tr("A name is missing here, for example seed."), name);
        auto node = std::make_shared<Node>();
        node->field = findRunField(name.text);
        if (!node->field) {
            const QString near = closestWord(name.text, RunQuery::names());
            return fail(near.isEmpty() ? QObject::tr("Unknown name '%1'.").arg(name.text)
                                       : QObject::tr("Unknown name '%1'. Did you mean '%2'?").arg(name.text, near),
                        name);
        }
        const Part sign = next();
        if (sign.is("in")) {
            node->op = Node::Op::In;
            return list(std::move(node), sign);
        }
        static const QStringList signs{QStringLiteral("="),  QStringLiteral("!="), QStringLiteral(">"),
                                       QStringLiteral(">="), QStringLiteral("<"),  QStringLiteral("<="),
                                       QStringLiteral("~")};
        const auto op = sign.kind == Part::Kind::Sign ? signs.indexOf(sign.text) : -1;
        if (op < 0)
            return fail(QObject::tr("After '%1' put =, !=, >, >=, <, <=, ~ or in.").arg(name.text),
                        sign.length ? sign : name);
        node->op = static_cast<Node::Op>(op);
        if (!fits(*node, sign) || !value(*node, next(), sign))
            return nullptr;
        return node;
    }

    NodePtr list(std::shared_ptr<Node> node, const Part &sign)
    {
        if (here().kind != Part::Kind::Open)
            return fail(QObject::tr("After 'in' put values in brackets, for example (1, 2)."),
                        here().length ? here() : sign);
        const Part open = next();
        while (true) {
            if (!value(*node, next(), open))
                return nullptr;
            const Part after = next();
            if (after.kind == Part::Kind::Close)
                return node;
            if (after.kind != Part::Kind::Comma)
                return fail(after.kind == Part::Kind::End ? QObject::tr("This bracket is not closed.")
                                                          : QObject::tr("Put a comma before '%1'.").arg(after.text),
                            after.kind == Part::Kind::End ? open : after);
        }
    }

    bool fits(const Node &node, const Part &sign)
    {
        const bool ordered = node.op >= Node::Op::Greater && node.op <= Node::Op::LessEqual;
        const bool number = node.field->kind == RunField::Kind::Number || node.field->kind == RunField::Kind::Date;
        if (ordered && !number)
            return refuse(QObject::tr("'%1' is text; use =, !=, ~ or in.").arg(node.field->key), sign);
        if (node.op == Node::Op::Matches && number)
            return refuse(QObject::tr("'%1' is a number; use =, !=, >, >=, <, <= or in.").arg(node.field->key), sign);
        return true;
    }

    bool value(Node &node, const Part &part, const Part &before)
    {
        if (part.kind == Part::Kind::Wrong)
            return refuse(QObject::tr("This quote is not closed."), part);
        if (part.kind != Part::Kind::Word && part.kind != Part::Kind::Quoted)
            return refuse(QObject::tr("A value is missing after '%1'.").arg(before.text), part.length ? part : before);
        switch (node.field->kind) {
        case RunField::Kind::Number: return numberValue(node, part);
        case RunField::Kind::Date: return dateValue(node, part);
        default: return wordValue(node, part);
        }
    }

    bool numberValue(Node &node, const Part &part)
    {
        bool fine = false;
        const double number = part.text.toDouble(&fine);
        if (!fine)
            return refuse(QObject::tr("'%1' is a number; '%2' is none.").arg(node.field->key, part.text), part);
        node.numbers.push_back(number);
        return true;
    }

    bool dateValue(Node &node, const Part &part)
    {
        const QDate day = QDate::fromString(part.text, Qt::ISODate);
        if (!day.isValid())
            return refuse(QObject::tr("Write a date as 2026-11-20."), part);
        node.numbers.push_back(static_cast<double>(day.startOfDay().toMSecsSinceEpoch()));
        return true;
    }

    bool wordValue(Node &node, const Part &part)
    {
        if (node.op == Node::Op::Matches) {
            node.pattern = QRegularExpression(part.text, QRegularExpression::CaseInsensitiveOption);
            if (!node.pattern.isValid())
                return refuse(QObject::tr("This is no regular expression: %1.").arg(node.pattern.errorString()), part);
            node.pattern.optimize();
            return true;
        }
        const QStringList choices = node.field->kind == RunField::Kind::Flag
            ? QStringList{QStringLiteral("true"), QStringLiteral("false")}
            : node.field->choices;
        if (!choices.isEmpty() && !choices.contains(part.text, Qt::CaseInsensitive)) {
            const QString near = closestWord(part.text, choices);
            return refuse(QObject::tr("'%1' is one of %2.").arg(node.field->key, choices.join(QStringLiteral(", ")))
                              + (near.isEmpty() ? QString() : QObject::tr(" Did you mean '%1'?").arg(near)),
                          part);
        }
        node.words << part.text;
        return true;
    }

    std::vector<Part> m_parts;
    std::size_t m_at = 0;
    RunQuery::Problem *m_problem;
};

bool compares(double a, Node::Op op, double b)
{
    switch (op) {
    case Node::Op::NotEqual: return a != b;
    case Node::Op::Greater: return a > b;
    case Node::Op::GreaterEqual: return a >= b;
    case Node::Op::Less: return a < b;
    case Node::Op::LessEqual: return a <= b;
    default: return a == b;
    }
}

bool matchesNumber(const Node &node, const RunRow &row)
{
    const RunValue value = runValue(row, *node.field);
    const auto *own = std::get_if<double>(&value);
    if (!own)
        return false;
    if (node.field->kind == RunField::Kind::Date && (node.op == Node::Op::Equal || node.op == Node::Op::In))
        return std::any_of(node.numbers.begin(), node.numbers.end(),
                           [own](double day) { return *own >= day && *own < day + 86400000.0; });
    return std::any_of(node.numbers.begin(), node.numbers.end(), [&](double n) { return compares(*own, node.op, n); });
}

bool matchesWords(const Node &node, const RunRow &row)
{
    if (node.field->setting && !row.optionsValid)
        return false;
    const QStringList own = runWords(row, *node.field);
    if (node.op == Node::Op::Matches)
        return std::any_of(own.begin(), own.end(), [&](const QString &text) { return text.contains(node.pattern); });
    const bool any = std::any_of(own.begin(), own.end(),
                                 [&](const QString &text) { return node.words.contains(text, Qt::CaseInsensitive); });
    return node.op == Node::Op::NotEqual ? !any : any;
}

bool matchesNode(const Node &node, const RunRow &row)
{
    const auto own = [&row](const NodePtr &child) { return matchesNode(*child, row); };
    switch (node.kind) {
    case Node::Kind::And: return std::all_of(node.children.begin(), node.children.end(), own);
    case Node::Kind::Or: return std::any_of(node.children.begin(), node.children.end(), own);
    case Node::Kind::Not: return !matchesNode(*node.children.front(), row);
    case Node::Kind::Term: break;
    }
    const bool number = node.field->kind == RunField::Kind::Number || node.field->kind == RunField::Kind::Date;
    return number ? matchesNumber(node, row) : matchesWords(node, row);
}

} // namespace

std::vector<QueryPart> queryParts(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"re("([^"]*)"|("[^"]*$)|(>=|<=|!=|=|>|<|~)|(\()|(\))|(,)|([^\s"=<>!~(),]+)|(\S))re"));
    std::vector<QueryPart> result;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        using Kind = QueryPart::Kind;
        static const std::array<Kind, 8> kinds{Kind::Quoted, Kind::Wrong, Kind::Sign, Kind::Open,
                                               Kind::Close,  Kind::Comma, Kind::Word, Kind::Sign};
        const int group = match.lastCapturedIndex();
        result.push_back({kinds[static_cast<std::size_t>(group - 1)], match.captured(group),
                          static_cast<int>(match.capturedStart(0)), static_cast<int>(match.capturedLength(0))});
    }
    result.push_back({QueryPart::Kind::End, {}, static_cast<int>(text.size()), 0});
    return result;
}

QStringList RunQuery::names()
{
    QStringList result;
    for (const RunField &field : runFields())
        result << field.key;
    return result;
}

std::optional<RunQuery> RunQuery::parse(const QString &text, Problem *problem)
{
    std::vector<QueryPart> parts = queryParts(text);
    RunQuery query;
    if (parts.size() == 1)
        return query;
    Problem own;
    query.m_root = Parser(std::move(parts), problem ? problem : &own).all();
    if (!query.m_root)
        return std::nullopt;
    return query;
}

bool RunQuery::matches(const RunRow &row) const
{
    return !m_root || matchesNode(*m_root, row);
}

} // namespace winnow::ui
