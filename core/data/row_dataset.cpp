#include "core/data/row_dataset.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <thread>

namespace winnow {

namespace {

/// Calls work(i) for i in 0 .. count - 1 on `threads` threads. False when stopped before the end.
bool forEachParallel(std::size_t count, int threads, const StopFlag *stop, const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next{0};
    auto loop = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            if (stop && stop->stopRequested())
                return;
            work(i);
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (int t = 1; t < std::min<int>(threads, static_cast<int>(std::min<std::size_t>(count, 256))); ++t)
            helpers.emplace_back(loop);
        loop();
    }
    return !(stop && stop->stopRequested());
}

std::size_t tileBytesOf(const Tiles &tiles)
{
    return static_cast<std::size_t>(tiles.count) * static_cast<std::size_t>(tiles.size)
        * static_cast<std::size_t>(tiles.size) * 3;
}

Tiles whiteTiles(int count, int size)
{
    Tiles tiles;
    tiles.count = count;
    tiles.size = size;
    tiles.rgb.assign(tileBytesOf(tiles), 255);
    return tiles;
}

/// Rows encoded at a time: bounds the memory of tiles that will not be kept.
constexpr std::size_t chunkRows = 64;

Error stopped()
{
    return Error{"Reading the data was stopped."};
}

} // namespace

RowDataset::RowDataset(SampleEncoder encoder, RowDatasetOptions options)
    : m_encoder(std::move(encoder))
    , m_options(options)
{
}

void RowDataset::keep(EncodedSample sample, std::vector<std::string> pictures)
{
    Entry entry;
    entry.tileCount = sample.tiles.count;
    m_tokens += sample.ids.size();
    m_longest = std::max(m_longest, sample.ids.size());
    m_picturesMissing += sample.pictureMissing ? 1 : 0;
    const std::size_t bytes = tileBytesOf(sample.tiles);
    if (bytes > 0 && m_tileBytes + bytes > m_options.tileBytes) {
        entry.pictures = std::move(pictures);
        sample.tiles = Tiles{};
    } else {
        m_tileBytes += bytes;
    }
    entry.sample = std::make_shared<const EncodedSample>(std::move(sample));
    m_entries.push_back(std::move(entry));
}

void RowDataset::note(const EncodeOutcome &outcome)
{
    m_unsupervised += outcome.unsupervisedTurns;
    m_withAddedTokens += outcome.hasAddedToken ? 1 : 0;
}

Status RowDataset::finish()
{
    if (m_unsupervised > 0)
        m_report.notes.push_back(std::to_string(m_unsupervised)
                                 + " assistant turns say something other than + or - and are not supervised.");
    if (m_withAddedTokens > 0)
        m_report.notes.push_back(std::to_string(m_withAddedTokens)
                                 + " samples spell a mark of the tokenizer in their text, which may add turns or "
                                   "labels; check where they come from.");
    if (m_picturesMissing > 0)
        m_report.notes.push_back(std::to_string(m_picturesMissing)
                                 + " samples go without their picture, which cannot be opened.");
    if (!m_entries.empty())
        return {};
    std::string reasons;
    for (const auto &[reason, drop] : m_report.dropped)
        reasons += (reasons.empty() ? "" : "; ") + std::to_string(drop.count) + " x " + reason + ", first in row "
            + std::to_string(drop.firstRow);
    return Error{"None of the " + std::to_string(m_report.rowsRead) + " rows can be used ("
                 + (reasons.empty() ? "the file is empty" : reasons) + ")."};
}

Result<std::unique_ptr<RowDataset>> RowDataset::open(std::vector<ConversationRow> rows, SampleEncoder encoder,
                                                     RowDatasetOptions options, const StopFlag *stop)
{
    std::unique_ptr<RowDataset> set(new RowDataset(std::move(encoder), options));
    set->m_report.rowsRead = static_cast<std::int64_t>(rows.size());
    for (std::size_t begin = 0; begin < rows.size(); begin += chunkRows) {
        const std::size_t count = std::min(chunkRows, rows.size() - begin);
        std::vector<EncodeOutcome> outcomes(count);
        if (!forEachParallel(count, options.threads, stop,
                             [&](std::size_t i) { outcomes[i] = set->m_encoder.examine(rows[begin + i]); }))
            return stopped();
        for (std::size_t i = 0; i < count; ++i) {
            ConversationRow &row = rows[begin + i];
            if (!outcomes[i].sample) {
                set->m_report.drop(outcomes[i].reason, row.fileRow);
                continue;
            }
            set->note(outcomes[i]);
            set->keep(std::move(*outcomes[i].sample), picturesOf(row));
            set->m_rows.push_back(std::move(row));
        }
    }
    set->m_report.rowsKept = static_cast<std::int64_t>(set->m_rows.size());
    WINNOW_TRY(set->finish());
    return set;
}

