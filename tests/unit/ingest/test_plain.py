"""What becomes of the files in a folder: the text as it is on disk, the metadata, the refusals."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.ingest import article_from_text, find_articles, folder_of, read_article, read_articles
from kg.ingest.plain import decode

HEADED = '---\ntitle: "Shells fall: two dead"\npublisher: The Gazette\npublished: 2031-05-04\n---\nTwo men died.\n'


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ArticleError) as caught:
        read_articles(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    "content", ["\ufeffTwo men died.", "Two men\r\ndied.\r\n", "e\u0301 and é\u2028\x85", "\x1b[31mred"]
)
def test_the_text_keeps_the_code_points_of_the_file(tmp_path: Path, content: str) -> None:
    article = read_article(write(tmp_path, "a.txt", content))
    assert article.text == content
    assert article.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert (article.id, article.file_name, article.body_start) == ("a", "a.txt", 0)
    assert article.title is article.publisher is article.published is article.author is article.url is None


@pytest.mark.parametrize("content", [HEADED, "\ufeff" + HEADED, HEADED.replace("\n", "\r\n")])
def test_front_matter_says_where_its_values_stand(tmp_path: Path, content: str) -> None:
    article = read_article(write(tmp_path, "a.md", content))
    assert article.title and article.publisher and article.published
    assert article.title.value == "Shells fall: two dead"
    assert article.publisher.value == "The Gazette"
    assert article.published_on == date(2031, 5, 4)
    for stated in (article.title, article.publisher, article.published):
        assert stated.read_from == "front-matter"
        assert stated.evidence and stated.evidence.words == stated.value
        assert article.text[stated.evidence.start : stated.evidence.end] == stated.value
    assert article.text[article.body_start :].startswith("Two men")


def test_values_that_do_not_stand_literally_have_no_evidence() -> None:
    article = article_from_text('---\ntitle: "Caf\\u00e9 shelled"\nauthor: >\n  Ann\n  Lee\nurl: ~\n---\nText.')
    assert article.title and article.title.value == "Café shelled" and article.title.evidence is None
    assert article.author and article.author.value == "Ann Lee" and article.author.evidence is None
    assert article.url is None


def test_the_day_is_cut_from_a_time_stamp() -> None:
    article = article_from_text("---\npublished: 2031-05-04T23:10:00Z\n---\nText.")
    assert article.published and article.published.evidence
    assert article.published.value == article.published.evidence.words == "2031-05-04"


def test_a_sidecar_adds_what_the_text_lacks(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Two men died.")
    write(tmp_path, "a.meta.yaml", "publisher: The Gazette\npublished: '2031-05-04'\n")
    [article] = read_articles(tmp_path)
    assert article.publisher and (article.publisher.value, article.publisher.read_from) == ("The Gazette", "sidecar")
    assert article.published_on == date(2031, 5, 4)


def test_a_sidecar_may_repeat_but_not_contradict(tmp_path: Path) -> None:
    write(tmp_path, "a.md", HEADED)
    write(tmp_path, "a.meta.yaml", "publisher: The Gazette")
    [article] = read_articles(tmp_path)
    assert article.publisher and article.publisher.read_from == "front-matter"
    write(tmp_path, "a.meta.yaml", "publisher: The Herald")
    assert "keep one of them" in refusal(tmp_path)


def test_arguments_are_metadata_too() -> None:
    article = article_from_text("Two men died.", title="Shelling", published=date(2031, 5, 4))
    assert article.title and article.title.read_from == "argument"
    assert article.published_on == date(2031, 5, 4)
    with pytest.raises(ArticleError, match="no date"):
        article_from_text("Two men died.", published="May 4")
    with pytest.raises(ArticleError, match="surrogate"):
        article_from_text("Two \ud800 died.")


def test_a_folder_is_read_in_the_order_of_ids_and_says_what_it_skips(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.md", "C.TXT"):
        write(tmp_path, name, "Two men died.")
    for name in (".hidden.txt", ".git/x.txt", "photo.jpg", "gone.meta.yaml", "notes"):
        write(tmp_path, name, "x")
    found = find_articles(tmp_path)
    assert [path.stem for path in found.files] == ["C", "a", "b"]
    assert {skip.path.name: skip.reason.split(" (")[0] for skip in found.skipped} == {
        ".git": "hidden",
        ".hidden.txt": "hidden",
        "gone.meta.yaml": "no article gone.txt or gone.md stands beside it",
        "notes": "no format that is read",
        "photo.jpg": "no format that is read",
    }


def test_one_file_is_a_corpus(tmp_path: Path) -> None:
    assert [article.id for article in read_articles(write(tmp_path, "a.txt", "Two men died."))] == ["a"]


REFUSED = {
    "empty": ("", "a.md: is empty; "),
    "blank": (" \n\t\n", "a.md: is empty; "),
    "byte order mark alone": ("\ufeff\n", "a.md: is empty; "),
    "latin-1": (b"Line\nCaf\xe9 shelled", "a.md:2: is not UTF-8 (byte 8 is 0xe9); "),
    "cut character": (b"Line\n\xe2\x82", "a.md:2: is not UTF-8"),
    "surrogate": (b"\xed\xa0\x80", "a.md:1: is not UTF-8"),
    "UTF-16": ("Two men".encode("utf-16"), "a.md:1: holds a NUL byte"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "a.md:3: holds a NUL byte"),
    "no closing line": ("---\ntitle: A\n\nText.", "a.md:1: the front matter that starts here has no closing line"),
    "fence alone": ("---", "a.md:1: the front matter that starts here has no closing line"),
    "colon": ("---\nurl: https://e.org/\ntitle: A: B\n---\nText.", "a.md:3: the metadata is not YAML"),
    "unclosed quote": ('---\ntitle: "A\n---\nText.', "the metadata is not YAML"),
    "tab": ("---\n\ttitle: A\n---\nText.", "a.md:2: the metadata is not YAML"),
    "control character": ("---\ntitle: A\x07\n---\nText.", "a.md:2: the metadata holds a control character"),
    "escaped line break": ('---\ntitle: "A\\nB"\n---\nText.', "a.md:2: title holds a line break"),
    "list": ("---\n- A\n---\nText.", "a.md:2: the metadata is no list of keys and values"),
    "two documents": ("---\ntitle: A\n...\ntitle: B\n---\nText.", "the metadata is not YAML"),
    "deep": ("---\ntitle: " + "[" * 9000 + "\n---\nText.", "a.md:2: the metadata is nested too deeply"),
    "unknown key": ("---\ntitle: A\nfoo: B\n---\nText.", "a.md:3: unknown key 'foo'; known keys are "),
    "mapping as key": ("---\n? {a: b}\n: c\n---\nText.", "a.md:2: unknown key 'a list or mapping'"),
    "key twice": ("---\ntitle: A\ntitle: B\n---\nText.", "a.md:3: title stands twice"),
    "title is a number": ("---\ntitle: 2031\n---\nText.", "a.md:2: title is not text"),
    "title is a truth value": ("---\ntitle: No\n---\nText.", "a.md:2: title is not text"),
    "author is a list": ("---\nauthor: [A, B]\n---\nText.", "a.md:2: author is not text"),
    "no such day": ("---\npublished: 2031-02-30\n---\nText.", "a.md:2: published '2031-02-30' is no date"),
    "month alone": ("---\npublished: 2031-02\n---\nText.", "a.md:2: published '2031-02' is no date"),
    "compact day": ("---\npublished: 20310204\n---\nText.", "a.md:2: published '20310204' is no date"),
    "year": ("---\npublished: 2031\n---\nText.", "a.md:2: published '2031' is no date"),
    "words for a day": ("---\npublished: last May\n---\nText.", "a.md:2: published 'last May' is no date"),
    "no address": ("---\nurl: the web\n---\nText.", "a.md:2: url 'the web' is no web address"),
    "script": ("---\nurl: javascript:alert(1)\n---\nText.", "a.md:2: url 'javascript:alert(1)' is no web address"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_files(tmp_path: Path, content: str | bytes, message: str) -> None:
    write(tmp_path, "a.md", content)
    write(tmp_path, "z.md", "Two men died.")
    assert message in refusal(tmp_path)


def test_a_bad_sidecar_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Two men died.")
    write(tmp_path, "a.meta.yaml", "publisher: A\npublished: never\n")
    assert "a.meta.yaml:2: published 'never' is no date" in refusal(tmp_path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    assert "is 50.0 MB, above the limit of 20 MB; split it" in refusal(tmp_path)


def test_folders_without_articles(tmp_path: Path) -> None:
    assert "holds no article" in refusal(tmp_path)
    write(tmp_path, "photo.jpg", "x")
    assert "holds no article" in refusal(tmp_path)
    assert "there is no such file or folder" in refusal(tmp_path / "missing")


def test_two_articles_with_one_id(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "One.")
    write(tmp_path, "sub/a.md", "Two.")
    assert "has the same id as" in refusal(tmp_path)


def test_a_pipe_is_no_article(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "is not a regular file" in refusal(tmp_path)


def test_a_dangling_link_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere")
    assert "cannot be read" in refusal(tmp_path)


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text("Two men died.")
    assert "name is not UTF-8" in refusal(tmp_path)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    write(tmp_path, "a.txt", "Two men died.")
    monkeypatch.setattr(Path, "read_bytes", deny)
    assert "cannot be read (Permission denied); check its permissions" in refusal(tmp_path)


@given(st.text(), st.sampled_from(["", "---\n", "\ufeff---\r\n"]), st.sampled_from(["", "\n---\n", "\r\n---"]))
def test_any_text_is_an_article_or_a_refusal_on_one_line(text: str, before: str, after: str) -> None:
    whole = before + text + after
    try:
        article = article_from_text(whole)
    except ArticleError as error:
        assert "\n" not in str(error)
        return
    assert article.text == whole
    for stated in (article.title, article.publisher, article.published, article.author, article.url):
        if stated and stated.evidence:
            assert whole[stated.evidence.start : stated.evidence.end] == stated.evidence.words


@given(st.binary(max_size=64))
def test_any_bytes_are_text_or_a_refusal(data: bytes) -> None:
    try:
        assert decode(data, "a").encode() == data
    except ArticleError as error:
        assert "\n" not in str(error)


def test_tables_of_names_are_no_articles_and_count_in_the_folder_itself(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Two men died.")
    for name in ("actors.tsv", "sub/places.tsv", "other.tsv"):
        write(tmp_path, name, "kind\tname\n")
    found = find_articles(tmp_path)
    assert [file.name for file in found.files] == ["a.txt"]
    assert {skip.path.name: skip.reason.split(" in ")[0].split(" (")[0] for skip in found.skipped} == {
        "places.tsv": "names of your own count",
        "other.tsv": "no format that is read",
    }
    assert folder_of(tmp_path) == folder_of(tmp_path / "a.txt") == tmp_path
