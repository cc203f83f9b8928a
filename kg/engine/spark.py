"""The same build on Apache Spark: its shuffle, its retries and its schedule, our functions (`kg.engine.rows`).

Articles → `mapInPandas` → what each yields → items by number → `applyInPandas` → figures → items by group, sorted →
`applyInPandas` → relations → part files. What a stage yields is written as Parquet before the next one reads it, so
that no article is read twice. A group comes in frames of bounded size, in its order: none is too large for a process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.engine.cluster import Paths, session
from kg.engine.parquet import COLUMNS
from kg.engine.rows import (
    FOUND,
    GROUP,
    NUMBER,
    OPENED,
    RELATED,
    WORKED,
    Opening,
    Reading,
    Recording,
    related_alone,
    related_by_group,
    related_by_number,
    results_of,
)
from kg.errors import ArticleError
from kg.export import manifest_of
from kg.gazetteer import gazetteer, names_beside, using
from kg.ingest import FIELDS, Inputs, find_articles, find_files, folder_of
from kg.unresolved import merged
from kg.unresolved import table as unresolved_table
from kg.validate import FAST, Report
from kg.validate.report import order
from kg.work import versions

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

DEFAULT = Inputs()
MOST = 10_000  # results of the validation, and names that no table has, that are brought together in one process
_TYPES = {"int32": "int", "int64": "bigint", "bool": "boolean", "list<string>": "array<string>"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where and how Spark runs; `conf` is handed on to it as it is."""

    master: str | None = None  # None: what spark-submit says
    partitions: int | None = None  # None: four for each core of the cluster
    timeout: float = 60.0
    conf: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    out: str
    counts: dict[str, int]
    report: Report
    lost: tuple[tuple[str, str], ...]  # the first of what could not be read, and why


def build(articles: str, out: str, cluster: Cluster, inputs: Inputs = DEFAULT) -> Built:
    """Build the graph of a corpus into part files in the folder `out`; both may be addresses that Spark knows.

    Raises KgError where Spark cannot run, ArticleError for two articles with one id, OutputError for a folder that
    holds something else. Validates each article's graph by itself; does not cover the relations' graphs, the
    description of the data set and copies of one text.
    """
    names = None if "://" in articles else folder_of(Path(articles))
    with session(cluster.master, cluster.partitions, cluster.conf) as spark, Paths(spark).replaced(out) as new:
        with using(names_beside(names)) if names else _nothing():
            read_in = _articles(spark, articles, inputs)
            stages = f"{new}/stages"
            worked = _worked(spark, read_in, names, cluster.timeout, f"{stages}/articles")
            found = _related(spark, worked, stages)
            report = _report(worked)
            _write(worked, found, new)
            counts = _counts(worked, found)
            lost = _first(worked.where("lost != ''").select("file_name", "lost").orderBy("file_name", "lost"))
            with Paths(spark).written(f"{new}/unresolved.tsv") as write:
                write(_unresolved(worked))
            with Paths(spark).written(f"{new}/shacl-report.ttl") as write:
                write(report.to_turtle())
            with Paths(spark).written(f"{new}/manifest.json") as write:
                write(manifest_of("articles", versions(), counts, {}, gazetteer().own))
        return Built(out, counts, report, lost)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _articles(spark: SparkSession, articles: str, inputs: Inputs) -> DataFrame:
    """Rows with articles: out of files that all machines see, or of a table at an address that Spark knows."""
    if "://" in articles:
        return _records(spark, articles, inputs).mapInPandas(Recording(inputs), OPENED)
    found = (find_files if inputs.strict is False else find_articles)(Path(articles))
    paths = [(str(path.resolve()),) for path in found.files]
    partitions = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    rows = spark.createDataFrame(spark.sparkContext.parallelize(paths, min(len(paths), 4 * partitions)), "path string")
    opened = rows.mapInPandas(Opening(inputs), OPENED)
    return opened.repartition(partitions) if len(paths) < partitions else opened


def _records(spark: SparkSession, articles: str, inputs: Inputs) -> DataFrame:
    from pyspark.sql import functions as sf

    columns = [inputs.column(name) for name in FIELDS]
    if re.search(r"\.parquet/?$", articles):
        rows = spark.read.parquet(articles)
    else:
        rows = spark.read.schema(", ".join(f"`{name}` string" for name in columns)).json(articles)
    given = [sf.col(f"`{name}`").cast("string").alias(name) for name in columns if name in rows.columns]
    return rows.select(*given, sf.col("_metadata.file_name").alias("file"))


def _worked(spark: SparkSession, opened: DataFrame, names: Path | None, timeout: float, place: str) -> DataFrame:
    folder = names.resolve() if names else None
    opened.mapInPandas(Reading(folder, timeout), WORKED).write.parquet(place, compression="zstd")
    worked = spark.read.parquet(place)
    twice = worked.where("article != ''").groupBy("article").count().where("count > 1").limit(1).collect()
    if twice:
        raise ArticleError(f"two articles have the id {twice[0]['article']!r}; give one of them another")
    if worked.where("article != ''").isEmpty():
        raise ArticleError("there is no article to read; name a folder or file that holds one")
    return worked


