"""Movements without an amount: announced by a noun, made by an actor itself, or what forces are used as."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.counts.group import Group
from kg.claims.counts.verbs import group_at
from kg.claims.moves.forces import force_phrase, is_force
from kg.claims.moves.move import Move
from kg.claims.moves.movement import is_negated, open_question, status_of
from kg.claims.moves.movers import arguments, subjects_of
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import worded
from kg.nlp import Sentence, Token


def employment(sentence: Sentence, verb: Token, groups: Sequence[Group], reading: Reading) -> Move | None:
    """ "existing forces that are being used … as reserves": presence and purpose, no count."""
    heads = arguments(sentence, verb, "object") or arguments(sentence, verb, "subject")
    if verb.dep == "relcl":
        heads = [verb.head]
    roles = [c for c in sentence.children(verb.i, "prep") if c.lower == "as"] or [
        t
        for t in sentence.tokens
        if t.lower == "as" and t.i > verb.i and verb.i in {a.i for a in sentence.ancestors(t.i)}
    ]
    for i in heads:
        group = group_at(groups, i) or force_phrase(sentence, i)
        if group is None or not is_force(sentence, group) or not roles:
            continue
        last = max(t.i for t in sentence.subtree(roles[0].i))
        while sentence.tokens[last].pos == "PUNCT":
            last -= 1
        purpose = reading.evidence(sentence, roles[0].i, last)
        return Move(
            sentence,
            verb.i,
            group.first,
            last,
            group.amount,
            group,
            "present",
            None,
            None,
            purpose,
            group.amount is not None,
            False,
            f"employment.{verb.lemma}",
        )
    return None


def bare_movement(sentence: Sentence, verb: Token, reading: Reading) -> Move | None:
    """ "The neighbour would be moving into the north": an actor moves, without a word for its forces."""
    if verb.lemma not in words_of("movement-subject"):
        return None
    into = [c for c in sentence.children(verb.i, "prep") if c.lower in ("into", "against")]
    subjects = [sentence.tokens[i] for i in subjects_of(sentence, verb)]
    if not into or not subjects:
        return None
    hit = reading.name_at(subjects[0].start)
    if hit is None or hit.kind not in ("state", "armed-group", "armed-force"):
        return None
    last = max(t.i for t in sentence.subtree(into[0].i))
    return Move(
        sentence,
        verb.i,
        subjects[0].i,
        last,
        None,
        None,
        status_of(sentence, verb, "deployed"),
        subjects[0].i,
        None,
        None,
        True,
        is_negated(sentence, verb),
        f"movement.{verb.lemma}",
    )


def _of_own_force(sentence: Sentence, noun: Token) -> bool:
    """ "is preparing the withdrawal of its contingent": told of no other movement than this one."""
    after = sentence.tokens[noun.i + 1 : noun.i + 6]
    owned = len(after) > 2 and after[0].lower == "of" and any(t.tag in ("PRP$", "POS") for t in after[1:])
    return owned and any(t.lower in words_of("force-noun") for t in after[2:])


def by_noun(sentence: Sentence, reading: Reading) -> list[Move]:
    """ "the kingdom prepares new deployment", "the premier announces troop withdrawal"."""
    moves = []
    for noun in worded(sentence, words_of("deployment-noun")):
        if noun.pos not in ("NOUN", "PROPN"):
            continue
        modifiers = [sentence.tokens[k] for k in range(max(0, noun.i - 3), noun.i)]
        governor = next(
            (
                t
                for t in reversed(sentence.tokens[: noun.i])
                if t.lemma in words_of("plan") or t.lower.rstrip("s") in words_of("plan")
            ),
            None,
        )
        if governor is None or noun.i - governor.i > 5:
            continue
        own = _of_own_force(sentence, noun)
        if not own and any(m.lower in ("the", "that", "this") for m in modifiers):
            continue
        if not own and not any(m.lower in words_of("another-deployment") for m in modifiers):
            continue
        subject = next(
            (
                t.i
                for t in reversed(sentence.tokens[: governor.i])
                if reading.name_at(t.start) is not None or t.pos == "PROPN"
            ),
            None,
        )
        if subject is None or open_question(sentence, governor):
            continue
        moves.append(
            Move(
                sentence,
                governor.i,
                subject,
                noun.i,
                None,
                None,
                "planned",
                subject,
                None,
                None,
                True,
                is_negated(sentence, governor),
                f"announced.{noun.lemma}",
            )
        )
    return moves


def counted_noun(sentence: Sentence, groups: Sequence[Group]) -> list[Move]:
    """ "approved the deployment of 350 soldiers", "completed the withdrawal of 900": a noun with a counted force."""
    moves = []
    for noun in worded(sentence, words_of("movement-noun")):
        after = noun.i + 1
        if after >= len(sentence.tokens) or sentence.tokens[after].lower != "of":
            continue
        group = next((g for g in groups if after < g.first <= after + 3 and g.amount is not None), None)
        if group is None or not is_force(sentence, group):
            continue
        governor = sentence.tokens[noun.head]
        future = governor.lemma in words_of_any("plan", "provision-verb")
        gone = noun.lower in words_of("withdrawal-noun")
        status = "planned" if future else "withdrawn" if gone else "deployed"
        moves.append(
            Move(
                sentence=sentence,
                anchor=noun.i,
                first=noun.i,
                last=group.last,
                amount=group.amount,
                group=group,
                status=status,
                subject=next((c.i for c in sentence.children(governor.i, "nsubj")), None),
                wave=None,
                purpose=None,
                counted=True,
                negated=is_negated(sentence, governor),
                rule=f"noun.{noun.lemma}",
            )
        )
    return moves
