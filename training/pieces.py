"""
python training/pieces.py: a thousand pairs of texts and the pieces that Python makes of them, for
test/detector/model/pieces.test.ts, which compares them with what the bot makes of them.
"""

from __future__ import annotations

import json
import random
import unicodedata
from functools import cache

from tokenizers import Tokenizer

from card import MODEL
from corpus import ROOT, read_corpus
from text import compose, tidy

OUT = ROOT / "test" / "detector" / "model" / "pieces.jsonl"
COUNT = 1_000

SCRIPTS = {
    "latin": [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)],
    "greek": [(0x370, 0x3FF), (0x1F00, 0x1FFF)], "cyrillic": [(0x400, 0x52F)], "armenian": [(0x531, 0x58F)],
    "hebrew": [(0x591, 0x5F4)], "arabic": [(0x600, 0x6FF), (0x750, 0x77F)], "syriac": [(0x700, 0x74F)],
    "devanagari": [(0x900, 0x97F)], "bengali": [(0x980, 0x9FE)], "gurmukhi": [(0xA01, 0xA76)], "gujarati": [(0xA81, 0xAFF)],
    "tamil": [(0xB82, 0xBFA)], "telugu": [(0xC00, 0xC7F)], "kannada": [(0xC80, 0xCF2)], "malayalam": [(0xD00, 0xD7F)],
    "sinhala": [(0xD81, 0xDF4)], "thai": [(0xE01, 0xE5B)], "lao": [(0xE81, 0xEDF)], "tibetan": [(0xF00, 0xFDA)],
    "burmese": [(0x1000, 0x109F)], "georgian": [(0x10A0, 0x10FF)], "jamo": [(0x1100, 0x11FF)], "ethiopic": [(0x1200, 0x139F)],
    "cherokee": [(0x13A0, 0x13FD)], "khmer": [(0x1780, 0x17F9)], "mongolian": [(0x1800, 0x18AA)],
    "kana": [(0x3041, 0x30FF)], "cjk": [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF)], "hangul": [(0xAC00, 0xD7A3)],
    "gothic": [(0x10330, 0x1034A)], "hieroglyphs": [(0x13000, 0x1342E)], "adlam": [(0x1E900, 0x1E95F)],
}
ODD = {
    "letters in other clothes": [(0x1D400, 0x1D7FF), (0xFF01, 0xFF5E), (0x24B6, 0x24E9), (0x1F130, 0x1F189), (0x2100, 0x214F)],
    "digits": [(0x30, 0x39), (0xB2, 0xBE), (0x660, 0x669), (0x2150, 0x2189), (0x2460, 0x249B)],
    "marks": [(0x300, 0x36F), (0x1AB0, 0x1AC0), (0x20D0, 0x20F0), (0xFE20, 0xFE2F)],
    "spaces": [(0x9, 0xD), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x3000, 0x3000)],
    "what is not seen": [(0x1, 0x8), (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD), (0xE0020, 0xE007E), (0xE000, 0xE010)],
    "signs": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0xA1, 0xBF), (0x2010, 0x205E), (0x2190, 0x21FF), (0x2500, 0x257F), (0x3001, 0x303F), (0x20A0, 0x20BF)],
}
EMOJI = "😀 😭 💔 ❤️ 🥺 🙏🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 🇧🇷 1️⃣ #️⃣ ☺ ☺️ 🫶 🫂 👍🏿 🧑🏻‍❤️‍💋‍🧑🏿 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ✨ ☠️ ㊗️ ©️ ™️".split(" ")
QUOTES = ["‘", "’", "ʼ", "`", "´", "“", "”", "„", "«", "»", "'", '"']
MARKDOWN = ["**{}**", "*{}*", "||{}||", "~~{}~~", "`{}`", "> {}", "# {}", "- {}", "[{}](https://example.org/a?b=c&d)", "<@123456789012345678> {}", "<:sad:123456789012345678> {}", "```\n{}\n```", "[CLS] {} [SEP]", "[MASK] {} [UNK] [PAD]"]


TOKENIZER = Tokenizer.from_file(str(MODEL / "tokenizer.json"))


@cache
def known(code: int) -> bool:
    """
    The signs that both tokenizers know. To Python's, marks and punctuation that came after Unicode 8 are letters; they are
    of rare scripts, in which nothing is read.
    """
    kind = unicodedata.category(chr(code))
    letter = len(TOKENIZER.encode(f"so{chr(code)}sad", add_special_tokens=False).ids) == 1
    return kind not in ("Cn", "Cs") and not (letter and (kind == "Mn" or kind[0] == "P"))


