"""The names in a sentence that may be places: runs of capitalised words, cut where known names say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.claims.where.befallen import is_put
from kg.claims.where.grain import is_noun, of_noun
from kg.gazetteer import NameHit
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.relevance import common_words
from kg.mentions.wording import Guard
from kg.nlp import Sentence

_BODIES = ("armed-force", "government-body", "organisation", "armed-group", "media-outlet")
_INNER = frozenset({"de", "del", "la", "las", "los", "el", "al", "du", "des", "da", "do", "dos", "bin", "ibn"})
PREPOSITIONS = frozenset({"in", "at", "near", "on", "inside", "within", "across", "around", "outside", "throughout"})
_HYPHENED = Guard(frozenset("-‐‑"))
_NO_NAME = ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "NUM", "PART", "INTJ", "SYM", "PUNCT")
_made = tuple.__new__  # makes a chunk some three times as fast as its class does
_ACRONYM, _ARTICLE = 4, 3  # letters: an unknown name in capitals that is no place; "al", "ash" before a hyphen


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `last`; `hit` is the known place, if it is one, `grain` that of a noun in the name.

    `inside` is the known place at the head of a longer name: Kabul of "Kabul International Airport".
    """

    first: int
    last: int
    hit: NameHit | None = None
    grain: str | None = None
    inside: NameHit | None = None


class _Chunk(NamedTuple):
    """Tokens that no blank parts: "al-Gharbiya", "Port-au-Prince", "Goma"."""

    first: int
    last: int
    capital: bool
    hit: NameHit | None
    joins: bool  # only a blank parts it from the chunk before


def names(reading: Reading, sentence: Sentence) -> list[Name]:
    """The names of a sentence that are or may be places, in order; not those of people, bodies and days."""
    chunks, i, found = _chunks(reading, sentence), 0, list[Name]()
    while i < len(chunks):
        if not chunks[i].capital and chunks[i].hit is None:
            i += 1
            continue
        seat = _seat(sentence, chunks, i)
        if seat is not None:
            found.append(Name(chunks[i].first, seat, None, "site"))
        dated = _dated(reading, sentence, chunks, i)
        if dated is not None:
            found.append(
                Name(chunks[i].first, chunks[dated].last, None, of_noun(sentence.tokens[chunks[dated].last].text))
            )
            i = dated + 1
            continue
        end = _run(reading, sentence, chunks, i) if seat is None else None
        if end is None:
            i += 1
            continue
        found.extend(_cut(sentence, chunks[i:end]))
        i = end
    return found


def _seat(sentence: Sentence, chunks: Sequence[_Chunk], i: int) -> int | None:
    """The last token of a body's building: "the Defense Ministry headquarters"."""
    hit = chunks[i].hit
    if hit is None or is_place(hit) or hit.how == "demonym" or hit.kind not in _BODIES or hit.start < sentence.start:
        return None
    inside = sentence.between(hit.start, hit.end)
    last = inside[-1].i + 1
    if inside[0].i != chunks[i].first or last >= len(sentence.tokens):
        return None
    return last if of_noun(sentence.tokens[last].text) == "site" else None


def _dated(reading: Reading, sentence: Sentence, chunks: Sequence[_Chunk], i: int) -> int | None:
    """The chunk that closes a name from a day of the year: "October 21 Road", "the 26 July Bridge"."""
    if i + 2 >= len(chunks) or {sentence.tokens[c.first].pos for c in chunks[i : i + 2]} != {"PROPN", "NUM"}:
        return None
    day, noun = chunks[i : i + 2], chunks[i + 2]
    joined = day[1].joins and noun.joins and noun.capital
    month = any(reading.is_date(sentence.tokens[c.first].start) for c in day)
    return (
        i + 2 if joined and month and of_noun(sentence.tokens[noun.first].text) in ("site", "line", "quarter") else None
    )


def is_place(hit: NameHit | None) -> bool:
    """Whether a known name is a place by itself: a town, a state, a capital; not its people or its army."""
    return hit is not None and (
        hit.kind == "place" or (hit.kind in ("state", "territory") and hit.how in ("name", "alias", "metonym"))
    )


