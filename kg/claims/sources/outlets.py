"""What is an outlet, and who is said to have asked, quoted or read the source: "an official quoted by the daily".

Not covered: outlets without a word for what they are that no reference data knows ("told Meridian").
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.sources.phrases import Phrase, conjuncts, is_speaker, noun_phrase
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import of_lemma
from kg.nlp import Sentence, Token

_NEAR = 8  # tokens between the participle and its "by"


@dataclass(frozen=True, slots=True)
class Passing:
    """A participle on a noun with those who did it: "quoted by the daily", "drawn up by the monitors"."""

    verb: Token
    agents: tuple[Phrase, ...]


def names_outlet(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Radio Horizonte", "Channel 9", "Sahel News": a name with the word for what it names."""
    tokens = sentence.tokens[phrase.first : phrase.last + 1]
    words = [t for t in tokens if t.pos not in ("DET", "ADP")]
    return (
        len(words) > 1
        and any(t.lower not in words_of_any("outlet-name", "generic-outlet") for t in words)
        and all(t.text[:1].isupper() or t.text[:1].isdigit() for t in words)
        and any(t.lower in words_of("outlet-name") for t in (words[0], words[-1]))
    )


def is_outlet(sentence: Sentence, phrase: Phrase, reading: Reading) -> bool:
    """Whether a phrase is a known outlet, is named like one, or says that it is one ("the news agency")."""
    head = sentence.tokens[phrase.head]
    hit = reading.name_at(head.start)
    known = hit is not None and hit.kind == "media-outlet"
    if head.lower in words_of("outlet-part"):  # "the BBC's Hausa service"
        names = reading.names_in(sentence.tokens[phrase.first].start, head.start)
        known = known or any(n.kind == "media-outlet" for n in names)
    return known or head.lower in words_of("carrier") or names_outlet(sentence, phrase)


def is_gathering(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether those who were told only heard it: "told the Security Council", "told our correspondent"."""
    words = sentence.tokens[phrase.first : phrase.last + 1]
    own = words[0].lower in ("our", "this") or (
        phrase.first and sentence.tokens[phrase.first - 1].lower in ("our", "this")
    )
    return bool(own) or any(t.lower in words_of("gathering") for t in words)


def with_name_behind(sentence: Sentence, phrase: Phrase) -> Phrase:
    """ "the news site Orbit.kz", "channel Kanal 24": the phrase with the capitalised words right behind its noun."""
    tokens, last = sentence.tokens, phrase.last
    if not {tokens[phrase.head].lower, tokens[phrase.first].lower} & words_of_any("carrier", "outlet-name"):
        return phrase
    if phrase.head == last and tokens[last].text.islower():
        while (
            last + 1 < len(tokens) and tokens[last + 1].text[:1].isupper() and tokens[last + 1].tag not in ("PRP", "DT")
        ):
            last += 1
    if last + 1 < len(tokens) and tokens[last + 1].text.isdigit() and tokens[last].text[:1].isupper():
        last += 1
    return Phrase(phrase.first, last, phrase.head)


def passings(sentence: Sentence, head: int, reading: Reading) -> list[Passing]:
    """The participles behind a noun with their agents: "a tally drawn up by the UN and seen by the agency"."""
    verbs = [v for v in sentence.children(head, "acl") if v.tag == "VBN"]
    verbs += [c for v in verbs for c in sentence.children(v.i, "conj") if c.tag == "VBN"]
    verbs += [c for c in sentence.children(head, "conj") if c.tag in ("VBN", "VBD")]  # "issued by X and read over Y"
    after = sentence.tokens[head + 1 : head + 3]
    if len(after) == 2 and after[0].tag == "VBD" and after[1].head == after[0].i:
        loose = after[0] not in verbs and not sentence.children(after[0].i, "nsubj")
        if loose and after[0].lemma in words_of("carrying-verb"):
            verbs.append(after[0])  # "a statement read on state television", wherever the parse hung it
    return [Passing(v, agents_of(sentence, v, reading)) for v in verbs]


def agents_of(sentence: Sentence, verb: Token, reading: Reading) -> tuple[Phrase, ...]:
    """Those after the "by" of a participle, or the channel over which something was read."""
    over = verb.lemma in words_of("carrying-verb")
    return tuple(
        noun_phrase(sentence, k)
        for by in sentence.tokens[verb.i + 1 : verb.i + 1 + _NEAR]
        if (
            by.lower == "by"
            or (by.lower == "in" and verb.lemma in words_of("citing-verb"))
            or (over and by.lower in ("on", "over", "in", "via", "through"))
        )
        and by.head == verb.i
        for c in sentence.children(by.i, "pobj")
        for k in conjuncts(sentence, c.i)
        if (by.lower == "by" and is_speaker(sentence, k, reading))
        or sentence.tokens[k].lower in words_of("carrier")
        or is_outlet(sentence, noun_phrase(sentence, k), reading)
    )


def askers(sentence: Sentence, reading: Reading) -> tuple[Phrase, ...]:
    """ "Reached by telephone by the agency, the chief said …": who asked whoever speaks."""
    found: list[Phrase] = []
    for verb in of_lemma(sentence, words_of("reaching-verb")):
        if verb.tag != "VBN" or sentence.children(verb.i, "auxpass"):
            continue
        agents = [
            noun_phrase(sentence, c.i)
            for by in sentence.tokens[verb.i + 1 : verb.i + 1 + _NEAR]
            if by.lower == "by"
            for c in sentence.children(by.i, "pobj")
        ]
        found.extend(p for p in agents if is_outlet(sentence, p, reading))
    return tuple(found)
