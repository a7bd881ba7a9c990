#include "core/data/dataset_overlap.h"

#include "core/base/sha256.h"
#include "core/text/folded_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <functional>
#include <unordered_set>

namespace winnow
{

namespace
{

constexpr std::size_t comparedBetweenLooks = 4096;
constexpr std::size_t pairsInSentence = 3;

/// Takes out `<image>`, `<image 1>` and the like.
std::string withoutPictureMarks(std::string text)
{
    constexpr std::string_view begin = "<image";
    for (std::size_t place = text.find(begin); place != std::string::npos; place = text.find(begin, place)) {
        std::size_t end = place + begin.size();
        while (end < text.size() && (text[end] == ' ' || std::isdigit(static_cast<unsigned char>(text[end])) != 0))
            ++end;
        if (end < text.size() && text[end] == '>')
            text.replace(place, end + 1 - place, " ");
        else
            place = end;
    }
    return text;
}

/// Bare numbers, and numbers that stand behind a file's name (`ai2d:17`, `rows.json#17`), tell no question.
bool isName(std::string_view id)
{
    std::size_t end = id.size();
    while (end > 0 && std::isdigit(static_cast<unsigned char>(id[end - 1])) != 0)
        --end;
    const bool numbered = end < id.size();
    return !id.empty() && end > 0 && !(numbered && (id[end - 1] == ':' || id[end - 1] == '#'))
        && !(numbered && end == 1 && id[0] == '-');
}

std::string rowName(const DataOverlap::Row &row)
{
    return "row " + std::to_string(row.fileRow) + (isName(row.id) ? " (" + row.id + ")" : std::string());
}

} // namespace

std::string overlapSentence(const DataOverlap &overlap)
{
    const std::string what = overlap.kind == OverlapKind::Question ? "question"
        : overlap.kind == OverlapKind::Id                          ? "id"
                                                                   : "picture";
    std::string text = std::to_string(overlap.rows) + " of " + std::to_string(overlap.of) + " rows of data."
        + overlap.second + (overlap.rows == 1 ? " has the " : " have the ") + what + " of a row of data."
        + overlap.first + " (";
    for (std::size_t i = 0; i < std::min(overlap.examples.size(), pairsInSentence); ++i)
        text += (i > 0 ? ", " : "") + rowName(overlap.examples[i].second) + " is " + rowName(overlap.examples[i].first)
            + " there";
    text += overlap.rows > static_cast<std::int64_t>(pairsInSentence) ? ", ...)" : ")";
    return text + ": what is measured on them is not unseen.";
}

std::string normalizedQuestion(std::string_view text)
{
    std::string words = foldedText(withoutPictureMarks(std::string(text)));
    constexpr std::array<std::string_view, 2> heads{"### question:", "question:"};
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view head : heads) {
            if (!words.starts_with(head))
                continue;
            words.erase(0, head.size());
            words.erase(0, std::min(words.find_first_not_of(' '), words.size()));
            found = true;
        }
    }
    return words;
}

/// What the pictures hold. Two pictures can only be equal when their files are of one size, so a file is read when its
/// size was seen in another data file, and never twice.
class OverlapFinder::Pictures
{
public:
    Pictures(const std::unordered_map<std::string, std::uint32_t> &numbers, const std::vector<File> &files)
        : m_paths(numbers.size() + 1), m_contents(numbers.size() + 1), m_known(numbers.size() + 1)
    {
        for (const auto &[path, number] : numbers)
            m_paths[number] = &path;
        std::unordered_map<std::uint64_t, std::size_t> fileOfSize;
        std::vector<std::uint64_t> sizes(m_paths.size());
        for (std::size_t i = 1; i < m_paths.size(); ++i) {
            std::error_code ec;
            const auto bytes = std::filesystem::file_size(*m_paths[i], ec);
            sizes[i] = ec ? 0 : bytes;
        }
        for (std::size_t f = 0; f < files.size(); ++f) {
            const auto meet = [&](std::uint32_t picture) {
                const auto [place, fresh] = fileOfSize.try_emplace(sizes[picture], f);
                if (!fresh && place->second != f)
                    m_sharedSizes.insert(sizes[picture]);
            };
            for (const Row &row : files[f].rows)
                meet(row.picture);
            for (const auto &[row, pictures] : files[f].further)
                std::for_each(pictures.begin(), pictures.end(), meet);
        }
        m_sharedSizes.erase(0);
        m_sizes = std::move(sizes);
    }

