#pragma once

#include <QString>

#include <string>
#include <vector>

namespace winnow::ui {

// What the program keeps under an English name, in the words of the person's language.

/// A label, help text or section of the settings schema.
QString optionWords(const std::string &english);
/// What kind of run it is: "Instance Table", "Cold start", ...
QString groupWords(const QString &english);
/// A ranker of samples: "Learned weight", "Loss EMA", ...; "Consensus of 3 runs".
QString rankerWords(const QString &english);

/// A sentence of the core: an error, a finding, an alert, why a row was dropped. What the catalogue does not know stays.
QString coreWords(const std::string &english);

/// Every text that optionWords() is asked for.
const std::vector<const char *> &optionStrings();
/// Every sentence that coreWords() knows besides coreFileStrings(), with %1 to %9 where the core puts something in.
const std::vector<const char *> &coreStrings();
/// Those about checkpoints, tokenizers and the store.
const std::vector<const char *> &coreFileStrings();

} // namespace winnow::ui
