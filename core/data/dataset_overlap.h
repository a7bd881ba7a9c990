#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/base/stop_flag.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow
{

/// In what two rows of different files are the same.
enum class OverlapKind { Question, Id, Picture };

/// Rows of one file that are found again in another: what is measured on them is not unseen.
struct DataOverlap {
    struct Row {
        std::int64_t fileRow = 0;
        std::string id;
    };
    struct Pair {
        Row first;
        Row second;
    };
    std::string first; ///< role of the file that has them too: "train"
    std::string second; ///< role of the file whose rows are counted: "test"
    OverlapKind kind = OverlapKind::Question;
    std::int64_t rows = 0; ///< of `second`
    std::int64_t of = 0; ///< rows of `second` in all
    std::vector<Pair> examples; ///< the first ones, at most maxExamples
    static constexpr std::size_t maxExamples = 20;
};

/// "3 of 400 rows of data.test have the question of a row of data.train (row 0 is row 17, ...)."
WINNOW_CORE_API std::string overlapSentence(const DataOverlap &overlap);

/// The words of a question alone: without the marks around it and the places of pictures, whatever its case, spelling
/// of characters and white space.
WINNOW_CORE_API std::string normalizedQuestion(std::string_view text);

/// Finds rows that several files share, by question, by id and by picture. Each row counts once, in this order:
/// - Question: the same words (normalizedQuestion). A text that one of the files asks of other pictures each time ("What is
///   the sum?") names no question by itself; it must come with the same pictures too.
/// - Id: the same id, where ids are names; bare numbers, and numbers behind a file's name, are alike by chance.
/// - Picture: the same bytes, of any of its pictures.
/// About 100 bytes a row. Pictures are read only where two files have some of one size. Not thread-safe.
class WINNOW_CORE_API OverlapFinder
{
public:
    void addFile(const std::string &role); ///< the rows that follow are its
    /// `picture`: its path; empty for text only. `further`: pictures that are seen with it.
    void addRow(std::int64_t fileRow, const std::string &id, std::string_view question, const std::string &picture,
                std::span<const std::string> further = {});

    /// Overlaps of each two files, in the order in which they were added. Error: `stop` ended it.
    Result<std::vector<DataOverlap>> find(const StopFlag *stop = nullptr);

private:
    static constexpr std::uint32_t noPicture = 0;
    struct Row {
        std::int64_t fileRow;
        std::uint64_t question; ///< hash of the words; 0: it has none
        std::uint32_t id; ///< 0: none that names it
        std::uint32_t picture; ///< the first; 0: none
    };
    struct File {
        std::string role;
        std::vector<Row> rows;
        /// Further pictures, by place in `rows`; few rows have any.
        std::unordered_map<std::size_t, std::vector<std::uint32_t>> further;
        std::span<const std::uint32_t> furtherOf(std::size_t row) const
        {
            const auto found = further.find(row);
            return found == further.end() ? std::span<const std::uint32_t>() : found->second;
        }
    };
    class Pictures;
    class Comparison;

    std::unordered_set<std::uint64_t> textsOfOtherPictures() const;

    static std::uint32_t numberOf(const std::string &text, std::unordered_map<std::string, std::uint32_t> &numbers);

    std::vector<File> m_files;
    std::unordered_map<std::string, std::uint32_t> m_ids;
    std::unordered_map<std::string, std::uint32_t> m_pictures; ///< by path
};

} // namespace winnow
