"""Reports are compared behind the reader's back: few in a thread, many by a process of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from polybius.store import Store
from polybius.web import comparing
from polybius.web.comparing import Comparing


def test_few_are_compared_at_once(store: Store) -> None:
    assert Comparing().compare(store) == 0


def test_many_are_compared_by_a_process(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "FEW", 1)
    asked = []
    monkeypatch.setattr(subprocess, "run", lambda *command, **facts: asked.append((command, facts["input"])))
    assert Comparing().compare(store) == 3
    assert asked == [(([sys.executable, "-m", "polybius.web.comparing"],), url)]


def test_the_process_compares_all(store: Store, url: str) -> None:
    command = [sys.executable, "-m", "polybius.web.comparing"]
    subprocess.run(command, input=url, text=True, check=True, timeout=120)
    assert Comparing().compare(store) == 0
