#!/usr/bin/env python3
"""The step of think-add in PyTorch by hand, as fast as it gets without leaving PyTorch.

Keys and values are cached, a prompt is read once for its group, attention and Adam are fused. Every
completion has the full length. Prints medians as one JSON object. Needs torch.
"""
import argparse
import json
import math
import random
import time

import torch
from torch import nn
from torch.nn import functional as F

SYMBOLS = "_$0123456789+-*=()[],:"
ID = {symbol: i for i, symbol in enumerate(SYMBOLS)}
PROMPT, LENGTH = 6, 9  # 47+85= and [231]132$
SUPERVISED_ROWS = 64


class Transformer(nn.Module):
    def __init__(self, width, layers, heads):
        super().__init__()
        self.width, self.heads, self.head_width = width, heads, width // heads
        deviation, residual = 1 / math.sqrt(3 * width), math.sqrt(2 * layers)
        self.symbols = normal(0.1, len(SYMBOLS), width)
        self.positions = normal(0.1, PROMPT + LENGTH, width)
        self.blocks = nn.ModuleList()
        for _ in range(layers):
            b = nn.Module()
            b.gain1, b.bias1 = constant(1, width), constant(0, width)
            b.gain2, b.bias2 = constant(1, width), constant(0, width)
            b.qkv, b.qkv_bias = normal(deviation, 3 * width, width), constant(0, 3 * width)
            b.out, b.out_bias = normal(deviation / residual, width, width), constant(0, width)
            b.up, b.up_bias = normal(deviation, 4 * width, width), constant(0, 4 * width)
            down = 1 / math.sqrt(12 * width) / residual
            b.down, b.down_bias = normal(down, width, 4 * width), constant(0, width)
            self.blocks.append(b)
        self.gain, self.bias = constant(1, width), constant(0, width)
        self.head, self.head_bias = normal(0.02, len(SYMBOLS), width), constant(0, len(SYMBOLS))

    def norm(self, x, gain, bias):
        return F.layer_norm(x, (self.width,), gain, bias)

    def feed_forward(self, b, x):
        hidden = F.relu(F.linear(self.norm(x, b.gain2, b.bias2), b.up, b.up_bias))
        return F.linear(hidden, b.down, b.down_bias)

    def block(self, b, h):
        """The output for whole sequences, the keys, the values."""
        rows, positions, _ = h.shape
        qkv = F.linear(self.norm(h, b.gain1, b.bias1), b.qkv, b.qkv_bias)
        q, k, v = qkv.view(rows, positions, 3, self.heads, self.head_width).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        h = h + F.linear(a.transpose(1, 2).reshape(h.shape), b.out, b.out_bias)
        return h + self.feed_forward(b, h), k, v

    def logits(self, h):
        return F.linear(self.norm(h, self.gain, self.bias), self.head, self.head_bias)

    def log_probs(self, prompts, tokens):
        x = torch.cat([prompts, tokens[:, :-1]], 1)
        h = self.symbols[x] + self.positions[: x.shape[1]]
        for b in self.blocks:
            h, _, _ = self.block(b, h)
        logits = self.logits(h[:, PROMPT - 1 :])
        return torch.log_softmax(logits, -1).gather(2, tokens[..., None]).squeeze(-1)

    @torch.no_grad()
    def sample(self, prompts, group):
        """Completions of each prompt and the log-probabilities of their tokens."""
        rows = len(prompts) * group
        h, caches = self.symbols[prompts] + self.positions[:PROMPT], []
        for b in self.blocks:
            h, k, v = self.block(b, h)
            cache = torch.empty(2, rows, self.heads, PROMPT + LENGTH, self.head_width)
            cache[0, :, :, :PROMPT] = k.repeat_interleave(group, 0)
            cache[1, :, :, :PROMPT] = v.repeat_interleave(group, 0)
            caches.append(cache)
        logits = self.logits(h[:, -1]).repeat_interleave(group, 0)
        tokens = torch.zeros(rows, LENGTH, dtype=torch.long)
        drawn = torch.zeros(rows, LENGTH)
        for t in range(LENGTH):
            log_probs = torch.log_softmax(logits, -1)
            noise = torch.empty_like(log_probs).exponential_().clamp_min_(1e-20).log_()
            tokens[:, t] = (log_probs - noise).argmax(-1)
            drawn[:, t] = log_probs.gather(1, tokens[:, t : t + 1]).squeeze(1)
            if t < LENGTH - 1:
                logits = self.next(tokens[:, t], PROMPT + t, caches)
        return tokens, drawn

    def next(self, token, position, caches):
        """The logits behind one more token."""
        x = self.symbols[token] + self.positions[position]
        for b, (keys, values) in zip(self.blocks, caches):
            qkv = F.linear(self.norm(x, b.gain1, b.bias1), b.qkv, b.qkv_bias)
            qkv = qkv.view(len(x), 3, self.heads, 1, self.head_width)
            keys[:, :, position : position + 1] = qkv[:, 1]
            values[:, :, position : position + 1] = qkv[:, 2]
            seen = slice(0, position + 1)
            a = F.scaled_dot_product_attention(qkv[:, 0], keys[:, :, seen], values[:, :, seen])
            x = x + F.linear(a.reshape(x.shape), b.out, b.out_bias)
            x = x + self.feed_forward(b, x)
        return self.logits(x)


