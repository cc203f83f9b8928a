"""Who killed those counted: a side that kills is never the side that it has killed."""

from __future__ import annotations

from kg.claims.counts.draft import Draft
from kg.claims.counts.people import role_of
from kg.claims.sources.phrases import noun_phrase, subject_heads
from kg.claims.whose.owners import OWNERS, ref_of
from kg.gazetteer import gazetteer
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import ActorRef
from kg.nlp import Sentence, Token

ACTING = ("state", "armed-force", "armed-group", "government-body", "person")
_LOSING = frozenset({"lose", "take", "see", "report", "say", "have", "count", "bury", "mourn", "be"})


def killers(sentence: Sentence, i: int, reading: Reading) -> frozenset[str]:
    """Keys of those who did it to the group at token `i`, by subject, "by …" or the name of an attack."""
    found: set[str] = set()
    for verb in _verbs_over(sentence, i):
        agents = [p.i for by in sentence.children(verb.i, "agent") for p in sentence.children(by.i, "pobj")]
        taken = _takes(sentence, verb)
        below = taken or sentence.tokens[i].dep in ("dobj", "conj", "oprd", "ccomp", "nsubj", "attr")
        losing = verb.lemma in words_of("suffer") | _LOSING and not taken
        subjects = subject_heads(sentence, verb) if below and not losing else []
        for head in (*agents, *(s for s in subjects if s != i)):
            if sentence.tokens[head].lower in ("they", "it"):
                found |= _speakers(sentence, verb, reading)
                continue
            phrase = noun_phrase(sentence, head)
            if phrase.first <= i <= phrase.last:
                continue
            thing = head not in agents and role_of(sentence, sentence.tokens[head], reading) is None
            named = reading.name_at(sentence.tokens[head].start) is not None
            thing = thing or _at_place(sentence, head, reading)
            last = head if thing and not named else phrase.last  # "a blast at a Colombian base"
            found |= _keys(sentence, phrase.first, last, reading, _whole_side(sentence, head, reading))
    return frozenset(found | _attackers(sentence, reading))


def _verbs_over(sentence: Sentence, i: int) -> list[Token]:
    return [v for v in list(sentence.ancestors(i))[:3] if v.pos == "VERB"][:1]


def _at_place(sentence: Sentence, head: int, reading: Reading) -> bool:
    """ "by a bomb in Mogadishu": a thing with the place where it went off."""
    after = sentence.tokens[head + 1 : head + 2]
    lead = bool(after) and after[0].pos == "ADP" and after[0].lower not in ("of", "from", "by")
    return lead and role_of(sentence, sentence.tokens[head], reading) is None


def _takes(sentence: Sentence, verb: Token) -> bool:
    """ "took 12 soldiers prisoner" is no loss of the subject's."""
    return verb.lemma == "take" and not words_of("captive").isdisjoint(t.lower for t in sentence.subtree(verb.i))


def _speakers(sentence: Sentence, verb: Token, reading: Reading) -> set[str]:
    """Who says what "they" did: the subject of the verb above."""
    for above in sentence.ancestors(verb.i):
        subjects = sentence.children(above.i, "nsubj")
        if above.pos == "VERB" and subjects:
            phrase = noun_phrase(sentence, subjects[-1].i)
            return _keys(sentence, phrase.first, phrase.last, reading)
    return set()


def _attackers(sentence: Sentence, reading: Reading) -> set[str]:
    """ "a Chadian air strike", "shelling by Chadian forces": states whose attack the sentence names."""
    found: set[str] = set()
    for hit in reading.names_in(sentence.start, sentence.end):
        covered = sentence.between(hit.start, hit.end)
        if hit.kind not in ("state", "armed-force") or not covered:
            continue
        run = []
        for token in sentence.tokens[covered[-1].i + 1 : covered[-1].i + 5]:
            if token.pos not in ("ADJ", "NOUN", "PROPN") and token.tag not in ("POS", "HYPH", "VBN", "VBG"):
                break
            run.append(token.lower)
        while run and run[-1] not in words_of("attack-noun"):
            run.pop()
        if run and run[-1] not in words_of("equipment"):  # "a Turkish tank" may be what was hit
            found.add(ref_of(hit, reading).actor.key)
    return found


def _whole_side(sentence: Sentence, head: int, reading: Reading) -> bool:
    """Whether those who killed stand for their state: not "Mexican gunmen", nor one "Jordanian policeman"."""
    token = sentence.tokens[head]
    role = role_of(sentence, token, reading)
    if reading.name_at(token.start) is not None or token.lower in words_of("state-force") or role is None:
        return token.lower not in words_of("insurgent-noun")
    return role in ("military", "police", "official") and token.tag in ("NNS", "NNPS")


def _keys(sentence: Sentence, first: int, last: int, reading: Reading, whole_side: bool = True) -> set[str]:
    hits = reading.names_in(sentence.tokens[first].start, sentence.tokens[last].end)
    owners = [h for h in hits if h.kind in OWNERS]
    # "Colombian guerrillas" are not of the state that they fight
    rebels = any(t.lower in words_of("insurgent-noun") for t in sentence.tokens[first : last + 1])
    if not whole_side or rebels or any(h.kind == "armed-group" for h in owners):
        owners = [h for h in owners if h.kind == "armed-group"]
    return {ref_of(h, reading).actor.key for h in owners}


def belligerent_of(reading: Reading, sentence: Sentence, draft: Draft) -> ActorRef | None:
    """Who did it: the subject of an active casualty verb, the agent of a passive one."""
    verb = sentence.tokens[draft.trigger.head]
    if draft.trigger.frame != "transitive":
        return None
    agents = [p.i for by in sentence.children(verb.i, "agent") for p in sentence.children(by.i, "pobj")]
    subjects = agents or [c.i for c in sentence.children(verb.i, "nsubj")]
    for i in subjects:
        if draft.first <= i <= draft.last and not agents:
            continue
        phrase = noun_phrase(sentence, i)
        start, end = sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end
        hits = [h for h in reading.names_in(start, end) if h.kind in ACTING]
        if hits:
            return ActorRef(
                actor=gazetteer().actor_of(hits[-1]),
                evidence=reading.evidence(sentence, phrase.first, phrase.last),
            )
    return None
