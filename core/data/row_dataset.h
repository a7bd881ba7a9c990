#pragma once

#include "core/base/stop_flag.h"
#include "core/data/encoded_dataset.h"
#include "core/data/read_report.h"
#include "core/data/sample_encoder.h"

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow {

struct RowDatasetOptions {
    int threads = 2;                               ///< encode at opening; at least 1
    std::size_t tileBytes = std::size_t{1} << 30;  ///< tiles kept in memory; beyond it they are read again when needed
};

/// The place of a sample of a test file.
struct CandidateIndex {
    std::uint32_t question = 0; ///< in questions()
    std::uint32_t candidate = 0;
    bool operator==(const CandidateIndex &) const = default;
};

/// All usable rows of a file, ready for the engine. Opening encodes every row once, in a small pool, so each row that
/// cannot be used is dropped and counted before a run starts. Ids and sites stay in memory; tiles stay as far as
/// `tileBytes` goes, least recently used first out. get() may be called from many threads.
class WINNOW_CORE_API RowDataset : public EncodedDataset {
public:
    /// One sample a row. Error: stopped, or no row can be used.
    static Result<std::unique_ptr<RowDataset>> open(std::vector<ConversationRow> rows, SampleEncoder encoder,
                                                    RowDatasetOptions options, const StopFlag *stop = nullptr);
    /// One sample a candidate, in order of (question, candidate).
    static Result<std::unique_ptr<RowDataset>> open(std::vector<QuestionRow> questions, SampleEncoder encoder,
                                                    RowDatasetOptions options, const StopFlag *stop = nullptr);

    std::size_t size() const override { return m_entries.size(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override;

    /// The records of the kept rows; rows()[i] belongs to sample i. Empty for a test file.
    const std::vector<ConversationRow> &rows() const { return m_rows; }
    /// All questions given, kept or not. Empty for a file of rows.
    const std::vector<QuestionRow> &questions() const { return m_questions; }
    CandidateIndex candidateOf(std::size_t sample) const { return m_candidates[sample]; }
    /// In rows of the file: for a test file a row is dropped when a candidate of it is.
    const ReadReport &report() const { return m_report; }
    const SampleEncoder &encoder() const { return m_encoder; }
    std::size_t longestSample() const { return m_longest; } ///< tokens
    double meanTokens() const;
    /// Samples whose picture was missing at opening (MissingPicture::TextOnly).
    std::int64_t picturesMissing() const { return m_picturesMissing; }
    /// Pictures that could be read at opening but not later; their samples were given white tiles. A run that ends with
    /// a count here is not to be trusted.
    std::int64_t picturesLost() const { return m_picturesLost.load(); }
    std::string firstLostPicture() const; ///< empty: none

private:
    struct Entry {
        std::shared_ptr<const EncodedSample> sample; ///< without its tiles when `pictures` is not empty
        std::vector<std::string> pictures;           ///< to be read again; empty: the sample is complete
        int tileCount = 0;
    };
    using Lru = std::list<std::pair<std::size_t, std::shared_ptr<const EncodedSample>>>;

    RowDataset(SampleEncoder encoder, RowDatasetOptions options);
    void keep(EncodedSample sample, std::vector<std::string> pictures);
    void note(const EncodeOutcome &outcome);
    Status finish();
    std::shared_ptr<const EncodedSample> reload(const Entry &entry) const;

    SampleEncoder m_encoder;
    RowDatasetOptions m_options;
    std::vector<ConversationRow> m_rows;
    std::vector<QuestionRow> m_questions;
    std::vector<CandidateIndex> m_candidates;
    std::vector<Entry> m_entries;
    ReadReport m_report;
    std::size_t m_tileBytes = 0; ///< of complete samples
    std::size_t m_longest = 0;
    std::size_t m_tokens = 0;
    std::int64_t m_picturesMissing = 0;
    std::int64_t m_unsupervised = 0;
    std::int64_t m_withAddedTokens = 0;
    mutable std::atomic<std::int64_t> m_picturesLost{0};
    mutable std::mutex m_mutex; ///< guards the rest
    mutable std::string m_firstLost;
    mutable Lru m_recent;
    mutable std::unordered_map<std::size_t, Lru::iterator> m_recentPlace;
    mutable std::size_t m_recentBytes = 0;
};

/// Some rows of another set, in a chosen order; rows may repeat. `base` must outlive it.
class WINNOW_CORE_API SubsetDataset : public EncodedDataset {
public:
    SubsetDataset(const EncodedDataset &base, std::vector<std::size_t> rows);
    std::size_t size() const override { return m_rows.size(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override { return m_base.get(m_rows[row]); }

private:
    const EncodedDataset &m_base;
    std::vector<std::size_t> m_rows;
};

/// The rows of several sets, one after the other ("none + meta rows"). The parts must outlive it.
class WINNOW_CORE_API ConcatenatedDataset : public EncodedDataset {
public:
    explicit ConcatenatedDataset(std::vector<const EncodedDataset *> parts);
    std::size_t size() const override { return m_starts.back(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override;

private:
    std::vector<const EncodedDataset *> m_parts;
    std::vector<std::size_t> m_starts; ///< first row of each part, then the total
};

} // namespace winnow
