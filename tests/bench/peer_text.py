#!/usr/bin/env python3
"""`winnow bench tokenize` and the library `tokenizers`, started in turn on the same texts, one thread each. The texts are the
prompts of a train or meta file; the peer encodes in whichever of its ways is the fastest here."""

import argparse
import ast
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parity"))
import qwen_vocabulary  # noqa: E402

ROLES = {"system": "system", "human": "user", "gpt": "assistant"}


def prompts(path):
    rows = json.loads(Path(path).read_text())
    texts = []
    for row in rows:
        turns = row["conversations"]
        turns = ast.literal_eval(turns) if isinstance(turns, str) else turns
        texts.append("".join(f"<|im_start|>{ROLES[t['from']]}\n{t['value']}<|im_end|>\n" for t in turns))
    return texts


def peer(folder, texts_path, repeats):
    from tokenizers import Tokenizer
    texts = [json.loads(line) for line in Path(texts_path).read_text().splitlines()]
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    ways = {"encode": lambda: sum(len(tokenizer.encode(t, add_special_tokens=False).ids) for t in texts),
            "encode_batch": lambda: sum(len(e) for e in tokenizer.encode_batch(texts, add_special_tokens=False)),
            "encode_batch_fast": lambda: sum(len(e) for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False))}
    best = {}
    for name, way in ways.items():
        tokens, seconds = way(), []
        for _ in range(repeats):
            start = time.perf_counter()
            way()
            seconds.append(time.perf_counter() - start)
        best[name] = statistics.median(seconds)
    name = min(best, key=best.get)
    print(json.dumps(dict(way=name, seconds=best[name], tokens=tokens)))


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path, help="train or meta file (JSON array)")
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--bar", type=float, default=1.0, help="fails below this ratio")
    parser.add_argument("--peer", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        return peer(*options.peer, options.repeats)

    import tokenizers
    environment = {**os.environ, "TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1"}
    texts = prompts(options.rows)
    with tempfile.TemporaryDirectory() as temporary:
        folder = qwen_vocabulary.write(temporary) / "fast"
        lines = Path(temporary) / "texts.jsonl"
        lines.write_text("".join(json.dumps(t) + "\n" for t in texts))
        ratios = []
        for _ in range(options.pairs):
            ours = json.loads(subprocess.run(
                [options.winnow, "bench", "tokenize", "--tokenizer", folder, "--input", lines, "--jsonl", "--repeats",
                 str(options.repeats), "--json"], check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
            theirs = json.loads(subprocess.run(
                [sys.executable, __file__, options.rows, "--repeats", str(options.repeats), "--peer", folder, lines],
                check=True, stdout=subprocess.PIPE, env=environment).stdout)
            assert ours["tokens"] == theirs["tokens"], (ours, theirs)
            ratios.append(theirs["seconds"] / ours["seconds"])
            print(f"winnow {ours['seconds'] * 1e3:.2f} ms, tokenizers {theirs['seconds'] * 1e3:.2f} ms "
                  f"({theirs['way']}), ratio {ratios[-1]:.2f}", flush=True)
    ratio = statistics.median(ratios)
    print(f"{'ok  ' if ratio >= options.bar else 'FAIL'} tokenizer: {ratio:.2f} times as fast as tokenizers "
          f"{tokenizers.__version__} (median of {options.pairs} pairs, {len(texts)} prompts, {ours['bytes']:,} bytes, "
          f"{ours['tokens']:,} tokens, one thread, {ours['device']}, winnow {ours['winnow']})")
    return ratio < options.bar


if __name__ == "__main__":
    sys.exit(main())
