#include "ui/support/words.h"

#include <QCoreApplication>

namespace winnow::ui {

namespace {

[[maybe_unused]] const char *const forTranslators[] = {
    QT_TRANSLATE_NOOP("Groups", "Instance Table"),   QT_TRANSLATE_NOOP("Groups", "Instance Net"),
    QT_TRANSLATE_NOOP("Groups", "Domain table"),     QT_TRANSLATE_NOOP("Groups", "No selection"),
    QT_TRANSLATE_NOOP("Groups", "Cold start"),       QT_TRANSLATE_NOOP("Rankers", "Learned weight"),
    QT_TRANSLATE_NOOP("Rankers", "Loss EMA"),        QT_TRANSLATE_NOOP("Rankers", "Confidence"),
    QT_TRANSLATE_NOOP("Rankers", "Variability"),     QT_TRANSLATE_NOOP("Rankers", "Area under margin"),
    QT_TRANSLATE_NOOP("Rankers", "In-run Shapley"),  QT_TRANSLATE_NOOP("Rankers", "Consensus of %1 runs"),
    QT_TRANSLATE_NOOP("Rankers", "Confident learning"),
};

} // namespace

QString optionWords(const std::string &english)
{
    return QCoreApplication::translate("Options", english.c_str());
}

QString groupWords(const QString &english)
{
    return QCoreApplication::translate("Groups", english.toUtf8().constData());
}

QString rankerWords(const QString &english)
{
    static const QString consensus = QStringLiteral("Consensus of ");
    if (english.startsWith(consensus))
        return QCoreApplication::translate("Rankers", "Consensus of %1 runs")
            .arg(english.mid(consensus.size()).section(QLatin1Char(' '), 0, 0));
    return QCoreApplication::translate("Rankers", english.toUtf8().constData());
}

} // namespace winnow::ui
