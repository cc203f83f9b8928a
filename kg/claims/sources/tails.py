"""Speakers at the end of a sentence: "12 died, officials said", "12 died, said officials", "12 died officials said".

The parse often makes such a speaker an apposition or an object; the words before are then the reported clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.claims.sources.frame import Frame, reporting_lemmas
from kg.claims.sources.phrases import Phrase, is_speaker, noun_phrase
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.wording import of_lemma
from kg.nlp import Sentence, Token

_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "PART", "PUNCT"})
_OPENING = frozenset({"WP", "WDT", "WRB"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "it"})


def with_tails(sentence: Sentence, frames: list[Frame], reading: Reading) -> list[Frame]:
    """The frames, with those that only the order of the words shows."""
    tokens = sentence.tokens
    result = list(frames)
    for verb, phrase in _tails(sentence, reading):
        phrases = _several(sentence, verb, phrase, reading)
        own = {i for p in phrases for i in range(p.first, p.last + 1)} | {verb.i}
        scope = frozenset(t.i for t in tokens) - own
        known = next((f for f in result if f.cue_first == verb.i), None)
        rule = f"tail.{verb.lemma}"
        if known is None:
            frame = Frame("verb", rule, phrases, verb.i, verb.i, scope, verb.lemma, tokens=frozenset(own))
            result.append(frame)
        elif not any(c.i > verb.i for c in sentence.children(verb.i, "ccomp")):
            joined = _joined(known, result)
            if joined is not None:  # the parse hung "citing officials" elsewhere
                result.remove(joined)
                own |= joined.tokens
                result[result.index(known)] = replace(
                    known, rule=rule, speakers=phrases, tokens=frozenset(own), scope=scope - joined.tokens,
                    cites=joined.cites, cite_cue=joined.cite_cue,
                )  # fmt: skip
                continue
            subject = sentence.tokens[phrase.head]
            heads = {p.head for p in known.speakers}
            if (
                known.kind == "verb"
                and phrase.head not in heads
                and subject.head == verb.i > subject.i
                and subject.dep == "nsubj"
            ):
                known_at = result.index(known)  # "A coach overturned, leaving three dead, police said"
                known = result[known_at] = replace(known, speakers=phrases, tokens=known.tokens | own)
            cited = {i for p in known.cites for i in range(p.first, p.last + 1)}
            result[result.index(known)] = replace(known, scope=known.scope | scope - known.tokens - cited, rule=rule)
    return result


def _joined(frame: Frame, frames: list[Frame]) -> Frame | None:
    """A citing phrase of nobody behind the verb of a frame that cites nobody."""
    loose = [f for f in frames if f.kind == "quoted" and not f.speakers and f.cue_first > frame.cue_first]
    return loose[0] if loose and not frame.cites else None


def _tails(sentence: Sentence, reading: Reading) -> Iterator[tuple[Token, Phrase]]:
    tokens = sentence.tokens
    for verb in of_lemma(sentence, reporting_lemmas()):
        if verb.tag not in ("VBD", "VBN", "VBZ", "VBP"):
            continue
        if verb.lemma in words_of("showing-verb") and not _closes(sentence, verb, reading):
            continue  # "With winter near, the army shows no sign of leaving"
        comma = next((t.i for t in reversed(tokens[: verb.i]) if t.text in (",", '"')), None)
        after_comma = comma is not None and any(t.pos in ("VERB", "AUX") for t in tokens[:comma])
        if after_comma and comma is not None and not _goes_on(tokens, verb.i):
            phrase = _set_off(sentence, verb, comma, reading)
            if phrase is not None:
                yield verb, phrase
                continue
        phrase = _bare(sentence, verb, reading)
        if phrase is not None:
            yield verb, phrase


def _set_off(sentence: Sentence, verb: Token, comma: int, reading: Reading) -> Phrase | None:
    """The speaker between the comma and the verb, or right after a verb that follows the comma."""
    tokens = sentence.tokens
    before = [t for t in tokens[comma + 1 : verb.i] if t.pos not in ("ADV", "AUX")]
    after = tokens[verb.i + 1 : verb.i + 2]
    named = _apposed(sentence, comma, reading) if comma == verb.i - 1 else None
    if named is not None:
        return named
    if after and after[0].lower == "by":
        return None  # "a claim denied by the army"
    if len(before) == 1 and before[0].lower in _SUBJECT_PRONOUNS:
        head: int | None = before[0].i
    elif before and all(t.pos in _NOMINAL or (t.pos == "CCONJ" and t is not before[0]) for t in before):
        head = before[-1].i if before[-1].pos in ("NOUN", "PROPN") else None
    elif not before and after and after[0].pos in ("NOUN", "PROPN", "DET", "ADJ"):
        if verb.lemma in words_of("audience-verb") and any(c.i < comma for c in sentence.children(verb.i, "nsubj")):
            return None  # "The union, which had protested, reminded the minister that …"
        nouns = [t.i for t in tokens[verb.i + 1 : verb.i + 6] if t.pos in ("NOUN", "PROPN") and _ends(tokens, t.i)]
        head = nouns[0] if nouns else None
    else:
        return None
    if head is None or not is_speaker(sentence, head, reading):
        return None
    phrase = noun_phrase(sentence, head)
    if not before:
        return Phrase(phrase.first, phrase.head, head)
    return Phrase(max(phrase.first, comma + 1), max(phrase.head, phrase.last), head)


def _several(sentence: Sentence, verb: Token, phrase: Phrase, reading: Reading) -> tuple[Phrase, ...]:
    """The speakers of "12 died, a nurse and a Western diplomat said": the last one and those before "and"."""
    tokens = sentence.tokens
    joint = next((t.i for t in tokens[phrase.first : phrase.head] if t.pos == "CCONJ"), None)
    if joint is None and phrase.first and tokens[phrase.first - 1].pos == "CCONJ":
        joint = phrase.first - 1
    if joint is None or phrase.head > verb.i:
        return (phrase,)
    comma = next((t.i for t in reversed(tokens[:joint]) if t.text in (",", '"')), None)
    head = tokens[joint - 1]
    if comma is None or head.pos not in ("NOUN", "PROPN") or not is_speaker(sentence, head.i, reading):
        return (phrase,)
    if tokens[joint + 1].pos in ("NOUN", "PROPN") and tokens[joint + 1].i < phrase.head:
        return (phrase,)  # "the Defence and Interior Ministry"
    return (Phrase(comma + 1, joint - 1, joint - 1), Phrase(joint + 1, phrase.last, phrase.head))


def _apposed(sentence: Sentence, comma: int, reading: Reading) -> Phrase | None:
    """The name or the description between the commas of "12 died, the governor, Oleh Bilyk, wrote"."""
    tokens = sentence.tokens
    commas = [t.i for t in tokens[:comma] if t.text == ","][-2:]
    if len(commas) < 2 or not any(t.pos in ("VERB", "AUX") for t in tokens[: commas[0]]):
        return None
    parts = [tokens[commas[0] + 1 : commas[1]], tokens[commas[1] + 1 : comma]]
    if any(not p or any(t.pos not in _NOMINAL for t in p) or p[-1].pos not in ("NOUN", "PROPN") for p in parts):
        return None
    names = [p for p in parts if p[-1].ent == "PERSON" and p[-1].pos == "PROPN"]
    names = [p for p in names if all(t.pos == "PROPN" or t.text == "-" for t in p)] or names
    if len(names) != 1 or not all(is_speaker(sentence, p[-1].i, reading) or p[-1].pos == "NOUN" for p in parts):
        return None
    return Phrase(names[0][0].i, names[0][-1].i, names[0][-1].i)


def _bare(sentence: Sentence, verb: Token, reading: Reading) -> Phrase | None:
    """The speaker before a verb that ends the sentence, where the text has lost its comma."""
    tokens = sentence.tokens
    if verb.lemma not in words_of("plain-saying-verb") or verb.i < 4 or not _closes(sentence, verb, reading):
        return None
    head = next((t for t in reversed(tokens[: verb.i]) if t.pos not in ("ADV", "AUX")), None)
    if head is None or verb.i - head.i > 2 or head.pos not in ("NOUN", "PROPN", "PRON"):
        return None
    if head.pos == "PRON" and head.lower not in _SUBJECT_PRONOUNS:
        return None
    phrase = Phrase(_start(sentence, head, reading), head.i, head.i)
    before = tokens[phrase.first - 1] if phrase.first else None
    if before is None or before.pos not in ("NOUN", "PROPN", "VERB", "NUM", "ADV", "ADJ"):
        return None  # "more than the army said", "what the army said"
    if not any(t.pos in ("VERB", "AUX") for t in tokens[: phrase.first]) or not is_speaker(sentence, head.i, reading):
        return None
    open_clause = next((t.i for t in reversed(tokens[: phrase.first]) if t.tag in _OPENING or t.lower == "than"), None)
    if open_clause is not None and not any(t.tag in _FINITE for t in tokens[open_clause + 1 : phrase.first]):
        return None  # "what the army said"; but "when a shell hit the house the army said"
    return phrase


def _start(sentence: Sentence, head: Token, reading: Reading) -> int:
    """The first token of the words before a noun that can belong to it: not the place before "local media"."""
    first = head.i
    for token in reversed(sentence.tokens[: head.i]):
        hit = reading.name_at(token.start)
        place = token.ent == "GPE" or (hit is not None and hit.kind in ("place", "state") and hit.how != "demonym")
        if token.pos not in ("DET", "ADJ", "NOUN", "PROPN") or (place and head.pos == "NOUN"):
            break
        first = token.i
        if token.pos == "DET":
            break
    return first


def _closes(sentence: Sentence, verb: Token, reading: Reading) -> bool:
    """Whether nothing but a date or a cited source follows the verb."""
    told = verb.lemma in words_of("audience-verb")
    for token in sentence.tokens[verb.i + 1 :]:
        if told and token.pos in _NOMINAL and token.text not in (".", ",", ";", ":") and token.i < verb.i + 6:
            continue  # "… the activist told the agency"
        if token.text in (".", '"') or token.lower in words_of("citing-participle"):
            return True
        if not (reading.is_date(token.start) or token.lower in ("on", "late", "early", "earlier")):
            return False
    return True


def _goes_on(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a clause of its own follows the verb: "…, officials said that 12 died" is no tail."""
    rest = tokens[i + 1 : i + 4]
    if rest and rest[0].lower in ("twice", "half", "double"):
        return True  # "…, rebels claim twice as many"
    return bool(rest) and (
        rest[0].lower in ("that", "how", "whether", ":") or rest[0].text in ('"', ":") or rest[0].pos == "NUM"
    )


def _ends(tokens: tuple[Token, ...], i: int) -> bool:
    return i + 1 >= len(tokens) or tokens[i + 1].pos not in ("NOUN", "PROPN")
