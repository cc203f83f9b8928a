"""Imported once by the process that worker processes are forked from: the model and tables are then loaded for all."""

from __future__ import annotations

import gc
from contextlib import suppress

from kg.errors import KgError
from kg.ingest import article_from_text
from kg.work import work

with suppress(KgError):  # a worker meets it again, and tells
    work(article_from_text("On Friday the army said that twelve soldiers were killed."))
gc.collect()
gc.set_threshold(50_000, 20, 50)  # reading makes many objects that soon go, and hardly a cycle
gc.freeze()  # the model and the tables stay: no collection looks at them again, and their memory stays shared
