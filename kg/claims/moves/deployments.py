"""Forces sent, planned, present or withdrawn → deployment drafts.

Covered: forces with an amount and a verb of movement, announced movements without a number, presence with a
number, and what forces are used as. Not covered: equipment, police and rescue workers; back-references ("the
deployment") stay out of the flat records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.claims.counts.group import Group
from kg.claims.counts.groups import find_groups, may_count
from kg.claims.counts.verbs import group_at
from kg.claims.moves.announced import bare_movement, by_noun, counted_noun, employment
from kg.claims.moves.elided import find_elided
from kg.claims.moves.forces import fighter_phrase, force_phrase, is_force, presence, with_elided
from kg.claims.moves.move import Move
from kg.claims.moves.movement import (
    comes_back,
    confirmed,
    controller,
    goes_so,
    is_negated,
    leaves_place,
    open_question,
    progressive,
    purpose_of,
    status_of,
    wave,
    wished,
)
from kg.claims.moves.movers import arguments
from kg.claims.moves.strength import of_men, sized, strengths
from kg.claims.moves.units import reinforced, sized_unit, unit_phrase, with_armed, with_batches, with_wholes
from kg.lexicon import data_file, read_table
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import Guard
from kg.nlp import Sentence, Token


@cache
def _verbs() -> dict[tuple[str, str], str]:
    rows = read_table(
        data_file("deployment_verbs.tsv"), ("lemma", "voice", "status", "example"), key=("lemma", "voice")
    )
    return {(row["lemma"], row["voice"]): row["status"] for row in rows}


@cache
def _moving() -> Guard:
    """All verbs that `_by_verb` asks for."""
    lemmas = words_of_any("reinforce-verb", "use", "movement-subject")
    return Guard(lemmas=lemmas | {lemma for lemma, _ in _verbs()})


def find_moves(sentence: Sentence, reading: Reading, taken: frozenset[int], before: Sequence[Move] = ()) -> list[Move]:
    """The deployment drafts of a sentence.

    `taken` are tokens of groups that casualty rules have counted, `before` the drafts of the sentences before.
    """
    moving = _moving().passes(sentence)
    known = find_groups(sentence, reading, find_triggers(sentence)) if moving or may_count(sentence, reading) else []
    found = with_armed(sentence, with_elided(sentence, known))
    found = with_batches(sentence, with_wholes(sentence, found, reading), of_forces=bool(before))
    groups = [g for g in found if not taken & set(range(g.first, g.last + 1))]
    moves: list[Move] = [*sized(sentence, reading), *strengths(sentence, groups, reading)]
    groups = [g for g in groups if not any(m.first <= g.first and g.last <= m.last for m in moves)]
    moves.extend(counted_noun(sentence, groups))
    for token in sentence.tokens if moving else ():
        if token.pos in ("VERB", "AUX") or token.tag.startswith("VB"):
            move = _by_verb(sentence, token, groups, reading)
            if move is not None and not _overlaps(moves, move) and not taken & set(range(move.first, move.last + 1)):
                moves.append(move)
    if not moves:
        moves.extend(by_noun(sentence, reading))
    for group in groups:
        move = presence(sentence, group) or of_men(sentence, group, reading)
        if move is not None and not _overlaps(moves, move):
            moves.append(move)
    moves.sort(key=lambda m: m.first)
    return [*moves, *find_elided(sentence, groups, moves, before, _verbs(), reading)]


def _overlaps(moves: Sequence[Move], move: Move) -> bool:
    return any(
        m.first <= move.last
        and move.first <= m.last
        and (m.group is None or move.group is None or _same_force(m.group, move.group))
        for m in moves
    )


def _same_force(known: Group, group: Group) -> bool:
    """The same words, or a unit within "a 600-man battalion"."""
    inside = group.amount is None and known.first <= group.first and group.last <= known.last
    return known.first == group.first or inside


def _by_verb(sentence: Sentence, verb: Token, groups: Sequence[Group], reading: Reading) -> Move | None:
    for voice in ("object", "subject"):
        fresh = voice == "object" and verb.lemma in words_of("reinforce-verb")
        status = "deployed" if fresh else _verbs().get((verb.lemma, voice))
        if status is None:
            continue
        for i in reinforced(sentence, verb, groups) or arguments(sentence, verb, voice):
            group = _force_at(sentence, verb, i, groups, reading)
            group = group and _nationals(sentence, verb, group, reading)
            if group is None or not is_force(sentence, group) or group.implied:
                continue
            if not goes_so(sentence, verb, voice) or _dismissed(sentence, verb, group):
                continue
            gerund = verb.tag == "VBG" and not progressive(sentence, verb)
            if verb.lemma == "leave" and group.amount is None and not sentence.children(verb.i, "dobj"):
                continue
            if verb.lemma == "leave" and (gerund or not leaves_place(sentence, verb, reading)):
                continue
            if group.role == "police":
                continue
            return _move(sentence, verb, group, status, voice, reading)
    if verb.lemma in words_of("use"):
        return employment(sentence, verb, groups, reading)
    return bare_movement(sentence, verb, reading)


def _nationals(sentence: Sentence, verb: Token, group: Group, reading: Reading) -> Group:
    """ "around 700 Syrians were deploying": people of a nation who deploy or fight are forces."""
    head = sentence.tokens[group.head] if group.head is not None else None
    if head is None or group.amount is None or verb.lemma not in words_of("fighters-verb"):
        return group
    hit = reading.name_at(head.start)
    people = hit is not None and hit.how == "demonym" and head.tag in ("NNS", "NNPS")
    return replace(group, role="fighter") if people else group


def _dismissed(sentence: Sentence, verb: Token, group: Group) -> bool:
    """ "removed dozens of officers", "police sent 400 officers": no force that leaves or goes."""
    head = sentence.tokens[group.head if group.head is not None else group.last]
    if head.lemma not in words_of_any("officer-rank", "officer-noun"):
        return False
    subjects = [t for c in sentence.children(verb.i, "nsubj") for t in sentence.subtree(c.i)]
    return verb.lemma == "remove" or any(t.lower in words_of("police") for t in subjects)


def _force_at(sentence: Sentence, verb: Token, i: int, groups: Sequence[Group], reading: Reading) -> Group | None:
    """The forces at a token: counted, of a unit, or without an amount."""
    counted = _unit_of(sentence, i, groups)
    if counted is not None:
        return counted
    unit = unit_phrase(sentence, i)
    force = force_phrase(sentence, i) or fighter_phrase(sentence, i, reading)
    whole = unit or force or _unit(sentence, i)
    sized = sized_unit(sentence, whole, groups) if whole is not None else None
    if sized is not None:
        return sized
    group = unit or group_at(groups, i)
    if group is not None and (group.amount is not None or group is unit):
        return group
    departing = verb.lemma in words_of("departure-verb")
    force = force_phrase(sentence, i) or (force if departing else None)
    if group is None or (force is None and sentence.tokens[i].pos != "PROPN"):
        return force
    return group  # with its "its" or "the"


def _unit(sentence: Sentence, i: int) -> Group | None:
    """The unit at a token as a phrase of its own: "two companies"."""
    return Group(i, i, i, None, False, "military", i, i) if sentence.tokens[i].lemma in words_of("unit") else None


_DEFINITE = frozenset({"the", "those", "these", "his", "their", "its", "that", "such"})


def _move(sentence: Sentence, verb: Token, group: Group, status: str, voice: str, reading: Reading) -> Move | None:
    if open_question(sentence, verb):
        return None
    if _ordered_otherwise(sentence, verb, group) or (group.amount is None and verb.lemma in words_of("transport-verb")):
        return None
    if status == "deployed" and comes_back(sentence, verb):
        status = "withdrawn"
    announced = status_of(sentence, verb, status)
    subject = next((c.i for c in sentence.children(verb.i, "nsubj") if group_at([group], c.i) is None), None)
    if subject is None and voice == "object":
        subject = controller(sentence, verb, group)
    counted = group.amount is not None or _told(sentence, verb, group, announced, voice, subject)
    if group.amount is None and status == "present":
        counted = confirmed(sentence, verb) and "relcl" not in (verb.dep, sentence.tokens[verb.head].dep)
        if not counted:
            return None
    first, last = min(group.first, verb.i), max(group.last, verb.i)
    if group.amount is not None and last - first > 14:
        first, last = group.first, group.last
    return Move(
        sentence=sentence,
        anchor=verb.i,
        first=first,
        last=last,
        amount=group.amount,
        group=group,
        status=announced,
        subject=subject,
        wave=wave(sentence, reading),
        purpose=purpose_of(sentence, verb, group, reading),
        counted=counted,
        negated=is_negated(sentence, verb),
        rule=f"move.{verb.lemma}",
    )


def _ordered_otherwise(sentence: Sentence, verb: Token, group: Group) -> bool:
    """ "orders troops to end the siege": not sent anywhere."""
    after = [t for t in sentence.tokens[group.last + 1 : group.last + 4] if t.pos != "PUNCT"][:2]
    return (
        verb.lemma in words_of("object-control")
        and len(after) == 2
        and after[0].lower == "to"
        and after[1].pos not in ("DET", "PROPN", "ADJ", "NUM")
    )


def _told(sentence: Sentence, verb: Token, group: Group, status: str, voice: str, subject: int | None) -> bool:
    """Whether a movement without a number is told as news, not taken up again: "the troops that were sent"."""
    first = sentence.tokens[group.first].lower
    if verb.tag == "VBN" and verb.dep in ("acl", "amod"):
        return False
    if wished(sentence, verb):
        return False
    ahead = status in ("planned", "expected", "withdrawn")
    if first in ("its", "their", "his"):
        passive = bool(sentence.children(verb.i, "auxpass"))
        return ahead or (subject is not None and status == "deployed" and not passive)
    if first in _DEFINITE:
        words = {t.lower for t in sentence.tokens[group.first : group.last + 1]}
        end = status in ("withdrawn", "arrived", "deployed") and bool(words & words_of("remaining"))
        whole = sentence.tokens[group.last].lower in words_of("whole-force") and subject is not None
        after = sentence.tokens[group.last + 1 : group.last + 2]
        whole = whole and not (after and after[0].lower == "of")
        if first == "the" and whole and voice == "object" and status in ("deployed", "planned"):
            return True  # "has deployed the army in the capital"
        going = status in ("planned", "expected") and verb.lemma in words_of("departure-verb")
        return first == "the" and (going or end)
    unit = sentence.tokens[group.last].lemma.lower() in words_of("troop-unit")
    forces = sentence.tokens[group.last].lower in words_of("force-noun")
    arriving = voice == "subject" and status == "arrived" and forces
    sent = voice == "object" and status == "deployed" and forces and bool(sentence.children(verb.i, "auxpass"))
    return ahead or unit or arriving or sent or subject is not None or confirmed(sentence, verb)


def _unit_of(sentence: Sentence, i: int, groups: Sequence[Group]) -> Group | None:
    """ "a battalion of 500 men": the men, as soldiers."""
    batch = sentence.tokens[i].lemma in words_of("batch")
    if sentence.tokens[i].lemma not in words_of("unit") and not batch:
        return None
    for of in sentence.children(i, "prep"):
        for inner in sentence.children(of.i, "pobj"):
            group = group_at(groups, inner.i)
            if batch and (group is None or not is_force(sentence, group)):
                continue
            if of.lower == "of" and group is not None and group.amount is not None:
                return replace(group, role="military")
    return None
