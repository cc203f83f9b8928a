"""Forces sent, planned, present or withdrawn → deployment drafts.

Covered: forces with an amount and a verb of movement, announced movements without a number, presence
with a number, and what forces are used as. Not covered: equipment, police and rescue workers, and
anaphoric mentions ("the deployment"), which stay out of the flat records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.claims.groups import Group, find_groups
from kg.claims.victims import group_at
from kg.lexicon import data_file, read_table
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of
from kg.model import Amount, Evidence
from kg.nlp import Sentence, Token

_FORCES = frozenset({"military", "fighter"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
PRESENCE = 5  # fewer fighters than this without a verb of movement are the people of a story, not a force


@dataclass(frozen=True, slots=True)
class Move:
    """A deployment with its words, before it is attributed."""

    sentence: Sentence
    anchor: int
    first: int
    last: int
    amount: Amount | None
    group: Group | None
    status: str
    subject: int | None  # token of who sends, where the verb has a subject of its own
    wave: Evidence | None
    purpose: Evidence | None
    counted: bool
    negated: bool
    rule: str


@cache
def _verbs() -> dict[tuple[str, str], str]:
    rows = read_table(
        data_file("deployment_verbs.tsv"), ("lemma", "voice", "status", "example"), key=("lemma", "voice")
    )
    return {(row["lemma"], row["voice"]): row["status"] for row in rows}


def find_moves(sentence: Sentence, reading: Reading, taken: frozenset[int]) -> list[Move]:
    """The deployment drafts of a sentence; `taken` are tokens of groups that casualty rules have counted."""
    groups = [
        g
        for g in find_groups(sentence, reading, find_triggers(sentence))
        if not taken & set(range(g.first, g.last + 1))
    ]
    moves: list[Move] = []
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") or token.tag.startswith("VB"):
            move = _by_verb(sentence, token, groups, reading)
            if move is not None and not _overlaps(moves, move):
                moves.append(move)
    if not moves:
        moves.extend(_by_noun(sentence, reading))
    for group in groups:
        move = _presence(sentence, group, reading)
        if move is not None and not _overlaps(moves, move):
            moves.append(move)
    return moves


def _overlaps(moves: Sequence[Move], move: Move) -> bool:
    return any(
        m.first <= move.last
        and move.first <= m.last
        and (m.group is None or move.group is None or m.group.first == move.group.first)
        for m in moves
    )


def _is_force(sentence: Sentence, group: Group) -> bool:
    if group.head is None:
        return False
    return group.role in _FORCES or sentence.tokens[group.head].lower in words_of("force-noun")


def _by_verb(sentence: Sentence, verb: Token, groups: Sequence[Group], reading: Reading) -> Move | None:
    for voice in ("object", "subject"):
        status = _verbs().get((verb.lemma, voice))
        if status is None:
            continue
        for i in _arguments(sentence, verb, voice):
            group = group_at(groups, i) or _force_phrase(sentence, i, groups)
            if group is None or not _is_force(sentence, group) or group.implied:
                continue
            if verb.lemma == "leave" and (verb.tag == "VBG" or not _leaves_place(sentence, verb, reading)):
                continue
            if group.role == "police":
                continue
            return _move(sentence, verb, group, status, voice, reading)
    if verb.lemma in words_of("use"):
        return _employment(sentence, verb, groups, reading)
    return _bare_movement(sentence, verb, reading)


def _leaves_place(sentence: Sentence, verb: Token, reading: Reading) -> bool:
    """ "left the valley", not "left 12 dead"; and not what somebody else wants forces to do."""
    above = sentence.tokens[verb.head]
    if above.lemma in ("want", "ask", "urge", "demand", "tell", "call") and verb.dep in ("xcomp", "ccomp"):
        return False
    return any(
        reading.name_at(c.start) is not None or c.ent in ("GPE", "LOC") for c in sentence.children(verb.i, "dobj")
    )


def _arguments(sentence: Sentence, verb: Token, voice: str) -> list[int]:
    passive = bool(sentence.children(verb.i, "nsubjpass", "auxpass"))
    if voice == "object":
        found = [c.i for c in sentence.children(verb.i, "nsubjpass" if passive else "dobj")]
        if verb.tag == "VBN" and verb.dep == "acl":
            found.append(verb.head)
        if passive and not found:
            found = _raised(sentence, verb)
        return found
    found = [c.i for c in sentence.children(verb.i, "nsubj", "nsubjpass")]
    if not found:
        found = _raised(sentence, verb)
    return found


def _raised(sentence: Sentence, verb: Token) -> list[int]:
    """The subject of "expected to be sent", "were seen arriving", taken from the verb above."""
    above = sentence.tokens[verb.head]
    if verb.dep in ("xcomp", "ccomp", "advcl", "conj") and above.i != verb.i:
        subjects = [c.i for c in sentence.children(above.i, "nsubj", "nsubjpass")]
        if above.dep in ("acl", "relcl"):
            subjects = [above.head]
        return subjects
    if verb.dep == "acl":
        return [verb.head]
    if verb.dep == "relcl":
        return [verb.head]
    return []


def _force_phrase(sentence: Sentence, i: int, groups: Sequence[Group]) -> Group | None:
    """Forces without an amount: "additional reinforcements"."""
    head = sentence.tokens[i]
    if head.lower not in words_of("force-noun") or (
        head.tag not in _PLURAL_TAGS and head.lower not in ("personnel", "contingent", "army", "troop")
    ):
        return None
    first = i
    while (
        first > 0
        and sentence.tokens[first - 1].pos in ("ADJ", "NOUN", "PROPN", "DET", "NUM")
        and sentence.tokens[first - 1].head in range(first - 1, i + 1)
    ):
        first -= 1
    start = first + (sentence.tokens[first].pos == "DET")
    return Group(first, i, i, None, False, "military", start, i)


def _move(sentence: Sentence, verb: Token, group: Group, status: str, voice: str, reading: Reading) -> Move | None:
    if _open_question(sentence, verb):
        return None
    definite = sentence.tokens[group.first].lower in ("the", "those", "these", "his", "their", "its", "that", "such")
    announced = _status(sentence, verb, status)
    subject = next((c.i for c in sentence.children(verb.i, "nsubj") if group_at([group], c.i) is None), None)
    if subject is None and voice == "object":
        subject = _controller(sentence, verb, group)
    counted = group.amount is not None or (
        not definite
        and (announced in ("planned", "withdrawn") or subject is not None or _confirmed(sentence, verb))
        and status != "present"
    )
    if group.amount is None and status == "present":
        counted = _confirmed(sentence, verb)
        if not counted:
            return None
    first, last = min(group.first, verb.i), max(group.last, verb.i)
    if group.amount is not None and last - first > 14:
        first, last = group.first, group.last
    return Move(
        sentence, verb.i, first, last, group.amount, group, announced, subject, _wave(sentence, reading), _purpose(sentence, verb, group, reading),
        counted, _negated(sentence, verb), f"move.{verb.lemma}",
    )  # fmt: skip


def _confirmed(sentence: Sentence, verb: Token) -> bool:
    return any(
        a.lemma in ("confirm", "acknowledge", "admit", "deny", "announce", "avoid") for a in sentence.ancestors(verb.i)
    )


def _controller(sentence: Sentence, verb: Token, group: Group) -> int | None:
    """Who sends, where the verb borrows its subject: "the kingdom plans to send", "accused X of sending"."""
    for above in sentence.ancestors(verb.i):
        if above.pos in ("VERB", "AUX"):
            objects = [c.i for c in sentence.children(above.i, "dobj")]
            if (
                objects
                and above.lemma in ("accuse", "expect", "order", "ask", "urge", "see")
                and not group.first <= objects[0] <= group.last
            ):
                return objects[0]
            subjects = [
                c.i for c in sentence.children(above.i, "nsubj", "nsubjpass") if not group.first <= c.i <= group.last
            ]
            if subjects:
                return subjects[0]
    return None


def _open_question(sentence: Sentence, verb: Token) -> bool:
    """Inside "whether …" or "if …": nobody says that it happens."""
    for token in (verb, *sentence.ancestors(verb.i)):
        if any(c.lower in ("whether", "if") for c in sentence.children(token.i, "mark", "advmod", "cc", "preconj")):
            return True
    return False


def _status(sentence: Sentence, verb: Token, status: str) -> str:
    """Planned where an auxiliary, a governing verb or "to be" puts it into the future."""
    chain = [verb, *[a for a in sentence.ancestors(verb.i)][:4]]
    for k, token in enumerate(chain):
        lowered = {c.lower for c in sentence.children(token.i, "aux", "auxpass")}
        perfect = "have" in lowered and verb is token
        if lowered & words_of("modal") and not perfect and k <= 1:
            return "planned"
        if k and token.lemma in words_of("plan") and _infinitive(sentence, chain[k - 1], verb):
            return "planned"
        if (
            k
            and token.lemma in words_of("expect")
            and _infinitive(sentence, chain[k - 1], verb)
            and not _perfect(sentence, verb)
        ):
            return "planned" if token.lemma == "plan" else "expected"
    return status


def _infinitive(sentence: Sentence, below: Token, verb: Token) -> bool:
    return any(c.lower == "to" for t in (below, verb) for c in sentence.children(t.i, "aux")) or below.dep in (
        "dobj",
        "pcomp",
        "ccomp",
    )


def _perfect(sentence: Sentence, verb: Token) -> bool:
    return any(c.lower in ("have", "has", "had") for c in sentence.children(verb.i, "aux"))


def _wave(sentence: Sentence, reading: Reading) -> Evidence | None:
    for token in sentence.tokens:
        if token.lower in words_of("wave") and token.i > 0 and sentence.tokens[token.i - 1].pos in ("ADJ", "NUM"):
            first = token.i - 1
            last = token.i
            if last + 2 < len(sentence.tokens) and sentence.tokens[last + 1].lower == "of":
                last += 2
            return reading.evidence(sentence, first, last)
    return None


def _purpose(sentence: Sentence, verb: Token, group: Group, reading: Reading) -> Evidence | None:
    """The infinitive that says what for: "to help the army hold the town"."""
    options = [
        c
        for t in (verb.i, group.head if group.head is not None else verb.i)
        for c in sentence.children(t, "advcl", "xcomp", "acl", "relcl")
    ]
    for clause in options:
        marks = [c for c in sentence.children(clause.i, "aux") if c.lower == "to"]
        if marks and marks[0].i > verb.i and clause.tag == "VB":
            covered = [t for t in sentence.subtree(clause.i) if t.i >= marks[0].i]
            last = covered[-1].i
            while last > marks[0].i and sentence.tokens[last].text in (".", ","):
                last -= 1
            return reading.evidence(sentence, marks[0].i, last)
    return None


def _employment(sentence: Sentence, verb: Token, groups: Sequence[Group], reading: Reading) -> Move | None:
    """ "existing forces that are being used … as reserves": presence and purpose, no count."""
    heads = _arguments(sentence, verb, "object") or _arguments(sentence, verb, "subject")
    if verb.dep == "relcl":
        heads = [verb.head]
    roles = [c for c in sentence.children(verb.i, "prep") if c.lower == "as"] or [
        t
        for t in sentence.tokens
        if t.lower == "as" and t.i > verb.i and verb.i in {a.i for a in sentence.ancestors(t.i)}
    ]
    for i in heads:
        group = group_at(groups, i) or _force_phrase(sentence, i, groups)
        if group is None or not _is_force(sentence, group) or not roles:
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


def _bare_movement(sentence: Sentence, verb: Token, reading: Reading) -> Move | None:
    """ "The neighbour would be moving into the north": an actor moves, without a word for its forces."""
    if verb.lemma not in words_of("movement-subject"):
        return None
    into = [c for c in sentence.children(verb.i, "prep") if c.lower in ("into", "against")]
    subjects = sentence.children(verb.i, "nsubj")
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
        _status(sentence, verb, "deployed"),
        subjects[0].i,
        None,
        None,
        True,
        _negated(sentence, verb),
        f"movement.{verb.lemma}",
    )


def _by_noun(sentence: Sentence, reading: Reading) -> list[Move]:
    """ "the kingdom prepares new deployment", "the premier announces troop withdrawal"."""
    moves = []
    for noun in sentence.tokens:
        if noun.lower not in words_of("deployment-noun") or noun.pos not in ("NOUN", "PROPN"):
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
        if governor is None or any(m.lower in ("the", "that", "this") for m in modifiers) or noun.i - governor.i > 5:
            continue
        if not any(
            m.lower in ("new", "more", "further", "troop", "additional", "fresh", "a", "third", "second", "military")
            for m in modifiers
        ):
            continue
        subject = next(
            (
                t.i
                for t in reversed(sentence.tokens[: governor.i])
                if reading.name_at(t.start) is not None or t.pos == "PROPN"
            ),
            None,
        )
        if subject is None or _open_question(sentence, governor):
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
                _negated(sentence, governor),
                f"announced.{noun.lemma}",
            )
        )
    return moves


def _presence(sentence: Sentence, group: Group, reading: Reading) -> Move | None:
    """A number of fighters or soldiers of whom nothing else is counted: they are there."""
    amount = group.amount
    if amount is None or group.head is None or not _is_force(sentence, group) or sentence.block.kind == "title":
        return None
    if sentence.tokens[group.head].tag not in _PLURAL_TAGS or sentence.tokens[group.head].lower in (
        "officers",
        "personnel",
    ):
        return None
    if any(t.kind == "captured" for t in find_triggers(sentence)) or any(
        t.lower in words_of("police") for t in sentence.tokens
    ):
        return None
    if (amount.low is not None and amount.low < PRESENCE) or (amount.low is None and amount.vague is None):
        return None
    return Move(
        sentence,
        group.head,
        group.first,
        group.last,
        amount,
        group,
        "present",
        None,
        None,
        None,
        True,
        False,
        "presence",
    )


def _negated(sentence: Sentence, verb: Token) -> bool:
    return any(c.dep == "neg" for c in sentence.children(verb.i)) or any(
        a.lemma in ("deny", "rule") for a in sentence.ancestors(verb.i)
    )
