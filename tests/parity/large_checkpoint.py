#!/usr/bin/env python3
"""A checkpoint of InternVL3-1B's sizes with random weights, in both layouts, bf16 on disk: counted, run and timed against
transformers and safetensors. One process that holds a model runs at a time."""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PARAMETERS = 938_193_024
IMAGE_TOKEN = 151667
TOKENS = 300
SIZES = dict(image=448, patch=14, v_hidden=1024, v_layers=24, v_heads=16, v_mlp=4096, hidden=896, layers=24, heads=14,
             kv=2, mlp=4864, vocab=151674, theta=1e6)


def original_shapes(c):
    """Name -> shape in the layout of OpenGVLab."""
    width, positions = c["v_hidden"], (c["image"] // c["patch"]) ** 2 + 1
    shapes = {"vision_model.embeddings.class_embedding": (1, 1, width),
              "vision_model.embeddings.position_embedding": (1, positions, width),
              "vision_model.embeddings.patch_embedding.weight": (width, 3, c["patch"], c["patch"]),
              "vision_model.embeddings.patch_embedding.bias": (width,)}
    for i in range(c["v_layers"]):
        p = f"vision_model.encoder.layers.{i}."
        for name, rows, columns in (("attn.qkv", 3 * width, width), ("attn.proj", width, width),
                                    ("mlp.fc1", c["v_mlp"], width), ("mlp.fc2", width, c["v_mlp"])):
            shapes[p + name + ".weight"], shapes[p + name + ".bias"] = (rows, columns), (rows,)
        for name in ("norm1", "norm2"):
            shapes[p + name + ".weight"] = shapes[p + name + ".bias"] = (width,)
        shapes[p + "ls1"] = shapes[p + "ls2"] = (width,)
    hidden, merged = c["hidden"], 4 * width
    shapes.update({"mlp1.0.weight": (merged,), "mlp1.0.bias": (merged,), "mlp1.1.weight": (hidden, merged),
                   "mlp1.1.bias": (hidden,), "mlp1.3.weight": (hidden, hidden), "mlp1.3.bias": (hidden,)})
    keys = c["kv"] * hidden // c["heads"]
    shapes["language_model.model.embed_tokens.weight"] = (c["vocab"], hidden)
    for i in range(c["layers"]):
        p = f"language_model.model.layers.{i}."
        for name, rows in (("q_proj", hidden), ("k_proj", keys), ("v_proj", keys)):
            shapes[p + f"self_attn.{name}.weight"], shapes[p + f"self_attn.{name}.bias"] = (rows, hidden), (rows,)
        shapes[p + "self_attn.o_proj.weight"] = (hidden, hidden)
        shapes[p + "mlp.gate_proj.weight"] = shapes[p + "mlp.up_proj.weight"] = (c["mlp"], hidden)
        shapes[p + "mlp.down_proj.weight"] = (hidden, c["mlp"])
        shapes[p + "input_layernorm.weight"] = shapes[p + "post_attention_layernorm.weight"] = (hidden,)
    shapes["language_model.model.norm.weight"] = shapes["language_model.lm_head.weight"] = None
    shapes["language_model.model.norm.weight"] = (hidden,)
    shapes["language_model.lm_head.weight"] = (c["vocab"], hidden)
    return shapes


HF_NAMES = [("vision_model.embeddings.class_embedding", "vision_tower.embeddings.cls_token"),
            ("vision_model.embeddings.position_embedding", "vision_tower.embeddings.position_embeddings"),
            ("vision_model.embeddings.patch_embedding.", "vision_tower.embeddings.patch_embeddings.projection."),
            ("vision_model.encoder.layers.", "vision_tower.encoder.layer."), (".attn.proj.", ".attention.projection_layer."),
            (".norm1.", ".layernorm_before."), (".norm2.", ".layernorm_after."), (".ls1", ".lambda_1"),
            (".ls2", ".lambda_2"), ("mlp1.0.", "multi_modal_projector.layer_norm."),
            ("mlp1.1.", "multi_modal_projector.linear_1."), ("mlp1.3.", "multi_modal_projector.linear_2.")]


def hf_tensors(tensors):
    """The same tensors under the names that save_pretrained writes, q, k and v apart."""
    result = {}
    for name, tensor in tensors.items():
        other = name
        if not name.startswith("language_model."):
            for old, new in HF_NAMES:
                other = other.replace(old, new)
        if ".attn.qkv." in other:
            for part, rows in zip(("q_proj", "k_proj", "v_proj"), tensor.chunk(3)):
                result[other.replace(".attn.qkv.", f".attention.{part}.")] = rows.contiguous()
        else:
            result[other] = tensor
    return result


def original_config(c):
    llm = dict(architectures=["Qwen2ForCausalLM"], model_type="qwen2", hidden_act="silu", hidden_size=c["hidden"],
               intermediate_size=c["mlp"], max_position_embeddings=32768, num_attention_heads=c["heads"],
               num_hidden_layers=c["layers"], num_key_value_heads=c["kv"], rms_norm_eps=1e-6, rope_theta=c["theta"],
               rope_scaling={"factor": 2.0, "rope_type": "dynamic", "type": "dynamic"}, sliding_window=None,
               tie_word_embeddings=False, torch_dtype="bfloat16", use_sliding_window=False, vocab_size=c["vocab"])
    vision = dict(architectures=["InternVisionModel"], model_type="intern_vit_6b", drop_path_rate=0.1, hidden_act="gelu",
                  hidden_size=c["v_hidden"], image_size=c["image"], intermediate_size=c["v_mlp"], layer_norm_eps=1e-6,
                  norm_type="layer_norm", num_attention_heads=c["v_heads"], num_channels=3,
                  num_hidden_layers=c["v_layers"], patch_size=c["patch"], qk_normalization=False, qkv_bias=True)
    return dict(architectures=["InternVLChatModel"], model_type="internvl_chat", downsample_ratio=0.5,
                dynamic_image_size=True, force_image_size=c["image"], image_token_id=IMAGE_TOKEN, max_dynamic_patch=12,
                min_dynamic_patch=1, pad2square=False, ps_version="v2", select_layer=-1, template="internvl2_5",
                tie_word_embeddings=False, torch_dtype="bfloat16", use_backbone_lora=0, use_llm_lora=0,
                use_thumbnail=True, llm_config=llm, vision_config=vision)


def random_value(torch, name, shape, generator):
    noise = torch.randn(shape, generator=generator)
    if name.endswith(("ls1", "ls2")):
        return 0.1 + 0.02 * noise
    if "norm" in name or name.startswith("mlp1.0."):
        return 0.05 * noise + (1.0 if name.endswith("weight") else 0.0)
    if name.endswith(".bias"):
        return 0.05 * noise
    if "embed" in name:
        return 0.1 * noise
    return noise * (1.0 / math.sqrt(shape[-1]))


def make(folder):
    import torch
    from safetensors.torch import save_file
    from transformers import InternVLConfig, Qwen2Config
    from transformers.models.internvl.configuration_internvl import InternVLVisionConfig

    c = SIZES
    generator = torch.Generator().manual_seed(20260101)
    tensors = {name: random_value(torch, name, shape, generator).to(torch.bfloat16)
               for name, shape in original_shapes(c).items()}
    for layout in ("original", "hf"):
        (folder / layout).mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "original/model.safetensors", metadata={"format": "pt"})
    (folder / "original/config.json").write_text(json.dumps(original_config(c), indent=2))
    save_file(hf_tensors(tensors), folder / "hf/model.safetensors", metadata={"format": "pt"})
    text = {k: v for k, v in original_config(c)["llm_config"].items() if k != "architectures"}
    vision = InternVLVisionConfig(hidden_size=c["v_hidden"], num_hidden_layers=c["v_layers"],
                                  num_attention_heads=c["v_heads"], intermediate_size=c["v_mlp"], attention_bias=True,
                                  image_size=[c["image"]] * 2, patch_size=[c["patch"]] * 2, norm_type="layer_norm",
                                  layer_norm_eps=1e-6)
    config = InternVLConfig(vision_config=vision, text_config=Qwen2Config(**text), image_token_id=IMAGE_TOKEN,
                            image_seq_length=256, downsample_ratio=0.5, tie_word_embeddings=False,
                            architectures=["InternVLForConditionalGeneration"], dtype="bfloat16")
    config.save_pretrained(folder / "hf")
    ids = torch.randint(0, 151643, (TOKENS,), generator=generator)
    ids[20:276] = IMAGE_TOKEN
    pixels = torch.randn((1, 3, c["image"], c["image"]), generator=generator)
    save_file({"input_ids": ids, "pixel_values": pixels}, folder / "input.safetensors")


