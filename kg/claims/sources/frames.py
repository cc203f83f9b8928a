"""Who reports what in one sentence: speaker frames with the tokens that they govern.

Covered: reporting verbs with a subject ("the ministry said 12 died"), and by `kg.claims.sources.citing` "according
to", "citing", "quoted X as saying", headline tails and heads ("… – Agency", "Agency: …"). Not covered:
speakers who are only implied, and free indirect speech.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kg.claims.sources.citing import (
    according,
    as_told_by,
    based_on,
    cite_tokens,
    cited,
    citing,
    compiled,
    headline,
    learned,
    per,
    quoted_by,
)
from kg.claims.sources.frame import Frame, reporting_lemmas, reporting_verbs
from kg.claims.sources.hearsay import beyond_colon, looks_on, speaks_of, without_question
from kg.claims.sources.joined import with_citations, with_inserted
from kg.claims.sources.leads import with_leads
from kg.claims.sources.limits import is_own_people, within_limits, without_own_people
from kg.claims.sources.outlets import is_gathering, is_outlet
from kg.claims.sources.phrases import conjuncts, is_passive_verb, is_speaker, noun_phrase, subject_heads
from kg.claims.sources.tails import with_tails
from kg.claims.sources.venues import with_venues, without_own_documents
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import Guard
from kg.nlp import Sentence, Token


def find_frames(sentence: Sentence, reading: Reading) -> list[Frame]:
    """The frames of a sentence, outermost first."""
    words, verbs = _cues()
    frames = []
    if words.passes(sentence) or verbs.passes(sentence):
        for token in sentence.tokens:
            if words.begins(token) or (token.pos == "VERB" and verbs.begins(token)):
                frames += _frames_at(sentence, token, reading)
    frames = with_leads(sentence, with_tails(sentence, frames, reading), reading)
    frames = with_citations(with_inserted(sentence, frames))
    frames = [beyond_colon(sentence, without_question(sentence, f)) for f in frames]
    frames = without_own_documents(sentence, frames)
    if sentence.block.kind in ("title", "heading"):
        frames.extend(headline(sentence, reading))
    if not frames:
        return []
    frames = within_limits(sentence, frames)

    def rank(frame: Frame) -> float:
        """According-to frames and tails are outermost, unless they stand inside what somebody else says."""
        if frame.kind not in ("according", "headline"):
            return 1 - (frame.rule.startswith("tail") and any(f.cue_first in frame.scope for f in frames)) * 0.5
        if frame.kind == "according" and any(is_outlet(sentence, p, reading) for p in frame.speakers):
            others = [p for f in frames if f.kind == "verb" for p in f.speakers]
            if not any(is_outlet(sentence, p, reading) for p in others):
                return 0  # "…, the governor said, according to the agency"
        inside = any(f.kind == "verb" and f.cue_first < frame.cue_first and frame.cue_first in f.scope for f in frames)
        return 2 if inside else 0

    if len(frames) > 1:  # one alone is neither contrasted nor nested
        contrasted = [_contrasted(sentence, f, frames) for f in frames]
        frames = [replace(f, scope=f.scope - c) if c else f for f, c in zip(frames, contrasted, strict=True)]
        frames = [replace(f, nested=True) if _is_nested(f, frames) else f for f in frames]
    frames = without_own_people(sentence, frames)
    ordered = sorted(frames, key=lambda f: (rank(f), -len(f.scope), f.cue_first))
    return with_venues(sentence, ordered, reading)


def _is_nested(frame: Frame, frames: list[Frame]) -> bool:
    """Whether somebody else reports what a frame reports: not "rejected the claim and told reporters"."""
    return any(frame.cue_first in f.scope and f is not frame and f.speakers != frame.speakers for f in frames)


def _contrasted(sentence: Sentence, frame: Frame, frames: list[Frame]) -> frozenset[int]:
    """Tokens that another speaker reports side by side: "A said 12 died, while B put it at 30"."""
    beside: set[int] = set()
    for other in frames:
        verb = sentence.tokens[other.cue_first]
        if other is frame or other.cue_first not in frame.scope or other.kind != "verb":
            continue
        marks = {c.lower for c in sentence.children(verb.i, "mark", "advmod")}
        if "that" in marks or is_own_people(sentence, other):
            continue  # "said that … and that its staff counted 17 dead"
        if (verb.dep == "conj" and sentence.children(verb.i, "nsubj")) or marks & {"while", "whereas", "whilst"}:
            beside |= {t.i for t in sentence.subtree(verb.i)}
    return frozenset(beside)


@cache
def _cues() -> tuple[Guard, Guard]:
    """The words, and the lemmas of verbs, at which a frame can stand: all that `_frames_at` asks for."""
    lemmas = words_of_any("speaking-of-verb", "onlooking-verb", "revising-verb", "learning-verb") | reporting_lemmas()
    return Guard(words_of("document-noun") | {"according", "based", "per", "by"}), Guard(lemmas=lemmas)


def _frames_at(sentence: Sentence, token: Token, reading: Reading) -> list[Frame]:
    if token.lower == "according":
        return according(sentence, token, reading)
    if token.lower in words_of("document-noun") and token.pos != "VERB":
        return compiled(sentence, token, reading)
    if token.lower == "based":
        return based_on(sentence, token, reading)
    if token.lower in ("per", "by") and token.pos == "ADP":
        return per(sentence, token)
    if token.pos == "VERB" and token.lemma in reporting_verbs():
        told = as_told_by(sentence, token, reading)
        if told:
            return told
        if token.lemma in words_of("citing-verb"):
            passive = is_passive_verb(sentence, token)
            return (quoted_by if passive else citing)(sentence, token, reading) or (
                _verb(sentence, token, reading) if passive else []
            )
        saying = [p for p in sentence.children(token.i, "prep") if p.lower == "as" and sentence.children(p.i, "pcomp")]
        if saying and sentence.children(token.i, "dobj") and not is_passive_verb(sentence, token):
            return citing(sentence, token, reading) or _verb(sentence, token, reading)
        return _verb(sentence, token, reading)
    if token.lemma in words_of("learning-verb") and token.tag in ("VBN", "VBD"):
        return learned(sentence, token, reading)
    if speaks_of(sentence, token) or looks_on(sentence, token):
        return _verb(sentence, token, reading)
    if token.pos == "VERB" and token.lemma in words_of("revising-verb") and not _results(sentence, token):
        counts = sentence.children(token.i, "dobj", "nsubjpass")
        return _verb(sentence, token, reading) if any(_is_toll(sentence, c) for c in counts) else []
    return []


def _results(sentence: Sentence, verb: Token) -> bool:
    """ "pulled six bodies from the ruins, raising the toll to 58": what comes of a deed is nobody's statement."""
    above = sentence.tokens[verb.head]
    return verb.tag == "VBG" and verb.dep == "advcl" and above.pos == "VERB" and above.lemma not in reporting_verbs()


