#include "core/train/scoring.h"
#include "tests/support/collected_events.h"
#include "tests/support/engine_fixtures.h"
#include "tests/support/fixture_dataset.h"

#include <ATen/ATen.h>

namespace winnow {
namespace {

using namespace test;

/// One question's candidates: one picture, a common prompt, and steps that differ by one token after the first site.
class Candidates : public EncodedDataset {
public:
    Candidates(const EncodedSample &row, const std::vector<int> &endings)
    {
        for (const int ending : endings) {
            auto sample = std::make_shared<EncodedSample>(row);
            sample->ids[static_cast<std::size_t>(row.sites.front().position) + 7] = 40 + ending;
            m_samples.push_back(std::move(sample));
        }
    }
    std::size_t size() const override { return m_samples.size(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override { return m_samples[row]; }
    void setLastLabel(std::size_t row, std::int32_t label) { m_samples[row]->sites.back().label = label; }

private:
    std::vector<std::shared_ptr<EncodedSample>> m_samples;
};

class ScoringSamples : public testing::Test {
protected:
    ScoringSamples()
        : row(*FixtureDataset::train(goldenJson("bilevel-table.json")).get(0)),
          tiny(loadTiny("tiny-a-original", at::kDouble)), pool(2, 1), passes(*tiny.model, tinyTokens(), pool, at::kDouble)
    {
    }
    Scoring score(const EncodedDataset &data)
    {
        CollectedEvents events;
        const StopFlag stop;
        return scoreSamples(passes, tiny.parameters, data, StepScores::Purpose::Test, 0, events, stop);
    }

    EncodedSample row;
    LoadedModel tiny;
    WorkerPool pool;
    BatchPasses passes;
};

TEST_F(ScoringSamples, EqualCandidatesGoThroughTheModelOnceAndShareTheirScores)
{
    const Candidates data(row, {0, 1, 0, 2, 1, 0});
    const Scoring scoring = score(data);
    EXPECT_EQ(scoring.computed, 3u);
    const std::size_t equalTo[] = {0, 1, 0, 3, 1, 0};
    double loss = 0, sites = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        EXPECT_EQ(scoring.scores.pPlusFull[i], scoring.scores.pPlusFull[equalTo[i]]) << i;
        const SampleResults alone = passes.forward(tiny.parameters, {data.get(i)});
        ASSERT_EQ(scoring.scores.pPlusFull[i].size(), row.sites.size());
        for (std::size_t s = 0; s < row.sites.size(); ++s) {
            EXPECT_NEAR(scoring.scores.pPlusFull[i][s], alone.pPlusFull[0][s], 1e-6);
            loss += alone.crossEntropy[0][s];
            ++sites;
        }
    }
    EXPECT_NEAR(scoring.scores.meanLoss, loss / sites, 1e-12) << "equal candidates count as often as they stand there";
    EXPECT_NE(scoring.scores.pPlusFull[0], scoring.scores.pPlusFull[1]);
}

TEST_F(ScoringSamples, OtherLabelsMakeAnotherSample)
{
    Candidates data(row, {0, 0});
    ASSERT_EQ(score(data).computed, 1u);
    data.setLastLabel(1, tinyTokens().plus);
    ASSERT_NE(row.sites.back().label, tinyTokens().plus);
    EXPECT_EQ(score(data).computed, 2u);
}

} // namespace
} // namespace winnow