def _chunks(reading: Reading, sentence: Sentence) -> list[_Chunk]:
    tokens, masked, hits = sentence.tokens, reading.document.masked, reading.named()
    parted = _HYPHENED.passes(sentence)
    chunks, i, before = list[_Chunk](), 0, None
    while i < len(tokens):
        last = i
        token = tokens[i]
        while (
            parted
            and last + 2 < len(tokens)
            and tokens[last + 1].text in _HYPHENED.words
            and tokens[last].end == tokens[last + 1].start
            and tokens[last + 1].end == tokens[last + 2].start
        ):
            last += 2
        if last == i:
            capital = token.text[0].isupper() and token.text[0].isalpha()
        else:
            parts = [t for t in tokens[i : last + 1] if t.text[0].isalpha()]
            capital = bool(parts) and (
                (parts[0].text[0].isupper() and parts[-1].text[0].isupper())
                or (len(parts) > 1 and len(parts[0].text) <= _ARTICLE and parts[-1].text[0].isupper())
            )
        joins = before is not None and before.pos != "PUNCT" and not masked[before.end : token.start].strip()
        chunks.append(_made(_Chunk, (i, last, capital, hits.get(token.start), joins)))
        i, before = last + 1, tokens[last]
    return chunks


def _run(reading: Reading, sentence: Sentence, chunks: Sequence[_Chunk], i: int) -> int | None:
    """The end of the run of name words that begins with chunk `i`, or None where none begins."""
    led = _is_led(reading, sentence, chunks, i)
    if not led and not _opens(reading, sentence, chunks[i]):
        return None
    end = i + 2 if led else i + 1
    while end < len(chunks) and chunks[end].joins:
        inner = sentence.tokens[chunks[end].first].lower in _INNER and end + 1 < len(chunks)
        if (inner and chunks[end + 1].joins and _opens(reading, sentence, chunks[end + 1])) or _is_inner(
            reading, sentence, chunks, end
        ):
            end += 2
        elif (
            _opens(reading, sentence, chunks[end])
            or _is_noun(sentence, chunks[end])
            or _same_hit(chunks[end - 1], chunks[end])
        ):
            end += 1
        else:
            break
    return end


def _is_led(reading: Reading, sentence: Sentence, chunks: Sequence[_Chunk], i: int) -> bool:
    """ "the Green Zone", "Red Square": a common word in capitals with the noun of place that it names."""
    if not i or i + 1 >= len(chunks) or not chunks[i].capital or chunks[i].hit is not None:
        return False
    token, noun = sentence.tokens[chunks[i].first], chunks[i + 1]
    if token.pos not in ("PROPN", "ADJ", "NOUN") or token.lower in words_of("direction") or not noun.joins:
        return False
    plain = chunks[i].first == chunks[i].last and not reading.is_date(token.start)
    return plain and noun.capital and noun.hit is None and of_noun(sentence.tokens[noun.first].text) is not None


def _is_inner(reading: Reading, sentence: Sentence, chunks: Sequence[_Chunk], k: int) -> bool:
    """ "Bardo National Museum": a common word between a name and the noun of place that closes it."""
    if k + 1 >= len(chunks) or not chunks[k].capital or chunks[k].hit is not None or not chunks[k + 1].joins:
        return False
    token, noun = sentence.tokens[chunks[k].first], sentence.tokens[chunks[k + 1].first]
    plain = token.pos in ("PROPN", "ADJ", "NOUN") and not reading.is_date(token.start)
    return plain and chunks[k + 1].capital and chunks[k + 1].hit is None and _grain_of(noun.text) == "site"


def _is_noun(sentence: Sentence, chunk: _Chunk) -> bool:
    """ "El Tigre Hill": a noun of place in capitals that is also the name of a newspaper."""
    word = sentence.tokens[chunk.first].text
    return chunk.capital and chunk.hit is not None and chunk.hit.kind == "media-outlet" and of_noun(word) is not None


def _same_hit(a: _Chunk, b: _Chunk) -> bool:
    """ "Idlib province": the known name goes on in small letters."""
    return a.hit is not None and a.hit == b.hit and is_place(a.hit)


def _opens(reading: Reading, sentence: Sentence, chunk: _Chunk) -> bool:
    token = sentence.tokens[chunk.first]
    if is_place(chunk.hit):
        return True
    if not chunk.capital or chunk.hit is not None or reading.is_date(token.start):
        return False
    if token.text.isupper() and len(token.text) <= _ACRONYM:
        return False
    if chunk.first == chunk.last and of_noun(token.text) is None:
        if token.pos in _NO_NAME or token.ent in ("DATE", "TIME"):
            return False
        if token.ent == "NORP" and not _before_noun(sentence, chunk.last) and not is_put(sentence, token.i):
            return False
        if token.lower in common_words() or token.lower in words_of("source-noun"):
            return False
        if {token.lemma, token.lower.removesuffix("s")} & words_of("event") or token.lower in PREPOSITIONS:
            return False
    return True


