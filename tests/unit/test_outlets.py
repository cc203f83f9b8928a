"""Web addresses → outlets of the reference table."""

from __future__ import annotations

import pytest

from kg.outlets import outlet_of


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("reuters.com", "Reuters"),
        ("www.reuters.com", "Reuters"),
        ("uk.reuters.com", "Reuters"),
        ("WWW.REUTERS.COM", "Reuters"),
        ("www.aljazeera.com", "Al Jazeera"),
    ],
)
def test_a_host_or_any_of_its_subdomains_is_the_outlets(host, name):
    actor = outlet_of(host)
    assert actor is not None
    assert (actor.kind, actor.name) == ("media-outlet", name)


@pytest.mark.parametrize(
    "host",
    ["", "com", "localhost", "news.example", "notreuters.com", "reuters.com.evil.example", "127.0.0.1", "reuters"],
)
def test_a_host_that_only_looks_like_one_is_nobodys(host):
    assert outlet_of(host) is None
