"""From two texts to what the encoder reads: [CLS] reply [SEP] post [SEP]. src/detector/model/pieces.ts does the same."""

from __future__ import annotations

import random
import re

LENGTH = 160
"""Pieces at most, with the three that part them."""

LEAST_REPLY = 96
"""A reply of no more pieces than this is read whole; a post gives way to it."""

MOST_TEXT = 2_000
"""Of a text of more than two of these, in UTF-16 units, what lies between is not looked at."""


def ends(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 4 * MOST_TEXT:
        return text
    # Half a sign at the cut is none.
    first, last = (part.decode("utf-16-le", "ignore") for part in (units[: 2 * MOST_TEXT], units[-2 * MOST_TEXT :]))
    return f"{first} {last}"


def tidy(text: str) -> str:
    """The ends of a text, with straight quotation marks, and no letter more than twice in a row."""
    text = ends(text)
    text = re.sub("[‘’ʼ`´]", "'", text)
    text = re.sub("[“”„]", '"', text)
    # A word's sign that is no letter can be a number: ³.
    return re.sub(r"([^\W\d_])\1{2,}", lambda found: found[1] * 2 if found[1].isalpha() else found[0], text)


def cut(pieces: list[int], room: int) -> list[int]:
    """What does not fit is left out before the last third: a long text turns to its point at its end."""
    if len(pieces) <= room:
        return pieces
    tail = room // 3
    return pieces[: room - tail] + pieces[len(pieces) - tail :]


def compose(reply: list[int], post: list[int], cls: int, sep: int) -> tuple[list[int], list[int]]:
    """Ids and token types."""
    room = LENGTH - 3
    first = cut(reply, max(LEAST_REPLY, room - len(post)))
    second = cut(post, room - len(first))
    return (
        [cls, *first, sep, *second, sep],
        [0] * (len(first) + 2) + [1] * (len(second) + 1),
    )


def roughen(text: str, chance: random.Random) -> str:
    """The same words as people type them at night: without full stops, with a slip or a comma in their place."""
    if chance.random() < 0.2:
        text = re.sub(r"[.!,;]+(?=\s|$)", "", text)
    elif chance.random() < 0.1:
        text = re.sub(r"\.(?=\s)", ",", text)
    if chance.random() < 0.2:
        text = " ".join(slip(word, chance) if chance.random() < 0.08 else word for word in text.split(" "))
    return text


def slip(word: str, chance: random.Random) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] * (3 if chance.random() < 0.5 else 2) + word[at + 1 :]
