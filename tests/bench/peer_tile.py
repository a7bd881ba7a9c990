#!/usr/bin/env python3
"""`winnow bench tile` and Pillow, started in turn on pictures of the same sizes, one thread each: resize to the grid, cut,
thumbnail. Pillow does it as the reference's dynamic_preprocess."""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parity"))

# Sizes as MMMU's pictures have them: screenshots, scans, diagrams, photographs.
SIZES = [(640, 480), (799, 597), (1024, 768), (366, 245), (552, 414), (1280, 720), (275, 412), (914, 611), (1500, 1125),
         (312, 298), (1746, 1031), (726, 382), (420, 580), (968, 1284), (2048, 1365), (260, 121), (1191, 842), (833, 833),
         (554, 176), (1920, 1080)]


def peer(repeats, max_tiles):
    import numpy as np
    from PIL import Image

    from tiling_sizes import reference_tiles
    noise = np.random.default_rng(1)
    pictures = [Image.fromarray(noise.integers(0, 256, (h, w, 3), dtype=np.uint8), "RGB") for w, h in SIZES]
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        tiles = 0
        for picture in pictures:
            cut = reference_tiles(picture, max_tiles, 448)[1]
            for tile in cut:
                tile.load()
            tiles += len(cut)
        seconds.append(time.perf_counter() - start)
    print(json.dumps(dict(seconds=statistics.median(seconds[1:]), tiles=tiles)))


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--max", type=int, default=6)
    parser.add_argument("--bar", type=float, default=2.0, help="fails below this ratio")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        return peer(options.repeats, options.max)

    import PIL
    assert PIL.__version__ == "11.2.1", "the peer is Pillow 11.2.1"
    sizes = ",".join(f"{w}x{h}" for w, h in SIZES)
    ratios = []
    for _ in range(options.pairs):
        ours = json.loads(subprocess.run(
            [options.winnow, "bench", "tile", "--sizes", sizes, "--max", str(options.max), "--repeats",
             str(options.repeats), "--json"], check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
        theirs = json.loads(subprocess.run([sys.executable, __file__, "--peer", "--repeats", str(options.repeats), "--max",
                                            str(options.max)], check=True, stdout=subprocess.PIPE).stdout)
        assert ours["tiles"] == theirs["tiles"], (ours, theirs)
        ratios.append(theirs["seconds"] / ours["seconds"])
        print(f"winnow {ours['seconds'] * 1e3:.1f} ms, Pillow {theirs['seconds'] * 1e3:.1f} ms, ratio {ratios[-1]:.2f}",
              flush=True)
    ratio = statistics.median(ratios)
    print(f"{'ok  ' if ratio >= options.bar else 'FAIL'} resize and tile: {ratio:.2f} times as fast as Pillow "
          f"{PIL.__version__} (median of {options.pairs} pairs, {len(SIZES)} sizes, {ours['tiles']} tiles of 448, one "
          f"thread, {ours['device']}, winnow {ours['winnow']})")
    return ratio < options.bar


if __name__ == "__main__":
    sys.exit(main())
