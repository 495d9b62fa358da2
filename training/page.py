"""docs/model-card.md, from data/model/card.json: the same figures in plain words."""

from __future__ import annotations

from corpus import FLAGS, KINDS, MOVES, ROOT

PAGE = ROOT / "docs" / "model-card.md"


def table(head: list[str], rows: list[list]) -> str:
    shown = [[" " if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *shown])


def of_task(task: dict) -> list:
    return [task["name"], task["lines"], task["signs"], task["encoder"], task["both"]]


def page(card: dict) -> str:
    base, data, recipe, teacher, made, figures = (card[name] for name in ("base", "data", "recipe", "teacher", "trained", "figures"))
    folds, judgement = figures["folds"], figures["judgement"]
    names = {"kind": KINDS, "move": MOVES, "flag of the post": FLAGS}
    rows = [[what, *of_task(task)] for what, known in names.items() for task in figures["tasks"] if task["name"] in known]
    weak = ", ".join(f"{task['name']} ({task['both']:.2f}; the encoder alone {task['encoder']:.2f})" for task in figures["notSeen"])
    unsaid = made.get("note")
    return f"""# Model card: {card["version"]}

<!-- Written by training/calibrate.py from data/model/card.json: change it there. -->

A small text encoder that reads a reply and the post that it answers. It says how likely each of {sum(map(len, card["tasks"].values()))} things is: that a kind, experienced trainer of listeners would find a private note to the replier right (the judgement), ten kinds of not staying with a person, six moves of staying, four flags of the post. It votes together with the hand-written signs. It runs on the CPU of the machine that Attune runs on, and no text leaves that machine.

## What it is for
For private, gentle notes to members who asked for them, and for what `/draft` and `/practice` tell the one who wrote a reply. It is not for ranking, punishing or watching people, and it is no alarm for danger.

## What it was made from
- **Base.** {base["name"]} by {base["by"]} ({base["licence"]}; {base["size"]}), from the package {base["package"]}. It was trained on {base["trainedOn"]}.
- **Lines.** {data["lines"]:,} of the [corpus](../data/corpus/README.md): posts, and replies to them. All are synthetic: no real person in need wrote one.
- **Teacher.** {teacher["name"]} ({teacher["licence"]}). {teacher["how"]}. {data["withSoftLabels"]:,} lines have such labels; half of what the encoder learns of a reply is the label, half the teacher's word. Of a post's flags it learns the labels alone.
- **Training.** {recipe["epochs"]} epochs, {recipe["batch"]} lines at a time, rate {recipe["rate"]:g}, seed {recipe["seed"]}: {made["seconds"]:.0f} seconds on {made["on"]}.{f" {unsaid}" if unsaid else ""}
- **File.** int8 ONNX. {f"Its chances differ from those of the full network by {made['int8Differs']:.3f} in the mean." if "int8Differs" in made else "What the step to int8 changed was not noted at this training."}

{table(["hands", "lines", "weight"], [[one["hands"], one["lines"], float(one["weight"])] for one in data["hands"]])}

## How right it is
Measured on folds: {folds["networks"]} networks of the same recipe, each asked about the hands of whom it had read nothing. {folds["lines"]:,} lines. AUC is the chance that a line where something is true scores above one where it is not: 1 is always, 0.5 is a coin.

**The judgement**, signs and encoder together, of replies whose label is sure. Precision as if {folds["prior"]:.0%} of all replies were fixes, as among real ones: of the notes, how many are right when this share of the fixes is found.

{table(["hands", "replies", "fixes", "AUC", "precision at recall 0.3", "0.5", "0.7"], [[one["hands"], one["lines"], one["yes"], one["auc"], *one["precision"]] for one in judgement["byHands"]])}

The signs alone have an AUC of {judgement["signs"]:.2f}, the encoder alone {judgement["encoder"]:.2f}, both {judgement["both"]:.2f}.

**What a chance means**: of replies to which this chance was given, how many were fixes (same prior; all hands but `w`, whose lines are least like real ones).

{table(["chance", "replies", "said", "true"], [[f"{one['from']:.1f} to {one['from'] + 0.1:.1f}", one["lines"], one["said"], one["true"]] for one in figures["calibration"]])}

**Everything else**, as AUC.

{table(["what", "name", "lines with it", "signs", "encoder", "both"], rows)}

## What it does not see
Below {figures["seenFrom"]:.2f} on folds, so it hardly sees: {weak or "nothing"}.

## Limits
{chr(10).join(f"- {limit}" for limit in card["limits"])}

How the votes are used, and what is done about errors: [detector.md](detector.md). How to train it again: [training/README.md](../training/README.md).
"""


def write(card: dict) -> None:
    PAGE.write_text(page(card), "utf8")
