#include "core/run/process_executor.h"

#include "core/base/log.h"
#include "core/store/run_store.h"

#include <sys/wait.h>

#include <chrono>
#include <utility>
#include <vector>

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 100ms;

std::string endText(RunId run, int waitStatus, const std::string &logFile)
{
    std::string text = "The process of run " + std::to_string(run.value) + " ended ";
    text += WIFSIGNALED(waitStatus) ? "by signal " + std::to_string(WTERMSIG(waitStatus))
                                    : "with status " + std::to_string(WEXITSTATUS(waitStatus));
    const std::string last = lastLineOfLog(logFile);
    return text + (last.empty() ? "" : ": " + last) + ". Its log is \"" + logFile + "\".";
}

} // namespace

ProcessExecutor::ProcessExecutor(StoreWriter &writer, Command command) :
    m_writer(writer), m_command(std::move(command)), m_watcher([this] { watch(); })
{
}

ProcessExecutor::~ProcessExecutor()
{
    {
        std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_watcher.join();
}

Status ProcessExecutor::start(RunId run, RunEnded ended)
{
    {
        std::lock_guard lock(m_mutex);
        if (m_children.count(run) != 0)
            return Error{"Run " + std::to_string(run.value) + " is already at work."};
    }
    WINNOW_ASSIGN(const DetachedCommand command, m_command(run));
    WINNOW_ASSIGN(const std::int64_t pid, startDetached(command));
    {
        std::lock_guard lock(m_mutex);
        m_children[run] = {pid, command.logFile, std::move(ended)};
    }
    m_changed.notify_all();
    return {};
}

Status ProcessExecutor::ask(RunId run, RunRequest request)
{
    return m_writer.execute([run, request](Database &db) { return RunStore(db).setRequest(run, request); });
}

bool ProcessExecutor::isActive(RunId run) const
{
    std::lock_guard lock(m_mutex);
    return m_children.count(run) != 0;
}

void ProcessExecutor::wait(RunId run)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_closing || m_children.count(run) == 0; });
}

void ProcessExecutor::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_closing) {
        if (m_children.empty())
            m_changed.wait(lock, [&] { return m_closing || !m_children.empty(); });
        else
            m_changed.wait_for(lock, lookEvery, [&] { return m_closing; });
        std::vector<std::pair<RunId, int>> over;
        for (const auto &[run, child] : m_children) {
            int status = 0;
            if (waitpid(static_cast<pid_t>(child.pid), &status, WNOHANG) == child.pid)
                over.emplace_back(run, status);
        }
        for (const auto &[run, status] : over) {
            const Child child = m_children.at(run);
            lock.unlock();
            const Status outcome = settle(run, child, status);
            if (!outcome.ok())
                logError(outcome.error().message);
            if (child.ended)
                child.ended(run, outcome);
            lock.lock();
            m_children.erase(run);
            m_changed.notify_all();
        }
    }
}

Status ProcessExecutor::settle(RunId run, const Child &child, int waitStatus)
{
    RunRecord record;
    const Status stored = m_writer.execute([&](Database &db) -> Status {
        RunStore runs(db);
        WINNOW_ASSIGN(record, runs.get(run));
        if (record.state == RunState::Queued) // it ended before it came to its run
            WINNOW_TRY(runs.setState(run, RunState::Failed, endText(run, waitStatus, child.logFile)));
        else if (record.held() && record.pid == child.pid)
            WINNOW_TRY(runs.setState(run, RunState::Interrupted, endText(run, waitStatus, child.logFile)));
        WINNOW_ASSIGN(record, runs.get(run));
        return {};
    });
    if (!stored.ok())
        return stored;
    if (record.state == RunState::Failed || record.state == RunState::Interrupted)
        return Error{record.error};
    return {};
}

} // namespace winnow
