"""Finds names in a text: longest match over words, then readings settled by what else the text names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.gazetteer.context import (
    follows_a_name,
    is_headline,
    leads_a_name,
    prefixed,
    preposition_before,
    shouted,
    the_before,
)
from kg.gazetteer.index import REGION_WORDS, PlaceForm, PlaceIndex
from kg.gazetteer.records import NameHit
from kg.gazetteer.tables import Form, Pattern, Tables
from kg.gazetteer.words import ARTICLES, GENERIC, Word, case_fits, joins, word_list, words

_PRIORITY = (
    "state", "territory", "armed-force", "government-body", "organisation", "armed-group", "media-outlet", "person"
)  # fmt: skip
_ADJECTIVES = word_list("adjective")
_OFFICIAL = ("armed-force:", "government-body:")
_HANDLE = ("_", "@", "#")  # account names and tags
_LONGEST_PHRASE = 5
_BODIES = ("government-body", "armed-force", "organisation", "armed-group")


@dataclass(frozen=True, slots=True)
class _Span:
    """A candidate: words `first` to `last` (exclusive) of the text and what they may name."""

    first: int
    last: int
    forms: tuple[Form, ...] = ()
    places: tuple[PlaceForm, ...] = ()
    region: bool = False
    pattern: bool = False  # forms are made from a body pattern
    nothing: bool = False  # "Korean War": no name


class Matcher:
    """The dictionaries of all names, ready to be looked up word by word."""

    def __init__(self, tables: Tables, places: PlaceIndex) -> None:
        self._tables = tables
        self._places = places
        lengths: dict[str, set[int]] = {}  # by the first word of a name, or by its first two
        self._small: set[str] = set()
        for folded in (*tables.forms, *places.forms, *tables.not_names):
            first, _, rest = folded.partition(" ")
            begun = f"{first} {rest.partition(' ')[0]}" if rest else first
            lengths.setdefault(first, set())
            lengths.setdefault(begun, set()).add(rest.count(" ") + 2 if rest else 1)
        for folded, forms in tables.forms.items():
            if folded.startswith(ARTICLES) or any(form.written[0][0].islower() for form in forms):
                self._small.add(folded.partition(" ")[0])
        for folded, spelled in places.forms.items():
            if any(form.written[0][0].islower() for form in spelled):
                self._small.add(folded.partition(" ")[0])
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def find(self, text: str) -> list[NameHit]:
        """The names in `text`, in order, without overlaps, the longest first where two would overlap."""
        seen = words(text)
        spans = self._candidates(text, seen)
        present = {f.key for span in spans for f in span.forms if f.kind == "person" and f.how in ("name", "alias")}
        spans = [kept for span in spans if (kept := self._without_surnames(span, present)) is not None]
        taken = bytearray(len(seen))
        hits: list[tuple[NameHit, bool]] = []
        for span in sorted(spans, key=lambda s: (s.first - s.last, s.pattern, s.first)):
            if any(taken[span.first : span.last]):
                continue
            hit = None if span.nothing else self._read(text, seen, span)
            if hit is not None:
                hits.append(hit)
            if hit is not None or span.nothing:
                taken[span.first : span.last] = b"\1" * (span.last - span.first)
        hits.sort(key=lambda pair: pair[0].start)
        return self._settled(self._defined(text, hits))

    def _candidates(self, text: str, seen: list[Word]) -> list[_Span]:
        spans: list[_Span] = []
        lengths, small = self._lengths, self._small
        for first, word in enumerate(seen):
            if word.text[0].islower() and word.folded not in small:
                continue
            known = lengths.get(word.folded)
            after = seen[first + 1].folded if known is not None and first + 1 < len(seen) else ""
            for length in (*lengths.get(f"{word.folded} {after}", ()), *(known or ())):
                span = self._look_up(text, seen, first, first + length)
                if span is not None:
                    spans.append(span)
                    spans.extend(self._extensions(text, seen, span))
            else:
                if known is None and len(word.text) > 3 and word.text[-1] == "s":
                    spans.extend(self._lost_apostrophe(text, seen, first))
        return spans

    def _look_up(self, text: str, seen: list[Word], first: int, last: int) -> _Span | None:
        if last > len(seen):
            return None
        folded = seen[first].folded if last == first + 1 else " ".join(w.folded for w in seen[first:last])
        forms, places = self._tables.forms.get(folded, ()), self._places.forms.get(folded, ())
        nothing = folded in self._tables.not_names
        if not (forms or places or nothing):
            return None
        if not all(joins(text, seen[i], seen[i + 1]) for i in range(first, last - 1)):
            return None
        if nothing:
            return _Span(first, last, nothing=True)
        written = [w.text for w in seen[first:last]]
        fitting = tuple(f for f in forms if case_fits(written, f.written))
        fitting_places = tuple(f for f in places if case_fits(written, f.written))
        return _Span(first, last, fitting, fitting_places) if fitting or fitting_places else None

    def _lost_apostrophe(self, text: str, seen: list[Word], first: int) -> Iterable[_Span]:
        """Names of states and acronyms whose apostrophe a copy has lost: "Syrias army", "SANAs reporter"."""
        word = seen[first]
        bare = word._replace(text=word.text[:-1], end=word.end - 1, folded=word.folded[:-1])
        acronym = bare.text.isupper()
        forms = tuple(
            f
            for f in self._tables.forms.get(bare.folded, ())
            if f.written == (bare.text,) and not f.ambiguous and (acronym or (f.kind == "state" and f.how == "name"))
        )
        if forms:
            seen[first] = bare
            span = _Span(first, first + 1, forms)
            return [span, *self._extensions(text, seen, span)]
        return []

    def _extensions(self, text: str, seen: list[Word], span: _Span) -> list[_Span]:
        """Longer readings that begin or end with a name: "Idlib province", "the Sudanese army", "Army of Sudan"."""
        found: list[_Span] = []
        if (
            span.last < len(seen)
            and seen[span.last].folded in REGION_WORDS
            and joins(text, seen[span.last - 1], seen[span.last])
            and self._places.ranked(list(span.places), regions_only=True)
        ):
            found.append(replace(span, last=span.last + 1, forms=(), region=True))
        owners = tuple(f for f in span.forms if f.kind in ("state", "territory"))
        if owners:
            found.extend(self._bodies_after(text, seen, span, owners))
            found.extend(self._bodies_before(text, seen, span, owners))
        return found

    def _bodies_after(self, text: str, seen: list[Word], span: _Span, owners: tuple[Form, ...]) -> Iterable[_Span]:
        begin = span.last
        if begin < len(seen) and seen[begin].folded in _ADJECTIVES:
            begin += 1
        for first in {span.last, begin}:
            for last in range(first + 1, min(first + _LONGEST_PHRASE, len(seen)) + 1):
                if not joins(text, seen[last - 2], seen[last - 1]):
                    break
                pattern = self._tables.patterns.get(" ".join(w.folded for w in seen[first:last]))
                if pattern is None or (pattern.role == "police" and any(o.how == "metonym" for o in owners)):
                    continue
                yield _Span(span.first, last, self._bodies(pattern, owners), pattern=True)

    def _bodies_before(self, text: str, seen: list[Word], span: _Span, owners: tuple[Form, ...]) -> Iterable[_Span]:
        at = span.first - 1
        if at >= 0 and seen[at].folded == "the":
            at -= 1
        if at < 1 or seen[at].folded not in ("of", "in"):
            return
        for first in range(max(0, at - _LONGEST_PHRASE), at):
            pattern = self._tables.patterns.get(" ".join(w.folded for w in seen[first:at]))
            if pattern is None or not all(joins(text, seen[i], seen[i + 1]) for i in range(first, span.first)):
                continue
            if seen[at].folded == "in" and not pattern.role.endswith(("-ministry", "government")):
                continue
            yield _Span(first, span.last, self._bodies(pattern, owners), pattern=True)
            return

    def _bodies(self, pattern: Pattern, owners: tuple[Form, ...]) -> tuple[Form, ...]:
        """The owners' bodies of a pattern; the pattern is the cue that settles "Jordan's army"."""
        forms = []
        for owner in owners:
            key = self._tables.body(owner.key, pattern)
            forms.append(Form((), key, key.split(":")[0], "pattern", False))
        return tuple(forms)

    def _without_surnames(self, span: _Span, present: set[str]) -> _Span | None:
        """The span without the surnames of people whom the text does not name in full; None if nothing is left."""
        if not any(form.how == "surname" for form in span.forms):
            return span
        named = tuple(f for f in span.forms if f.how != "surname" or f.key in present)
        if not any(form.how == "surname" for form in named):
            named = tuple(f for f in span.forms if f.how != "surname" or f.key in self._tables.famous)
        return replace(span, forms=named) if named or span.places else None

    def _read(self, text: str, seen: list[Word], span: _Span) -> tuple[NameHit, bool] | None:
        """The hit of a span, and whether its surroundings forbid that the rest of the text makes it sure."""
        start, end = seen[span.first].start, seen[span.last - 1].end
        if text[end : end + 1] == ")" and "(" in text[start:end]:
            end += 1
        written = tuple(word.text for word in seen[span.first : span.last])
        accented = not text[start:end].isascii()  # "Libération" with its accent is no English word
        sure = tuple(f for f in span.forms if not f.ambiguous or (accented and f.written == written))
        forms = sure or span.forms
        if not sure and span.places and all(f.how == "metonym" or f.kind == "person" for f in forms):
            forms = ()
        if not forms:
            keys = self._places.ranked(list(span.places), regions_only=span.region)
            ambiguous = not span.region and all(form.ambiguous for form in span.places)
            how = "name" if any(form.how == "name" for form in span.places) else "alias"
            hit = NameHit(start, end, text[start:end], "place", keys, how, ambiguous)
        else:
            forms = tuple(sorted(forms, key=lambda form: _PRIORITY.index(form.kind)))
            kind = forms[0].kind
            keys = tuple(dict.fromkeys(form.key for form in forms if form.kind == kind))
            ambiguous = not sure or len({form.key for form in forms}) > 1
            hit = NameHit(start, end, text[start:end], kind, keys, forms[0].how, ambiguous)
        return self._in_context(text, seen, span, hit)

    def _in_context(self, text: str, seen: list[Word], span: _Span, hit: NameHit) -> tuple[NameHit, bool] | None:
        if text[hit.start - 1 : hit.start] in _HANDLE or text[hit.end : hit.end + 1] == "_":
            return None
        if hit.kind == "media-outlet" and hit.ambiguous and leads_a_name(text, seen, span.last):
            return None
        if hit.ambiguous and hit.kind in _BODIES and self._part_of_a_name(text, seen, span):
            return None
        # "the Guardian", "the AP", "the KIA"; but "the National Guard" may be anyone's
        definite = hit.kind == "media-outlet" or (hit.kind in _BODIES and hit.words.isupper())
        dateline = (
            hit.kind == "media-outlet" and text[hit.start - 1 : hit.start] == "(" and text[hit.end : hit.end + 1] == ")"
        )
        if hit.ambiguous and len(hit.keys) == 1 and (dateline or (definite and the_before(text, seen, span.first))):
            hit = replace(hit, ambiguous=False)
        if hit.kind == "state" and hit.how == "name" and not span.places and preposition_before(text, seen, span.first):
            hit = replace(hit, ambiguous=len(hit.keys) > 1)
        acronym = hit.words.isupper() and len(hit.words) <= 4
        doubtful = prefixed(text, hit.start) or (acronym and shouted(seen, span.first, span.last))
        if hit.how in ("surname", "metonym") and not is_headline(text, hit.start):
            doubtful = doubtful or follows_a_name(text, seen, span.first)
            doubtful = doubtful or (hit.how == "surname" and leads_a_name(text, seen, span.last))
        return (replace(hit, ambiguous=True), True) if doubtful else (hit, False)

    def _part_of_a_name(self, text: str, seen: list[Word], span: _Span) -> bool:
        """ "Observatory" in "the Mara Observatory": words for a kind of body inside a longer, unknown name."""
        generic = all(word.folded in GENERIC for word in seen[span.first : span.last])
        return generic and (follows_a_name(text, seen, span.first) or leads_a_name(text, seen, span.last))

    def _defined(self, text: str, hits: list[tuple[NameHit, bool]]) -> list[tuple[NameHit, bool]]:
        """The hits after the acronyms that the text itself explains: "Reporters Without Borders (RSF)"."""
        meant: dict[str, NameHit] = {}
        for (name, _), (short, _) in pairwise(hits):
            if text[name.end : short.start] == " (" and text[short.end : short.end + 1] == ")" and not name.ambiguous:
                forms = self._tables.forms.get(" ".join(word.folded for word in words(short.words)), ())
                if any(form.key == name.keys[0] for form in forms):
                    meant.setdefault(short.words, name)
        return [
            (replace(hit, kind=meant[hit.words].kind, keys=meant[hit.words].keys, ambiguous=False), False)
            if hit.words in meant
            else (hit, doubtful)
            for hit, doubtful in hits
        ]

    def _settled(self, hits: list[tuple[NameHit, bool]]) -> list[NameHit]:
        """The hits with an ambiguous one made sure by an unambiguous name of one of its readings, or of its state."""
        known = {hit.keys[0] for hit, _ in hits if not hit.ambiguous and len(hit.keys) == 1 and hit.kind != "place"}
        states = known | {
            self._tables.actors[key].state for key in known if key.startswith(_OFFICIAL) and key in self._tables.actors
        }
        settled = []
        for hit, doubtful in hits:
            if hit.ambiguous and not doubtful and hit.kind != "place":
                fitting = [key for key in hit.keys if key in known]
                if not fitting and hit.kind in _BODIES and hit.how != "pattern":
                    fitting = [key for key in hit.keys if self._tables.actors[key].state in states]
                if len(fitting) == 1:
                    hit = replace(hit, keys=(fitting[0],), ambiguous=False)
            settled.append(hit)
        return settled
