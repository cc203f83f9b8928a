"""Whether a stretch of text is English: by its function words, and in doubt by a library's classifier.

The rules read English only; what is another language is passed over with that reason, never half read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.lexicon import data_file, read_table

LETTERS = 40  # shorter stretches are left to the rules: a headline of names has no language
ENGLISH = 0.12  # share of function words from which no classifier is asked
SURE = 0.6  # probability from which the classifier is believed; English headlines reach 0.52 for another


@cache
def _function_words() -> frozenset[str]:
    rows = read_table(data_file("function_words.tsv"), ("word", "example"), key=("word",))
    return frozenset(row["word"] for row in rows)


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign_language(text: str) -> str | None:
    """The ISO 639 code of a text that is surely not English, else None.

    >>> foreign_language("Doce soldados murieron y treinta resultaron heridos en un ataque cerca de la capital.")
    'es'
    >>> foreign_language("Twelve soldiers were killed and thirty wounded in an attack near the capital.")
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(map(len, words)) < LETTERS:
        return None
    if sum(word in _function_words() for word in words) >= ENGLISH * len(words):
        return None
    language, probability = _classifier().classify(text)
    return str(language) if language != "en" and probability >= SURE else None
