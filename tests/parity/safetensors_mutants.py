#!/usr/bin/env python3
"""Damaged safetensors files against the reference reader: none that Winnow accepts may be refused there. The other way round
is counted by reason: Winnow is stricter on purpose."""

import argparse
import collections
import json
import random
import struct
import subprocess
import sys
from pathlib import Path


def seeds():
    def file(header, data):
        text = json.dumps(header, separators=(",", ":")).encode()
        return struct.pack("<Q", len(text)) + text + data

    def tensor(dtype, shape, begin, end):
        return dict(dtype=dtype, shape=shape, data_offsets=[begin, end])

    return [file({"a": tensor("F32", [2, 2], 0, 16), "b": tensor("I16", [2], 16, 20)}, bytes(20)),
            file({"__metadata__": {"format": "pt"}, "w": tensor("BF16", [3], 0, 6)}, bytes(6)),
            file({"s": tensor("F64", [], 0, 8), "e": tensor("U8", [0, 4], 8, 8), "t": tensor("BOOL", [1], 8, 9)}, bytes(9)),
            file({"x": tensor("U16", [1], 0, 2), "y": tensor("F8_E4M3", [2], 2, 4), "z": tensor("C64", [1], 4, 12)}, bytes(12)),
            file({}, b"")]


TOKENS = [b"0", b"1", b"2", b"4", b"16", b"-1", b"2.0", b"1e1", b"18446744073709551615", b"18446744073709551616", b"null",
          b"true", b"[]", b"{}", b'"F32"', b'"F16"', b'"I64"', b'"a"', b'"b"', b'"shape"', b'"dtype"', b'"__metadata__"',
          b'"data_offsets"', b",", b":", b"[", b"]", b"{", b"}", b" ", b"\n", b"\x00", b"\xff", b"\\u0000", b"\\ud800", b"\xe2\x82"]


def mutate(draw, data):
    data = bytearray(data)
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(len(data) + 1)
        kind = draw.randrange(7)
        if kind == 0 and data:
            data[place % len(data)] ^= 1 << draw.randrange(8)
        elif kind == 1:
            data[place:place] = draw.choice(TOKENS)
        elif kind == 2:
            del data[place:place + draw.randint(1, 9)]
        elif kind == 3 and len(data) > 8:
            digits = [i for i in range(8, len(data)) if chr(data[i]).isdigit()]
            if digits:
                data[draw.choice(digits)] = ord(str(draw.randrange(10)))
        elif kind == 4:
            data[place:place] = data[place:place + draw.randint(1, 30)]
        elif kind == 5:
            data += draw.choice(TOKENS)
        else:
            token = draw.choice(TOKENS)
            data[place:place + len(token)] = token
    if draw.random() < 0.8 and len(data) >= 8:  # a length that fits what was changed, so that the header is read at all
        end = data.rfind(b"}", 8)
        if end > 0:
            data[:8] = struct.pack("<Q", end - 7 + draw.choice([0, 0, 0, 0, 1, -1]))
    return bytes(data)


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verdicts", type=Path, default=root / "build/release/tests/safetensors_verdicts")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    import safetensors

    draw, base = random.Random(options.seed), seeds()
    files = base + [mutate(draw, draw.choice(base)) for _ in range(options.count)]
    given = b"".join(struct.pack("<Q", len(f)) + f for f in files)
    ours = subprocess.run([options.verdicts], input=given, stdout=subprocess.PIPE, check=True).stdout
    ours = ours.decode("utf-8", "replace").splitlines()
    assert len(ours) == len(files), "one verdict a file"
    both = neither = 0
    wrong, stricter = [], collections.Counter()
    for data, verdict in zip(files, ours):
        try:
            safetensors.deserialize(data)
            theirs = True
        except Exception:  # the reader's errors are of several kinds
            theirs = False
        if verdict == "accepted":
            both += theirs
            if not theirs:
                wrong.append(data)
        elif theirs:
            stricter[" ".join(word for word in verdict.split(";")[0].split() if "'" not in word)] += 1
        else:
            neither += 1
    for data in wrong[:10]:
        print(f"accepted here only: {data!r}")
    for reason, count in stricter.most_common(12):
        print(f"refused here only, {count}: {reason}")
    print(f"{len(files):,} files, seed {options.seed}: {both:,} accepted by both, {neither:,} refused by both, "
          f"{sum(stricter.values()):,} refused here only, {len(wrong)} accepted here only (safetensors {safetensors.__version__})")
    return len(wrong) != 0


if __name__ == "__main__":
    sys.exit(main())
