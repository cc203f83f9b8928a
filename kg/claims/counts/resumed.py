"""Counts that take up an earlier one: "put the figure at 315,000", "bringing the total to about 379,000"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.claims.counts.draft import Draft
from kg.claims.counts.groups import counted_groups, find_groups
from kg.mentions import Reading
from kg.mentions.cues import find_triggers
from kg.mentions.lexica import words_of, words_of_any
from kg.mentions.wording import Guard, of_lemma
from kg.model import Amount
from kg.nlp import Sentence, Token

GAP = 6  # tokens between the noun and its number: "the total so far to about"


@cache
def _pointing() -> Guard:
    """Where a noun can point back, or a count be divided among those blamed."""
    return Guard(words_of("toll-anaphor"), words_of_any("blame-verb", "bring-to"))


def find_resumed(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """The counts of a sentence whose noun only points back, each of the kinds of the last count before it.

    `before` are the drafts of the article so far, in order. Holds for a verb of putting or bringing, a noun such as
    "figure" or "total" without any noun of its own ("the total of arrests" is another), and a number after "at" or
    "to", where the count before stands in this sentence or the one before. Its group is taken over; its fate is not.
    """
    found: list[Draft] = []
    if sentence.tokens[0].lower == "among":
        found.extend(_parts_of(sentence, reading, before))
    found.extend(_said_otherwise(sentence, reading, before))
    found.extend(_were_such(sentence, reading, before))
    if not _pointing().passes(sentence):
        return found
    for noun in sentence.tokens:
        if noun.lemma in words_of("blame-verb"):
            found.extend(_apportioned(sentence, noun, reading, [*before, *found]))
            continue
        anaphor = noun.lower in words_of("toll-anaphor") or _is_raised(sentence, noun)
        if not anaphor or any(d.sentence is sentence and d.first <= noun.i <= d.last for d in before[-8:]):
            continue
        verb = _verb(sentence, noun)
        amount = _amount(sentence, noun, verb, reading) if verb is not None else None
        antecedent = next((d for d in reversed(before) if d.sentence is sentence and d.last < noun.i), None)
        antecedent = antecedent or _preceding(sentence, reading, before)
        if amount is None:
            amount = _other_figure(sentence, noun, reading)
        if amount is None or antecedent is None or antecedent.amount is None:
            continue
        covered = [t.i for t in sentence.tokens if t.start < amount.evidence.end and t.end > amount.evidence.start]
        found.append(_again(antecedent, sentence, noun.i, covered[-1], amount))
    return found


def _verb(sentence: Sentence, noun: Token) -> Token | None:
    """The verb of putting or bringing that has the noun for its object, close before it, or whose subject it is."""
    above = sentence.tokens[noun.head]
    if noun.dep == "nsubj" and above.i == noun.i + 1 and above.lemma in words_of("amount-verb"):
        return above
    for token in reversed(sentence.tokens[max(0, noun.i - 4) : noun.i]):
        if token.lemma in words_of("put-at") or token.lemma in words_of("bring-to"):
            return token
        if token.pos not in ("DET", "ADJ", "PRON", "ADV") and token.tag not in ("VBN", "VBG"):
            return None
    return None


def _is_raised(sentence: Sentence, word: Token) -> bool:
    """ "officials later raised that to 20": the count just told."""
    above = sentence.tokens[word.head]
    return word.lower in ("it", "that", "this") and above.i == word.i - 1 and above.lemma in words_of("bring-to")


def _amount(sentence: Sentence, noun: Token, verb: Token | None, reading: Reading) -> Amount | None:
    """The amount after the noun's own "at" or "to", with nothing counted right behind it but people."""
    wanted = "at" if verb is not None and verb.lemma in words_of("put-at") else "to"
    if verb is not None and verb.i > noun.i:
        wanted = verb.lower
    for token in sentence.tokens[noun.i + 1 : noun.i + 1 + GAP]:
        amount = reading.amount_at(token.start)
        if amount is not None:
            before = [t.lower for t in sentence.tokens if noun.start < t.start and t.end <= amount.evidence.start]
            after = next((t for t in sentence.tokens if t.start >= amount.evidence.end), None)
            counted = after is not None and after.pos in ("NOUN", "PROPN", "SYM")
            return amount if wanted in before and "of" not in before and not counted else None
    return None


def _other_figure(sentence: Sentence, noun: Token, reading: Reading) -> Amount | None:
    """ "revising its earlier figure of 24", "a higher toll of not less than 60": a number beside the one before."""
    tokens, i = sentence.tokens, noun.i
    other = i > 0 and tokens[i - 1].lower in words_of("other-figure")
    if not other or i + 2 >= len(tokens) or tokens[i + 1].lower != "of":
        return None
    amount = reading.amount_at(tokens[i + 2].start)
    after = next((t for t in tokens if amount is not None and t.start >= amount.evidence.end), None)
    return amount if after is None or after.pos not in ("NOUN", "PROPN", "SYM") else None


