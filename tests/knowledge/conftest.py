"""The shipped knowledge, and a small one written for a test."""

from __future__ import annotations

import pytest

from polybius.knowledge import Knowledge


@pytest.fixture(scope="session")
def known() -> Knowledge:
    return Knowledge.load()
