"""Frames by other means than a reporting verb: "according to", "per", "citing", "quoted X as saying", headlines."""

from __future__ import annotations

from functools import cache

from kg.claims.sources.frame import Frame, reporting_verbs
from kg.claims.sources.phrases import Phrase, conjuncts, is_speaker, noun_phrase, subject_heads
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import Guard
from kg.nlp import Sentence, Token


@cache
def _citing() -> Guard:
    """All words below which `_cited_below` finds somebody."""
    return Guard(words_of_any("citing-participle", "attributing-participle") | {"reference"})


def cited(sentence: Sentence, verb: Token, reading: Reading) -> tuple[tuple[Phrase, ...], int | None]:
    """The sources that the subject of a reporting verb cites: "the daily, citing officials, said"."""
    for token in sentence.tokens if _citing().passes(sentence) else ():
        below = _cited_below(sentence, token) if _citing().begins(token) else []
        if not below:
            continue
        above = {a.i for a in sentence.ancestors(token.i)}
        subjects = set(subject_heads(sentence, verb))
        if verb.i in above or subjects & above or token.head == verb.i:
            heads = [k for i in below for k in conjuncts(sentence, _whose_words(sentence, i))]
            phrases = tuple(noun_phrase(sentence, h) for h in heads if is_speaker(sentence, h, reading))
            if phrases:
                return phrases, token.i
    return (), None


def _whose_words(sentence: Sentence, i: int) -> int:
    """ "citing information from an allied service": the service; other papers stand for themselves."""
    if sentence.tokens[i].lower not in words_of("mere-words"):
        return i
    behind = sentence.tokens[i + 1 : i + 2]
    given = [c.i for p in behind if p.lower in ("from", "by") for c in sentence.children(p.i, "pobj")]
    return given[0] if given else i


def _cited_below(sentence: Sentence, token: Token) -> list[int]:
    """The heads of those cited by "citing X", "quoting X" and "with reference to X"."""
    if token.i and sentence.tokens[token.i - 1].lower == "without":
        return []
    if token.lower in words_of("citing-participle"):
        above = sentence.tokens[token.head]
        if token.i == 0 and token.dep in ("amod", "compound") and above.i > token.i:
            return [above.i]  # "Quoting army sources, the daily says …" as the parse has it
        return [c.i for c in sentence.children(token.i, "dobj", "pobj")]
    if token.lower in words_of("attributing-participle"):
        return [c.i for to in sentence.children(token.i, "prep", "dative") for c in sentence.children(to.i, "pobj")]
    if token.lower == "reference" and token.i and sentence.tokens[token.i - 1].lower in ("with", "in", "a"):
        return [c.i for to in sentence.children(token.i, "prep") for c in sentence.children(to.i, "pobj")]
    return []