class Writer:
    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.corpus = [text for line in read_corpus() for text in (line.reply, line.post) if text]

    def sign(self, ranges: list[tuple[int, int]]) -> str:
        while True:
            code = self.chance.randint(*self.chance.choice(ranges))
            if known(code):
                return chr(code)

    def word(self, ranges: list[tuple[int, int]]) -> str:
        return "".join(self.sign(ranges) for _ in range(self.chance.randint(1, 9)))

    def script(self) -> str:
        ranges = SCRIPTS[self.chance.choice(list(SCRIPTS))]
        return " ".join(self.word(ranges) for _ in range(self.chance.randint(1, 12)))

    def odd(self) -> str:
        ranges = ODD[self.chance.choice(list(ODD))]
        words = self.line().split(" ")[:8]
        return "".join(word + (self.word(ranges) if self.chance.random() < 0.5 else " ") for word in words)

    def emoji(self) -> str:
        return "".join(self.chance.choice([*EMOJI, " ", word]) for word in self.line().split(" ")[:12])

    def line(self) -> str:
        return self.chance.choice(self.corpus)[:200]

    def clothed(self) -> str:
        return self.chance.choice(MARKDOWN).format(self.line()[:100])

    def quoted(self) -> str:
        return "".join(self.chance.choice([*QUOTES, ""]) + word + self.chance.choice([*QUOTES, " "]) for word in self.line().split(" ")[:15])

    def stretched(self) -> str:
        """Letters, digits and signs many times in a row, in words of up to 130 signs."""
        text = list(self.line()[:60])
        for _ in range(3):
            at = self.chance.randrange(len(text))
            text[at] *= self.chance.choice([2, 3, 4, 9])
        far = self.sign(self.chance.choice([[(0x61, 0x7A)], SCRIPTS["cyrillic"], ODD["digits"], ODD["letters in other clothes"]]))
        return "".join(text) + " " + far * self.chance.choice([1, 3, 5, 40])

    def endless(self) -> str:
        """One word: the tokenizer gives up on words of more than a hundred signs."""
        ranges = self.chance.choice([[(0x61, 0x7A)], SCRIPTS["cyrillic"], SCRIPTS["greek"], SCRIPTS["gothic"]])
        return "".join(self.sign(ranges) for _ in range(self.chance.choice([99, 100, 101, 130])))

    def long(self) -> str:
        """More than the encoder reads; sometimes more than is looked at."""
        text = ""
        while len(text) < self.chance.choice([500, 800]):
            text += self.line() + self.chance.choice([" ", "\n", "\n\n", "... "])
        return text

    def longest(self) -> str:
        """Where the cut goes through a word, a sign of two halves, or room."""
        filler = self.chance.choice([self.line() + " ", "😭", "a😭", "   ", "no ", "х", "\u200b"])
        return (self.line() + filler * 4_300)[: self.chance.randint(3_990, 4_300)]

    def text(self) -> str:
        kinds = [self.script, self.odd, self.emoji, self.line, self.clothed, self.quoted, self.stretched, self.endless]
        return self.chance.choices([*kinds, self.long, str], [5, 5, 3, 3, 2, 3, 3, 1, 1, 1])[0]()


def pairs() -> list[tuple[str, str]]:
    writer = Writer(1)
    few = [(writer.longest(), writer.line()) for _ in range(4)] + [(writer.line(), writer.longest()) for _ in range(4)]
    return [(writer.text(), writer.text()) for _ in range(COUNT - len(few))] + few


def main() -> None:
    cls, sep = TOKENIZER.token_to_id("[CLS]"), TOKENIZER.token_to_id("[SEP]")
    rows = []
    for reply, post in pairs():
        first, second = (TOKENIZER.encode(tidy(text), add_special_tokens=False).ids for text in (reply, post))
        ids, types = compose(first, second, cls, sep)
        rows.append({"reply": reply, "post": post, "ids": ids, "ofReply": types.count(0)})
    OUT.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    OUT.write_text(text, "utf8")
    print(f"{len(rows)} pairs, {len(text.encode('utf8')) // 1024} KB")


if __name__ == "__main__":
    main()
