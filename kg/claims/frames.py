"""Who reports what in one sentence: speaker frames with the tokens that they govern.

Covered: reporting verbs with a subject ("the ministry said 12 died"), "according to", "citing",
"quoted X as saying", passives ("was quoted as saying"), headline tails and heads ("… – Agency",
"Agency: …"). Not covered: speakers who are only implied, and free indirect speech.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from kg.lexicon import data_file, read_table
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_SPEAKER_ENTS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "him", "her", "them"})
_GIVING = frozenset({"give", "provide", "issue", "offer", "place", "release"})  # "gave a toll of 31"
_SHOWING = frozenset(
    {"show", "suggest", "indicate", "imply", "find", "note"}
)  # verbs that need a clause, or a document
_NP_PREPOSITIONS = frozenset({"of", "within", "at", "in", "for", "from", "inside", "near", "to"})
_ACTIVE = ("nsubj",)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, tokens `first`..`last` inclusive, with its head."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One reporting construction of a sentence.

    `speakers` may be several ("Ukraine, along with the United States"); `cites` are those whom the
    speakers name as their own source; `audience` is who was told; `scope` the tokens reported.
    """

    kind: str  # verb | according | citing | headline | quoted
    rule: str
    speakers: tuple[Phrase, ...]
    cue_first: int
    cue_last: int
    scope: frozenset[int]
    lemma: str = "say"
    cites: tuple[Phrase, ...] = ()
    cite_cue: int | None = None
    audience: tuple[Phrase, ...] = ()
    negated: bool = False
    tokens: frozenset[int] = field(default_factory=frozenset)  # of the speakers themselves
    nested: bool = False  # inside what another frame reports: who was told is then a go-between


@cache
def reporting_verbs() -> dict[str, tuple[str, str]]:
    """Lemma → (stance code, modality code)."""
    rows = read_table(data_file("reporting_verbs.tsv"), ("lemma", "stance", "modality", "example"), key=("lemma",))
    return {row["lemma"]: (row["stance"], row["modality"]) for row in rows}


def noun_phrase(sentence: Sentence, head: int) -> Phrase:
    """The phrase around a head noun: modifiers, names and "of …"; not appositions or relative clauses.

    A parenthesis that follows directly ("(NIS)") belongs to it.
    """
    inside = {t.i for t in sentence.subtree(head)}
    first = head
    while first - 1 in inside and sentence.tokens[first - 1].text not in (",", ":", ";"):
        first -= 1
    last = head
    tokens = sentence.tokens
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        if (
            following.text == "("
            and last + 3 < len(tokens)
            and tokens[last + 3].text == ")"
            and tokens[last + 2].text[:1].isupper()
        ):
            last += 3
            continue
        if (
            following.i not in inside
            or following.pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ")
            or following.tag in ("WP", "WDT", "WRB")
        ):
            if not (following.text in ("-", "'s", "'") or following.tag == "POS"):
                break
        if following.pos == "ADP" and following.lower not in _NP_PREPOSITIONS:
            break
        last += 1
    while first < head and tokens[first].lower in ("neither", "both", "either", "but"):
        first += 1
    while last > head and (tokens[last].pos in ("ADP", "PUNCT", "DET") and tokens[last].text != ")"):
        last -= 1
    return Phrase(first, last, head)


def conjuncts(sentence: Sentence, head: int) -> list[int]:
    """`head` and the nouns coordinated with it ("X and Y", "X, along with Y and Z")."""
    found = [head]
    for token in sentence.children(head, "conj"):
        found.extend(conjuncts(sentence, token.i))
    for token in sentence.children(head, "prep"):
        following = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if token.lower == "with" and token.i and sentence.tokens[token.i - 1].lower in ("along", "together"):
            found.extend(k for c in sentence.children(token.i, "pobj") for k in conjuncts(sentence, c.i))
        elif token.lower == "along" and following is not None and following.lower == "with":
            found.extend(k for c in sentence.children(following.i, "pobj") for k in conjuncts(sentence, c.i))
    return sorted(dict.fromkeys(found))


