#include "ui/models/run_query.h"

#include "core/base/options.h"

#include <QDate>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

namespace winnow::ui {

namespace {

struct Part {
    QString text;
    int from = 0;
    bool quoted = false;
};

std::vector<Part> tokens(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(R"re("([^"]*)"|(>=|<=|!=|=|>|<|~)|([^\s"=<>!~]+))re"));
    std::vector<Part> result;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const bool quoted = match.capturedStart(1) >= 0;
        result.push_back({quoted ? match.captured(1) : match.captured(0), static_cast<int>(match.capturedStart(0)), quoted});
    }
    return result;
}

int distance(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int corner = row[0];
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int above = row[at];
            row[at] = std::min({row[at] + 1, row[at - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
            corner = above;
        }
    }
    return row.back();
}

QString closest(const QString &name)
{
    QString best;
    int least = 4;
    for (const QString &known : RunQuery::names())
        if (const int d = distance(name, known); d < least) {
            least = d;
            best = known;
        }
    return best;
}

std::optional<double> numberOf(const RunRow &row, const QString &name)
{
    if (name == QLatin1String("acc_best8"))
        return row.accuracy ? std::optional(row.accuracy->value) : std::nullopt;
    if (name == QLatin1String("auroc"))
        return row.auroc ? std::optional(row.auroc->value) : std::nullopt;
    if (name == QLatin1String("seed"))
        return static_cast<double>(row.record.seed);
    if (name == QLatin1String("time"))
        return row.record.result.seconds;
    if (name == QLatin1String("steps"))
        return static_cast<double>(row.record.step);
    if (!row.optionsValid)
        return std::nullopt;
    const OptionValue value = optionValue(row.options, name.toStdString());
    if (const auto *real = std::get_if<double>(&value))
        return *real;
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    return std::nullopt;
}

QString textOf(const RunRow &row, const QString &name)
{
    if (name == QLatin1String("name"))
        return row.name();
    if (name == QLatin1String("state"))
        return QString::fromUtf8(runStateName(row.record.state).data());
    if (name == QLatin1String("mode"))
        return QString::fromStdString(row.record.method);
    if (name == QLatin1String("stage"))
        return QString::fromStdString(row.record.stage);
    if (name == QLatin1String("tag")) {
        QStringList tags;
        for (const std::string &tag : row.record.tags)
            tags << QString::fromStdString(tag);
        return tags.join(QLatin1Char(' '));
    }
    if (!row.optionsValid)
        return {};
    const OptionValue value = optionValue(row.options, name.toStdString());
    if (const auto *text = std::get_if<std::string>(&value))
        return QString::fromStdString(*text);
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    return {};
}

bool compare(double a, const QString &op, double b)
{
    if (op == QLatin1String("="))
        return a == b;
    if (op == QLatin1String("!="))
        return a != b;
    if (op == QLatin1String(">"))
        return a > b;
    if (op == QLatin1String(">="))
        return a >= b;
    if (op == QLatin1String("<"))
        return a < b;
    return a <= b;
}

} // namespace

QStringList RunQuery::names()
{
    QStringList result{QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("mode"), QStringLiteral("stage"),
                       QStringLiteral("tag"), QStringLiteral("seed"), QStringLiteral("acc_best8"),
                       QStringLiteral("auroc"), QStringLiteral("time"), QStringLiteral("steps"),
                       QStringLiteral("started")};
    for (const OptionInfo &option : optionSchema())
        if (!result.contains(QString::fromStdString(option.key)))
            result << QString::fromStdString(option.key);
    return result;
}

std::optional<RunQuery> RunQuery::parse(const QString &text, Problem *problem)
{
    const auto fail = [problem](const QString &message, int from, qsizetype length) -> std::optional<RunQuery> {
        if (problem)
            *problem = {message, from, static_cast<int>(length)};
        return std::nullopt;
    };
    RunQuery query;
    const std::vector<Part> parts = tokens(text);
    const QStringList known = names();
    for (std::size_t i = 0; i < parts.size();) {
        if (!query.m_terms.empty()) {
            if (parts[i].text.compare(QLatin1String("and"), Qt::CaseInsensitive) != 0)
                return fail(QStringLiteral("Put 'and' before '%1'.").arg(parts[i].text), parts[i].from,
                            parts[i].text.size());
            ++i;
        }
        if (i >= parts.size() || parts[i].quoted)
            return fail(QStringLiteral("A name is missing, for example seed."), static_cast<int>(text.size()), 0);
        const Part &name = parts[i];
        if (!known.contains(name.text)) {
            const QString near = closest(name.text);
            return fail(near.isEmpty() ? QStringLiteral("Unknown name '%1'.").arg(name.text)
                                       : QStringLiteral("Unknown name '%1'. Did you mean '%2'?").arg(name.text, near),
                        name.from, name.text.size());
        }
        static const QStringList operators{QStringLiteral("="), QStringLiteral("!="), QStringLiteral(">"),
                                           QStringLiteral(">="), QStringLiteral("<"), QStringLiteral("<="),
                                           QStringLiteral("~")};
        if (i + 1 >= parts.size() || !operators.contains(parts[i + 1].text))
            return fail(QStringLiteral("After '%1' put =, !=, >, >=, <, <= or ~.").arg(name.text), name.from,
                        name.text.size());
        if (i + 2 >= parts.size())
            return fail(QStringLiteral("A value is missing after '%1'.").arg(parts[i + 1].text), parts[i + 1].from, 1);
        query.m_terms.push_back({name.text, parts[i + 1].text, parts[i + 2].text});
        i += 3;
    }
    return query;
}

bool RunQuery::matches(const RunRow &row) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&row](const Term &term) {
        if (term.name == QLatin1String("started")) {
            const QDate day = QDate::fromString(term.value, Qt::ISODate);
            const qint64 started = row.record.startedMs ? row.record.startedMs : row.record.createdMs;
            return day.isValid() && compare(static_cast<double>(started), term.op,
                                            static_cast<double>(day.startOfDay().toMSecsSinceEpoch()));
        }
        bool isNumber = false;
        const double number = term.value.toDouble(&isNumber);
        if (isNumber && term.op != QLatin1String("~")) {
            const auto value = numberOf(row, term.name);
            return value && compare(*value, term.op, number);
        }
        const QString value = textOf(row, term.name);
        if (term.op == QLatin1String("~"))
            return value.contains(QRegularExpression(term.value, QRegularExpression::CaseInsensitiveOption));
        const int order = QString::compare(value, term.value, Qt::CaseInsensitive);
        return compare(order, term.op, 0);
    });
}

} // namespace winnow::ui
