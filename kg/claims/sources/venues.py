"""Where and before whom something was said: interviews, briefings, statements, and the outlets that carried them.

"In an interview with the BBC, X said …", "X, speaking to Reuters, said …", "X said on CNN …", "in a statement
carried by the state agency": the outlet is a go-between and the occasion the venue. Reporters in general are
no go-between; those to whom a briefing behind closed doors is given are.
"""

from __future__ import annotations

from dataclasses import replace

from kg.claims.sources.frame import Frame
from kg.claims.sources.outlets import agents_of, askers, is_outlet, passings
from kg.claims.sources.phrases import Phrase, conjuncts, is_speaker, noun_phrase
from kg.mentions import Reading
from kg.mentions.lexica import words_of, words_of_any
from kg.nlp import Sentence, Token

_NEAR = 5  # tokens between the occasion and the preposition that names the outlet


def with_venues(sentence: Sentence, frames: list[Frame], reading: Reading) -> list[Frame]:
    """The frames with the venue and the conduits of what their speakers say; other frames as they are."""
    result = [_handed_on(sentence, f, reading) for f in frames]
    cues = {f.cue_first for f in frames if f.kind == "verb"}
    speaking, papers = words_of("speaking-verb"), words_of_any("occasion", "document-noun")
    for token in sentence.tokens:
        if token.i not in cues and token.lemma not in speaking and token.lower not in papers:
            continue
        occasion = _is_occasion(sentence, token)
        spoken = token.lemma in speaking and (token.tag == "VBG" or _who_spoke(sentence, token))
        uttered = token.i in cues
        seen = () if spoken or uttered else _seen_papers(sentence, token, reading)
        if not (occasion or spoken or uttered or seen):
            continue
        frame = (
            _frame_of(sentence, result, token.i) if not uttered else next(f for f in result if f.cue_first == token.i)
        )
        if frame is None or not frame.speakers:
            continue
        outlets = seen or _outlets(sentence, token, reading, occasion)
        spoken_for = {p.head for p in (*frame.speakers, *frame.audience, *frame.cites, *frame.conduits)}
        outlets = tuple(p for p in outlets if p.head not in spoken_for)
        closed = occasion and token.lower in words_of("closed-occasion")
        told = frame.audience if closed and not outlets else ()
        venue = frame.venue or (_occasion_phrase(sentence, token) if occasion else None)
        if not outlets and not told and venue is frame.venue:
            continue
        inside = frozenset(i for p in outlets for i in range(p.first, p.last + 1))
        result[result.index(frame)] = replace(
            frame, conduits=(*frame.conduits, *outlets, *told), venue=venue, scope=frame.scope - inside,
            audience=() if told else frame.audience,
        )  # fmt: skip
    return result


def without_own_documents(sentence: Sentence, frames: list[Frame]) -> list[Frame]:
    """The frames without a document that only says what another speaker says in it: "issued a statement saying"."""
    own = words_of_any("issuing-verb", "giving-verb", "plain-saying-verb")
    outer = {f.cue_first for f in frames if f.kind == "verb" and f.lemma in own}
    return [f for f in frames if not (f.kind == "verb" and len(f.speakers) == 1 and _is_own(sentence, f, outer))]


def _is_own(sentence: Sentence, frame: Frame, cues: set[int]) -> bool:
    head = sentence.tokens[frame.speakers[0].head]
    if head.lower not in words_of("document-noun") or head.dep not in ("dobj", "pobj") or head.i > frame.cue_first:
        return False
    first = sentence.tokens[frame.speakers[0].first].lower
    above = [a.i for a in sentence.ancestors(head.i)]
    return first not in ("the", "this", "that") and any(i in cues and i < head.i for i in above)


