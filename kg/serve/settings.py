"""What the operator of an endpoint sets: limits, and what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.query import Graph
from kg.questions import Question, Value

# The terms for what a reader gives, in words, for a question's parameters. Workers import it, so it is no closure.
Binding = Callable[[Graph, Question, Mapping[str, str]], Mapping[str, list[Value]]]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one endpoint. `token` is None where updates are off; sizes are in bytes."""

    build: Path
    workers: int = 2
    seconds: float = 30.0  # of one query
    largest_answer: int = 64 * 2**20
    largest_request: int = 1 * 2**20
    largest_update: int = 16 * 2**20
    memory: int = 2 * 2**30  # of one worker's address space, beyond what it maps at its start
    waiting: int = 256  # requests that may wait for a worker
    token: str | None = None
    service: bool = False  # whether a query may call other endpoints (SERVICE)
    binding: Binding | None = None  # where there is none, questions take no parameters
