"""The model's vectors and tags, computed with its own weights and the same results, in less time than it takes.

A word's own vector depends on its spelling alone and is kept. A sum may be rounded otherwise than by the library,
since the matrix product is NumPy's where that has a single thread (`kg.syntax.product`), the first layer takes the
sides of its windows apart, and what a layer always adds is folded into the weights of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kg.syntax.keys import keys_of
from kg.syntax.product import product

KEPT = 12_000  # words whose vectors and products are kept: some 45 MB for each encoder
MARGIN = 4  # rows of zeros between documents: one for each layer of windows of one word on either side
SIDES = 3  # of a window: the word before, the word itself, the word after

Array = Any


class Encoder:
    """One of the model's stacks of layers from words to vectors in their context."""

    def __init__(self, model: Any) -> None:
        embed, encode = model.layers
        self.ops: Any = model.ops
        self.columns: list[Any] = embed.layers[0].attrs["columns"]
        self._hashed, self._mixed = embed.layers[2].layers[0], embed.layers[3].layers[0]
        layers = [residual.layers[0].layers[1].layers[0] for residual in encode.layers[0].layers]
        self.width: int = layers[0].layers[1].get_param("b").shape[0]
        self._added = np.zeros(self.width, dtype="f")  # by all layers, whatever the words are
        self._layers: list[tuple[Array, Array]] = []
        for maxout, norm in (layer.layers for layer in layers):
            self._layers.append((_weights(maxout, self._added), norm.get_param("G")))
            self._added = self._added + norm.get_param("b")
        self._product = product(self.ops)
        self._room = 0
        self._rooms: list[Array] = []

    def words(self, features: Array) -> list[Array]:
        """For each row of features (a column for each of `columns`) its vector without context, and what it adds.

        What it adds is its product with the first layer's weights, where it is the word before, itself, or after.
        """
        vectors = self._mixed.predict(self._hashed.predict(features))
        weights, always = self._layers[0][0][:-1], self._layers[0][0][-1]
        sides = weights.reshape(SIDES, self.width, -1)
        before, itself, after = (self._product(vectors, np.ascontiguousarray(side)) for side in sides)
        return [vectors, before, itself + always, after]

    def space(self, words: int) -> list[Array]:
        """Room for what `words` gives of some words; the first row is what is seen where there is no word."""
        wide = SIDES * self.width
        room = [np.zeros((words, width), dtype="f") for width in (self.width, wide, wide, wide)]
        room[2][0] = self._layers[0][0][-1]
        return room

    def context(self, kept: Sequence[Array], rows: Array, lengths: Array) -> Array:
        """The vectors of the words of several documents, one after the other, in their context.

        `rows` says for each word where `kept` holds what `words` gave of it; the first row is no word's.
        """
        places = np.arange(len(rows)) + MARGIN * (1 + np.repeat(np.arange(len(lengths)), lengths))
        spaced = np.zeros(len(rows) + MARGIN * (len(lengths) + 1), dtype=np.intp)
        spaced[places] = rows
        width = self.width
        windows, pieces, best = self._space(len(spaced))
        vectors, before, itself, after = kept
        current = vectors.take(spaced, axis=0)
        itself.take(spaced, axis=0, out=pieces, mode="clip")
        pieces[1:] += before.take(spaced[:-1], axis=0)
        pieces[:-1] += after.take(spaced[1:], axis=0)
        self._add(pieces, best, self._layers[0][1], current)
        for weights, scale in self._layers[1:-1]:
            windows[1:, :width] = current[:-1]
            windows[:, width : 2 * width] = current
            windows[:-1, 2 * width : -1] = current[1:]
            windows[0, :width] = windows[-1, 2 * width : -1] = 0
            self._product(windows, weights, out=pieces)
            self._add(pieces, best, scale, current)
        own = current[places]  # nothing looks at the margins any more
        windows, pieces, best = self._space(len(rows))
        windows[:, :width] = current[places - 1]
        windows[:, width : 2 * width] = own
        windows[:, 2 * width : -1] = current[places + 1]
        weights, scale = self._layers[-1]
        self._product(windows, weights, out=pieces)
        self._add(pieces, best, scale, own)
        own += self._added
        return own

    def _add(self, pieces: Array, best: Array, scale: Array, current: Array) -> None:
        """Add to the vectors the best of three pieces, with mean and variance made alike for all words."""
        width = self.width
        np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=best)
        np.maximum(best, pieces[:, 2 * width :], out=best)
        best -= np.matmul(best, np.full(width, 1 / width, dtype="f"))[:, None]
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-08)
        best *= (variance ** np.float32(-0.5))[:, None]
        best *= scale
        current += best

    def _space(self, rows: int) -> list[Array]:
        """Room for the layers' results, the same for all texts: to ask for it anew takes as long as to fill it."""
        if rows > self._room:
            self._room = max(rows, 2048)
            wide = SIDES * self.width
            self._rooms = [np.ones((self._room, columns), dtype="f") for columns in (wide + 1, wide, self.width)]
        return [room[:rows] for room in self._rooms]


