#!/usr/bin/env python3
"""`winnow bench step` and the same bi-level table iteration in PyTorch + transformers + Betty, started in turn on the
same shapes: one thread each, random weights, the peers in fp32. Prints how many times as fast Winnow is and what both
hold in memory, and fails where a bar is missed.

    python3 -m venv v
    v/bin/pip install torch==2.11.0 transformers==4.57.6 numpy
    v/bin/pip install --no-deps --ignore-requires-python betty-ml==0.2.1    # without these options pip takes 0.1.1
    v/bin/python tests/bench/peer_step.py [--shape demo|quarter] [--pairs 9] [--json] [--winnow PROGRAM]

Other versions are refused. The figure is the CPU time of the process (user and system) for a train row, on one thread,
so that neighbours on the machine count little. In each pair Winnow starts and measures, then the peer, whose process
stays and is warm. A ratio is the median over the pairs (3 where it has no bar). The sides:

    betty         as the reference runs it: darts by finite difference (its hypergradient `reference`, alpha 0.01),
                  unroll 1, eager attention, recomputation in the ViT, AdamW and clipping at both levels, logits
                  at every position
    betty-sdpa    the same with SDPA attention
    betty-lean    the same with SDPA attention and without the recomputation
    torch-dot     PyTorch without Betty: the hypergradient `one-step` as a product of two gradients, SDPA, logits only
                  at the sites, fused AdamW
    winnow        --hypergradient one-step --estimator dot; beside it --hypergradient reference --estimator fd, which
                  is what Betty computes; --batch 16 --meta 2 (streamed) against Betty, which knows only batch 1; and,
                  where the processor multiplies in bf16, --precision bf16 (weights and optimiser state in fp32)

Where a side had less than 0.8 of a core the line says so: caches that others have emptied raise even CPU time (seen at
0.03 of a core: to twice as much).

Memory is the largest resident set: whole, and above the level where the libraries are loaded and no model is there."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import step_peers

ONE_STEP = ["--hypergradient", "one-step", "--estimator", "dot"]
REFERENCE = ["--hypergradient", "reference", "--estimator", "fd"]
BF16 = ONE_STEP + ["--precision", "bf16"]
BATCH = ["--hypergradient", "one-step", "--estimator", "streamed", "--batch", "16", "--meta", "2"]

# Shape, name, Winnow's options, its iterations a pair, peer, the peer's iterations a pair, bar, what is wanted.
CASES = [("demo", "one-step", ONE_STEP, 10, "betty", 10, 3.2, 4.0),
         ("demo", "one-step", ONE_STEP, 10, "betty-sdpa", 10, 2.7, 3.2),
         ("demo", "one-step", ONE_STEP, 10, "betty-lean", 10, None, None),
         ("demo", "one-step", ONE_STEP, 10, "torch-dot", 10, None, None),
         ("demo", "reference", REFERENCE, 10, "betty", 10, None, None),
         ("demo", "batch 16 + 2", BATCH, 5, "betty", 10, 6.0, 8.0),
         ("quarter", "one-step", ONE_STEP, 1, "betty", 1, 1.8, 2.1),
         ("quarter", "one-step", ONE_STEP, 1, "betty-sdpa", 1, 1.65, 1.9),
         ("quarter", "one-step", ONE_STEP, 1, "betty-lean", 1, None, None),
         ("quarter", "one-step", ONE_STEP, 1, "torch-dot", 1, None, None),
         ("quarter", "bf16", BF16, 1, "betty", 1, 2.6, None),
         ("quarter", "bf16", BF16, 1, "betty-sdpa", 1, 2.4, None),
         ("quarter", "reference", REFERENCE, 1, "betty", 1, None, None)]

PAIRS_WITHOUT_BAR = 3
BUSY = 0.8  # of a core; below it a figure says so

ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Peer:
    """A peer's process, which waits between its turns."""

    def __init__(self, name, shape, warmup):
        self.process = subprocess.Popen([sys.executable, __file__, "--peer", name, "--shape", shape], env=ONE_THREAD,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.about = self.read()
        self.turn(warmup)

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(self.process.wait() or 1)
        return json.loads(line)

    def turn(self, iterations):
        print(iterations, file=self.process.stdin, flush=True)
        answer = self.read()
        return dict(seconds=statistics.median(answer["seconds"]), peak=answer["peak_bytes"],
                    grown=answer["peak_bytes"] - self.about["loaded_bytes"],
                    core=sum(answer["seconds"]) / answer["wall"])

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def winnow_turn(program, shape, options, iterations, about):
    command = [program, "bench", "step", "--json", "--shape", shape, "--threads", "1", "--iterations", str(iterations)]
    output = subprocess.run(command + options, env=ONE_THREAD, check=True, stdout=subprocess.PIPE, text=True).stdout
    result = json.loads(output.splitlines()[-1])
    sizes = step_peers.SHAPES[shape]
    ours = [result[key] for key in ("parameters", "tokens", "tiles", "sites")]
    theirs = [about["parameters"], about["tokens"], sizes["tiles"], sizes["sites"]]
    if ours != theirs:
        sys.exit(f"the sides differ in parameters, tokens, tiles or sites: winnow {ours}, PyTorch {theirs}")
    return dict(seconds=result["cpu_seconds_per_iteration"] / result["batch"], peak=result["peak_bytes"],
                grown=result["peak_bytes"] - result["loaded_bytes"], libtorch=result["libtorch"],
                core=result["cpu_seconds_per_iteration"] / result["seconds_per_iteration"])


def measure(case, program, peer, pairs, say):
    """The pairs of one case; seconds are CPU seconds a train row."""
    shape, name, options, our_iterations, peer_name, peer_iterations, bar, wanted = case
    ours, theirs = [], []
    for _ in range(pairs):
        ours.append(winnow_turn(program, shape, options, our_iterations, peer.about))
        theirs.append(peer.turn(peer_iterations))
        say(f"    winnow {ours[-1]['seconds'] * 1e3:9.2f} ms a row, {peer_name} {theirs[-1]['seconds'] * 1e3:9.2f} ms: "
            f"{theirs[-1]['seconds'] / ours[-1]['seconds']:.2f}")

    def figures(turns):
        return dict(cpu_seconds_per_row=statistics.median(t["seconds"] for t in turns),
                    share_of_core=statistics.median(t["core"] for t in turns),
                    peak_bytes=max(t["peak"] for t in turns), bytes_above_loaded=max(t["grown"] for t in turns))
    ratios = [b["seconds"] / a["seconds"] for a, b in zip(ours, theirs)]
    result = dict(shape=shape, case=name, options=options, peer=peer_name, ratio=statistics.median(ratios),
                  ratios=ratios, bar=bar, wanted=wanted, winnow=figures(ours), theirs=figures(theirs),
                  libtorch=ours[0]["libtorch"])
    result["fast_enough"] = bar is None or result["ratio"] >= bar
    # A batch holds 16 rows at once, so only the one-row cases compare memory above the libraries.
    kinds = ["peak_bytes"] + ["bytes_above_loaded"] * ("--batch" not in options)
    result["memory_not_above"] = all(result["winnow"][k] <= result["theirs"][k] for k in kinds)
    return result


def line_of(result):
    ours, theirs = result["winnow"], result["theirs"]
    verdict = "    " if result["bar"] is None else "ok  " if result["fast_enough"] else "FAIL"
    bar = "no bar" if result["bar"] is None else f"bar {result['bar']}"
    if result["wanted"] is not None:
        bar += f", wanted {result['wanted']}"
    least = min(ours["share_of_core"], theirs["share_of_core"])

    def both(key, scale):
        return f"{ours[key] * scale:.0f} against {theirs[key] * scale:.0f}"
    return (f"{verdict} {result['shape']:8}{result['case']:13}{result['peer']:11} {result['ratio']:5.2f} times "
            f"({min(result['ratios']):.2f} to {max(result['ratios']):.2f}; {bar}), "
            f"{both('cpu_seconds_per_row', 1e3)} ms a row, {both('peak_bytes', 1e-6)} MB, "
            f"{both('bytes_above_loaded', 1e-6)} MB above the libraries"
            + (", MORE MEMORY" if not result["memory_not_above"] else "")
            + ("" if least >= BUSY else f", BUSY: {least:.0%} of a core"))


def processor_name():
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0].split(": ", 1)[1] if names else "unknown processor"


