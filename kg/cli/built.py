"""What the reading commands have in common: the folder of a build and the files in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import OutputError
from kg.published import lines, published

Command = TypeVar("Command", bound=Callable[..., object])


def build_option(command: Command) -> Command:
    """The option `--build FOLDER` that every reading command has."""
    return click.option(
        "--build",
        "folder",
        type=click.Path(path_type=Path),
        default=Path("build"),
        show_default=True,
        metavar="FOLDER",
        help="The build to read.",
    )(command)


def built_file(folder: Path, name: str) -> Path:
    """A file of a build, plain or packed; raises OutputError where there is no complete build."""
    return published(folder, name if (folder / "manifest.json").is_file() else "manifest.json")


def manifest(folder: Path) -> dict[str, Any]:
    """The build's manifest; raises OutputError where it is missing or no JSON object."""
    path = built_file(folder, "manifest.json")
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise OutputError(f"{path}: is damaged ({error}); run 'kg build' again") from error
    if not isinstance(content, dict):
        raise OutputError(f"{path}: is damaged (no JSON object); run 'kg build' again")
    return content


def records(folder: Path) -> list[dict[str, Any]]:
    """The flat records of a build, in the order of the file."""
    return list(each_record(folder))


def each_record(folder: Path) -> Iterator[dict[str, Any]]:
    """The same, one at a time."""
    path = built_file(folder, "claims.jsonl")
    for number, line in enumerate(lines(path), 1):
        if line:
            try:
                yield json.loads(line)
            except ValueError as error:
                raise OutputError(f"{path}:{number}: is damaged ({error}); run 'kg build' again") from error
