#!/usr/bin/env python3
"""Kills and closes a small running training at random moments and checks that nothing is lost.

    tests/robustness/robustness.py BUILD --kills 200 [--seed S]
    tests/robustness/robustness.py BUILD [--trials N] [--seconds LIMIT] [--seed S] [--only KIND]

The first form kills `winnow run` and `winnow resume` in turn over a cold start, a table and a net until so many kills have
hit, and needs no window. BUILD is a build folder (build/release). Kinds: kill-run (SIGKILL to `winnow run` and `winnow resume`), kill-window (SIGKILL
to the window that trains), background, pause, stop (the window is closed by that answer), term (SIGTERM to the window).
After each kill or close: the store passes its integrity check, no row that was committed before is gone, the next start
finds the run in a state it can go on from. At the end of each trial: the run's result, curves, visits, weight snapshots and
scores equal those of an unbroken run bit for bit. Prints counts, ends with status 1 at the first miss and keeps its folder."""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = {
    "metrics": "SELECT s.name, m.step, m.value FROM metrics m JOIN metric_series s ON s.id = m.series_id "
               "WHERE s.name NOT LIKE 'time.%' AND s.name NOT LIKE 'hw.%' ORDER BY 1, 2",
    "visits": "SELECT step, sample, weight, loss, hypergradient, p_given, margin FROM visits ORDER BY 1, 2",
    "weights": "SELECT step, count, unit_values, computed_at FROM weight_snapshots ORDER BY 1",
    "scores": "SELECT purpose, step, final, mean_loss, p_full, p_pair FROM step_scores WHERE run_id = 1 ORDER BY 1, 2",
    "evaluations": "SELECT step, purpose, n, correct, ties, accuracy FROM evaluations ORDER BY 1, 2",
}
STAGES = {
    "table": [],
    "net": ["--set", "weighting.method=net"],
    "cold-start": ["--set", "stage=cold-start"],
}
GOES_ON = {"queued", "paused", "stopped", "interrupted"}


class Miss(Exception):
    pass