def _weights(maxout: Any, added: Array) -> Array:
    """A layer's weights with its pieces one after the other instead of side by side; last what it always adds.

    `added` is what earlier layers always add to each word, which is left out of the vectors that the layer sees.
    """
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    outputs, pieces, inputs = weights.shape
    flat = weights.transpose(1, 0, 2).reshape(outputs * pieces, inputs).T
    always = bias.T.reshape(-1) + np.tile(added, SIDES) @ flat
    return np.ascontiguousarray(np.vstack([flat, always]))


class Words:
    """What several encoders give of words without context, kept by what the encoders see of a word."""

    def __init__(self, encoders: Sequence[Encoder], spelled: Callable[[int], Sequence[Any]]) -> None:
        self._encoders = tuple(encoders)
        self._spelled = spelled
        self._rows: dict[bytes, int] = {}
        self._room = 0
        self.kept: list[list[Array]] = []  # for each encoder, see `Encoder.context`
        self.spelling: Array = None  # a column for each thing that `spelled` tells of a word's first number

    def rows(self, docs: Sequence[Any], seen: Array) -> Array:
        """The rows of `kept` that hold the words of documents; the numbers of `seen` tell the words apart."""
        rows, keys = self._rows, keys_of(seen)
        known = list(map(rows.get, keys))
        if None in known:
            missing = [k for k, row in enumerate(known) if row is None]
            if len(rows) + len(missing) >= self._room:
                rows.clear()
                missing = list(range(len(keys)))
            self._add(docs, seen, keys, missing)
            known = list(map(rows.get, keys))
        return np.array(known, dtype=np.intp)

    def _add(self, docs: Sequence[Any], seen: Array, keys: Sequence[bytes], missing: list[int]) -> None:
        new: dict[bytes, int] = {}
        for k in missing:
            new.setdefault(keys[k], k)
        at, first = np.array(list(new.values())), len(self._rows) + 1
        spelled = [self._spelled(word) for word in seen[at, 0].tolist()]
        room = max(KEPT, first + len(at))
        if not self._rows and room != self._room:
            self._room = room
            self.kept = [encoder.space(room) for encoder in self._encoders]
            self.spelling = np.empty((len(spelled[0]), room), dtype=object)
        for encoder, kept in zip(self._encoders, self.kept, strict=True):
            features = np.concatenate([doc.to_array(encoder.columns) for doc in docs])[at]
            for rows, given in zip(kept, encoder.words(encoder.ops.asarray(features)), strict=True):
                rows[first : first + len(at)] = given
        self.spelling[:, first : first + len(at)] = list(zip(*spelled, strict=True))
        self._rows.update((key, first + n) for n, key in enumerate(new))


class Tagger:
    """The tags of words, as hashes, out of their vectors."""

    def __init__(self, component: Any) -> None:
        layer = next(layer for layer in component.model.walk() if layer.name == "softmax")
        self._weights, self._bias = np.ascontiguousarray(layer.get_param("W").T), layer.get_param("b")
        self._hashes = np.array([component.vocab.strings[label] for label in component.labels], dtype=np.uint64)
        self._product = product(layer.ops)

    def tags(self, vectors: Array) -> Array:
        """The most likely tag of each word."""
        return self._hashes[(self._product(vectors, self._weights) + self._bias).argmax(axis=1)]
