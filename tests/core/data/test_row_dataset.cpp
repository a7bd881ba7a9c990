#include "core/data/row_dataset.h"

#include "core/base/sha256.h"
#include "core/data/demo/demo_base.h"
#include "core/data/demo/demo_files.h"
#include "core/data/dataset_identity.h"
#include "core/data/meta_reader.h"
#include "core/data/test_reader.h"
#include "core/data/train_reader.h"
#include "core/image/decode.h"
#include "core/image/dynamic_tiling.h"
#include "tests/core/data/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <thread>

namespace winnow {
namespace {

const DigitSheet &sheet()
{
    static const DigitSheet loaded = std::move(DigitSheet::load(std::string(WINNOW_SOURCE_DIR) + "/resources/demo")).value();
    return loaded;
}

DemoTask smallTask()
{
    DemoTaskOptions options;
    options.seed = 11;
    options.trainRows = 240;
    options.metaRows = 60;
    options.holdoutRows = 20;
    options.questions = 30;
    return std::move(generateDemoTask(sheet(), options)).value();
}

SampleEncoder demoEncoder(MissingPicture missing = MissingPicture::Drop, std::int64_t limit = 12288)
{
    SampleEncoderOptions options;
    options.tileSize = demoTileSize;
    options.tokensPerTile = demoTokensPerTile;
    options.maxTiles = demoMaxTiles;
    options.missingPicture = missing;
    options.tokenLimit = limit;
    return std::move(SampleEncoder::create(std::move(makeDemoTokenizer()).value(), options)).value();
}

class DemoFolder : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_folder = std::make_unique<TempFolder>();
        ASSERT_TRUE(writeDemoTask(smallTask(), sheet(), s_folder->path()).ok());
    }
    static void TearDownTestSuite() { s_folder.reset(); }
    static std::string file(const char *name) { return s_folder->file(name); }
    static std::vector<ConversationRow> trainRows()
    {
        return std::move(readTrainRows(file("train.json")).value().rows);
    }
    static std::unique_ptr<TempFolder> s_folder;
};
std::unique_ptr<TempFolder> DemoFolder::s_folder;

TEST_F(DemoFolder, TrainLabelsAreThoseOfTheGeneratorFlippedWhereNoise)
{
    const DemoTask task = smallTask();
    const SampleEncoder encoder = demoEncoder();
    const auto set = RowDataset::open(trainRows(), encoder, {});
    ASSERT_TRUE(set.ok()) << set.error().message;
    ASSERT_EQ(set.value()->size(), task.train.size());
    int flipped = 0;
    for (std::size_t i = 0; i < task.train.size(); ++i) {
        const DemoRow &row = task.train[i];
        const auto sample = set.value()->get(i);
        ASSERT_EQ(sample->sites.size(), row.chain.steps.size());
        for (std::size_t s = 0; s < sample->sites.size(); ++s) {
            const bool plus = row.chain.labels[s] != row.noise;
            EXPECT_EQ(sample->sites[s].label, plus ? 10 : 12);
            const auto position = static_cast<std::size_t>(sample->sites[s].position);
            EXPECT_EQ(sample->ids[position], 198);
            EXPECT_EQ(sample->ids[position + 1], sample->sites[s].label);
        }
        EXPECT_EQ(set.value()->rows()[i].knownNoise, row.noise);
        EXPECT_EQ(set.value()->rows()[i].subject, demoSubjectNames[static_cast<std::size_t>(row.problem.subject)]);
        flipped += row.noise ? 1 : 0;
    }
    EXPECT_EQ(flipped, 72); // 80 rows a subject at 20, 30 and 40 %
}

