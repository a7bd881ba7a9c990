#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

enum class ImportKind { VisualPrm, Mmmu, MmmuPro, DreamPrm };
WINNOW_CORE_API std::string_view importKindName(ImportKind kind); ///< "visualprm", "mmmu", "mmmu-pro", "dreamprm"
WINNOW_CORE_API Result<ImportKind> importKindFromName(std::string_view name);

/// A choice that stands in the report: what happens to a row of which only a part can be used.
enum class RowRule { Default, Keep, Drop };
/// Of a row that names several pictures: which ones it keeps.
enum class SeveralPictures { Default, First, All, Drop };

struct ImportOptions {
    ImportKind kind = ImportKind::VisualPrm;
    std::string source; ///< a file, or a folder that is searched for files of the kind
    std::string out; ///< folder that the row files, pictures and reports are written to
    std::string pictures; ///< folder that relative picture paths start from; empty: the row file's
    /// All: the model sees every one, and they share the row's tiles. Default: drop for visualprm, else the first.
    SeveralPictures severalPictures = SeveralPictures::Default;
    /// Keep: the row stays, without its picture. Default: drop for visualprm, else keep.
    RowRule missingPictures = RowRule::Default;
    bool replaceSystemText = false; ///< visualprm: by the system text that meta rows carry
    std::string tokenizer; ///< folder; empty: tokens are not counted
    int maxTiles = 6;
    int tileSize = 448;
    int tokensPerTile = 256;
    std::int64_t sampleRows = 10'000; ///< rows whose tokens and tiles are counted; 0: all
    std::uint64_t seed = 0; ///< of that sample
};

struct ImportPlace {
    std::string file;
    std::int64_t row = 0; ///< 0-based in the file
    std::string text; ///< what stands there, cut short
};

/// Rows that have one thing in common.
struct ImportRows {
    std::int64_t count = 0;
    std::vector<ImportPlace> rows; ///< the first ones, at most maxPlaces
    static constexpr std::size_t maxPlaces = 200;
};

/// Counts by value, in equal bins from 0.
struct ImportHistogram {
    double binWidth = 1;
    std::vector<std::int64_t> bins;
    std::int64_t rows = 0; ///< counted
    double mean = 0;
    std::int64_t median = 0;
    std::int64_t largest = 0;
};

/// What an import read, kept and left out. One a row file.
struct ImportReport {
    std::string kind;
    std::string source;
    std::vector<std::string> files; ///< read, in order
    std::string rowFile; ///< written
    std::string rowKind; ///< "train", "meta", "test"; "questions": no candidates yet
    std::string metaForm; ///< of meta rows
    std::string sha256; ///< identity of the row file and its pictures
    std::int64_t rowsRead = 0;
    std::int64_t rowsKept = 0;
    std::map<std::string, ImportRows> dropped; ///< by reason
    std::map<std::string, ImportRows> noted; ///< kept rows that a person should look at, by what they are
    std::vector<std::string> problems; ///< files, or ends of files, that could not be read
    std::int64_t sites = 0;
    std::int64_t plus = 0;
    std::int64_t minus = 0;
    std::int64_t answersRight = 0; ///< meta rows, candidates
    std::int64_t answersWrong = 0;
    std::int64_t duplicates = 0; ///< kept rows with texts and picture of an earlier one
    std::int64_t idsMissing = 0; ///< none or -1
    std::int64_t idsRepeated = 0;
    std::int64_t severalPictures = 0; ///< rows that name more than one
    std::string severalPicturesRule; ///< "first picture", "all pictures, tiles shared" or "row dropped"
    std::int64_t picturesMissing = 0; ///< rows whose picture cannot be opened
    std::string missingPicturesRule; ///< "row kept without it" or "row dropped"
    std::int64_t withoutPicture = 0; ///< rows that name none
    std::int64_t picturesWritten = 0;
    bool systemTextReplaced = false;
    std::map<std::string, std::int64_t> subjects; ///< kept rows by subject
    std::map<std::string, std::int64_t> answers; ///< questions: by right answer; open ones under "open"
    std::int64_t sampleRows = 0; ///< rows in the sample; equal to rowsKept when all were counted
    std::uint64_t sampleSeed = 0;
    ImportHistogram tokens; ///< empty without a tokenizer
    ImportHistogram tiles;
    std::vector<std::string> notes;
    double seconds = 0;

    void drop(const std::string &reason, ImportPlace place);
    void note(const std::string &what, ImportPlace place);
    static constexpr const char *bareLetter = "a bare letter is the whole response"; ///< what such rows are noted as
    WINNOW_CORE_API std::int64_t bareLetters() const; ///< rows that are
};

/// One JSON object, keys in the order above.
WINNOW_CORE_API std::string importReportToJson(const ImportReport &report);
WINNOW_CORE_API Result<ImportReport> importReportFromJson(std::string_view json);

} // namespace winnow