class Trials:
    def __init__(self, build, folder, seed):
        self.bin = Path(build).resolve() / "bin"
        self.folder = Path(folder)
        self.random = random.Random(seed)
        self.env = dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                        XDG_DATA_HOME=str(self.folder / "xdg"), XDG_CONFIG_HOME=str(self.folder / "config"))
        self.counts = {}
        self.kills = 0
        self.stage = "table"
        self.unbroken = {}  # stage -> (result, rows, seconds)
        self.live_ms = []
        self.close_s = []

    def program(self, name, *arguments):
        log = open(self.folder / "programs.log", "ab")
        return subprocess.Popen([str(self.bin / name), *map(str, arguments)], stdout=subprocess.PIPE, stderr=log,
                                stdin=subprocess.DEVNULL, env=self.env, text=True)

    def output(self, name, *arguments, timeout=600):
        process = self.program(name, *arguments)
        out, _ = process.communicate(timeout=timeout)
        return process.returncode, out.strip().splitlines()

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def prepare(self, stages):
        status, _ = self.output("make_task", self.folder / "task")
        if status != 0:
            raise Miss("the task could not be made")
        self.config = self.folder / "task" / "run.toml"
        for stage in stages:
            self.run_unbroken(stage)
        self.choose("table" if "table" in stages else stages[0])

    def run_unbroken(self, stage):
        store = self.folder / f"unbroken-{stage}.db"
        begun = time.monotonic()
        status, lines = self.output("winnow", "run", self.config, *STAGES[stage], "--json", "--store", store)
        if status != 0:
            raise Miss(f"the unbroken run ({stage}) failed")
        self.unbroken[stage] = json.loads(lines[-1]), self.read(store), time.monotonic() - begun
        print(f"unbroken run ({stage}): {self.unbroken[stage][2]:.1f} s", flush=True)

    def choose(self, stage):
        self.stage = stage
        self.result, self.rows, self.duration = self.unbroken[stage]

    def prepare_window(self):
        begun = time.monotonic()
        status, lines = self.output("window_driver", "start", self.folder / "window.db", self.config)
        if status != 0 or lines[-1] != "ended finished":
            raise Miss(f"the unbroken run of the window: status {status}, {lines}")
        self.window_duration = time.monotonic() - begun
        if self.read(self.folder / "window.db") != self.rows:
            raise Miss("a run of the window differs from one of the command line")

    @staticmethod
    def read(store):
        with sqlite3.connect(store, timeout=30) as db:
            return {name: db.execute(query).fetchall() for name, query in ROWS.items()}

    def state(self, store):
        """State of the run after the next start of a program; None: there is no run yet."""
        if not store.exists():
            return None
        with sqlite3.connect(store, timeout=30) as db:
            if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Miss("integrity check")
        db.close()
        status, lines = self.output("winnow", "runs", "--json", "--store", store)
        if status != 0:
            raise Miss("winnow runs")
        runs = json.loads(lines[-1])["runs"]
        return runs[0]["state"] if runs else None

    def keys(self, store):
        """What is committed now: (table, key) of every row."""
        if not store.exists():
            return set()
        keys = set()
        db = sqlite3.connect(store, timeout=30)
        try:
            for table, columns in (("metrics", "series_id, step"), ("visits", "step, sample"),
                                   ("weight_snapshots", "step"), ("step_scores", "purpose, step")):
                keys |= {(table, *row) for row in db.execute(f"SELECT {columns} FROM {table}")}
        except sqlite3.OperationalError as error:  # the schema is being made
            if "no such table" not in str(error):
                raise
        finally:
            db.close()
        return keys

    def check_after_break(self, store, before, states=GOES_ON):
        state = self.state(store)
        if state is not None and state not in states | {"finished"}:
            raise Miss(f"state {state} at the next start")
        gone = before - self.keys(store)
        if gone:
            raise Miss(f"{len(gone)} rows are gone, as {next(iter(gone))}")
        return state

    def check_end(self, store):
        rows = self.read(store)
        for name, expected in self.rows.items():
            if rows[name] != expected:
                raise Miss(f"{name}: {len(rows[name])} rows differ from the {len(expected)} of the unbroken run")
        status, lines = self.output("winnow", "resume", "1", "--json", "--store", store)  # prints a finished run
        if status != 0 or json.loads(lines[-1]) != self.result:
            raise Miss(f"result {lines[-1:]} instead of {self.result}")

    def finish(self, store, state):
        if state == "finished":
            return
        arguments = ("resume", "1") if state else ("run", self.config, *STAGES[self.stage])
        status, lines = self.output("winnow", *arguments, "--json", "--store", store)
        if status != 0:
            raise Miss(f"the run did not go on: {lines[-1:]}")

    def wait_random(self, process, duration, store):
        """Rows that were committed just before the random moment, after which the process has not ended by itself."""
        moment = time.monotonic() + self.random.uniform(0, duration)
        before = set()
        while (left := moment - time.monotonic()) > 0 and process.poll() is None:
            if left < 0.1 and not before:
                before = self.keys(store)
            time.sleep(min(left, 0.02))
        return before

    def kill_run(self, store):
        state = None
        for _ in range(self.random.choice((1, 1, 2, 3))):
            arguments = ("resume", "1") if state else ("run", self.config, *STAGES[self.stage])
            process = self.program("winnow", *arguments, "--store", store)
            before = self.wait_random(process, self.duration, store)
            process.kill()
            process.communicate()
            if process.returncode == -signal.SIGKILL:
                self.kills += 1
                self.count(f"kills of winnow ({self.stage})")
            else:
                self.count("ended before the kill")
            state = self.check_after_break(store, before)
            if state == "finished":
                break
        self.finish(store, state)

    def kill_window(self, store):
        process = self.program("window_driver", "start", store, self.config)
        before = self.wait_random(process, self.window_duration, store)
        process.kill()
        process.communicate()
        self.count("kills of the window")
        state = self.check_after_break(store, before)
        if state and state != "finished" and self.random.random() < 0.5:
            status, lines = self.output("window_driver", "resume", store)
            if status != 0 or lines[-1:] != ["ended finished"]:
                raise Miss(f"the next window did not finish the run: status {status}, {lines}")
            return
        self.finish(store, state)

    def close_window(self, store, choice):
        after = self.random.uniform(0, self.window_duration * 0.9)
        begun = time.monotonic()
        if choice == "term":
            process = self.program("window_driver", "start", store, self.config)
            before = self.wait_random(process, after, store)
            process.send_signal(signal.SIGTERM)
        else:
            process = self.program("window_driver", "start", store, self.config, choice, int(after * 1000))
            before = set()
        out, _ = process.communicate(timeout=300)
        if process.returncode == -signal.SIGTERM and self.now(store) is None:
            self.count("SIGTERM before the window was ready")
        elif process.returncode != 0:
            raise Miss(f"the window ended with status {process.returncode}")
        self.close_s.append(max(0.0, time.monotonic() - begun - after))
        self.count(f"closings by {choice}")
        return before

    def background(self, store):
        self.close_window(store, "background")
        state = self.now(store)
        if state is None or state == "finished":
            return self.finish(store, state)
        status, lines = self.output("window_driver", "watch", store, timeout=120)
        if status != 0 or not lines:
            raise Miss("the next window did not show the run")
        shown = lines[-1].split()
        self.live_ms.append(int(shown[0]))
        if int(shown[0]) > 2000:
            raise Miss(f"the next window showed the run after {shown[0]} ms")
        deadline = time.monotonic() + 60 + 5 * self.duration
        while (state := self.now(store)) != "finished":
            if state in ("failed", "interrupted") or time.monotonic() > deadline:
                raise Miss(f"the run in the background is {state}")
            time.sleep(0.1)

    @staticmethod
    def now(store):
        if not store.exists():
            return None
        db = sqlite3.connect(store, timeout=30)
        try:
            row = db.execute("SELECT state FROM runs WHERE id = 1").fetchone()
        except sqlite3.OperationalError as error:  # the schema is not made yet
            if "no such table" not in str(error):
                raise
            row = None
        finally:
            db.close()
        return row[0] if row else None

    def ended(self, store, choice, states):
        before = self.close_window(store, choice)
        self.finish(store, self.check_after_break(store, before, states))

    def trial(self, kind, number):
        store = self.folder / f"{kind}-{number}.db"
        if kind == "kill-run":
            self.kill_run(store)
        elif kind == "kill-window":
            self.kill_window(store)
        elif kind == "background":
            self.background(store)
        elif kind == "pause":
            self.ended(store, "pause", {"paused"})
        elif kind == "stop":
            self.ended(store, "stop", {"stopped"})
        else:
            self.ended(store, "term", {"paused", "interrupted", "queued"})
        self.check_end(store)
        self.count(f"trials {kind} ({self.stage}) equal to the unbroken run, no row lost")
        for path in self.folder.glob(f"{store.name}*"):
            path.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="kill-run,kill-window,background,pause,stop,term")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="winnow-robustness-")
    trials = Trials(arguments.build, folder, arguments.seed)
    kinds = ["kill-run"] if arguments.kills else arguments.only.split(",")
    stages = list(STAGES) if kinds == ["kill-run"] else ["table"]
    begun = time.monotonic()
    done = 0
    try:
        trials.prepare(stages)
        if kinds != ["kill-run"]:
            trials.prepare_window()
            print(f"in the window {trials.window_duration:.1f} s", flush=True)
        while (trials.kills < arguments.kills if arguments.kills else done < arguments.trials) \
                and time.monotonic() - begun < arguments.seconds:
            kind = kinds[done % len(kinds)]
            trials.choose(stages[done % len(stages)])
            trials.trial(kind, done)
            done += 1
            print(f"{done} {kind} ({trials.stage}), {trials.kills} kills of winnow", flush=True)
    except (Miss, subprocess.TimeoutExpired) as miss:
        print(f"MISS in trial {done} ({kinds[done % len(kinds)]}), seed {arguments.seed}: {miss}; kept: {folder}")
        sys.exit(1)
    finally:
        print(json.dumps(trials.counts))
        if trials.live_ms:
            print(f"shown live by the next window after ms: max {max(trials.live_ms)}, {sorted(trials.live_ms)}")
        if trials.close_s:
            print(f"from the answer to the end of the window: max {max(trials.close_s):.2f} s, n {len(trials.close_s)}")
    subprocess.run(["rm", "-rf", folder], check=True)


if __name__ == "__main__":
    main()