def reference(folder, layout, out):
    import torch
    from safetensors.torch import load_file, save_file
    from transformers import InternVLForConditionalGeneration

    torch.set_num_threads(os.cpu_count())
    model = InternVLForConditionalGeneration.from_pretrained(folder / layout, dtype=torch.float32,
                                                             attn_implementation="eager").eval()
    given = load_file(folder / "input.safetensors")
    with torch.no_grad():
        logits = model(input_ids=given["input_ids"][None], pixel_values=given["pixel_values"],
                       attention_mask=torch.ones(1, TOKENS, dtype=torch.long)).logits[0]
    save_file({"logits": logits.contiguous()}, out)


def peer_load(path, dtype, repeats, threads):
    """Seconds of load_file and a copy of every tensor in the wanted dtype."""
    import torch
    from safetensors.torch import load_file

    torch.set_num_threads(threads)
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        tensors = {name: t.to(getattr(torch, dtype)).clone() for name, t in load_file(path).items()}
        seconds.append(time.perf_counter() - start)
        del tensors
    print(json.dumps(seconds))


def child(*arguments):
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def anonymous_peak(command):
    """Runs a command; its output and the highest RssAnon seen, looked at every 10 ms."""
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, text=True)
    peak = 0

    def watch():
        nonlocal peak
        while process.poll() is None:
            try:
                for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                    if line.startswith("RssAnon:"):
                        peak = max(peak, int(line.split()[1]) * 1024)
            except OSError:
                return
            time.sleep(0.01)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out = process.communicate()[0]
    watcher.join()
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return out, peak


