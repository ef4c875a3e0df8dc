"""The API against its own OpenAPI, by schemathesis: nothing it sends makes the desk fall over, or answer otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from desk_sample import Fake, records
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from polybius.store import Store
from polybius.web import create_app

EXAMPLES = 12  # of each address; for more, by hand: schemathesis run http://127.0.0.1:8765/api/openapi.json
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
)  # fmt: skip
ADDRESSES = [
    "/api/summary", "/api/reports", "/api/reports/{report_id}", "/api/events", "/api/statements", "/api/ties",
    "/api/happenings", "/api/happenings/{key}", "/api/corrections", "/api/search", "/api/actors", "/api/months",
    "/api/points", "/api/links", "/api/code",
]  # fmt: skip


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API of a desk over the sample reports, as it describes itself."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('schema')}/desk.db") as store:
        store.save_many(records())
        app = create_app(store, load=Fake, hosts=frozenset({"localhost"}), max_bytes=100_000)

        async def running(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "lifespan":  # schemathesis would start and end the desk for every example
                await app(scope, receive, send)

        yield schemathesis.openapi.from_asgi("/api/openapi.json", running, headers={"host": "localhost"})


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_makes_it_fall_over(described: Any, path: str) -> None:
    (operation,) = described[path].values()

    @given(operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"host": "localhost"}, checks=CHECKS)

    ask()


def test_no_address_is_forgotten(described: Any) -> None:
    assert set(described) == set(ADDRESSES)