def normal(deviation, *shape):
    return nn.Parameter(torch.randn(*shape) * deviation)


def constant(value, size):
    return nn.Parameter(torch.full((size,), float(value)))


def reward(prompt, tokens):
    text = "".join(SYMBOLS[i] for i in tokens)
    if "$" not in text:
        return 0.0
    text = text[: text.index("$")]
    if text[:1] == "[" and text.count("[") == 1 and text.count("]") == 1:
        text = text.split("]")[1]
    return float(text == str(int(prompt[:2]) + int(prompt[3:5])))


def learn(model, optimizer, loss):
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


def problems(count):
    texts = [f"{random.randint(10, 99)}+{random.randint(10, 99)}=" for _ in range(count)]
    return texts, torch.tensor([[ID[symbol] for symbol in text] for text in texts])


def update(model, optimizer, prompts, group):
    """Seconds of rollout, score, the rest, and the whole."""
    times = [time.perf_counter()]
    texts, questions = problems(prompts)
    tokens, old = model.sample(questions, group)
    times.append(time.perf_counter())
    rows = enumerate(tokens.tolist())
    rewards = torch.tensor([reward(texts[i // group], row) for i, row in rows]).view(prompts, group)
    times.append(time.perf_counter())
    deviation = rewards.std(1, keepdim=True) + 1e-4
    advantages = ((rewards - rewards.mean(1, keepdim=True)) / deviation).view(-1, 1)
    ratio = (model.log_probs(questions.repeat_interleave(group, 0), tokens) - old).exp()
    objective = torch.minimum(ratio * advantages, ratio.clamp(0.8, 1.2) * advantages)
    learn(model, optimizer, -objective.mean())
    times.append(time.perf_counter())
    return [end - begun for begun, end in zip(times, times[1:])] + [times[-1] - times[0]]


def supervised(model, optimizer):
    """Seconds of a step on 64 examples of 4 to 9 tokens, filled up to the full length."""
    begun = time.perf_counter()
    _, questions = problems(SUPERVISED_ROWS)
    lengths = torch.randint(4, LENGTH + 1, (SUPERVISED_ROWS, 1))
    mask = (torch.arange(LENGTH) < lengths).float()
    tokens = torch.randint(1, len(SYMBOLS), (SUPERVISED_ROWS, LENGTH)) * mask.long()
    learn(model, optimizer, -(model.log_probs(questions, tokens) * mask).sum() / mask.sum())
    return time.perf_counter() - begun


def median(values):
    return sorted(values)[len(values) // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = dict(threads=1, warmup=30, updates=120, prompts=32, group=8, width=48, layers=1, heads=4)
    for name, value in sizes.items():
        parser.add_argument("--" + name, type=int, default=value)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    random.seed(0)
    model = Transformer(given.width, given.layers, given.heads)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.5e-3, betas=(0.9, 0.95), fused=True)
    times = [
        update(model, optimizer, given.prompts, given.group)
        for _ in range(given.warmup + given.updates)
    ][given.warmup :]
    rollout, score, optimize, step = (median(phase) for phase in zip(*times))
    cold_start = median([supervised(model, optimizer) for _ in range(200)][100:])
    print(
        json.dumps(
            {
                "torch": torch.__version__,
                "parameters": sum(p.numel() for p in model.parameters()),
                "cold_start_step_seconds": cold_start,
                "rollout_seconds": rollout,
                "score_seconds": score,
                "optimize_seconds": optimize,
                "step_seconds": step,
            }
        )
    )


if __name__ == "__main__":
    main()