Result<std::unique_ptr<RowDataset>> RowDataset::open(std::vector<QuestionRow> questions, SampleEncoder encoder,
                                                     RowDatasetOptions options, const StopFlag *stop)
{
    std::unique_ptr<RowDataset> set(new RowDataset(std::move(encoder), options));
    set->m_questions = std::move(questions);
    const auto &all = set->m_questions;
    set->m_report.rowsRead = static_cast<std::int64_t>(all.size());
    for (std::size_t begin = 0; begin < all.size(); begin += chunkRows) {
        const std::size_t count = std::min(chunkRows, all.size() - begin);
        std::vector<std::vector<EncodeOutcome>> outcomes(count);
        const bool done = forEachParallel(count, options.threads, stop, [&](std::size_t i) {
            const QuestionRow &question = all[begin + i];
            const Result<Tiles> tiles = set->m_encoder.loadTiles(picturesOf(question));
            for (std::size_t c = 0; c < question.candidates.size(); ++c)
                outcomes[i].push_back(set->m_encoder.examine(question, c, tiles));
        });
        if (!done)
            return stopped();
        for (std::size_t i = 0; i < count; ++i) {
            const QuestionRow &question = all[begin + i];
            bool whole = true;
            for (std::size_t c = 0; c < outcomes[i].size(); ++c) {
                EncodeOutcome &outcome = outcomes[i][c];
                if (!outcome.sample) {
                    if (whole)
                        set->m_report.drop(outcome.reason, question.fileRow);
                    whole = false;
                    continue;
                }
                set->note(outcome);
                set->keep(std::move(*outcome.sample), picturesOf(question));
                set->m_candidates.push_back({static_cast<std::uint32_t>(begin + i), static_cast<std::uint32_t>(c)});
            }
            set->m_report.rowsKept += whole ? 1 : 0;
        }
    }
    WINNOW_TRY(set->finish());
    return set;
}

double RowDataset::meanTokens() const
{
    return m_entries.empty() ? 0.0 : static_cast<double>(m_tokens) / static_cast<double>(m_entries.size());
}

std::shared_ptr<const EncodedSample> RowDataset::reload(const Entry &entry) const
{
    auto sample = std::make_shared<EncodedSample>(*entry.sample);
    Result<Tiles> tiles = m_encoder.loadTiles(entry.pictures);
    if (tiles && tiles->count == entry.tileCount) {
        sample->tiles = std::move(*tiles);
    } else {
        // The ids already hold the picture's place, so something of its shape must stand there.
        {
            std::lock_guard lock(m_mutex);
            if (m_firstLost.empty())
                m_firstLost = entry.pictures.front();
        }
        ++m_picturesLost;
        sample->tiles = whiteTiles(entry.tileCount, m_encoder.options().tileSize);
        sample->pictureMissing = true;
    }
    return sample;
}

std::string RowDataset::firstLostPicture() const
{
    std::lock_guard lock(m_mutex);
    return m_firstLost;
}

std::shared_ptr<const EncodedSample> RowDataset::get(std::size_t row) const
{
    assert(row < m_entries.size());
    const Entry &entry = m_entries[row];
    if (entry.pictures.empty())
        return entry.sample;
    {
        std::lock_guard lock(m_mutex);
        if (const auto place = m_recentPlace.find(row); place != m_recentPlace.end()) {
            m_recent.splice(m_recent.begin(), m_recent, place->second);
            return place->second->second;
        }
    }
    // Read outside the lock: loader threads work side by side.
    std::shared_ptr<const EncodedSample> sample = reload(entry);
    std::lock_guard lock(m_mutex);
    if (m_recentPlace.contains(row))
        return sample;
    m_recent.emplace_front(row, sample);
    m_recentPlace[row] = m_recent.begin();
    m_recentBytes += tileBytesOf(sample->tiles);
    // What the complete samples leave of the budget, and at least one sample.
    while (m_recent.size() > 1 && m_recentBytes + m_tileBytes > m_options.tileBytes) {
        m_recentBytes -= tileBytesOf(m_recent.back().second->tiles);
        m_recentPlace.erase(m_recent.back().first);
        m_recent.pop_back();
    }
    return sample;
}

SubsetDataset::SubsetDataset(const EncodedDataset &base, std::vector<std::size_t> rows)
    : m_base(base)
    , m_rows(std::move(rows))
{
    assert(std::all_of(m_rows.begin(), m_rows.end(), [this](std::size_t row) { return row < m_base.size(); }));
}

ConcatenatedDataset::ConcatenatedDataset(std::vector<const EncodedDataset *> parts)
    : m_parts(std::move(parts))
    , m_starts{0}
{
    for (const EncodedDataset *part : m_parts)
        m_starts.push_back(m_starts.back() + part->size());
}

std::shared_ptr<const EncodedSample> ConcatenatedDataset::get(std::size_t row) const
{
    assert(row < size());
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), row);
    const auto part = static_cast<std::size_t>(after - m_starts.begin()) - 1;
    return m_parts[part]->get(row - m_starts[part]);
}

} // namespace winnow