def _said_otherwise(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """ "the army says nine died; residents say 40", "… the rebels put it at 30": what another says of the same."""
    found: list[Draft] = []
    for verb in of_lemma(sentence, words_of("counting-verb")):
        if verb.pos != "VERB" or verb.i == 0:
            continue
        amount = _right_behind(sentence, verb, reading)
        if amount is None or any(_covers(d, sentence, amount) for d in before):
            continue
        subjects = [c for c in sentence.children(verb.i, "nsubj") if c.tag not in ("WP", "WDT")]
        earlier = [d for d in before if d.sentence is sentence and d.last < verb.i]
        last = earlier or _all_preceding(sentence, reading, before)
        antecedent = next((d for d in last if d.kinds == ("killed",)), last[0] if last else None)
        if subjects and antecedent is not None and antecedent.amount is not None:
            covered = sentence.between(amount.evidence.start, amount.evidence.end)
            draft = _again(antecedent, sentence, covered[0].i, covered[-1].i, amount)
            found.append(replace(draft, rule=f"{'+'.join(antecedent.kinds)}.said-otherwise"))
    return found


def _were_such(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """ "25 people were beheaded; 8 were women": a part of the people just counted, by what they were."""
    found: list[Draft] = []
    for group in counted_groups(sentence, reading):
        if group.head is not None or group.amount is None or group.amount.best is None or group.role is None:
            continue
        after = sentence.tokens[group.last + 1 : group.last + 3]
        lead = sentence.tokens[group.first - 1].text if group.first else ";"
        if len(after) < 2 or after[0].lower not in ("were", "was") or lead not in (";", ":", ",", "-", "—", "–"):
            continue
        if after[1].tag in ("VBN", "VBG") or any(_covers(d, sentence, group.amount) for d in before):
            continue
        earlier = [d for d in before if d.sentence is sentence and d.last < group.first]
        last = earlier or (_all_preceding(sentence, reading, before) if group.first == 0 else [])
        whole = last[-1] if last else None
        if whole is None or whole.amount is None or (whole.amount.best or 0) <= group.amount.best:
            continue
        part = _again(whole, sentence, group.first, group.words_last or group.last, group.amount)
        found.append(replace(part, group=group, rule=f"{'+'.join(whole.kinds)}.were-such"))
    return found


def _right_behind(sentence: Sentence, verb: Token, reading: Reading) -> Amount | None:
    """The bare amount right behind a verb of saying, or behind the "it at" of one of putting, with nothing counted."""
    tokens, i = sentence.tokens, verb.i + 1
    if verb.lemma in words_of("put-at"):
        if i + 1 >= len(tokens) or tokens[i].lower not in ("it", "them", "this", "that") or tokens[i + 1].lower != "at":
            return None
        i += 2
    amount = next(
        (a for a in reading.amounts_in(sentence) if i < len(tokens) and a.evidence.start == tokens[i].start), None
    )
    if amount is None or amount.low == amount.high == 1:
        return None
    after = next((t for t in tokens if t.start >= amount.evidence.end), None)
    ends = after is None or after.pos in ("PUNCT", "CCONJ") or after.lower in ("while", "but")
    return amount if ends and (after is None or after.text not in ("%", "-", '"')) else None


def _covers(draft: Draft, sentence: Sentence, amount: Amount) -> bool:
    if draft.sentence is not sentence or draft.amount is None:
        return False
    return draft.amount.evidence.start < amount.evidence.end and amount.evidence.start < draft.amount.evidence.end


def _parts_of(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """ "Among them was a captain, Omar Said.": people of the count before, with its kinds."""
    words = [t.lower for t in sentence.tokens[:3]]
    antecedent = _preceding(sentence, reading, before)
    if (
        words[1:2] != ["them"]
        or words[2:] not in (["was"], ["were"])
        or antecedent is None
        or antecedent.amount is None
    ):
        return []
    found: list[Draft] = []
    end = 2
    for group in find_groups(sentence, reading, find_triggers(sentence)):
        between = sentence.tokens[end + 1 : group.first]
        if (
            not group.counted
            or any(
                t.text != "," and t.pos not in ("DET", "ADV") and t.lower not in words_of("listing-word")
                for t in between
            )
            or group.named
        ):
            break
        found.append(replace(_again(antecedent, sentence, group.first, group.last, antecedent.amount), group=group))
        one = Amount(evidence=reading.evidence(sentence, group.first, group.last), low=1, high=1)
        found[-1] = replace(found[-1], amount=group.amount or one)
        end = group.last
    return found


def _apportioned(sentence: Sentence, verb: Token, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """ "it blamed 9 on the army and 2 on the rebels": parts of the count before, each with those blamed for it."""
    found: list[Draft] = []
    antecedent = next((d for d in reversed(before) if d.sentence is sentence), None)
    antecedent = antecedent or _preceding(sentence, reading, before)
    if antecedent is None or antecedent.amount is None:
        return []
    for amount in reading.amounts_in(sentence):
        covered = sentence.between(amount.evidence.start, amount.evidence.end)
        after = sentence.tokens[covered[-1].i + 1 : covered[-1].i + 2] if covered else ()
        taken = any(d.sentence is sentence and d.first <= c.i <= d.last for d in before for c in covered)
        if after and after[0].lower in ("on", "to") and covered[0].i > verb.i and not taken:
            found.append(_again(antecedent, sentence, covered[0].i, covered[-1].i, amount))
    return found


def _again(antecedent: Draft, sentence: Sentence, first: int, last: int, amount: Amount) -> Draft:
    """The antecedent's kinds with another amount, at tokens of this sentence."""
    return replace(
        antecedent,
        sentence=sentence,
        anchor=first,
        first=first,
        last=last,
        amount=amount,
        group=None,
        fate=None,
        fate_evidence=None,
        negated=False,
        trigger=replace(antecedent.trigger, first=first, last=first, head=first),
        rule=f"{'+'.join(antecedent.kinds)}.resumed",
    )


def _all_preceding(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> list[Draft]:
    """The counts of the sentence before."""
    earlier = reading.before(sentence.start)
    return [d for d in before if earlier and d.sentence is earlier[-1]]


def _preceding(sentence: Sentence, reading: Reading, before: Sequence[Draft]) -> Draft | None:
    """The last count of the sentence before."""
    return next(reversed(_all_preceding(sentence, reading, before)), None)
