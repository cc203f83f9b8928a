"""Those whom captors hold, release or lead away: "held by the militants", "the gunmen took away four nurses".

Not covered: arrests by police, and soldiers who detain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.claims.counts.group import Group
from kg.claims.counts.verbs import by_parse, following_group, group_at, preceding
from kg.mentions.cues import Trigger
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import holds
from kg.nlp import Sentence, Token


def in_custody(sentence: Sentence, groups: Sequence[Group], trigger: Trigger) -> Iterator[tuple[Group, str]]:
    """ "held by the militants", "the kidnappers released 17 nuns": by those who take captives, never the police.

    Soldiers who are held are captives whoever holds them; so are those whom men in arms lead away.
    """
    verb = sentence.tokens[trigger.head]
    agents = [p for by in sentence.children(verb.i, "agent") for p in sentence.children(by.i, "pobj")]
    passive = bool(agents or sentence.children(verb.i, "auxpass", "nsubjpass"))
    keepers = _keepers(sentence, verb) if not passive else agents
    captors = any(_takes_captives(sentence, groups, k, verb) for k in keepers)
    if passive:
        found = [*preceding(sentence, groups, trigger, "custody")]
        found.extend(by_parse(sentence, groups, trigger, ("nsubjpass",), "custody"))
        captors = captors or _held_long(sentence, trigger)
    else:
        found = [*following_group(sentence, groups, trigger, "custody")]
        found.extend(by_parse(sentence, groups, trigger, ("dobj",), "custody"))
    if verb.lemma in words_of("swap-verb"):
        if not holds(sentence, words_of("swap")):
            return
        captors = True  # "in the swap 75 Ukrainians came home"
        if not passive and not sentence.children(verb.i, "dobj"):
            found = [*preceding(sentence, groups, trigger, "custody")]
            found.extend(by_parse(sentence, groups, trigger, ("nsubj",), "custody"))
    reduced = bool(agents) and not sentence.children(verb.i, "auxpass")
    for group, rule in found:
        if reduced and group.first and sentence.tokens[group.first - 1].lower == "of":
            continue  # "a town of 9,000 people taken by the rebels"
        nouns = [k for k in keepers if k.pos != "PRON"]
        if group.implied and not passive and not nouns and verb.lemma in words_of("holding-verb"):
            continue  # "they will hold a general strike"
        named = {t.lower for t in sentence.tokens[group.first : max(group.last, group.words_last or 0) + 2]} & words_of(
            "captive"
        )
        after = sentence.tokens[group.last + 1 : group.last + 2]
        if (named and verb.lemma in words_of("swap-verb")) or (after and after[0].lower in words_of("captive")):
            continue  # "held 42 people hostage": that word counts them
        if captors or _are_captives(sentence, group, verb, keepers):
            yield group, rule


def _keepers(sentence: Sentence, verb: Token) -> list[Token]:
    """The subjects of a verb, its own or those of the verb that it is joined to."""
    for _ in range(3):
        subjects = sentence.children(verb.i, "nsubj")
        if subjects or verb.dep not in ("conj", "xcomp", "advcl"):
            break
        verb = sentence.tokens[verb.head]
    return [sentence.tokens[verb.head] if k.tag in ("WP", "WDT") and verb.dep == "relcl" else k for k in subjects]


def _takes_captives(sentence: Sentence, groups: Sequence[Group], keeper: Token, verb: Token) -> bool:
    """Whether a subject is of those who take captives; "they" and "it" are the last ones named before it."""
    if keeper.lower in ("they", "it"):
        named = reversed(sentence.tokens[: keeper.i])
        return any(t.lower in words_of("captor") or _is_armed_group(groups, t.i) for t in named)
    if keeper.lower in words_of("captor") or _is_armed_group(groups, keeper.i):
        return True
    if verb.lemma not in words_of("leading-away"):
        return False
    dressed = {t.lower for t in sentence.subtree(keeper.i)} & words_of_any("armed-dress", "armed-quality")
    return keeper.lower in words_of("state-force") - words_of("police") or (
        keeper.lower in words_of("armed-people") and bool(dressed)
    )


def _are_captives(sentence: Sentence, group: Group, verb: Token, keepers: Sequence[Token]) -> bool:
    """ "Kyiv is holding nine conscripts", "we hold four of them": soldiers, or a part of some, in somebody's hands."""
    if verb.lemma not in words_of("holding-verb") or not keepers or group.amount is None:
        return False
    after = sentence.tokens[group.last + 1 : group.last + 3]
    if any(t.lower in words_of("kept-ready") for t in after):
        return False  # "holds 40 soldiers in reserve"
    if any(t.lower in words_of("police") for t in keepers):
        return False
    ours = keepers[0].lower == "we" and sentence.tokens[group.last].lower == "them"
    return ours or group.role in ("military", "fighter", "peacekeeper") or _of_a_nation(sentence, group)


def _of_a_nation(sentence: Sentence, group: Group) -> bool:
    """ "31 North Korean prisoners": those of another nation, not of a jail."""
    inside = sentence.tokens[group.words_first or group.first : group.last]
    return group.role == "prisoner" and any(t.ent == "NORP" for t in inside)


def _held_long(sentence: Sentence, trigger: Trigger) -> bool:
    """ "its crew were held for 80 days" beside pirates or a ransom: captives, where nobody was arrested."""
    words = {t.lower for t in sentence.tokens}
    after = [t.lower for t in sentence.tokens[trigger.last + 1 : trigger.last + 2]]
    lasting = sentence.tokens[trigger.last].lower == "held" and after and after[0] in ("for", "since", "captive")
    return bool(lasting and words & words_of_any("captor", "captivity") and not words & words_of("custody-word"))


def _is_armed_group(groups: Sequence[Group], i: int) -> bool:
    group = group_at(groups, i)
    return group is not None and group.role == "fighter"