def is_speaker(sentence: Sentence, i: int, reading: Reading) -> bool:
    """Whether token `i` can head a source: a name, a pronoun for one, or a noun that says things."""
    token = sentence.tokens[i]
    if is_partitive(sentence, i):
        return True
    if reading.is_date(token.start) or token.ent in ("DATE", "TIME", "CARDINAL", "QUANTITY", "PERCENT"):
        return False
    if token.lower in _PRONOUNS or (token.lower in reading.people and token.text[:1].isupper()):
        return True
    hit = reading.name_at(token.start)
    if hit is not None and hit.kind != "place":
        return True
    if token.ent in _SPEAKER_ENTS or token.pos == "PROPN":
        return True
    lemma = token.lemma if token.lemma in words_of("source-noun") else token.lower
    return lemma in words_of("source-noun") or token.lower in words_of("document-noun") or _person(token)


def is_partitive(sentence: Sentence, i: int) -> bool:
    """ "one of whom", "two of them": some of the people just named."""
    after = sentence.tokens[i + 1 : i + 3]
    return (
        sentence.tokens[i].pos in ("NUM", "PRON", "DET")
        and len(after) == 2
        and after[0].lower == "of"
        and after[1].lower in ("whom", "them")
    )


def _person(token: Token) -> bool:
    from kg.claims.groups import person_nouns

    singular, plural = person_nouns()
    return token.lower in singular or token.lower in plural


def find_frames(sentence: Sentence, reading: Reading) -> list[Frame]:
    """The frames of a sentence, outermost first."""
    frames = [f for t in sentence.tokens for f in _frames_at(sentence, t, reading)]
    if sentence.block.kind in ("title", "heading"):
        frames.extend(_headline(sentence, reading))
    rank = {"according": 0, "headline": 0}
    frames = [replace(f, scope=f.scope - _contrasted(sentence, f, frames)) for f in frames]
    frames = [replace(f, nested=any(f.cue_first in other.scope for other in frames if other is not f)) for f in frames]
    return sorted(frames, key=lambda f: (rank.get(f.kind, 1), -len(f.scope), f.cue_first))


def _contrasted(sentence: Sentence, frame: Frame, frames: list[Frame]) -> frozenset[int]:
    """Tokens that another speaker reports side by side: "A said 12 died, while B put it at 30"."""
    beside: set[int] = set()
    for other in frames:
        verb = sentence.tokens[other.cue_first]
        if other is frame or other.cue_first not in frame.scope or other.kind != "verb":
            continue
        marks = {c.lower for c in sentence.children(verb.i, "mark", "advmod")}
        if (verb.dep == "conj" and sentence.children(verb.i, "nsubj")) or marks & {"while", "whereas", "whilst"}:
            beside |= {t.i for t in sentence.subtree(verb.i)}
    return frozenset(beside)


def _frames_at(sentence: Sentence, token: Token, reading: Reading) -> list[Frame]:
    if token.lower == "according":
        return _according(sentence, token, reading)
    if token.lower in ("per", "by") and token.pos == "ADP":
        return _per(sentence, token, reading)
    if token.pos == "VERB" and token.lemma in reporting_verbs():
        if token.lemma in ("cite", "quote") and not _passive(sentence, token):
            return _citing(sentence, token, reading)
        return _verb(sentence, token, reading)
    return []


def _passive(sentence: Sentence, verb: Token) -> bool:
    return bool(sentence.children(verb.i, "auxpass", "nsubjpass"))


def subject_heads(sentence: Sentence, verb: Token) -> list[int]:
    """The subject heads of a verb; a coordinated or participial verb borrows its governor's."""
    if sentence.block.kind in ("title", "heading") and verb.i and _after_colon(sentence, verb):
        return [verb.i - 1]
    current = verb
    for _ in range(4):
        subjects = sentence.children(current.i, *_ACTIVE)
        if _passive(sentence, current):
            subjects = (
                sentence.children(current.i, "nsubjpass")
                if current.lemma in ("quote", "cite")
                else _agents(sentence, current)
            )
            if not subjects:
                return []
        subjects = [s for s in subjects if s.ent not in ("DATE", "TIME")]
        if subjects:
            heads = subjects
            if subjects[0].tag in ("WP", "WDT") and current.dep == "relcl":
                heads = [sentence.tokens[current.head]]
            return conjuncts(sentence, heads[0].i)
        if current.dep == "acl":
            return conjuncts(sentence, current.head)
        if (
            current.dep in ("conj", "advcl", "xcomp", "ccomp")
            and current.head != current.i
            and sentence.tokens[current.head].pos in ("VERB", "AUX")
        ):
            if current.dep == "ccomp" and current.i > 0:
                break
            current = sentence.tokens[current.head]
            continue
        break
    return _inverted(sentence, verb)


