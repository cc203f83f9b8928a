"""The model's vectors and entities, computed with its own weights and the same results, in less time than it takes.

A word's own vector depends on its spelling alone and is kept; entities are read off all words at once, since
a decision outside an entity looks at one word and one inside it at three. What the layers do to numbers is
done in the same order; a sum may be rounded otherwise, since the matrix product is NumPy's where that has a single
thread (`kg.syntax.product`) and the first layer takes the sides of its windows apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

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
        self._layers = [_weights(residual.layers[0].layers[1].layers[0]) for residual in encode.layers[0].layers]
        self.width: int = self._layers[0][2].shape[0]
        self._product = product(self.ops)
        self._room = 0
        self._rooms: list[Array] = []

    def words(self, features: Array) -> list[Array]:
        """For each row of features (a column for each of `columns`) its vector without context, and what it adds.

        What it adds is its product with the first layer's weights, where it is the word before, itself, or after.
        """
        vectors = self._mixed.predict(self._hashed.predict(features))
        weights = self._layers[0][0].reshape(SIDES, self.width, -1)
        return [vectors, *(self._product(vectors, np.ascontiguousarray(side)) for side in weights)]

    def space(self, words: int) -> list[Array]:
        """Zeros for what `words` gives of some words; they are also what is seen where there is no word."""
        wide = SIDES * self.width
        return [np.zeros((words, width), dtype="f") for width in (self.width, wide, wide, wide)]

    def context(self, kept: Sequence[Array], rows: Array, lengths: Array) -> Array:
        """The vectors of the words of several documents, one after the other, in their context.

        `rows` says for each word where `kept` holds what `words` gave of it; the first row is no word's, all zeros.
        """
        places = np.arange(len(rows)) + MARGIN * (1 + np.repeat(np.arange(len(lengths)), lengths))
        spaced = np.zeros(len(rows) + MARGIN * (len(lengths) + 1), dtype=np.intp)
        spaced[places] = rows
        width = self.width
        window, pieces, best = self._space(len(spaced))
        share = np.full(width, 1 / width, dtype="f")  # what a number adds to the mean of a row
        vectors, before, itself, after = kept
        current = vectors.take(spaced, axis=0)
        first = self._layers[0]
        for weights, bias, scale, shift in self._layers:
            if weights is first[0]:
                itself.take(spaced, axis=0, out=pieces, mode="clip")
                pieces[1:] += before.take(spaced[:-1], axis=0, out=window[1:], mode="clip")
                pieces[:-1] += after.take(spaced[1:], axis=0, out=window[1:], mode="clip")
                window[0, :width] = 0
                window[-1, 2 * width :] = 0
            else:
                window[1:, :width] = current[:-1]
                window[:, width : 2 * width] = current
                window[:-1, 2 * width :] = current[1:]
                self._product(window, weights, out=pieces)
            pieces += bias
            np.maximum(pieces[:, :width], pieces[:, width : 2 * width], out=best)
            np.maximum(best, pieces[:, 2 * width :], out=best)
            best -= np.matmul(best, share)[:, None]
            variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-08)
            best *= (variance ** np.float32(-0.5))[:, None]
            best *= scale
            best += shift
            current += best
        return current.take(places, axis=0)

    def _space(self, rows: int) -> list[Array]:
        """Room for the layers' results, the same for all texts: to ask for it anew takes as long as to fill it."""
        if rows > self._room:
            self._room = max(rows, 2048)
            widths = (SIDES * self.width, SIDES * self.width, self.width)
            self._rooms = [np.empty((self._room, wide), dtype="f") for wide in widths]
        return [room[:rows] for room in self._rooms]


def _weights(layer: Any) -> tuple[Array, Array, Array, Array]:
    """A layer's weights with its pieces one after the other instead of side by side, and its normalisation."""
    maxout, norm = layer.layers
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    outputs, pieces, inputs = weights.shape
    flat = np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(outputs * pieces, inputs)
    return (
        np.ascontiguousarray(flat.T),
        np.ascontiguousarray(bias.T).reshape(-1),
        norm.get_param("G"),
        norm.get_param("b"),
    )


