#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace winnow
{

/// Raised when a struct or a virtual function of this boundary changes; the module and the core must agree on it.
inline constexpr int parquetBoundaryVersion = 1;

/// What a file may cost at most; a file that asks for more is refused before memory is taken for it.
inline constexpr std::int64_t maxParquetMemory = std::int64_t{1} << 30; ///< bytes that the decoder may hold at a time
inline constexpr std::int64_t maxParquetColumns = 1024;
inline constexpr std::int64_t maxParquetCell = 100'000'000; ///< bytes; as large as a picture file may be

/// One column of the table. A picture is a struct {bytes: binary, path: string} or a plain binary column.
struct ParquetColumn {
    enum class Kind { Text, Picture, Number, Flag, Other };
    std::string name;
    Kind kind = Kind::Other;
    std::string type; ///< in Arrow's words, for messages
};

struct ParquetCell {
    bool null = true;
    std::string text; ///< Text: UTF-8. Picture: its bytes. Number, Flag: as text. Other: empty
    std::string path; ///< of a picture struct
    std::string error; ///< why the cell cannot be used: "is larger than .."; empty when it can
};

/// The rows of one Parquet file, read batch by batch, so that memory does not grow with the file.
/// Used by one thread. Everything read is checked (Arrow's ValidateFull) before it is looked at.
class ParquetRows
{
public:
    virtual ~ParquetRows() = default;
    virtual const std::vector<ParquetColumn> &columns() const = 0;
    virtual std::int64_t rowCount() const = 0;
    /// The next row, one cell a column, into `cells`; false at the end. Error: the file is damaged from here on.
    virtual Result<bool> next(std::vector<ParquetCell> &cells) = 0;
};

/// Opens a file. The decoder is a module of its own (libwinnow_parquet.so) that is opened when the first Parquet file
/// is: Arrow's libraries are 63 MB, most sessions read none, and the core works without them. Error: the module was
/// left out (says how to add it), the file cannot be read or is no Parquet file.
WINNOW_CORE_API Result<std::unique_ptr<ParquetRows>> openParquet(const std::string &path);

/// True when the decoder can be opened.
WINNOW_CORE_API bool parquetAvailable();

// What the module exports.
using WinnowParquetVersion = int (*)();
using WinnowParquetOpen = ParquetRows *(*)(const char *path, std::string *error);

} // namespace winnow
