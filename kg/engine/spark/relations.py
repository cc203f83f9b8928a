"""What is found between claims, on Spark: each once, under the first of the groups that found it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.engine.rows.checks import CHECKED, TYPES, WANTED, checked_graphs, node_types, wanted_nodes
from kg.engine.rows.relations import (
    FOUND,
    GROUP,
    NUMBER,
    RELATED,
    related_alone,
    related_by_group,
    related_by_number,
)
from kg.engine.spark.copies import originals

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def related(spark: SparkSession, worked: DataFrame, copies: DataFrame, stages: str) -> DataFrame:
    """Everything that was found between the claims and the articles: key, scope (`place`), graph, lines, figure."""
    import pandas as pd
    from pyspark.sql import functions as sf

    def kept(rows: DataFrame, name: str) -> DataFrame:
        rows.write.partitionBy("kind").parquet(f"{stages}/{name}", compression="zstd")
        return spark.read.schema(RELATED).parquet(f"{stages}/{name}")

    entries = worked.where("entries != ''").select("article", "entries").join(originals(copies), "article", "left")
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
    first = sf.min_by(sf.struct("place", "graph", "data", "figure"), "place").alias("one")
    each = found.groupBy("key").agg(first).select("key", "one.*")
    key = sf.to_json(sf.array(sf.lit("copy"), sf.col("article"))).alias("key")
    texts = copies.select(key, "place", "graph", "data", sf.lit("").alias("figure"))
    each.unionByName(texts).write.parquet(f"{stages}/found", compression="zstd")
    return spark.read.parquet(f"{stages}/found")


def lines_of(spark: SparkSession, found: DataFrame, stages: str) -> DataFrame:
    """The distinct lines of each graph of the relations."""
    from pyspark.sql import functions as sf

    each = sf.explode(sf.split(sf.col("data").cast("string"), "\n")).alias("line")
    lines = found.select("graph", each).where("line != ''").distinct()
    lines.write.parquet(f"{stages}/lines", compression="zstd")
    return spark.read.parquet(f"{stages}/lines")


def results(worked: DataFrame, found: DataFrame) -> DataFrame:
    """The results of validating the relations' graphs, with the classes of the articles' nodes that they point at."""
    from pyspark.sql import functions as sf

    types = worked.where("types != ''").select("types").mapInPandas(node_types, TYPES).distinct()
    known = types.groupBy("node").agg(sf.array_join(sf.collect_list("type"), "\n").alias("type"))
    wanted = found.select("key", "data").mapInPandas(wanted_nodes, WANTED).join(known, "node")
    typed = wanted.groupBy("key").agg(sf.array_join(sf.collect_list("type"), "\n").alias("types"))
    graphs = found.select("key", "graph", "data").join(typed, "key", "left")
    return graphs.repartition("graph").sortWithinPartitions("graph", "key").mapInPandas(checked_graphs, CHECKED)
