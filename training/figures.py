"""How well a score ranks and how true it is. Pure: arrays in, numbers out."""

from __future__ import annotations

import numpy as np


def auc(score: np.ndarray, truth: np.ndarray) -> float | None:
    """The chance that what is true scores above what is not; ties count one half. None where one of both is missing."""
    yes = truth == 1
    if yes.all() or not yes.any():
        return None
    _, at, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[at]
    n = yes.sum()
    return float((ranks[yes].sum() - n * (n + 1) / 2) / (n * (len(truth) - n)))


def precision_at(score: np.ndarray, truth: np.ndarray, weight: np.ndarray, recall: float) -> float | None:
    """Of what scores high enough to find this share of what is true, how much is true."""
    if not (truth == 1).any():
        return None
    order = np.argsort(-score, kind="stable")
    found = np.cumsum((weight * (truth == 1))[order])
    taken = np.cumsum(weight[order])
    # What scores the same is taken together.
    last = np.append(np.diff(score[order]) != 0, True)
    found, taken = found[last], taken[last]
    at = np.argmax(found >= recall * found[-1] - 1e-9)
    return float(found[at] / taken[at])


def to_prior(truth: np.ndarray, prior: float) -> np.ndarray:
    """Weights by which `prior` of all is true."""
    share = (truth == 1).mean()
    if share in (0, 1):
        return np.ones(len(truth))
    return np.where(truth == 1, prior / (1 - prior) * (1 - share) / share, 1.0)


def calibration(score: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> list[dict]:
    """By tenths of the score: what was said, and what was true."""
    tenth = np.minimum((score * 10).astype(int), 9)
    table = []
    for at in np.unique(tenth):
        there = tenth == at
        said, true = (np.average(of[there], weights=weight[there]) for of in (score, truth))
        table.append({"from": at / 10, "lines": int(there.sum()), "said": round(float(said), 3), "true": round(float(true), 3)})
    return table


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
