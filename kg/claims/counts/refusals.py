"""Why something that looks like a count of casualties is none."""

from __future__ import annotations

import re
from datetime import date

from kg.claims.counts.counting import Count
from kg.claims.counts.group import Group
from kg.claims.counts.victims import HYPOTHETICAL
from kg.mentions.cues import Trigger, find_triggers
from kg.mentions.lexica import words_of
from kg.mentions.wording import holds, worded
from kg.nlp import Sentence

ASKED = 4  # tokens from "whether" to what it asks


def refusal_of(sentence: Sentence, count: Count, published: date | None) -> str | None:
    """Why a count is not a claim, or None where it is one."""
    group, trigger = count.group, count.trigger
    if not group.counted:
        return "No amount is stated for the group."
    if (
        group.head is not None
        and group.role is None
        and group.amount is not None
        and (
            trigger.frame not in ("count-noun", "victim-noun", "toll", "lives-lost")
            or count.rule.endswith(("/noun-of", "count-noun/toll"))
        )
        and not (
            (count.rule.rsplit("/", 1)[-1] not in ("attribute", "noun-of") or _of_murder(sentence, count))
            and set(count.kinds) <= {"killed", "wounded"}
            and _may_be_people(sentence, group)
        )
    ):
        return "What was counted is not known to be people."
    if _of_things(sentence, group):
        return "A part of what is not people."
    before = sentence.tokens[trigger.first - 1].lower if trigger.first else ""
    if before in ("nearly", "almost") and group.amount is None:
        return "It nearly happened."
    if group.implied and count.rule.endswith("/attribute"):
        return "A single person who is only described so: no clause says that it happened."
    if trigger.frame in ("transitive", "intransitive") and _hypothetical(sentence, trigger, group):
        return "The casualty word is conditional, intended or in the future."
    if group.implied and trigger.frame == "harm" and sentence.tokens[group.first].lower in words_of("reflexive"):
        return "Somebody who hurt himself: the text does not say how it ended."
    reach = 6 if group.first == 0 and group.named else 2  # "KUNAR, Feb 24: Five …"
    speaks = any(t.text == ":" for t in sentence.tokens[group.last + 1 : group.last + reach])
    if speaks and group.implied and group.last < trigger.first:
        return "Who stands before a colon speaks."
    start = min(group.first, trigger.first)
    if any(t.lower == "whether" for t in sentence.tokens[max(0, start - ASKED) : start]):
        return "The text leaves open whether it happened."
    if (
        group.implied
        and trigger.frame == "intransitive"
        and trigger.kind == "killed"
        and _long_ago(sentence, trigger, published)
    ):
        return "A death long past, told in a biography."
    if holds(sentence, words_of("fiction")):
        return "A death in a work of fiction."
    beyond = sentence.tokens[trigger.last + 1 : trigger.last + 3]
    if beyond and beyond[0].lower == "off" and trigger.frame == "transitive":  # "killed off the herds"
        return "A figure of speech."
    other = len(beyond) == 2 and beyond[0].lower == "or" and beyond[1].tag == "VBN"
    if other and group.first < trigger.first and beyond[1].i not in {t.first for t in find_triggers(sentence)}:
        return "One number for this and for something else that is not counted here."
    after = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 3]]
    earlier = [t.lower for t in sentence.tokens[group.last + 3 : group.last + 4]]
    if (
        after[:1] == ["daily"]
        or after[:1] == ["per"]
        or (
            after[:1] in (["a"], ["each"], ["every"])
            and after[1:]
            and after[1] in ("day", "week", "month", "year", "hour")
            and not set(earlier) & words_of("than-when")
        )
    ):
        return "A rate, not a count."
    if (
        trigger.kind == "captured"
        and trigger.frame != "victim-noun"
        and not {t.lower for t in sentence.tokens[trigger.first : trigger.last + 1]} & words_of("captive")
        and _by_police(sentence, count)
    ):
        return "An arrest by police."
    if trigger.kind == "missing" and trigger.frame == "state" and _was_found(sentence, count):
        return "Somebody who was found is not missing."
    if trigger.kind == "missing" and _only_cut_off(sentence, trigger, group):
        return "Cut off, not missing: the text tells of nothing that they are under."
    elided = group.head is None and group.role is None and count.antecedent is not None
    role = count.antecedent.role if elided and count.antecedent is not None else group.role
    if (
        trigger.frame == "intransitive"
        and trigger.kind == "captured"
        and (group.implied or role not in ("military", "fighter"))
        and not (group.head is None and role is None and group.amount is not None)  # "three others surrendered"
    ):
        return "Only forces surrender as prisoners."
    definite = sentence.tokens[group.first].lower in ("the", "he", "she", "him", "her")
    if group.implied and definite and trigger.frame == "state" and trigger.kind == "wounded":
        return "The condition of somebody who was told of before."
    joined = count.rule.endswith("+list") and sentence.tokens[group.first].tag == "PRP$"  # "a couple and their baby"
    if trigger.frame == "victim-noun" and group.implied and not joined and not _is_found(sentence, count):
        return "A single body or captive without an amount."
    return None


