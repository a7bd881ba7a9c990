#pragma once

#include "core/base/ids.h"
#include "core/store/database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow
{

/// How one run is drawn. `hue` and `dash` are numbers of the palette; absent: none was given yet.
struct RunLookRecord {
    RunId run;
    std::optional<int> hue = {};
    int dash = 0;
    std::optional<bool> visible = {}; ///< absent: nobody chose
    bool pinned = false;

    bool operator==(const RunLookRecord &) const = default;
};

struct SavedQuery {
    std::string name;
    std::string text;
};

/// What a window keeps of how runs are shown: looks, deleted runs, saved queries, view settings. Thread: that of its
/// Database.
class WINNOW_CORE_API RunViewStore
{
public:
    explicit RunViewStore(Database &database) : m_database(database) { }

    Result<std::vector<RunLookRecord>> looks();
    Status setLook(const RunLookRecord &look); ///< nothing happens when the run is gone

    /// A deleted run is in no list until it is restored; RunStore::remove() purges it. Refused while it is active.
    Status setDeleted(RunId run, bool deleted);
    Result<std::vector<RunId>> deleted();

    Result<std::vector<SavedQuery>> queries(); ///< oldest first
    Status saveQuery(const SavedQuery &query); ///< replaces the one of that name
    Status removeQuery(const std::string &name);

    Result<std::map<std::string, std::string>> settings();
    Status setSetting(const std::string &key, const std::string &value);

    /// Changes whenever another connection, of this or another process, has committed.
    Result<std::int64_t> dataVersion();

private:
    Database &m_database;
};

} // namespace winnow