    /// Equal for equal pictures: the content where another file has pictures of that size, else the path.
    const std::string &contentOf(std::uint32_t picture)
    {
        std::string &content = m_contents[picture];
        if (m_known[picture] || picture == noPicture)
            return content;
        m_known[picture] = true;
        content = *m_paths[picture];
        if (m_sharedSizes.contains(m_sizes[picture])) {
            if (auto hash = sha256OfFile(content); hash.ok())
                content = std::move(hash).value();
        }
        return content;
    }

private:
    std::vector<const std::string *> m_paths;
    std::vector<std::string> m_contents;
    std::vector<bool> m_known;
    std::vector<std::uint64_t> m_sizes;
    std::unordered_set<std::uint64_t> m_sharedSizes;
};

/// One file against another one.
class OverlapFinder::Comparison
{
public:
    Comparison(const File &first, const File &second, Pictures &pictures, const OverlapFinder &finder,
               const std::unordered_set<std::uint64_t> &ofOtherPictures)
        : m_first(first)
        , m_second(second)
        , m_pictures(pictures)
        , m_ids(finder.m_ids)
        , m_ofOtherPictures(ofOtherPictures)
    {
    }

    Status compare(const StopFlag *stop, std::vector<DataOverlap> &found)
    {
        WINNOW_TRY(learnFirst(stop));
        for (std::size_t i = 0; i < m_second.rows.size(); ++i) {
            if (i % comparedBetweenLooks == 0 && stop && stop->stopRequested())
                return stopped();
            lookFor(i);
        }
        for (DataOverlap &overlap : m_found) {
            if (overlap.rows == 0)
                continue;
            nameIds(overlap);
            found.push_back(std::move(overlap));
        }
        return {};
    }

private:
    static Error stopped() { return Error{"Looking for shared rows was stopped."}; }

    /// What a question is known by: its words, with its pictures where the words alone do not tell.
    std::string questionKey(const File &file, std::size_t place)
    {
        const Row &row = file.rows[place];
        std::string key = std::to_string(row.question);
        if (!m_ofOtherPictures.contains(row.question))
            return key;
        key += '\n' + m_pictures.contentOf(row.picture);
        for (const std::uint32_t picture : file.furtherOf(place))
            key += '\n' + m_pictures.contentOf(picture);
        return key;
    }

    Status learnFirst(const StopFlag *stop)
    {
        std::unordered_set<std::uint64_t> asked;
        for (const Row &row : m_second.rows)
            asked.insert(row.question);
        for (std::size_t i = 0; i < m_first.rows.size(); ++i) {
            if (i % comparedBetweenLooks == 0 && stop && stop->stopRequested())
                return stopped();
            const Row &row = m_first.rows[i];
            if (row.question != 0 && asked.contains(row.question))
                m_byQuestion.try_emplace(questionKey(m_first, i), &row);
            if (row.id != 0)
                m_byId.try_emplace(row.id, &row);
            if (row.picture != noPicture)
                m_byPicture.try_emplace(m_pictures.contentOf(row.picture), &row);
            for (const std::uint32_t picture : m_first.furtherOf(i))
                m_byPicture.try_emplace(m_pictures.contentOf(picture), &row);
        }
        return {};
    }

    void lookFor(std::size_t place)
    {
        const Row &row = m_second.rows[place];
        if (row.question != 0) {
            if (const auto same = m_byQuestion.find(questionKey(m_second, place)); same != m_byQuestion.end())
                return note(OverlapKind::Question, *same->second, row);
        }
        if (row.id != 0) {
            if (const auto same = m_byId.find(row.id); same != m_byId.end())
                return note(OverlapKind::Id, *same->second, row);
        }
        if (row.picture == noPicture || lookForPicture(row, row.picture))
            return;
        for (const std::uint32_t picture : m_second.furtherOf(place)) {
            if (lookForPicture(row, picture))
                return;
        }
    }

    bool lookForPicture(const Row &row, std::uint32_t picture)
    {
        const auto same = m_byPicture.find(m_pictures.contentOf(picture));
        if (same != m_byPicture.end())
            note(OverlapKind::Picture, *same->second, row);
        return same != m_byPicture.end();
    }

