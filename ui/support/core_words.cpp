#include "ui/support/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace winnow::ui {

namespace {

/// A sentence of the core in parts: what stands fixed, and in between the places that it puts something in.
struct Pattern {
    const char *source = nullptr;
    QStringList fixed;  ///< one more than places
    QList<int> numbers; ///< of the places: 1 for %1
    QList<bool> quoted; ///< places between quotation marks: names, which stay as they are
    qsizetype letters = 0;
};

Pattern patternOf(const char *source)
{
    Pattern pattern{.source = source, .fixed = {}, .numbers = {}, .quoted = {}};
    const QString text = QString::fromUtf8(source);
    QString part;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('%') && i + 1 < text.size() && text[i + 1].isDigit()) {
            pattern.fixed << part;
            pattern.numbers << text[++i].digitValue();
            part.clear();
        } else {
            part += text[i];
            ++pattern.letters;
        }
    }
    pattern.fixed << part;
    for (qsizetype i = 0; i < pattern.numbers.size(); ++i) {
        const QString &before = pattern.fixed[i];
        const QString &after = pattern.fixed[i + 1];
        const QChar mark = before.isEmpty() || after.isEmpty() || before.back() != after.front() ? QChar() : after.front();
        pattern.quoted << (mark == QLatin1Char('"') || mark == QLatin1Char('\''));
    }
    return pattern;
}

const std::vector<Pattern> &patterns()
{
    static const std::vector<Pattern> all = [] {
        std::vector<Pattern> made;
        for (const auto *sources : {&coreStrings(), &coreFileStrings()})
            for (const char *source : *sources)
                made.push_back(patternOf(source));
        return made;
    }();
    return all;
}

/// What stands in the places, by their numbers; nothing where the text is no such sentence.
std::optional<QStringList> placesIn(const Pattern &pattern, const QString &text)
{
    if (pattern.numbers.isEmpty())
        return text == pattern.fixed.front() ? std::optional(QStringList()) : std::nullopt;
    const QString &last = pattern.fixed.back();
    if (!text.startsWith(pattern.fixed.front()) || !text.endsWith(last))
        return std::nullopt;
    QStringList places(10);
    qsizetype from = pattern.fixed.front().size();
    const qsizetype end = text.size() - last.size();
    for (qsizetype i = 0; i < pattern.numbers.size(); ++i) {
        const bool final = i + 1 == pattern.numbers.size();
        const qsizetype to = final ? end : text.indexOf(pattern.fixed[i + 1], from);
        if (to <= from || to > end)
            return std::nullopt;
        places[pattern.numbers[i]] = text.mid(from, to - from);
        from = to + pattern.fixed[i + 1].size();
    }
    return places;
}

/// In one go, so that what is put in is never taken for a place.
QString filled(const QString &sentence, const QStringList &places)
{
    QString text;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        if (sentence[i] == QLatin1Char('%') && i + 1 < sentence.size() && sentence[i + 1].isDigit())
            text += places.value(sentence[++i].digitValue());
        else
            text += sentence[i];
    }
    return text;
}

QString translated(const QString &text, int depth)
{
    constexpr int deepest = 3; // a reason in a finding in a sentence
    const Pattern *best = nullptr;
    QStringList places;
    for (const Pattern &pattern : patterns()) {
        if (best && pattern.letters <= best->letters)
            continue; // the one that says most is meant
        if (auto found = placesIn(pattern, text)) {
            best = &pattern;
            places = std::move(*found);
        }
    }
    if (!best)
        return text;
    if (depth < deepest)
        for (qsizetype i = 0; i < best->numbers.size(); ++i)
            if (QString &place = places[best->numbers[i]]; !best->quoted[i])
                place = translated(place, depth + 1);
    return filled(QCoreApplication::translate("Core", best->source), places);
}

} // namespace

QString coreWords(const std::string &english)
{
    return translated(QString::fromStdString(english), 0);
}

} // namespace winnow::ui