class Checks:
    failed = 0

    def check(self, name, passed, detail):
        print(f"{'ok  ' if passed else 'FAIL'} {name}: {detail}", flush=True)
        self.failed += not passed


def check_counts(checks, winnow, folder):
    for layout in ("original", "hf"):
        out = subprocess.run([winnow, "check-model", folder / layout, "--json"], check=True, stdout=subprocess.PIPE)
        report = json.loads(out.stdout)
        sound = not (report["missing"] or report["extra"] or report["wrong"]) and report["layout"] == layout
        checks.check(f"check-model {layout}", sound and report["parameters"] == PARAMETERS,
                     f"{report['parameters']:,} parameters, {report['dtypes']}")


def compare_logits(checks, name, ours, theirs):
    from safetensors.torch import load_file
    a, b = load_file(ours)["logits"], load_file(theirs)["logits"]
    largest, bound = b.abs().max().item(), 1e-3 * b.abs().max().item()
    difference = (a - b).abs().max().item()
    top = b.topk(2, dim=1)
    clear = (top.values[:, 0] - top.values[:, 1]) > bound
    same = (a.argmax(1) == top.indices[:, 0])[clear]
    checks.check(name, a.shape == b.shape and difference <= bound and bool(same.all()),
                 f"{tuple(a.shape)}, largest difference {difference:.3g} = {difference / largest:.2e} of {largest:.4g}, "
                 f"argmax equal at {int(same.sum())} of {int(clear.sum())} clear positions")


def check_logits(checks, winnow, folder, threads):
    child("--phase", "reference", "--folder", folder)
    for layout in ("original", "hf"):
        out = folder / f"{layout}.logits.safetensors"
        text, peak = anonymous_peak([winnow, "logits", "--checkpoint", folder / layout, "--input",
                                     folder / "input.safetensors", "--out", out, "--threads", threads, "--json"])
        compare_logits(checks, f"logits {layout}", out, folder / "reference.safetensors")
        # Activations: the logits themselves [300, 151674], and of the widest layers less than as much again.
        activations = 2 * TOKENS * SIZES["vocab"] * 4
        bound = 1.15 * PARAMETERS * 4 + activations
        checks.check(f"memory of logits {layout}", peak <= bound,
                     f"peak RssAnon {peak / 1e9:.3f} GB, bound {bound / 1e9:.3f} GB; {text.strip()}")


