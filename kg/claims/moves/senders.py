"""Who sends or withdraws forces, and whose the forces then are."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.moves.move import Move
from kg.claims.sources.attribution import Attribution
from kg.claims.sources.phrases import noun_phrase
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef
from kg.nlp import Sentence

ACTING = ("state", "armed-force", "armed-group", "government-body", "person")


def sender_of(reading: Reading, attribution: Attribution, move: Move) -> ActorRef | None:
    """The actor that the words name as sender; "it" is who says so, "which" the noun before."""
    sentence, subject = move.sentence, move.subject
    if subject is None:
        return None
    if sentence.tokens[subject].tag in ("WDT", "WP"):  # "the kingdom, which deployed 800 soldiers"
        clause = sentence.tokens[sentence.tokens[subject].head]
        subject = clause.head if clause.dep == "relcl" else subject
    if sentence.tokens[subject].pos == "PRON":  # "the ministry said it would send"
        speakers = attribution.steps_at(sentence, move.anchor)[-1:]
        acting = [s.ref for step in speakers for s in step.sources if s.ref.actor.kind in ACTING]
        return replace(acting[0], basis="inferred") if acting else None
    phrase = noun_phrase(sentence, subject)
    start, end = sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end
    named = [h for h in reading.names_in(start, end) if h.kind in ACTING and h.how != "demonym"]
    own = sentence.tokens[subject].start
    hits = [h for h in named if h.start <= own < h.end or not _only_where(sentence, h)]
    if not hits:
        return None
    basis = "inferred" if hits[-1].how == "metonym" else "stated"
    actor = gazetteer().actor(hits[-1].keys[0])
    return ActorRef(actor=actor, evidence=reading.evidence(sentence, phrase.first, phrase.last), basis=basis)


def _only_where(sentence: Sentence, hit: NameHit) -> bool:
    """ "the mission in NAME": where the sender is, not who it is."""
    covered = sentence.between(hit.start, hit.end)
    before = sentence.tokens[covered[0].i - 1] if covered and covered[0].i else None
    return before is not None and before.lower in words_of("host-preposition") - {"from"}


def side_of(sender: ActorRef) -> ActorRef | None:
    """The state or armed group whose forces a sender sends: a president's or an army's are the state's."""
    if sender.actor.kind in ("state", "armed-group"):
        return sender
    side = gazetteer().side(sender.actor.key) if sender.actor.key.startswith("person:") else None
    if side is None and sender.actor.state is not None:
        side = gazetteer().actor(sender.actor.state)
    return replace(sender, actor=side, basis="inferred") if side is not None else None
