"""What is said of a movement of forces: its status, who sends, its wave and purpose."""

from __future__ import annotations

from kg.claims.counts.group import Group
from kg.claims.hedges import is_denied
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.mentions.wording import worded
from kg.model import Evidence
from kg.nlp import Sentence, Token


def leaves_place(sentence: Sentence, verb: Token, reading: Reading) -> bool:
    """ "left the valley", not "left 12 dead"; and not what somebody else wants forces to do."""
    above = sentence.tokens[verb.head]
    if above.lemma in words_of("wish-verb") and verb.dep in ("xcomp", "ccomp"):
        return False
    if verb.tag in ("VBD", "VBN", "VBP") and not sentence.children(
        verb.i, "dobj", "xcomp", "acomp", "ccomp", "auxpass"
    ):
        after = sentence.tokens[verb.i + 1 : verb.i + 2]
        return not after or after[0].text == "." or reading.is_date(after[0].start) or after[0].lower in ("in", "on")
    return any(
        reading.name_at(c.start) is not None or c.ent in ("GPE", "LOC") or _is_place(c)
        for c in sentence.children(verb.i, "dobj")
    )


def _is_place(noun: Token) -> bool:
    kinds = ("nation", "place-settlement", "place-province", "place-terrain", "place-site", "place-quarter")
    return any(noun.lower in words_of(kind) for kind in kinds)


def goes_so(sentence: Sentence, verb: Token, voice: str) -> bool:
    """Whether a verb that moves forces in one construction alone stands in it: "pulled back", "troops will follow"."""
    if voice != "subject":
        return True
    if verb.lemma in words_of("back-verb"):
        return any(c.lower in words_of("going-back") for c in sentence.children(verb.i))
    if verb.lemma == "follow":
        ahead = {c.lower for c in sentence.children(verb.i, "aux")} & words_of("modal")
        return bool(ahead) and not sentence.children(verb.i, "dobj")
    return True


def comes_back(sentence: Sentence, verb: Token) -> bool:
    """ "brought home 12,000 soldiers": what is sent home is withdrawn."""
    after = sentence.tokens[verb.i + 1 : verb.i + 2]
    return any(c.lower == "home" for c in (*sentence.children(verb.i, "advmod", "prt"), *after))


def progressive(sentence: Sentence, verb: Token) -> bool:
    """ "will be leaving", not "leaving 12 dead"."""
    return verb.tag == "VBG" and any(c.lemma == "be" for c in sentence.children(verb.i, "aux"))


def wished(sentence: Sentence, verb: Token) -> bool:
    """What somebody only asks for: "urged them to withdraw their troops", "foreign forces must leave"."""
    must = {c.lower for c in sentence.children(verb.i, "aux")} & {"must", "should", "ought"}
    above = sentence.tokens[verb.head]
    asked = above.i != verb.i and above.lemma in words_of("wish-verb") and verb.dep in ("xcomp", "ccomp")
    another = sentence.children(verb.i, "nsubj") or sentence.children(above.i, "dobj")
    return bool(must) or (asked and bool(another))  # "wants to send troops" is a plan of one's own


def gone_by(sentence: Sentence, group: Group) -> str | None:
    """The status in "its 60 will be home by June", "the 240 are back"; None where nothing of the kind follows."""
    rest = sentence.tokens[group.last + 1 : group.last + 7]
    be = next((k for k, t in enumerate(rest) if t.lemma == "be"), None)
    if be is None or any(t.pos not in ("AUX", "ADV", "PART", "DET", "PRON") for t in rest[:be]):
        return None
    after = next((t for t in rest[be + 1 :] if t.lower not in ("be", "been", "being", "all")), None)
    if after is None or after.lower not in words_of("gone"):
        return None
    return "planned" if any(t.lower in words_of("modal") for t in rest[:be]) else "withdrawn"


def raised(sentence: Sentence, verb: Token) -> list[int]:
    """The subject of "expected to be sent", "were seen arriving", taken from the verb above."""
    above = sentence.tokens[verb.head]
    if verb.dep in ("xcomp", "ccomp", "advcl", "conj") and above.i != verb.i:
        subjects = [c.i for c in sentence.children(above.i, "nsubj", "nsubjpass")]
        if above.dep in ("acl", "relcl"):
            subjects = [above.head]
        return subjects
    if verb.dep == "acl":
        return [verb.head]
    if verb.dep == "relcl":
        return [verb.head]
    return []


def confirmed(sentence: Sentence, verb: Token) -> bool:
    return any(a.lemma in words_of("confirming-verb") for a in sentence.ancestors(verb.i))


