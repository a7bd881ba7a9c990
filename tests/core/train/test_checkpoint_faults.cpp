#include "core/run/checkpoint_manifest.h"
#include "core/train/checkpoint.h"
#include "core/train/sft_trainer.h"
#include "tests/support/made_up_rows.h"

#include <ATen/Parallel.h>

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

// A checkpoint is saved by a child process that this test traces: at the n-th system call of the save the child is
// killed, or that call fails. Whatever n is, a good checkpoint must be there afterwards.
namespace winnow
{
namespace
{

using namespace test;
namespace fs = std::filesystem;

#if defined(__x86_64__) && defined(__linux__)

enum class Fault { None, Kill, InputOutput, NoSpace };

const char *nameOf(Fault fault)
{
    return fault == Fault::Kill ? "killed" : fault == Fault::NoSpace ? "no space" : "input/output error";
}

struct Outcome {
    long calls = 0; ///< system calls that the save began
    bool injected = false;
    long call = -1; ///< number of the call that the fault met
    bool reportedSuccess = false;
};

class CheckpointFaults : public testing::Test
{
protected:
    CheckpointFaults()
        : tiny(loadTiny("tiny-b-hf", at::kFloat)),
          rows(tiny.model->config(), 4),
          pool(1, 1),
          passes(*tiny.model, tinyTokens(), pool, at::kFloat)
    {
        at::set_num_threads(1); // a forked child has no OpenMP threads to wait for
        std::string pattern = (fs::temp_directory_path() / "winnow-save-XXXXXX").string();
        root = ::mkdtemp(pattern.data());
        request.options.stage = Stage::ColdStart;
        request.options.train.batch = 2;
        request.tokens = tinyTokens();
        request.train = &rows;
        request.tokenizerFolder = root;
        std::ofstream(root + "/tokenizer.json") << "{}";
        trainer = std::make_unique<SftTrainer>(request, passes, tiny.parameters);
        base = root + "/base";
        for (const std::int64_t step : {1, 2})
            EXPECT_TRUE(save(base, step)) << "the checkpoints that are there before the fault";
    }
    ~CheckpointFaults() override
    {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    /// As the training loop saves, with pruning.
    bool save(const std::string &folder, std::int64_t step)
    {
        request.runFolder = folder;
        return saveCheckpoint(request, *tiny.model, *trainer, {.step = step}).ok() && pruneCheckpoints(folder, {}).ok();
    }
    /// Saves step 3 in a child with a fault at its n-th system call.
    Outcome saveWithFault(const std::string &folder, Fault fault, long n)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            ::raise(SIGSTOP);
            bool saved = false;
            try {
                saved = save(folder, 3);
            } catch (...) {
            }
            ::_exit(saved ? 0 : 1);
        }
        return trace(child, fault, n);
    }
    static Outcome trace(pid_t child, Fault fault, long n);
    void expectGoodCheckpoint(const std::string &folder, const Outcome &outcome, const std::string &what);

    std::string root, base;
    LoadedModel tiny;
    MadeUpRows rows;
    WorkerPool pool;
    BatchPasses passes;
    TrainRequest request;
    std::unique_ptr<SftTrainer> trainer;
};

Outcome CheckpointFaults::trace(pid_t child, Fault fault, long n)
{
    Outcome outcome;
    int status = 0;
    ::waitpid(child, &status, 0);
    ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    bool entering = true, failing = false;
    long signal = 0;
    while (::ptrace(PTRACE_SYSCALL, child, nullptr, signal) == 0 && ::waitpid(child, &status, 0) == child) {
        signal = 0;
        if (WIFEXITED(status) || WIFSIGNALED(status))
            break;
        if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
            signal = WSTOPSIG(status); // the child's own signal goes on to it
            continue;
        }
        user_regs_struct registers{};
        ::ptrace(PTRACE_GETREGS, child, nullptr, &registers);
        const long call = static_cast<long>(registers.orig_rax);
        if (entering && call != SYS_exit_group && ++outcome.calls == n && fault != Fault::None) {
            outcome.injected = true;
            outcome.call = call;
            if (fault == Fault::Kill) {
                ::kill(child, SIGKILL);
            } else {
                registers.orig_rax = static_cast<unsigned long long>(-1); // no such call: the kernel does nothing
                ::ptrace(PTRACE_SETREGS, child, nullptr, &registers);
                failing = true;
            }
        } else if (!entering && failing) {
            registers.rax = static_cast<unsigned long long>(fault == Fault::NoSpace ? -ENOSPC : -EIO);
            ::ptrace(PTRACE_SETREGS, child, nullptr, &registers);
            failing = false;
        }
        entering = !entering;
    }
    outcome.reportedSuccess = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return outcome;
}

