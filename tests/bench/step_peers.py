"""The peers of peer_step.py: one bi-level table iteration in PyTorch and transformers, with Betty and without. Each
runs in a process of its own (`peer_step.py --peer NAME --shape NAME`), which builds its model once and then, for each
line "N" on its standard input, runs N iterations and prints their CPU seconds.

Sizes and rows are those of core/engine/bench_shapes.cpp: 64 train and 16 meta rows of random ids and pixels."""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

TRAIN_ROWS, META_ROWS = 64, 16
PLUS, MINUS = 10, 12
ITERATIONS = 1 << 30  # of the learning rate schedule, as in winnow bench step
CLIP = 1.0
LOWER = dict(lr=5e-5, weight_decay=1e-2, betas=(0.9, 0.999), eps=1e-6)
UPPER = dict(lr=5e-3, weight_decay=1e-3, betas=(0.9, 0.999), eps=1e-6)

SHAPES = {
    "demo": dict(vision=dict(image=28, patch=7, width=64, layers=2, heads=4, mlp=256),
                 language=dict(width=128, layers=3, heads=4, kv=2, mlp=512, vocabulary=400),
                 tiles=3, text=90, sites=4),
    "quarter": dict(vision=dict(image=224, patch=14, width=256, layers=24, heads=4, mlp=1024),
                    language=dict(width=224, layers=24, heads=4, kv=2, mlp=1216, vocabulary=8000),
                    tiles=2, text=200, sites=6)}

VERSIONS = {"torch": "2.11.0", "transformers": "4.57.6", "betty-ml": "0.2.1"}


