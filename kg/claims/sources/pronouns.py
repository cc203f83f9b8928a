"""Who "he" or "she" was: the person named or described before, never who is only saying something."""

from __future__ import annotations

from kg.claims.counts.group import Group
from kg.claims.counts.groups import find_groups
from kg.claims.sources.frame import reporting_verbs
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of
from kg.nlp import Sentence

_BACK = 4  # sentences


def person_before(reading: Reading, sentence: Sentence, pronoun: Group) -> tuple[Sentence, Group] | None:
    """The person whom a pronoun takes up, with the sentence: a subject before others, a name before a noun."""
    offset = sentence.tokens[pronoun.first].start
    word = sentence.tokens[pronoun.first].lower
    for earlier in reversed(reading.before(offset + 1)[-_BACK:]):
        people = [
            g
            for g in find_groups(earlier, reading, find_triggers(earlier))
            if (g.named or g.implied)
            and not g.pronoun
            and g.head is not None
            and earlier.tokens[g.last].start < offset
            and not _speaks(earlier, g)
            and _agrees(earlier, g, word)
        ]
        for wanted in ([g for g in people if g.named], people):
            subjects = [g for g in wanted if earlier.tokens[g.head or 0].dep in ("nsubj", "nsubjpass")]
            if wanted:
                return earlier, (subjects or wanted)[-1]
    return None


def _speaks(sentence: Sentence, group: Group) -> bool:
    head = sentence.tokens[group.head or 0]
    return head.dep == "nsubj" and sentence.tokens[head.head].lemma in reporting_verbs()


def _agrees(sentence: Sentence, group: Group, pronoun: str) -> bool:
    words = {t.lower for t in sentence.tokens[group.first : group.last + 1]}
    return not words & words_of("male" if pronoun in ("she", "her") else "female")
