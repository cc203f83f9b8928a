"""Text in another language yields nothing and says why."""

import pytest

from kg.ingest import article_from_text
from kg.language import foreign_language
from kg.lexicon import data_file, read_table
from kg.work import extraction

FOREIGN = (
    ("es", "Doce soldados murieron y otros treinta resultaron heridos en un ataque cerca de la frontera."),
    ("de", "Bei dem Angriff wurden zwölf Soldaten getötet und dreißig weitere Menschen verletzt."),
    ("ru", "Двенадцать солдат погибли и тридцать были ранены во время атаки недалеко от столицы."),
    ("fr", "Douze soldats ont été tués et trente autres blessés dans une attaque près de la capitale."),
)


@pytest.mark.parametrize(("code", "text"), FOREIGN, ids=[code for code, _ in FOREIGN])
def test_a_foreign_text_yields_nothing_and_says_why(code, text):
    found = extraction(article_from_text(text))
    assert (found.claims, found.quotations) == ((), ())
    assert [(d.evidence.words, d.reason) for d in found.drops] == [
        (text, f"Not English (language code {code}): only English is read.")
    ]


def test_english_beside_it_is_read():
    found = extraction(article_from_text(f"{FOREIGN[0][1]}\n\nIn Kano, 12 farmers were killed.\n"))
    assert [c.amount.low for c in found.claims] == [12]


@pytest.mark.parametrize(
    "text",
    [
        "KHARTOUM, 4 JUN (AP) -- SHELLING KILLED 12 CIVILIANS AND WOUNDED 30 NEAR OMDURMAN, OFFICIALS SAID.",
        "Nairobi mayor Wanjiru Kamau shot dead outside Kibera clinic",
        "12 dead",
        "",
    ],
)
def test_english_is_not_taken_for_another_language(text):
    assert foreign_language(text) is None


def test_every_function_word_stands_in_its_example():
    rows = read_table(data_file("function_words.tsv"), ("word", "example"), key=("word",))
    assert [row["word"] for row in rows if row["word"] not in row["example"].split("“")[1]] == []
