#pragma once

#include <QString>

namespace winnow::ui {

class Theme;

/// The one style sheet of the application, written from the tokens: type and [role] selectors only.
QString styleSheet(const Theme &theme);

} // namespace winnow::ui
