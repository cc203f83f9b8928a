"""The same build on Apache Spark: its shuffle, its retries and its schedule, our functions (`kg.engine.rows`).

Articles → `mapInPandas` → what each yields → copies of one text → items by number → `applyInPandas` → figures → items
by group, sorted → `applyInPandas` → relations → tables, validation, part files. What a stage yields is written as
Parquet before the next one reads it, so that no article is read twice. A group comes in frames of bounded size, in its
order: none is too large for a process.
"""
