#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <functional>
#include <vector>

namespace winnow {

/// Visits in columns of equal length (values before the step's update; see SampleVisit in core/run/run_events.h).
/// A hypergradient that was not taken is NaN.
struct VisitColumns {
    std::vector<std::int64_t> steps;
    std::vector<std::uint32_t> samples;
    std::vector<float> weights;
    std::vector<float> losses;
    std::vector<float> hypergradients;
    std::vector<float> pGiven;
    std::vector<float> margins;

    std::size_t size() const { return steps.size(); }
    void push(std::int64_t step, std::uint32_t sample, float weight, float loss, float hypergradient, float p,
              float margin)
    {
        steps.push_back(step);
        samples.push_back(sample);
        weights.push_back(weight);
        losses.push_back(loss);
        hypergradients.push_back(hypergradient);
        pGiven.push_back(p);
        margins.push_back(margin);
    }
};

struct Visit {
    std::int64_t step = 0;
    std::uint32_t sample = 0;
    float weight = 0;
    float loss = 0;
    float hypergradient = 0;
    float pGiven = 0;
    float margin = 0;
};

/// What each iteration saw of each training sample, by (run, step, sample).
class WINNOW_CORE_API VisitStore {
public:
    explicit VisitStore(Database &database) : m_database(database) {}

    Status append(RunId run, const VisitColumns &visits); ///< replaces equal keys
    /// In (step, sample) order; steps in (afterStep, throughStep].
    Result<VisitColumns> ofRun(RunId run, std::int64_t afterStep = -1, std::int64_t throughStep = INT64_MAX);
    /// The same one after the other, for runs whose visits are not held in memory.
    Status each(RunId run, std::int64_t afterStep, const std::function<void(const Visit &)> &take);
    Result<VisitColumns> ofSample(RunId run, std::uint32_t sample);
    Result<std::int64_t> count(RunId run);

private:
    Database &m_database;
};

} // namespace winnow
