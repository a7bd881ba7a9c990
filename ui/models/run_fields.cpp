#include "ui/models/run_fields.h"

#include "ui/support/words.h"

#include <QDateTime>
#include <QHash>

#include <algorithm>
#include <cmath>

namespace winnow::ui
{

namespace
{

enum Builtin {
    Name,
    State,
    Mode,
    Stage,
    Tag,
    Seed,
    Accuracy,
    Questions,
    Auroc,
    Time,
    Steps,
    Started,
    Id,
    Note,
    Device,
    Code,
    Data,
    Parent,
    Effective
};

RunField builtin(Builtin number, const char *key, const QString &label, RunField::Kind kind, QStringList choices = {})
{
    return {QLatin1String(key), label, kind, std::move(choices), false, number};
}

QStringList words(const std::vector<std::string> &texts)
{
    QStringList result;
    for (const std::string &text : texts)
        result << QString::fromStdString(text);
    return result;
}

std::vector<RunField> makeFields()
{
    using Kind = RunField::Kind;
    QStringList states;
    for (int i = 0; i <= static_cast<int>(RunState::Interrupted); ++i)
        states << QString::fromUtf8(runStateName(static_cast<RunState>(i)).data());
    std::vector<RunField> fields{
        builtin(Name, "name", QObject::tr("Run"), Kind::Text),
        builtin(State, "state", QObject::tr("State"), Kind::Choice, states),
        builtin(Mode, "mode", QObject::tr("Weighting"), Kind::Choice,
                {QStringLiteral("none"), QStringLiteral("domain"), QStringLiteral("table"), QStringLiteral("net")}),
        builtin(Stage, "stage", QObject::tr("Stage"), Kind::Choice,
                {QStringLiteral("cold-start"), QStringLiteral("bilevel")}),
        builtin(Tag, "tag", QObject::tr("Tags"), Kind::Text),
        builtin(Seed, "seed", QObject::tr("Seed"), Kind::Number),
        builtin(Accuracy, "acc_best8", QObject::tr("Best-of-N accuracy"), Kind::Number),
        builtin(Questions, "questions", QObject::tr("Test questions"), Kind::Number),
        builtin(Auroc, "auroc", QObject::tr("AUROC"), Kind::Number),
        builtin(Time, "time", QObject::tr("Time, s"), Kind::Number),
        builtin(Steps, "steps", QObject::tr("Iterations done"), Kind::Number),
        builtin(Started, "started", QObject::tr("Started"), Kind::Date),
        builtin(Id, "id", QObject::tr("Number"), Kind::Number),
        builtin(Note, "note", QObject::tr("Note"), Kind::Text),
        builtin(Device, "device", QObject::tr("Device"), Kind::Text),
        builtin(Code, "code", QObject::tr("Code version"), Kind::Text),
        builtin(Data, "data", QObject::tr("Training data"), Kind::Text),
        builtin(Parent, "parent", QObject::tr("Parent"), Kind::Text),
        builtin(Effective, "effective", QObject::tr("Effective sample size"), Kind::Number),
    };
    const RunOptions defaults;
    for (const OptionInfo &option : optionSchema()) {
        const QString key = QString::fromStdString(option.key);
        if (std::any_of(fields.begin(), fields.end(), [&](const RunField &field) { return field.key == key; }))
            continue;
        RunField field{key, optionWords(option.label), Kind::Text, words(option.choices), true, -1};
        const OptionValue value = optionValue(defaults, option.key);
        if (!option.choices.empty())
            field.kind = Kind::Choice;
        else if (std::holds_alternative<bool>(value))
            field.kind = Kind::Flag;
        else if (!std::holds_alternative<std::string>(value))
            field.kind = Kind::Number;
        fields.push_back(std::move(field));
    }
    return fields;
}

RunValue settingValue(const RunRow &row, const RunField &field)
{
    if (!row.optionsValid)
        return {};
    const OptionValue value = optionValue(row.options, field.key.toStdString());
    if (const auto *real = std::get_if<double>(&value))
        return *real;
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    return QString::fromStdString(std::get<std::string>(value));
}

RunValue text(const std::string &value)
{
    return QString::fromStdString(value);
}

RunValue number(const std::optional<double> &value)
{
    return value ? RunValue(*value) : RunValue();
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

} // namespace

const std::vector<RunField> &runFields()
{
    static const std::vector<RunField> fields = makeFields();
    return fields;
}

const RunField *findRunField(const QString &key)
{
    static const QHash<QString, const RunField *> index = [] {
        QHash<QString, const RunField *> all;
        for (const RunField &field : runFields())
            all.insert(field.key, &field);
        return all;
    }();
    return index.value(key, nullptr);
}

double runSeconds(const RunRow &row)
{
    if (row.record.result.seconds > 0)
        return row.record.result.seconds;
    if (row.record.startedMs == 0)
        return std::nan("");
    const std::int64_t end = row.record.finishedMs ? row.record.finishedMs
        : row.active()                             ? QDateTime::currentMSecsSinceEpoch()
                                                   : row.record.heartbeatMs;
    return std::max(0.0, static_cast<double>(end - row.record.startedMs) / 1000.0);
}

RunValue runValue(const RunRow &row, const RunField &field)
{
    if (field.setting)
        return settingValue(row, field);
    switch (static_cast<Builtin>(field.builtin)) {
    case Name: return text(row.record.name);
    case State: return QString::fromUtf8(runStateName(row.record.state).data());
    case Mode: return text(row.record.method);
    case Stage: return text(row.record.stage);
    case Tag: return runWords(row, field).join(QStringLiteral(", "));
    case Seed: return static_cast<double>(row.record.seed);
    case Accuracy: return row.accuracy ? RunValue(row.accuracy->value) : RunValue();
    case Questions: return row.questions > 0 ? RunValue(static_cast<double>(row.questions)) : RunValue();
    case Auroc: return row.auroc ? RunValue(row.auroc->value) : RunValue();
    case Time: {
        const double seconds = runSeconds(row);
        return std::isnan(seconds) ? RunValue() : RunValue(seconds);
    }
    case Steps: return static_cast<double>(row.record.step);
    case Started: return static_cast<double>(row.record.startedMs ? row.record.startedMs : row.record.createdMs);
    case Id: return static_cast<double>(row.record.id.value);
    case Note: return text(row.record.note);
    case Device: return text(row.record.device);
    case Code: return text(row.record.codeVersion);
    case Data:
        return row.datasetName.isEmpty() ? RunValue()
                                         : RunValue(row.datasetName + QStringLiteral(" · ") + row.datasetHash);
    case Parent: return row.parentName.isEmpty() ? RunValue() : RunValue(row.parentName);
    case Effective: return number(row.effective);
    }
    return {};
}

QStringList runWords(const RunRow &row, const RunField &field)
{
    if (!field.setting && field.builtin == Tag)
        return words(row.record.tags);
    const RunValue value = runValue(row, field);
    if (const auto *own = std::get_if<QString>(&value))
        return {*own};
    return {};
}

QString runValueText(const RunRow &row, const RunField &field)
{
    const RunValue value = runValue(row, field);
    if (const auto *own = std::get_if<QString>(&value))
        return *own;
    const auto *real = std::get_if<double>(&value);
    if (!real)
        return {};
    if (field.kind == RunField::Kind::Date)
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(*real)).toString(QStringLiteral("yyyy-MM-dd hh:mm"));
    return QString::number(*real, 'g', 10);
}

VaryingSettings varyingSettings(const RunRows &rows)
{
    VaryingSettings result;
    for (const RunField &field : runFields()) {
        if (!field.setting)
            continue;
        std::optional<RunValue> first;
        bool differs = false;
        for (const RunRow &row : rows) {
            if (!row.optionsValid)
                continue;
            RunValue value = settingValue(row, field);
            if (!first)
                first = std::move(value);
            else if (value != *first) {
                differs = true;
                break;
            }
        }
        (differs ? result.differ : result.same) << field.key;
    }
    return result;
}

QString closestWord(const QString &word, const QStringList &known)
{
    QString best;
    int least = static_cast<int>(std::min<qsizetype>(4, word.size()));
    for (const QString &candidate : known)
        if (const int d = distance(word, candidate); d < least) {
            least = d;
            best = candidate;
        }
    return best;
}

} // namespace winnow::ui
