#pragma once

#include "core/train/process_group.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <gtest/gtest.h>

#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace winnow::test
{

/// A socket of this machine that listens at a free port.
inline RankPlace freePlace(int ranks)
{
    RankPlace place;
    place.size = place.onThisMachine = ranks;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    place.listenSocket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(place.listenSocket, reinterpret_cast<const sockaddr *>(&address), size), 0);
    EXPECT_EQ(::listen(place.listenSocket, SOMAXCONN), 0);
    EXPECT_EQ(::getsockname(place.listenSocket, reinterpret_cast<sockaddr *>(&address), &size), 0);
    place.port = ntohs(address.sin_port);
    return place;
}

/// work(group) in one thread a rank, over the real connections. What a rank throws ends the others; the first is thrown
/// on.
inline void withRanks(int ranks, const std::function<void(ProcessGroup &)> &work)
{
    const RankPlace shared = freePlace(ranks);
    std::vector<std::exception_ptr> errors(static_cast<std::size_t>(ranks));
    std::vector<std::thread> threads;
    for (int rank = 0; rank < ranks; ++rank) {
        threads.emplace_back([&, rank] {
            RankPlace place = shared;
            place.rank = rank;
            auto group = ProcessGroup::join(place);
            ASSERT_TRUE(group.ok()) << group.error().message;
            try {
                work(**group);
                (*group)->leave();
            } catch (const std::exception &error) {
                (*group)->fail(error.what());
                errors[static_cast<std::size_t>(rank)] = std::current_exception();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (const std::exception_ptr &error : errors)
        if (error)
            std::rethrow_exception(error);
}

} // namespace winnow::test
