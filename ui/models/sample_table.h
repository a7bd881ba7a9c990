#pragma once

#include "core/store/dataset_store.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace winnow::ui {

/// The samples of a training set in columns, ten to twenty bytes each. Texts are held for sets up to `wholeUpTo` samples;
/// of larger ones SampleRows reads those that are looked at. Copies share what they hold, so only one that was not copied yet
/// may be added to.
class SampleTable {
public:
    static constexpr std::size_t wholeUpTo = 20000;

    SampleTable();
    void reserve(std::size_t samples);
    void push_back(SampleRecord record); ///< with its texts
    void add(const SampleMarks &marks);  ///< without
    /// Rows by key; needed when the texts are not held.
    void setKeyOrder(std::vector<std::uint32_t> order) { m_columns->keyOrder = std::move(order); }

    std::size_t size() const { return m_columns->subjectOf.size(); }
    bool empty() const { return size() == 0; }
    bool whole() const { return m_columns->records.size() == size(); }
    const SampleRecord &operator[](std::size_t sample) const { return m_columns->records[sample]; } ///< only if whole()
    auto begin() const { return m_columns->records.cbegin(); }
    auto end() const { return m_columns->records.cend(); }
    const std::vector<std::uint32_t> &keyOrder() const { return m_columns->keyOrder; }

    const std::vector<std::string> &subjects() const { return m_columns->subjects; }        ///< distinct, as they appear
    const std::vector<std::uint32_t> &subjectOf() const { return m_columns->subjectOf; }    ///< index in subjects()
    const std::string &subject(std::size_t sample) const { return subjects()[subjectOf()[sample]]; }
    /// One a step; 1: right.
    std::span<const std::uint8_t> labels(std::size_t sample) const
    {
        const std::uint32_t first = m_columns->labelBegin[sample];
        return std::span(m_columns->labels).subspan(first, m_columns->labelBegin[sample + 1] - first);
    }

private:
    struct Columns {
        std::vector<SampleRecord> records;
        std::vector<std::string> subjects;
        std::vector<std::uint32_t> subjectOf;
        std::vector<std::uint8_t> labels;
        std::vector<std::uint32_t> labelBegin{0};
        std::vector<std::uint32_t> keyOrder;
        std::uint32_t lastSubject = 0; ///< rows of one subject often stand together
    };
    std::shared_ptr<Columns> m_columns;
};

} // namespace winnow::ui
