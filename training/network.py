"""A small encoder with one head for all tasks: how it is made, taught and asked."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from corpus import FLAGS, TASKS, Line
from text import compose, roughen, tidy

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


@dataclass(frozen=True)
class Recipe:
    seed: int = 1
    epochs: int = 5
    batch: int = 32
    rate: float = 1e-4
    warm: float = 0.1
    dropout: float = 0.1
    judgement: float = 16.0
    """How much more the judgement counts than a kind or a move."""
    flags: float = 4.0
    soft: float = 0.5
    """How much of the target is the teacher's word, where there is one. Of the post's flags the teacher knows less."""
    alone: float = 0.08
    """Share of the replies that are read without their post."""
    unanswered: float = 0.06
    """Share of the posts that are read without their reply."""
    shaped: tuple[str, ...] = tuple(f"s{n}" for n in range(1, 13))
    """Hands whose lines have the shape of real ones, and posts. All others were written freely and count less."""
    free: float = 0.33

    def weight(self, hand: str) -> float:
        return 1.0 if hand in self.shaped or hand.startswith("p") else self.free


class Network(torch.nn.Module):
    """Logits by TASKS, from the first token and the mean of all."""

    def __init__(self, base: Path, dropout: float = 0.1):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, dtype=torch.float32)
        self.takes_types = self.encoder.config.model_type == "bert"
        self.dropout = torch.nn.Dropout(dropout)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size * 2, len(TASKS))

    def forward(self, input_ids, attention_mask, token_type_ids):
        types = {"token_type_ids": token_type_ids} if self.takes_types else {}
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **types).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        return self.head(self.dropout(torch.cat([states[:, 0], mean], -1)))


class Pieces:
    """The base's own tokenizer, without its special pieces and cuts."""

    def __init__(self, base: Path):
        tokenizer = AutoTokenizer.from_pretrained(base)
        self.tokenizer = tokenizer
        self.cls, self.sep, self.pad = tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id

    def of(self, texts: list[str]) -> list[list[int]]:
        if not texts:
            return []
        return self.tokenizer([tidy(text) for text in texts], add_special_tokens=False, verbose=False)["input_ids"]

    def batch(self, pairs: list[tuple[list[int], list[int]]]) -> dict[str, torch.Tensor]:
        composed = [compose(reply, post, self.cls, self.sep) for reply, post in pairs]
        longest = max(len(ids) for ids, _ in composed)

        def filled(rows: list[list[int]], filler: int) -> torch.Tensor:
            return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])

        return {
            "input_ids": filled([ids for ids, _ in composed], self.pad),
            "attention_mask": filled([[1] * len(ids) for ids, _ in composed], 0),
            "token_type_ids": filled([types for _, types in composed], 0),
        }


def target(line: Line, soft: float) -> list[float | None]:
    if line.soft is None:
        return line.truth
    mixed = [None if truth is None else (1 - soft) * truth + soft * said for truth, said in zip(line.truth, line.soft)]
    return mixed[: -len(FLAGS)] + line.truth[-len(FLAGS) :]


def varied(line: Line, recipe: Recipe, chance: random.Random) -> Line:
    """The line as it is learned this time."""
    post, reply = roughen(line.post, chance), roughen(line.reply, chance)
    left = chance.random() if line.reply else 1.0
    if left < recipe.alone:
        # Nothing is known of a post that is not there: the judgement stays only where the post was a plain one.
        judgement = [None if line.flags else line.truth[0]]
        return replace(line, post="", reply=reply, truth=[*judgement, *line.truth[1 : -len(FLAGS)], *[None] * len(FLAGS)])
    if left < recipe.alone + recipe.unanswered:
        return replace(line, post=post, reply="", truth=[*[None] * (len(TASKS) - len(FLAGS)), *line.truth[-len(FLAGS) :]])
    return replace(line, post=post, reply=reply)


def fit(lines: list[Line], base: Path, recipe: Recipe, say=print) -> tuple[Network, Pieces]:
    """Teaches a new network; the same recipe, lines and machine give the same network."""
    random.seed(recipe.seed), np.random.seed(recipe.seed), torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    pieces = Pieces(base)
    network = Network(base, recipe.dropout).to(DEVICE)
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=0.01)
    steps = math.ceil(len(lines) / recipe.batch) * recipe.epochs
    warm = max(1, int(steps * recipe.warm))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - max(0, step - warm) / max(1, steps - warm))
    )
    weights = torch.ones(len(TASKS), device=DEVICE)
    weights[0] = recipe.judgement
    weights[-len(FLAGS):] = recipe.flags

    network.train()
    for epoch in range(recipe.epochs):
        shown = [varied(line, recipe, chance) for line in lines]
        replies, posts = pieces.of([line.reply for line in shown]), pieces.of([line.post for line in shown])
        losses = []
        for at in batches([len(r) + len(p) for r, p in zip(replies, posts)], recipe.batch, chance):
            batch = {k: v.to(DEVICE) for k, v in pieces.batch([(replies[i], posts[i]) for i in at]).items()}
            wanted = [target(shown[i], recipe.soft) for i in at]
            goal = torch.tensor([[-1.0 if v is None else v for v in row] for row in wanted], device=DEVICE)
            by_hand = torch.tensor([[recipe.weight(shown[i].hand)] for i in at], device=DEVICE)
            mask = (goal >= 0).float() * by_hand * weights
            with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=DEVICE == "cuda"):
                logits = network(**batch).float()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, goal.clamp(min=0), reduction="none")
            loss = (loss * mask).sum() / mask.sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.detach())
        say(f"epoch {epoch + 1} of {recipe.epochs}: loss {torch.stack(losses).mean().item():.4f}")
    return network.eval(), pieces


def batches(lengths: list[int], size: int, chance: random.Random) -> list[list[int]]:
    """In random order, but texts of like length together."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    chunks = [sorted(order[i : i + size * 16], key=lengths.__getitem__) for i in range(0, len(order), size * 16)]
    made = [chunk[j : j + size] for chunk in chunks for j in range(0, len(chunk), size)]
    chance.shuffle(made)
    return made


@torch.no_grad()
def ask(network: Network, pieces: Pieces, pairs: list[tuple[str, str]]) -> np.ndarray:
    """Logits of (reply, post) pairs; shape (pairs, TASKS)."""
    replies, posts = pieces.of([reply for reply, _ in pairs]), pieces.of([post for _, post in pairs])
    order = sorted(range(len(pairs)), key=lambda i: len(replies[i]) + len(posts[i]))
    out = np.zeros((len(pairs), len(TASKS)), dtype=np.float32)
    for i in range(0, len(order), 64):
        at = order[i : i + 64]
        batch = {k: v.to(DEVICE) for k, v in pieces.batch([(replies[j], posts[j]) for j in at]).items()}
        with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=DEVICE == "cuda"):
            out[at] = network(**batch).float().cpu().numpy()
    return out