def controller(sentence: Sentence, verb: Token, group: Group) -> int | None:
    """Who sends, where the verb borrows its subject: "the kingdom plans to send", "accused X of sending"."""
    for above in sentence.ancestors(verb.i):
        if above.pos in ("VERB", "AUX"):
            objects = [c.i for c in sentence.children(above.i, "dobj")]
            if objects and above.lemma in words_of("object-control") and not group.first <= objects[0] <= group.last:
                return objects[0]
            subjects = [
                c.i for c in sentence.children(above.i, "nsubj", "nsubjpass") if not group.first <= c.i <= group.last
            ]
            if subjects:
                return subjects[0]
    return None


def open_question(sentence: Sentence, verb: Token) -> bool:
    """Inside "whether …" or "if …": nobody says that it happens."""
    for token in (verb, *sentence.ancestors(verb.i)):
        if any(c.lower in ("whether", "if") for c in sentence.children(token.i, "mark", "advmod", "cc", "preconj")):
            return True
    return False


def status_of(sentence: Sentence, verb: Token, status: str) -> str:
    """Planned where an auxiliary, a governing verb or "to be" puts it into the future."""
    chain = [verb, *list(sentence.ancestors(verb.i))[:4]]
    infinitive = any(c.lower == "to" for c in sentence.children(verb.i, "aux"))
    heading = sentence.block.kind in ("title", "heading") and verb.head == verb.i
    if _refused(sentence, verb) or (infinitive and sentence.tokens[verb.head].lower in ("due", "about")):
        return "planned"
    if infinitive and (heading or sentence.tokens[verb.head].lemma == "be"):
        return "planned"
    for k, token in enumerate(chain):
        lowered = {c.lower for c in sentence.children(token.i, "aux", "auxpass")}
        perfect = "have" in lowered and verb is token
        if lowered & words_of("modal") and not perfect and k <= 1:
            return "planned"
        if k and token.lemma in words_of("plan") and _infinitive(sentence, chain[k - 1], verb):
            return status if _perfect(sentence, verb) else "planned"
        if (
            k
            and token.lemma in words_of("expect")
            and _infinitive(sentence, chain[k - 1], verb)
            and not _perfect(sentence, verb)
        ):
            return "planned" if token.lemma == "plan" else "expected"
    return status


def _infinitive(sentence: Sentence, below: Token, verb: Token) -> bool:
    if any(c.lower == "to" for t in (below, verb) for c in sentence.children(t.i, "aux")):
        return True
    return below.dep in ("dobj", "pcomp", "ccomp") or (below.dep == "xcomp" and below.tag == "VBG")


def _perfect(sentence: Sentence, verb: Token) -> bool:
    return any(c.lower in ("have", "has", "had") for c in sentence.children(verb.i, "aux"))


def wave(sentence: Sentence, reading: Reading) -> Evidence | None:
    for token in worded(sentence, words_of("wave")):
        if token.i > 0 and sentence.tokens[token.i - 1].pos in ("ADJ", "NUM"):
            first = token.i - 1
            last = token.i
            if last + 2 < len(sentence.tokens) and sentence.tokens[last + 1].lower == "of":
                last += 2
            return reading.evidence(sentence, first, last)
    return None


def purpose_of(sentence: Sentence, verb: Token, group: Group, reading: Reading) -> Evidence | None:
    """The infinitive that says what for: "to help the army hold the town"."""
    options = [
        c
        for t in (verb.i, group.head if group.head is not None else verb.i)
        for c in sentence.children(t, "advcl", "xcomp", "acl", "relcl")
    ]
    for clause in options:
        marks = [c for c in sentence.children(clause.i, "aux") if c.lower == "to"]
        if marks and marks[0].i > verb.i and clause.tag == "VB":
            covered = [t for t in sentence.subtree(clause.i) if t.i >= marks[0].i]
            last = covered[-1].i
            while last > marks[0].i and sentence.tokens[last].text in (".", ","):
                last -= 1
            return _closed(reading, reading.evidence(sentence, marks[0].i, last))
    return None


def is_negated(sentence: Sentence, verb: Token) -> bool:
    """Whether a movement is denied: by its own negation or by a verb above ("denied sending")."""
    return (
        any(c.dep == "neg" for c in sentence.children(verb.i))
        or is_denied(sentence, verb.i)
        or _refused(sentence, verb)
    )


def _refused(sentence: Sentence, verb: Token) -> bool:
    """ "refused to send", "stopped short of sending", "ruled out sending": the movement is not to be."""
    for above in list(sentence.ancestors(verb.i))[:3]:
        below = {c.lower for c in sentence.children(above.i)}
        if (
            above.lemma in words_of("refusal-verb")
            or (above.lemma == "stop" and "short" in below)
            or (above.lemma == "rule" and "out" in below)
        ):
            return True
    return False


def _closed(reading: Reading, evidence: Evidence) -> Evidence:
    """The evidence up to the closing mark of a quotation that it opens."""
    masked = reading.document.masked
    if masked.count('"', evidence.start, evidence.end) % 2 == 0:
        return evidence
    end = masked.find('"', evidence.end)
    return reading.document.evidence(evidence.start, end + 1) if 0 <= end - evidence.end < 200 else evidence
