#include "core/data/dataset_identity.h"

#include "core/base/sha256.h"

namespace winnow {

std::uint32_t PictureDigests::placeOf(const std::string &picture)
{
    const auto [place, isNew] = m_places.try_emplace(picture, static_cast<std::uint32_t>(m_digests.size()));
    if (isNew && picture.empty()) {
        m_digests.emplace_back("-");
    } else if (isNew) {
        auto digest = sha256OfFile(picture);
        m_digests.push_back(digest ? std::move(*digest) : std::string("missing"));
    }
    return place->second;
}

void PictureDigests::addRow(std::span<const std::string> pictures)
{
    m_pictures.push_back(2 * placeOf(pictures.empty() ? std::string() : pictures.front()));
    for (std::size_t i = 1; i < pictures.size(); ++i)
        m_pictures.push_back(2 * placeOf(pictures[i]) + 1);
}

std::string PictureDigests::identity(const std::string &rowFileSha256) const
{
    Sha256 all;
    all.update(rowFileSha256);
    for (const std::uint32_t picture : m_pictures) {
        all.update(picture % 2 == 0 ? "\n" : ",");
        all.update(m_digests[picture / 2]);
    }
    all.update("\n");
    return all.hex();
}

Result<std::string> datasetIdentity(const std::string &rowFile, const PictureDigests &pictures)
{
    WINNOW_ASSIGN(const std::string rows, sha256OfFile(rowFile));
    return pictures.identity(rows);
}

} // namespace winnow
