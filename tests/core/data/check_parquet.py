#!/usr/bin/env python3
"""Compares what `winnow import mmmu` makes of Parquet files with what pyarrow reads from them, cell by cell.

    check_parquet.py WINNOW             random MMMU-shaped files: snappy and zstd, dictionary and plain pages, null pictures
    check_parquet.py --golden FOLDER    write the small files of tests/golden/import

Needs pyarrow (the version in installer/wheels-parquet.sha256); not part of the default tests for that reason.
"""
import ast
import hashlib
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib

import pyarrow
import pyarrow.parquet

TEXTS = ["id", "question", "options", "explanation", "img_type", "answer", "topic_difficulty", "question_type", "subfield"]
PICTURES = [f"image_{k}" for k in range(1, 8)]
PIECES = ["a", "it's", '"quoted"', "\\alpha", "é", "漢字", "😀", "\n", "\t", "<image 1>", "x" * 50, " ", "0.5"]


def png(random_, side=None):
    side = side or random_.randint(1, 40)
    body = b"".join(b"\0" + random_.randbytes(3 * side) for _ in range(side))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def text(random_):
    return "".join(random_.choice(PIECES) for _ in range(random_.randint(1, 8)))


def make_row(random_, number, side=None):
    opened = random_.random() < 0.1
    options = [] if opened else [text(random_) for _ in range(random_.randint(2, 9))]
    row = {name: text(random_) for name in TEXTS}
    row["id"] = f"validation_Art_Theory_{number}"
    row["options"] = repr(options)
    row["answer"] = repr([text(random_), "x"]) if opened and random_.random() < 0.5 else \
        text(random_).strip("[") or "y" if opened else chr(65 + random_.randrange(len(options)))
    for k, name in enumerate(PICTURES):
        row[name] = {"bytes": png(random_, side), "path": f"{number}_{k}.png"} if random_.random() < (0.9, 0.2)[k > 0] else None
    return row


def write(path, rows, compression, dictionary, group):
    picture = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    schema = pyarrow.schema([(n, pyarrow.string()) for n in TEXTS] + [(n, picture) for n in PICTURES])
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    pyarrow.parquet.write_table(table, path, compression=compression, use_dictionary=dictionary, row_group_size=group,
                                write_page_checksum=True)


def wanted_of(row):
    """What a row file must say about a row."""
    options = ast.literal_eval(row["options"])
    question = "Question: " + row["question"]
    if options:
        question += "\n\nOptions: " + " ".join(f"({chr(65 + i)}) {o}" for i, o in enumerate(options))
    wanted = {"id": row["id"], "question": question, "options": options, "answers": expected_answers(row),
              "subject": "Art_Theory", "pictures": [hashlib.sha256(row[n]["bytes"]).hexdigest() for n in PICTURES if row[n]]}
    return wanted | {n: row[n] for n in ("explanation", "img_type", "topic_difficulty", "question_type", "subfield")}


def expected_answers(row):
    options = ast.literal_eval(row["options"])
    if options or not row["answer"].startswith("["):
        return [row["answer"]]
    return ast.literal_eval(row["answer"])


def compare(winnow, folder, path):
    out = os.path.join(folder, "out")
    subprocess.run([winnow, "import", "mmmu", path, "--out", out, "--store", os.path.join(folder, "s.db")], check=True,
                   stdout=subprocess.DEVNULL)
    with open(os.path.join(out, "validation.jsonl"), encoding="utf-8") as file:
        got = [json.loads(line) for line in file]
    rows = pyarrow.parquet.read_table(path).to_pylist()
    assert len(got) == len(rows), f"{len(got)} of {len(rows)} rows"
    cells = 0
    for row, line in zip(rows, got):
        pictures = line.get("images", [line["image_path"]] if "image_path" in line else [])
        wanted = wanted_of(row)
        found = {name: line.get(name, []) for name in wanted} | {"pictures": []}
        for name in pictures:
            with open(os.path.join(out, name), "rb") as file:
                found["pictures"].append(hashlib.sha256(file.read()).hexdigest())
        for name, value in wanted.items():
            assert found[name] == value, f"{path}, {row['id']}, {name}: {found[name]!r} is not {value!r}"
        cells += len(TEXTS) + len(PICTURES)
    return len(rows), cells


def main(arguments):
    forms = [(c, d) for c in ("snappy", "zstd") for d in (True, False)]
    if arguments[:1] == ["--golden"]:
        for compression, dictionary in forms:
            random_ = random.Random(7)
            rows = [make_row(random_, n, 3) for n in range(6)]
            name = f"validation-{compression}-{'dictionary' if dictionary else 'plain'}.parquet"
            write(os.path.join(arguments[1], name), rows, compression, dictionary, 4)
        with open(os.path.join(arguments[1], "validation.expected.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(wanted_of(row)) + "\n" for row in rows)
        return
    print("pyarrow", pyarrow.__version__)
    for number, (compression, dictionary) in enumerate(forms):
        with tempfile.TemporaryDirectory() as folder:
            random_ = random.Random(number)
            path = os.path.join(folder, "validation-00000-of-00001.parquet")
            write(path, [make_row(random_, n) for n in range(900)], compression, dictionary, 100)
            rows, cells = compare(arguments[0], folder, path)
            print(f"{compression}, {'dictionary' if dictionary else 'plain'}: {rows} rows, {cells} cells equal")


main(sys.argv[1:])
