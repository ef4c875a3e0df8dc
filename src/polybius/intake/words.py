"""The word lists and page rules of this room, read once from the data files beside it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of a TSV file as dicts by column name; ``#`` lines are comments."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    columns, *rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


@cache
def words(name: str) -> dict[str, Any]:
    """Give a YAML file of word lists."""
    loaded: dict[str, Any] = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_LOADER)
    return loaded


def alternation(listed: list[str]) -> str:
    """Give a regular expression that matches any of the listed expressions, the longest first."""
    return "(?:" + "|".join(sorted(listed, key=len, reverse=True)) + ")"
