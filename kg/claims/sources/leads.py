"""Speakers at the head of a sentence that only the order of the words shows.

"Amaq a propaganda outlet of the group claimed …" has lost its commas; in "In a related development activists
reported …" the parse takes the speaker into the phrase before; in "Agency SANA, quoting a source, said …" it
takes the name for a verb. Not covered: such speakers in the middle of a sentence.
"""

from __future__ import annotations

from dataclasses import replace

from kg.claims.sources.frame import Frame, reporting_lemmas
from kg.claims.sources.phrases import Phrase, is_speaker
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.wording import of_lemma
from kg.nlp import Sentence, Token

_LONG = 14  # tokens from the start of a sentence to the verb
_FINITE = ("VBD", "VBZ", "VBP")


def with_leads(sentence: Sentence, frames: list[Frame], reading: Reading) -> list[Frame]:
    """The frames, those of a lead with the speaker whom the order of the words shows."""
    verbs = of_lemma(sentence, reporting_lemmas())
    verb = next((t for t in verbs if 0 < t.i < _LONG and t.text.islower() and _is_finite(sentence, t)), None)
    if verb is None or sentence.block.kind in ("title", "heading"):
        return frames
    named = _named_apart(sentence, verb)
    if named is not None:
        return _spoken(sentence, frames, verb, named)
    if any(f.cue_first == verb.i for f in frames):
        return frames
    if verb.tag == "NNS":
        alone = is_speaker(sentence, verb.i - 1, reading)
        return _spoken(sentence, frames, verb, Phrase(0, verb.i - 1, verb.i - 1)) if alone else frames
    behind = _behind_preposition(sentence, verb, reading)
    if behind is not None:
        return _spoken(sentence, frames, verb, behind)
    return _cited_by(sentence, frames, verb, reading)


def _is_finite(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells something, be it that the model takes it for a participle: "… claimed that five died"."""
    if verb.tag == "NNS" and verb.dep == "ROOT":  # "British intelligence estimates that …", as the model has it
        after = sentence.tokens[verb.i + 1 : verb.i + 2]
        nominal = all(t.pos in ("DET", "ADJ", "NOUN", "PROPN", "PART") for t in sentence.tokens[: verb.i])
        return nominal and bool(after) and after[0].lower == "that" and bool(sentence.children(verb.i, "ccomp"))
    return verb.tag in _FINITE or (
        verb.tag == "VBN" and verb.dep == "ROOT" and not sentence.children(verb.i, "aux", "auxpass")
    )


def _spoken(sentence: Sentence, frames: list[Frame], verb: Token, phrase: Phrase) -> list[Frame]:
    known = next((f for f in frames if f.cue_first == verb.i and f.kind == "verb"), None)
    if known is not None:
        return [replace(f, speakers=(phrase,)) if f is known else f for f in frames]
    own = frozenset(range(phrase.first, verb.i + 1))
    scope = frozenset(t.i for t in sentence.tokens if t.i > verb.i)
    return [*frames, Frame("verb", f"lead.{verb.lemma}", (phrase,), verb.i, verb.i, scope, verb.lemma, tokens=own)]


def _named_apart(sentence: Sentence, verb: Token) -> Phrase | None:
    """The name of "Airwars a monitoring group based in London puts …", whose commas are lost."""
    tokens = sentence.tokens
    last = 0
    while tokens[last + 1].text[:1].isupper() and last < 4:
        last += 1
    between = tokens[last + 1 : verb.i]
    if (
        len(between) < 2
        or between[0].lower not in ("a", "an")
        or not tokens[0].text[:1].isupper()
        or tokens[last].pos in ("ADP", "DET", "PRON", "SCONJ", "ADV", "CCONJ", "AUX")
        or tokens[0].pos in ("ADP", "DET", "PRON", "SCONJ", "CCONJ", "AUX", "NUM")
        or any(t.text in (",", ";", ":", '"', "(") or t.tag in (*_FINITE, "MD") for t in between)
        or not any(t.lower in words_of("source-noun") or t.lower in words_of("media-noun") for t in between)
    ):
        return None
    return Phrase(0, last, last)


def _behind_preposition(sentence: Sentence, verb: Token, reading: Reading) -> Phrase | None:
    """The speaker of "In a related development local activists reported …"."""
    tokens = sentence.tokens
    head = tokens[verb.i - 1]
    before = tokens[: verb.i]
    if (
        tokens[0].pos != "ADP"
        or head.pos not in ("NOUN", "PROPN")
        or head.dep not in ("pobj", "appos", "dobj", "compound")
        or any(t.text in (",", '"', ";") or t.pos in ("VERB", "AUX", "PRON") for t in before)
        or not is_speaker(sentence, head.i, reading)
        or not sentence.children(verb.i, "ccomp")
    ):
        return None
    first = head.i
    while first > 2 and tokens[first - 1].pos in ("ADJ", "PROPN"):
        first -= 1
    if tokens[first - 1].pos == "DET" and first > 2:
        first -= 1
    if first == head.i and tokens[first - 1].pos == "NOUN" and first > 3 and tokens[first - 2].pos in ("NOUN", "ADJ"):
        first -= 1  # "media activists" behind another noun
    if tokens[first - 1].pos == "ADP" or first < 2:
        return None
    return Phrase(first, head.i, head.i)


def _cited_by(sentence: Sentence, frames: list[Frame], verb: Token, reading: Reading) -> list[Frame]:
    """The citing phrase of nobody right behind the words that open the sentence: theirs."""
    tokens = sentence.tokens
    for frame in frames:
        comma = frame.cue_first - 1
        if frame.kind != "quoted" or frame.speakers or comma < 1 or comma > 6 or tokens[comma].text != ",":
            continue
        lead = tokens[:comma]
        nouns = [t for t in lead if t.lower in words_of("carrier") or is_speaker(sentence, t.i, reading)]
        if nouns and lead[-1].text[:1].isupper() and not any(t.text in (",", '"') for t in lead):
            own = frozenset(range(comma)) | frame.tokens | {verb.i}
            speaker = Phrase(0, comma - 1, comma - 1)
            joined = replace(frame, speakers=(speaker,), tokens=own, scope=frame.scope - own)
            return [joined if f is frame else f for f in frames]
    return frames
