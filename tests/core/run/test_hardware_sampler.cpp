#include "core/run/hardware_sampler.h"

#include "core/run/hardware_recorder.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

namespace winnow
{
namespace
{

using namespace std::chrono_literals;

std::map<std::string, double> byName(const std::vector<HardwareReading> &readings)
{
    std::map<std::string, double> map;
    for (const HardwareReading &reading : readings)
        map[reading.series] = reading.value;
    return map;
}

class Hardware : public testing::Test
{
protected:
    void SetUp() override
    {
        std::filesystem::create_directories(folder.file("self"));
        put(1000, 3000, 100, 5'000'000, 1'000'000);
        test::writeFile(folder.file("self/statm"), "9999 2500 100 1 0 500 0\n");
        test::writeFile(folder.file("meminfo"),
                        "MemTotal:       8000000 kB\nMemFree:  100 kB\nMemAvailable:   6000000 kB\n");
    }
    void put(int busy, int idle, int process, int read, int written)
    {
        test::writeFile(folder.file("stat"),
                        "cpu  " + std::to_string(busy) + " 0 0 " + std::to_string(idle)
                            + " 0 0 0 0 0 0\ncpu0 1 1 1 1\n");
        test::writeFile(folder.file("self/stat"),
                        "42 (a ) b) S 1 1 1 0 -1 4194560 1 1 1 1 " + std::to_string(process) + " 20 0 0 20 0 1\n");
        test::writeFile(folder.file("self/io"),
                        "rchar: 1\nread_bytes: " + std::to_string(read) + "\nwrite_bytes: " + std::to_string(written)
                            + "\n");
    }
    test::StoreFolder folder;
};

TEST_F(Hardware, behaviour19RatesAreBetweenTwoReadings)
{
    HardwareSampler sampler(folder.path(), folder.path());
    const auto start = std::chrono::steady_clock::time_point(10s);
    const auto first = byName(sampler.sample(start));
    EXPECT_FALSE(first.contains("hw.cpu")) << "no time has passed yet";
    EXPECT_NEAR(first.at("hw.memory_used"), 25, 1e-9);
    EXPECT_GT(first.at("hw.memory_gb"), 0);
    EXPECT_GT(first.at("hw.disk_free_gb"), 0);
    put(1150, 3050, 150, 9'000'000, 2'000'000);
    const auto second = byName(sampler.sample(start + 2s));
    EXPECT_NEAR(second.at("hw.cpu"), 75, 1e-9) << "150 of 200";
    EXPECT_NEAR(second.at("hw.cpu_process"), 25, 1e-9) << "50 of 200, read behind a name with brackets";
    EXPECT_NEAR(second.at("hw.disk_read_mb"), 2, 1e-9);
    EXPECT_NEAR(second.at("hw.disk_write_mb"), 0.5, 1e-9);
}

TEST_F(Hardware, behaviour19AnAbsentSensorGivesNoReading)
{
    std::filesystem::remove(folder.file("self/io"));
    HardwareSampler sampler({}, folder.path());
    sampler.sample();
    const auto readings = byName(sampler.sample());
    EXPECT_FALSE(readings.contains("hw.disk_read_mb"));
    EXPECT_FALSE(readings.contains("hw.disk_free_gb"));
    EXPECT_EQ(readings.contains("hw.gpu"), sampler.hasGpu()) << "a GPU is read exactly where there is one";
    EXPECT_FALSE(readings.contains("hw.cpu")) << "no time passed in this /proc, so there is no rate";
}

TEST(HardwareHere, thisMachineIsRead)
{
    HardwareSampler sampler;
    sampler.sample();
    double sum = 0; // some work, so that jiffies pass
    for (int round = 0; round < 200 && !byName(sampler.sample()).contains("hw.cpu"); ++round)
        for (int i = 1; i < 1000000; ++i)
            sum += 1.0 / i;
    EXPECT_GT(sum, 0);
    EXPECT_GT(byName(sampler.sample()).at("hw.memory_gb"), 0.0005);
}

TEST(HardwareHere, behaviour19ReadingsAreKeptWithTheRunAtItsStep)
{
    test::StoreFolder folder;
    auto writer = StoreWriter::open(folder.file("a.db"));
    ASSERT_TRUE(writer.ok()) << writer.error().message;
    RunId run;
    NewRun fresh;
    fresh.configJson = "{}";
    fresh.stage = "bilevel";
    ASSERT_TRUE((*writer)->execute([&run, &fresh](Database &db) -> Status {
        WINNOW_ASSIGN(run, RunStore(db).create(fresh));
        return RunStore(db).claim(run, "/runs/none", "CPU", 1);
    }).ok());
    auto reader = Database::open(folder.file("a.db"));
    ASSERT_TRUE(reader.ok());
    HardwareRecorder recorder(**writer, run, folder.path());
    recorder.onProgress("training", 17, 100);
    recorder.onProgress("scoring", 640, 3200);
    MetricSeries kept;
    for (int wait = 0; wait < 3000 && kept.steps.empty(); ++wait) { // the first reading comes after two seconds
        std::this_thread::sleep_for(20ms);
        recorder.tick();
        auto series = MetricStore(*reader).series(run, "hw.memory_gb");
        ASSERT_TRUE(series.ok()) << series.error().message;
        kept = std::move(series).value();
    }
    ASSERT_EQ(kept.steps, std::vector<std::int64_t>{17});
    EXPECT_GT(kept.values[0], 0);
    EXPECT_GT(kept.wallMs[0], 0);
}

} // namespace
} // namespace winnow
