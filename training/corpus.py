"""The corpus, in the shape in which a network learns it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

KINDS = [
    "advice", "silver-lining", "cheerleading", "explaining-away", "interpreting",
    "pathologising", "criticising", "detached", "changing-subject", "taking-over",
]
MOVES = ["reflects", "asks-openly", "validates", "with-you", "asks-permission", "thanks"]
FLAGS = ["asks-advice", "not-distress", "crisis", "no-advice"]
TASKS = ["nudge", *KINDS, *MOVES, *FLAGS]

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "data" / "corpus"
FOLDS = 5
"""By hand: how many networks say what one says of words that it never read."""

JUDGED = {"yes": 1.0, "no": 0.0, "unsure": 0.5}


@dataclass
class Line:
    """A reply to a post; a post alone has an empty reply and no judgement. `soft`: what a teacher said, by TASKS."""

    id: str
    hand: str
    group: str
    post: str
    reply: str
    truth: list[float | None]
    soft: list[float] | None

    @property
    def key(self) -> str:
        """Ids are unique in a hand's file only."""
        return f"{self.hand} {self.id}"

    @property
    def flags(self) -> set[str]:
        return {flag for flag, value in zip(FLAGS, self.truth[-len(FLAGS):]) if value}


def read_line(row: dict) -> Line:
    """@raises ValueError naming the line, when it is not of the corpus's shape."""
    reply = row.get("reply", "")
    where = f"{row.get('hand')} {row.get('id', row.get('group'))}"
    if reply and row.get("nudge") not in JUDGED:
        raise ValueError(f"{where}: nudge must be yes, no or unsure")
    for name, known in (("kinds", KINDS), ("attuned", MOVES), ("postFlags", FLAGS)):
        strange = set(row.get(name) or []) - set(known)
        if strange:
            raise ValueError(f"{where}: {name} has {sorted(strange)}")
    def of(name: str, known: list[str]) -> list[float | None]:
        return [float(one in (row.get(name) or [])) if reply else None for one in known]

    return Line(
        id=str(row.get("id") or row["group"]),
        hand=row["hand"],
        group=row["group"],
        post=row["post"],
        reply=reply,
        truth=[
            JUDGED[row["nudge"]] if reply else None,
            *of("kinds", KINDS),
            *of("attuned", MOVES),
            *[float(flag in (row.get("postFlags") or [])) for flag in FLAGS],
        ],
        soft=row.get("soft"),
    )


def read_corpus(folder: Path = CORPUS) -> list[Line]:
    lines: list[Line] = []
    for file in sorted(folder.glob("*.jsonl")):
        lines += [read_line(json.loads(text)) for text in file.read_text("utf8").split("\n") if text.strip()]
    return lines


def folds(lines: list[Line], count: int, by: str = "group", seed: int = 42) -> list[list[int]]:
    """
    Indices of the lines in each fold. Replies to one post are alike, so a group is never divided; by "hand", neither is
    what one hand wrote: how the network does on words of somebody whom it never read.
    """
    names = sorted({getattr(line, by) for line in lines})
    random.Random(seed).shuffle(names)
    fold_of = {name: at % count for at, name in enumerate(names)}
    return [[i for i, line in enumerate(lines) if fold_of[getattr(line, by)] == fold] for fold in range(count)]
