"""Named people and the side that the article gives them, wherever it does: titles, appositions, "who led X".

Not covered: sides that a whole sentence of its own gives ("He fought for X for years").
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.sources.naming import is_person_noun
from kg.claims.whose.owners import OWNERS, is_person_word, is_related_only, owner_after, ref_of
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef, Evidence
from kg.nlp import Sentence, Token

_BACK = 10  # words of a title before a name
_TITLE_POS = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "PART", "ADV"})
_ON = 16  # words of an apposition after it


@dataclass(frozen=True, slots=True)
class Members:
    """The sides of the people whom an article names, by the words of their names."""

    reading: Reading
    known: tuple[tuple[tuple[str, ...], ActorRef], ...]  # (words of the name in lower case, side)

    def side(self, sentence: Sentence, first: int, last: int) -> ActorRef | None:
        """The side of the person named by the tokens `first`..`last`; None also where namesakes differ."""
        own = _reference(sentence, first, last, self.reading) or own_side(sentence, first, last, self.reading)
        if own is not None:
            return own
        words = _words(sentence, first, last)
        told = [ref for name, ref in self.known if name == words] or [
            ref for name, ref in self.known if set(words) <= set(name) or (len(words) > 1 and set(name) <= set(words))
        ]
        factions = [ref for ref in told if ref.actor.kind == "armed-group"]
        if told and len({ref.actor.key for ref in factions or told}) == 1:
            return (factions or told)[0]
        return None


def find_members(reading: Reading) -> Members:
    """The people of an article with the sides that their titles and appositions give them."""
    known = []
    for sentence in reading.sentences:
        for first, last in names(sentence, reading):
            side = _reference(sentence, first, last, reading) or own_side(sentence, first, last, reading)
            if side is not None:
                known.append((_words(sentence, first, last), side))
    return Members(reading, tuple(known))


def names(sentence: Sentence, reading: Reading) -> list[tuple[int, int]]:
    """The names of people in a sentence without their titles: first and last token."""
    runs: list[tuple[int, int]] = []
    run: list[Token] = []
    hits = reading.named()
    for token in (*sentence.tokens, None):
        if token is not None and _in_name(token, hits.get(token.start)):
            run.append(token)
            continue
        while run and is_person_noun(run[0].lower):
            run.pop(0)
        if run:
            runs.append((run[0].i, run[-1].i))
        run = []
    return runs


def _in_name(token: Token, hit: NameHit | None) -> bool:
    if hit is not None and hit.kind != "media-outlet":
        return hit.kind == "person"
    return token.ent == "PERSON" and (token.pos == "PROPN" or token.text == "-")


def own_side(sentence: Sentence, first: int, last: int, reading: Reading) -> ActorRef | None:
    """The side that the words around a name give: before it, behind it; an armed group beats a state."""
    found = [*_before(sentence, first, reading), *_behind(sentence, last, reading)]
    return next((r for r in found if r.actor.kind == "armed-group"), found[0] if found else None)


def _before(sentence: Sentence, first: int, reading: Reading) -> list[ActorRef]:
    """ "X leader NAME", "the leader of X, NAME": the words up to a verb or another comma."""
    tokens, i = sentence.tokens, first - 1
    apart = i >= 0 and tokens[i].text == ","
    if apart:
        i -= 1
    end = i
    if i < 0 or (not apart and not is_person_word(sentence, tokens[i], reading)):
        return []
    while i >= 0 and end - i < _BACK and (_in_title(tokens[i]) or _lists_titles(sentence, i, reading)):
        i -= 1
    return _memberships(sentence, i + 1, end, reading) if end > i else []


def _in_title(token: Token) -> bool:
    return token.pos in _TITLE_POS or token.dep in ("compound", "amod", "nmod")


def _lists_titles(sentence: Sentence, i: int, reading: Reading) -> bool:
    """The comma or "and" of "X singer, actor, and advocate NAME", and the hyphen of "al-X"."""
    tokens = sentence.tokens
    if tokens[i].text == "-":
        return True
    if tokens[i].lower not in (",", "and") or i == 0:
        return False
    before = tokens[i - 1]
    return before.text == "," or (before.tag in ("NN", "NNP") and is_person_word(sentence, before, reading))


def _behind(sentence: Sentence, last: int, reading: Reading) -> list[ActorRef]:
    """ "NAME, leader of X,", "NAME (X)", "NAME, who led X,": up to the comma or full stop that closes it."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text not in (",", "("):
        after = owner_after(sentence, last, reading) if last + 1 < len(tokens) else None
        return [after[0]] if after is not None and after[2] and tokens[last + 1].lower == "of" else []
    opening = tokens[last + 1].text
    end = last + 2
    relative = tokens[end].lower in ("who", "whose")
    while end < len(tokens) and end - last < _ON and tokens[end].text not in (",", ")", ";", ".", "—", "–"):
        if not relative and tokens[end].tag in ("VBD", "VBZ", "VBP", "MD") and tokens[end].lower != "who":
            break
        relative = relative or tokens[end].lower == "who"
        end += 1
    if opening == "(":
        hit = reading.name_at(tokens[last + 2].start)
        if hit is not None and hit.kind == "armed-group":
            return [ref_of(hit, reading)]
    return _memberships(sentence, last + 2, end - 1, reading)


def office_state(sentence: Sentence, last: int, reading: Reading) -> ActorRef | None:
    """ "General NAME, the governor of PLACE,": the state in which the place of a soldier's office lies."""
    tokens, i = sentence.tokens, last + 1
    if i >= len(tokens) or tokens[i].text != ",":
        return None
    for token in tokens[i + 1 : i + _BACK]:
        if token.lower in ("of", "in") and tokens[token.i - 1].pos in ("NOUN", "PROPN") and token.i + 1 < len(tokens):
            hit = reading.name_at(tokens[token.i + 1].start)
            lands = (
                {gazetteer().place(key).country for key in hit.keys}
                if hit is not None and hit.kind == "place"
                else set()
            )
            state = lands.pop() if len(lands) == 1 else None
            if hit is None or state is None:
                return None
            words = reading.document.evidence(hit.start, hit.end)
            return ActorRef(actor=gazetteer().actor(state), evidence=words, basis="inferred")
        if token.pos not in _TITLE_POS:
            return None
    return None


def _memberships(sentence: Sentence, first: int, last: int, reading: Reading) -> list[ActorRef]:
    """Owners of somebody among the words: next to a word for a person, after its "of", or what one led or served."""
    tokens = sentence.tokens
    found: list[ActorRef] = []
    for token in tokens[first : last + 1]:
        if _is_member(sentence, token, reading):
            found.extend(_modifier(sentence, first, token.i, reading))
            after = owner_after(sentence, token.i, reading)
            if after is not None and after[1] <= last:
                found.append(after[0])
        elif token.lemma in words_of("membership-verb") and token.pos == "VERB":
            found.extend(
                ref_of(h, reading)
                for h in _hits(sentence, token.i + 1, min(last, token.i + 5), reading)
                if h.kind == "armed-group"
            )
    return found


def _is_member(sentence: Sentence, token: Token, reading: Reading) -> bool:
    plural = token.tag in ("NNS", "NNPS")
    return not plural and is_person_word(sentence, token, reading) and token.lower not in words_of("not-member")


def _modifier(sentence: Sentence, first: int, noun: int, reading: Reading) -> list[ActorRef]:
    """The nearest owner in the modifiers of a noun: "a senior X commander", "X's military chief"."""
    start = noun
    while start > first and (
        sentence.tokens[start - 1].pos in ("ADJ", "NOUN", "PROPN", "PART", "ADV")
        or sentence.tokens[start - 1].tag in ("HYPH", "POS", "VBN", "VBG")
        or sentence.tokens[start - 1].text == "-"
    ):
        start -= 1
    hits = _hits(sentence, start, noun - 1, reading) if start < noun else []
    return [ref_of(hits[-1], reading)] if hits else []


def _hits(sentence: Sentence, first: int, last: int, reading: Reading) -> list[NameHit]:
    tokens = sentence.tokens
    if first > last or first >= len(tokens):
        return []
    found = []
    for hit in reading.names_in(tokens[first].start, tokens[min(last, len(tokens) - 1)].end):
        covered = sentence.between(hit.start, hit.end)
        owns = hit.kind in OWNERS and hit.how != "metonym" and not (hit.kind == "territory" and hit.how == "name")
        if owns and covered and not is_related_only(sentence, covered[0].i, covered[-1].i, hit.kind == "armed-group"):
            found.append(hit)
    return found


def _reference(sentence: Sentence, first: int, last: int, reading: Reading) -> ActorRef | None:
    """What the tables say of a person, where the name is that person's and not a relative's ("Hamza X")."""
    hit = reading.name_at(sentence.tokens[last].start)
    if hit is None or hit.kind != "person":
        return None
    before = sentence.tokens[first]
    namesake = hit.how == "surname" and before.start < hit.start and before.ent == "PERSON"
    side = gazetteer().side(hit.keys[0])
    if side is None or namesake:
        return None
    words = reading.document.article.text[hit.start : hit.end]
    return ActorRef(actor=side, evidence=Evidence(hit.start, hit.end, words), basis="inferred")


def _words(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    return tuple(t.lower for t in sentence.tokens[first : last + 1] if t.text != "-" and t.tag != "POS")
