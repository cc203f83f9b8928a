"""The part files of a build on Spark, and the small files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kg.engine.rows.articles import results_of
from kg.engine.spark import tables
from kg.unresolved import Unresolved, table
from kg.validate import FAST, Report
from kg.validate.report import order

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

MOST = 10_000  # graphs with results of the validation that are brought together in one process
_AT_ONCE = 10_000  # lines that are written together
_USE = "array<string>"  # key, kind, name, count, example: `kg.unresolved.uses_to_bytes`


def write_parts(worked: DataFrame, found: DataFrame, quads: DataFrame, new: str) -> None:
    """Write everything that is in parts into the folder `new`; `quads` are lines with their graphs."""
    from pyspark.sql import functions as sf

    def lines(rows: DataFrame, name: str) -> None:
        rows.select("line").write.text(f"{new}/{name}", compression="gzip")

    pages = worked.where("article != ''")
    lines(quads.orderBy("graph", "line"), "kg.nq")
    for name, rows in (
        ("claims", tables.claims(pages)),
        ("figures", tables.figures(pages, found)),
        ("attribution", tables.attribution(pages)),
    ):
        rows.write.parquet(f"{new}/{name}.parquet", compression="zstd")
    entries = pages.select("article", sf.explode(sf.split("entries", "\n")).alias("entry")).where("entry != ''")
    entries.orderBy("article", "entry").write.parquet(f"{new}/entries.parquet", compression="zstd")
    listed = pages.select("article", "file_name", "sha256", "counts", "lost").orderBy("article")
    listed.write.parquet(f"{new}/articles.parquet", compression="zstd")
    drops = worked.select("article", "place", sf.rtrim("drops", sf.lit("\n")).alias("line")).where("line != ''")
    lines(drops.orderBy(sf.col("article") == "", "article", "place"), "dropped.jsonl")
    texts = pages.where("text != ''").orderBy("article")
    if not texts.isEmpty():
        lines(texts.select(sf.to_json(sf.struct("sha256", "text")).alias("line")), "texts.jsonl")


def report(worked: DataFrame, related: DataFrame) -> Report:
    """The results of the articles' graphs and of those of the relations."""
    own = worked.where("results != '[]'").select("graph", "results")
    bad = own.unionByName(related).orderBy("graph").limit(MOST).collect()
    rows = results_of(row["results"] for row in bad)
    return Report(not rows, tuple(sorted(rows, key=order)), FAST)


def unresolved(worked: DataFrame) -> Iterator[bytes]:
    """The table of the names that no table has, in pieces: `kg.unresolved.merged`, name by name."""
    from pyspark.sql import functions as sf

    each = worked.where("names != ''").select("article", sf.posexplode(sf.split("names", "\n")).alias("place", "line"))
    uses = each.where("line != ''").withColumn("use", sf.from_json("line", _USE))
    key, kind, name, count, example = (sf.col("use")[i] for i in range(5))
    place = sf.struct("article", "place")
    known = uses.groupBy(key.alias("key")).agg(
        sf.min_by(sf.struct(kind.alias("kind"), name.alias("name"), example.alias("example")), place).alias("first"),
        sf.sum(count.cast("bigint")).alias("count"),
        sf.count("*").alias("articles"),
        sf.min(place).alias("place"),
    )
    ordered = known.orderBy(sf.desc("count"), sf.desc("articles"), "first.kind", "first.name", "place")
    columns = ("first.kind", "first.name", "count", "articles", "first.example")
    names = (Unresolved(*row) for row in ordered.select(*columns).toLocalIterator())
    heading = table([])
    yield heading
    while batch := list(islice(names, _AT_ONCE)):
        yield table(batch).removeprefix(heading)
