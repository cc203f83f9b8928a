"""Sentences keep the article's offsets, whatever the parser was given; the model is verified before it is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import nlp
from kg.errors import ModelError
from kg.model import Document
from kg.nlp import Sentence, parse, verified_folder
from kg.text import make_document
from tests.factory import make_article

BODY = "The army said nine rebels were killed in the hills near the town."


def document(text: str) -> Document:
    return make_document(make_article(text=text))


def sentences(text: str) -> list[Sentence]:
    found = document(text)
    return parse(found, found.blocks)


@settings(max_examples=40)
@given(st.text(st.sampled_from("The army said 12 men died. “No!” \n\t\r\u00a0*[](),-’"), min_size=1, max_size=120))
def test_each_token_slices_to_its_own_text(text):
    found = document(text)
    for sentence in parse(found, found.blocks):
        for token in sentence.tokens:
            words = found.masked[token.start : token.end]
            assert "".join(words.split()) == "".join(token.text.split())


def test_runs_of_blanks_do_not_move_the_offsets():
    text = "He  **said**   [nine](#)\u00a0men died."
    found = document(text)
    (sentence,) = parse(found, found.blocks)
    assert [text[t.start : t.end] for t in sentence.tokens] == ["He", "said", "nine", "men", "died", "."]


def test_sentences_that_a_lost_blank_has_joined_are_parted():
    assert len(sentences("Nine soldiers were killed near the town.Twelve others were wounded in the attack.")) == 2


@pytest.mark.parametrize(
    "text", ["Troops of the U.S. Army left.", "A 5.5 magnitude tremor killed nine.", "It rose by 3.5K."]
)
def test_points_inside_words_and_numbers_part_nothing(text):
    assert len(sentences(text)) == 1


def test_nothing_is_parsed_across_blocks():
    found = sentences(f"Rebels Retreat From Town\n\nWhat we know\n\n{BODY}")
    assert [sentence.block.kind for sentence in found] == ["title", "heading", "paragraph"]


def test_a_headline_in_title_case_is_parsed_in_lower_case_with_its_own_offsets():
    text = f"Nine Rebels Killed in Hills\n\n{BODY}"
    title = sentences(text)[0]
    assert [t.text for t in title.tokens] == ["Nine", "rebels", "killed", "in", "hills"]
    assert [text[t.start : t.end] for t in title.tokens] == ["Nine", "Rebels", "Killed", "in", "Hills"]


def test_a_word_before_a_full_stop_in_the_body_is_common_too():
    title = sentences("Nine Rebels Killed in Hills\n\nNine rebels were killed in the hills.")[0]
    assert title.tokens[-1].text == "hills"


def test_names_in_a_headline_keep_their_capitals():
    title = sentences(f"Nine Rebels Killed in Gao\n\n{BODY}")[0]
    assert title.tokens[-1].text == "Gao"


def test_a_headline_in_plain_case_is_left_alone():
    title = sentences(f"Nine rebels killed in Gao as Army advances\n\n{BODY} Army\n")[0]
    assert "Army" in [t.text for t in title.tokens]


def test_the_tree_can_be_walked():
    (sentence,) = sentences(BODY)
    verb = next(t for t in sentence.tokens if t.text == "killed")
    rebels = next(t for t in sentence.tokens if t.text == "rebels")
    assert rebels in sentence.children(verb.i, "nsubjpass")
    assert rebels in sentence.children(verb.i)
    assert sentence.children(verb.i, "iobj") == []
    assert [t.text for t in sentence.subtree(rebels.i)] == ["nine", "rebels"]
    assert [t.text for t in sentence.ancestors(rebels.i)] == ["killed", "said"]
    assert sentence.between(rebels.start, rebels.end) == [rebels]
    assert (sentence.start, sentence.end) == (0, len(BODY))


def model_copy(folder: Path) -> Path:
    """A copy of the installed model's files, without the time that loading it would take."""
    source = verified_folder(nlp.MODELS)
    for name in nlp.manifest():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, folder / name)
    return folder


def test_the_installed_model_is_the_verified_one():
    assert verified_folder(nlp.MODELS).is_dir()


def test_a_copy_of_the_model_is_as_good(tmp_path):
    assert verified_folder([str(model_copy(tmp_path))]) == tmp_path


def test_a_model_with_one_other_byte_is_refused(tmp_path):
    folder = model_copy(tmp_path)
    name = sorted(nlp.manifest())[0]
    data = bytearray((folder / name).read_bytes())
    data[0] ^= 1
    (folder / name).write_bytes(bytes(data))
    with pytest.raises(ModelError, match=f"{name} is not the verified file.*make kg"):
        verified_folder([str(folder)])


def test_a_model_that_lacks_a_file_is_refused(tmp_path):
    folder = model_copy(tmp_path)
    name = sorted(nlp.manifest())[-1]
    (folder / name).unlink()
    with pytest.raises(ModelError, match="is not the verified file"):
        verified_folder([str(folder)])


def test_a_missing_model_is_a_plain_error():
    with pytest.raises(ModelError, match="no_such_model is not installed"):
        verified_folder(["no_such_model"])


def test_the_next_model_is_taken_where_the_first_is_missing(tmp_path):
    folder = model_copy(tmp_path)
    assert verified_folder(["no_such_model", str(folder)]) == folder
