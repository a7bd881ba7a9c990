# Shared by installer/setup, demo and test. Sourced, not run.
WINNOW_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "winnow: $*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Compile jobs: as many as cores, but a file that includes LibTorch needs about 1.5 GiB.
buildJobs() {
    local cores memory_kib jobs
    cores=$(nproc)
    memory_kib=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
    jobs=$((memory_kib / 1572864))
    [ "$jobs" -ge 1 ] || jobs=1
    [ "$jobs" -le "$cores" ] || jobs=$cores
    printf '%s\n' "$jobs"
}

# configureAndBuild PRESET [TARGET..]: by preset, so that scripts and people build the same thing.
configureAndBuild() {
    local preset=$1
    shift
    (
        cd "$WINNOW_ROOT" || exit 1
        cmake --preset "$preset" || exit 1
        if [ $# -gt 0 ]; then
            cmake --build --preset "$preset" --parallel "$(buildJobs)" --target "$@"
        else
            cmake --build --preset "$preset" --parallel "$(buildJobs)"
        fi
    )
}
