"""What is loaded once for all tests, and shorthands that read a sentence as the rooms do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from polybius.coder import Coder, load
from polybius.intake import from_text
from polybius.parse import Parsed
from polybius.record import Record

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder as a user loads it, keeping what it did not code."""
    return load(explain=True)


@pytest.fixture(scope="session")
def parse(coder: Coder) -> Callable[[str], Parsed]:
    """Parse a text as a report of a Thursday, 26 September 2019."""
    return lambda text: coder.parser.parse(from_text(text, published="2019-09-26"))


@pytest.fixture(scope="session")
def code(coder: Coder) -> Callable[..., Record]:
    """Code a text as a report of a given day (by default Thursday, 26 September 2019)."""
    return lambda text, published="2019-09-26": coder.code(text, published=published)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the project; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: real reports are not measured")
    return SHARED
