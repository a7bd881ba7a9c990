#pragma once

#include "core/store/dataset_store.h"

#include <string>
#include <vector>

namespace winnow
{

/// Looks at a data set of any size a few rows at a time. Thread: that of its Database.
class WINNOW_CORE_API SampleBrowser
{
public:
    explicit SampleBrowser(Database &database) : m_database(database) { }

    /// The samples with these indices, in their order. Error: one of them is not there.
    Result<std::vector<SampleRecord>> samples(DatasetId dataset, const std::vector<std::int64_t> &indices);
    /// Indices in [first, end) of samples that hold `text` in key, subject, question or a step, in order. Upper and
    /// lower case of a to z are alike. One look at that many rows; a large set is searched in parts.
    Result<std::vector<std::int64_t>> find(DatasetId dataset, const std::string &text, std::int64_t first,
                                           std::int64_t end);
    /// Paths of the pictures of samples first, first + 1, ... at most `count`; none for a sample of text only.
    Result<std::vector<std::vector<std::string>>> pictures(DatasetId dataset, std::int64_t first, std::int64_t count);
    /// Places of all samples in their file, ascending.
    Result<std::vector<std::int64_t>> fileRows(DatasetId dataset);

private:
    Database &m_database;
};

} // namespace winnow
