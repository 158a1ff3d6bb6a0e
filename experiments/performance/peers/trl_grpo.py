#!/usr/bin/env python3
"""The step of think-add with TRL's GRPOTrainer and a GPT-2 of the same size, on the CPU.

Every completion has the full length. Prints the median as one JSON object. Needs trl, transformers
and torch.
"""
import argparse
import json
import os
import random
import tempfile
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import transformers
import trl
from datasets import Dataset
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

SYMBOLS = "_$0123456789+-*=()[],:"
LENGTH = 9


def tokenizer():
    words = models.WordLevel({symbol: i for i, symbol in enumerate(SYMBOLS)}, unk_token="_")
    symbols = Tokenizer(words)
    symbols.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    symbols.decoder = decoders.Fuse()
    special = dict(pad_token="_", eos_token="$", bos_token="$", unk_token="_")
    return PreTrainedTokenizerFast(tokenizer_object=symbols, padding_side="left", **special)


def reward(prompts, completions, **_):
    rewards = []
    for prompt, completion in zip(prompts, completions):
        text = completion.split("$")[0]
        if text[:1] == "[" and text.count("]") == 1:
            text = text.split("]")[1]
        rewards.append(float(text == str(int(prompt[:2]) + int(prompt[3:5]))))
    return rewards


class Ends(TrainerCallback):
    """When each step ended."""

    def __init__(self):
        self.times = []

    def on_step_end(self, args, state, control, **_):
        self.times.append(time.perf_counter())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = dict(threads=1, warmup=10, updates=40, prompts=32, group=8, width=48, layers=1, heads=4)
    for name, value in sizes.items():
        parser.add_argument("--" + name, type=int, default=value)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    random.seed(0)
    shape = GPT2Config(
        vocab_size=len(SYMBOLS), n_positions=32, n_embd=given.width, n_layer=given.layers,
        n_head=given.heads, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0,
        bos_token_id=1, eos_token_id=1, pad_token_id=0,
    )
    model = GPT2LMHeadModel(shape)
    sums = [f"{random.randint(10, 99)}+{random.randint(10, 99)}=" for _ in range(8000)]
    ends = Ends()
    with tempfile.TemporaryDirectory() as directory:
        config = GRPOConfig(
            output_dir=directory, max_steps=given.warmup + given.updates,
            per_device_train_batch_size=given.prompts * given.group, gradient_accumulation_steps=1,
            num_generations=given.group, max_completion_length=LENGTH,
            generation_kwargs={"min_new_tokens": LENGTH}, temperature=1.0, beta=0.0,
            num_iterations=1, loss_type="grpo", learning_rate=1.5e-3, adam_beta2=0.95,
            lr_scheduler_type="constant", logging_steps=10**6, save_strategy="no", report_to=[],
            use_cpu=True, bf16=False, gradient_checkpointing=False, disable_tqdm=True,
            dataloader_pin_memory=False,
        )
        GRPOTrainer(
            model=model, reward_funcs=reward, args=config, processing_class=tokenizer(),
            train_dataset=Dataset.from_list([{"prompt": text} for text in sums]), callbacks=[ends],
        ).train()
    steps = sorted(b - a for a, b in zip(ends.times[given.warmup - 1 :], ends.times[given.warmup :]))
    print(
        json.dumps(
            {
                "trl": trl.__version__,
                "transformers": transformers.__version__,
                "torch": torch.__version__,
                "parameters": sum(p.numel() for p in model.parameters()),
                "step_seconds": steps[len(steps) // 2],
            }
        )
    )


if __name__ == "__main__":
    main()
