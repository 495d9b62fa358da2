import random

from text import LEAST_REPLY, LENGTH, MOST_TEXT, compose, cut, ends, roughen, tidy


def test_tidy_straightens_quotes_and_shortens_letters_alone():
    assert tidy("“I’m soooo `fine´”...") == '"I\'m soo \'fine\'"...'
    assert tidy("cooool, жжжж") == "cool, жж"
    assert tidy("good, 1000, ²²²², __ init ___") == "good, 1000, ²²²², __ init ___"


def test_ends_leaves_out_the_middle_and_half_signs():
    assert ends("a" * 2 * MOST_TEXT) == "a" * 2 * MOST_TEXT
    assert ends("a" * MOST_TEXT + "b" + "c" * MOST_TEXT) == "a" * MOST_TEXT + " " + "c" * MOST_TEXT
    assert ends("a" + "😭" * MOST_TEXT + "b") == "a" + "😭" * (MOST_TEXT // 2 - 1) + " " + "😭" * (MOST_TEXT // 2 - 1) + "b"


def test_cut_keeps_the_beginning_and_the_end():
    assert cut(list(range(9)), 9) == list(range(9))
    assert cut(list(range(12)), 9) == [0, 1, 2, 3, 4, 5, 9, 10, 11]


def test_compose_parts_two_texts():
    assert compose([7, 8], [9], 1, 2) == ([1, 7, 8, 2, 9, 2], [0, 0, 0, 0, 1, 1])
    assert compose([], [9], 1, 2) == ([1, 2, 9, 2], [0, 0, 1, 1])


def test_compose_reads_the_reply_before_the_post():
    ids, types = compose([7] * 300, [9] * 300, 1, 2)
    assert len(ids) == len(types) == LENGTH
    assert ids.count(7) == LEAST_REPLY
    ids, _ = compose([7] * 300, [9] * 5, 1, 2)
    assert (ids.count(7), ids.count(9)) == (LENGTH - 3 - 5, 5)
    ids, _ = compose([7] * 5, [9] * 300, 1, 2)
    assert (ids.count(7), ids.count(9)) == (5, LENGTH - 3 - 5)


def test_roughen_is_the_same_for_a_seed_and_keeps_the_words():
    text = "I told him everything, and he listened. It helped. More than I thought!"
    made = [roughen(text, random.Random(seed)) for seed in range(50)]
    assert made == [roughen(text, random.Random(seed)) for seed in range(50)]
    assert text in made and len(set(made)) > 5
    assert all(len(other.split(" ")) == len(text.split(" ")) for other in made)