def tokens_per_tile(shape):
    return (shape["vision"]["image"] // shape["vision"]["patch"] // 2) ** 2


def tokens_per_row(shape):
    return shape["tiles"] * tokens_per_tile(shape) + shape["text"]


def make_model(shape, attention, recompute):
    import torch
    from transformers import InternVLConfig, InternVLForConditionalGeneration, InternVLVisionConfig, Qwen2Config
    v, t = shape["vision"], shape["language"]
    vision = InternVLVisionConfig(
        hidden_size=v["width"], num_hidden_layers=v["layers"], num_attention_heads=v["heads"], attention_bias=True,
        intermediate_size=v["mlp"], norm_type="layer_norm", layer_norm_eps=1e-6, image_size=[v["image"]] * 2,
        patch_size=[v["patch"]] * 2, use_absolute_position_embeddings=True, use_mean_pooling=True)
    text = Qwen2Config(
        vocab_size=t["vocabulary"], hidden_size=t["width"], intermediate_size=t["mlp"], num_hidden_layers=t["layers"],
        num_attention_heads=t["heads"], num_key_value_heads=t["kv"], rms_norm_eps=1e-6, rope_theta=1e6,
        tie_word_embeddings=False)
    config = InternVLConfig(vision_config=vision, text_config=text, image_token_id=t["vocabulary"] - 1,
                            image_seq_length=tokens_per_tile(shape), tie_word_embeddings=False)
    config._attn_implementation = attention
    torch.manual_seed(1)
    model = InternVLForConditionalGeneration(config).float().train()
    used = {part._attn_implementation for part in (model.config.vision_config, model.config.text_config)}
    assert used == {attention}, used
    if recompute:
        model.model.vision_tower.gradient_checkpointing_enable({"use_reentrant": False})
    return model


def make_rows(shape, count, seed):
    """Rows of ids, pixels, site positions, site labels and the row's key."""
    import torch
    draw = torch.Generator().manual_seed(seed)
    head, picture, text = 4, shape["tiles"] * tokens_per_tile(shape), shape["text"] - 4
    sites = torch.tensor([head + picture + text * s // shape["sites"] - 1 for s in range(1, shape["sites"] + 1)])
    size = shape["vision"]["image"]
    rows = []
    for row in range(count):
        ids = torch.randint(20, 220, (head + picture + text,), generator=draw)
        ids[head:head + picture] = shape["language"]["vocabulary"] - 1
        labels = torch.where(torch.rand(shape["sites"], generator=draw) < 0.5, PLUS, MINUS)
        rows.append((ids, torch.randn(shape["tiles"], 3, size, size, generator=draw), sites, labels, str(row)))
    return rows


def make_loader(shape, count, seed):
    from torch.utils.data import DataLoader
    return DataLoader(make_rows(shape, count, seed), batch_size=1, shuffle=True)


def make_table():
    """The reference's Instance Table: one raw weight a row, clipped to [-1, 3], which multiplies the row's loss."""
    import torch

    class Table(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.place = {str(row): row for row in range(TRAIN_ROWS)}
            self.raw = torch.nn.Parameter(torch.ones(TRAIN_ROWS))

        def forward(self, keys, loss):
            return loss * torch.clamp(self.raw, min=-1.0, max=3.0)[torch.tensor([self.place[key] for key in keys])]
    return Table()


def make_schedule(optimizer):
    from transformers import get_cosine_schedule_with_warmup
    return get_cosine_schedule_with_warmup(optimizer, ITERATIONS // 20, ITERATIONS)


def forward(model, ids, pixels, **options):
    """Logits. The mask of ones is the reference's; without it transformers looks for packed sequences, which takes a
    third of the time at demo's size."""
    import torch
    return model(input_ids=ids, pixel_values=pixels, attention_mask=torch.ones_like(ids), use_cache=False,
                 **options).logits


def make_adam(parameters, options):
    """AdamW as transformers had it up to 4.49, which the reference uses: eps beside the plain root, decay after the
    step, one parameter after the other. (Betty 0.2.1 cannot take the AdamW of this torch: it hands the constructor a
    setting that it does not know.)"""
    import torch

    class Adam(torch.optim.Optimizer):
        @torch.no_grad()
        def step(self):
            for group in self.param_groups:
                beta1, beta2 = group["betas"]
                for p in group["params"]:
                    if p.grad is None:
                        continue
                    state = self.state[p]
                    if not state:
                        state.update(t=0, first=torch.zeros_like(p), second=torch.zeros_like(p))
                    state["t"] += 1
                    state["first"].mul_(beta1).add_(p.grad, alpha=1 - beta1)
                    state["second"].mul_(beta2).addcmul_(p.grad, p.grad, value=1 - beta2)
                    size = group["lr"] * (1 - beta2 ** state["t"]) ** 0.5 / (1 - beta1 ** state["t"])
                    p.addcdiv_(state["first"], state["second"].sqrt().add_(group["eps"]), value=-size)
                    p.mul_(1 - group["lr"] * group["weight_decay"])

        def __init__(self, parameters, **options):
            super().__init__(parameters, options)
    return Adam(parameters, **options)


def betty_step(shape, attention, recompute):
    """An iteration as the reference sets Betty up: darts with unroll 1, AdamW with a cosine schedule and clipping to
    norm 1 at both levels, logits and the meta loss's softmax over the whole vocabulary at every position. Its log and
    its prints of the table's extremes are left out."""
    import torch
    from betty.configs import Config, EngineConfig
    from betty.engine import Engine
    from betty.problems import ImplicitProblem

    class Upper(ImplicitProblem):
        def training_step(self, batch):
            ids, pixels, sites, labels, _ = batch
            probabilities = torch.softmax(self.lower(ids, pixels[0]), dim=-1)
            prediction = probabilities[0, sites[0], labels[0]].mean()
            return {"loss": torch.nn.functional.mse_loss(prediction, torch.ones_like(prediction))}

    class Lower(ImplicitProblem):
        def forward(self, ids, pixels):
            return forward(self.module, ids, pixels)

        def training_step(self, batch):
            ids, pixels, sites, labels, keys = batch
            loss = torch.nn.functional.cross_entropy(self.forward(ids, pixels[0])[0, sites[0]], labels[0])
            return self.upper(keys, loss)

    def problem(kind, name, module, settings, loader, **options):
        adam = make_adam(module.parameters(), settings)
        return kind(name=name, config=Config(type="darts", gradient_clipping=CLIP, **options), module=module,
                    optimizer=adam, scheduler=make_schedule(adam), train_data_loader=loader)

    model = make_model(shape, attention, recompute)
    lower = problem(Lower, "lower", model, LOWER, make_loader(shape, TRAIN_ROWS, 1), unroll_steps=1)
    upper = problem(Upper, "upper", make_table(), UPPER, make_loader(shape, META_ROWS, 2), retain_graph=True)
    engine = Engine(config=EngineConfig(train_iters=ITERATIONS, strategy="cpu"), problems=[upper, lower],
                    dependencies={"u2l": {upper: [lower]}, "l2u": {lower: [upper]}})
    engine.train()

    def step():  # what Engine.run does in a round
        engine.global_step += 1
        engine.train_step()
    return model, step


def endless(loader):
    while True:
        yield from loader


def torch_dot_step(shape):
    """The hypergradient `one-step` as a product of two gradients in PyTorch: SDPA, logits only at the sites, fused
    AdamW. What a careful user of PyTorch writes."""
    import torch
    model = make_model(shape, "sdpa", recompute=False)
    parameters, raw = list(model.parameters()), torch.ones(TRAIN_ROWS)
    lower = torch.optim.AdamW(parameters, fused=True, **LOWER)
    upper = torch.optim.AdamW([raw], fused=True, **UPPER)
    schedules = [make_schedule(lower), make_schedule(upper)]
    train, meta = endless(make_loader(shape, TRAIN_ROWS, 1)), endless(make_loader(shape, META_ROWS, 2))

    def site_logits(ids, pixels, sites):
        return forward(model, ids, pixels[0], logits_to_keep=sites[0])[0]

    def clip_factor(norm):
        return min(1.0, CLIP / (norm.item() + 1e-6))

    def step():
        ids, pixels, sites, labels, keys = next(train)
        loss = torch.nn.functional.cross_entropy(site_logits(ids, pixels, sites), labels[0])
        kept = torch.autograd.grad(loss, parameters)
        norm = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(kept)))
        row = int(keys[0])
        weight = raw[row].clamp(-1.0, 3.0).item()
        for parameter, gradient in zip(parameters, torch._foreach_mul(kept, clip_factor(norm) * weight)):
            parameter.grad = gradient
        lower.step()
        lower.zero_grad(set_to_none=True)
        ids, pixels, sites, labels, _ = next(meta)
        chosen = torch.softmax(site_logits(ids, pixels, sites), -1).gather(1, labels[0].unsqueeze(1))
        gradients = torch.autograd.grad((chosen.mean() - 1) ** 2, parameters)
        dot = sum(torch.dot(a.flatten(), b.flatten()) for a, b in zip(kept, gradients))
        raw.grad = torch.zeros_like(raw)
        raw.grad[row] = -dot if -1.0 <= raw[row] <= 3.0 else 0.0
        raw.grad *= clip_factor(raw.grad.norm())
        upper.step()
        for schedule in schedules:
            schedule.step()
    return model, step


# The reference's encoder recomputes its blocks in the backward pass in any case, so its SDPA form does too.
PEERS = {"betty": lambda shape: betty_step(shape, "eager", recompute=True),
         "betty-sdpa": lambda shape: betty_step(shape, "sdpa", recompute=True),
         "betty-lean": lambda shape: betty_step(shape, "sdpa", recompute=False),
         "torch-dot": torch_dot_step}


def resident_bytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def serve(peer, shape_name):
    """Prints what it is, then answers each line "N" with the CPU seconds of N iterations and the peak memory so far."""
    answers, sys.stdout = sys.stdout, sys.stderr  # Betty's logger prints
    found = {name: version(name) for name in VERSIONS}
    for name, wanted in VERSIONS.items():
        if found[name].split("+")[0] != wanted:
            sys.exit(f"peer_step.py compares with {name} {wanted}, but {name} {found[name]} is installed; see its "
                     "docstring for how to install the right one.")
    import torch
    import transformers  # noqa: F401  what loading costs belongs to the level before the model
    from transformers import InternVLForConditionalGeneration  # noqa: F401
    if peer != "torch-dot":
        import betty.engine  # noqa: F401
    torch.set_num_threads(1)
    loaded = resident_bytes()
    shape = SHAPES[shape_name]
    model, step = PEERS[peer](shape)
    print(json.dumps(dict(versions=dict(found, python=sys.version.split()[0]), loaded_bytes=loaded,
                          parameters=sum(p.numel() for p in model.parameters()), tokens=tokens_per_row(shape))),
          file=answers, flush=True)
    for line in sys.stdin:
        seconds, wall = [], time.perf_counter()
        for _ in range(int(line)):
            start = time.process_time()
            step()
            seconds.append(time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps(dict(seconds=seconds, wall=time.perf_counter() - wall, peak_bytes=peak)), file=answers,
              flush=True)