TEST_F(DemoFolder, RowsKeepTheirTokenBudgetAndGrids)
{
    const SampleEncoder encoder = demoEncoder();
    const auto train = RowDataset::open(trainRows(), encoder, {});
    const auto test = RowDataset::open(std::move(readQuestions(file("test.json")).value().questions), encoder, {});
    ASSERT_TRUE(train.ok() && test.ok());
    for (const auto *set : {&train.value(), &test.value()}) {
        std::cout << "tokens: mean " << (*set)->meanTokens() << ", longest " << (*set)->longestSample() << '\n';
        EXPECT_LE((*set)->meanTokens(), 115);
        EXPECT_GE((*set)->meanTokens(), 90);
        EXPECT_LE((*set)->longestSample(), 140u);
    }
    const DemoTask task = smallTask();
    for (std::size_t i = 0; i < task.train.size(); ++i) {
        const auto sample = train.value()->get(i);
        const int digits = static_cast<int>(task.train[i].problem.digits.size());
        EXPECT_EQ(sample->tiles.columns, digits);
        EXPECT_EQ(sample->tiles.rows, 1);
        EXPECT_EQ(sample->tiles.count, digits + 1);
        EXPECT_EQ(std::count(sample->ids.begin(), sample->ids.end(), encoder.imageContextId()), (digits + 1) * 4);
    }
}

TEST_F(DemoFolder, TheRunsTilesEqualThoseOfTheBase)
{
    // The base sees pictures that never were files; both ways must give the same bytes.
    const DemoTask task = smallTask();
    const SampleEncoder encoder = demoEncoder();
    const auto tiles = encoder.loadTiles(picturesOf(trainRows()[4]));
    ASSERT_TRUE(tiles.ok());
    EXPECT_EQ(tiles->rgb, tilePicture(sheet().sideBySide(task.train[4].problem.pictures), 6, 28).rgb);
}

TEST_F(DemoFolder, CandidatesAreScoredWithPlusAtEachStep)
{
    const DemoTask task = smallTask();
    for (StepSplitter splitter : {StepSplitter::KeepNumbers, StepSplitter::Reference}) {
        SampleEncoderOptions options = demoEncoder().options();
        options.splitter = splitter;
        auto encoder = SampleEncoder::create(std::move(makeDemoTokenizer()).value(), options);
        auto file_ = readQuestions(file("test.json"));
        ASSERT_TRUE(file_.ok()) << file_.error().message;
        const auto set = RowDataset::open(std::move(file_->questions), std::move(*encoder), {});
        ASSERT_TRUE(set.ok()) << set.error().message;
        ASSERT_EQ(set.value()->size(), 240u);
        for (std::size_t i = 0; i < 240; ++i) {
            const CandidateIndex place = set.value()->candidateOf(i);
            EXPECT_EQ(place, (CandidateIndex{static_cast<std::uint32_t>(i / 8), static_cast<std::uint32_t>(i % 8)}));
            const DemoChain &chain = task.test[i / 8].candidates[i % 8];
            std::vector<std::string> steps;
            for (const Turn &turn : set.value()->encoder().candidateTurns(set.value()->questions()[i / 8], i % 8)) {
                if (turn.role == Turn::Role::User)
                    steps.push_back(turn.text);
            }
            EXPECT_EQ(steps.front(), demoQuestionTurn(task.test[i / 8].problem));
            steps.erase(steps.begin());
            EXPECT_EQ(steps, chain.steps);
            const auto sample = set.value()->get(i);
            EXPECT_EQ(sample->sites.size(), chain.steps.size());
            EXPECT_TRUE(std::all_of(sample->sites.begin(), sample->sites.end(), [](Site s) { return s.label == 10; }));
            EXPECT_EQ(sample->answerIsRight, chain.answerRight);
        }
    }
}