def _handed_on(sentence: Sentence, frame: Frame, reading: Reading) -> Frame:
    """ "records seen by Reuters" came through the agency; "a communique issued by the brigade" is the brigade's.

    So did what is said by "an official quoted by the daily".
    """
    speakers, conduits = [], list(frame.conduits)
    asking = words_of_any("citing-verb", "reaching-verb")
    for phrase in frame.speakers:
        document = sentence.tokens[phrase.head].lower in words_of("document-noun")
        owner = phrase
        within = [k for k in range(phrase.head + 1, phrase.last + 1) if document and sentence.tokens[k].pos != "ADP"]
        hung = [p for k in within for p in passings(sentence, k, reading) if p.verb.lemma in words_of("carrying-verb")]
        for passing in (*passings(sentence, phrase.head, reading), *hung):
            verb, agents = passing.verb, passing.agents
            passed_on = _passes_on(sentence, phrase, verb) if document else verb.lemma in asking
            if passed_on:
                conduits.extend(agents)
                if owner.head == phrase.head:
                    owner = Phrase(phrase.first, min(phrase.last, verb.i - 1), phrase.head)
            elif document and verb.lemma in words_of("issuing-verb") and len(agents) == 1:
                owner = agents[0]
        conduits.extend(_set_off(sentence, phrase, reading))
        if document and owner is phrase:
            owner, told = _given_out(sentence, phrase, reading)
            conduits.extend(told)
        speakers.append(owner)
    if frame.kind == "verb" and speakers and not conduits and not frame.nested:
        conduits.extend(p for p in askers(sentence, reading) if p.head not in {q.head for q in frame.speakers})
    if not conduits and frame.speakers == tuple(speakers):
        return frame
    return replace(frame, speakers=tuple(speakers), conduits=tuple(conduits))


def _set_off(sentence: Sentence, phrase: Phrase, reading: Reading) -> tuple[Phrase, ...]:
    """ "the radio, quoted by the agency, said …": who quotes whoever stands before the comma, wherever it hangs."""
    after = sentence.tokens[phrase.last + 1 : phrase.last + 3]
    if len(after) < 2 or after[0].text != "," or after[1].tag != "VBN" or after[1].head == phrase.head:
        return ()
    asking = words_of_any("citing-verb", "reaching-verb")
    return agents_of(sentence, after[1], reading) if after[1].lemma in asking else ()


def _passes_on(sentence: Sentence, paper: Phrase, verb: Token) -> bool:
    """ "seen by the agency", "read over the radio"; "a study by X published by the daily" is still X's."""
    if verb.lemma in words_of_any("reading-verb", "carrying-verb"):
        return True
    words = sentence.tokens[paper.head + 1 : min(paper.last, verb.i - 1) + 1]
    return verb.lemma in words_of("issuing-verb") and any(t.lower in ("by", "from", "of") for t in words[:-1])


def _given_out(sentence: Sentence, paper: Phrase, reading: Reading) -> tuple[Phrase, tuple[Phrase, ...]]:
    """ "figures that the ministry gave to the agency": who gave them, and the outlets that got them."""
    for verb in sentence.children(paper.head, "acl", "relcl"):
        givers = [c for c in sentence.children(verb.i, "nsubj") if is_speaker(sentence, c.i, reading)]
        if verb.lemma not in words_of_any("giving-verb", "issuing-verb") or not givers:
            continue
        told = [
            noun_phrase(sentence, c.i)
            for to in sentence.children(verb.i, "dative", "prep")
            for c in ((to,) if to.pos in ("NOUN", "PROPN") else sentence.children(to.i, "pobj"))
        ]
        if givers[0].tag not in ("WDT", "WP"):
            return noun_phrase(sentence, givers[0].i), tuple(p for p in told if is_outlet(sentence, p, reading))
    return paper, ()


def _seen_papers(sentence: Sentence, token: Token, reading: Reading) -> tuple[Phrase, ...]:
    """Those by whom the report of "In a report seen by the agency, experts said …" was seen."""
    if token.dep != "pobj" or not (token.lower in words_of("document-noun") or token.lower in words_of("occasion")):
        return ()
    passing = words_of_any("reading-verb", "carrying-verb")
    inside = sentence.subtree(token.i)
    verbs = [t for t in inside if t.tag == "VBN" and t.lemma in passing and sentence.tokens[t.i - 1].pos != "AUX"]
    return tuple(a for v in verbs for a in agents_of(sentence, v, reading))