def _is_toll(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun is a count of victims: "the toll", "the number of dead"."""
    if noun.lower in words_of("toll-noun"):
        return True
    return noun.lower == "number" and any(t.lower in words_of("counted-state") for t in sentence.subtree(noun.i))


def _verb(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
    if verb.lemma in words_of("giving-verb") and not any(
        c.lower in words_of("document-noun") for c in sentence.children(verb.i, "dobj", "nsubjpass")
    ):
        return []
    if (
        not heads
        or _withholds(sentence, verb)
        or (verb.lemma in words_of("showing-verb") and not _shows(sentence, verb, heads[0]))
        or _says_nothing(sentence, verb)
    ):
        return []
    speakers = tuple(noun_phrase(sentence, h) for h in heads)
    own = (
        {i for h in heads for i in (t.i for t in sentence.subtree(h))} if _children_of(sentence, heads, verb) else set()
    )
    for p in speakers:
        own |= set(range(p.first, p.last + 1))
    scope = {t.i for t in sentence.subtree(verb.i)} - own - {verb.i}
    contrast = any(c.lower in ("while", "whereas", "although", "as") for c in sentence.children(verb.i, "mark"))
    if not contrast and (
        verb.dep == "parataxis" or (verb.dep in ("ccomp", "advcl") and verb.head < verb.i and _tail(sentence, verb))
    ):
        scope |= {t.i for t in sentence.subtree(verb.head)} - own - {verb.i}
    if verb.dep == "ccomp" and verb.head > verb.i:
        marks = [c.i for c in sentence.children(verb.head, "mark") if c.lower == "that"]
        if marks and marks[0] > verb.i:  # "the channel reported, without details, that 12 died"
            scope |= {t.i for t in sentence.subtree(verb.head) if t.i > marks[0]}
    scope -= _claimed(sentence, verb) if verb.lemma in reporting_verbs() else set()
    scope -= _done(sentence, verb) | _asides(sentence, verb, heads)
    stops = [t.i for t in sentence.tokens[: verb.i] if t.text == ";"]
    scope = {i for i in scope if i > verb.i or not stops or i > stops[-1]}
    cites, cite_cue = cited(sentence, verb, reading)
    audience = tuple(
        noun_phrase(sentence, k)
        for c in sentence.children(verb.i, "dobj", "dative", "pobj", "nsubjpass")
        if verb.lemma in words_of("audience-verb")
        and (is_speaker(sentence, c.i, reading) or c.lower in words_of("carrier"))
        for k in conjuncts(sentence, c.i)
        if c.dep != "nsubjpass" or is_outlet(sentence, noun_phrase(sentence, k), reading)
        if not is_gathering(sentence, noun_phrase(sentence, k))
    )
    scope -= {i for p in audience for i in range(p.first, p.last + 1)}
    negated = any(c.dep == "neg" for c in sentence.children(verb.i)) or any(
        sentence.tokens[p.first].lower == "neither" or (p.first and sentence.tokens[p.first - 1].lower == "neither")
        for p in speakers
    )
    return [
        Frame(
            "verb", f"says.{verb.lemma}", speakers, verb.i, verb.i, frozenset(scope - cite_tokens(sentence, cite_cue)),
            verb.lemma, cites, cite_cue, audience, negated, frozenset(own),
        )
    ]  # fmt: skip


def _claimed(sentence: Sentence, verb: Token) -> set[int]:
    """ "claimed responsibility for the attack, which killed 12": the clause tells the event, and so behind "blamed"."""
    objects = [c for c in sentence.children(verb.i, "dobj") if c.lower in words_of("responsibility")]
    if reporting_verbs()[verb.lemma][0] in ("accuses", "praises"):
        causes = [p for p in sentence.children(verb.i, "prep") if p.lower == "for"]
        causes += [
            p for c in sentence.children(verb.i, "dobj") for p in sentence.children(c.i, "prep") if p.lower == "for"
        ]
        objects += [c for p in causes for c in sentence.children(p.i, "pobj") if c.lower in words_of("attack-noun")]
    inside = {t.i for c in objects for t in sentence.subtree(c.i)}
    return {t.i for i in inside for r in sentence.children(i, "relcl") for t in sentence.subtree(r.i)}


def _done(sentence: Sentence, verb: Token) -> set[int]:
    """ "accused them of spying and shot nine": what whoever accuses does is not said."""
    if reporting_verbs().get(verb.lemma, ("", ""))[0] != "accuses" or sentence.children(verb.i, "ccomp"):
        return set()
    deeds = [c for c in sentence.children(verb.i, "conj") if c.tag == verb.tag and not sentence.children(c.i, "nsubj")]
    return {t.i for d in deeds for t in sentence.subtree(d.i)}


def _asides(sentence: Sentence, verb: Token, heads: list[int]) -> set[int]:
    """ "The army, under pressure to bring home 900 men, said …": what stands between subject and verb is not said."""
    last = max(heads)
    aside = last < verb.i and sentence.tokens[last].dep == "nsubj" and sentence.tokens[last + 1].text == ","
    return set(range(last + 1, verb.i)) if aside and sentence.tokens[verb.i - 1].text == "," else set()


def _withholds(sentence: Sentence, verb: Token) -> bool:
    """ "declined to confirm", "avoided confirming": nothing is said; the stance is read elsewhere.

    So it is with "did not say how 12 died" and "said nothing of the 12 dead".
    """
    if verb.lemma in words_of("silent-verb") and (
        sentence.children(verb.i, "neg") or any(c.lower == "nothing" for c in sentence.children(verb.i, "dobj"))
    ):
        return True
    above = [sentence.tokens[verb.head]] if verb.dep in ("xcomp", "pcomp", "ccomp", "conj") else []
    if verb.dep == "conj" and above and above[0].dep in ("xcomp", "pcomp"):
        above.append(sentence.tokens[above[0].head])
    return any(a.lemma in words_of_any("decline", "avoid") for a in above)


def _says_nothing(sentence: Sentence, verb: Token) -> bool:
    """ "recalled its troops", "charged two men", "was reported dead", "put them out of action": other senses."""
    if any(c.lower in words_of("hospital") for c in sentence.children(verb.i, "nsubj")):
        return verb.lemma in words_of("hospital-verb")  # "the hospital admitted 34 wounded"
    if verb.lemma in words_of("clause-verb"):
        accused = sentence.children(verb.i, "dobj") if verb.lemma == "charge" else ()
        charged = accused and any(p.lower == "with" for p in sentence.children(verb.i, "prep"))
        return not charged and not sentence.children(verb.i, "ccomp")
    before = sentence.tokens[verb.i - 1].text if verb.i else ""
    if verb.tag == "VBN" and before == "," and not sentence.children(verb.i, "aux", "auxpass", "ccomp", "agent"):
        return verb.lemma not in words_of("citing-verb")  # "X, recognised as part of Y, has been at war"
    if verb.tag == "VBG" and sentence.children(verb.i, "neg"):
        return True  # "not counting their relatives"
    if verb.lemma in words_of("life-verb") and any(
        c.lower in ("life", "lives") for c in sentence.children(verb.i, "dobj")
    ):
        return True  # "claiming the lives of four"
    after = sentence.tokens[verb.i + 1 : verb.i + 2]
    if verb.tag in ("VBN", "VBD") and after and after[0].lower in words_of("reported-state"):
        return True
    return verb.lemma == "put" and any(t.lower == "out" for t in sentence.children(verb.i, "prep"))


def _shows(sentence: Sentence, verb: Token, head: int) -> bool:
    token = sentence.tokens[head]
    if any(t.lower in words_of("shown-quality") for t in sentence.tokens[verb.i + 1 : verb.i + 4]):
        return False  # "shows no sign of leaving" tells, and nobody says it
    return token.lower in words_of("document-noun") or (
        token.lower not in words_of("unspeaking-pronoun") and bool(sentence.children(verb.i, "ccomp"))
    )


def _children_of(sentence: Sentence, heads: list[int], verb: Token) -> bool:
    return sentence.tokens[heads[0]].head == verb.i


def _tail(sentence: Sentence, verb: Token) -> bool:
    return verb.i > 0 and sentence.tokens[min(t.i for t in sentence.subtree(verb.i)) - 1].text in (",", '"')
