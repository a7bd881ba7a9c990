#pragma once

#include <QString>

class QCoreApplication;

namespace winnow::ui {

/// Installs the translations of a language: "zh_CN", "en" (the strings as they are written), or "system" for the first of the
/// desktop's languages that Winnow speaks. Before the first widget; returns the language that is spoken.
QString installLanguage(QCoreApplication &application, const QString &language);

} // namespace winnow::ui