def _before_noun(sentence: Sentence, last: int) -> bool:
    """ "in Tarmakan village", "the town of Huari", "near Huari": what looks like a people's name is a place's."""
    tokens = sentence.tokens
    before = tokens[last - 1] if last else None
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if before is None:
        return False
    if before.lower == "of" and last > 1:
        return of_noun(tokens[last - 2].text) is not None
    if tokens[last].tag == "NNP" and following is not None and of_noun(following.text) not in (None, "settlement"):
        return before.lower in PREPOSITIONS or before.lower == "the"
    if before.lower not in PREPOSITIONS:
        return False
    settled = following is not None and following.tag == "NN" and of_noun(following.text) in ("settlement", "district")
    alone = following is None or following.pos in ("PUNCT", "ADP", "VERB", "SCONJ")
    named = before.lower != "in" or tokens[last].tag == "NNP" or (following is not None and following.text == ",")
    return settled or (alone and named)


def _cut(sentence: Sentence, run: Sequence[_Chunk]) -> Iterator[Name]:
    """The places in a run: "Bagram Air Base" is one, "Aleppo Syria" two, "Aleppo Media Center" none."""
    pieces = _pieces(run)
    first, last = run[0].first, run[-1].last
    if len(pieces) == 1:
        hit = pieces[0][2]
        yield Name(first, last, hit, None if hit else _noun_grain(sentence, run))
        return
    closing = _grain_of(sentence.tokens[last].text) if pieces[-1][2] is None else None
    if closing is not None:
        head = pieces[0][2]
        yield Name(first, last, None, closing, head)
    elif any(sentence.tokens[c.first].text in _INNER for c in run):
        yield Name(first, last)  # "Santiago de Compostela": no Santiago that we know
    elif all(hit is not None for _, _, hit in pieces):
        yield from (Name(a, b, hit) for a, b, hit in pieces)
    elif pieces[0][2] is None and all(hit is not None for _, _, hit in pieces[1:]):
        a, b, _ = pieces[0]
        if sentence.tokens[b].lower in words_of("direction") and a == b:
            yield Name(a, pieces[1][1], pieces[1][2])
            yield from (Name(a, b, hit) for a, b, hit in pieces[2:])
        elif sentence.tokens[a].lower in words_of("place-lead") and a == b:
            yield Name(first, last, None, _noun_grain(sentence, run))  # "Avenida Caracas"
        elif all(hit is not None and hit.kind == "place" for _, _, hit in pieces[1:]):
            yield Name(first, last, None, None)  # "Kesra Tala": no Tala that we know
        else:
            yield Name(a, b, None, _noun_grain(sentence, [c for c in run if c.last <= b]))
            yield from (Name(a, b, hit) for a, b, hit in pieces[1:])
    elif _is_longer_name(sentence, run):
        yield Name(first, last, None, _noun_grain(sentence, run), pieces[0][2])


def _is_longer_name(sentence: Sentence, run: Sequence[_Chunk]) -> bool:
    """ "in San Jose Las Flores", "the Kano Line terminal": a name that only begins like a known one."""
    tokens = sentence.tokens
    first, last = run[0].first, run[-1].last
    titles = words_of_any("courtesy-title", "office-holder", "source-noun", "document-noun")
    if any(t.lower in titles or t.text.isupper() for t in tokens[first : last + 1]):
        return False
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is not None and following.text.islower() and of_noun(following.text) is not None:
        return True
    plain = following is None or following.pos not in ("NOUN", "PROPN", "VERB", "AUX")
    of = first > 1 and tokens[first - 1].lower == "of" and is_noun(tokens[first - 2].text)
    return plain and first > 0 and (of or tokens[first - 1].lower in PREPOSITIONS)


def _noun_grain(sentence: Sentence, run: Sequence[_Chunk]) -> str | None:
    if len(run) < 2:
        return None
    if sentence.tokens[run[0].first].lower in words_of("place-lead"):
        return of_noun(sentence.tokens[run[0].first].text) or "terrain"
    return _grain_of(sentence.tokens[run[-1].last].text)


def _grain_of(word: str) -> str | None:
    """The grain of a noun that closes a name: a "Center" is a site there."""
    return of_noun(word) or ("site" if word.lower() in words_of("hall") else None)


def _pieces(run: Sequence[_Chunk]) -> list[tuple[int, int, NameHit | None]]:
    """The run as (first, last, known place) pieces; unknown words that stand together are one piece."""
    pieces: list[tuple[int, int, NameHit | None]] = []
    for chunk in run:
        hit = chunk.hit if is_place(chunk.hit) else None
        if pieces and pieces[-1][2] == hit:
            pieces[-1] = (pieces[-1][0], chunk.last, hit)
        else:
            pieces.append((chunk.first, chunk.last, hit))
    return pieces
