"""Texts to the words of their sentences, by the components of the language model.

The tokenizer, the tagger and the parser are the library's own; vectors, entities, parts of speech and lemmas are
computed by `kg.syntax.network` and `kg.syntax.forms`. What comes out is what the library's own pipeline gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kg.syntax.forms import Form, Forms
from kg.syntax.network import Encoder, Entities, Words

BATCH = 32  # texts: larger batches cost memory and gain nothing (docs/decisions.md)
KEPT = 200_000  # words whose spelling is kept

# its place in the sentence and in the text, as written, in lower case, its form, its head, its entity's label
Row = tuple[int, int, str, str, Form, int, str]


class Engine:
    """The model's components in their order, each done as fast as it can be with the same result."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline
        self._tagger, self._parser = self.pipeline.get_pipe("tagger"), self.pipeline.get_pipe("parser")
        entities = self.pipeline.get_pipe("ner")
        self._encoder = Encoder(self.pipeline.get_pipe("tok2vec").model)
        moves = entities.moves
        self._entities = Entities(entities.model, [moves.get_class_name(n) for n in range(moves.n_moves)])
        self._words = Words((self._encoder, self._entities.encoder))
        self._forms = Forms(self.pipeline)
        self._spelled: dict[int, tuple[str, str, bool]] = {}

    def read(self, texts: Sequence[str]) -> Iterator[list[list[Row]]]:
        """The sentences of each text, as rows of its words."""
        for first in range(0, len(texts), BATCH):
            yield from self._read(texts[first : first + BATCH])

    def _read(self, texts: Sequence[str]) -> list[list[list[Row]]]:
        made = [self.pipeline.make_doc(text) for text in texts]
        docs = [doc for doc in made if len(doc)]
        if not docs:
            return [[] for _ in made]
        lengths = [len(doc) for doc in docs]
        seen = np.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs])
        words, entity_words = self._words.vectors(docs, [tuple(row) for row in seen.tolist()])
        vectors = self._encoder.context(words, lengths)
        stops = np.cumsum(lengths)
        for doc, start, stop in zip(docs, stops - lengths, stops, strict=True):
            doc.tensor = vectors[start:stop]
        self._tagger.set_annotations(docs, self._tagger.predict(docs))
        self._parser.set_annotations(docs, self._parser.predict(docs))
        rows = np.concatenate([doc.to_array(["ORTH", "IDX", "SENT_START", "HEAD", "TAG", "DEP"]) for doc in docs])
        spelled = [self._spelling(word) for word in seen[:, 0].tolist()]
        starts = rows[:, 2] == 1
        starts[stops - lengths] = True
        ends = np.append(starts[1:], True)
        blank = np.array([known[2] for known in spelled])
        labels = self._entities.labels(self._entities.encoder.context(entity_words, lengths), blank, ends)
        lasts = np.zeros(len(seen), dtype=bool)
        lasts[stops - 1] = True
        forms = self._forms.of(list(map(tuple, rows[:, [0, 4, 5]].tolist())), lasts.tolist())
        bounds = [*np.flatnonzero(starts).tolist(), len(seen)]
        heads = rows[:, 3].astype(np.int64).tolist()
        places = rows[:, 1].tolist()
        found: list[list[list[Row]]] = []
        at = 0
        for stop in stops.tolist():
            sentences: list[list[Row]] = []
            while bounds[at] < stop:
                first, after = bounds[at], bounds[at + 1]
                sentences.append(
                    [
                        (k - first, places[k], *spelled[k][:2], forms[k], k - first + heads[k], labels[k])
                        for k in range(first, after)
                    ]
                )
                at += 1
            found.append(sentences)
        answers = iter(found)
        return [next(answers) if len(doc) else [] for doc in made]

    def _spelling(self, word: int) -> tuple[str, str, bool]:
        known = self._spelled.get(word)
        if known is None:
            lexeme = self.pipeline.vocab[word]
            if len(self._spelled) > KEPT:
                self._spelled.clear()
            known = self._spelled[word] = (lexeme.text, lexeme.lower_, lexeme.is_space)
        return known
