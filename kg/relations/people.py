"""Who was counted: when two counts are of one population, and when nothing keeps two mentions apart."""

from __future__ import annotations

import re

from kg.mentions.lexica import words_of
from kg.relation_model import Entry

_FORCE = frozenset(("military", "fighter"))
_ORDINARY = frozenset((None, "civilian", "military", "fighter"))  # what "people" may turn out to be
FEW = 5  # so small a number is given again only where the words for the people fit
_LEAST_LETTERS = 3


def people(entry: Entry) -> tuple[str | None, str | None]:
    """Whose people were counted and of what sort: what two counts must share to be of one population.

    People of no stated side or sort are told apart by their noun ("attackers", "women"). A number without words
    for the people ("350 deaths") is of the owner's force. A state's own people or civilians, counted in that
    state alone, are those killed there, whoever owns them: "Lebanese" in Lebanon.
    """
    owner, role = entry.allegiance, entry.role
    if owner is None and role is None:
        return None, _noun(entry)
    if owner is None or role in _FORCE or (role is None and (entry.group is None or _of_a_force(entry))):
        return owner, role if owner is None else None
    at_home = entry.countries == {owner}
    if role is None:
        return (None, None) if at_home else (owner, "all")
    return (None if at_home and role == "civilian" else owner), role


def _of_a_force(entry: Entry) -> bool:
    words = set(re.findall(r"\w+", (entry.group or "").lower()))
    return bool(words & (words_of("force-noun") | words_of("state-force")))


def _noun(entry: Entry) -> str | None:
    """The last word for people of no stated side or sort; None for "people", "victims" and the like."""
    words = re.findall(r"\w+", (entry.group or "").lower())
    return None if not words or words[-1] in words_of("anybody") else words[-1]


def same_people(a: Entry, b: Entry) -> bool:
    """Whether two counts are of one population, as far as its owner and sort tell."""
    return people(a) == people(b)


def may_be_same(a: Entry, b: Entry) -> bool:
    """Whether two mentions of one number may count the same people: nothing in owner, role or words says otherwise."""
    if a.allegiance and b.allegiance and a.allegiance != b.allegiance:
        return False
    if not (a.role == b.role or _unsaid(a) or _unsaid(b) or _plain(a, b)):
        return False
    return not _few(a) or _words_fit(a, b)


def _unsaid(entry: Entry) -> bool:
    return entry.role is None and entry.group is None


def _plain(a: Entry, b: Entry) -> bool:
    """ "People" who are called soldiers or civilians elsewhere; soldiers and fighters; never soldiers and civilians."""
    roles = {a.role, b.role}
    return roles <= _FORCE or (None in roles and roles <= _ORDINARY)


def _few(entry: Entry) -> bool:
    number = entry.low if entry.low is not None else entry.high
    return number is not None and number <= FEW


def _words_fit(a: Entry, b: Entry) -> bool:
    """ "A woman" is not "a man"; a single person's name must come again, or the person must be in the headline."""
    mine, yours = _words(a), _words(b)
    if mine & yours:
        return a.best != 1 or a.title or b.title or bool(_names(a) & _names(b))
    if a.best == 1:
        return False
    return not (mine and yours) or (a.role == b.role is not None)


def _words(entry: Entry) -> set[str]:
    return {word for word in re.findall(r"\w+", (entry.group or "").lower()) if len(word) >= _LEAST_LETTERS}


def _names(entry: Entry) -> set[str]:
    return {word for word in re.findall(r"\w+", entry.group or "") if word[:1].isupper()}
