#include "core/run/prepared_rows.h"

#include "core/data/dataset_overlap.h"
#include "core/data/question_text.h"

#include <filesystem>
#include <map>

namespace winnow {

namespace {

/// The first user turn holds question and first step; each later one a step; each assistant turn a label.
void splitTurns(const ConversationRow &row, SampleRecord &sample)
{
    sample.question = questionOf(row.turns);
    bool first = true;
    for (const Turn &turn : row.turns) {
        if (turn.role == Turn::Role::Assistant)
            sample.labels.push_back(turn.text == "+");
        if (turn.role != Turn::Role::User)
            continue;
        const std::size_t place = first ? turn.text.find(solutionMark) : std::string::npos;
        if (place != std::string::npos) {
            std::size_t begin = place + solutionMark.size();
            while (begin < turn.text.size() && (turn.text[begin] == '\n' || turn.text[begin] == ' '))
                ++begin;
            sample.steps.push_back(turn.text.substr(begin));
        } else if (!first) {
            sample.steps.push_back(turn.text);
        }
        first = false;
    }
}

} // namespace

std::vector<SampleRecord> sampleRecords(const std::vector<ConversationRow> &rows)
{
    std::vector<SampleRecord> samples;
    samples.reserve(rows.size());
    for (const ConversationRow &row : rows) {
        SampleRecord sample;
        sample.index = static_cast<std::int64_t>(samples.size());
        sample.fileRow = row.fileRow;
        sample.key = row.key;
        sample.unitKey = row.unitKey;
        sample.subject = row.subject;
        sample.knownNoise = row.knownNoise;
        sample.picturePath = row.picturePath;
        sample.furtherPictures = row.furtherPictures;
        sample.answerIsRight = row.trueFalse;
        splitTurns(row, sample);
        samples.push_back(std::move(sample));
    }
    return samples;
}

std::vector<SampleRecord> sampleRecords(const std::vector<QuestionRow> &questions)
{
    std::vector<SampleRecord> samples;
    for (const QuestionRow &row : questions) {
        SampleRecord sample;
        sample.index = static_cast<std::int64_t>(samples.size());
        sample.fileRow = row.fileRow;
        sample.key = row.key;
        sample.unitKey = row.key;
        sample.subject = row.subject;
        sample.picturePath = row.picturePath;
        sample.furtherPictures = row.furtherPictures;
        sample.question = row.question;
        sample.steps = row.candidates;
        sample.labels = row.trueFalse;
        samples.push_back(std::move(sample));
    }
    return samples;
}

DatasetRecord datasetRecord(const std::string &path, const std::string &kind, const ReadReport &read,
                            const ReadReport &encoded, const std::string &sha256)
{
    DatasetRecord record;
    record.name = std::filesystem::path(path).filename().string();
    record.path = path;
    record.kind = kind;
    record.sha256 = sha256;
    record.rowsRead = read.rowsRead;
    record.rowsKept = encoded.rowsKept;
    std::map<std::string, DropCount> drops = read.dropped;
    for (const auto &[reason, count] : encoded.dropped) {
        auto [place, fresh] = drops.try_emplace(reason, count);
        if (!fresh)
            place->second.count += count.count;
    }
    for (const auto &[reason, count] : drops)
        record.drops.push_back({reason, count.count, count.firstRow, {}});
    return record;
}

std::vector<PreflightFinding> findOverlaps(const std::vector<PreparedDataset> &datasets)
{
    OverlapFinder finder;
    for (const PreparedDataset &dataset : datasets) {
        finder.addFile(dataset.role);
        for (const SampleRecord &sample : dataset.samples)
            finder.addRow(sample.fileRow, sample.key, sample.question, sample.picturePath, sample.furtherPictures);
    }
    std::vector<PreflightFinding> findings;
    const auto overlaps = finder.find();
    for (const DataOverlap &overlap : overlaps.value()) // it was not asked to stop
        findings.push_back(
            {PreflightFinding::Severity::Warning, "data." + overlap.second, overlapSentence(overlap)});
    return findings;
}

} // namespace winnow
