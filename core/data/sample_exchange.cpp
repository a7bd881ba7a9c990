#include "core/data/sample_exchange.h"

#include "core/base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace winnow {

namespace {

constexpr std::array<const char *, 12> header = {"key", "decision", "note", "old_labels", "proposed_labels", "weight",
                                                 "rank", "run", "run_uuid", "iteration", "data_sha256", "set"};
constexpr std::array<std::string_view, 5> decisions = {"none", "keep", "flip", "exclude", "unsure"};
constexpr std::size_t largest = std::size_t{1} << 30;

std::string safeField(const std::string &text)
{
    std::string field = !text.empty() && std::string_view("=+-@\t\r'").find(text.front()) != std::string_view::npos ? "'" + text : text;
    if (field.find_first_of(",\"\r\n") == std::string::npos && (field.empty() || (field.front() != ' ' && field.back() != ' ')))
        return field;
    std::string quoted = "\"";
    for (const char c : field) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string plainField(std::string field)
{
    if (!field.empty() && field.front() == '\'')
        field.erase(0, 1);
    return field;
}

template <typename T>
std::string numberText(T value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end.ptr};
}

template <typename T>
std::optional<T> numberOf(const std::string &text)
{
    T value{};
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

nlohmann::json labelsJson(const std::vector<bool> &labels)
{
    auto list = nlohmann::json::array();
    for (const bool plus : labels)
        list.push_back(plus ? "+" : "-");
    return list;
}

Result<std::vector<bool>> labelsOf(const nlohmann::json &list, const std::string &where)
{
    std::vector<bool> labels;
    if (!list.is_array())
        return Error{where + " must be a list of \"+\" and \"-\"."};
    for (const auto &label : list) {
        if (label != "+" && label != "-")
            return Error{where + " must hold \"+\" and \"-\" only."};
        labels.push_back(label == "+");
    }
    return labels;
}

/// RFC 4180. Records of fields; the error is for text that ends inside quotes.
Result<std::vector<std::vector<std::string>>> parseCsv(std::string_view text, const std::string &what)
{
    std::vector<std::vector<std::string>> records(1);
    std::string field;
    bool quoted = false;
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"')
                field += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                field += text[++i];
            else
                quoted = false;
            continue;
        }
        if (c == '"') {
            quoted = any = true;
        } else if (c == ',') {
            records.back().push_back(std::move(field));
            field.clear();
            any = true;
        } else if (c == '\n') {
            records.back().push_back(std::move(field));
            field.clear();
            records.emplace_back();
            any = false;
        } else if (c != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') {
            field += c;
            any = true;
        }
    }
    if (quoted)
        return Error{what + ": the file ends inside a quoted field; it may be cut short."};
    if (any)
        records.back().push_back(std::move(field));
    else
        records.pop_back();
    return records;
}

Status checkDecision(const std::string &decision, const std::string &where)
{
    if (std::find(decisions.begin(), decisions.end(), decision) == decisions.end())
        return Error{where + ": decision is \"" + decision + "\"; it must be none, keep, flip, exclude or unsure."};
    return {};
}

std::string csvRow(const SampleExchange &exchange, const ExchangedSample &sample)
{
    const std::array<std::string, 12> fields = {
        safeField(sample.key), sample.decision, safeField(sample.note), safeField(labelsJson(sample.oldLabels).dump()),
        safeField(labelsJson(sample.proposedLabels).dump()), sample.weight ? numberText(*sample.weight) : "",
        sample.rank ? numberText(*sample.rank) : "", safeField(exchange.run), safeField(exchange.runUuid),
        numberText(exchange.iteration), exchange.datasetSha256, safeField(exchange.set)};
    std::string row = fields[0];
    for (std::size_t i = 1; i < fields.size(); ++i)
        row += "," + fields[i];
    return row + "\r\n";
}

std::string writeCsv(const SampleExchange &exchange)
{
    std::string text;
    for (const char *name : header)
        text += (text.empty() ? "" : ",") + std::string(name);
    text += "\r\n";
    for (const ExchangedSample &sample : exchange.samples)
        text += csvRow(exchange, sample);
    return text;
}

Result<ExchangedSample> csvSample(const std::vector<std::string> &f, const std::string &where)
{
    ExchangedSample sample;
    sample.key = plainField(f[0]);
    sample.decision = f[1];
    sample.note = plainField(f[2]);
    WINNOW_TRY(checkDecision(sample.decision, where));
    for (const int i : {3, 4}) {
        const std::string name = where + ": " + header[static_cast<std::size_t>(i)];
        WINNOW_ASSIGN(const nlohmann::json list, parseJson(f[static_cast<std::size_t>(i)], name));
        WINNOW_ASSIGN(auto labels, labelsOf(list, name));
        (i == 3 ? sample.oldLabels : sample.proposedLabels) = std::move(labels);
    }
    sample.weight = numberOf<float>(f[5]);
    if (!sample.weight && !f[5].empty())
        return Error{where + ": weight is \"" + f[5] + "\"; it must be a number or empty."};
    sample.rank = numberOf<std::int64_t>(f[6]);
    if (!sample.rank && !f[6].empty())
        return Error{where + ": rank is \"" + f[6] + "\"; it must be a whole number or empty."};
    return sample;
}

