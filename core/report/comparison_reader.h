#pragma once

#include "core/report/comparison.h"

#include <map>

namespace winnow
{

/// Reads runs for a comparison; samples of a data set are read once.
class ComparisonReader
{
public:
    ComparisonReader(Database &database, std::optional<ScoringChoice> scoring)
        : m_database(database), m_scoring(scoring)
    {
    }
    Result<ComparedRun> read(const RunRecord &record);

private:
    Result<SharedSamples> samples(DatasetId dataset);
    Status readDatasets(ComparedRun &run);
    Status readEvaluations(ComparedRun &run);
    Status pick(ComparedRun &run);
    Status pickAsStored(ComparedRun &run);
    bool pickFromScores(ComparedRun &run, const ScoringChoice &choice);
    Status readWeights(ComparedRun &run);

    Database &m_database;
    const std::optional<ScoringChoice> m_scoring;
    std::map<DatasetId, SharedSamples> m_samples;
};

} // namespace winnow
