#include "core/train/process_group.h"

#include "core/train/rank_watch.h"

#include <ATen/ATen.h>

#define USE_C10D_GLOO // LibTorch was built with it; the header hides itself otherwise
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <unistd.h>

#include <array>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace winnow
{

namespace
{

using namespace std::chrono_literals;
using Store = c10::intrusive_ptr<c10d::Store>;
using Backend = c10::intrusive_ptr<c10d::Backend>;

constexpr auto joinWithin = 60s;
constexpr auto storeAnswersWithin = 5s;
constexpr auto lookForLossEvery = 500ms;
// A paused run keeps the other ranks waiting in a collective; a lost rank is found by its connection and its beat
// instead.
constexpr auto collectiveWithin = 24h * 365;

std::string placeText(const RankPlace &place)
{
    return place.address + ":" + std::to_string(place.port);
}

std::string ownName()
{
    std::array<char, HOST_NAME_MAX + 1> host{};
    ::gethostname(host.data(), host.size() - 1);
    return "process " + std::to_string(::getpid()) + " on " + host.data();
}

Store openStore(const RankPlace &place, bool serve, std::chrono::milliseconds timeout)
{
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(place.port);
    options.isServer = serve && place.rank == 0 && !place.servedByAgent;
    options.waitWorkers = false;
    options.timeout = timeout;
    if (options.isServer && place.listenSocket >= 0)
        options.masterListenFd = place.listenSocket;
    const Store store = c10::make_intrusive<c10d::TCPStore>(place.address, options);
    return c10::make_intrusive<c10d::PrefixStore>("winnow/" + std::to_string(place.attempt), store);
}

std::string nameKey(int rank)
{
    return "name/" + std::to_string(rank);
}

std::string missingRanks(c10d::Store &store, const RankPlace &place)
{
    std::string missing;
    for (int rank = 0; rank < place.size; ++rank)
        if (!store.check({nameKey(rank)}))
            missing += (missing.empty() ? "" : ", ") + std::to_string(rank);
    return missing;
}

/// Waits until every rank has written its name, and reads them.
Result<std::vector<std::string>> meet(c10d::Store &store, const RankPlace &place)
{
    store.set(nameKey(place.rank), ownName());
    const auto deadline = std::chrono::steady_clock::now() + joinWithin;
    for (std::string missing; !(missing = missingRanks(store, place)).empty();) {
        if (const std::string lost = place.lostProcess ? place.lostProcess() : std::string(); !lost.empty())
            return Error{lost};
        if (std::chrono::steady_clock::now() > deadline)
            return Error{"Of " + std::to_string(place.size) + " processes these did not join at " + placeText(place)
                         + " within " + std::to_string(joinWithin.count()) + " s: rank " + missing
                         + ". Start them with the same MASTER_ADDR, MASTER_PORT and WORLD_SIZE."};
        std::this_thread::sleep_for(50ms);
    }
    std::vector<std::string> names;
    for (int rank = 0; rank < place.size; ++rank)
        names.push_back(store.get_to_str(nameKey(rank)));
    return names;
}

bool isLoopback(const std::string &address)
{
    return address == "localhost" || address.rfind("127.", 0) == 0;
}

Backend connect(const Store &store, const RankPlace &place)
{
    using c10d::ProcessGroupGloo;
    c10::intrusive_ptr<ProcessGroupGloo::Options> options;
    if (isLoopback(place.address) && !std::getenv("GLOO_SOCKET_IFNAME")) {
        options = ProcessGroupGloo::Options::create(joinWithin);
        options->devices.push_back(ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
    } else {
        options = ProcessGroupGloo::Options::create_default(joinWithin); // reads GLOO_SOCKET_IFNAME
    }
    Backend backend = c10::make_intrusive<ProcessGroupGloo>(store, place.rank, place.size, options);
    backend->setTimeout(std::chrono::duration_cast<std::chrono::milliseconds>(collectiveWithin));
    return backend;
}

/// What a broken group leaves behind: its threads wait for a rank that is gone, and its store still tells the others
/// why. It lasts until the process ends, which is soon.
struct Wreck {
    Store store;
    Backend backend;
};
void keepUntilTheEnd(Wreck wreck)
{
    static auto *wrecks = new std::vector<Wreck>; // never destroyed
    wrecks->push_back(std::move(wreck));
}

} // namespace

struct ProcessGroup::Parts {
    RankPlace place;
    Store store;
    Backend backend;
    std::unique_ptr<RankWatch> watch;
    bool left = false;

    void finish(const c10::intrusive_ptr<c10d::Work> &work) const;
};

/// Waits for a collective, or throws why it will not end.
void ProcessGroup::Parts::finish(const c10::intrusive_ptr<c10d::Work> &work) const
{
    for (;;) {
        try {
            work->wait(lookForLossEvery);
            return;
        } catch (const std::exception &error) {
            if (const std::string lost = watch->loss(); !lost.empty())
                throw std::runtime_error(lost);
            if (!work->isCompleted() || work->isSuccess())
                continue; // only the wait ran out
            const std::string lost = watch->lossBehindBrokenConnection();
            throw std::runtime_error(
                lost.empty() ? "A connection between the processes broke: " + std::string(error.what()) : lost);
        }
    }
}

ProcessGroup::ProcessGroup(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) { }

ProcessGroup::~ProcessGroup()
{
    m_parts->watch.reset();
    if (!m_parts->left)
        keepUntilTheEnd({std::move(m_parts->store), std::move(m_parts->backend)});
}

Result<std::unique_ptr<ProcessGroup>> ProcessGroup::join(const RankPlace &place)
{
    const auto failed = [&place](const std::string &reason) {
        return Error{"Rank " + std::to_string(place.rank) + " of " + std::to_string(place.size)
                     + " could not join the others at " + placeText(place) + ": " + reason
                     + " Check MASTER_ADDR and MASTER_PORT, and that rank 0 runs."};
    };
    auto parts = std::make_unique<Parts>();
    parts->place = place;
    try {
        parts->store = openStore(place, true, joinWithin);
        WINNOW_ASSIGN(std::vector<std::string> names, meet(*parts->store, place));
        parts->watch =
            std::make_unique<RankWatch>(openStore(place, false, storeAnswersWithin), place, std::move(names));
        parts->backend = connect(c10::make_intrusive<c10d::PrefixStore>("gloo", parts->store), place);
    } catch (const c10::Error &error) {
        return failed(error.what_without_backtrace());
    } catch (const std::exception &error) { // Gloo's own
        return failed(error.what());
    }
    return std::unique_ptr<ProcessGroup>(new ProcessGroup(std::move(parts)));
}

int ProcessGroup::rank() const
{
    return m_parts->place.rank;
}

int ProcessGroup::size() const
{
    return m_parts->place.size;
}

void ProcessGroup::sum(at::Tensor &values)
{
    TORCH_CHECK(values.is_contiguous(), "a sum over processes needs a contiguous tensor");
    std::vector<at::Tensor> tensors{values};
    m_parts->finish(m_parts->backend->allreduce(tensors, {}));
}

std::int64_t ProcessGroup::largest(std::int64_t value)
{
    std::vector<at::Tensor> tensors{at::full({1}, value, at::kLong)};
    c10d::AllreduceOptions options;
    options.reduceOp = c10d::ReduceOp::MAX;
    m_parts->finish(m_parts->backend->allreduce(tensors, options));
    return tensors[0].item<std::int64_t>();
}

std::string ProcessGroup::fromRoot(const std::string &text)
{
    const std::int64_t length = largest(isRoot() ? static_cast<std::int64_t>(text.size()) : 0);
    std::vector<at::Tensor> tensors{at::zeros({length}, at::kByte)};
    if (length == 0)
        return {};
    auto *bytes = tensors[0].data_ptr<std::uint8_t>();
    if (isRoot())
        std::copy(text.begin(), text.end(), bytes);
    m_parts->finish(m_parts->backend->broadcast(tensors, {}));
    return std::string(bytes, bytes + length);
}

void ProcessGroup::leave()
{
    largest(0);
    m_parts->watch.reset();
    m_parts->left = true;
}

void ProcessGroup::fail(const std::string &reason)
{
    if (m_parts->watch)
        m_parts->watch->tellFailure(reason);
}

} // namespace winnow