def quoted_by(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    """ "X was quoted by the agency as saying …", "X was quoted as saying by the agency": the agency relays X."""
    below = {verb.i} | {c.i for p in sentence.children(verb.i, "prep") for c in sentence.children(p.i, "pcomp")}
    agents = [
        k
        for t in sentence.tokens[verb.i + 1 :]
        if t.lower in ("by", "in") and t.head in below
        for c in sentence.children(t.i, "pobj")
        for k in conjuncts(sentence, c.i)
        if is_speaker(sentence, k, reading)
    ]
    subjects = [
        k
        for c in sentence.children(verb.i, "nsubjpass")
        for k in conjuncts(sentence, c.i)
        if is_speaker(sentence, k, reading)
    ]
    if not agents or not subjects:
        return []
    speakers = tuple(noun_phrase(sentence, k) for k in agents)
    cites = tuple(noun_phrase(sentence, k) for k in subjects)
    own = {i for p in (*cites, *speakers) for i in range(p.first, p.last + 1)} | {verb.i}
    scope = {t.i for t in sentence.subtree(verb.i)} - own
    return [
        Frame(
            "quoted", f"says.{verb.lemma}", speakers, verb.i, verb.i, frozenset(scope), verb.lemma, cites, verb.i,
            tokens=frozenset(own),
        )
    ]  # fmt: skip


def cite_tokens(sentence: Sentence, cue: int | None) -> set[int]:
    """The tokens of the citing phrase, unless the parse hung the reported clause below it."""
    if cue is None:
        return set()
    objects = sentence.children(cue, "dobj", "pobj")
    return {cue} | {i for o in objects for p in [noun_phrase(sentence, o.i)] for i in range(p.first, p.last + 1)}


def according(sentence: Sentence, token: Token, reading: Reading) -> list[Frame]:
    after = token.i + 1
    if after >= len(sentence.tokens) or sentence.tokens[after].lower != "to":
        return []
    heads = [c.i for c in sentence.children(after, "pobj")] or [c.i for c in sentence.children(token.i, "pobj")]
    heads = [k for h in heads for k in conjuncts(sentence, h)]
    heads = [h for h in heads if is_speaker(sentence, h, reading)]
    if not heads:
        return []
    speakers = tuple(noun_phrase(sentence, h) for h in heads)
    own = {i for p in speakers for i in range(p.first, p.last + 1)} | {token.i, after}
    scope = frozenset(t.i for t in sentence.tokens) - own
    return [Frame("according", "according-to", speakers, token.i, after, scope, tokens=frozenset(own))]


def as_told_by(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    """ "as reported by the radio, …": the radio says all that the sentence says."""
    before, after = sentence.tokens[verb.i - 1 : verb.i], sentence.tokens[verb.i + 1 : verb.i + 2]
    if not before or not after or before[0].lower != "as" or after[0].lower != "by" or verb.tag != "VBN":
        return []
    heads = [k for c in sentence.children(after[0].i, "pobj") for k in conjuncts(sentence, c.i)]
    speakers = tuple(noun_phrase(sentence, h) for h in heads if is_speaker(sentence, h, reading))
    own = {i for p in speakers for i in range(p.first, p.last + 1)} | {verb.i - 1, verb.i, after[0].i}
    scope = frozenset(t.i for t in sentence.tokens) - own
    return (
        [Frame("according", "as-told-by", speakers, verb.i, verb.i, scope, tokens=frozenset(own))] if speakers else []
    )


def learned(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    """ "It was learned from military sources that …", "the station has learned from the mayor that …": they say it."""
    heads = [
        k
        for p in sentence.children(verb.i, "prep")
        if p.lower == "from"
        for c in sentence.children(p.i, "pobj")
        for k in conjuncts(sentence, c.i)
        if is_speaker(sentence, k, reading)
    ]
    cites = tuple(noun_phrase(sentence, h) for h in heads)
    if not cites:
        return []
    asking = [c for c in sentence.children(verb.i, "nsubj") if is_speaker(sentence, c.i, reading) and c.pos != "PRON"]
    speakers = tuple(noun_phrase(sentence, c.i) for c in asking)
    own = frozenset(i for p in (*cites, *speakers) for i in range(p.first, p.last + 1)) | {verb.i}
    scope = frozenset(t.i for t in sentence.tokens if t.i > verb.i) - own
    return [Frame("quoted", "learned", speakers, verb.i, verb.i, scope, verb.lemma, cites, verb.i, tokens=own)]


def per(sentence: Sentence, token: Token) -> list[Frame]:
    """ "per the report", "by early reports": a document named as the source."""
    heads = [c for c in sentence.children(token.i, "pobj") if c.lower in words_of("document-noun")]
    if not heads or (token.lower == "by" and heads[0].lower not in words_of("by-document")):
        return []
    phrase = noun_phrase(sentence, heads[0].i)
    if token.lower == "by" and sentence.tokens[phrase.first].lower in words_of("nobody-in-particular"):
        return []  # "by some estimates"
    own = set(range(phrase.first, phrase.last + 1)) | {token.i}
    closing = all(t.pos == "PUNCT" for t in sentence.tokens[phrase.last + 1 :])
    whole = token.lower == "per" or (closing and token.dep != "agent")  # "…, by the army's count"
    scope = frozenset(t.i for t in sentence.tokens if t.i > token.i or whole) - own
    return [Frame("according", "per", (phrase,), token.i, token.i, scope, tokens=frozenset(own))]


def based_on(sentence: Sentence, token: Token, reading: Reading) -> list[Frame]:
    """ "…, based on a count by the agency": whose count it is."""
    heads = [
        k
        for on in sentence.children(token.i, "prep")
        for paper in sentence.children(on.i, "pobj")
        if paper.lower in words_of("by-document")
        for by in sentence.children(paper.i, "prep")
        if by.lower in ("by", "from")
        for c in sentence.children(by.i, "pobj")
        for k in conjuncts(sentence, c.i)
        if is_speaker(sentence, k, reading)
    ]
    speakers = tuple(noun_phrase(sentence, h) for h in heads)
    own = frozenset(range(token.i, speakers[-1].last + 1)) if speakers else frozenset()
    scope = frozenset(t.i for t in sentence.tokens) - own
    return [Frame("according", "based-on", speakers, token.i, token.i, scope, tokens=own)] if speakers else []


def compiled(sentence: Sentence, noun: Token, reading: Reading) -> list[Frame]:
    """ "figures compiled by the UN show …", where the model takes "show" for a noun and finds no clause."""
    tokens = sentence.tokens
    start = noun.i + 3
    if (
        len(tokens) <= start
        or tokens[noun.i + 1].lemma not in words_of("compiling-verb")
        or tokens[start - 1].lower != "by"
    ):
        return []
    show = next((t for t in tokens[start : start + 12] if t.lemma in words_of("showing-verb")), None)
    if show is None or show.pos == "VERB" or show.i == start:
        return []
    if not is_speaker(sentence, show.i - 1, reading):
        return []
    own = frozenset(range(noun.i, show.i + 1))
    scope = frozenset(t.i for t in tokens) - own
    phrase = Phrase(start, show.i - 1, show.i - 1)
    return [Frame("according", "compiled-by", (phrase,), noun.i, show.i, scope, tokens=own)]


def citing(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    """ "the agency quoted him as saying …", "the paper cited officials": subject relays the object."""
    heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
    objects = [
        k
        for c in sentence.children(verb.i, "dobj")
        for k in conjuncts(sentence, _whose_words(sentence, c.i))
        if is_speaker(sentence, k, reading)
    ]
    if not objects:
        return []
    governed = verb.lower in words_of("citing-participle") and any(
        a.pos == "VERB" and a.lemma in reporting_verbs() for a in sentence.ancestors(verb.i)
    )
    if governed and any(
        subject_heads(sentence, a)
        for a in sentence.ancestors(verb.i)
        if a.pos == "VERB" and a.lemma in reporting_verbs()
    ):
        return []  # cited reads it as part of the reporting verb's frame
    cites = tuple(noun_phrase(sentence, k) for k in objects)
    participle = verb.lower in words_of("citing-participle") and not sentence.children(verb.i, "nsubj")
    speakers = () if participle else tuple(noun_phrase(sentence, h) for h in heads)
    own = {i for p in (*cites, *speakers) for i in range(p.first, p.last + 1)} | {verb.i}
    scope = {t.i for t in (sentence.tokens if participle else sentence.subtree(verb.i))}
    return [
        Frame(
            "quoted",
            f"says.{verb.lemma}",
            speakers,
            verb.i,
            verb.i,
            frozenset(scope - own),
            verb.lemma,
            cites,
            verb.i,
            tokens=frozenset(own),
        )
    ]


def headline(sentence: Sentence, reading: Reading) -> list[Frame]:
    """ "… – Agency" and "Agency: …", where the lone phrase is a known name or a noun that says things."""
    tokens = sentence.tokens
    for k in range(len(tokens) - 2, 0, -1):
        if tokens[k].text in ("–", "—", "-", "--", ":") and len(tokens) - k <= 6 and k > 2:
            tail = range(k + 1, len(tokens))
            if _lone_source(sentence, list(tail), reading):
                phrase = Phrase(k + 1, len(tokens) - 1, len(tokens) - 1)
                return [
                    Frame("headline", "headline-tail", (phrase,), k, k, frozenset(range(k)), tokens=frozenset(tail))
                ]
    for k in range(1, min(6, len(tokens) - 2)):
        if tokens[k].text == ":" and _lone_source(sentence, list(range(k)), reading):
            phrase = Phrase(0, k - 1, k - 1)
            return [
                Frame(
                    "headline",
                    "headline-head",
                    (phrase,),
                    k,
                    k,
                    frozenset(range(k + 1, len(tokens))),
                    tokens=frozenset(range(k)),
                )
            ]
    return []


def _lone_source(sentence: Sentence, span: list[int], reading: Reading) -> bool:
    start, end = sentence.tokens[span[0]].start, sentence.tokens[span[-1]].end
    hits = [n for n in reading.names_in(start, end) if n.kind not in ("place", "state") or n.how == "metonym"]
    if hits and hits[-1].end == end:
        return True
    last = sentence.tokens[span[-1]]
    if last.lower in words_of("occasion"):
        return False  # "War briefing: three killed"
    return len(span) <= 4 and (last.lemma in words_of("source-noun") or last.lower in words_of("source-noun"))
