import json

import pytest

from corpus import FOLDS, TASKS, folds, read_corpus, read_line

GOOD = {
    "id": "x1-1", "group": "x1-g1", "hand": "x1", "post": "the boiler broke again", "reply": "just call the landlord",
    "nudge": "yes", "kinds": ["advice"], "attuned": [], "postFlags": ["asks-advice"],
}


def test_a_line_is_learned_by_tasks():
    line = read_line(GOOD)
    assert {name for name, value in zip(TASKS, line.truth) if value} == {"nudge", "advice", "asks-advice"}
    assert read_line({**GOOD, "nudge": "unsure"}).truth[0] == 0.5


def test_a_post_alone_has_flags_only():
    line = read_line({name: GOOD[name] for name in ("id", "group", "hand", "post", "postFlags")})
    assert line.flags == {"asks-advice"}
    assert all(value is None for value in line.truth[:-4])


@pytest.mark.parametrize("change, fault", [
    ({"nudge": "maybe"}, "x1 x1-1: nudge"),
    ({"nudge": None}, "x1 x1-1: nudge"),
    ({"kinds": ["advise"]}, "kinds has .*advise"),
    ({"attuned": ["advice"]}, "attuned has .*advice"),
    ({"postFlags": ["settled"]}, "postFlags has .*settled"),
])
def test_a_fault_is_named(change, fault):
    with pytest.raises(ValueError, match=fault):
        read_line({**GOOD, **change})


def test_signs_that_look_like_ends_of_lines_are_none(tmp_path):
    odd = {**GOOD, "reply": "oh\u2028no\u0085"}
    (tmp_path / "x1.jsonl").write_text(json.dumps(odd, ensure_ascii=False) + "\n", "utf8")
    assert [line.reply for line in read_corpus(tmp_path)] == [odd["reply"]]


@pytest.mark.parametrize("by, count", [("group", 3), ("hand", FOLDS)])
def test_folds_divide_nothing_that_belongs_together(by, count):
    lines = read_corpus()
    made = folds(lines, count, by)
    assert sorted(i for fold in made for i in fold) == list(range(len(lines)))
    assert all(made)
    for one in range(count):
        names = {getattr(lines[i], by) for i in made[one]}
        assert not names & {getattr(lines[i], by) for other in range(count) if other != one for i in made[other]}
    assert made == folds(lines, count, by)


def test_keys_are_unique():
    keys = [line.key for line in read_corpus()]
    assert len(set(keys)) == len(keys)
