"""The tables of a build on Spark, with the columns of a local build's (`kg.columns`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cells import JOINS
from kg.columns import columns
from kg.engine.rows.figures import CELLS, FIGURES, JOINED, claim_cells, figure_rows, joined_claims
from kg.engine.rows.relations import TOLD

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_TYPES = {"int32": "int", "int64": "bigint", "bool": "boolean", "list<string>": "array<string>"}


def claims(pages: DataFrame) -> DataFrame:
    """The flat records, by article and place."""
    return _each(pages, "records", "claims").orderBy("article", "start", "end", "id")


def attribution(pages: DataFrame) -> DataFrame:
    """The steps of the claims' chains, by claim and step."""
    return _each(pages, "steps", "attribution").orderBy("claim", "step", "role", "agent")


def figures(pages: DataFrame, found: DataFrame) -> DataFrame:
    """A row for each figure, by article and place of its lead: joined to what its lead says, and to other figures."""
    from pyspark.sql import functions as sf

    told = found.where("figure != ''").select("figure", sf.from_json("figure", TOLD).alias("told"))
    given = told.select("figure", "told.lead", "told.dated")
    cells = pages.where("cells != ''").select("cells").mapInPandas(claim_cells, CELLS)
    lead, dated = (cells.select(sf.col("claim").alias(name), sf.col("cells").alias(as_)) for name, as_ in _CELLS)
    rows = given.join(lead, "lead").join(dated, "dated", "left").mapInPandas(figure_rows, FIGURES)
    beside = _joined(told, found)
    own = ", ".join(column for name, column in _columns("figures") if name not in JOINS)
    row = sf.from_json("figure", own).alias("row")
    whole = rows.join(beside, "lead", "left").select("article", row, *JOINS)
    none = sf.array().cast("array<string>")
    filled = [sf.coalesce(name, none).alias(name) if name in JOINS else sf.col(f"row.{name}") for name in _names()]
    return whole.orderBy("article", "row.start", "row.id").select(*filled)


_CELLS = (("lead", "cells"), ("dated", "dated_cells"))


def _joined(told: DataFrame, found: DataFrame) -> DataFrame:
    """The figures that relations join a claim to, a column for each of `JOINS`."""
    from pyspark.sql import functions as sf

    named = told.select(sf.explode("told.counted").alias("other"), sf.get_json_object("figure", "$.own.id").alias("id"))
    joins = found.select("data").mapInPandas(joined_claims, JOINED).distinct()
    each = [sf.sort_array(sf.collect_set(sf.when(sf.col("name") == name, sf.col("id")))).alias(name) for name in JOINS]
    return joins.join(named, "other").groupBy(sf.col("one").alias("lead")).agg(*each)


def _each(pages: DataFrame, part: str, table: str) -> DataFrame:
    from pyspark.sql import functions as sf

    lines = pages.select(sf.explode(sf.split(part, "\n")).alias("line")).where("line != ''")
    return lines.select(_row("line", table)).select("row.*")


def _row(column: str, table: str) -> Column:
    from pyspark.sql import functions as sf

    return sf.from_json(column, ", ".join(typed for _, typed in _columns(table))).alias("row")


def _names() -> list[str]:
    return [name for name, _ in _columns("figures")]


def _columns(table: str) -> list[tuple[str, str]]:
    return [(c.name, f"`{c.name}` {_TYPES.get(c.type, c.type)}") for c in columns(table)]