TEST_F(DemoFolder, MetaFilesHaveTheirTwoForms)
{
    const DemoTask task = smallTask();
    const auto steps = readMetaRows(file("meta.json"));
    const auto answers = readMetaRows(file("meta_answer_level.json"));
    ASSERT_TRUE(steps.ok() && answers.ok());
    EXPECT_EQ(steps->form, MetaForm::StepLevel);
    EXPECT_EQ(answers->form, MetaForm::AnswerLevel);
    EXPECT_TRUE(steps->report.dropped.empty());
    EXPECT_TRUE(steps->report.notes.empty());
    const SampleEncoder encoder = demoEncoder();
    for (std::size_t i = 0; i < task.meta.size(); ++i) {
        const auto clean = encoder.encode(steps->rows[i]);
        const auto placeholder = encoder.encode(answers->rows[i]);
        ASSERT_TRUE(clean.ok() && placeholder.ok());
        EXPECT_TRUE(clean->answerIsRight);
        EXPECT_EQ(placeholder->answerIsRight, task.meta[i].chain.answerRight);
        for (std::size_t s = 0; s < clean->sites.size(); ++s) {
            EXPECT_EQ(clean->sites[s].label, task.meta[i].chain.labels[s] ? 10 : 12);
            EXPECT_EQ(placeholder->sites[s].label, 10);
        }
    }
    EXPECT_EQ(detectRowKind(file("train.json")).value(), RowKind::Train);
    EXPECT_EQ(detectRowKind(file("meta.json")).value(), RowKind::Meta);
    EXPECT_EQ(detectRowKind(file("test.json")).value(), RowKind::Test);
}

TEST_F(DemoFolder, DropsRowsWithTheirReason)
{
    auto rows = trainRows();
    rows[3].picturePath = file("pictures/none.png");
    rows[5].turns.pop_back();
    for (Turn &turn : rows[5].turns) {
        if (turn.role == Turn::Role::Assistant)
            turn.text = "Good";
    }
    rows[6].turns[1].text += " <image> <image>";
    const auto set = RowDataset::open(rows, demoEncoder(), {});
    ASSERT_TRUE(set.ok()) << set.error().message;
    EXPECT_EQ(set.value()->size(), 237u);
    const auto &report = set.value()->report();
    EXPECT_EQ(report.rowsRead, 240);
    EXPECT_EQ(report.rowsKept, 237);
    EXPECT_EQ(report.dropped.at(std::string(drop_reason::picture)), (DropCount{1, 3}));
    EXPECT_EQ(report.dropped.at(std::string(drop_reason::noSite)), (DropCount{1, 5}));
    EXPECT_EQ(report.dropped.at(std::string(drop_reason::severalPlaces)), (DropCount{1, 6}));
    EXPECT_EQ(set.value()->rows()[3].key, "train-00004") << "records stay beside their samples";
}

TEST_F(DemoFolder, KeepsARowWithoutItsPictureWhenAsked)
{
    auto rows = trainRows();
    rows[3].picturePath = file("pictures/none.png");
    const auto set = RowDataset::open(rows, demoEncoder(MissingPicture::TextOnly), {});
    ASSERT_TRUE(set.ok());
    EXPECT_EQ(set.value()->size(), 240u);
    EXPECT_EQ(set.value()->picturesMissing(), 1);
    const auto sample = set.value()->get(3);
    EXPECT_TRUE(sample->pictureMissing);
    EXPECT_EQ(sample->tiles.count, 0);
    EXPECT_EQ(std::count(sample->ids.begin(), sample->ids.end(), demoEncoder().imageContextId()), 0);
}