def _related(spark: SparkSession, worked: DataFrame, stages: str) -> DataFrame:
    """Everything that was found between the claims, each once: under the first of the groups that found it."""
    import pandas as pd
    from pyspark.sql import functions as sf

    def kept(rows: DataFrame, name: str) -> DataFrame:
        rows.write.partitionBy("kind").parquet(f"{stages}/{name}", compression="zstd")
        return spark.read.schema(RELATED).parquet(f"{stages}/{name}")

    entries = worked.where("entries != ''").select("entries")
    alone = kept(entries.mapInPandas(related_alone, RELATED), "alone")
    numbers = alone.where(sf.col("kind") == NUMBER).groupBy("key")
    joined = kept(numbers.applyInPandas(related_by_number, RELATED), "numbers")
    both = alone.unionByName(joined)
    groups = both.where(sf.col("kind") == GROUP).repartition("key").sortWithinPartitions("key", "place")
    # Spark tells by the types whether a function takes a group whole or, as here, frame by frame.
    frames = Iterator[pd.DataFrame]
    related_by_group.__annotations__ = {"key": tuple[Any, ...], "frames": frames, "return": frames}
    across = kept(groups.groupBy("key").applyInPandas(related_by_group, RELATED), "groups")
    found = both.unionByName(across).where(sf.col("kind") == FOUND)
    first = sf.min_by(sf.struct("graph", sf.col("data").cast("string").alias("data")), "place").alias("one")
    found.groupBy("key").agg(first).write.parquet(f"{stages}/found", compression="zstd")
    return spark.read.parquet(f"{stages}/found")


def _write(worked: DataFrame, found: DataFrame, new: str) -> None:
    from pyspark.sql import functions as sf

    def lines(rows: DataFrame, column: str) -> DataFrame:
        each = sf.explode(sf.split(sf.col(column), "\n"))
        return rows.select("graph", each.alias("line")).where("line != ''")

    pages = worked.where("article != ''")
    articles = pages.select("graph", sf.rtrim("quads", sf.lit("\n")).alias("line"))
    related = lines(found.select("one.graph", "one.data"), "data").distinct()
    quads = articles.unionByName(related).orderBy("graph", "line")
    quads.select("line").write.text(f"{new}/kg.nq", compression="gzip")
    schema = ", ".join(f"`{name}` {_TYPES.get(kind, kind)}" for name, kind in COLUMNS.items())
    records = pages.select(sf.explode(sf.split("records", "\n")).alias("line")).where("line != ''")
    claims = records.select(sf.from_json("line", schema).alias("claim")).select("claim.*")
    claims.orderBy("article", "start", "end", "id").write.parquet(f"{new}/claims.parquet", compression="zstd")
    entries = pages.select("article", sf.explode(sf.split("entries", "\n")).alias("entry")).where("entry != ''")
    entries.orderBy("article", "entry").write.parquet(f"{new}/entries.parquet", compression="zstd")
    listed = pages.select("article", "file_name", "sha256", "counts", "lost").orderBy("article")
    listed.write.parquet(f"{new}/articles.parquet", compression="zstd")
    drops = pages.select("article", sf.rtrim("drops", sf.lit("\n")).alias("line")).where("line != ''")
    drops.orderBy("article").select("line").write.text(f"{new}/dropped.jsonl", compression="gzip")


def _counts(worked: DataFrame, found: DataFrame) -> dict[str, int]:
    from pyspark.sql import functions as sf

    pages = worked.where("article != ''")
    types = sf.explode(sf.from_json("counts", "array<array<string>>")).alias("one")
    count = sf.sum(sf.col("one")[1].cast("bigint")).alias("n")
    each = pages.select(types).groupBy(sf.col("one")[0].alias("name")).agg(count)
    kinds = found.groupBy(sf.get(sf.from_json("key", "array<string>"), sf.lit(0)).alias("name")).count().collect()
    sums = {row["name"]: int(row["n"]) for row in each.collect()}
    related = {row["name"]: int(row["count"]) for row in kinds}
    names = sorted(name for name in sums if name not in ("quotations", "drops"))
    return {
        "articles": pages.count(),
        **{name: sums[name] for name in names},
        "quotations": sums.get("quotations", 0),
        "drops": sums.get("drops", 0),
        "figures": related.get("figure", 0),
        "relations": related.get("relation", 0),
        "derived claims": related.get("derived claim", 0),
    }


def _report(worked: DataFrame) -> Report:
    bad = worked.where("results != '[]'").select("results").orderBy("article").limit(MOST).collect()
    rows = results_of(row["results"] for row in bad)
    return Report(not rows, tuple(sorted(rows, key=order)), FAST)


def _unresolved(worked: DataFrame) -> bytes:
    """The names that no table has, out of the first articles that have any."""
    some = worked.where("names != ''").select("article", "names").orderBy("article").limit(MOST).toLocalIterator()
    return unresolved_table(merged(row["names"].encode() for row in some))


def _first(rows: DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in rows.limit(20).collect())


def quads_of(out: Path) -> Iterator[str]:
    """The lines of a build's part files, in their order."""
    import gzip

    for part in sorted((out / "kg.nq").glob("part-*.gz")):
        with gzip.open(part, "rt", encoding="utf-8", newline="\n") as file:
            yield from (line.rstrip("\n") for line in file)