class Words:
    """What several encoders give of words without context, kept by what the encoders see of a word."""

    def __init__(self, encoders: Sequence[Encoder]) -> None:
        self._encoders = tuple(encoders)
        self._rows: dict[tuple[int, ...], int] = {}
        self._room = 0
        self.kept: list[list[Array]] = []  # for each encoder, see `Encoder.context`

    def rows(self, docs: Sequence[Any], keys: Sequence[tuple[int, ...]]) -> Array:
        """The rows of `kept` that hold the words of documents; `keys` tells the words apart."""
        rows = self._rows
        missing = [k for k, key in enumerate(keys) if key not in rows]
        if missing:
            if len(rows) + len(missing) >= self._room:
                rows.clear()
                missing = list(range(len(keys)))
            self._add(docs, keys, missing)
        return np.array([rows[key] for key in keys], dtype=np.intp)

    def _add(self, docs: Sequence[Any], keys: Sequence[tuple[int, ...]], missing: list[int]) -> None:
        new: dict[tuple[int, ...], int] = {}
        for k in missing:
            new.setdefault(keys[k], k)
        at, first = np.array(list(new.values())), len(self._rows) + 1
        room = max(KEPT, first + len(at))
        if not self._rows and room != self._room:
            self._room = room
            self.kept = [encoder.space(room) for encoder in self._encoders]
        for encoder, kept in zip(self._encoders, self.kept, strict=True):
            features = np.concatenate([doc.to_array(encoder.columns) for doc in docs])[at]
            for rows, given in zip(kept, encoder.words(encoder.ops.asarray(features)), strict=True):
                rows[first : first + len(at)] = given
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


class Entities:
    """The labels of named entities, as the model's transitions give them."""

    def __init__(self, model: Any, moves: Sequence[str]) -> None:
        projection, lower, upper = model.layers
        self.encoder = Encoder(projection.layers[0])
        self._product = product(model.ops)
        linear = projection.layers[-1]
        self._project = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        weights = lower.get_param("W")
        self._features, hidden, pieces, inputs = weights.shape
        self._hidden, self._pieces = hidden, pieces
        self._lower = np.ascontiguousarray(weights.reshape(-1, inputs).T)
        self._bias = lower.get_param("b").reshape(-1)
        self._pad = lower.get_param("pad").reshape(self._features, hidden * pieces)
        self._upper = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        kinds = [move.partition("-")[::2] for move in moves]
        self._labels = [label for _, label in kinds]
        self._begins = np.array([kind == "B" for kind, _ in kinds])
        self._units = np.array([kind == "U" and bool(label) for kind, label in kinds])
        self._outs = np.array([kind == "O" for kind, _ in kinds])
        self._outside = np.where(self._begins | self._units | self._outs, np.float32(0), np.float32(-np.inf))
        self._inside = {n: moves.index(f"I-{self._labels[n]}") for n, (kind, _) in enumerate(kinds) if kind == "B"}
        self._last = {n: moves.index(f"L-{self._labels[n]}") for n, (kind, _) in enumerate(kinds) if kind == "B"}

    def labels(self, vectors: Array, blank: Array, ends: Array) -> list[str]:
        """The label of each word, "" outside of entities.

        `vectors` are those of the encoder, of all documents in a row. `blank` says of each word whether it is
        white space, `ends` whether it is the last of its document or sentence: no entity goes on after it.
        """
        projected = self._product(vectors, self._project[0])
        projected += self._project[1]
        parts = self._product(projected, self._lower).reshape(len(vectors), self._features, -1)
        outside = parts[:, 0] + self._pad[1]
        outside += self._pad[2]
        scores = self._scores(outside)
        scores += self._outside
        if blank.any():
            scores[np.ix_(blank, self._begins | self._units)] = -np.inf
        scores[np.ix_(ends, self._begins)] = -np.inf
        moves = scores.argmax(axis=1)
        begun = np.flatnonzero(self._begins[moves])
        reach = self._reach(parts, ends, moves, begun) if len(begun) else {}
        found = [""] * len(vectors)
        after = 0
        for at in np.flatnonzero(~self._outs[moves]).tolist():
            if at >= after:
                after = reach.get(at, at) + 1
                found[at:after] = [self._labels[moves[at]]] * (after - at)
        return found

    def _reach(self, parts: Array, ends: Array, moves: Array, begun: Array) -> dict[int, int]:
        """The last word of the entity that begins at each of `begun`."""
        going = np.array([self._inside[m] for m in moves[begun].tolist()])
        closing = np.array([self._last[m] for m in moves[begun].tolist()])
        reach: dict[int, int] = {}
        starts, at = begun, begun + 1
        while len(starts):
            inside = parts[at, 0] + parts[starts, 1]
            inside += parts[at - 1, 2]
            scores = self._scores(inside)
            row = np.arange(len(starts))
            stops = ends[at] | (scores[row, closing] > scores[row, going])
            reach.update(zip(starts[stops].tolist(), at[stops].tolist(), strict=True))
            starts, at, going, closing = starts[~stops], at[~stops] + 1, going[~stops], closing[~stops]
        return reach

    def _scores(self, summed: Array) -> Array:
        summed += self._bias
        hidden = summed[:, :: self._pieces].copy()
        for piece in range(1, self._pieces):
            np.maximum(hidden, summed[:, piece :: self._pieces], out=hidden)
        scores = self._product(hidden, self._upper[0])
        scores += self._upper[1]
        return scores
