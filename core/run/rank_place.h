#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <functional>
#include <optional>
#include <string>

namespace winnow
{

/// Place of this process among the processes that train one run together. Rank 0 holds the run: store, checkpoints,
/// events.
struct RankPlace {
    int rank = 0;
    int size = 1; ///< processes in all
    int onThisMachine = 1; ///< of them
    std::string address = "127.0.0.1"; ///< where rank 0 listens
    int port = 0;
    int listenSocket = -1; ///< rank 0: a socket that listens at the port already; -1: none
    bool servedByAgent = false; ///< torchrun listens at the address itself
    int attempt = 0; ///< torchrun's count of restarts
    /// A sentence about a process that has ended, from who started them; empty while there is none. May be unset. Any
    /// thread.
    std::function<std::string()> lostProcess;
};

/// From RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT and LOCAL_WORLD_SIZE, as torchrun sets them; nothing where
/// WORLD_SIZE is unset or 1. An error names the variable.
WINNOW_CORE_API Result<std::optional<RankPlace>> rankPlaceFromEnvironment();

} // namespace winnow
