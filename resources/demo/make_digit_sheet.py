"""Writes optdigits.png and optdigits_labels.txt from scikit-learn's load_digits (UCI optdigits, CC BY 4.0).

Needs scikit-learn and Pillow. Grey level 0..16 (ink) becomes 255..0 (white paper, black ink), 40 digits a line.
Usage: python3 make_digit_sheet.py [FOLDER]
"""
import pathlib
import sys

import numpy
from PIL import Image
from sklearn.datasets import load_digits

PER_LINE = 40

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
digits = load_digits()
lines = -(-len(digits.images) // PER_LINE)
sheet = numpy.full((lines * 8, PER_LINE * 8), 255, numpy.uint8)
for index, image in enumerate(digits.images):
    row, column = divmod(index, PER_LINE)
    grey = 255 - numpy.floor(image * 255 / 16 + 0.5).astype(numpy.uint8)
    sheet[row * 8:row * 8 + 8, column * 8:column * 8 + 8] = grey
Image.fromarray(sheet, "L").save(folder / "optdigits.png", optimize=True)
text = "".join(str(label) for label in digits.target)
wrapped = "\n".join(text[i:i + PER_LINE] for i in range(0, len(text), PER_LINE))
(folder / "optdigits_labels.txt").write_text(wrapped + "\n")
