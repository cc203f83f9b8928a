"""Forces counted without a noun: "Y sent 900, Z 350", "the 60 will be home": the noun stands earlier.

The forces named last, in this sentence or in one of the two before, say what was counted. Not covered: amounts
with a noun of their own, and amounts with neither a sender nor a verb of movement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.claims.counts.group import Group
from kg.claims.moves.figures import refigured
from kg.claims.moves.forces import is_force
from kg.claims.moves.move import Move
from kg.claims.moves.movement import gone_by, is_negated, open_question, status_of
from kg.claims.moves.strength import led_by, without_noun
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence, Token

JOINED = 6  # tokens between two amounts that share a verb
OWNER = 8  # tokens from "its" back to the name that it stands for
BACK = 2  # sentences back to the forces that an amount takes up
SENDERS = frozenset({"state", "armed-group", "armed-force", "government-body", "organisation", "alliance"})


def find_elided(
    sentence: Sentence,
    groups: Sequence[Group],
    moves: Sequence[Move],
    before: Sequence[Move],
    verbs: dict[tuple[str, str], str],
    reading: Reading,
) -> list[Move]:
    """The moves of amounts without a noun; `moves` are those found in the sentence, `before` those of its block."""
    found: list[Move] = []
    for group in groups:
        bare = group.head is None and group.words_first is None and group.amount is not None
        if not bare or group.amount is None or group.amount.low == group.amount.high == 1:
            continue
        if not without_noun(sentence, group) or any(m.first <= group.first <= m.last for m in moves):
            continue
        own = [m for m in (*moves, *found) if m.last < group.first]
        antecedent = next((m for m in reversed(own) if m.group is not None or m.antecedent is not None), None)
        if antecedent is None:
            near = [s for s in reading.paragraph(sentence) if s.start < sentence.start][-BACK:]
            earlier = [m for m in before if any(m.sentence is s for s in near) and m.group is not None]
            antecedent = earlier[-1] if earlier else None
        whole = _whole(sentence, groups, group) if antecedent is None else None
        if whole is None and (antecedent is None or not _forces(antecedent)):
            continue
        last = own[-1] if own else None
        move = (
            refigured(sentence, group)
            or _gapped(sentence, group, last, reading)
            or _followed(sentence, group, last)
            or _moved(sentence, group, verbs, reading)
            or _continued(sentence, group, last)
        )
        if move is not None:
            named = antecedent.antecedent if antecedent is not None else whole
            if named is None and antecedent is not None and antecedent.group is not None:
                named = (antecedent.sentence, antecedent.group)
            found.append(replace(move, antecedent=named))
    return found


def _whole(sentence: Sentence, groups: Sequence[Group], part: Group) -> tuple[Sentence, Group] | None:
    """The forces of which "1,500 of whom were based there" are a part."""
    if sentence.tokens[part.last].lower not in ("whom", "them"):
        return None
    forces = [g for g in groups if g.last < part.first and not g.implied and is_force(sentence, g)]
    return (sentence, forces[-1]) if forces else None


def _forces(move: Move) -> bool:
    return move.antecedent is not None or (move.group is not None and is_force(move.sentence, move.group))


def _gapped(sentence: Sentence, group: Group, last: Move | None, reading: Reading) -> Move | None:
    """ "Y sent 900, Z 350 and W 40": a sender and its number, after a whole clause of that kind."""
    lead = led_by(sentence, group)
    if last is None or lead < 1 or last.amount is None or group.amount is None:
        return None
    sender = _sender_at(sentence, lead, reading)
    if sender is None:
        return None
    joint = sentence.tokens[sender - 1]
    while joint.i > last.last and joint.lower in ("the", "and", ","):
        joint = sentence.tokens[joint.i - 1]
    if joint.i > last.last or sentence.tokens[sender - 1].lower not in (",", "and", ";", "the"):
        return None
    return _move(sentence, sentence.tokens[last.anchor], group, last.status, lead, sender, "gapped")


def _continued(sentence: Sentence, group: Group, last: Move | None) -> Move | None:
    """ "the first 3,000 would leave in March and another 10,000 in April": the verb stands once."""
    if last is None or last.amount is None:
        return None
    gap = sentence.tokens[last.last + 1 : group.first]
    after = sentence.tokens[group.last + 1] if group.last + 1 < len(sentence.tokens) else None
    joined = bool(gap) and len(gap) <= JOINED and any(t.lower == "and" for t in gap[-2:])
    if not joined or any(t.pos in ("VERB", "AUX") for t in gap) or after is None or after.pos != "ADP":
        return None
    return _move(sentence, sentence.tokens[last.anchor], group, last.status, group.first, last.subject, "gapped")


def _moved(sentence: Sentence, group: Group, verbs: dict[tuple[str, str], str], reading: Reading) -> Move | None:
    """The object or the subject of a verb of movement or of keeping forces."""
    tokens, lead = sentence.tokens, led_by(sentence, group)
    verb = tokens[lead] if lead >= 0 else None
    if verb is not None and (verb.pos in ("VERB", "AUX") or verb.tag.startswith("VB")):
        status = verbs.get((verb.lemma, "object"))
        subject = next((c.i for c in sentence.children(verb.i, "nsubj")), None)
        if subject is None and lead > 0:
            subject = next(
                (i for i in range(lead - 1, max(-1, lead - 4), -1) if _sender_at(sentence, i, reading)), None
            )
        acting = subject is not None and _acts(sentence, subject, reading)
        other = subject is not None and tokens[subject].pos == "NOUN" and not acting
        if status is not None and status != "present" and not other and not open_question(sentence, verb):
            return _move(sentence, verb, group, status_of(sentence, verb, status), group.first, subject, "elided")
        if verb.lemma in words_of("keeping-verb") and acting:
            return _move(sentence, verb, group, status_of(sentence, verb, "present"), group.first, subject, "elided")
    return _leaving(sentence, group, verbs, reading)


def _followed(sentence: Sentence, group: Group, last: Move | None) -> Move | None:
    """ "arrived on Friday and were followed by 70 from Togo": they do what those before them did."""
    lead = led_by(sentence, group)
    if last is None or lead < 1 or sentence.tokens[lead].lower != "by":
        return None
    verb = next((t for t in reversed(sentence.tokens[max(0, lead - 4) : lead]) if t.pos == "VERB"), None)
    if verb is None or verb.lemma != "follow":
        return None
    return _move(sentence, verb, group, last.status, group.first, None, "gapped")


def _leaving(sentence: Sentence, group: Group, verbs: dict[tuple[str, str], str], reading: Reading) -> Move | None:
    """ "700 remained", "its 60 will be home in May"."""
    tokens = sentence.tokens
    owner = tokens[group.first - 1].lower if group.first else ""
    i = group.last + 1
    while i < len(tokens) and (tokens[i].pos in ("AUX", "ADV", "PART") and tokens[i].lemma != "be"):
        i += 1
    if i >= len(tokens):
        return None
    verb = tokens[i]
    gone = gone_by(sentence, group)
    status = gone
    if gone is None and verb.lemma == "be":
        after = next((t for t in tokens[i + 1 : i + 4] if t.lower not in ("be", "been", "being", "all")), verb)
        status, verb = (verbs.get((after.lemma, "object")) if after.tag == "VBN" else None), after
    elif gone is None and i > group.last:
        status = verbs.get((verb.lemma, "subject"))
    if status is None or open_question(sentence, verb):
        return None
    modal = any(t.lower in words_of("modal") for t in tokens[group.last + 1 : i + 1])
    status = "planned" if modal else status_of(sentence, verb, status)
    first = group.first - 1 if owner in ("its", "their", "the") else group.first
    back = range(first, max(-1, first - OWNER), -1) if owner in ("its", "their") else range(0)
    sender = next((i for i in back if _sender_at(sentence, i, reading) is not None), None)
    return _move(sentence, verb, group, status, first, sender, "elided")


def _move(
    sentence: Sentence, verb: Token, group: Group, status: str, first: int, subject: int | None, name: str
) -> Move:
    return Move(
        sentence=sentence,
        anchor=verb.i,
        first=min(first, verb.i) if 0 <= group.first - verb.i <= 6 else first,
        last=max(group.last, verb.i) if 0 <= verb.i - group.last <= 6 else group.last,
        amount=group.amount,
        group=None,
        status=status,
        subject=subject,
        wave=None,
        purpose=None,
        counted=True,
        negated=is_negated(sentence, verb) if name != "gapped" else False,
        rule=f"{name}.{verb.lemma}",
    )


def _sender_at(sentence: Sentence, i: int, reading: Reading) -> int | None:
    """The first token of a sender's name that ends at token `i`."""
    hit = reading.name_at(sentence.tokens[i].start)
    if hit is None or hit.end != sentence.tokens[i].end or hit.kind not in SENDERS:
        return None
    return next((t.i for t in sentence.tokens if t.start >= hit.start), None)


def _acts(sentence: Sentence, subject: int, reading: Reading) -> bool:
    token = sentence.tokens[subject]
    hit = reading.name_at(token.start)
    return (hit is not None and hit.kind in SENDERS) or token.lower in words_of_any("force-noun", "sending-body")
