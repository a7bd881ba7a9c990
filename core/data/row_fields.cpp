#include "core/data/row_fields.h"

#include "core/data/picture_path.h"

#include <filesystem>
#include <unordered_map>
#include <unordered_set>

namespace winnow {

namespace {

bool isPath(std::string_view text)
{
    return text.size() <= 4096 && text.find('\0') == std::string_view::npos;
}

} // namespace

Result<std::string> pictureField(const simdjson::dom::object &object, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        simdjson::dom::element element;
        if (object.at_key(name).get(element) || element.is_null())
            continue;
        const std::string field = "field " + std::string(name);
        simdjson::dom::array list;
        if (!element.get(list)) {
            if (list.size() > 1)
                return Error{field + " names several pictures"};
            if (list.size() == 0)
                return std::string();
            element = list.at(0).value_unsafe();
        }
        std::string_view path;
        if (element.get(path) || !isPath(path))
            return Error{field + " is not a path"};
        return std::string(path);
    }
    return std::string();
}

Result<RowPictures> rowPictures(const simdjson::dom::object &object, std::initializer_list<std::string_view> names,
                                const std::string &path, bool metaFile)
{
    const auto rule = textMember(object, "several_pictures");
    if (!rule && hasMember(object, "several_pictures"))
        return Error{"field several_pictures is not text"};
    if (!rule || *rule == "first") {
        WINNOW_ASSIGN(const std::string picture, pictureField(object, names));
        return RowPictures{resolvePicturePath(picture, path, metaFile), {}};
    }
    if (*rule != "all")
        return Error{"field several_pictures is neither first nor all"};
    simdjson::dom::array list;
    if (object.at_key("images").get(list) || list.size() == 0)
        return Error{"field images is empty or not a list"};
    if (list.size() > maxPicturesOfRow)
        return Error{"field images names more than 64 pictures"};
    RowPictures pictures;
    for (const simdjson::dom::element element : list) {
        std::string_view name;
        if (element.get(name) || !isPath(name) || name.empty())
            return Error{"field images holds something that is not a path"};
        pictures.further.push_back(resolvePicturePath(std::string(name), path, metaFile));
    }
    pictures.first = std::move(pictures.further.front());
    pictures.further.erase(pictures.further.begin());
    return pictures;
}

std::vector<std::string> uniqueKeys(const std::vector<KeyedRow> &rows, const std::string &path, bool repeatsAreOdd,
                                    ReadReport &report)
{
    std::unordered_map<std::string, int> uses;
    for (const KeyedRow &row : rows)
        ++uses[row.id];
    const std::string file = std::filesystem::path(path).filename().string();
    std::int64_t missing = 0, repeated = 0;
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (const KeyedRow &row : rows) {
        const bool none = row.id.empty();
        if (!none && uses[row.id] == 1) {
            keys.push_back(row.id);
            continue;
        }
        ++(none ? missing : repeated);
        keys.push_back(file + "#" + std::to_string(row.fileRow));
    }
    const std::string instead = "; " + file + "#ROW is their key.";
    if (missing > 0)
        report.notes.push_back(std::to_string(missing) + " rows have no id or -1" + instead);
    if (repeated > 0)
        report.notes.push_back(std::to_string(repeated) + " rows have an id that occurs more than once" + instead
                               + (repeatsAreOdd ? " Each has a weight of its own unless repeated ids are shared." : ""));
    // An id spelled like one of these keys would make two rows one.
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        while (!seen.insert(keys[i]).second)
            keys[i] += "'";
    }
    return keys;
}

Error noRowLeft(const std::string &path, const ReadReport &report)
{
    if (report.dropped.empty())
        return Error{path + ": the file holds no row."};
    const auto *first = &*report.dropped.begin();
    for (const auto &drop : report.dropped) {
        if (drop.second.firstRow < first->second.firstRow)
            first = &drop;
    }
    return Error{path + ": none of its " + std::to_string(report.rowsRead) + " rows can be used; row "
                 + std::to_string(first->second.firstRow) + ": " + first->first + "."};
}

} // namespace winnow
