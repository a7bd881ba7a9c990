#pragma once

#include "core/store/decision_store.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <vector>

namespace winnow::ui {

class SelectionModel;

/// A person's decisions and notes on the samples of one data set. Every call of decide() or setNote() is one step of
/// the undo stack that selection and filters share. What changed is handed out to be stored. Lives on the GUI thread.
class Triage : public QObject {
    Q_OBJECT
public:
    explicit Triage(SelectionModel &selection, QObject *parent = nullptr);

    void reset(std::vector<std::uint8_t> decisions, std::map<std::size_t, QString> notes);
    Decision decisionOf(std::size_t sample) const;
    QString noteOf(std::size_t sample) const;
    /// One value a sample, a Decision; never changed once handed out.
    std::shared_ptr<const std::vector<std::uint8_t>> values() const { return m_values; }
    const std::map<std::size_t, QString> &notes() const { return m_notes; }
    std::size_t reviewed() const { return m_reviewed; }

    void decide(std::vector<std::uint32_t> samples, Decision decision);
    void setNote(std::size_t sample, const QString &note);

Q_SIGNALS:
    /// These samples have other decisions or notes now: paint and store them.
    void changed(const std::vector<std::uint32_t> &samples);

private:
    class Decide;
    class Note;
    void put(const std::vector<std::uint32_t> &samples, const std::vector<std::uint8_t> &decisions);
    void putNote(std::size_t sample, const QString &note);

    SelectionModel &m_selection;
    std::shared_ptr<const std::vector<std::uint8_t>> m_values;
    std::map<std::size_t, QString> m_notes;
    std::size_t m_reviewed = 0;
};

/// "keep", "flip", "exclude", "unsure" as a verb for buttons and questions.
QString decisionVerb(Decision decision);

} // namespace winnow::ui
