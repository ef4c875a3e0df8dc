"""The gate's reports are coded once for all tests of this folder."""

from __future__ import annotations

import pytest

from gate.floors import Floors, Gate, Quiet, measure, measure_quiet, measure_real, read_floors
from polybius.coder import Coder
from polybius.scoring import Score


@pytest.fixture(scope="session")
def gate(coder: Coder) -> Gate:
    """The gate's reports, scored."""
    return measure(coder)


@pytest.fixture(scope="session")
def quiet(coder: Coder) -> Quiet:
    """The quiet texts, coded."""
    return measure_quiet(coder)


@pytest.fixture(scope="session")
def real(coder: Coder) -> dict[str, Score]:
    """The real reports, scored; tests that need them are skipped where they are absent."""
    if not (scores := measure_real(coder)):
        pytest.skip("../shared/reports is not here: real reports are not measured")
    return scores


@pytest.fixture(scope="session")
def floors() -> Floors:
    """The floors as written."""
    return read_floors()
