"""What the cache no longer needs is removed from it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.engine.store import Store

_BARE = "substr(key, 1, instr(key || ' ', ' ') - 1)"  # without what a key has after the hash


def prune(store: Store, used: Iterable[str], made: Iterable[str] | None = (), recalled: Iterable[str] = ()) -> None:
    """Remove what other versions stored, and, once they are the greater part, items that are no longer `used`.

    `made` are the keys of the steps of the relations that are in use, None where that is not known, and `recalled`
    those of lines of inputs.
    """
    database = store.database
    with store.writing():
        for table in ("item", "checked", "made", "recalled", "build"):
            database.execute(f"DELETE FROM {table} WHERE version != ?", (store.version,))  # noqa: S608
        for keys, tables in ((used, ("item", "checked")), (made, ("made",)), (recalled, ("recalled",))):
            if keys is None:
                continue
            number = _listed(store, keys)
            for table in tables:
                unused = f"FROM {table} WHERE {_BARE} NOT IN (SELECT key FROM temp.used)"  # noqa: S608
                if database.execute(f"SELECT count(*) {unused}").fetchone()[0] > number + 100:
                    database.execute(f"DELETE {unused}")


def _listed(store: Store, keys: Iterable[str]) -> int:
    """Put keys into a temporary table; returns how many they are."""
    database = store.database
    database.execute("CREATE TEMP TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY) WITHOUT ROWID")
    database.execute("DELETE FROM temp.used")
    database.executemany("INSERT OR IGNORE INTO temp.used VALUES (?)", ((key,) for key in keys))
    return int(database.execute("SELECT count(*) FROM temp.used").fetchone()[0])
