"""
npm run --silent eval -- --json | python training/plots.py [FOLDER]: the pictures of docs/detector.md, as small SVGs.

They are read on light and on dark pages: nothing is behind them, and what is not a colour is a middle grey.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

from corpus import ROOT  # noqa: E402

GREY = "#808890"
FAINT = "#80889055"
BLUE = "#3b82d6"
RED = "#d9663b"

plt.rcParams.update({
    # Letters stay letters: small files, and they can be searched and read aloud.
    "svg.fonttype": "none",
    # The same figures give the same file.
    "svg.hashsalt": "attune",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": GREY,
    "axes.labelcolor": GREY,
    "axes.edgecolor": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
})


def picture(width: float = 6.4, height: float = 4.4):
    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    axes.set_axisbelow(True)
    axes.grid(color=FAINT, linewidth=0.6)
    return figure, axes


def save(figure, folder: Path, name: str) -> None:
    figure.savefig(folder / f"{name}.svg", transparent=True, metadata={"Date": None, "Creator": None})
    plt.close(figure)


def calibration(report: dict, folder: Path) -> None:
    figure, axes = picture(5.2, 4.8)
    bins = report["calibration"]
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1)
    axes.plot([one["said"] for one in bins], [one["so"] for one in bins], "o-", color=BLUE)
    axes.set(xlabel="the score that was said", ylabel="the share that are fixes", xlim=(0, 1.02), ylim=(0, 1.02))
    save(figure, folder, "calibration")


def precision_recall(report: dict, folder: Path) -> None:
    figure, axes = picture()
    curve = report["judgement"]["curve"]
    axes.plot([one["recall"] for one in curve], [one["precision"] for one in curve], color=BLUE)
    for marker, one in zip("so^", report["sensitivities"]):
        text = f"{one['name']}: {one['precision']:.0%} of its notes right, {one['recall']:.0%} of the fixes found"
        axes.plot(one["recall"], one["precision"], marker, color=RED, label=text)
    axes.legend(loc="lower left", frameon=False)
    axes.set(xlabel="recall: of the fixes, the share that gets a note", ylabel="precision: of the notes, the share that is right",
             xlim=(0, 1), ylim=(0, 1.03))
    save(figure, folder, "precision-recall")


def errors(report: dict, folder: Path, by: str, label: str) -> None:
    """Two bars for each name: the fixes that were missed, the fine replies that were noted."""
    rows = [one for one in report["errors"][by] if one["fixes"] or one["fine"]]
    if by == "kind":
        rows.sort(key=lambda one: one["missed"] / max(1, one["fixes"]))
    figure, axes = picture(6.4, 0.9 + 0.42 * len(rows))
    share = lambda some, all: some / all if all else 0
    places = range(len(rows))
    missed = [share(one["missed"], one["fixes"]) for one in rows]
    noted = [share(one["noted"], one["fine"]) for one in rows]
    axes.barh([at - 0.19 for at in places], missed, 0.36, color=BLUE, label="fixes that got no note")
    axes.barh([at + 0.19 for at in places], noted, 0.36, color=RED, label="fine replies that got one")
    for at, one in enumerate(rows):
        axes.text(missed[at] + 0.01, at - 0.19, f"{one['missed']} of {one['fixes']}", va="center", fontsize=8)
        axes.text(noted[at] + 0.01, at + 0.19, f"{one['noted']} of {one['fine']}", va="center", fontsize=8)
    axes.set_yticks(list(places), [one["name"] for one in rows])
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.12), ylabel=label)
    axes.xaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    figure.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=9)
    save(figure, folder, f"errors-by-{by}")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "detector"
    folder.mkdir(parents=True, exist_ok=True)
    report = json.load(sys.stdin)
    calibration(report, folder)
    precision_recall(report, folder)
    errors(report, folder, "kind", "what is in the reply")
    errors(report, folder, "length", "words of the reply")


if __name__ == "__main__":
    main()
