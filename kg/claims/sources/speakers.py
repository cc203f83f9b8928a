"""Phrases that say things → actors: known names, people of the article, described and undisclosed sources.

Resolution stays inside one article: surnames to the full name, pronouns and "the agency" to the last
source that fits. What cannot be resolved keeps its own words as a described source of that article.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.claims.sources.anaphora import last_person, longer_name, main_subject, of_class, same_noun, stands_for
from kg.claims.sources.naming import (
    PERSONAL,
    folded,
    full_names,
    is_person_noun,
    mentions_of,
    reference_person,
    spaced,
)
from kg.claims.sources.outlets import names_outlet, with_name_behind
from kg.claims.sources.persons import person_in, titled_person
from kg.claims.sources.phrases import Phrase, is_partitive, noun_phrase
from kg.claims.sources.roles import Role, name_set_off, person_called, roles_of
from kg.claims.sources.selfdescribed import in_full
from kg.claims.sources.source import Source, described, known_ref, local, taken_up, withheld
from kg.gazetteer import NameHit
from kg.mentions import Reading
from kg.mentions.lexica import words_of
from kg.model import Actor, ActorRef, Evidence
from kg.nlp import Sentence, Token

_BODIES = frozenset({"media-outlet", "organisation", "armed-group"})
_STATE_BODIES = frozenset({"government-body", "armed-force"})
_RANKS = (("officer-noun", "officer-rank"), ("official-noun", "civil-office"))  # what stands for what
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its"})


@dataclass(slots=True)
class Speakers:
    """The sources of one article in reading order; resolves each phrase against those before it."""

    reading: Reading
    people: dict[str, str] = field(default_factory=dict)  # last name → full name
    heard: list[Source] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    mentioned: list[tuple[int, bool, str]] = field(default_factory=list)  # (offset, is a subject, full name)
    aside: list[Source] = field(default_factory=list)  # outlets and others who were only told

    def __post_init__(self) -> None:
        for name in full_names(self.reading):
            parts = name.split()[1:]
            for part in parts:
                if part[:1].isupper() and (len(part) > 3 or part == parts[-1]):  # "al" is no surname
                    self.people.setdefault(folded(part), name)
        self.roles.extend(roles_of(self.reading, self.people))
        self.mentioned.extend(mentions_of(self.reading, self.people))

    def resolve(self, sentence: Sentence, phrase: Phrase) -> Source:
        """The source that a phrase names, remembered for the phrases that follow."""
        source = self._resolve(sentence, self._named_inside(sentence, with_name_behind(sentence, phrase)))
        source = in_full(self.reading, sentence, phrase, withheld(sentence, phrase, source))
        self.heard.append(source)
        return source

    def set_aside(self, number: int) -> None:
        """Keeps the last sources for definite descriptions alone: "it" is who told the agency, not the agency."""
        self.aside.extend(self.heard[-number:])
        del self.heard[-number:]

    def _named_inside(self, sentence: Sentence, phrase: Phrase) -> Phrase:
        """The phrase widened to a known name that covers its head, or the name in apposition to a bare noun."""
        head = sentence.tokens[phrase.head]
        hit = self.reading.name_at(head.start)
        if hit is not None and hit.end > sentence.tokens[phrase.last].end:
            return Phrase(phrase.first, sentence.between(hit.start, hit.end)[-1].i, phrase.head)
        start, end = sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end
        after = sentence.tokens[phrase.head + 1 : phrase.head + 2]
        named = self.reading.name_at(after[0].start) if after and head.pos == "NOUN" else None
        if named is not None and named.start == after[0].start and named.kind in _BODIES:
            last = sentence.between(named.start, named.end)[-1].i  # "the news agency Reuters"
            return Phrase(phrase.first, max(phrase.last, last), last)
        inside = any(h.kind == "person" for h in self.reading.names_in(start, end))
        if inside or head.pos == "PROPN" or head.lower in words_of("document-noun"):
            return phrase
        name = name_set_off(sentence, phrase) if is_person_noun(head.lower) else None
        if name is not None:
            return name
        for apposition in sentence.children(phrase.head, "appos"):
            known = self.reading.name_at(apposition.start)
            if apposition.ent == "PERSON" or (known is not None and known.kind != "place"):
                return noun_phrase(sentence, apposition.i)
        return phrase

    def _resolve(self, sentence: Sentence, phrase: Phrase) -> Source:
        evidence = self.reading.evidence(sentence, phrase.first, phrase.last)
        head = sentence.tokens[phrase.head]
        if is_partitive(sentence, head.i):
            return self._some_of(sentence, head.i, evidence)
        if phrase.last - phrase.first <= 1 and head.lower in words_of("one-of-them"):
            several = next((s for s in reversed(self.heard) if s.plural), None)
            if several is not None:
                return replace(taken_up(several, evidence), plural=False)
        if head.pos == "PRON" or head.lower in PERSONAL | {"they", "it", "him", "her"}:
            return self._earlier(evidence, head.lower) or described(self.reading, evidence, head.lower)
        definite = sentence.tokens[phrase.first].lower in _DEFINITE
        hits = self.reading.names_in(evidence.start, evidence.end)
        if phrase.first == phrase.last and head.text[:1].isupper() and not hits:
            longer = longer_name(self.heard, evidence)
            if longer is not None:
                return longer
        if names_outlet(sentence, phrase) and not any(h.kind in _BODIES for h in hits):
            return local(evidence, "media-outlet", head.lower)  # "Radio Caracas" is no capital
        person = person_in(self.reading, self.people, sentence, phrase, evidence, hits)
        if person is not None:
            return person
        based = any(t.lower == "based" for t in sentence.tokens[phrase.first : phrase.head])
        bare = head.lower in words_of("source-noun") and phrase.last == phrase.head == phrase.first + 1
        if definite and len(evidence.words.split()) <= 5 and (based or bare or not hits):
            same = self._in_office(evidence, head) or same_noun(self.heard, evidence, head.lower, head.lemma)
            same = same or same_noun(self.aside, evidence, head.lower, head.lemma)
            same = same or of_class(self.reading, evidence, head.lower) or self._same_outlet(evidence, head)
            if same is not None:
                return same
        lemma = head.lemma if head.lemma in words_of("source-noun") else head.lower
        whole = next((h for h in hits if h.start <= head.start < h.end and h.how not in ("demonym", "surname")), None)
        if whole is not None and whole.kind in _BODIES | _STATE_BODIES:
            return Source(known_ref(whole, evidence), "named", head=lemma)
        if is_person_noun(head.lower) or head.lower in (
            "source",
            "sources",
            "witnesses",
            "witness",
            "eyewitness",
            "eyewitnesses",
        ):
            return described(self.reading, evidence, lemma)
        if head.lower in words_of("document-noun") and head.lower not in words_of("source-head"):
            return self._owned(sentence, phrase, evidence) or self._document(evidence, head.lower, hits, definite)
        known = next(
            (h for h in reversed(hits) if h.start <= head.start < h.end or self._heads(sentence, phrase, h)), None
        )
        if known is None and head.lower in words_of("source-head"):
            known = hits[-1] if hits else None
        if known is None and head.lower in words_of("carrier"):  # "the state-run IRNA news agency"
            known = next((h for h in reversed(hits) if h.kind == "media-outlet"), None)
        if known is not None and known.how != "demonym" and known.kind != "place":
            return Source(known_ref(known, evidence), "named", head=lemma)
        title = sentence.block.kind in ("title", "heading")
        generic = head.text.islower() or (title and head.lower in words_of("source-noun"))
        titled = titled_person(self.reading, self.people, sentence, phrase, evidence)
        if titled is not None:
            return titled
        if (head.pos == "PROPN" or head.ent == "ORG") and not generic:
            return local(evidence, "organisation", lemma)
        return described(self.reading, evidence, lemma)

    def _heads(self, sentence: Sentence, phrase: Phrase, hit: NameHit) -> bool:
        """Whether a name at the end of a phrase is what the phrase names: not "the army in Mali"."""
        last = sentence.tokens[phrase.last]
        between = sentence.tokens[phrase.head + 1 : phrase.last + 1]
        return hit.end == last.end and not any(t.pos == "ADP" for t in between)

    def _some_of(self, sentence: Sentence, i: int, evidence: Evidence) -> Source:
        """ "one of whom": described by the people whom the relative clause hangs on."""
        above = next((a for a in sentence.ancestors(i) if a.pos in ("NOUN", "PROPN")), None)
        several = next((s for s in reversed(self.heard) if s.plural), None)
        if above is None and several is not None:
            return replace(taken_up(several, evidence), plural=False)
        if above is None:
            return described(self.reading, evidence, "one")
        whole = noun_phrase(sentence, above.i)
        words = self.reading.evidence(sentence, whole.first, whole.last).words
        source = described(self.reading, evidence, "one")
        name = f"{sentence.tokens[i].lower} of the {spaced(words)}"
        article = self.reading.document.article.id
        actor = Actor(
            key=f"undisclosed-source:{article}:{folded(name)}", kind="undisclosed-source", name=name, scope=article
        )
        return replace(source, ref=ActorRef(actor=actor, evidence=evidence, basis="inferred"), disclosure="described")

    def _earlier(self, evidence: Evidence, word: str) -> Source | None:
        if word in ("it", "they"):
            fresh = self._subject(evidence, word, fresh=True)
            if fresh is not None:
                return fresh
        if word in PERSONAL | {"him", "her", "his"}:
            person = last_person(self.reading, self.heard, self.mentioned, evidence)
            if person is not None:
                return person
        for source in reversed(self.heard):
            if word in PERSONAL | {"him", "her"} and (
                source.person or (source.disclosure != "named" and not source.plural)
            ):
                return taken_up(source, evidence)
            if word == "they" and (source.plural or not source.person):
                return taken_up(source, evidence)
            if word == "it" and not source.person and not source.plural:
                return taken_up(source, evidence)
        return self._subject(evidence, word) or of_class(self.reading, evidence, word)

    def _subject(self, evidence: Evidence, word: str, fresh: bool = False) -> Source | None:
        """The subject of this sentence or the one before, who has said nothing yet, where it fits the pronoun.

        A `fresh` one comes before whoever spoke earlier: the sentence before is its, and nobody says a thing in it.
        """
        near = list(self.reading.before(evidence.start)[-2:])
        if fresh:
            near = [s for s in near if s.end <= evidence.start][-1:]
            if any(near[0].start <= s.ref.evidence.start < near[0].end for s in self.heard if near and s.ref.evidence):
                return None
        for sentence in reversed(near):
            subject = main_subject(sentence, evidence.start)
            if subject is None or not stands_for(sentence, subject, word, self.reading):
                continue
            source = self._resolve(sentence, self._named_inside(sentence, noun_phrase(sentence, subject)))
            return taken_up(source, evidence)
        return None

    def _same_outlet(self, evidence: Evidence, head: Token) -> Source | None:
        """ "the station", "the paper": the outlet that spoke last, which no reference data knows."""
        if head.lower not in words_of("carrier") or len(evidence.words.split()) != 2:
            return None
        spoke = (s for s in reversed([*self.aside, *self.heard]) if s.ref.actor.kind == "media-outlet")
        outlet = next(spoke, None)
        return taken_up(outlet, evidence) if outlet is not None else None

    def _in_office(self, evidence: Evidence, head: Token) -> Source | None:
        """ "the governor": whoever the article introduced as one, unless a nameless one has spoken since."""
        role = person_called(self.roles, evidence.words, head.lower, evidence.start) or self._of_rank(evidence, head)
        if role is None:
            return None
        nameless = [
            s
            for s in self.heard
            if s.head == head.lemma and not s.person and s.ref.evidence and s.ref.evidence.start > role.start
        ]
        if nameless:
            return None
        ref = ActorRef(actor=reference_person(role.name), evidence=evidence, basis="inferred")
        return Source(ref, "named", head=head.lower, person=True)

    def _of_rank(self, evidence: Evidence, head: Token) -> Role | None:
        """ "The officer", "the official": the last to have spoken, where that is a colonel or a governor."""
        kind = next((r for n, r in _RANKS if head.lower in words_of(n)), None)
        if kind is None or len(evidence.words.split()) != 2:
            return None
        last = next((s for s in reversed(self.heard) if not s.document), None)
        if last is None or not last.person:
            return None
        held = [r for r in self.roles if folded(r.name) == folded(last.ref.actor.name) and r.start < evidence.start]
        return next((r for r in reversed(held) if r.words & words_of(kind)), None)

    def _owned(self, sentence: Sentence, phrase: Phrase, evidence: Evidence) -> Source | None:
        """ "the president's statement", "Hart's figures": a document of a person is that person speaking."""
        for owner in sentence.children(phrase.head, "poss"):
            if owner.pos in ("PROPN", "NOUN"):
                source = self._resolve(sentence, noun_phrase(sentence, owner.i))
                if source.person:
                    return replace(source, ref=replace(source.ref, evidence=evidence), document=True)
        return None

    def _document(self, evidence: Evidence, head: str, hits: list[NameHit], definite: bool) -> Source:
        """ "NIS findings" are the agency's; "the report" is the last named body's, inferred."""
        owner = evidence.words.split()[0].lower()
        if owner in ("his", "her", "their"):
            person = self._earlier(evidence, "they" if owner == "their" else owner)
            if person is not None:
                return replace(person, document=True)
        named = [h for h in hits if h.kind != "place" and h.how != "demonym"]
        if named:
            return Source(known_ref(named[-1], evidence), "named", document=True, head=head)
        if definite and head in words_of("said-document") and owner == "the" and len(evidence.words.split()) == 2:
            speaker = next((s for s in reversed(self.heard) if not s.document and not s.plural), None)
            if speaker is not None:
                return taken_up(speaker, evidence)
        if definite:
            for source in reversed(self.heard):
                paper = source.document and head in words_of("any-paper")  # "the document" is the study just named
                if paper or (source.disclosure == "named" and not source.person):
                    return replace(taken_up(source, evidence), document=True, head=head)
        return replace(described(self.reading, evidence, head), document=True)
