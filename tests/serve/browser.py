"""A real Chromium without a window, driven over its own debugging protocol through a pipe: no driver, no port."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--headless", "--disable-gpu", "--no-first-run", "--no-sandbox", "--disable-dev-shm-usage")
KEYS = {"Tab": 9, "Enter": 13}
PATIENCE = 60  # seconds
LOADED = "Page.loadEventFired"


class Browser:
    """One page of a browser. What the page logs, also what its security policy refused, is kept in `log`."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = os.fdopen(commands, "wb"), os.fdopen(answers, "rb")
        self._rest, self._number, self._session = b"", 0, ""
        self.log: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command, and return its result."""
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        self._commands.write(
            json.dumps({"id": self._number, "method": method, "params": parameters} | session).encode()
        )
        self._commands.write(b"\0")
        self._commands.flush()
        answer = next(message for message in self._messages() if message.get("id") == self._number)
        assert "error" not in answer, answer
        return dict(answer["result"])

    def open(self, url: str) -> None:
        """Go to an address, and wait until it is shown."""
        self.send("Page.navigate", url=url)
        self.wait(LOADED)

    def wait(self, event: str) -> None:
        """Wait for an event of the page."""
        next(message for message in self._messages() if message.get("method") == event)

    def value(self, script: str) -> Any:
        """What an expression is in the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key, as a user does."""
        text = {"text": "\r"} if key == "Enter" else {}
        known = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        self.send("Input.dispatchKeyEvent", type="keyDown", **known, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **known)

    def type(self, text: str) -> None:
        """Put text where the focus is."""
        self.send("Input.insertText", text=text)

    def tab_to(self, script: str) -> None:
        """Press Tab until the element with the focus fits an expression about `it`."""
        for _ in range(200):
            self.press("Tab")
            if self.value(f"(it => {script})(document.activeElement)"):
                return
        raise AssertionError(f"no press of Tab leads to {script}")

    def named(self, *roles: str) -> list[tuple[str, str]]:
        """Role and name of the elements of these roles, as a screen reader has them."""
        nodes = self.send("Accessibility.getFullAXTree")["nodes"]
        found = ((n.get("role", {}).get("value", ""), n.get("name", {}).get("value", "")) for n in nodes)
        return [(role, name) for role, name in found if role in roles]

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self.send("Browser.close")
        self._commands.close()
        self._answers.close()

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            while b"\0" not in self._rest:
                ready, _, _ = select.select([self._answers], [], [], PATIENCE)
                assert ready, "the browser says nothing"
                piece = os.read(self._answers.fileno(), 65536)
                assert piece, "the browser has ended"
                self._rest += piece
            line, _, self._rest = self._rest.partition(b"\0")
            message = json.loads(line)
            if message.get("method") == "Log.entryAdded":
                self.log.append(message["params"]["entry"]["text"])
            if message.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                self.log.append(json.dumps(message["params"]))
            yield message


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with a profile of its own; the test is skipped where none is installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no browser is installed (Debian: chromium)")
    ours, theirs = os.pipe(), os.pipe()  # what it reads, what it writes
    begin = f"import os, sys; os.dup2({ours[0]}, 3); os.dup2({theirs[1]}, 4); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", begin, program, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={folder}"]
    with subprocess.Popen(
        command, pass_fds=(ours[0], theirs[1]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        os.close(ours[0])
        os.close(theirs[1])
        try:
            found = Browser(ours[1], theirs[0])
            yield found
            found.close()
            process.wait(timeout=30)
        finally:
            process.kill()
