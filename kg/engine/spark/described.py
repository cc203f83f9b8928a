"""The description of the data set on Spark: of each graph where its rows are, of the whole where they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.dataset import GRAPH, Contents
from kg.engine.facts import ALONE, vocabularies
from kg.engine.rows.described import HASHES, LINES, PARTS, Describing, article_hashes, lines_of, relation_hashes
from kg.vocab import NS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

HASH = 8  # bytes of each hash of a triple that several graphs may hold


def described(
    spark: SparkSession, pages: DataFrame, found: DataFrame, lines: DataFrame, versions: Mapping[str, str], stages: str
) -> tuple[DataFrame, int]:
    """The lines of the description with their graph, and the distinct triples of the data set with it."""
    from pyspark.sql import functions as sf

    triples = _distinct(pages, found, lines)
    sizes = lines.groupBy("graph").agg(sf.count("*").alias("triples"))
    scopes = found.select("graph", "place").distinct().join(sizes, "graph")
    whole = lines_of(Contents((), (), triples, _vocabularies(pages, lines), PARTS), versions)
    few = spark.createDataFrame([(line,) for line in whole], LINES)
    each = Describing(versions)
    rows = pages.select("article", "file_name", "sha256", "triples", "graph")
    many = rows.mapInPandas(each.articles, LINES).unionByName(scopes.mapInPandas(each.relations, LINES))
    many.unionByName(few).distinct().write.parquet(f"{stages}/described", compression="zstd")
    known = spark.read.parquet(f"{stages}/described")
    return known.select(sf.lit(GRAPH).alias("graph"), "line"), triples + known.count()


def _distinct(pages: DataFrame, found: DataFrame, lines: DataFrame) -> int:
    """The distinct triples of all graphs: what several may hold is counted by its hash."""
    from pyspark.sql import functions as sf

    own = pages.agg(sf.sum("triples").alias("all"), sf.sum(sf.length("shared") / HASH).alias("shared")).collect()[0]
    kinds = (sf.col("line").startswith(f"<{NS['']}{kind}_") for kind in ALONE)
    first, *rest = kinds
    for kind in rest:
        first = first | kind
    hashes = pages.select("shared").mapInPandas(article_hashes, HASHES)
    several = hashes.unionByName(found.select("graph", "data").mapInPandas(relation_hashes, HASHES)).distinct().count()
    return int(own["all"]) - int(own["shared"]) + lines.where(first).count() + several


def _vocabularies(pages: DataFrame, lines: DataFrame) -> frozenset[str]:
    """The prefixes of the properties used."""
    from pyspark.sql import functions as sf

    own = pages.select(sf.explode(sf.split("vocabularies", " ")).alias("name")).distinct().collect()
    used = lines.select(sf.split("line", " ")[1].alias("name")).distinct().collect()
    properties = "".join(f"_ {row['name']} _\n" for row in used)
    return frozenset(vocabularies(properties.encode())) | {row["name"] for row in own if row["name"]}
