#!/usr/bin/env python3
"""Compares what `winnow import mmmu` makes of Parquet files with what pyarrow reads from them, cell by cell.

    check_parquet.py [--winnow FILE]    random MMMU-shaped files: snappy and zstd, dictionary and plain pages, both page
                                        versions, null pictures and texts, several row groups
    check_parquet.py --golden FOLDER    write the small files of tests/golden/import

A row file is what winnow shows of a Parquet file: a text cell stands in it as it is (`question` behind "Question: " and in
front of the options, `options` and lists of `answer` as lists), a picture's bytes in a file of their own. A null text and
an empty one are the same to it: the field is absent. Needs pyarrow (the version in installer/wheels-parquet.sha256).
"""
import argparse
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
from pathlib import Path

import pyarrow
import pyarrow.parquet

TEXTS = ["id", "question", "options", "explanation", "img_type", "answer", "topic_difficulty", "question_type", "subfield"]
NULLABLE = ["explanation", "img_type", "topic_difficulty", "question_type", "subfield"]
PICTURES = [f"image_{k}" for k in range(1, 8)]
FORMS = [(c, d) for c in ("snappy", "zstd") for d in (True, False)]
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


def with_nulls(random_, row):
    """Some texts and file names of pictures null, some texts empty."""
    for name in NULLABLE:
        row[name] = random_.choice([row[name], row[name], row[name], None, ""])
    for name in PICTURES:
        if row[name] and random_.random() < 0.2:
            row[name]["path"] = None
    return row


def write(path, rows, compression, dictionary, group, version="1.0"):
    picture = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    schema = pyarrow.schema([(n, pyarrow.string()) for n in TEXTS] + [(n, picture) for n in PICTURES])
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    pyarrow.parquet.write_table(table, path, compression=compression, use_dictionary=dictionary, row_group_size=group,
                                write_page_checksum=True, data_page_version=version)


def wanted_of(row):
    """What a row file must say about a row."""
    options = ast.literal_eval(row["options"])
    question = "Question: " + row["question"]
    if options:
        question += "\n\nOptions: " + " ".join(f"({chr(65 + i)}) {o}" for i, o in enumerate(options))
    wanted = {"id": row["id"], "question": question, "options": options, "answers": expected_answers(row),
              "subject": "Art_Theory", "pictures": [hashlib.sha256(row[n]["bytes"]).hexdigest() for n in PICTURES if row[n]]}
    return wanted | {n: row[n] or "" for n in NULLABLE}


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
        found = {name: line.get(name, "" if name in NULLABLE else []) for name in wanted} | {"pictures": []}
        for name in pictures:
            with open(os.path.join(out, name), "rb") as file:
                found["pictures"].append(hashlib.sha256(file.read()).hexdigest())
        for name, value in wanted.items():
            assert found[name] == value, f"{path}, {row['id']}, {name}: {found[name]!r} is not {value!r}"
        cells += len(TEXTS) + len(PICTURES)
    return len(rows), cells


def write_golden(folder):
    for compression, dictionary in FORMS:
        random_ = random.Random(7)
        rows = [make_row(random_, n, 3) for n in range(6)]
        name = f"validation-{compression}-{'dictionary' if dictionary else 'plain'}.parquet"
        write(os.path.join(folder, name), rows, compression, dictionary, 4)
    with open(os.path.join(folder, "validation.expected.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(wanted_of(row)) + "\n" for row in rows)
    write_bad(folder)


def bad_rows(random_):
    """Rows of which each has one defect, as (what is wrong, row), between two good ones."""
    def bad(what, **cells):
        row = make_row(random_, len(rows), 3)
        row |= {"options": "['a', 'b']", "answer": "A", "image_1": None} | cells
        rows.append((what, row))

    def picture(data, path="p.png"):
        return {"bytes": data, "path": path}

    rows = []
    bad("good")
    bad("question null", question=None)
    bad("question empty", question="")
    bad("options text", options="a, b")
    bad("options cut", options="['a', 'b")
    bad("options a call", options="list('ab')")
    bad("options of 27", options=repr([str(i) for i in range(27)]))
    bad("answer beyond the options", answer="C")
    bad("answer in words", answer="(A) a")
    bad("picture of text", image_1=picture(b"no picture"))
    bad("picture cut", image_1=picture(png(random_, 3)[:20]))
    bad("picture of 2^31 pixels a side", image_1=picture(png(random_, 3).replace(struct.pack(">II", 3, 3), b"\x7f\xff\xff\xff" * 2)))
    bad("good")
    return rows


def write_bad(folder):
    rows = bad_rows(random.Random(8))
    write(os.path.join(folder, "bad-rows.parquet"), [row for _, row in rows], "zstd", True, 5)
    table = pyarrow.table({"id": ["a"], "question": ["q"], "options": ["[]"], "answer": ["x"]})
    for name, changed in [("no-id", table.drop_columns(["id"])), ("no-question", table.drop_columns(["question"])),
                          ("options-list", table.set_column(2, "options", pyarrow.array([["a"]]))),
                          ("answer-number", table.set_column(3, "answer", pyarrow.array([1])))]:
        pyarrow.parquet.write_table(changed, os.path.join(folder, f"bad-{name}.parquet"))


def encodings(path):
    """What the pages of a text column are really written with."""
    file = pyarrow.parquet.ParquetFile(path)
    names = {e for g in range(file.num_row_groups) for e in file.metadata.row_group(g).column(1).encodings}
    return f"{file.num_row_groups} row groups, encodings {' '.join(sorted(names))}"


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--rows", type=int, default=900)
    parser.add_argument("--golden", metavar="FOLDER")
    options = parser.parse_args()
    if options.golden:
        return write_golden(options.golden)
    print("pyarrow", pyarrow.__version__)
    for number, (compression, dictionary) in enumerate(FORMS):
        for version in ("1.0", "2.0"):
            with tempfile.TemporaryDirectory() as folder:
                random_ = random.Random(2 * number + (version == "2.0"))
                path = os.path.join(folder, "validation-00000-of-00001.parquet")
                rows = [with_nulls(random_, make_row(random_, n)) for n in range(options.rows)]
                write(path, rows, compression, dictionary, max(1, options.rows // 9), version)
                rows, cells = compare(options.winnow, folder, path)
                print(f"{compression}, {'dictionary' if dictionary else 'plain'}, pages {version} ({encodings(path)}): "
                      f"{rows} rows, {cells} cells equal", flush=True)


if __name__ == "__main__":
    sys.exit(main())