def check_load(checks, winnow, folder, pairs, threads):
    names = {"fp32": ("float32", 4), "bf16": ("bfloat16", 2), "fp16": ("float16", 2)}
    for precision, (dtype, width) in names.items():
        for layout in ("original", "hf"):
            ours, theirs, peak = [], [], 0
            for _ in range(pairs):
                out, seen = anonymous_peak([winnow, "bench", "load", "--checkpoint", folder / layout, "--precision",
                                            precision, "--threads", threads, "--repeats", 1, "--json"])
                ours.append(json.loads(out.splitlines()[-1])["seconds"])
                peak = max(peak, seen)
                theirs += json.loads(child("--phase", "load", "--folder", folder / layout, "--dtype", dtype, "--threads",
                                           threads))
            a, b = statistics.median(ours), statistics.median(theirs)
            checks.check(f"load {layout} as {precision}", a <= b,
                         f"{a:.2f} s against {b:.2f} s of load_file + to + clone (ratio {b / a:.2f}, "
                         f"median of {pairs} pairs, {threads} threads)")
            bound = 1.15 * PARAMETERS * width
            checks.check(f"memory of load {layout} as {precision}", peak <= bound,
                         f"peak RssAnon {peak / 1e9:.3f} GB, bound {bound / 1e9:.3f} GB")


def check_convert(checks, winnow, folder):
    """Both directions, equal to the file that safetensors wrote; and what was trained here loads in transformers."""
    for source, target in (("hf", "original"), ("original", "hf")):
        out = folder / f"converted-{target}"
        subprocess.run(["rm", "-rf", out], check=True)
        text, peak = anonymous_peak([winnow, "convert", folder / source, "--layout", target, "--out", out, "--json"])
        same = subprocess.run(["cmp", "-s", out / "model.safetensors", folder / target / "model.safetensors"]).returncode
        checks.check(f"convert {source} to {target}", same == 0 and peak < 100e6,
                     f"{'the same' if same == 0 else 'other'} bytes, peak RssAnon {peak / 1e6:.0f} MB")
    out = folder / "converted-hf"
    child("--phase", "reference", "--folder", folder, "--layout", "converted-hf")
    compare_logits(checks, "transformers loads what convert wrote", folder / "converted-hf.reference.safetensors",
                   folder / "reference.safetensors")
    subprocess.run(["rm", "-rf", out, folder / "converted-original"], check=True)


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", type=Path, default=root / "build/release/bin/winnow")
    parser.add_argument("--folder", type=Path, help="keeps the checkpoints there (default: a temporary folder)")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=max(1, os.cpu_count() - 1))
    parser.add_argument("--parts", default="counts,logits,load,convert")
    parser.add_argument("--phase", choices=("make", "reference", "load"), help=argparse.SUPPRESS)
    parser.add_argument("--layout", default="hf", help=argparse.SUPPRESS)
    parser.add_argument("--dtype", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.phase == "make":
        return make(options.folder)
    if options.phase == "reference":
        prefix = "" if options.layout == "hf" else options.layout + "."
        return reference(options.folder, options.layout, options.folder / f"{prefix}reference.safetensors")
    if options.phase == "load":
        return peer_load(options.folder / "model.safetensors", options.dtype, 1, options.threads)

    import safetensors
    import torch
    import transformers
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, safetensors {safetensors.__version__}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if not (folder / "input.safetensors").exists():
            child("--phase", "make", "--folder", folder)
        checks = Checks()
        parts = options.parts.split(",")
        if "counts" in parts:
            check_counts(checks, options.winnow, folder)
        if "logits" in parts:
            check_logits(checks, options.winnow, folder, options.threads)
        if "load" in parts:
            check_load(checks, options.winnow, folder, options.pairs, options.threads)
        if "convert" in parts:
            check_convert(checks, options.winnow, folder)
    return checks.failed


if __name__ == "__main__":
    sys.exit(main())
