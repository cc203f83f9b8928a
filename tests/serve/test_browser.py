"""The pages in a real browser: by keyboard alone, as a screen reader has them, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.serve.browser import LOADED, Browser, browser

CLAIM = "SELECT ?c WHERE { ?c a kg:CasualtyClaim ; kg:origin ?o } ORDER BY ?c LIMIT 1"
# The least contrast of any words with what is behind them, by the formula of WCAG 2.
CONTRAST = """(() => {
  const parse = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const canvas = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  let worst = 21;
  for (const it of document.querySelectorAll('body *')) {
    if (![...it.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    let opacity = 1, behind = null;
    for (let at = it; at; at = at.parentElement) {
      const style = getComputedStyle(at), colour = parse(style.backgroundColor);
      opacity *= Number(style.opacity);
      if (!behind && (colour.length < 4 || colour[3] > 0.5)) behind = colour.slice(0, 3);
    }
    behind = behind || canvas;
    const words = parse(getComputedStyle(it).color).slice(0, 3).map((v, i) => v * opacity + behind[i] * (1 - opacity));
    const [a, b] = [light(words), light(behind)].sort((x, y) => y - x);
    worst = Math.min(worst, (a + 0.05) / (b + 0.05));
  }
  return worst;
})()"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def claim(client: httpx.Client) -> str:
    rows = client.get("/sparql", params={"query": CLAIM}).json()["results"]["bindings"]
    return urlsplit(rows[0]["c"]["value"]).path


@pytest.fixture(params=["/", "/query", "/ask/latest-by-month?kind=killed", "/ask/cq03", "claim"])
def path(request: pytest.FixtureRequest, claim: str) -> str:
    return claim if request.param == "claim" else request.param


def test_a_question_by_keyboard_from_the_start_page(page: Browser, served: str) -> None:
    page.open(served)
    page.tab_to("it.textContent.startsWith('What was the latest figure of each origin in each month')")
    page.press("Enter")
    page.wait(LOADED)
    assert page.value("location.pathname") == "/ask/latest-by-month"
    everything = page.value("document.querySelectorAll('tbody tr').length")
    page.tab_to("it.name === 'kind'")
    page.type("wounded")
    page.press("Enter")
    page.wait(LOADED)
    assert page.value("document.querySelector('[name=kind]').value") == "wounded"
    assert 0 < page.value("document.querySelectorAll('tbody tr').length") < everything


def test_a_query_by_keyboard(page: Browser, served: str) -> None:
    page.open(f"{served}/query")
    page.tab_to("it.id === 'query'")
    page.type("SELECT ('<b id=made>x</b><script>window.hit = 1</script>' AS ?x) (12 AS ?n) {}")
    page.tab_to("it.textContent === 'Run'")
    page.press("Enter")
    page.wait(LOADED)
    assert page.value("[...document.querySelectorAll('td')].map(cell => cell.textContent)") == [
        "<b id=made>x</b><script>window.hit = 1</script>",
        "12",
    ]
    assert page.value("window.hit === undefined && document.querySelector('#made') === null")
    page.tab_to("it.id === 'query'")
    page.value("document.activeElement.select()")
    page.type("SELECT * WHERE {")
    page.tab_to("it.textContent === 'Run'")
    page.press("Enter")
    page.wait(LOADED)
    assert page.named("alert") and "line 1" in page.value("document.querySelector('[role=alert]').textContent")


def test_from_a_claim_to_its_words_and_its_turtle(page: Browser, served: str, claim: str) -> None:
    page.open(served + claim)
    words = page.value("document.querySelector('blockquote').textContent")
    page.tab_to(f"it.textContent === {words!r}")
    page.press("Enter")
    page.wait(LOADED)
    assert "/evidence_" in page.value("location.pathname") and page.value("document.title") == words
    page.open(served + claim)
    page.tab_to("it.textContent === 'Turtle'")
    page.press("Enter")
    page.wait(LOADED)
    turtle = page.value("document.body.textContent")
    assert turtle.startswith("@prefix") and "kg:CasualtyClaim" in turtle


def test_everything_has_a_name(page: Browser, served: str, path: str) -> None:
    page.log.clear()
    page.open(served + path)
    assert page.value("document.documentElement.lang") == "en" and page.value("document.title")
    assert page.value("document.querySelectorAll('h1, main').length") == 2
    found = page.named("link", "button", "textbox", "heading", "navigation")
    assert {"link", "heading", "navigation"} <= {role for role, _ in found}
    assert [role for role, name in found if not name.strip()] == []
    assert page.log == []  # nothing was refused by the page's own policy, nothing was missing


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read(page: Browser, served: str, path: str, scheme: str) -> None:
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    page.open(served + path)
    assert page.value(CONTRAST) >= 4.5


def test_a_narrow_screen_needs_no_scrolling_sideways(page: Browser, served: str, path: str) -> None:
    page.send("Emulation.setDeviceMetricsOverride", width=360, height=700, deviceScaleFactor=1, mobile=True)
    page.open(served + path)
    assert page.value("document.documentElement.scrollWidth") <= 360
    page.send("Emulation.clearDeviceMetricsOverride")


def test_no_request_leaves_the_endpoint(page: Browser, served: str, path: str) -> None:
    page.open(served + path)
    addresses = page.value("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert addresses == [f"{served}/style.css"]
