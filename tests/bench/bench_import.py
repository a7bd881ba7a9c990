#!/usr/bin/env python3
"""Time and memory of `winnow import visualprm` on a synthetic file of VisualPRM's shape.

    bench_import.py WINNOW [ROWS (400000)] [--tokenizer DIR]

A row has 1.6 kB and 5 steps; all share one picture. Prints seconds, the largest resident set and megabytes a second.
"""
import json
import os
import random
import resource
import subprocess
import struct
import sys
import tempfile
import time
import zlib

SYSTEM = "You are an advanced AI assistant, designed to serve as a process supervision model. " * 3


def png(path, side=448):
    body = b"".join(b"\0" + bytes((x * y) & 255 for x in range(3 * side)) for y in range(side))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b""))


def row(number, random_):
    words = [f"step {number} {k}: " + random_.randbytes(70).hex() for k in range(5)]
    turns = [{"from": "system", "value": SYSTEM}]
    for k, step in enumerate(words):
        question = f"### Question:\nWhat is {number} + {k}? " + "y" * 120 + "\n\n### Solution Process:\n" if k == 0 else ""
        turns += [{"from": "human", "value": question + step}, {"from": "gpt", "value": "-" if random_.random() < 0.1 else "+"}]
    return json.dumps({"id": -1, "image": "images/shared.png", "conversations": turns})


def main(arguments):
    tokenizer = []
    if "--tokenizer" in arguments:
        place = arguments.index("--tokenizer")
        tokenizer = arguments[place:place + 2]
        del arguments[place:place + 2]
    winnow = arguments[0]
    rows = int(arguments[1]) if len(arguments) > 1 else 400_000
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "images"))
        png(os.path.join(folder, "images", "shared.png"))
        source = os.path.join(folder, "annotations.jsonl")
        random_ = random.Random(1)
        with open(source, "w", encoding="utf-8") as file:
            for number in range(rows):
                file.write(row(number, random_) + "\n")
        size = os.path.getsize(source)
        begun = time.monotonic()
        result = subprocess.run([winnow, "import", "visualprm", source, "--out", os.path.join(folder, "out"), "--store",
                                 os.path.join(folder, "store.db"), "--json", *tokenizer], stdout=subprocess.PIPE, check=True)
        seconds = time.monotonic() - begun
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        report = json.loads(result.stdout.splitlines()[-1])["datasets"][0]
        print(f"{rows} rows of {size / rows:.0f} bytes, {report['sites'] / max(1, report['rows_kept']):.1f} steps a row, "
              f"{os.cpu_count()} cores: {report['rows_kept']} kept, {seconds:.1f} s (reading and writing {report['seconds']:.1f} s), "
              f"{peak:.0f} MB at most, {size / seconds / 1e6:.0f} MB/s")


main(sys.argv[1:])
