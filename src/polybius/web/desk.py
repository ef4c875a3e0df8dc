"""What every route is given: the store, the coder for texts pasted here, and counts that need not be new."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request

from polybius.store import Store
from polybius.web.asking import Asking
from polybius.web.comparing import Comparing
from polybius.web.safety import Rules
from polybius.web.spot import Spot
from polybius.web.told import Told

FRESH = 30.0  # seconds for which counts over the whole store are shown again as they are
ENTRIES = 200  # answers kept

_Answer = TypeVar("_Answer")


class Kept:
    """Answers that cost a walk through the whole store: an old one is given at once, and a new one is fetched
    behind the reader's back, so that only the very first reader waits."""

    def __init__(self, fresh: float = FRESH) -> None:
        self._fresh = fresh
        self._answers: dict[Hashable, tuple[float, Any]] = {}
        self._asking: set[Hashable] = set()
        self._lock = Lock()

    def get(self, key: Hashable, ask: Callable[[], _Answer]) -> _Answer:
        """The answer kept under a key, asked for where there is none."""
        with self._lock:
            kept = self._answers.get(key)
            stale = kept is not None and time.monotonic() - kept[0] > self._fresh
            refresh = stale and key not in self._asking
            if refresh:
                self._asking.add(key)
        if kept is None:
            return cast(_Answer, self._ask(key, ask))
        if refresh:
            Thread(target=self._ask, args=(key, ask), daemon=True).start()
        return cast(_Answer, kept[1])

    def forget(self) -> None:
        """Forget all answers: something was changed here."""
        with self._lock:
            self._answers.clear()

    def _ask(self, key: Hashable, ask: Callable[[], Any]) -> Any:
        try:
            answer = ask()
            with self._lock:
                while len(self._answers) >= ENTRIES:
                    self._answers.pop(next(iter(self._answers)))
                self._answers[key] = (time.monotonic(), answer)
            return answer
        finally:
            with self._lock:
                self._asking.discard(key)


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk's own things, one for the whole application; ``told`` keeps happenings."""

    store: Store
    spot: Spot
    rules: Rules
    asking: Asking
    kept: Kept = field(default_factory=Kept)
    told: Told = field(default_factory=Told)
    comparing: Comparing = field(default_factory=Comparing)


async def _desk(request: Request) -> Desk:  # waits for nothing; a plain function would be given a thread
    desk = cast(Desk, request.app.state.desk)
    return replace(desk, asking=desk.asking.for_one_page())


Here = Annotated[Desk, Depends(_desk)]
"""The parameter of a route that needs the desk."""
