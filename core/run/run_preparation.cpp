#include "core/run/run_preparation.h"

#include "core/base/learns_weights.h"
#include "core/base/sha256.h"
#include "core/data/dataset_identity.h"
#include "core/data/meta_reader.h"
#include "core/data/test_reader.h"
#include "core/data/train_reader.h"
#include "core/model/internvl_config.h"
#include "core/run/prepared_rows.h"
#include "core/run/run_estimate.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <thread>

namespace winnow {

namespace fs = std::filesystem;

namespace {

Result<std::string> identityOf(const std::string &path, const RowDataset &dataset)
{
    PictureDigests pictures;
    for (const ConversationRow &row : dataset.rows())
        pictures.addRow(picturesOf(row));
    for (const QuestionRow &row : dataset.questions())
        pictures.addRow(picturesOf(row));
    return datasetIdentity(path, pictures);
}

using Severity = PreflightFinding::Severity;

/// Builds a PreparedRun part by part and keeps on after a problem, so that the report names them all.
class Preparation {
public:
    Preparation(const RunOptions &options, const PreparationContext &context) :
        m_run(std::make_unique<PreparedRun>()), m_context(context)
    {
        m_run->options = options;
    }

    std::unique_ptr<PreparedRun> prepare();

private:
    void find(Severity severity, const std::string &key, const std::string &text)
    {
        m_run->report.findings.push_back({severity, key, text});
    }
    void problem(const std::string &key, const std::string &text) { find(Severity::Problem, key, text); }

    void openModel();
    std::string tokenizerFolder() const;
    std::optional<SampleEncoder> encoder(const std::string &key, std::int64_t maxTiles);
    void openRows(const std::string &role, const std::string &path, RowKind kind, std::unique_ptr<RowDataset> &target);
    void openTest();
    void noteReading(const std::string &key, const ReadReport &report);
    void addDataset(const std::string &role, const std::string &path, const std::string &kind, const std::string &form,
                    const ReadReport &read, const RowDataset &dataset);
    void joinTrainAndMeta();
    void checkUse();
    void estimate();
    void fillRequest();
    int threads() const;
    RowDatasetOptions rowOptions() const { return {threads(), m_context.tileBytes}; }