    void note(OverlapKind kind, const Row &first, const Row &second)
    {
        DataOverlap &overlap = m_found[static_cast<std::size_t>(kind)];
        overlap.kind = kind;
        overlap.first = m_first.role;
        overlap.second = m_second.role;
        overlap.of = static_cast<std::int64_t>(m_second.rows.size());
        ++overlap.rows;
        if (overlap.examples.size() >= DataOverlap::maxExamples)
            return;
        overlap.examples.push_back({{first.fileRow, {}}, {second.fileRow, {}}});
        m_idsOf.push_back({kind, overlap.examples.size() - 1, first.id, second.id});
    }

    /// Ids are kept as numbers; the few rows that are named get their words back.
    void nameIds(DataOverlap &overlap) const
    {
        for (const auto &[text, number] : m_ids) {
            for (const ExampleIds &example : m_idsOf) {
                if (example.kind != overlap.kind)
                    continue;
                if (example.first == number)
                    overlap.examples[example.place].first.id = text;
                if (example.second == number)
                    overlap.examples[example.place].second.id = text;
            }
        }
    }

    struct ExampleIds {
        OverlapKind kind;
        std::size_t place;
        std::uint32_t first;
        std::uint32_t second;
    };
    const File &m_first;
    const File &m_second;
    Pictures &m_pictures;
    const std::unordered_map<std::string, std::uint32_t> &m_ids;
    const std::unordered_set<std::uint64_t> &m_ofOtherPictures;
    std::unordered_map<std::string, const Row *> m_byQuestion;
    std::unordered_map<std::uint32_t, const Row *> m_byId;
    std::unordered_map<std::string, const Row *> m_byPicture;
    std::array<DataOverlap, 3> m_found;
    std::vector<ExampleIds> m_idsOf;
};

std::uint32_t OverlapFinder::numberOf(const std::string &text, std::unordered_map<std::string, std::uint32_t> &numbers)
{
    return numbers.try_emplace(text, static_cast<std::uint32_t>(numbers.size()) + 1).first->second;
}

void OverlapFinder::addFile(const std::string &role)
{
    m_files.push_back({role, {}, {}});
}

void OverlapFinder::addRow(std::int64_t fileRow, const std::string &id, std::string_view question,
                           const std::string &picture, std::span<const std::string> further)
{
    const std::string words = normalizedQuestion(question);
    // 0 says that there are no words; a hash of 0 is as good as 1.
    const std::uint64_t hash = words.empty() ? 0 : std::max<std::uint64_t>(1, std::hash<std::string>{}(words));
    File &file = m_files.back();
    for (const std::string &path : further)
        file.further[file.rows.size()].push_back(numberOf(path, m_pictures));
    file.rows.push_back({fileRow, hash, isName(id) ? numberOf(id, m_ids) : 0,
                         picture.empty() ? noPicture : numberOf(picture, m_pictures)});
}

std::unordered_set<std::uint64_t> OverlapFinder::textsOfOtherPictures() const
{
    std::unordered_set<std::uint64_t> texts;
    for (const File &file : m_files) {
        std::unordered_map<std::uint64_t, std::size_t> asked; // the first row with the words
        for (std::size_t i = 0; i < file.rows.size(); ++i) {
            const auto [place, fresh] = asked.try_emplace(file.rows[i].question, i);
            const std::size_t first = place->second;
            if (!fresh && (file.rows[first].picture != file.rows[i].picture
                           || !std::ranges::equal(file.furtherOf(first), file.furtherOf(i))))
                texts.insert(file.rows[i].question);
        }
    }
    return texts;
}

Result<std::vector<DataOverlap>> OverlapFinder::find(const StopFlag *stop)
{
    Pictures pictures(m_pictures, m_files);
    const std::unordered_set<std::uint64_t> ofOtherPictures = textsOfOtherPictures();
    std::vector<DataOverlap> found;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        for (std::size_t j = i + 1; j < m_files.size(); ++j)
            WINNOW_TRY(Comparison(m_files[i], m_files[j], pictures, *this, ofOtherPictures).compare(stop, found));
    }
    return found;
}

} // namespace winnow
