"""
python training/calibrate.py: how much the encoder and the signs count, learned on folds of the corpus.

Asks the signs (signs.ts) about every line, and takes from data/model/folds.jsonl what networks said that had read nothing
by its hand. Writes the votes and the figures on the folds into data/model/card.json, and docs/model-card.md from it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import numpy as np

import card as model_card
import page
from corpus import FLAGS, FOLDS, KINDS, MOVES, ROOT, TASKS, Line, read_corpus
from figures import auc, calibration, precision_at, rounded, to_prior

CONTEXTS = ["asks-advice", "no-advice", "not-distress", "settled", "crisis", "shares"]
"""What the signs read in a post."""

PRIOR = 0.2
"""The share of fixes among real replies whose judgement is sure."""

RECALLS = [0.3, 0.5, 0.7]

SEEN_FROM = 0.75
"""What is ranked worse than this is hardly seen."""


def log_odds(p: np.ndarray) -> np.ndarray:
    kept = np.clip(p, 0.01, 0.99)
    return np.log(kept / (1 - kept))


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, offset: np.ndarray | float = 0.0) -> np.ndarray:
    """Logistic regression by Newton's method, a little drawn to 0. @returns a bias and one weight for each column."""
    x = np.column_stack([np.ones(len(x)), x])
    beta = np.zeros(x.shape[1])
    pull = np.diag([0.0] + [1.0] * (x.shape[1] - 1))

    def loss(beta: np.ndarray) -> float:
        odds = x @ beta + offset
        return float(weight @ (np.logaddexp(0, odds) - y * odds) + beta @ pull @ beta / 2)

    for _ in range(100):
        p = 1 / (1 + np.exp(-(x @ beta + offset)))
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + pull, x.T @ (weight * (y - p)) - pull @ beta)
        # A whole step can be too long where nearly all is 0.
        while loss(beta + step) > loss(beta) and np.abs(step).max() > 1e-8:
            step = step / 2
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            return beta
    raise RuntimeError("the weights did not settle")


def vote(heard: list[str], beta: np.ndarray) -> dict:
    bias, *signs, encoder = (round(float(value), 3) for value in beta)
    return {"bias": bias, "signs": dict(zip(heard, signs)), "encoder": encoder}


