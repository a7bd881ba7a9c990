#include "core/data/dataset_identity.h"

#include "core/base/sha256.h"

#include <unordered_map>

namespace winnow {

Result<std::string> datasetIdentity(const std::string &rowFile, std::span<const std::string> pictures)
{
    WINNOW_ASSIGN(const std::string rows, sha256OfFile(rowFile));
    Sha256 all;
    all.update(rows);
    all.update("\n");
    std::unordered_map<std::string, std::string> known;
    for (const std::string &picture : pictures) {
        auto [place, isNew] = known.try_emplace(picture);
        if (isNew && picture.empty()) {
            place->second = '-';
        } else if (isNew) {
            auto digest = sha256OfFile(picture);
            place->second = digest ? std::move(*digest) : std::string("missing");
        }
        all.update(place->second);
        all.update("\n");
    }
    return all.hex();
}

} // namespace winnow
