#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow {

/// What the pictures of a data set's rows hold, row after row. Each distinct file is read once, when its first row is
/// added. Four bytes a picture of a row. Not thread-safe.
class WINNOW_CORE_API PictureDigests
{
public:
    /// The pictures that the row shows, in order; none for text only.
    void addRow(std::span<const std::string> pictures);
    /// Of the rows added so far, in a file of this SHA-256.
    std::string identity(const std::string &rowFileSha256) const;

private:
    std::uint32_t placeOf(const std::string &picture);

    std::unordered_map<std::string, std::uint32_t> m_places; ///< in m_digests, by path
    std::vector<std::string> m_digests;
    std::vector<std::uint32_t> m_pictures; ///< places, twice each; odd: it stands in the row of the one before
};

/// Identity of a data set: SHA-256 over the row file's SHA-256 and, in row order, a line for each row: the SHA-256 of
/// its picture (`-` for a row without one, `missing` for a file that cannot be read), of several with a comma between.
/// Error: the row file cannot be read.
WINNOW_CORE_API Result<std::string> datasetIdentity(const std::string &rowFile, const PictureDigests &pictures);

} // namespace winnow
