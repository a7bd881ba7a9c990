#include "ui/models/triage.h"

#include "ui/models/selection_model.h"
#include "ui/support/number_format.h"

#include <algorithm>

namespace winnow::ui {

QString decisionVerb(Decision decision)
{
    switch (decision) {
    case Decision::Keep: return Triage::tr("Keep");
    case Decision::Flip: return Triage::tr("Flip");
    case Decision::Exclude: return Triage::tr("Exclude");
    case Decision::Unsure: return Triage::tr("Mark as unsure");
    case Decision::None: break;
    }
    return Triage::tr("Clear the decision on");
}

/// The decisions of some samples, all to the same value.
class Triage::Decide : public QUndoCommand {
public:
    Decide(Triage &triage, std::vector<std::uint32_t> samples, Decision decision)
        : m_triage(triage), m_samples(std::move(samples)),
          m_after(m_samples.size(), static_cast<std::uint8_t>(decision))
    {
        m_before.reserve(m_samples.size());
        for (const std::uint32_t i : m_samples)
            m_before.push_back((*triage.m_values)[i]);
        setText(m_samples.size() == 1
                    ? Triage::tr("%1 1 sample").arg(decisionVerb(decision).toLower())
                    : Triage::tr("%1 %2 samples").arg(decisionVerb(decision).toLower(), thousands(static_cast<std::int64_t>(m_samples.size()))));
    }
    void undo() override { m_triage.put(m_samples, m_before); }
    void redo() override { m_triage.put(m_samples, m_after); }

private:
    Triage &m_triage;
    std::vector<std::uint32_t> m_samples;
    std::vector<std::uint8_t> m_before;
    std::vector<std::uint8_t> m_after;
};

class Triage::Note : public QUndoCommand {
public:
    Note(Triage &triage, std::size_t sample, const QString &note)
        : QUndoCommand(Triage::tr("note")), m_triage(triage), m_sample(sample), m_before(triage.noteOf(sample)), m_after(note)
    {
    }
    void undo() override { m_triage.putNote(m_sample, m_before); }
    void redo() override { m_triage.putNote(m_sample, m_after); }

private:
    Triage &m_triage;
    std::size_t m_sample;
    QString m_before;
    QString m_after;
};

Triage::Triage(SelectionModel &selection, QObject *parent)
    : QObject(parent), m_selection(selection), m_values(std::make_shared<std::vector<std::uint8_t>>())
{
}

void Triage::reset(std::vector<std::uint8_t> decisions, std::map<std::size_t, QString> notes)
{
    m_reviewed = static_cast<std::size_t>(std::count_if(decisions.begin(), decisions.end(), [](std::uint8_t d) { return d != 0; }));
    m_values = std::make_shared<const std::vector<std::uint8_t>>(std::move(decisions));
    m_notes = std::move(notes);
}

Decision Triage::decisionOf(std::size_t sample) const
{
    return sample < m_values->size() ? static_cast<Decision>((*m_values)[sample]) : Decision::None;
}

QString Triage::noteOf(std::size_t sample) const
{
    const auto at = m_notes.find(sample);
    return at == m_notes.end() ? QString() : at->second;
}

void Triage::decide(std::vector<std::uint32_t> samples, Decision decision)
{
    std::erase_if(samples, [&](std::uint32_t i) { return i >= m_values->size() || decisionOf(i) == decision; });
    if (!samples.empty())
        m_selection.undoStack().push(new Decide(*this, std::move(samples), decision));
}

void Triage::setNote(std::size_t sample, const QString &note)
{
    if (sample < m_values->size() && note != noteOf(sample))
        m_selection.undoStack().push(new Note(*this, sample, note));
}

void Triage::put(const std::vector<std::uint32_t> &samples, const std::vector<std::uint8_t> &decisions)
{
    std::vector<std::uint8_t> values = *m_values; // workers may still read the old one
    for (std::size_t k = 0; k < samples.size(); ++k) {
        m_reviewed -= values[samples[k]] != 0 ? 1 : 0;
        values[samples[k]] = decisions[k];
        m_reviewed += decisions[k] != 0 ? 1 : 0;
    }
    m_values = std::make_shared<const std::vector<std::uint8_t>>(std::move(values));
    Q_EMIT changed(samples);
}

void Triage::putNote(std::size_t sample, const QString &note)
{
    if (note.isEmpty())
        m_notes.erase(sample);
    else
        m_notes[sample] = note;
    Q_EMIT changed({static_cast<std::uint32_t>(sample)});
}

} // namespace winnow::ui
