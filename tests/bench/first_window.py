#!/usr/bin/env python3
"""Time from the start of winnow-gui to its mapped window, what it has mapped by then, and its memory.

    first_window.py WINNOW_GUI [STARTS (9)] [--store FILE]

Needs a display (an X server with a window manager; Xvfb will do), xwininfo and xprop. Without --store every start is the first
one: no store, no settings. The window counts as shown once the server says that it can be seen, looked at every 2 ms.
Exits with 1 if LibTorch is mapped before any run was started.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def windows():
    # Fails now and then: a window may vanish while the tree is walked.
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True).stdout
    return set(re.findall(r"(0x[0-9a-f]+) \"[^\"\n]*\": \(\"winnow-gui\"", tree))


def shown(window, pid):
    """Of this very start: the window of the one before may still be there for a moment."""
    owner = subprocess.run(["xprop", "-id", window, "_NET_WM_PID"], capture_output=True, text=True).stdout
    if not owner.rstrip().endswith(f"= {pid}"):
        return False
    told = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True).stdout
    return "IsViewable" in told and re.search(r"Width: (\d{3,})", told) is not None


def start(program, store, home):
    environment = dict(os.environ, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, XDG_CACHE_HOME=home)
    environment.pop("QT_QPA_PLATFORM", None)
    begun = time.monotonic()
    child = subprocess.Popen([program] + (["--store", store] if store else []), env=environment)
    try:
        while not any(shown(window, child.pid) for window in windows()):
            if child.poll() is not None:
                raise SystemExit(f"{program} ended with {child.returncode} before its window was there")
            if time.monotonic() - begun > 60:
                raise SystemExit("no window after 60 s")
            time.sleep(0.002)
        seconds = time.monotonic() - begun
        time.sleep(2)  # what is read a little later counts for the maps and the memory
        with open(f"/proc/{child.pid}/maps", encoding="utf-8") as maps:
            torch = sorted({line.split()[-1] for line in maps if re.search(r"lib(torch|c10)", line)})
        with open(f"/proc/{child.pid}/status", encoding="utf-8") as status:
            resident = int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024
        return seconds, torch, resident
    finally:
        child.terminate()
        child.wait()


def main(arguments):
    store = None
    if "--store" in arguments:
        place = arguments.index("--store")
        store = os.path.abspath(arguments[place + 1])
        del arguments[place:place + 2]
    program = arguments[0]
    starts = int(arguments[1]) if len(arguments) > 1 else 9
    seconds, torch, resident = [], [], []
    for _ in range(starts):
        home = tempfile.mkdtemp()
        try:
            taken, mapped, memory = start(program, store, home)
        finally:
            shutil.rmtree(home, ignore_errors=True)
        seconds.append(taken)
        torch += mapped
        resident.append(memory)
    linked = [line.strip() for line in subprocess.run(["ldd", program], capture_output=True, text=True, check=True)
              .stdout.splitlines() if re.search(r"lib(torch|c10)", line)]
    print(f"first window: median {1000 * statistics.median(seconds):.0f} ms, {1000 * min(seconds):.0f} to "
          f"{1000 * max(seconds):.0f} ms over {starts} starts (load {os.getloadavg()[0]:.1f})")
    print(f"resident: median {statistics.median(resident):.0f} MB")
    print(f"LibTorch linked: {linked or 'no'}; mapped: {sorted(set(torch)) or 'no'}")
    return 1 if linked or torch else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