void CheckpointFaults::expectGoodCheckpoint(const std::string &folder, const Outcome &outcome, const std::string &what)
{
    const std::string newest = newestVerifiedCheckpoint(folder);
    ASSERT_FALSE(newest.empty()) << what;
    const auto step = checkpointStepOf(newest);
    EXPECT_TRUE(step == 2 || step == 3) << what << ": " << newest;
    EXPECT_TRUE(step == 3 || !outcome.reportedSuccess) << what << ": the save said that it had worked";
    EXPECT_TRUE(fs::exists(newest + "/tokenizer.json")) << what << ": a checkpoint without its tokenizer";
    const auto state = readCheckpointState(newest);
    ASSERT_TRUE(state.ok()) << what << ": " << state.error().message;
    EXPECT_EQ(state->progress.step, *step) << what;
    const auto model = loadModel(newest, at::kFloat);
    ASSERT_TRUE(model.ok()) << what << ": " << model.error().message;
    EXPECT_TRUE(at::equal(model->parameters.flat, tiny.parameters.flat)) << what;
    // The same folder must take the next checkpoint, whatever the fault left behind.
    EXPECT_TRUE(save(folder, 4)) << what;
    EXPECT_EQ(newestVerifiedCheckpoint(folder), folder + "/" + checkpointFolderName(4)) << what;
}

TEST_F(CheckpointFaults, EverySystemCallOfASave)
{
    const std::string trial = root + "/trial";
    const auto again = [&] {
        fs::remove_all(trial);
        fs::copy(base, trial, fs::copy_options::recursive);
    };
    again();
    const Outcome plain = saveWithFault(trial, Fault::None, 0);
    if (plain.calls == 0)
        GTEST_SKIP() << "this machine does not let a process trace its child";
    ASSERT_TRUE(plain.reportedSuccess);
    ASSERT_GT(plain.calls, 50);
    std::set<long> met;
    int injected = 0;
    for (const Fault fault : {Fault::Kill, Fault::InputOutput, Fault::NoSpace}) {
        for (long n = 1; n <= plain.calls; ++n) {
            again();
            const Outcome outcome = saveWithFault(trial, fault, n);
            const std::string what = std::string(nameOf(fault)) + " at call " + std::to_string(n) + " (system call "
                + std::to_string(outcome.call) + ")";
            expectGoodCheckpoint(trial, outcome, what);
            if (HasFatalFailure())
                return;
            injected += outcome.injected ? 1 : 0;
            met.insert(outcome.call);
        }
    }
    // The faults must have met the calls that matter.
    for (const long call : {SYS_write, SYS_fsync, SYS_openat, SYS_close})
        EXPECT_TRUE(met.contains(call)) << call;
    EXPECT_TRUE(met.contains(SYS_rename) || met.contains(SYS_renameat) || met.contains(SYS_renameat2));
    EXPECT_TRUE(met.contains(SYS_unlink) || met.contains(SYS_unlinkat)) << "pruning removes the oldest";
    RecordProperty("system_calls", static_cast<int>(plain.calls));
    RecordProperty("faults", injected);
    std::cout << plain.calls << " system calls in a save, " << injected << " faults injected\n";
}

#endif

} // namespace
} // namespace winnow