    std::unique_ptr<PreparedRun> m_run;
    const PreparationContext &m_context;
    std::optional<InternVLConfig> m_config;
    std::optional<Tokenizer> m_tokenizer;
    std::vector<const ConversationRow *> m_trainRows;
};

std::string Preparation::tokenizerFolder() const
{
    const auto &model = m_run->options.model;
    return model.tokenizer.empty() ? model.checkpoint : model.tokenizer;
}

int Preparation::threads() const
{
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    return std::max(1, cores - 1);
}

void Preparation::openModel()
{
    const auto &model = m_run->options.model;
    const std::string path = (fs::path(model.checkpoint) / "config.json").string();
    auto config = m_context.initialConfigJson.empty()
        ? InternVLConfig::fromFile(path)
        : InternVLConfig::fromJson(m_context.initialConfigJson, "config.json of the new model");
    if (config.ok())
        m_config = std::move(config).value();
    else
        problem("model.checkpoint", config.error().message);
    auto tokenizer = Tokenizer::load(tokenizerFolder());
    if (tokenizer.ok())
        m_tokenizer = std::move(tokenizer).value();
    else
        problem(model.tokenizer.empty() ? "model.checkpoint" : "model.tokenizer", tokenizer.error().message);
    if (m_config && m_tokenizer && m_tokenizer->vocabularySize() > m_config->language.vocab)
        problem("model.tokenizer", "The tokenizer in \"" + tokenizerFolder() + "\" has "
                    + std::to_string(m_tokenizer->vocabularySize()) + " tokens, the model only "
                    + std::to_string(m_config->language.vocab) + ". Choose the checkpoint's own tokenizer.");
}

std::optional<SampleEncoder> Preparation::encoder(const std::string &key, std::int64_t maxTiles)
{
    if (!m_config || !m_tokenizer)
        return std::nullopt;
    const RunOptions &options = m_run->options;
    SampleEncoderOptions e;
    e.tileSize = m_config->vision.imageSize;
    e.tokensPerTile = m_config->tokensPerTile();
    e.maxTiles = static_cast<int>(maxTiles);
    e.tokenLimit = options.data.tokenLimit;
    // A test question without its picture is scored as text, never left out (spec data-formats.md, missing pictures).
    e.missingPicture = key == "data.test" ? MissingPicture::TextOnly : options.data.missingPicture;
    e.splitter = options.evaluation.splitter;
    e.systemText = options.evaluation.systemText;
    auto made = SampleEncoder::create(*m_tokenizer, e);
    if (made.ok())
        return std::move(made).value();
    problem(key, made.error().message);
    return std::nullopt;
}

void Preparation::noteReading(const std::string &key, const ReadReport &report)
{
    for (const auto &[reason, drop] : report.dropped)
        find(Severity::Warning, key, std::to_string(drop.count) + " of " + std::to_string(report.rowsRead)
                 + " rows are left out: " + reason + " (first: row " + std::to_string(drop.firstRow) + ").");
    for (const std::string &note : report.notes)
        find(Severity::Info, key, note);
}

void Preparation::addDataset(const std::string &role, const std::string &path, const std::string &kind,
                             const std::string &form, const ReadReport &read, const RowDataset &dataset)
{
    const auto identity = identityOf(path, dataset);
    if (!identity.ok())
        return problem("data." + role, identity.error().message);
    PreparedDataset prepared;
    prepared.role = role;
    prepared.record = datasetRecord(path, kind, read, dataset.report(), *identity);
    prepared.record.form = form;
    prepared.samples = kind == "test" ? sampleRecords(dataset.questions()) : sampleRecords(dataset.rows());
    m_run->datasets.push_back(std::move(prepared));
    m_run->report.picturesMissing += dataset.picturesMissing();
    m_run->report.longestTokens = std::max(m_run->report.longestTokens,
                                           static_cast<std::int64_t>(dataset.longestSample()));
}

void Preparation::openRows(const std::string &role, const std::string &path, RowKind kind,
                           std::unique_ptr<RowDataset> &target)
{
    const std::string key = "data." + role;
    ConversationReadOptions reading;
    auto file = readConversations(path, kind, reading);
    if (!file.ok())
        return problem(key, file.error().message);
    noteReading(key, file->report);
    const bool meta = kind == RowKind::Meta;
    const std::string form = meta ? std::string(metaFormName(file->form)) : std::string();
    if (role == "meta") {
        m_run->report.metaForm = form;
        find(Severity::Info, key, "The meta file is of the " + form + " form.");
    }
    auto rowEncoder = encoder(key, m_run->options.data.maxTiles);
    if (!rowEncoder)
        return;
    auto dataset = RowDataset::open(std::move(file->rows), std::move(*rowEncoder), rowOptions(), m_context.stop);
    if (!dataset.ok())
        return problem(key, dataset.error().message);
    target = std::move(dataset).value();
    noteReading(key, target->report());
    addDataset(role, path, meta ? "meta" : "train", form, file->report, *target);
}

void Preparation::openTest()
{
    const std::string &path = m_run->options.data.test;
    auto file = readQuestions(path);
    if (!file.ok())
        return problem("data.test", file.error().message);
    noteReading("data.test", file->report);
    auto rowEncoder = encoder("data.test", m_run->options.data.maxTilesTest);
    if (!rowEncoder)
        return;
    auto dataset =
        RowDataset::open(std::move(file->questions), std::move(*rowEncoder), rowOptions(), m_context.stop);
    if (!dataset.ok())
        return problem("data.test", dataset.error().message);
    m_run->test = std::move(dataset).value();
    noteReading("data.test", m_run->test->report());
    addDataset("test", path, "test", {}, file->report, *m_run->test);
}

void Preparation::joinTrainAndMeta()
{
    for (const ConversationRow &row : m_run->train->rows())
        m_trainRows.push_back(&row);
    if (!m_run->options.data.metaInTrain || !m_run->meta)
        return;
    for (const ConversationRow &row : m_run->meta->rows())
        m_trainRows.push_back(&row);
    m_run->trainAndMeta = std::make_unique<ConcatenatedDataset>(
        std::vector<const EncodedDataset *>{m_run->train.get(), m_run->meta.get()});
    PreparedDataset *train = nullptr;
    const PreparedDataset *meta = m_run->dataset("meta");
    for (PreparedDataset &d : m_run->datasets)
        if (d.role == "train")
            train = &d;
    if (!train || !meta)
        return;
    // A set of its own: its rows are those of both files, its identity follows from theirs.
    train->record.name += " + " + meta->record.name;
    train->record.path += " + " + meta->record.path;
    train->record.sha256 = sha256Hex(train->record.sha256 + "\n" + meta->record.sha256 + "\n");
    train->record.rowsRead += meta->record.rowsRead;
    train->record.rowsKept += meta->record.rowsKept;
    for (SampleRecord sample : meta->samples) {
        sample.index = static_cast<std::int64_t>(train->samples.size());
        train->samples.push_back(std::move(sample));
    }
}

void Preparation::checkUse()
{
    const RunOptions &options = m_run->options;
    for (const OptionProblem &p : checkOptions(options))
        problem(p.key, p.message);
    if (options.stage == Stage::Bilevel && options.weighting.method == Method::Domain) {
        const bool unnamed = std::any_of(m_trainRows.begin(), m_trainRows.end(),
                                         [](const ConversationRow *row) { return row->subject.empty(); });
        if (unnamed)
            find(Severity::Warning, "weighting.method",
                 "Some training rows have no subject; together they share one domain weight.");
    }
    for (PreflightFinding &finding : findOverlaps(m_run->datasets)) {
        const bool wanted = options.data.metaInTrain && finding.key == "data.meta";
        if (!wanted)
            m_run->report.findings.push_back(std::move(finding));
    }
}

void Preparation::estimate()
{
    PreflightReport &report = m_run->report;
    const RunOptions &options = m_run->options;
    const bool weighted = learnsWeights(options);
    report.steps = options.train.iterations;
    report.sampleVisits = static_cast<double>(report.steps)
        * static_cast<double>(options.train.batch + (weighted ? options.meta.batch : 0));
    double tiles = 0;
    if (m_run->train) {
        report.meanTokens = m_run->train->meanTokens();
        const std::size_t looked = std::min<std::size_t>(m_run->train->size(), 200);
        for (std::size_t i = 0; i < looked; ++i)
            tiles += m_run->train->get(i)->tiles.count;
        report.meanTiles = looked ? tiles / static_cast<double>(looked) : 0;
    }
    if (!m_config)
        return;
    const std::uint64_t number = bytesHeld(options.model.precision);
    const auto parameters = static_cast<std::uint64_t>(m_config->parameterCount(m_config->language.tied));
    // Weights, gradient, two moments; the finite difference keeps another gradient and a copy of the weights.
    report.memoryBytes = parameters * (number * (weighted ? 6 : 4) + bytesOfComputeCopy(options.model.precision));
    report.checkpointBytes = parameters * number * 3;
    report.diskBytes = report.checkpointBytes * 4; // the two newest, the selected one, the one being written
    if (m_context.runFolder.empty())
        return;
    fs::path folder = m_context.runFolder;
    std::error_code ec;
    while (!folder.empty() && !fs::exists(folder, ec) && folder != folder.parent_path())
        folder = folder.parent_path();
    const fs::space_info space = fs::space(folder.empty() ? fs::path(".") : folder, ec);
    if (!ec && space.available < 2 * report.checkpointBytes)
        problem("", "The disk of \"" + m_context.runFolder + "\" has " + std::to_string(space.available >> 20)
                    + " MiB free, two checkpoints need " + std::to_string((2 * report.checkpointBytes) >> 20)
                    + " MiB. Free some space or choose another folder.");
}

void Preparation::fillRequest()
{
    TrainRequest &request = m_run->request;
    request.options = m_run->options;
    const SampleEncoder &e = m_run->train->encoder();
    request.tokens = {e.sitePattern().plus, e.sitePattern().minus, e.imageContextId(), e.padId()};
    if (m_config->imageToken && *m_config->imageToken != e.imageContextId())
        problem("model.tokenizer", "The checkpoint marks pictures with token " + std::to_string(*m_config->imageToken)
                    + ", its tokenizer with " + std::to_string(e.imageContextId()) + ". Choose the checkpoint's own tokenizer.");
    request.train = m_run->trainAndMeta ? static_cast<const EncodedDataset *>(m_run->trainAndMeta.get())
                                        : m_run->train.get();
    request.meta = m_run->meta.get();
    request.holdout = m_run->holdout.get();
    request.test = m_run->test.get();
    m_run->units = weightUnits(m_trainRows, m_run->options.stage, m_run->options.weighting.method);
    request.unitOfSample = m_run->units.unitOfSample;
    request.unitKeys = m_run->units.keys;
    request.initialConfigJson = m_context.initialConfigJson;
    request.runFolder = m_context.runFolder;
    request.tokenizerFolder = tokenizerFolder();
}

std::unique_ptr<PreparedRun> Preparation::prepare()
{
    const RunOptions &options = m_run->options;
    openModel();
    openRows("train", options.data.train, RowKind::Train, m_run->train);
    if (!options.data.meta.empty())
        openRows("meta", options.data.meta, RowKind::Meta, m_run->meta);
    if (!options.data.holdout.empty())
        openRows("holdout", options.data.holdout, RowKind::Meta, m_run->holdout);
    if (!options.data.test.empty())
        openTest();
    if (m_run->train)
        joinTrainAndMeta();
    checkUse();
    estimate();
    if (m_run->train && m_config)
        fillRequest();
    return std::move(m_run);
}

WeightUnits unitsByText(const std::vector<const ConversationRow *> &rows, UnitKind kind,
                        const std::string ConversationRow::*text)
{
    std::map<std::string, std::uint32_t> places; // sorted as strings: "0", "1", "10", "100", ...
    for (const ConversationRow *row : rows)
        places[row->*text] = 0;
    WeightUnits units;
    units.kind = kind;
    for (auto &[key, place] : places) {
        place = static_cast<std::uint32_t>(units.keys.size());
        units.keys.push_back(key);
    }
    for (const ConversationRow *row : rows)
        units.unitOfSample.push_back(places.at(row->*text));
    return units;
}

} // namespace

bool PreflightReport::canStart() const
{
    return firstProblem().empty();
}

std::string PreflightReport::firstProblem() const
{
    for (const PreflightFinding &finding : findings)
        if (finding.severity == Severity::Problem)
            return finding.text;
    return {};
}

Result<PreparedDataset> preparedTestFile(const std::string &path, const ReadReport &read, const RowDataset &test)
{
    WINNOW_ASSIGN(const std::string identity, identityOf(path, test));
    PreparedDataset prepared;
    prepared.role = "test";
    prepared.record = datasetRecord(path, "test", read, test.report(), identity);
    prepared.samples = sampleRecords(test.questions());
    return prepared;
}

const PreparedDataset *PreparedRun::dataset(const std::string &role) const
{
    for (const PreparedDataset &d : datasets)
        if (d.role == role)
            return &d;
    return nullptr;
}

WeightUnits weightUnits(const std::vector<const ConversationRow *> &rows, Stage stage, Method method)
{
    if (!learnsWeights(stage, method))
        return {};
    if (method == Method::Table)
        return unitsByText(rows, UnitKind::Id, &ConversationRow::unitKey);
    if (method == Method::Domain)
        return unitsByText(rows, UnitKind::Domain, &ConversationRow::subject);
    WeightUnits units;
    units.kind = UnitKind::Row;
    for (const ConversationRow *row : rows) {
        units.unitOfSample.push_back(static_cast<std::uint32_t>(units.keys.size()));
        units.keys.push_back(row->key);
    }
    return units;
}

std::unique_ptr<PreparedRun> prepareRun(const RunOptions &options, const PreparationContext &context)
{
    return Preparation(options, context).prepare();
}

} // namespace winnow
