#include "tests/support/made_up_runs.h"

#include "ui/bridge/store_reader.h"

namespace winnow::test
{

ui::RunRow finishedRun(std::int64_t id, const char *method, double accuracy)
{
    ui::RunRow row;
    row.record.id = RunId{id};
    row.record.name = std::string(method) + "-" + std::to_string(id);
    row.record.stage = "bilevel";
    row.record.method = method;
    row.record.seed = id % 5;
    row.record.state = RunState::Finished;
    row.record.createdMs = id;
    row.record.result.seconds = 50 + static_cast<double>(id);
    row.group = ui::groupOfRun(row.record);
    row.optionsValid = true;
    row.options.seed = row.record.seed;
    row.accuracy = ui::Interval{accuracy, accuracy - 0.03, accuracy + 0.03};
    return row;
}

ui::RunRows sixRuns()
{
    ui::RunRows rows;
    rows.push_back(finishedRun(1, "net", 0.84));
    rows.push_back(finishedRun(2, "net", 0.80));
    rows.push_back(finishedRun(3, "net", 0.86));
    rows.push_back(finishedRun(4, "table", 0.85));
    ui::RunRow tagged = finishedRun(6, "net", 0.9);
    tagged.record.tags = {"noise-30", "abl"};
    tagged.options.meta.gradientEma = 0.9;
    rows.push_back(tagged);
    ui::RunRow open = finishedRun(7, "net", 0);
    open.accuracy.reset();
    rows.push_back(open);
    return rows;
}

} // namespace winnow::test