def ask_signs() -> dict[str, dict]:
    """What the signs say of each line, by its key. npx: the Node that came with `npm ci`, whatever else is installed."""
    npx = shutil.which("npx")
    if npx is None:
        sys.exit("calibrate: the signs need Node.js. Install it, and run `npm ci` in the project's folder")
    told = subprocess.run([npx, "node", "training/signs.ts"], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf8")
    if told.returncode != 0:
        sys.exit("calibrate: `npx node training/signs.ts` failed (see above). Was `npm ci` run in the project's folder?")
    return {row["id"]: row for row in map(json.loads, told.stdout.splitlines())}


def read_folds(lines: list[Line]) -> np.ndarray:
    """Logits by line and task. Of the post's flags the mean of two looks: at both, and at the post alone, as in the bot."""
    file = model_card.MODEL / "folds.jsonl"
    folds = {row["id"]: row for row in map(json.loads, file.read_text("utf8").splitlines())}
    new = [line.key for line in lines if line.key not in folds]
    if new:
        sys.exit(f"calibrate: {file.name} has nothing of {len(new)} lines ({new[0]}). Run: python training/train.py --folds")
    logits = np.array([folds[line.key]["logits"] for line in lines])
    alone = np.array([folds[line.key]["post"] for line in lines])
    logits[:, -len(FLAGS) :] = (logits[:, -len(FLAGS) :] + alone) / 2
    return logits


def weigh(lines: list[Line], signs: dict[str, dict], logits: np.ndarray) -> tuple[dict, dict]:
    """@returns the votes, and the figures on the folds."""
    replies = np.array([bool(line.reply) for line in lines])
    truth = np.array([[value or 0.0 for value in line.truth] for line in lines])

    def column(where: str, name: str) -> np.ndarray:
        return np.array([signs[line.key][where][name] for line in lines])

    votes, tasks, chances = {}, [], {}
    for names, where in ((KINDS, "kinds"), (MOVES, "attuned"), (FLAGS, "post")):
        for name in names:
            at = TASKS.index(name)
            # Of a post everything that the signs read in it counts: who shares a difficulty makes no small talk.
            heard = CONTEXTS if where == "post" else [name]
            rows = replies if where != "post" else np.ones(len(lines), bool)
            x = np.column_stack([log_odds(column(where, one)) for one in heard] + [logits[:, at]])
            y = truth[:, at]
            beta = fit(x[rows], y[rows], np.ones(rows.sum()))
            votes[name] = vote(heard, beta)
            both = chances[name] = 1 / (1 + np.exp(-(beta[0] + x @ beta[1:])))
            looks = {"signs": column(where, name), "encoder": logits[:, at], "both": both}
            ranked = {who: rounded(auc(score[rows], y[rows])) for who, score in looks.items()}
            tasks.append({"name": name, "lines": int(y[rows].sum()), **ranked})

    # The judgement: of a reply by itself; what the post asks for and whether it is one is taken off as chances are (judge.ts).
    sure = replies & (truth[:, 0] != 0.5)
    # The clever lines are least like real ones.
    plain = sure & np.array([not line.hand.startswith("w") for line in lines])
    y = truth[:, 0]
    weight = np.zeros(len(lines))
    weight[plain] = to_prior(y[plain], PRIOR)
    asked = np.log(1 - chances["asks-advice"]) + np.log(1 - chances["not-distress"])
    by_signs = log_odds(np.array([signs[line.key]["fixit"] for line in lines]))
    x = np.column_stack([by_signs, logits[:, 0]])
    beta = fit(x[plain], y[plain], weight[plain], asked[plain])
    votes["nudge"] = vote(["fixit"], beta)
    score = 1 / (1 + np.exp(-(beta[0] + x @ beta[1:] + asked)))

    group = np.array([model_card.group_of(line.hand) for line in lines])
    by_hands = [(name, sure & (group == name)) for name in np.unique(group[sure])] + [("all but w", plain)]
    return votes, {
        "folds": {"by": "hand", "networks": FOLDS, "lines": len(lines), "prior": PRIOR},
        "judgement": {
            **{who: rounded(auc(of[plain], y[plain])) for who, of in {"signs": by_signs + asked, "encoder": logits[:, 0], "both": score}.items()},
            "byHands": [judged(str(name), score[rows], y[rows]) for name, rows in by_hands],
        },
        "calibration": calibration(score[plain], y[plain], weight[plain]),
        "tasks": tasks,
        "seenFrom": SEEN_FROM,
        "notSeen": [task for task in tasks if task["both"] < SEEN_FROM],
    }


def judged(hands: str, score: np.ndarray, y: np.ndarray) -> dict:
    weight = to_prior(y, PRIOR)
    return {
        "hands": hands,
        "lines": len(y),
        "yes": int(y.sum()),
        "auc": rounded(auc(score, y)),
        "recall": RECALLS,
        "precision": [rounded(precision_at(score, y, weight, recall)) for recall in RECALLS],
    }


def main() -> None:
    lines = read_corpus()
    card = model_card.read()
    if "trained" not in card:
        sys.exit("calibrate: data/model/card.json does not say what was trained. Run: python training/train.py")
    votes, figures = weigh(lines, ask_signs(), read_folds(lines))
    # Without the encoder the marks of the judgement mean what they meant for the signs: 0.7, 0.55 and 0.4 of their own.
    card["votes"] = {"signsAlone": {"bias": 1.5, "signs": 1.43}, "both": {name: votes[name] for name in TASKS}}
    card["figures"] = figures
    model_card.write(card)
    page.write(card)
    for one in figures["judgement"]["byHands"]:
        print(f"{one['hands']}: {one['lines']} replies, AUC {one['auc']}, precision at recall {RECALLS}: {one['precision']}")
    print("wrote data/model/card.json and docs/model-card.md")


if __name__ == "__main__":
    main()