def _after_colon(sentence: Sentence, verb: Token) -> bool:
    """ "Troops killed: Agency reports 20 dead": the noun before the verb begins a clause of its own."""
    before = sentence.tokens[verb.i - 1]
    return before.pos in ("PROPN", "NOUN") and verb.i > 1 and sentence.tokens[verb.i - 2].text in (":", ";", "|")


def _agents(sentence: Sentence, verb: Token) -> list[Token]:
    return [p for by in sentence.children(verb.i, "agent") for p in sentence.children(by.i, "pobj")]


def _inverted(sentence: Sentence, verb: Token) -> list[int]:
    """ "…, reported officials" and "…, officials reported": what stands next to the verb where the parse fails."""
    before = sentence.tokens[verb.i - 1] if verb.i else None
    if (
        before is not None
        and before.pos in ("NOUN", "PROPN")
        and before.dep in ("nsubj", "appos", "conj", "npadvmod", "dobj", "ROOT")
    ):
        first = noun_phrase(sentence, before.i).first
        if first and sentence.tokens[first - 1].text in (",", '"') and verb.i + 1 < len(sentence.tokens):
            return [before.i]
    if verb.i and sentence.tokens[verb.i - 1].text in (",", '"') and verb.tag == "VBD":
        objects = [c for c in sentence.children(verb.i, "dobj", "nsubj", "attr") if c.i > verb.i]
        if objects:
            return conjuncts(sentence, objects[0].i)
    return []