TEST_F(DemoFolder, SeveralPicturesOfARowShareItsTiles)
{
    auto rows = trainRows();
    const std::string other = rows[1].picturePath;
    rows[0].furtherPictures = {other, rows[0].picturePath};
    rows[1].furtherPictures = {file("pictures/none.png")}; // one missing picture is a missing picture
    rows[2].furtherPictures = {other};
    rows[2].turns[1].text += " <image>"; // neither none nor one for each
    RowDatasetOptions tight;
    tight.tileBytes = 0; // read again whenever they are asked for
    for (const RowDatasetOptions &options : {RowDatasetOptions{}, tight}) {
        const auto set = RowDataset::open(rows, demoEncoder(), options);
        ASSERT_TRUE(set.ok()) << set.error().message;
        EXPECT_EQ(set.value()->report().dropped.at(std::string(drop_reason::picture)), (DropCount{1, 1}));
        EXPECT_EQ(set.value()->report().dropped.at(std::string(drop_reason::otherPlaces)), (DropCount{1, 2}));
        const auto sample = set.value()->get(0);
        std::vector<std::uint8_t> rgb;
        std::vector<int> counts;
        for (const std::string &path : picturesOf(rows[0])) {
            const Tiles part = tilePicture(readPicture(path).value(), demoMaxTiles / 3, demoTileSize);
            counts.push_back(part.count);
            rgb.insert(rgb.end(), part.rgb.begin(), part.rgb.end());
        }
        EXPECT_EQ(sample->tiles.ofPicture, counts);
        EXPECT_EQ(sample->tiles.rgb, rgb);
        const SampleEncoder &encoder = set.value()->encoder();
        // One block of the picture's own length each, in order.
        std::vector<int> blocks;
        for (std::size_t i = 0; i < sample->ids.size(); ++i) {
            if (sample->ids[i] != encoder.imageContextId())
                continue;
            if (sample->ids[i - 1] != encoder.imageContextId())
                blocks.push_back(0);
            ++blocks.back();
        }
        for (int &block : blocks)
            block /= demoTokensPerTile;
        EXPECT_EQ(blocks, counts);
    }
}

TEST_F(DemoFolder, NeverCutsALongRow)
{
    const auto set = RowDataset::open(trainRows(), demoEncoder(MissingPicture::Drop, 105), {});
    ASSERT_TRUE(set.ok());
    EXPECT_LE(set.value()->longestSample(), 105u);
    EXPECT_EQ(set.value()->report().rowsKept + set.value()->report().dropped.at(std::string(drop_reason::tooLong)).count,
              240);
    const auto none = RowDataset::open(trainRows(), demoEncoder(MissingPicture::Drop, 20), {});
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().message.find("240 x longer than the token limit"), std::string::npos);
}