def _is_occasion(sentence: Sentence, token: Token) -> bool:
    """ "in an interview", "at a briefing", "through a spokesman": the object of a preposition of manner or place."""
    above = sentence.tokens[token.head]
    return (
        token.lower in words_of("occasion")
        and token.dep == "pobj"
        and above.lower in ("in", "at", "during", "on", "via", "through")
        and sentence.tokens[above.head].pos in ("VERB", "AUX", "NOUN", "PROPN")
    )


def _frame_of(sentence: Sentence, frames: list[Frame], i: int) -> Frame | None:
    """The innermost reporting verb in whose scope a token stands, else the outermost of the sentence."""
    verbs = [f for f in frames if f.kind == "verb"]
    inside = [f for f in verbs if i in f.scope]
    above = {a.i for a in sentence.ancestors(i)}
    inside = inside or [f for f in verbs if f.cue_first in above]
    return inside[-1] if inside else (verbs[0] if verbs else None)


def _who_spoke(sentence: Sentence, token: Token) -> bool:
    """ "a fisherman who spoke to the agency"; "who gave his name and spoke to the agency"."""
    clause = sentence.tokens[token.head] if token.dep == "conj" else token
    return token.tag == "VBD" and clause.dep == "relcl"


def _occasion_phrase(sentence: Sentence, token: Token) -> Phrase:
    first = token.i
    while first and sentence.tokens[first - 1].head == token.i and sentence.tokens[first - 1].i < token.i:
        first -= 1
    return Phrase(first, token.i, token.i)


def _outlets(sentence: Sentence, token: Token, reading: Reading, occasion: bool) -> tuple[Phrase, ...]:
    """Whoever carried the words: the objects of "to", "with", "on" or "by" close behind the cue."""
    wanted = (
        ("to", "with", "on", "over", "for", "by", "via", "through")
        if occasion
        else ("to", "with", "on", "in", "via", "through")
    )
    below = {token.i} | {c.i for c in sentence.children(token.i, "dobj") if not occasion}
    below |= {t.i for i in below - {token.i} for t in sentence.subtree(i)}  # "confirmed the death of 11 to the agency"
    near = 3 * _NEAR if len(below) > 1 else _NEAR
    for preposition in sentence.tokens[token.i + 1 : token.i + 1 + near]:
        if preposition.text in (",", '"', ";") or preposition.lower == "that":
            break
        if preposition.lower not in wanted:
            continue
        told = preposition.lower == "to" and preposition.head in below
        if not occasion and preposition.head != token.i and not told:
            continue
        heads = [k for c in sentence.children(preposition.i, "pobj") for k in conjuncts(sentence, c.i)]
        found = tuple(p for h in heads for p in [_outlet(sentence, h, reading, token)] if p is not None)
        if found:
            return found
    return ()


def _outlet(sentence: Sentence, head: int, reading: Reading, token: Token) -> Phrase | None:
    noun = sentence.tokens[head]
    phrase = noun_phrase(sentence, head)
    own = sentence.tokens[phrase.first].tag == "PRP$"
    carried = sentence.tokens[noun.head].lower == "by" and any(
        t.pos == "PROPN" for t in sentence.tokens[phrase.first : phrase.last]
    )
    if (own and not carried) or sentence.tokens[phrase.first].lower in ("this", "our"):
        return None  # "on its own channel", "with this station"; but "carried by its Amaq agency"
    if phrase.first == phrase.last and noun.lower in words_of("air"):
        return None  # "said on television": whose, the text does not say
    if is_outlet(sentence, phrase, reading):
        return phrase
    if token.lower in words_of("closed-occasion") and noun.lower in words_of("lawmaker"):
        return phrase
    speaks_for = sentence.tokens[sentence.tokens[head].head].lower in ("via", "through", "by")
    if speaks_for and noun.lower in words_of("spokesperson"):
        return phrase
    return None