Result<SampleExchange> readCsv(std::string_view text, const std::string &what)
{
    WINNOW_ASSIGN(const auto records, parseCsv(text, what));
    if (records.empty() || !std::equal(records[0].begin(), records[0].end(), header.begin(), header.end()))
        return Error{what + ": the first line must name the columns of an exported set (key,decision,note,...)."};
    SampleExchange exchange;
    for (std::size_t row = 1; row < records.size(); ++row) {
        const auto &f = records[row];
        const std::string where = what + ", row " + std::to_string(row);
        if (f.size() != header.size())
            return Error{where + ": " + std::to_string(f.size()) + " fields instead of " + std::to_string(header.size()) + "."};
        WINNOW_ASSIGN(auto sample, csvSample(f, where));
        const auto iteration = numberOf<std::int64_t>(f[9]);
        if (!iteration)
            return Error{where + ": iteration is \"" + f[9] + "\"; it must be a whole number."};
        if (row > 1 && f[10] != exchange.datasetSha256)
            return Error{where + ": data_sha256 is another than in the first row; a file holds samples of one data set."};
        exchange.run = plainField(f[7]);
        exchange.runUuid = plainField(f[8]);
        exchange.iteration = *iteration;
        exchange.datasetSha256 = f[10];
        exchange.set = plainField(f[11]);
        exchange.samples.push_back(std::move(sample));
    }
    return exchange;
}

std::string writeJson(const SampleExchange &exchange)
{
    nlohmann::ordered_json out;
    out["winnow_samples"] = 1;
    out["set"] = exchange.set;
    out["data_sha256"] = exchange.datasetSha256;
    out["run"] = exchange.run;
    out["run_uuid"] = exchange.runUuid;
    out["iteration"] = exchange.iteration;
    auto list = nlohmann::ordered_json::array();
    for (const ExchangedSample &sample : exchange.samples) {
        nlohmann::ordered_json one;
        one["key"] = sample.key;
        one["decision"] = sample.decision;
        one["note"] = sample.note;
        one["old_labels"] = labelsJson(sample.oldLabels);
        one["proposed_labels"] = labelsJson(sample.proposedLabels);
        if (sample.weight && std::isfinite(*sample.weight))
            one["weight"] = static_cast<double>(*sample.weight); // exact in double, so exact when read
        else
            one["weight"] = nullptr;
        if (sample.rank)
            one["rank"] = *sample.rank;
        else
            one["rank"] = nullptr;
        list.push_back(std::move(one));
    }
    out["samples"] = std::move(list);
    return out.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<std::string> textOf(const nlohmann::json &object, const char *name, const std::string &where)
{
    const auto at = object.find(name);
    if (at == object.end() || !at->is_string())
        return Error{where + ": " + name + " is missing or not text."};
    return at->get<std::string>();
}

Result<ExchangedSample> jsonSample(const nlohmann::json &object, const std::string &where)
{
    if (!object.is_object())
        return Error{where + " is not an object."};
    ExchangedSample sample;
    WINNOW_ASSIGN(sample.key, textOf(object, "key", where));
    WINNOW_ASSIGN(sample.decision, textOf(object, "decision", where));
    WINNOW_ASSIGN(sample.note, textOf(object, "note", where));
    WINNOW_TRY(checkDecision(sample.decision, where));
    WINNOW_ASSIGN(sample.oldLabels, labelsOf(object.value("old_labels", nlohmann::json()), where + ": old_labels"));
    WINNOW_ASSIGN(sample.proposedLabels, labelsOf(object.value("proposed_labels", nlohmann::json()), where + ": proposed_labels"));
    if (const auto at = object.find("weight"); at != object.end() && at->is_number())
        sample.weight = static_cast<float>(at->get<double>());
    if (const auto at = object.find("rank"); at != object.end() && at->is_number_integer())
        sample.rank = at->get<std::int64_t>();
    return sample;
}

Result<SampleExchange> readJson(std::string_view text, const std::string &what)
{
    WINNOW_ASSIGN(const nlohmann::json in, parseJson(text, what, largest));
    if (!in.is_object() || in.value("winnow_samples", nlohmann::json()) != 1)
        return Error{what + ": the file is no exported set of version 1 (\"winnow_samples\": 1 is missing)."};
    SampleExchange exchange;
    WINNOW_ASSIGN(exchange.set, textOf(in, "set", what));
    WINNOW_ASSIGN(exchange.datasetSha256, textOf(in, "data_sha256", what));
    WINNOW_ASSIGN(exchange.run, textOf(in, "run", what));
    WINNOW_ASSIGN(exchange.runUuid, textOf(in, "run_uuid", what));
    if (const auto at = in.find("iteration"); at != in.end() && at->is_number_integer())
        exchange.iteration = at->get<std::int64_t>();
    const auto list = in.find("samples");
    if (list == in.end() || !list->is_array())
        return Error{what + ": samples is missing or not a list."};
    for (const auto &object : *list) {
        WINNOW_ASSIGN(auto sample, jsonSample(object, what + ", sample " + std::to_string(exchange.samples.size())));
        exchange.samples.push_back(std::move(sample));
    }
    return exchange;
}

} // namespace

std::string writeSampleExchange(const SampleExchange &exchange, ExchangeForm form)
{
    return form == ExchangeForm::Csv ? writeCsv(exchange) : writeJson(exchange);
}

Result<SampleExchange> readSampleExchange(std::string_view text, const std::string &what)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (!isUtf8(text))
        return Error{what + ": the file is not UTF-8 text. Save it as UTF-8."};
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{' ? readJson(text, what) : readCsv(text, what);
}

} // namespace winnow
