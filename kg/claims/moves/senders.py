"""Who sends or withdraws forces, and whose the forces then are."""

from __future__ import annotations

from dataclasses import replace

from kg.claims.moves.move import Move
from kg.claims.sources.attribution import Attribution
from kg.claims.sources.frame import reporting_verbs
from kg.claims.sources.phrases import noun_phrase
from kg.claims.whose.killers import ACTING
from kg.gazetteer import NameHit, gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef
from kg.nlp import Sentence


def sender_of(reading: Reading, attribution: Attribution, move: Move) -> ActorRef | None:
    """The actor that the words name as sender; "it" is who says so, "which" the noun before."""
    sentence = move.sentence
    subject = move.subject if move.subject is not None else _subject_over(move)
    if subject is None:
        return _before_number(reading, move) or _telling_force(reading, move)
    if sentence.tokens[subject].tag in ("WDT", "WP"):  # "the kingdom, which deployed 800 soldiers"
        clause = sentence.tokens[sentence.tokens[subject].head]
        subject = clause.head if clause.dep == "relcl" else subject
    if sentence.tokens[subject].pos == "PRON":  # "the ministry said it would send"
        speakers = attribution.steps_at(sentence, move.anchor)[-1:]
        acting = [s.ref for step in speakers for s in step.sources if s.ref.actor.kind in ACTING]
        if acting:
            ahead = _spoken_of(reading, sentence, subject, inside=True) if acting[0].actor.kind == "person" else None
            return ahead or replace(acting[0], basis="inferred")
        return _spoken_of(reading, sentence, subject) if sentence.tokens[subject].lower == "it" else None
    phrase = noun_phrase(sentence, subject)
    start, end = sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end
    named = [h for h in reading.names_in(start, end) if h.kind in ACTING and h.how != "demonym"]
    own = sentence.tokens[subject].start
    hits = [h for h in named if h.start <= own < h.end or not _only_where(sentence, h)]
    if not hits and sentence.tokens[subject].tag == "NN" and sentence.tokens[subject].lower in words_of("sending-body"):
        return _of_speaker(attribution, move)
    if not hits:
        return None
    basis = "inferred" if hits[-1].how == "metonym" else "stated"
    actor = gazetteer().actor_of(hits[-1])
    return ActorRef(actor=actor, evidence=reading.evidence(sentence, phrase.first, phrase.last), basis=basis)


def of_several(move: Move) -> bool:
    """Whether several unnamed states send: "some European countries would send 5,000 troops"."""
    subject = move.subject if move.subject is not None else _subject_over(move)
    return subject is not None and move.sentence.tokens[subject].lower in words_of("countries")


def _subject_over(move: Move) -> int | None:
    """The subject of a clause above the forces, where the movement's own verb was not understood."""
    if move.group is None:
        return None
    sentence = move.sentence
    for verb in list(sentence.ancestors(move.group.head if move.group.head is not None else move.group.last))[:2]:
        if verb.pos == "VERB" and not sentence.children(verb.i, "nsubjpass"):
            subjects = [c.i for c in sentence.children(verb.i, "nsubj")]
            outside = [i for i in subjects if not move.group.first <= i <= move.group.last]
            return outside[0] if subjects == outside and outside else None
    return None


def _before_number(reading: Reading, move: Move) -> ActorRef | None:
    """ "A flew in 78 soldiers and NAME 150 sailors": the sender right before a number, without its verb."""
    if move.amount is None or move.group is None:
        return None
    start = move.amount.evidence.start
    hit = next((h for h in reading.names_in(move.sentence.start, start) if h.end + 1 == start), None)
    if hit is None or hit.kind != "state" or hit.how == "demonym":
        return None
    covered = move.sentence.between(hit.start, hit.end)
    before = move.sentence.tokens[covered[0].i - 1] if covered and covered[0].i else None
    if before is None or before.lower not in ("and", ",", ";"):
        return None
    evidence = reading.evidence(move.sentence, covered[0].i, covered[-1].i)
    return ActorRef(actor=gazetteer().actor_of(hit), evidence=evidence)


def _telling_force(reading: Reading, move: Move) -> ActorRef | None:
    """ "The X navy said a frigate's crew had arrived": a force that tells of a movement tells of its own."""
    sentence = move.sentence
    for verb in list(sentence.ancestors(move.anchor))[:2]:
        for subject in sentence.children(verb.i, "nsubj") if verb.lemma in reporting_verbs() else ():
            if sentence.tokens[subject.i].lower in words_of("defence-word"):
                phrase = noun_phrase(sentence, subject.i)
                evidence = reading.evidence(sentence, phrase.first, phrase.last)
                owners = [
                    h for h in reading.names_in(evidence.start, evidence.end) if h.kind in ("state", "armed-force")
                ]
                if owners:
                    return ActorRef(actor=gazetteer().actor_of(owners[-1]), evidence=evidence, basis="inferred")
    return None


def _spoken_of(reading: Reading, sentence: Sentence, subject: int, *, inside: bool = False) -> ActorRef | None:
    """The state that "it" takes up: the subject of an earlier clause, or of the sentence before."""
    earlier = [s for s in reading.paragraph(sentence) if s.start < sentence.start]
    for near in (sentence, *(() if inside else earlier[-1:])):
        for token in near.tokens:
            if token.dep != "nsubj" or (near is sentence and token.i >= subject):
                continue
            hit = reading.name_at(token.start)
            if hit is not None and hit.kind in ("state", "armed-group") and hit.how != "demonym":
                words = reading.document.evidence(hit.start, hit.end)
                return ActorRef(actor=gazetteer().actor_of(hit), evidence=words, basis="inferred")
    return None


def _of_speaker(attribution: Attribution, move: Move) -> ActorRef | None:
    """ "An X official said the administration would send": the state of who speaks."""
    for step in attribution.steps_at(move.sentence, move.anchor)[-1:]:
        for source in step.sources:
            state = source.ref.actor.state
            if state is not None:
                return replace(source.ref, actor=gazetteer().actor(state), basis="inferred")
    return None


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
