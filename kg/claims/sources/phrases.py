"""Noun phrases and who can be a source: the phrase around a head, its conjuncts, the subjects of a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.nlp import Sentence, Token

_SPEAKER_ENTS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "him", "her", "them"})


_NP_PREPOSITIONS = frozenset({"of", "within", "at", "in", "for", "from", "inside", "near", "to"})


_BESIDE = 2  # tokens from a subject to its verb
_BY = 6  # tokens from a passive verb to its "by"
_ACTIVE = ("nsubj",)
_NAMED_CLAUSE = "csubj"  # "The Committee to Protect Workers reports …", as the parse has it


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, tokens `first`..`last` inclusive, with its head."""

    first: int
    last: int
    head: int


def noun_phrase(sentence: Sentence, head: int) -> Phrase:
    """The phrase around a head noun: modifiers, names and "of …"; not appositions or relative clauses.

    A parenthesis that follows directly ("(NIS)") belongs to it.
    """
    inside = {t.i for t in sentence.subtree(head)}
    first = head
    while first - 1 in inside and sentence.tokens[first - 1].text not in (",", ":", ";"):
        dated = sentence.tokens[first - 1].ent in ("DATE", "TIME") and sentence.tokens[first - 1].pos != "ADJ"
        article = sentence.tokens[first - 1].pos == "DET" and sentence.tokens[first].ent not in ("DATE", "TIME")
        if dated and not article and sentence.tokens[head].ent not in ("DATE", "TIME"):  # but "its annual report"
            break
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
        if following.pos == "CCONJ" and following.ent == "ORG" and following.i in inside:
            last += 1  # "the Center for Research and Popular Education"
            continue
        if (
            following.i not in inside
            or following.pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ")
            or (following.pos == "NUM" and not _numbers_a_name(tokens, following.i))
            or following.tag in ("WP", "WDT", "WRB")
        ) and not (following.text in ("-", "'s", "'") or following.tag == "POS"):
            break
        by = following.lower == "by" and tokens[head].lower in words_of("document-noun")
        named = last + 2 < len(tokens) and tokens[last + 2].text.istitle() and following.text.istitle()
        company = following.lower == "with" and following.head == head and _person(tokens[head])
        if following.pos == "ADP" and following.lower not in _NP_PREPOSITIONS and not (by or named or company):
            break
        last += 1
    loose = {"neither", "both", "either", "but", '"', "'"} | words_of("citing-participle")
    while first < head and tokens[first].lower in loose:
        first += 1
    while last > head and (tokens[last].pos in ("ADP", "PUNCT", "DET", "CCONJ") and tokens[last].text != ")"):
        last -= 1
    return Phrase(first, last, head)


def _numbers_a_name(tokens: tuple[Token, ...], i: int) -> bool:
    """ "the 157 Task Force Battalion": a number inside a name."""
    after = tokens[i + 1 : i + 2]
    return (
        tokens[i].text.isdigit() and bool(after) and after[0].pos == "PROPN" and tokens[i - 1].pos in ("DET", "PROPN")
    )


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
    if is_partitive(sentence, i) or (token.dep == "nsubj" and token.lower in words_of("one-of-them")):
        return True
    if reading.is_date(token.start) or token.ent in ("DATE", "TIME", "CARDINAL", "QUANTITY", "PERCENT"):
        return False
    if token.lower in _PRONOUNS or (token.lower in reading.people and token.text[:1].isupper()):
        return True
    hit = reading.name_at(token.start)
    if (hit is not None and hit.kind != "place") or _ends_a_name(token, reading):
        return True
    if token.ent in _SPEAKER_ENTS or token.pos == "PROPN":
        return True
    lemma = token.lemma if token.lemma in words_of("source-noun") else token.lower
    if token.pos == "NOUN" and token.lower in words_of("carrier"):
        return True
    return lemma in words_of("source-noun") or token.lower in words_of("document-noun") or _person(token)


def _ends_a_name(token: Token, reading: Reading) -> bool:
    """Whether the article has called somebody by a longer name that ends in this capitalised word."""
    if not token.text[:1].isupper() or token.text.isupper() or len(token.text) < 4:
        return False
    before = reading.document.masked[: token.start]
    return re.search(rf"\b[A-Z][\w'-]+ {re.escape(token.text)}\b", before) is not None


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
    from kg.claims.counts.people import person_nouns

    singular, plural = person_nouns()
    return token.lower in singular or token.lower in plural


