"""A resolved speaker, the nouns that stand for named bodies, and who asks not to be named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.claims.sources.naming import folded, spaced
from kg.claims.sources.phrases import Phrase
from kg.gazetteer import NameHit, gazetteer
from kg.lexicon import data_file, read_table
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Actor, ActorRef, Evidence
from kg.nlp import Sentence

NEAR = 600  # code points back to which "the group" reaches


@cache
def class_nouns() -> dict[str, frozenset[str]]:
    """Nouns and pronouns that stand for a named body → the kinds of actors that they can stand for."""
    rows = read_table(data_file("class_nouns.tsv"), ("noun", "kinds", "example"), key=("noun",))
    return {row["noun"]: frozenset(row["kinds"].split("|")) for row in rows}


@dataclass(frozen=True, slots=True)
class Source:
    """A resolved speaker: the actor, the words, how they were resolved and whether they are withheld."""

    ref: ActorRef
    disclosure: str  # named | undisclosed | described
    document: bool = False  # "the report", "figures": words of a document, not of a person
    head: str = ""  # lower-case head noun, for "the same sources"
    person: bool = False
    plural: bool = False


_ANONYMITY = re.compile(
    r"condition of anonymity|(?:ask|request|wish|prefer|declin)\w* (?:not )?to be (?:named|identified)"
    r"|(?:not|n't) (?:want |wish )?(?:to )?(?:be(?:ing)? )?(?:named|identified)"
    r"|declin\w* to give (?:his|her|their) name"
    r"|not authori[sz]ed to speak",
    re.IGNORECASE,
)


def taken_up(source: Source, evidence: Evidence) -> Source:
    """The source of an earlier phrase as later words take it up, with the words that they stand for."""
    earlier = source.ref.antecedent or source.ref.evidence
    ref = ActorRef(actor=source.ref.actor, evidence=evidence, basis="inferred", antecedent=earlier)
    return replace(source, ref=ref)


def withheld(sentence: Sentence, phrase: Phrase, source: Source) -> Source:
    """A described source who asks not to be named is undisclosed."""
    if source.disclosure != "described":
        return source
    words = " ".join(t.text for t in sentence.tokens[phrase.first : phrase.last + 25])
    return replace(source, disclosure="undisclosed") if asks_anonymity(words) else source


def asks_anonymity(words: str) -> bool:
    """Whether words say that somebody does not want to be named."""
    return _ANONYMITY.search(words) is not None


def known_ref(hit: NameHit, evidence: Evidence) -> ActorRef:
    """The reference actor of a name, inferred where the name is a metonym."""
    basis = "inferred" if hit.how == "metonym" else "stated"
    return ActorRef(actor=gazetteer().actor_of(hit), evidence=evidence, basis=basis)


def described(reading: Reading, evidence: Evidence, head: str) -> Source:
    """A source that is only described, in the text's words; an actor of this article alone."""
    article = reading.document.article.id
    words = spaced(re.sub(r"^(?:the|a|an)\s+", "", evidence.words, flags=re.IGNORECASE))
    withheld = (
        bool(set(re.findall(r"\w+", words.lower())) & words_of("withheld")) or "condition of anonymity" in words.lower()
    )
    plural = head.endswith("s") or head in ("police", "people", "media") or f"{head}s" in words.lower().split()
    generic = head.rstrip("s") in ("official", "source", "diplomat", "officer", "authoritie") or head in (
        "authorities",
        "sources",
        "officials",
    )
    disclosure = "undisclosed" if withheld or generic else "described"
    states = [h.keys[0] for h in reading.names_in(evidence.start, evidence.end) if h.kind == "state"]
    key = f"undisclosed-source:{article}:{folded(words)}"
    state = states[0] if states else None
    actor = Actor(key=key, kind="undisclosed-source", name=words, scope=article, state=state)
    return Source(ActorRef(actor=actor, evidence=evidence), disclosure, head=head, plural=plural)


def local(evidence: Evidence, kind: str, head: str) -> Source:
    """A body that no reference data knows, by the name that the text gives it."""
    name = spaced(re.sub(r"^(?:the|a|an)\s+", "", evidence.words, flags=re.IGNORECASE))
    return Source(
        ActorRef(actor=Actor(key=f"{kind}:{folded(name)}", kind=kind, name=name), evidence=evidence),
        "named",
        head=head,
    )