def _by_police(sentence: Sentence, count: Count) -> bool:
    """Whether police do it, or say it: not where they are only named ("1,440 captured and 90 policemen hurt")."""
    verb = sentence.tokens[count.trigger.head]
    above = {verb.i, *(a.i for a in sentence.ancestors(verb.i))}
    for token in worded(sentence, words_of("police")):
        if count.group.first <= token.i <= count.group.last:
            continue
        for step in (token, *sentence.ancestors(token.i)):
            if step.dep in ("nsubj", "nsubjpass", "agent") and step.head in above:
                return True
    return False


def _of_things(sentence: Sentence, group: Group) -> bool:
    """ "shot down 46 of 62 drones": a number of a number of things."""
    after = sentence.tokens[group.last + 1 : group.last + 4]
    part = group.head is None and len(after) == 3 and after[0].lower == "of" and after[1].pos == "NUM"
    return part and after[2].lemma in words_of("not-person")


def _is_found(sentence: Sentence, count: Count) -> bool:
    """ "the body of a man was found": somebody's death comes to light, where the text has not named him before."""
    noun = sentence.tokens[count.trigger.head]
    verb = sentence.tokens[noun.head]
    new = sentence.tokens[count.group.first].lower in ("a", "an", "another") or count.group.named
    return new and noun.dep in ("nsubjpass", "dobj") and verb.lemma in words_of("discovery-verb")


def _was_found(sentence: Sentence, count: Count) -> bool:
    """ "the missing hikers were found": said of them, not of others before: "three were saved, but 15 …"."""
    found = [t.i for t in worded(sentence, words_of("rescued"))]
    if not found or count.rule.endswith("/attribute"):
        return bool(found)
    start = min(count.group.first, count.trigger.first)
    between = [t.lower for t in sentence.tokens[found[-1] : start]] if found[-1] < start else []
    return not {"but", "while", ";"} & set(between)


def _of_murder(sentence: Sentence, count: Count) -> bool:
    """ "the murder of four catechists": a noun that is said of people only."""
    return count.rule.endswith("/noun-of") and sentence.tokens[count.trigger.head].lemma in words_of("murder-noun")


def _only_cut_off(sentence: Sentence, trigger: Trigger, group: Group) -> bool:
    """ "civilians trapped in the enclave", "5,000 might be trapped between the lines"; not in a collapse."""
    if sentence.tokens[trigger.last].lower != "trapped" or holds(sentence, words_of("collapse")):
        return False
    after = sentence.tokens[trigger.last + 1].lower if trigger.last + 1 < len(sentence.tokens) else ""
    residents = group.head is not None and sentence.tokens[group.head].lower in words_of("resident")
    return residents or after in ("in", "inside", "between", "by", "on", "along", "behind", "without")


def _may_be_people(sentence: Sentence, group: Group) -> bool:
    """A counted plural that no list knows as animals or things: those who are killed and wounded are people."""
    head = sentence.tokens[group.head] if group.head is not None else None
    return head is not None and head.tag in ("NNS", "NNPS") and head.lemma not in words_of("not-person")


def _hypothetical(sentence: Sentence, trigger: Trigger, group: Group) -> bool:
    verb = sentence.tokens[trigger.head]
    before = sentence.tokens[max(0, trigger.first - 4) : trigger.first]
    if "base" in trigger.forms and verb.tag in ("VB", "VBP"):
        for token in reversed(before):
            if token.lower == "to":
                governor = sentence.tokens[verb.head].lemma if verb.head != verb.i else ""
                return governor not in _INTENT_OK
            if token.lower in HYPOTHETICAL:
                return True
            if token.pos not in ("ADV", "PART"):
                break
    if any(t.lower in ("will", "would", "could") for t in before[-2:]):
        perfect = any(t.lower == "have" for t in before)
        return not perfect or (any(t.lower == "would" for t in before) and "if" in sentence.words)
    marks = [c.lower for c in sentence.children(verb.i, "mark") if not group.first <= c.i <= group.last]
    return "if" in marks or "unless" in marks


_INTENT_OK = frozenset(
    {"manage", "able", "continue", "go", "help", "report", "begin", "start", "proceed", "believe", "say", "know"}
)


BIOGRAPHY = 5  # years: a single death as long past as this, with nothing but a year, is a life told


def _long_ago(sentence: Sentence, trigger: Trigger, published: date | None) -> bool:
    """ "the novelist, who died in 1998": a bare year after the verb, years before publication."""
    after = sentence.tokens[trigger.last + 1 : trigger.last + 3]
    if len(after) < 2 or after[0].lower != "in" or not re.fullmatch(r"[12]\d{3}", after[1].text):
        return False
    year = published.year if published else None
    return year is not None and year - int(after[1].text) >= BIOGRAPHY
