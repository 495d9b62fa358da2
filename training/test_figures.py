import numpy as np
import pytest

from calibrate import fit, vote
from figures import auc, calibration, precision_at, to_prior


def test_auc_counts_ties_as_one_half():
    truth = np.array([1.0, 1, 0, 0])
    assert auc(np.array([4, 3, 2, 1]), truth) == 1
    assert auc(np.array([1, 2, 3, 4]), truth) == 0
    assert auc(np.array([1, 1, 1, 1]), truth) == 0.5
    assert auc(np.array([3, 1, 2, 1]), truth) == pytest.approx(0.625)
    assert auc(np.array([1, 2, 3, 4]), np.ones(4)) is None


def test_precision_is_of_all_that_is_taken():
    truth, even = np.array([1.0, 0, 1, 0]), np.ones(4)
    assert precision_at(np.array([4, 3, 2, 1]), truth, even, 0.5) == 1
    assert precision_at(np.array([4, 3, 2, 1]), truth, even, 0.7) == pytest.approx(2 / 3)
    assert precision_at(np.array([4, 4, 2, 1]), truth, even, 0.5) == 0.5
    assert precision_at(np.array([4, 3, 2, 1]), truth, np.array([1, 4, 1, 4]), 1) == pytest.approx(2 / 6)


def test_weights_give_the_prior():
    truth = np.array([1.0] * 30 + [0.0] * 10)
    weight = to_prior(truth, 0.2)
    assert np.average(truth, weights=weight) == pytest.approx(0.2)


def test_calibration_says_what_was_true():
    table = calibration(np.array([0.05, 0.95, 1.0, 0.91]), np.array([0.0, 1, 1, 0]), np.ones(4))
    assert [(row["from"], row["lines"], row["true"]) for row in table] == [(0.0, 1, 0.0), (0.9, 3, 0.667)]


def test_fit_finds_the_odds_that_made_the_data():
    chance = np.random.default_rng(1)
    x = chance.normal(size=(20_000, 2))
    y = (chance.random(20_000) < 1 / (1 + np.exp(-(-1 + 2 * x[:, 0] + 0.5 * x[:, 1])))).astype(float)
    assert fit(x, y, np.ones(len(y))) == pytest.approx([-1, 2, 0.5], abs=0.08)
    assert fit(x[:, 1:], y, np.ones(len(y)), 2 * x[:, 0]) == pytest.approx([-1, 0.5], abs=0.08)
    # A line of weight two is that line twice.
    twice = np.concatenate([x[:500], x[:250]]), np.concatenate([y[:500], y[:250]])
    assert fit(x[:500], y[:500], np.array([2.0] * 250 + [1.0] * 250)) == pytest.approx(fit(*twice, np.ones(750)))


def test_fit_holds_where_one_column_tells_all():
    x = np.array([[-3.0], [-2], [2], [3]])
    assert np.isfinite(fit(x, np.array([0.0, 0, 1, 1]), np.ones(4))).all()


def test_a_vote_names_what_it_heard():
    assert vote(["advice"], np.array([-1.0004, 0.5, 2])) == {"bias": -1.0, "signs": {"advice": 0.5}, "encoder": 2.0}
