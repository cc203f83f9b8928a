"""Copies of one text on Spark: shuffled by band, then by the articles that hang together.

The pairs are those of `kg.copies.copies`, which goes through all articles in their order. Articles that bear on one
another at all, because they are similar or because a band of many binds them, get one label; each label's articles
are then gone through in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.copies import BANDS
from kg.engine.rows.copies import COPIES, PAIRS, SIMILAR, copied, pairs, similar

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_BAND = """
transform(sequence(0, {last}), i -> xxhash64(i, substring(signature, i * length(signature) div {bands} + 1,
    length(signature) div {bands})))
"""


def copies_in(spark: SparkSession, worked: DataFrame, stages: str) -> DataFrame:
    """The articles that carry a text that stood in another before, with that, and what the graph says of it."""
    from pyspark.sql import functions as sf

    signed = worked.where(sf.length("signature") > 0).select("article", "day", "signature")
    each = sf.explode(sf.expr(_BAND.format(last=BANDS - 1, bands=BANDS))).alias("band")
    bands = signed.select(each, "article", "day")
    several = bands.groupBy("band").agg(sf.count("*").alias("n"), _lasting()).where("n > 1").drop("n")
    members = bands.join(several, "band").repartition("band").sortWithinPartitions("band", *_in_order())
    found = members.mapInPandas(pairs, PAIRS).groupBy("one", "other").agg(sf.max("binds").alias("binds"))
    found.write.parquet(f"{stages}/near", compression="zstd")
    near = spark.read.parquet(f"{stages}/near")
    if near.isEmpty():
        return spark.createDataFrame([], COPIES)
    one, other = (signed.select(sf.col("article").alias(n), sf.col("signature").alias(a)) for n, a in _SIDES)
    compared = near.where("not binds").join(one, "one").join(other, "other").mapInPandas(similar, SIMILAR)
    compared.unionByName(near.where("binds").drop("binds")).write.parquet(f"{stages}/edges", compression="zstd")
    labels = _labels(spark, spark.read.parquet(f"{stages}/edges"), stages)
    sets = signed.join(labels, "article")
    sets = sets.join(sets.groupBy("label").agg(_lasting()), "label")
    sets = sets.repartition("label").sortWithinPartitions("label", *_in_order())
    sets.mapInPandas(copied, COPIES).write.parquet(f"{stages}/copies", compression="zstd")
    return spark.read.parquet(f"{stages}/copies")


_SIDES = (("one", "a"), ("other", "b"))


def originals(copies: DataFrame) -> DataFrame:
    """Each article that carries a text with others, with the first of them; the first itself is among them."""
    from pyspark.sql import functions as sf

    first = sf.col("first")
    texts = copies.select(first.alias("article"), first.alias("original")).distinct()
    return texts.unionByName(copies.select("article", first.alias("original")))


def _lasting() -> Column:
    from pyspark.sql import functions as sf

    return sf.max(sf.col("day") == "").alias("lasting")


def _in_order() -> tuple[Column, ...]:
    """The order of `kg.copies.place`."""
    from pyspark.sql import functions as sf

    return sf.col("day") == "", sf.col("day"), sf.col("article")


def _labels(spark: SparkSession, edges: DataFrame, stages: str) -> DataFrame:
    """The articles of each set that hangs together, with the least of them as its label.

    Those of one label take over the least label beside any of them, or the one that their label's own article has:
    the labels that are left halve in a turn or two.
    """
    from pyspark.sql import functions as sf

    back = edges.select(sf.col("other").alias("one"), sf.col("one").alias("other"))
    both = edges.unionByName(back).distinct()
    least = sf.least("one", sf.min("other")).alias("label")
    labels, turn = both.groupBy("one").agg(least).withColumn("changed", sf.expr("true")), 0
    while True:
        labels.write.parquet(f"{stages}/labels-{turn}", compression="zstd")
        labels = spark.read.parquet(f"{stages}/labels-{turn}")
        if labels.where("changed").isEmpty():
            return labels.select(sf.col("one").alias("article"), "label")
        known = labels.select(sf.col("one").alias("other"), sf.col("label").alias("theirs"))
        beside = labels.drop("changed").join(both.join(known, "other"), "one").groupBy("label")
        own = labels.select(sf.col("one").alias("label"), sf.col("label").alias("own"))
        taken = beside.agg(sf.min("theirs").alias("theirs")).join(own, "label")
        new = sf.least("label", "theirs", "own")
        turned = labels.drop("changed").join(taken, "label")
        labels, turn = turned.select("one", new.alias("label"), (new != sf.col("label")).alias("changed")), turn + 1
