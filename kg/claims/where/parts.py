"""Whether a sentence tells of only some of the dead of another: then its place is not that of all of them."""

from __future__ import annotations

from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of
from kg.nlp import Sentence

_PART = 0.75  # of the toll: a source that counts a little lower still tells of all of it


def is_part(reading: Reading, told: Sentence, sentence: Sentence) -> bool:
    """ "37 were killed. … Fifteen others died in Gao": fewer dead than were told, or others than those."""
    if told is sentence:
        return False
    all_dead, dead = _dead(reading, told), _dead(reading, sentence)
    if all_dead and dead and dead < all_dead * _PART:
        return True
    killed = any(t.kind == "killed" for t in find_triggers(sentence))
    tokens = sentence.tokens
    return killed and any(
        tokens[k].pos == "NUM" and tokens[k + 1].lower in words_of("further-people") for k in range(len(tokens) - 1)
    )


def _dead(reading: Reading, sentence: Sentence) -> int:
    """The largest count of a sentence that stands next to a word for those killed; 0 without one."""
    triggers = find_triggers(sentence)
    best = 0
    for amount in reading.amounts_in(sentence):
        inside = sentence.between(amount.evidence.start, amount.evidence.end)
        if not inside or not triggers or amount.low is None:
            continue
        nearest = min(triggers, key=lambda t: min(abs(t.first - inside[-1].i), abs(t.last - inside[0].i)))
        if nearest.kind == "killed":
            best = max(best, int(amount.low))
    return best
