#include "core/run/picture_guard.h"

#include <array>
#include <string>

namespace winnow {

void PictureGuard::onProgress(std::string_view, std::int64_t, std::int64_t)
{
    if (!check().ok())
        m_stop.requestStop();
}

Status PictureGuard::check() const
{
    std::int64_t lost = 0;
    std::string first;
    for (const auto *set : {&m_prepared.train, &m_prepared.meta, &m_prepared.holdout, &m_prepared.test}) {
        if (!*set || (*set)->picturesLost() == 0)
            continue;
        lost += (*set)->picturesLost();
        if (first.empty())
            first = (*set)->firstLostPicture();
    }
    if (lost == 0)
        return {};
    return Error{"Pictures that could be read at the start cannot be read any more (" + std::to_string(lost)
                 + " times, first \"" + first + "\"). Nothing computed without them was kept: bring them back, then resume "
                 + "from the last checkpoint."};
}

} // namespace winnow
