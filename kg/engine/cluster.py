"""A Spark session with settings that bound what a process holds, and files where Spark keeps files."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, OutputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

AT_ONCE = 64  # rows of a frame: articles, or items of a group
TRIES = 4  # of a task whose process has died
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/+(.*)")


class SparkError(KgError):
    """Spark that is not installed, cannot start, or has given up."""


def address(path: Path | str) -> str:
    """A path, or an address whose slashes a path has swallowed.

    >>> address(Path("s3a://bucket/news")), address("news")
    ('s3a://bucket/news', 'news')
    """
    match = _ADDRESS.fullmatch(str(path))
    return f"{match[1]}://{match[2]}" if match else str(path)


@contextmanager
def session(master: str | None, partitions: int | None, conf: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session that lasts as long as the block. Raises SparkError where PySpark or Java is missing, or a job fails."""
    try:
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkError(
            f"the Spark engine needs PySpark ({error.name} is missing); run pip install 'conflict-claims[spark]'"
        ) from error
    _require_java()
    # Its results are compared with the local engine's by a test; pandas 3 is what the lock files hold.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder = SparkSession.builder.appName("kg build")
    here = master is not None and master.startswith("local")
    if here:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for name, value in {**(_local() if here else {}), **_settings(), **conf}.items():
        builder = builder.config(name, value)
    if master is not None:
        builder = builder.master(re.sub(r"^local\[(\d+|\*)\]$", rf"local[\1,{TRIES}]", master))
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        raise SparkError(f"Spark cannot start ({_first_line(error)}); it needs Java 17 or 21") from error
    try:
        spark.sparkContext.setLogLevel("ERROR")
        if "spark.sql.shuffle.partitions" not in conf:
            cores = spark.sparkContext.defaultParallelism
            spark.conf.set("spark.sql.shuffle.partitions", str(partitions or 4 * cores))
        yield spark
    except (PySparkException, Py4JError) as error:
        raise SparkError(f"Spark has given up: {_first_line(error)}") from error
    finally:
        spark.stop()


def _settings() -> dict[str, str]:
    return {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(AT_ONCE),
        "spark.sql.execution.arrow.maxBytesPerBatch": str(16 * 1_048_576),
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.files.maxPartitionBytes": str(16 * 1_048_576),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.task.maxFailures": str(TRIES),
        "spark.ui.showConsoleProgress": "false",
    }


def _local() -> dict[str, str]:
    """What a cluster's administrator would see to: that processes find the package, and that nothing is opened."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return {
        "spark.executorEnv.PYTHONPATH": path,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
    }


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else None
    if not (java.is_file() if java else shutil.which("java")):
        where = f"JAVA_HOME is {home}, where there is none" if home else "there is none on the PATH"
        raise SparkError(f"the Spark engine needs Java 17 or 21 ({where}); install it, or set JAVA_HOME")


def _first_line(error: BaseException) -> str:
    """What went wrong, in a line: where it was in a process of ours, the last line of its traceback."""
    text = str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ours = [line for line in lines if re.match(r"(kg\.|[A-Za-z]*Error)", line)]
    return (ours or lines or [type(error).__name__])[-1 if ours else 0][:300]


class Paths:
    """Files and folders of any sort that Spark can reach."""

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark._jvm
        self._hadoop: Any = spark.sparkContext._jsc.hadoopConfiguration()

    @contextmanager
    def replaced(self, out: str) -> Iterator[str]:
        """A new folder that takes the place of `out`, a former build or nothing, when the block has ended well."""
        old, new = self._path(out), self._path(f"{out.rstrip('/')}.new")
        files = old.getFileSystem(self._hadoop)
        if files.exists(old) and not files.exists(self._path(f"{out}/manifest.json")) and files.listStatus(old):
            raise OutputError(f"{out}: holds something else than a build; name another folder with --out")
        files.delete(new, True)
        yield str(new)
        files.delete(self._path(f"{new}/stages"), True)
        files.delete(old, True)
        if not files.rename(new, old):
            raise OutputError(f"{out}: cannot be replaced; the new build is in {new}")

    @contextmanager
    def written(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """A file to be written."""
        place = self._path(path)
        stream = place.getFileSystem(self._hadoop).create(place, True)
        try:
            yield lambda data: stream.write(bytearray(data))
        finally:
            stream.close()

    def _path(self, path: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(path)