def _verb(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
    if verb.lemma in _GIVING and not any(
        c.lower in words_of("document-noun") for c in sentence.children(verb.i, "dobj")
    ):
        return []
    if not heads or _withholds(sentence, verb) or (verb.lemma in _SHOWING and not _shows(sentence, verb, heads[0])):
        return []
    speakers = tuple(noun_phrase(sentence, h) for h in heads)
    own = (
        {i for h in heads for i in (t.i for t in sentence.subtree(h))} if _children_of(sentence, heads, verb) else set()
    )
    for p in speakers:
        own |= set(range(p.first, p.last + 1))
    scope = {t.i for t in sentence.subtree(verb.i)} - own - {verb.i}
    if verb.dep == "parataxis" or (verb.dep in ("ccomp", "advcl") and verb.head < verb.i and _tail(sentence, verb)):
        scope |= {t.i for t in sentence.subtree(verb.head)} - own - {verb.i}
    cites, cite_cue = _cited(sentence, verb, reading)
    audience = tuple(
        noun_phrase(sentence, k)
        for c in sentence.children(verb.i, "dobj", "dative", "pobj")
        if verb.lemma in ("tell", "inform", "brief") and is_speaker(sentence, c.i, reading)
        for k in conjuncts(sentence, c.i)
    )
    scope -= {i for p in audience for i in range(p.first, p.last + 1)}
    negated = any(c.dep == "neg" for c in sentence.children(verb.i)) or any(
        sentence.tokens[p.first].lower == "neither" or (p.first and sentence.tokens[p.first - 1].lower == "neither")
        for p in speakers
    )
    return [
        Frame(
            "verb", f"says.{verb.lemma}", speakers, verb.i, verb.i, frozenset(scope - _cite_tokens(sentence, cite_cue)),
            verb.lemma, cites, cite_cue, audience, negated, frozenset(own),
        )
    ]  # fmt: skip


def _withholds(sentence: Sentence, verb: Token) -> bool:
    """ "declined to confirm", "avoided confirming": nothing is said; the stance is read elsewhere."""
    above = [sentence.tokens[verb.head]] if verb.dep in ("xcomp", "pcomp", "ccomp", "conj") else []
    if verb.dep == "conj" and above and above[0].dep in ("xcomp", "pcomp"):
        above.append(sentence.tokens[above[0].head])
    return any(a.lemma in words_of("decline") | words_of("avoid") for a in above)


def _shows(sentence: Sentence, verb: Token, head: int) -> bool:
    token = sentence.tokens[head]
    return token.lower in words_of("document-noun") or (
        token.pos != "PRON" and bool(sentence.children(verb.i, "ccomp"))
    )


def _children_of(sentence: Sentence, heads: list[int], verb: Token) -> bool:
    return sentence.tokens[heads[0]].head == verb.i


def _tail(sentence: Sentence, verb: Token) -> bool:
    return verb.i > 0 and sentence.tokens[min(t.i for t in sentence.subtree(verb.i)) - 1].text in (",", '"')


def _cited(sentence: Sentence, verb: Token, reading: Reading) -> tuple[tuple[Phrase, ...], int | None]:
    """The sources that the subject of a reporting verb cites: "the daily, citing officials, said"."""
    for token in sentence.tokens:
        if token.lower != "citing":
            continue
        above = {a.i for a in sentence.ancestors(token.i)}
        subjects = set(subject_heads(sentence, verb))
        if verb.i in above or subjects & above or token.head == verb.i:
            heads = [k for c in sentence.children(token.i, "dobj", "pobj") for k in conjuncts(sentence, c.i)]
            phrases = tuple(noun_phrase(sentence, h) for h in heads if is_speaker(sentence, h, reading))
            if phrases:
                return phrases, token.i
    return (), None


def _cite_tokens(sentence: Sentence, cue: int | None) -> set[int]:
    """The tokens of the citing phrase, unless the parse hung the reported clause below it."""
    if cue is None:
        return set()
    objects = sentence.children(cue, "dobj", "pobj")
    return {cue} | {i for o in objects for p in [noun_phrase(sentence, o.i)] for i in range(p.first, p.last + 1)}


def _according(sentence: Sentence, token: Token, reading: Reading) -> list[Frame]:
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


def _per(sentence: Sentence, token: Token, reading: Reading) -> list[Frame]:
    """ "per the report", "by early reports": a document named as the source."""
    heads = [c for c in sentence.children(token.i, "pobj") if c.lower in words_of("document-noun")]
    if not heads or (token.lower == "by" and heads[0].lower not in ("reports", "accounts", "estimates", "figures")):
        return []
    phrase = noun_phrase(sentence, heads[0].i)
    own = set(range(phrase.first, phrase.last + 1)) | {token.i}
    scope = frozenset(t.i for t in sentence.tokens if t.i > token.i or token.lower == "per") - own
    return [Frame("according", "per", (phrase,), token.i, token.i, scope, tokens=frozenset(own))]


def _citing(sentence: Sentence, verb: Token, reading: Reading) -> list[Frame]:
    """ "the agency quoted him as saying …", "the paper cited officials": subject relays the object."""
    heads = [h for h in subject_heads(sentence, verb) if is_speaker(sentence, h, reading)]
    objects = [
        k
        for c in sentence.children(verb.i, "dobj")
        for k in conjuncts(sentence, c.i)
        if is_speaker(sentence, k, reading)
    ]
    if not objects:
        return []
    governed = verb.lower == "citing" and any(
        a.pos == "VERB" and a.lemma in reporting_verbs() for a in sentence.ancestors(verb.i)
    )
    if governed and any(
        subject_heads(sentence, a)
        for a in sentence.ancestors(verb.i)
        if a.pos == "VERB" and a.lemma in reporting_verbs()
    ):
        return []  # _cited reads it as part of the reporting verb's frame
    cites = tuple(noun_phrase(sentence, k) for k in objects)
    speakers = tuple(noun_phrase(sentence, h) for h in heads) if verb.lower != "citing" else ()
    own = {i for p in (*cites, *speakers) for i in range(p.first, p.last + 1)} | {verb.i}
    scope = {t.i for t in sentence.subtree(verb.i)} if verb.lower != "citing" else {t.i for t in sentence.tokens}
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


def _headline(sentence: Sentence, reading: Reading) -> list[Frame]:
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
    return len(span) <= 4 and (last.lemma in words_of("source-noun") or last.lower in words_of("source-noun"))
