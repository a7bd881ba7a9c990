// What the core says, in the window's second language: its real messages, so that new words in the core are noticed.
#include "core/base/options.h"
#include "core/data/conversation_reader.h"
#include "core/data/dataset_overlap.h"
#include "core/data/test_reader.h"
#include "core/eval/published_anchors.h"
#include "core/rank/health_watch.h"
#include "core/run/alert_monitor.h"
#include "core/run/checkpoint_manifest.h"
#include "core/run/preflight.h"
#include "core/run/run_recorder.h"
#include "core/store/event_store.h"
#include "core/store/run_store.h"
#include "core/text/tokenizer.h"
#include "core/weights/checkpoint_files.h"
#include "core/weights/safetensors_file.h"
#include "tests/core/data/temp_folder.h"
#include "tests/support/collected_events.h"
#include "ui/support/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace winnow::ui {
namespace {

/// Chinese, with nothing left of the English sentence but names, numbers and values of settings.
void expectTranslated(const std::string &english)
{
    const QString words = coreWords(english);
    EXPECT_TRUE(std::any_of(words.begin(), words.end(), [](QChar c) { return c.script() == QChar::Script_Han; }))
        << "add to core_strings.cpp: " << english;
    for (const char *left : {" is ", " are ", " the ", " of ", " must ", ", in '", "%1"})
        EXPECT_FALSE(words.contains(QLatin1String(left))) << words.toStdString() << "\nfrom: " << english;
}

void expectTranslated(const ReadReport &report, std::size_t reasons)
{
    EXPECT_GE(report.dropped.size(), reasons);
    for (const auto &[reason, drop] : report.dropped) {
        expectTranslated(reason);
        expectTranslated(std::to_string(drop.count) + " of " + std::to_string(report.rowsRead)
                         + " rows are left out: " + reason + " (first: row 3).");
    }
    for (const std::string &note : report.notes)
        expectTranslated(note);
}

std::string turns(const std::string &list)
{
    return R"({"id":"a","image":"p.png","conversations":)" + list + "}\n";
}

const std::string good = R"([{"from":"human","value":"q"},{"from":"gpt","value":"+"}])";

TEST(CoreWords, whatARunRunsOn)
{
    EXPECT_EQ(coreWords("CPU, 16 cores, LibTorch 2.11.0"), QStringLiteral("CPU，16 核，LibTorch 2.11.0"));
}

TEST(CoreWords, whyRowsAreLeftOut)
{
    TempFolder folder;
    const std::string text = turns(good) + turns(good) + R"({"id":-1,"conversations":)" + good + "}\n{bad\n[1]\n"
        + turns("1") + turns("[]") + turns("[1]") + turns(R"([{"value":"x"}])") + turns(R"([{"from":"human"}])")
        + turns(R"([{"from":"who","value":"x"}])") + R"({"image":["a","b"],"conversations":)" + good + "}\n"
        + R"({"image":7,"conversations":)" + good + "}\n";
    const auto rows = readConversations(folder.write("t.jsonl", text), RowKind::Train);
    ASSERT_TRUE(rows.ok()) << rows.error().message;
    expectTranslated(rows->report, 8);
    const auto meta = readConversations(
        folder.write("m.jsonl", R"({"true_false":true,"conversations":)" + good + "}\n" + turns(good)), RowKind::Meta);
    ASSERT_TRUE(meta.ok()) << meta.error().message;
    expectTranslated(meta->report, 1);
    const auto questions = readQuestions(folder.write(
        "q.jsonl",
        R"({"question":"q","candidates":["a"],"true_false":[true]})"
        "\n{\"question\":\"q\"}\n"
        R"({"question":"q","candidates":["a"],"true_false":[]})"
        "\n"
        R"({"question":"q","candidates":[],"true_false":[]})"
        "\n"
        R"({"question":"q","candidates":[1],"true_false":[true]})"
        "\n"
        R"({"question":"q","candidates":["a"],"true_false":[1]})"
        "\n"
        R"({"candidates":["a"],"true_false":[true]})"
        "\n"));
    ASSERT_TRUE(questions.ok()) << questions.error().message;
    expectTranslated(questions->report, 6);
    for (const std::string file : {"", "hello", "{bad\n", "[1, "}) {
        const auto none = readConversations(folder.write("none.json", file), RowKind::Train);
        ASSERT_FALSE(none.ok()) << file;
        expectTranslated(none.error().message);
    }
    expectTranslated(readConversations(folder.file("absent.json"), RowKind::Train).error().message);
}

TEST(CoreWords, whatSettingsMustBe)
{
    RunOptions options;
    options.train.batch = 0;
    options.weighting.initial = -5;
    options.weighting.clipLow = 4;
    options.data.metaInTrain = true;
    std::size_t count = 0;
    for (const Method method : {Method::Table, Method::Net, Method::None})
        for (const Estimator estimator : {Estimator::FiniteDifference, Estimator::GradientDot, Estimator::Streamed}) {
            options.weighting.method = method;
            options.weighting.netPath = NetPath::Reference;
            options.meta.estimator = estimator;
            for (const OptionProblem &problem : checkOptions(options)) {
                expectTranslated(problem.message);
                ++count;
            }
        }
    EXPECT_GT(count, 20U);
    for (const auto &[key, text] : {std::pair{"train.batch", "many"}, {"train.batch", "0"}, {"threads", "-1"},
                                    {"weighting.method", "tables"}, {"data.meta_in_train", "perhaps"},
                                    {"train.optimizer.learning_rate", "-1"}}) {
        const Status status = setOptionFromText(options, key, text);
        ASSERT_FALSE(status.ok()) << key << " " << text;
        expectTranslated(status.error().message);
    }
}

/// A store at a.db of the folder, with a run of which nothing but its settings is known.
std::pair<std::unique_ptr<StoreWriter>, RunId> storeWithRun(const TempFolder &folder)
{
    auto writer = StoreWriter::open(folder.file("a.db")).value();
    RunId run;
    EXPECT_TRUE(writer->execute([&](Database &db) -> Status {
        NewRun created;
        created.configJson = std::string("{}");
        WINNOW_ASSIGN(run, RunStore(db).create(created));
        return {};
    }).ok());
    return {std::move(writer), run};
}

TEST(CoreWords, alerts)
{
    const TempFolder folder;
    const auto [writer, run] = storeWithRun(folder);
    AlertLimits limits;
    limits.freeBytes = std::numeric_limits<std::uint64_t>::max(); // no disk has so much
    AlertMonitor monitor(*writer, run, folder.path(), limits);
    const MetricPoint points[] = {{"loss.train", std::numeric_limits<double>::quiet_NaN()}, {"time.iteration", 0.1}};
    monitor.onProgress("training", 5, 100);
    monitor.onMetrics(5, points);
    monitor.tick(AlertMonitor::Clock::now() + std::chrono::hours(10));
    ASSERT_TRUE(writer->flush().ok());
    auto db = Database::open(folder.file("a.db"));
    const auto events = EventStore(*db).noticesAfter(0).value();
    EXPECT_EQ(events.size(), 3U) << "not a number, no progress, disk";
    for (const EventRecord &event : events)
        expectTranslated(event.text);
}

TEST(CoreWords, whatARunTellsOfItself)
{
    const TempFolder folder;
    const auto [writer, run] = storeWithRun(folder);
    ASSERT_TRUE(writer->execute([&run = run, &folder](Database &db) {
        return RunStore(db).claim(run, folder.path(), "cpu", 1);
    }).ok());
    const StopFlag stop;
    RunRecorder recorder(*writer, run, stop);
    recorder.onCheckpoint({100, folder.path(), 1});
    recorder.onPaused(100);
    recorder.onResumed(100);
    recorder.goesOnFrom(100);
    ASSERT_TRUE(writer->flush().ok());
    auto db = Database::open(folder.file("a.db"));
    const auto events = EventStore(*db).ofRun(run).value();
    EXPECT_EQ(events.size(), 4U);
    for (const EventRecord &event : events)
        expectTranslated(event.text);
}

TEST(CoreWords, publishedFiguresAndTheirSource)
{
    expectTranslated(std::string(publishedAnchorsNote()));
    for (const PublishedAnchor &anchor : publishedAnchors())
        expectTranslated(std::string(anchor.source));
}

TEST(CoreWords, healthOfWeightsAndLoss)
{
    test::CollectedEvents told;
    HealthWatch watch(told, RunOptions());
    std::vector<float> piled(100, 3.0F);
    watch.onWeights({1, piled, {}});
    std::fill(piled.begin(), piled.end(), 0.0F);
    piled[0] = 1;
    watch.onWeights({2, piled, {}});
    for (int i = 0; i < 400; ++i) {
        const MetricPoint point{"loss.train", i < 50 ? 1.0 : 100.0};
        watch.onMetrics(i, {&point, 1});
    }
    EXPECT_GE(told.events.size(), 3U);
    for (const auto &event : told.events)
        expectTranslated(event.text);
}

TEST(CoreWords, whatALookAtFilesFinds)
{
    TempFolder folder;
    RunOptions options;
    options.model.checkpoint = folder.file("absent");
    options.data.train = folder.write("t.jsonl", turns(good) + "{bad\n");
    options.data.meta = folder.write("m.jsonl", R"({"id":"a","true_false":true,"conversations":)" + good + "}\n");
    const auto found = preflight(options);
    ASSERT_TRUE(found.ok()) << found.error().message;
    int ofData = 0;
    for (const PreflightFinding &finding : found->findings)
        if (finding.key.starts_with("data.")) {
            expectTranslated(finding.text);
            ++ofData;
        }
    EXPECT_GE(ofData, 4) << "a row left out, pictures, the form of the meta file, a shared id";
}

/// The result failed, and its reason is in the person's language.
template <typename Wrong>
void expectTranslatedFailure(const Wrong &wrong, const std::string &what)
{
    ASSERT_FALSE(wrong.ok()) << what;
    expectTranslated(wrong.error().message);
}

TEST(CoreWords, whyACheckpointCannotBeUsed)
{
    TempFolder folder;
    expectTranslatedFailure(CheckpointFiles::open(folder.file("absent")), "no folder");
    expectTranslatedFailure(CheckpointFiles::open(folder.path()), "no weights");
    folder.write("old/pytorch_model.bin", "x");
    expectTranslatedFailure(CheckpointFiles::open(folder.file("old")), "other weights");
    for (const std::string index : {"{}", R"({"weight_map":{"a":"../b"}})", R"({"weight_map":{"a":"b.safetensors"}})", "{", "[1,",
                                    R"({"weight_map":{"a":)"}) {
        folder.write("shards/model.safetensors.index.json", index);
        expectTranslatedFailure(CheckpointFiles::open(folder.file("shards")), index);
    }
    const auto withHeader = [](const std::string &header, const std::string &data) {
        std::string bytes(8, '\0');
        for (std::size_t i = 0; i < 8; ++i)
            bytes[i] = static_cast<char>(header.size() >> (8 * i) & 0xff);
        return bytes + header + data;
    };
    const std::string data(16, 'x');
    const std::string a = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":)";
    std::vector<std::string> files{"", std::string(8, '\xff') + "{}", std::string("\x40\0\0\0\0\0\0\0{}", 10)};
    for (const std::string header :
         {"x", "{bad}", "{}\n", R"({"__metadata__":1})", R"({"__metadata__":{"a":1}})", R"({"a":1})", R"({"a":{}})",
          R"({"a":{"more":1}})", R"({"a":{"dtype":"F32"}})", R"({"a":{"dtype":"Q","shape":[]}})",
          R"({"a":{"dtype":"F32","shape":[1.5]}})", R"({"a":{"dtype":"F32","shape":[9223372036854775807]}})",
          R"({"a":{"dtype":"F32","shape":[1]}})", R"({"a":{},"a":{}})", R"({"":{}})", R"({"a":{"b":}})",
          R"({"a":{"b":1,"b":1}})"})
        files.push_back(withHeader(header, data));
    for (const std::string offsets : {"[8,0]}}", "[0,99]}}", "[0,4]}}", "[4,12]}}", "[0,8]}}"})
        files.push_back(withHeader(a + offsets, data));
    files.push_back(withHeader(R"({"a":)" + std::string(40, '['), data)); // too deep
    for (const std::string &bytes : files)
        expectTranslatedFailure(SafetensorsFile::open(folder.write("a.safetensors", bytes)), bytes);
    folder.write("one/model.safetensors", withHeader(a + "[0,8]}}", data.substr(0, 8)));
    expectTranslatedFailure(CheckpointFiles::open(folder.file("one")), "no sizes");
}

TEST(CoreWords, whyATokenizerCannotBeUsed)
{
    TempFolder folder;
    expectTranslatedFailure(Tokenizer::load(folder.file("absent")), "absent");
    expectTranslatedFailure(Tokenizer::load(folder.path()), "empty folder");
    int number = 0;
    for (const auto &[vocabulary, merges] :
         {std::pair{"{bad", ""}, {"[]", ""}, {R"({"a":"x"})", ""}, {R"({"\u4e2d":0})", ""}, {R"({"a":0})", "a"},
          {R"({"a":0})", "\xe4\xb8\xad a"}, {R"({"a":0})", ""}}) {
        const std::string name = "t" + std::to_string(number++);
        folder.write(name + "/vocab.json", vocabulary);
        folder.write(name + "/merges.txt", merges);
        expectTranslatedFailure(Tokenizer::load(folder.file(name)), vocabulary);
        folder.write(name + "/added_tokens.json", number % 2 ? "[]" : R"({"<x>":"y"})");
        expectTranslatedFailure(Tokenizer::load(folder.file(name)), std::string(vocabulary) + " with added tokens");
    }
    expectTranslatedFailure(Tokenizer::load(folder.file("t0/vocab.json")), "a file alone");
    for (const std::string text : {"{}", R"({"model":{"type":"Unigram"}})", R"({"model":{"dropout":1}})", R"({"model":{}})"})
        expectTranslatedFailure(Tokenizer::load(folder.write("tokenizer.json", text)), text);
    for (const std::string text : {"x y\n", "YQ== 5\n", "YQ==\n", "YQ== 0\n"})
        expectTranslatedFailure(Tokenizer::load(folder.write("qwen.tiktoken", text)), text);
}

TEST(CoreWords, whyAStoredCheckpointIsNotGoneOnFrom)
{
    TempFolder folder;
    expectTranslatedFailure(readManifest(folder.path()), "no manifest");
    for (const std::string text : {"{}", "{bad", R"({"step":1,"files":[{"name":"../x"}]})"}) {
        folder.write("manifest.json", text);
        expectTranslatedFailure(verifyCheckpoint(folder.path()), text);
    }
    folder.write("manifest.json", R"({"step":1,"files":[{"name":"w","bytes":3,"sha256":"0"}]})");
    expectTranslatedFailure(verifyCheckpoint(folder.path()), "a file is missing");
    folder.write("w", "1234");
    expectTranslatedFailure(verifyCheckpoint(folder.path()), "another size");
    folder.write("w", "123");
    expectTranslatedFailure(verifyCheckpoint(folder.path()), "other contents");
    const std::string temporary = beginCheckpoint(folder.file("run"), 1).value();
    expectTranslatedFailure(completeCheckpoint(temporary, 1), "nothing in it");
}

TEST(CoreWords, whatTheStoreRefuses)
{
    TempFolder folder;
    expectTranslatedFailure(Database::open(folder.path()), "a folder");
    expectTranslatedFailure(Database::open(""), "no name");
    expectTranslatedFailure(Database::open(folder.write("text.db", "no store")), "a text file");
    expectTranslatedFailure(Database::open(folder.file("no/such/a.db")), "no folder");
    auto db = Database::open(folder.file("a.db"));
    ASSERT_TRUE(db.ok()) << db.error().message;
    expectTranslatedFailure(db->backupTo(folder.file("text.db")), "there already");
    RunStore runs(*db);
    NewRun created;
    created.configJson = std::string("{}");
    const RunId run = runs.create(created).value();
    expectTranslatedFailure(runs.get(RunId{99}), "no such run");
    expectTranslatedFailure(runs.rename(run, ""), "an empty name");
    expectTranslatedFailure(runs.setState(run, RunState::Finished), "a state that cannot follow");
}

TEST(CoreWords, namesStayAsTheyAre)
{
    const QString words = coreWords("There is already a set named \"open\" of this data. Choose another name.");
    EXPECT_TRUE(words.contains(QStringLiteral("open"))) << words.toStdString();
    expectTranslated("There is already a set named \"open\" of this data. Choose another name.");
    for (const char *text : {"Cannot read runs of the store \"x.db\": database is locked. Another program holds it; try again when "
                             "that has ended.",
                             "Cannot open the store \"x.db\": disk I/O error. Check the disk.",
                             "Cannot add a run to the store \"x.db\": database or disk is full. Free some space on that disk."}) {
        expectTranslated(text);
        for (const char *left : {"locked", "I/O", "full", "open", "add", "read"})
            EXPECT_FALSE(coreWords(text).contains(QLatin1String(left))) << coreWords(text).toStdString();
    }
}

TEST(CoreWords, whatIsNotKnownStays)
{
    for (const char *text : {"", "Something else happened.", "%1 %2", "is not a path"})
        EXPECT_EQ(coreWords(text).toStdString(), text);
    EXPECT_TRUE(coreWords("%2 of %1: the file holds no row.").startsWith(QStringLiteral("%2 of %1")))
        << "what is put in is never taken for a place";
}

} // namespace
} // namespace winnow::ui
