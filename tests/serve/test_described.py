"""What the endpoint says of itself in /openapi.json, tried by schemathesis with requests that fit and that do not."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kg.paths import package_data
from kg.serve.app import application
from kg.serve.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 40  # of each operation
DESCRIPTION = json.loads((package_data() / "openapi.json").read_text(encoding="utf-8"))


@schemathesis.serializer("application/sparql-query", "application/sparql-update")
def _as_it_is(_: schemathesis.SerializationContext, value: object) -> bytes | None:
    return str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_dict(DESCRIPTION)


def test_every_route_is_described(client: httpx.Client) -> None:
    assert client.get("/openapi.json").json() == DESCRIPTION
    routes = {route.path: set(route.methods) - {"HEAD"} for route in application(Settings(build=Path())).routes}
    assert routes == {path: {method.upper() for method in of} for path, of in DESCRIPTION["paths"].items()}


@schema.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_described(case: schemathesis.Case, served: str) -> None:
    """Without a token, so that all updates get 403; with a limit of two seconds, so that 503 is an answer too."""
    response = case.call(base_url=served, timeout=60)
    if response.status_code == 503 and case.path != "/health":
        assert response.headers["retry-after"] and response.text.count("\n") == 1
        return
    if case.path == "/update":
        assert response.status_code in (403, 405)
    case.validate_response(response, checks=CHECKS)
    assert "Traceback" not in response.text


@pytest.fixture(autouse=True)
def _still_up(client: httpx.Client) -> None:
    assert client.get("/health").json()["status"] == "ok"