def is_passive_verb(sentence: Sentence, verb: Token) -> bool:
    return bool(sentence.children(verb.i, "auxpass", "nsubjpass"))


def subject_heads(sentence: Sentence, verb: Token) -> list[int]:
    """The subject heads of a verb; a coordinated or participial verb borrows its governor's."""
    if sentence.block.kind in ("title", "heading") and verb.i and _after_colon(sentence, verb):
        return [verb.i - 1]
    current = verb
    if verb.tag == "VBG" and verb.dep == "advcl" and verb.lemma in words_of("continuing-verb"):
        told = next((a for a in sentence.ancestors(verb.i) if a.lemma in words_of("plain-saying-verb")), None)
        current = told or verb  # "reported that 16 children had died, adding that …"
    for _ in range(4):
        subjects = sentence.children(current.i, *_ACTIVE) or [
            c for c in sentence.children(current.i, _NAMED_CLAUSE) if c.ent == "ORG"
        ]
        if is_passive_verb(sentence, current):
            subjects = (
                sentence.children(current.i, "nsubjpass")
                if current.lemma in words_of("citing-verb")
                else _agents(sentence, current)
            )
            if not subjects:
                return []
        subjects = [s for s in subjects if s.ent not in ("DATE", "TIME")]
        if len(subjects) > 1 and sentence.tokens[0].lower in words_of("citing-participle"):
            subjects = [s for s in subjects if sentence.tokens[0].head != s.i]  # "Quoting sources, the daily says …"
        subjects = [*_next_to(sentence, subjects, current)]
        if subjects:
            heads = subjects[-1:] if sentence.block.kind in ("title", "heading") else subjects
            if subjects[0].tag in ("WP", "WDT") and current.dep == "relcl":
                heads = [_whose_clause(sentence, sentence.tokens[current.head])]
            return [*conjuncts(sentence, heads[0].i), *_companions(sentence, current, heads[0].i)]
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


def _next_to(sentence: Sentence, subjects: Sequence[Token], verb: Token) -> Sequence[Token]:
    """ "A coach taking pupils home overturned, police said": the subject next to the verb, not that of what is said."""
    if len(subjects) < 2 or verb.i - subjects[-1].i > _BESIDE:
        return subjects
    last = noun_phrase(sentence, subjects[-1].i).first
    before = sentence.tokens[last - 1]
    new = before.text == "," or (
        before.pos in ("NOUN", "PROPN", "NUM", "ADJ", "ADV")
        and not any(a.dep == "agent" for a in sentence.ancestors(before.i))
    )
    told = any(t.pos == "VERB" for t in sentence.tokens[subjects[0].i + 1 : last])
    return subjects[-1:] if told and new else subjects


def _whose_clause(sentence: Sentence, noun: Token) -> Token:
    """ "The ministry in the capital, which says …": the clause is the ministry's, wherever the parse hung it."""
    above = sentence.tokens[sentence.tokens[noun.head].head]
    placed = noun.dep == "pobj" and noun.ent in ("GPE", "LOC", "FAC") and above.pos == "NOUN"
    return above if placed and above.lower in words_of("source-noun") else noun


def _companions(sentence: Sentence, verb: Token, subject: int) -> list[int]:
    """ "X, along with Y and Z, said": where the parse hangs the companions on the verb."""
    found: list[int] = []
    for token in sentence.children(verb.i, "prep"):
        inner = [token, *sentence.children(token.i, "prep")]
        if subject < token.i < verb.i and any(t.lower in ("along", "together", "alongside") for t in inner):
            found.extend(k for t in inner for c in sentence.children(t.i, "pobj") for k in conjuncts(sentence, c.i))
    return found


def _after_colon(sentence: Sentence, verb: Token) -> bool:
    """ "Troops killed: Agency reports 20 dead": the noun before the verb begins a clause of its own."""
    before = sentence.tokens[verb.i - 1]
    return before.pos in ("PROPN", "NOUN") and verb.i > 1 and sentence.tokens[verb.i - 2].text in (":", ";", "|")


def _agents(sentence: Sentence, verb: Token) -> list[Token]:
    """Those after "by", which the parse may hang on a noun in between: "was confirmed to the radio by the mayor"."""
    own = sentence.children(verb.i, "agent") or [
        t
        for t in sentence.tokens[verb.i : verb.i + _BY]
        if t.dep == "agent" and sentence.tokens[t.head].pos in ("NOUN", "PROPN")
    ]
    return [p for by in own for p in sentence.children(by.i, "pobj")]


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
