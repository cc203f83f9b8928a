"""Armed groups that no table knows, by the article's own words: "fighters of the NAME Front", "the NAME Movement (NM)".

A name counts only where a word for irregular fighters stands at one of its mentions, so that brigades of a regular
army, parties and councils stay out. Not covered: names without a word for a kind of group ("the Lions of X").
"""

from __future__ import annotations

import re
from functools import cache

from kg.gazetteer import NameHit, slug
from kg.mentions.lexica import words_of

_OTHERS = ("state", "place", "territory")  # kinds of names that stand inside those of groups
_WORD = r"(?:[Aa]l-)?[A-Z][\w'’]+(?:-[\w'’]+)*"
_LINK = r"(?:of the|of|for the|for|and)"


def with_factions(text: str, names: tuple[NameHit, ...]) -> tuple[NameHit, ...]:
    """The names of a text with the unlisted armed groups that it explains; a known name of their extent stays."""
    if not any(head in text for head in _heads()):
        return names
    found: dict[str, str] = {}  # words in the text → full name
    for match in _patterns()[0].finditer(text):
        name = re.sub(r"\s+", " ", match["name"])
        known = [h for h in names if h.start < match.end("name") and match.start("name") < h.end]
        if any(h.kind not in _OTHERS for h in known):
            continue
        if not (match["before"] or match["after"] or "Liberation" in name or _commanded(match, text)):
            continue
        found[name] = name
        short = text[match.end("name") : match.end("name") + 12]
        defined = re.match(r"\s\(([A-Z][A-Za-z-]{1,7})\)", short)
        if defined and defined[1].lower()[0] == name.lower()[0] and sum(c.isupper() for c in defined[1]) > 1:
            found[defined[1]] = name
    if not found:
        return names
    spelled = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(found, key=len, reverse=True))
    hits = list(names)
    for match in re.finditer(rf"(?<![\w-])(?:{spelled})(?![\w-])", text):
        name = found[re.sub(r"\s+", " ", match[0])]
        beside = [h for h in hits if h.start < match.end() and match.start() < h.end]
        if any(h.kind not in _OTHERS and not h.ambiguous for h in beside):
            continue
        hits = [h for h in hits if h not in beside]
        key = f"armed-group:{slug(name)}"
        hits.append(NameHit(match.start(), match.end(), match[0], "armed-group", (key,), "name", False, name))
    return tuple(sorted(hits, key=lambda h: h.start))


def _commanded(match: re.Match[str], text: str) -> bool:
    """ "a commander of the NAME Front", "commander of al-NAME Brigade": no regular unit is called so."""
    name = match["name"]
    before = text[max(0, match.start("name") - 24) : match.start("name")]
    if name.endswith("Army"):  # regular armies are known by their states
        return re.search(r"\b(?:commanders?|members) of (?:the )?$", before) is not None
    irregular = name.rsplit(" ", 1)[-1].lower() in words_of("irregular-head") or name.startswith(("al-", "Al-", "Liwa"))
    return irregular and re.search(r"\bcommanders? of (?:the )?$", before) is not None


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(word.capitalize() for word in words_of("faction-head")))


@cache
def _patterns() -> tuple[re.Pattern[str]]:
    fighters = "|".join(sorted(words_of("irregular")))
    heads = "|".join(_heads())
    plain = rf"(?!(?i:{fighters}|the|an?|in|on|as|two|three|its|their)\b)"
    tail = rf"(?:\s+{_LINK}\s+{_WORD}(?:\s+{_WORD})?)?"
    name = rf"(?P<name>{plain}{_WORD}(?:\s+(?:{_LINK}\s+)?{_WORD}){{0,4}}?\s+(?:{heads}){tail})"
    before = rf"(?P<before>\b(?:{fighters})\s+(?:of|from|belonging\s+to)\s+(?:the\s+|a\s+)?)?"
    after = rf"(?P<after>\s+(?:\([A-Z]\w+\)\s+)?(?:{fighters})\b)?"
    return (re.compile(before + name + after),)