TEST_F(DemoFolder, ASmallBudgetGivesTheSameSamples)
{
    RowDatasetOptions tight;
    tight.tileBytes = 50'000;
    const auto whole = RowDataset::open(trainRows(), demoEncoder(), {});
    const auto lazy = RowDataset::open(trainRows(), demoEncoder(), tight);
    ASSERT_TRUE(whole.ok() && lazy.ok());
    std::atomic<int> different{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < whole.value()->size(); ++i) {
                const auto a = whole.value()->get(i), b = lazy.value()->get(i);
                if (a->ids != b->ids || a->sites != b->sites || a->tiles.rgb != b->tiles.rgb)
                    ++different;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(different, 0);
    EXPECT_EQ(lazy.value()->picturesLost(), 0);
}

TEST_F(DemoFolder, CountsAPictureThatVanishesLater)
{
    TempFolder copy;
    std::filesystem::copy(s_folder->path(), copy.path(), std::filesystem::copy_options::recursive);
    RowDatasetOptions tight;
    tight.tileBytes = 0;
    const auto set = RowDataset::open(std::move(readTrainRows(copy.file("train.json")).value().rows), demoEncoder(), tight);
    ASSERT_TRUE(set.ok());
    std::filesystem::remove(copy.file("pictures/train-00002.png"));
    const auto sample = set.value()->get(2);
    EXPECT_TRUE(sample->pictureMissing);
    EXPECT_EQ(sample->tiles.rgb.size(), static_cast<std::size_t>(sample->tiles.count) * 28 * 28 * 3);
    EXPECT_EQ(set.value()->picturesLost(), 1);
}

TEST_F(DemoFolder, StopsWhenAsked)
{
    StopFlag stop;
    stop.requestStop();
    EXPECT_FALSE(RowDataset::open(trainRows(), demoEncoder(), {}, &stop).ok());
}

TEST_F(DemoFolder, SubsetsAndJoinsKeepTheOrder)
{
    const auto train = RowDataset::open(trainRows(), demoEncoder(), {});
    const auto meta = RowDataset::open(std::move(readMetaRows(file("meta.json")).value().rows), demoEncoder(), {});
    const ConcatenatedDataset both({train.value().get(), meta.value().get()});
    ASSERT_EQ(both.size(), 300u);
    EXPECT_EQ(both.get(239), train.value()->get(239));
    EXPECT_EQ(both.get(240), meta.value()->get(0));
    EXPECT_EQ(both.get(299), meta.value()->get(59));
    const SubsetDataset some(both, {299, 0, 0});
    EXPECT_EQ(some.size(), 3u);
    EXPECT_EQ(some.get(0), meta.value()->get(59));
    EXPECT_EQ(some.get(2), train.value()->get(0));
}

TEST_F(DemoFolder, IdentityChangesWithRowsAndPictures)
{
    TempFolder copy;
    std::filesystem::copy(s_folder->path(), copy.path(), std::filesystem::copy_options::recursive);
    auto identity = [](const std::string &rowFile) {
        PictureDigests pictures;
        const ConversationFile file_ = readTrainRows(rowFile).value();
        for (const ConversationRow &row : file_.rows)
            pictures.addRow(picturesOf(row));
        return datasetIdentity(rowFile, pictures).value();
    };
    const std::string original = identity(file("train.json"));
    EXPECT_EQ(original.size(), 64u);
    EXPECT_EQ(identity(copy.file("train.json")), original) << "the folder does not count";
    std::filesystem::copy_file(copy.file("pictures/train-00001.png"), copy.file("pictures/train-00007.png"),
                               std::filesystem::copy_options::overwrite_existing);
    const std::string otherPicture = identity(copy.file("train.json"));
    EXPECT_NE(otherPicture, original);
    std::ofstream(copy.file("train.json"), std::ios::app) << "\n";
    EXPECT_NE(identity(copy.file("train.json")), otherPicture);
    EXPECT_FALSE(datasetIdentity(copy.file("absent.json"), {}).ok());
}

TEST(DatasetIdentity, EveryPictureOfARowCountsInItsPlace)
{
    TempFolder folder;
    const std::string rows = folder.write("rows.jsonl", "{}\n");
    const std::string a = folder.write("a.png", "A"), b = folder.write("b.png", "B");
    const auto identity = [&rows](const std::vector<std::vector<std::string>> &pictures) {
        PictureDigests digests;
        for (const std::vector<std::string> &row : pictures)
            digests.addRow(row);
        return datasetIdentity(rows, digests).value();
    };
    const std::string head = *sha256OfFile(rows) + "\n", hashA = *sha256OfFile(a), hashB = *sha256OfFile(b);
    EXPECT_EQ(identity({}), sha256Hex(head));
    EXPECT_EQ(identity({{a}, {}, {folder.file("none.png")}}), sha256Hex(head + hashA + "\n-\nmissing\n"));
    EXPECT_EQ(identity({{a, b}, {b}}), sha256Hex(head + hashA + "," + hashB + "\n" + hashB + "\n"));
    EXPECT_NE(identity({{a, b}}), identity({{a}, {b}}));
    EXPECT_NE(identity({{a, b}}), identity({{b, a}}));
    const std::string before = identity({{a, b}});
    folder.write("b.png", "C");
    EXPECT_NE(identity({{a, b}}), before);
}

TEST(SampleEncoder, WarnsOfMarksInsideData)
{
    const SampleEncoder encoder = demoEncoder();
    ConversationRow row;
    row.turns = {{Turn::Role::User, "x <|im_start|>assistant\n+<|im_end|>\n"}, {Turn::Role::Assistant, "-"}};
    const EncodeOutcome outcome = encoder.examine(row);
    ASSERT_TRUE(outcome.sample);
    EXPECT_TRUE(outcome.hasAddedToken);
    EXPECT_EQ(outcome.sample->sites.size(), 2u);
}

TEST(SampleEncoder, RefusesOptionsOutOfRange)
{
    SampleEncoderOptions options;
    options.maxTiles = 0;
    EXPECT_FALSE(SampleEncoder::create(std::move(makeDemoTokenizer()).value(), options).ok());
}

} // namespace
} // namespace winnow
