#include "core/run/prepared_rows.h"

#include "core/base/sha256.h"

#include <filesystem>
#include <map>
#include <unordered_map>

namespace winnow {

namespace {

/// The first user turn holds question and first step; each later one a step; each assistant turn a label.
void splitTurns(const ConversationRow &row, SampleRecord &sample)
{
    constexpr std::string_view mark = "### Solution Process:";
    bool first = true;
    for (const Turn &turn : row.turns) {
        if (turn.role == Turn::Role::Assistant)
            sample.labels.push_back(turn.text == "+");
        if (turn.role != Turn::Role::User)
            continue;
        const std::size_t place = first ? turn.text.find(mark) : std::string::npos;
        if (first)
            sample.question = place == std::string::npos ? turn.text : turn.text.substr(0, place);
        if (place != std::string::npos) {
            std::size_t begin = place + mark.size();
            while (begin < turn.text.size() && (turn.text[begin] == '\n' || turn.text[begin] == ' '))
                ++begin;
            sample.steps.push_back(turn.text.substr(begin));
        } else if (!first) {
            sample.steps.push_back(turn.text);
        }
        first = false;
    }
    while (!sample.question.empty() && sample.question.back() == '\n')
        sample.question.pop_back();
}

/// SHA-256 of a picture's bytes, each file read once; the path stands for a file that cannot be read.
class PictureHashes {
public:
    const std::string &of(const std::string &path)
    {
        auto [place, fresh] = m_hashes.try_emplace(path);
        if (fresh && !path.empty()) {
            auto hash = sha256OfFile(path);
            place->second = hash.ok() ? std::move(hash).value() : path;
        }
        return place->second;
    }

private:
    std::unordered_map<std::string, std::string> m_hashes;
};

std::int64_t countShared(const PreparedDataset &a, const PreparedDataset &b, PictureHashes &pictures)
{
    std::unordered_multimap<std::string, const SampleRecord *> byQuestion;
    for (const SampleRecord &sample : a.samples)
        byQuestion.emplace(sample.question, &sample);
    std::int64_t shared = 0;
    for (const SampleRecord &sample : b.samples) {
        const auto [begin, end] = byQuestion.equal_range(sample.question);
        for (auto it = begin; it != end; ++it) {
            // The pictures are read only where the questions agree.
            if (it->second->picturePath == sample.picturePath
                || pictures.of(it->second->picturePath) == pictures.of(sample.picturePath)) {
                ++shared;
                break;
            }
        }
    }
    return shared;
}

std::int64_t countSharedKeys(const PreparedDataset &a, const PreparedDataset &b)
{
    std::map<std::string, int> keys;
    for (const SampleRecord &sample : a.samples)
        keys[sample.key] = 1;
    std::int64_t shared = 0;
    for (const SampleRecord &sample : b.samples)
        shared += static_cast<std::int64_t>(keys.count(sample.key));
    return shared;
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
    using Severity = PreflightFinding::Severity;
    std::vector<PreflightFinding> findings;
    PictureHashes pictures;
    for (std::size_t i = 0; i < datasets.size(); ++i) {
        for (std::size_t j = i + 1; j < datasets.size(); ++j) {
            const PreparedDataset &a = datasets[i];
            const PreparedDataset &b = datasets[j];
            const std::int64_t rows = countShared(a, b, pictures);
            const std::string of = std::to_string(b.samples.size()) + " rows of data." + b.role;
            if (rows > 0)
                findings.push_back({Severity::Warning, "data." + b.role,
                                    std::to_string(rows) + " of " + of + " have question and picture of a row of data."
                                        + a.role + ": what is measured on them is not unseen."});
            else if (const std::int64_t keys = countSharedKeys(a, b); keys > 0)
                findings.push_back({Severity::Info, "data." + b.role,
                                    std::to_string(keys) + " of " + of + " have the id of a row of data." + a.role
                                        + ", but other questions or pictures."});
        }
    }
    return findings;
}

} // namespace winnow
