#!/usr/bin/env python3
"""Random picture sizes: the grid that `winnow tile` chooses and every byte of its tiles against the reference's
dynamic_preprocess on Pillow 11.2.1 (the grid as its code finds it, written out below)."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import PIL
from PIL import Image


def reference_tiles(image, max_num, size, min_num=1):
    """As in InternVL's data code: ratios sorted by area only, ties by the area test."""
    width, height = image.size
    ratios = sorted({(i, j) for n in range(min_num, max_num + 1) for i in range(1, n + 1) for j in range(1, n + 1)
                     if min_num <= i * j <= max_num}, key=lambda x: x[0] * x[1])
    best, best_difference = (1, 1), float("inf")
    for ratio in ratios:
        difference = abs(width / height - ratio[0] / ratio[1])
        if difference < best_difference:
            best_difference, best = difference, ratio
        elif difference == best_difference and width * height > 0.5 * size * size * ratio[0] * ratio[1]:
            best = ratio
    columns, rows = best
    resized = image.resize((size * columns, size * rows))
    tiles = [resized.crop(((i % columns) * size, (i // columns) * size, (i % columns + 1) * size,
                           (i // columns + 1) * size)) for i in range(columns * rows)]
    if len(tiles) != 1:
        tiles.append(image.resize((size, size)))
    return best, tiles


def draw_size(draw):
    kind = draw.random()
    if kind < 0.4:
        return draw.randint(1, 1200), draw.randint(1, 1200)
    if kind < 0.6:  # exact ratios, where ties are decided
        unit, (i, j) = draw.randint(1, 300), draw.choice([(1, 1), (1, 2), (2, 1), (2, 3), (3, 2), (4, 3), (3, 4), (5, 2)])
        return unit * i, unit * j
    if kind < 0.8:
        return draw.choice([448, 447, 449, 633, 634, 640, 896, 224]), draw.choice([448, 447, 449, 633, 634, 480, 896, 224])
    return (draw.randint(1, 30), draw.randint(500, 3000)) if draw.random() < 0.5 else (draw.randint(500, 3000), draw.randint(1, 30))


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    from safetensors.numpy import load_file

    draw, noise = random.Random(options.seed), np.random.default_rng(options.seed)
    wrong_grids = wrong_bytes = tiles_seen = 0
    with tempfile.TemporaryDirectory() as temporary:
        picture, out = Path(temporary) / "p.png", Path(temporary) / "t.safetensors"
        for _ in range(options.count):
            width, height = draw_size(draw)
            max_num, size = draw.choice([5, 6, 12]), draw.choice([448, 448, 112, 28])
            image = Image.fromarray(noise.integers(0, 256, (height, width, 3), dtype=np.uint8), "RGB")
            image.save(picture, compress_level=1)
            subprocess.run([options.winnow, "tile", picture, "--max", str(max_num), "--size", str(size), "--out", out],
                           check=True, stdout=subprocess.DEVNULL)
            ours = load_file(out)
            grid, tiles = reference_tiles(image, max_num, size)
            tiles_seen += len(tiles)
            if tuple(ours["grid"]) != grid:
                wrong_grids += 1
                print(f"{width} x {height} at most {max_num} of {size}: winnow {tuple(ours['grid'])}, reference {grid}")
            elif not np.array_equal(ours["tiles_u8"], np.stack([np.asarray(t) for t in tiles])):
                wrong_bytes += 1
                print(f"{width} x {height} at most {max_num} of {size}: other bytes")
    print(json.dumps(dict(sizes=options.count, seed=options.seed, tiles=tiles_seen, wrong_grids=wrong_grids,
                          wrong_bytes=wrong_bytes, pillow=PIL.__version__)))
    assert PIL.__version__ == "11.2.1", "compare with Pillow 11.2.1; newer ones resize otherwise"
    return wrong_grids + wrong_bytes != 0


if __name__ == "__main__":
    sys.exit(main())
