#include "core/run/rank_place.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace winnow
{

namespace
{

std::string_view variable(const char *name)
{
    const char *text = std::getenv(name);
    return text ? text : "";
}

Result<int> number(const char *name, int lowest, int highest)
{
    const std::string_view text = variable(name);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && value >= lowest && value <= highest)
        return value;
    return Error{
        "The environment variable " + std::string(name) + " is \"" + std::string(text) + "\" and not a number from "
        + std::to_string(lowest) + " to " + std::to_string(highest)
        + "; processes that train together need RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun sets them."};
}

} // namespace

Result<std::optional<RankPlace>> rankPlaceFromEnvironment()
{
    constexpr int mostProcesses = 4096, mostPorts = 65535;
    if (variable("WORLD_SIZE").empty())
        return std::optional<RankPlace>();
    RankPlace place;
    WINNOW_ASSIGN(place.size, number("WORLD_SIZE", 1, mostProcesses));
    if (place.size == 1)
        return std::optional<RankPlace>();
    WINNOW_ASSIGN(place.rank, number("RANK", 0, place.size - 1));
    WINNOW_ASSIGN(place.port, number("MASTER_PORT", 1, mostPorts));
    place.address = variable("MASTER_ADDR");
    if (place.address.empty())
        return Error{"The environment variable MASTER_ADDR is not set; it names the machine of rank 0."};
    if (!variable("LOCAL_WORLD_SIZE").empty()) {
        WINNOW_ASSIGN(place.onThisMachine, number("LOCAL_WORLD_SIZE", 1, place.size));
    }
    place.servedByAgent = variable("TORCHELASTIC_USE_AGENT_STORE") == "True";
    if (!variable("TORCHELASTIC_RESTART_COUNT").empty()) {
        WINNOW_ASSIGN(place.attempt, number("TORCHELASTIC_RESTART_COUNT", 0, 1 << 30));
    }
    return std::optional<RankPlace>(place);
}

} // namespace winnow
