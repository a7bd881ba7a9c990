#include "ui/support/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace winnow::ui {

namespace {

/// What Winnow speaks for one of the desktop's languages; empty: it does not.
QString spoken(const QString &wanted)
{
    const QLocale locale(wanted);
    if (locale.language() == QLocale::English)
        return QStringLiteral("en");
    // Traditional characters are another language on screen.
    if (locale.language() == QLocale::Chinese && locale.script() != QLocale::TraditionalHanScript)
        return QStringLiteral("zh_CN");
    return {};
}

QString ofSystem()
{
    for (const QString &wanted : QLocale::system().uiLanguages())
        if (const QString found = spoken(wanted); !found.isEmpty())
            return found;
    return QStringLiteral("en");
}

} // namespace

QString installLanguage(QCoreApplication &application, const QString &language)
{
    const QString found = language == QLatin1String("system") ? ofSystem() : spoken(language);
    if (found.isEmpty() || found == QLatin1String("en"))
        return QStringLiteral("en");
    auto *own = new QTranslator(&application);
    if (!own->load(QStringLiteral(":/i18n/winnow_%1.qm").arg(found)))
        return QStringLiteral("en");
    application.installTranslator(own);
    auto *qt = new QTranslator(&application); // file dialogs and their buttons
    if (qt->load(QStringLiteral("qtbase_%1").arg(found), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(qt);
    QLocale::setDefault(QLocale(found));
    return found;
}

} // namespace winnow::ui
