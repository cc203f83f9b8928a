"""Populations → triples: who was counted, in the text's words, and to whom they belong."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.actors import resolved
from kg.graph.evidence import points
from kg.graph.setting import Setting
from kg.graph.unstated import not_stated
from kg.iri import population_iri
from kg.model import Population
from kg.terms import TYPE, Term, Triple, iri, node, string
from kg.vocab import T, code


def counts(setting: Setting, subject: Term, population: Population) -> Iterator[Triple]:
    """`subject kg:population` the population, and the population itself unless it is described."""
    me = node(population_iri(setting.article.id, population))
    yield (subject, iri(T.population), me)
    if not setting.first(population):
        return
    yield (me, TYPE, iri(T.Population))
    if population.words is not None:
        yield (me, iri(T.groupWords), string(population.words))
    yield from points(setting, me, T.groupEvidence, population.evidence)
    yield from points(setting, me, T.restriction, population.restriction)
    yield from resolved(setting, me, T.allegiance, T.allegianceEvidence, population.allegiance)
    if population.allegiance is not None:
        yield (me, iri(T.allegianceBasis), iri(code("basis", population.allegiance.basis)))
    if population.role is not None:
        yield (me, iri(T.populationRole), iri(code("population-role", population.role)))
    yield from not_stated(
        me,
        {
            T.groupWords: population.words,
            T.allegiance: population.allegiance,
            T.populationRole: population.role,
        },
    )
