"""How strong a force is said to be: "rebels, who number 9,000", "the force is to swell to 4,000".

Covered: verbs of numbering, estimates after a comma, the number of forces put at or growing to a figure. Not
covered: the strength of a crowd, a population or the police; a figure that is not of people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.claims.counts.group import Group
from kg.claims.moves.forces import fighter_phrase, force_phrase, is_force
from kg.claims.moves.move import Move
from kg.claims.moves.movement import is_negated, open_question, status_of
from kg.claims.moves.units import unit_phrase
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.numerals import number_pattern, read_number
from kg.model import Amount
from kg.nlp import Sentence, Token

REACH = 12  # tokens from a force to the number that says its strength
SOFT = frozenset({"about", "around", "some", "roughly", "approximately", "nearly", "almost", "over", "up", "to"})

_MEN = re.compile(r"[- ](?:strong|man|member|soldier|troop)\b", re.IGNORECASE)


def strengths(sentence: Sentence, groups: Sequence[Group], reading: Reading) -> list[Move]:
    """The moves of a sentence that state the strength of a force; the force stands before its number."""
    moves = []
    for group in groups:
        if group.amount is None or (group.head is not None and not _of_men(sentence, group)):
            continue
        if group.head is None and not without_noun(sentence, group):
            continue
        cue = cue_of(sentence, group)
        if cue is None:
            continue
        estimates = group.amount.evidence.words.lower().startswith("estimated at") or _is_strong(sentence, group)
        found = (
            _numbering(sentence, cue, reading, estimates=estimates)
            or _changing(sentence, cue, reading)
            or _put(sentence, cue, reading)
        )
        if found is None or open_question(sentence, found[1]):
            continue
        force, verb, status = found
        if force.last >= group.first or group.first - force.last > REACH:
            continue
        if verb.lemma not in words_of("numbering-verb"):  # "rebels believed to number 900" are there
            status = status_of(sentence, verb, status)
        moves.append(_move(sentence, verb, force, group, status, f"strength.{verb.lemma}"))
    return moves


def _move(sentence: Sentence, verb: Token, force: Group, number: Group, status: str, rule: str) -> Move:
    return Move(
        sentence=sentence,
        anchor=verb.i,
        first=min(force.first, number.first),
        last=number.last,
        amount=number.amount,
        group=force,
        status=status,
        subject=None,
        wave=None,
        purpose=None,
        counted=True,
        negated=is_negated(sentence, verb),
        rule=rule,
    )


def sized(sentence: Sentence, reading: Reading) -> list[Move]:
    """ "a 5,000-strong contingent", "the 600-man battalion": a number of men that says how big a force is."""
    moves = []
    tokens = sentence.tokens
    first = tokens[0].start if tokens else 0
    if not _MEN.search(reading.document.masked, first, sentence.end):
        return []  # the numbers' pattern is slow, and few sentences size a force so
    for match in _sized().finditer(reading.document.masked, first, sentence.end):
        inside = sentence.between(match.start(), match.end())
        beyond = tokens[inside[-1].i + 1 : inside[-1].i + 5] if inside else ()
        named = next((t for t in beyond if _is_unit(sentence, t)), None)
        value = read_number(match["number"])
        if named is None or value is None:
            continue
        between = tokens[inside[-1].i + 1 : named.i]
        if any(t.pos not in ("ADJ", "NOUN", "PROPN") or t.lower in words_of("police") for t in between):
            continue
        evidence = reading.evidence(sentence, inside[0].i, inside[-1].i)
        amount = Amount(evidence=evidence, low=int(value), high=int(value))
        group = Group(inside[0].i, named.i, named.i, amount, False, "military", inside[-1].i + 1, named.i)
        verb = tokens[named.head] if tokens[named.head].pos == "VERB" else named
        status = "planned" if verb.lemma in words_of("plan") else status_of(sentence, verb, "present")
        if named.dep == "nsubj" and verb.lemma in words_of("getting-verb"):
            status = "present"  # "the 600-man battalion will get new trucks"
        moves.append(_move(sentence, verb, group, group, status, "strength.sized"))
    return moves


def _is_unit(sentence: Sentence, noun: Token) -> bool:
    if noun.lemma.lower() in words_of_any("troop-unit", "strength-noun"):
        return True
    before = sentence.tokens[noun.i - 1].lower if noun.i else ""
    return noun.lower in ("group", "team") and before in words_of("group-of-arms")  # "a 600-strong battle group"


def of_men(sentence: Sentence, group: Group, reading: Reading) -> Move | None:
    """ "plans a force of 4,200", "a garrison of 450 men": a force by its size, where no verb says that it moves."""
    lead = led_by(sentence, group)
    if lead < 1 or sentence.tokens[lead].lower != "of" or group.amount is None:
        return None
    if group.head is None and not without_noun(sentence, group):
        return None
    if group.head is not None and not _of_men(sentence, group):
        return None
    noun = sentence.tokens[lead - 1]
    if not _is_unit(sentence, noun) and noun.lower not in words_of("strength"):
        return None
    civil = words_of_any("police", "civil-force")
    if any(t.lower in civil for t in sentence.tokens[max(0, lead - 3) : lead]):
        return None
    force = _phrase(sentence, noun.i, reading) or Group(noun.i, noun.i, noun.i, None, False, "military", noun.i, noun.i)
    verb = next((a for a in (noun, *sentence.ancestors(noun.i)) if a.pos in ("VERB", "AUX")), noun)
    future = verb.lemma in words_of("plan") or any(
        c.lower in ("will", "shall") for c in sentence.children(verb.i, "aux")
    )
    status = "planned" if future else status_of(sentence, verb, "present")
    people = group if group.head is not None else force
    return replace(_move(sentence, verb, force, group, status, "strength.of"), group=replace(people, role="military"))


@cache
def _sized() -> re.Pattern[str]:
    return re.compile(rf"(?P<number>{number_pattern()}){_MEN.pattern}", re.IGNORECASE)


def cue_of(sentence: Sentence, group: Group) -> Token | None:
    """The word that gives an amount to a force: what governs it, or the verb of exceeding that it begins with."""
    first = sentence.tokens[group.first]
    if first.lemma in words_of("exceed-verb"):
        return first
    lead = led_by(sentence, group)
    return sentence.tokens[lead] if lead >= 0 else None


def _is_strong(sentence: Sentence, group: Group) -> bool:
    return any(t.lower == "strong" for t in sentence.tokens[group.last + 1 : group.last + 2])


def led_by(sentence: Sentence, group: Group) -> int:
    """The token that governs an amount from before: past "about", "up to", "some"."""
    i = group.first - 1
    while i >= 0 and (sentence.tokens[i].lower in SOFT - {"to"} or sentence.tokens[i].tag == "RB"):
        i -= 1
    return i


def without_noun(sentence: Sentence, group: Group) -> bool:
    """Nothing that could be what was counted follows: "grow to 4,000 by May", not "to 4,000 dollars"."""
    rest = sentence.tokens[group.last + 1 : group.last + 2]
    if rest and rest[0].lower == "strong":
        return True  # "the battalion, 600 strong,"
    return not rest or rest[0].pos in ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "AUX", "VERB")


def _of_men(sentence: Sentence, group: Group) -> bool:
    head = sentence.tokens[group.head if group.head is not None else group.last]
    return is_force(sentence, group) or head.lower in words_of("armed-people")


def _phrase(sentence: Sentence, i: int, reading: Reading) -> Group | None:
    return force_phrase(sentence, i) or fighter_phrase(sentence, i, reading) or unit_phrase(sentence, i)


def _numbering(sentence: Sentence, cue: Token, reading: Reading, *, estimates: bool) -> tuple[Group, Token, str] | None:
    """ "the guerrillas number 3,500", "rebels, numbering 900", "insurgents, estimated at 6,000"."""
    tokens = sentence.tokens
    if (cue.text == "," or cue.lemma == "be") and estimates:
        force = _phrase(sentence, cue.i - 1, reading) if cue.i else None
        return (force, cue, "present") if force is not None else None
    estimated = cue.lower == "at" and cue.i > 0 and tokens[cue.i - 1].lower in ("estimated", "numbered")
    if not estimated and cue.lemma not in words_of("numbering-verb"):
        return None
    verb = tokens[cue.i - 1] if estimated else cue
    i = verb.i - 1
    while i >= 0 and (
        tokens[i].lower in ("who", "which", "now", ",", "are", "is", "were", "to", "believed", "said", "thought")
        or tokens[i].pos in ("AUX", "ADV")
    ):
        i -= 1
    force = (_phrase(sentence, i, reading) or _named_force(sentence, i)) if i >= 0 else None
    return (force, verb, "present") if force is not None else None


def _named_force(sentence: Sentence, i: int) -> Group | None:
    """ "the force now numbers 11,400": a single noun for all of them."""
    noun = sentence.tokens[i]
    if noun.lower not in words_of_any("strength-noun", "attacker-noun"):
        return None
    return Group(i, i, i, None, False, "fighter" if noun.tag == "NNS" else "military", i, i)


def _changing(sentence: Sentence, cue: Token, reading: Reading) -> tuple[Group, Token, str] | None:
    """ "the contingent will be increased to 800", "the number of troops fell to 2,000", "the force could reach 900"."""
    tokens = sentence.tokens
    verb = next(
        (
            t
            for t in reversed(tokens[max(0, cue.i - REACH) : cue.i + 1])
            if t.lemma in words_of_any("strength-verb", "bring-to")
        ),
        None,
    )
    reached = cue is verb and verb is not None and verb.lemma in words_of_any("exceed-verb", "reach-verb")
    if verb is None or (cue.lower != "to" and not reached):
        return None
    if any(t.tag in ("VBD", "VBZ", "VBP") or t.text == ";" for t in tokens[verb.i + 1 : cue.i]):
        return None
    between = tokens[verb.i + 1 : cue.i]
    before = tokens[max(0, verb.i - 8) : verb.i]
    for token in (*reversed(between), *reversed(before)):
        modifies = token.i + 1 < len(tokens) and tokens[token.i + 1].pos == "NOUN"
        if not modifies and token.lower in words_of_any("strength-noun", "force-noun"):
            force = _phrase(sentence, token.i, reading) or Group(
                token.i, token.i, token.i, None, False, "military", token.i, token.i
            )
            return force, verb, "present"
        if token.pos == "VERB" or (token.text in (",", ";") and token.i < verb.i):
            return None
    return None


def _put(sentence: Sentence, cue: Token, reading: Reading) -> tuple[Group, Token, str] | None:
    """ "put the number of mercenaries in the country at 2,000"."""
    if cue.lower != "at":
        return None
    before = sentence.tokens[max(0, cue.i - REACH) : cue.i]
    number = next((t for t in reversed(before) if t.lower in ("number", "strength", "size")), None)
    verb = next((t for t in reversed(sentence.tokens[: cue.i]) if t.lemma in words_of("put-at")), None)
    if number is None or verb is None:
        return None
    for token in sentence.tokens[number.i + 1 : cue.i]:
        force = force_phrase(sentence, token.i) or fighter_phrase(sentence, token.i, reading)
        if force is not None:
            return force, verb, "present"
    return None