def multiplies_bf16():
    """Whether the processor has instructions for products in bf16; without them bf16 is no faster."""
    flags = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")]
    return bool(flags) and bool({"avx512_bf16", "amx_bf16"} & set(flags[0].split()))


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--shape", choices=sorted(step_peers.SHAPES), help="only this shape")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--json", action="store_true", help="the last line of standard output is one JSON object")
    parser.add_argument("--peer", choices=sorted(step_peers.PEERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        return step_peers.serve(options.peer, options.shape)

    def say(text):
        print(text, file=sys.stderr if options.json else sys.stdout, flush=True)

    results, versions, load_before = [], {}, os.getloadavg()
    known = [case for case in CASES if "bf16" not in case[2] or multiplies_bf16()]
    if len(known) < len(CASES):
        say("the cases in bf16 are left out: this processor has no instructions for it")
    for shape in [options.shape] if options.shape else list(step_peers.SHAPES):
        cases = [case for case in known if case[0] == shape]
        for peer_name in dict.fromkeys(case[4] for case in cases):
            own = [case for case in cases if case[4] == peer_name]
            peer = Peer(peer_name, shape, warmup=min(3, own[0][5]))
            versions = peer.about["versions"]
            for case in own:
                pairs = options.pairs if case[6] else min(options.pairs, PAIRS_WITHOUT_BAR)
                results.append(measure(case, options.winnow, peer, pairs, say))
                say(line_of(results[-1]))
            peer.close()
    about = dict(processor=processor_name(), threads=1, pairs=options.pairs, versions=versions,
                 libtorch=results[0]["libtorch"], load_before=load_before, load_after=os.getloadavg())
    say(f"\nmedian of {options.pairs} pairs, CPU time, one thread each, fp32 where no case says otherwise; "
        f"{about['processor']}; load {load_before[0]:.1f} before, {about['load_after'][0]:.1f} after; winnow with LibTorch {about['libtorch']}; "
        + ", ".join(f"{name} {number}" for name, number in versions.items()))
    for result in results:
        say(line_of(result))
    missed = [r for r in results if not r["fast_enough"] or not r["memory_not_above"]]
    if options.json:
        print(json.dumps(dict(about, cases=results, passed=not missed)))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
