"""Texts to the words of their sentences, by the components of the language model.

The tokenizer and the parser's states and moves are the library's own; vectors, tags, the scores of moves, entities,
parts of speech and lemmas are computed by the other modules of `kg.syntax`. What comes out is what the library's own
pipeline gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    HEAD,
    IDX,
    IS_SPACE,
    LENGTH,
    NORM,
    ORTH,
    SENT_START,
    SPACY,
)

from kg.syntax.entities import Entities
from kg.syntax.forms import Forms
from kg.syntax.network import Encoder, Tagger, Words
from kg.syntax.parsing import Parser

BATCH = 32  # texts: larger batches cost memory and gain nothing (docs/decisions.md)
_SEEN = [ORTH, NORM, SPACY]
_PARSED = [IDX, LENGTH, IS_SPACE, SENT_START, HEAD, DEP]

# its place in the sentence; where it begins and ends; as written; in lower case; its lemma, part of speech, tag and
# dependency; the place of its head; its entity's label
Row = tuple[int, int, int, str, str, str, str, str, str, int, str]


class Engine:
    """The model's components in their order, each done as fast as it can be with the same result."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline
        self._parser = Parser(self.pipeline.get_pipe("parser"))
        entities = self.pipeline.get_pipe("ner")
        self._encoder = Encoder(self.pipeline.get_pipe("tok2vec").model)
        moves = entities.moves
        self._entities = Entities(entities.model, [moves.get_class_name(n) for n in range(moves.n_moves)])
        self._tagger = Tagger(self.pipeline.get_pipe("tagger"))
        self._words = Words((self._encoder, self._entities.encoder), self._spelling)
        self._forms = Forms(self.pipeline)

    def read(self, texts: Sequence[str], origins: Sequence[int] | None = None) -> Iterator[list[list[Row]]]:
        """The sentences of each text, as rows of its words; `origins` says where each text begins, 0 without it."""
        begins = origins or [0] * len(texts)
        for first in range(0, len(texts), BATCH):
            yield from self._read(texts[first : first + BATCH], begins[first : first + BATCH])

    def _read(self, texts: Sequence[str], origins: Sequence[int]) -> list[list[list[Row]]]:
        made = [self.pipeline.make_doc(text) for text in texts]
        docs = [doc for doc in made if len(doc)]
        if not docs:
            return [[] for _ in made]
        lengths = np.array([len(doc) for doc in docs])
        begins = np.repeat(np.array([o for doc, o in zip(made, origins, strict=True) if len(doc)]), lengths)
        seen = np.concatenate([doc.to_array(_SEEN) for doc in docs])
        known = self._words.rows(docs, seen)
        kept, entity_kept = self._words.kept
        vectors = self._encoder.context(kept, known, lengths)
        stops = np.cumsum(lengths)
        tags = self._tagger.tags(vectors)
        self._parser.parse(docs, vectors)
        parsed = np.concatenate([doc.to_array(_PARSED) for doc in docs]).T
        places, sizes, heads = parsed[[0, 1, 4]].astype(np.int64)
        starts = parsed[3] == 1
        starts[stops - lengths] = True
        ends = np.append(starts[1:], True)
        entity_vectors = self._entities.encoder.context(entity_kept, known, lengths)
        labels = self._entities.labels(entity_vectors, parsed[2].astype(bool), ends)
        lasts = np.zeros(len(seen), dtype=bool)
        lasts[stops - 1] = True
        seen[:, 1], seen[:, 2] = tags, parsed[5]
        named, deps, kinds, lemmas = self._forms.of(seen, lasts)
        first = np.flatnonzero(starts)
        after = np.append(first[1:], len(seen))
        within = np.arange(len(seen)) - np.repeat(first, after - first)
        heads += within
        places += begins
        spelled, lower = self._words.spelling.take(known, axis=1).tolist()
        words: list[Row] = list(
            zip(within.tolist(), places.tolist(), (places + sizes).tolist(), spelled, lower, lemmas, kinds,
                named, deps, heads.tolist(), labels, strict=True)
        )  # fmt: skip
        spans = list(zip(first.tolist(), after.tolist(), strict=True))
        found: list[list[list[Row]]] = []
        at = 0
        for number in np.add.reduceat(starts, np.append(0, stops[:-1]), dtype=np.intp).tolist():
            found.append([words[start:stop] for start, stop in spans[at : at + number]])
            at += number
        answers = iter(found)
        return [next(answers) if len(doc) else [] for doc in made]

    def _spelling(self, word: int) -> tuple[str, str]:
        lexeme = self.pipeline.vocab[word]
        return lexeme.text, lexeme.lower_
