#include "ui/models/sample_table.h"

#include <algorithm>

namespace winnow::ui {

SampleTable::SampleTable() : m_columns(std::make_shared<Columns>()) {}

void SampleTable::reserve(std::size_t samples)
{
    m_columns->subjectOf.reserve(samples);
    m_columns->labelBegin.reserve(samples + 1);
}

void SampleTable::push_back(SampleRecord record)
{
    add({record.subject, record.labels});
    m_columns->records.push_back(std::move(record));
}

void SampleTable::add(const SampleMarks &marks)
{
    Columns &c = *m_columns;
    if (c.lastSubject >= c.subjects.size() || c.subjects[c.lastSubject] != marks.subject) {
        const auto at = std::find(c.subjects.begin(), c.subjects.end(), marks.subject);
        c.lastSubject = static_cast<std::uint32_t>(at - c.subjects.begin());
        if (at == c.subjects.end())
            c.subjects.push_back(marks.subject);
    }
    c.subjectOf.push_back(c.lastSubject);
    c.labels.insert(c.labels.end(), marks.labels.begin(), marks.labels.end());
    c.labelBegin.push_back(static_cast<std::uint32_t>(c.labels.size()));
}

} // namespace winnow::ui
