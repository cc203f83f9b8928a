"""A build on Spark from what is read to what is written; see `kg.engine.spark`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engine.cluster import Paths, session
from kg.engine.rows.articles import OPENED, WORKED, Opening, Reading, Recording, Repeating
from kg.engine.spark.copies import copies_in
from kg.engine.spark.described import described
from kg.engine.spark.relations import lines_of, related, results
from kg.engine.spark.writing import report, unresolved, write_parts
from kg.errors import ArticleError
from kg.export import manifest_of
from kg.gazetteer import gazetteer, names_beside, using
from kg.ingest import FIELDS, Inputs, find_articles, find_files, folder_of
from kg.validate import Report
from kg.work import versions

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

DEFAULT = Inputs()


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
    left_out: int  # files and records that are no articles; dropped.jsonl has them all


def build(articles: str, out: str, cluster: Cluster, inputs: Inputs = DEFAULT) -> Built:
    """Build the graph of a corpus into part files in the folder `out`; both may be addresses that Spark knows.

    Raises KgError where Spark cannot run, ArticleError as a local build does, OutputError for a folder that
    holds something else. Validates each graph by itself, as a local build does.
    """
    names = _folder(articles)
    with session(cluster.master, cluster.partitions, cluster.conf) as spark, Paths(spark).replaced(out) as new:
        with using(names_beside(names)) if names else _nothing():
            stages = f"{new}/stages"
            worked = _worked(spark, articles, inputs, cluster.timeout, stages)
            copies = copies_in(spark, worked, stages)
            found = related(spark, worked, copies, stages)
            counts = _written(spark, worked, found, new)
            told = report(worked, results(worked, found))
            lost = worked.where("lost != '' and (fault or article != '')").select("article", "lost", "place")
            left_out = worked.where("article = ''").count()
            files = {
                "unresolved.tsv": unresolved(worked),
                "shacl-report.ttl": [told.to_turtle()],
                "shacl-report.txt": [told.table().encode()],
                "manifest.json": [manifest_of("articles", versions(), counts, {}, gazetteer().own)],
            }
            for name, pieces in files.items():
                with Paths(spark).written(f"{new}/{name}") as write:
                    for piece in pieces:
                        write(piece)
        return Built(out, counts, told, _first(lost.orderBy("place")), left_out)


def _written(spark: SparkSession, worked: DataFrame, found: DataFrame, new: str) -> dict[str, int]:
    """Write everything that is in parts; the counts of what is written."""
    from pyspark.sql import functions as sf

    stages, pages = f"{new}/stages", worked.where("article != ''")
    lines = lines_of(spark, found, stages)
    about, triples = described(spark, pages, found, lines, versions(), stages)
    quads = pages.select("graph", sf.rtrim("quads", sf.lit("\n")).alias("line"))
    write_parts(worked, found, quads.unionByName(lines).unionByName(about), new)
    return _counts(pages, found, triples)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _articles(spark: SparkSession, articles: str, inputs: Inputs) -> DataFrame:
    """Rows with articles: out of files that all machines see, or of a table at an address that Spark knows."""
    if "://" in articles:
        return _records(spark, articles, inputs).mapInPandas(Recording(inputs, _top(articles)), OPENED)
    found = (find_files if inputs.strict is False else find_articles)(Path(articles))
    paths = [(number, str(path.resolve())) for number, path in enumerate(found.files)]
    partitions = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    slices = spark.sparkContext.parallelize(paths, min(len(paths), 4 * partitions))
    opened = spark.createDataFrame(slices, "number bigint, path string").mapInPandas(
        Opening(inputs, _top(articles)), OPENED
    )
    return opened.repartition(partitions) if len(paths) < partitions else opened


def _records(spark: SparkSession, articles: str, inputs: Inputs) -> DataFrame:
    from pyspark.sql import functions as sf

    columns = [inputs.column(name) for name in FIELDS]
    if re.search(r"\.parquet/?$", articles):
        rows = spark.read.parquet(articles)
    else:
        rows = spark.read.schema(", ".join(f"`{name}` string" for name in columns)).json(articles)
    given = [sf.col(f"`{name}`").cast("string").alias(name) for name in columns if name in rows.columns]
    beside = (sf.col("_metadata.file_name").alias("file"), sf.monotonically_increasing_id().alias("number"))
    return rows.select(*given, *beside)


def _worked(spark: SparkSession, articles: str, inputs: Inputs, timeout: float, stages: str) -> DataFrame:
    """What every article yields, and what is broken; raises ArticleError as a local build does."""
    names = _folder(articles)
    opened = _articles(spark, articles, inputs)
    place = f"{stages}/articles"
    reading = Reading(names.resolve() if names else None, timeout)
    opened.mapInPandas(reading, WORKED).write.parquet(place, compression="zstd")
    worked = _once(spark, spark.read.parquet(place), _top(articles), stages)
    fault = worked.where("fault").orderBy("place").select("lost").limit(1).collect() if inputs.strict else []
    if fault:
        raise ArticleError(fault[0]["lost"])
    if worked.where("article != ''").isEmpty():
        raise ArticleError("there is no article to read; name a folder or file that holds one")
    return worked


def _once(spark: SparkSession, worked: DataFrame, top: Path, stages: str) -> DataFrame:
    """The first article of each id; those that follow are broken (`kg.ingest.repeated`)."""
    several = worked.where("article != ''").groupBy("article").count().where("count > 1").select("article")
    if several.isEmpty():
        return worked
    rows = worked.join(several, "article").select("article", "place", "stub")
    ordered = rows.repartition("article").sortWithinPartitions("article", "place")
    ordered.mapInPandas(Repeating(top), WORKED).write.parquet(f"{stages}/repeated", compression="zstd")
    repeated = spark.read.parquet(f"{stages}/repeated")
    first = worked.join(repeated.select("place"), "place", "left_anti").unionByName(repeated)
    first.write.parquet(f"{stages}/once", compression="zstd")
    return spark.read.parquet(f"{stages}/once")


def _folder(articles: str) -> Path | None:
    """Where names of the user's own may stand."""
    return None if "://" in articles else folder_of(Path(articles))


def _top(articles: str) -> Path:
    """What the places of files are told from."""
    return Path(articles) if "://" in articles else Path(articles).resolve()


def _counts(pages: DataFrame, found: DataFrame, triples: int) -> dict[str, int]:
    from pyspark.sql import functions as sf

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
        "triples": triples,
    } | ({"copies": related["copy"]} if "copy" in related else {})


def _first(rows: DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in rows.limit(20).collect())
