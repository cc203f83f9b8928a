"""The name by which an article calls an armed group: its common name, or the full name that the text uses instead."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kg.model import Actor

_SPELLING = 0.8  # how alike two spellings of one name are


def called(actor: Actor, text: str) -> str:
    """The common name; where the text never uses it, the first full name or other spelling that it uses.

    An acronym or another word for the same people ("Daesh", "the Houthi") never stands for a common name.
    """
    if actor.kind != "armed-group" or not actor.aliases or _place(actor.name, text) is not None:
        return actor.name
    full = [form for form in actor.aliases if _is_full(form, actor.name)]
    used = [(at, form) for form in full if (at := _place(form, text)) is not None]
    form = min(used, key=lambda u: (u[0], -len(u[1])))[1] if used else actor.name
    return f"{form}s" if f"{form}s" in actor.aliases else form


def _place(form: str, text: str) -> int | None:
    words = r"\s+".join(map(re.escape, form.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", text)
    return found.start() if found else None


def _is_full(form: str, name: str) -> bool:
    words = form.split()
    if form.isupper() or not form[0].isalpha():
        return False
    if len(words) > 1:
        return words[-1][0].isupper() and form.lower() not in name.lower()
    alike = SequenceMatcher(None, form.lower(), name.lower(), autojunk=False).ratio() >= _SPELLING
    return alike and not name.lower().startswith(form.lower())
